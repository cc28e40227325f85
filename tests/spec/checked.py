"""The cautions of `check`: shared by the tests of what it doubts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reportgen.spec.checking import check_file

if TYPE_CHECKING:
    from pathlib import Path


def cautions_of(text: str, folder: Path) -> list[str]:
    """Return the cautions of a spec, which has no problem, without the name of its file."""
    path = folder / "spec.yaml"
    path.write_text(text, "utf-8")
    found = check_file(path)
    assert found.problems == ()
    return [str(caution).removeprefix(f"{path}:") for caution in found.warnings]
