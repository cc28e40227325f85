"""The oracle knows nothing of the package: a mistake there cannot become a mistake here."""

from __future__ import annotations

import ast
from pathlib import Path

RUNS_THE_COMMAND = "render_many.py"


def test_no_module_imports_the_package() -> None:
    """Only the module that renders imports the package, of it the command alone, and no other imports that module."""
    found = {
        (path.name, name)
        for path in Path(__file__).parent.glob("*.py")
        for name in _imported(ast.parse(path.read_text(encoding="utf-8")))
        if name.split(".")[0] == "reportgen" or name.endswith("render_many")
    }
    assert found == {(RUNS_THE_COMMAND, "reportgen.cli.main")}


def _imported(tree: ast.Module) -> set[str]:
    """Return the full names of what a module imports, in functions too."""
    names = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            names |= {f"{node.module}.{alias.name}" for alias in node.names}
    return names
