"""The package's public names, and those of its modules and classes: one name, one thing."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections import defaultdict
from pathlib import Path
from typing import TYPE_CHECKING

import reportgen

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

FILES = sorted(Path(reportgen.__file__).parent.rglob("*.py"))
DOUBLED_MODULES: frozenset[str] = frozenset()
KINDS = {"text"}
"""Kinds of blocks after which a component's module is named, though a package has the name too."""


def public_types(source: str) -> Iterator[str]:
    """Yield the public classes and aliases of types of a module, also those that only a type checker reads."""
    outer = ast.parse(source).body
    inner = [node for block in outer if isinstance(block, ast.If) for node in block.body]
    yield from (name for name in map(_type_name, (*outer, *inner)) if name and name[0] != "_")


def _type_name(node: ast.stmt) -> str:
    match node:
        case ast.ClassDef(name=name) | ast.AnnAssign(target=ast.Name(id=name), annotation=ast.Name(id="TypeAlias")):
            return name
        case ast.Assign(targets=[ast.Name(id=name)]) if name[:1].isupper() and not name.isupper():
            return name
    return ""


def doubled(named: Iterable[tuple[str, Path]]) -> dict[str, list[str]]:
    """Return the names that several files have, and the files."""
    found: defaultdict[str, list[str]] = defaultdict(list)
    for name, path in named:
        found[name].append(str(path.relative_to(FILES[0].parent)))
    return {name: paths for name, paths in found.items() if len(paths) > 1}


def test_every_public_name_is_there() -> None:
    """`__all__` and the lazy table hold the same names, and each can be imported."""
    assert sorted(reportgen.__all__) == list(reportgen.__all__) == dir(reportgen)
    assert all(getattr(reportgen, name).__name__ == name for name in reportgen.__all__)


def test_other_names_are_errors() -> None:
    """A misspelt name is an AttributeError, as in any module."""
    assert not hasattr(reportgen, "build_reprot")


def test_importing_the_package_loads_nothing() -> None:
    """`import reportgen` costs nothing until a name is used."""
    code = "import sys, reportgen; print([name for name in sys.modules if name.startswith(('reportgen.', 'pydantic'))])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_no_two_modules_have_one_name() -> None:
    """Whoever looks for a module by its name finds one; a package is named by its folder."""
    named = ((path.parent.name if path.name == "__init__.py" else path.stem, path) for path in FILES)
    assert set(doubled(named)) - DOUBLED_MODULES - KINDS == set()


def test_public_types_are_seen() -> None:
    """The search of the next test finds what it looks for."""
    source = """
class Alone: ...
class _Private: ...
if TYPE_CHECKING:
    Checked: TypeAlias = int
Plain = Literal["x"]
LIST = ("x",)
Alias: TypeAlias = str
"""
    assert sorted(public_types(source)) == ["Alias", "Alone", "Checked", "Plain"]


def test_no_two_public_types_have_one_name() -> None:
    """A class or an alias of a type is one thing wherever its name stands."""
    named = ((name, path) for path in FILES for name in public_types(path.read_text("utf-8")))
    assert doubled(named) == {}
