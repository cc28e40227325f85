"""The place where a YAML parser gave up, and the lines around it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence


@dataclass(frozen=True, slots=True)
class Slip:
    """A slip of an author.

    Attributes:
        line: Its line, from 1.
        column: Its column, from 1.
        message: The fault, and what to write.
        mended: The line without the slip, so that reading can go on; None where only the author knows.
        lines: How many lines `mended` stands for, from its own on.
    """

    line: int
    column: int
    message: str
    mended: str | None = None
    lines: int = 1


@dataclass(frozen=True, slots=True)
class Stop:
    """The place where a parser gave up.

    Attributes:
        lines: The lines of the file up to there, and all after it.
        problem: What the parser says.
        at: The line and column of its problem, from 0.
        since: The line and column of what it was reading, from 0; `at` where it does not say.
    """

    lines: Sequence[str]
    problem: str
    at: tuple[int, int]
    since: tuple[int, int]

    def line(self, number: int) -> str:
        """Return a line by its number from 0; empty behind the last."""
        return self.lines[number] if number < len(self.lines) else ""

    @property
    def begins_line(self) -> bool:
        """Whether nothing but space stands before the place."""
        return not self.line(self.at[0])[: self.at[1]].strip()

    def above(self, number: int) -> int | None:
        """Return the nearest line above a line that is neither empty nor a comment."""
        written = (above for above in range(number - 1, -1, -1) if self.line(above).strip()[:1] not in {"", "#"})
        return next(written, None)

    def is_entry(self, number: int, level: int) -> bool:
        """Return whether an entry of a list begins in a line, in a column from 0."""
        return self.line(number)[level : level + 2] in {"- ", "-"}


def indent_of(line: str) -> int:
    """Return how many spaces a line begins with."""
    return len(line) - len(line.lstrip(" "))
