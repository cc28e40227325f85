"""Templates whose compiled code is stored between calls: compiling those of a page takes as long as a small report."""

from __future__ import annotations

from typing import TYPE_CHECKING

import jinja2

from reportgen.files import cache_bytes, cached_bytes
from reportgen.resources import program_version

if TYPE_CHECKING:
    from jinja2.bccache import Bucket


class CompiledTemplates(jinja2.BytecodeCache):
    """The compiled templates of all processes; Jinja holds the text of a template against that it was compiled of."""

    def load_bytecode(self, bucket: Bucket) -> None:
        """Give a template its code, where it was compiled before."""
        if content := cached_bytes(_name(bucket)):
            bucket.bytecode_from_string(content)

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Store the code of a template."""
        cache_bytes(_name(bucket), bucket.bytecode_to_string())


def _name(bucket: Bucket) -> str:
    """Return the file of a template's code, in which filters of constant values are worked out already."""
    return f"template-{bucket.key}-{program_version()}-{jinja2.__version__}"
