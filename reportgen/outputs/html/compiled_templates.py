"""Templates whose compiled code is stored between calls: compiling those of a page takes as long as a small report."""

from __future__ import annotations

import hashlib
import marshal
from importlib.util import MAGIC_NUMBER
from typing import TYPE_CHECKING

import jinja2

from reportgen.files import cached
from reportgen.resources import program_version

if TYPE_CHECKING:
    from collections.abc import MutableMapping

    from jinja2 import Environment, Template


class CompiledTemplates(jinja2.FileSystemLoader):
    """The templates of a folder; a template that was compiled before, in any process, is not compiled again."""

    def load(
        self,
        environment: Environment,
        name: str,
        globals: MutableMapping[str, object] | None = None,  # noqa: A002 - as Jinja has it
    ) -> Template:
        """Return a template.

        Raises:
            jinja2.TemplateError: It does not exist, or is wrong.
        """
        source, file, is_current = self.get_source(environment, name)

        def compiled() -> bytes:
            return marshal.dumps(environment.compile(source, name, file))

        made_of = (program_version(), jinja2.__version__, MAGIC_NUMBER.hex(), file, source)
        digest = hashlib.sha256("\n".join(made_of).encode()).hexdigest()
        code = marshal.loads(cached(f"template-{digest}", compiled))  # noqa: S302 - our own, as in `__pycache__`
        return environment.template_class.from_code(environment, code, globals or {}, is_current)
