"""Templates that are compiled once a machine."""

from __future__ import annotations

from traceback import extract_tb
from typing import TYPE_CHECKING

import jinja2
import pytest

from reportgen.outputs.html.compiled_templates import CompiledTemplates

if TYPE_CHECKING:
    from pathlib import Path
    from types import CodeType


class CountingEnvironment(jinja2.Environment):
    """Counts what it compiles."""

    compiled = 0

    def _compile(self, source: str, filename: str) -> CodeType:
        self.compiled += 1
        return super()._compile(source, filename)


def rendered(folder: Path, name: str, **values: object) -> tuple[str, int]:
    """Return a template's text in an environment of its own, as in another process, and how many were compiled."""
    loader, undefined = jinja2.FileSystemLoader(folder), jinja2.StrictUndefined
    environment = CountingEnvironment(loader=loader, bytecode_cache=CompiledTemplates(), undefined=undefined)
    return environment.get_template(name).render(**values), environment.compiled


@pytest.fixture(autouse=True)
def _cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))


def test_a_template_is_compiled_once_until_it_changes(tmp_path: Path) -> None:
    """Also one that another includes; its text is the same."""
    (tmp_path / "page.html").write_text("{{ title }}: {% include 'part.html' %}")
    (tmp_path / "part.html").write_text("{{ title }}!")
    assert rendered(tmp_path, "page.html", title="A") == ("A: A!", 2)
    assert rendered(tmp_path, "page.html", title="B") == ("B: B!", 0)
    (tmp_path / "part.html").write_text("{{ title }}?")
    assert rendered(tmp_path, "page.html", title="B") == ("B: B?", 1)


def test_errors_name_the_file_and_the_line(tmp_path: Path) -> None:
    """Of a template that was compiled before too, also where another has the same text."""
    for name in ("first.html", "second.html"):
        (tmp_path / name).write_text("\n\n{{ missing }}")
    for name in ("first.html", "second.html", "second.html"):
        with pytest.raises(jinja2.UndefinedError) as failed:
            rendered(tmp_path, name)
        frame = extract_tb(failed.value.__traceback__)[-1]
        assert (frame.filename, frame.lineno) == (str(tmp_path / name), 3)
    (tmp_path / "wrong.html").write_text("\n{% if %}")
    for _ in range(2):
        with pytest.raises(jinja2.TemplateSyntaxError) as wrong:
            rendered(tmp_path, "wrong.html")
        assert wrong.value.lineno == 2
    with pytest.raises(jinja2.TemplateNotFound):
        rendered(tmp_path, "none.html")
