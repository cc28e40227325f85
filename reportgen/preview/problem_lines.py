"""The lines of a file around a problem, as a build found them."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

from reportgen.errors import SpecError
from reportgen.files import read_text

if TYPE_CHECKING:
    from reportgen.errors import Problem

NumberedLines: TypeAlias = tuple[tuple[int, str], ...]
"""Lines that follow each other, each with its number; the first line of a file is 1."""

_AROUND = 2  # lines before and after the line of a problem
_LARGEST = 500_000


def lines_around(problem: Problem) -> NumberedLines:
    """Return the lines around a problem with their numbers; none where it has no line or its file is gone."""
    if not problem.line:
        return ()
    try:
        lines = read_text(Path(problem.file), _LARGEST).splitlines()
    except SpecError:
        return ()
    first = max(problem.line - _AROUND, 1)
    return tuple(enumerate(lines[first - 1 : problem.line + _AROUND], first))
