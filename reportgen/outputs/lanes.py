"""The columns of a printed table: where they stand, and whether their cells can be drawn as they are set.

They stand as the style sheet has them (`report.css`, "Tables"); `tests/outputs/test_bands.py` holds both against
one another.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from reportgen.outputs.measure import text_width
from reportgen.outputs.typesetting import BOLD, MM, NORMAL, SIZE, SLACK, SMALL, is_simple

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from reportgen.outputs.strips import Cell, Head
    from reportgen.outputs.tables import Grid

SIGN = 1.8 * MM
"""How large the sign of a value past a limit is, in points."""

_SQUEEZED_INSET = 0.6 * MM
# Letters without a place to break a line, longer than any word; scripts that write no spaces break anywhere.
_ENDLESS = re.compile("[^\\s\u0e00-\u109f\u1780-\u17ff\u2e80-\u9fff\uac00-\ud7ff\uf900-\uffef]{60,}")
_CHUNK = 24  # letters of such a word that stay together
_SPACES = re.compile("[ \t\n\r\f]+")


@dataclass(frozen=True, slots=True)
class Lane:
    """Where a column's cells stand.

    Attributes:
        head: The column's head.
        left: Where its text begins, in points from the left edge of the table.
        right: Where it ends.
    """

    head: Head
    left: float
    right: float


@dataclass(frozen=True, slots=True)
class Look:
    """How the rows of a table look.

    Attributes:
        lanes: One a column.
        width: Of the table, in points.
        size: Of its type, in points.
        colors: The theme's.
    """

    lanes: tuple[Lane, ...]
    width: float
    size: float
    colors: Mapping[str, str] = field(repr=False)


def look_of(printed: Grid, width: float, colors: Mapping[str, str]) -> Look:
    """Return how the rows of a table of a width in points look."""
    shares = [head.share * width / 100 for head in printed.heads]
    spare = max(0.0, width - sum(shares)) / len(shares)
    lanes: list[Lane] = []
    left = 0.0
    for at, (head, share) in enumerate(zip(printed.heads, shares, strict=True)):
        right = left + share + spare
        start, end = _insets(printed.heads, at, squeezed=printed.squeeze < 1)
        lanes.append(Lane(head, left + start, right - end))
        left = right
    return Look(tuple(lanes), left, SMALL if printed.dense else SIZE, colors)


def _insets(heads: Sequence[Head], at: int, *, squeezed: bool) -> tuple[float, float]:
    """Return the padding at the start and the end of a column's cells."""
    head, before = heads[at], heads[at - 1] if at else None
    start, end = (2 * MM, 0.0) if head.numeric else (0.0, 2 * MM)
    if squeezed:
        start = end = _SQUEEZED_INSET
    if before and _is_figure(before) and not _is_figure(head):
        start = 4 * MM
    if _is_figure(head) and before and before.role == "bar" and at > 1 and _is_figure(heads[at - 2]):
        start = MM
    return start, end


def _is_figure(head: Head) -> bool:
    return head.numeric and head.role != "bar"


def breakable(text: str) -> list[str]:
    """Part a text where endless words may break: WeasyPrint takes seconds to find the lines of thousands of letters."""
    parts, end = [""], 0
    for word in _ENDLESS.finditer(text):
        chunks = [text[at : min(at + _CHUNK, word.end())] for at in range(word.start(), word.end(), _CHUNK)]
        parts[-1] += text[end : word.start()] + chunks[0]
        parts += chunks[1:]
        end = word.end()
    parts[-1] += text[end:]
    return parts


def said(cell: Cell) -> str:
    """Return what a cell says, on one line; a dash where its value is missing."""
    return _SPACES.sub(" ", cell.text).strip(" ") if cell.text else "–"


def is_drawn(printed: Grid, look: Look) -> bool:
    """Tell whether every cell can be drawn as the page engine sets it."""
    weighed = [*((row, NORMAL) for row in printed.rows), *([(printed.total, BOLD)] if printed.total else [])]
    return all(
        _is_exact(cell, lane, look, weight)
        for row, weight in weighed
        for cell, lane in zip(row, look.lanes, strict=True)
    )


def is_low(row: Sequence[Cell], look: Look) -> bool:
    """Tell whether each cell of a row surely has one line."""
    return all(
        text_width(said(cell), (SMALL if cell.is_note else look.size) * SLACK) <= lane.right - lane.left
        for cell, lane in zip(row, look.lanes, strict=True)
        if cell.text and (cell.is_note or not lane.head.numeric)
    )


def _is_exact(cell: Cell, lane: Lane, look: Look, weight: int) -> bool:
    """Tell whether a cell can be drawn as the page engine sets it."""
    room, size = lane.right - lane.left, look.size
    if cell.picture or lane.head.pictured:
        return False
    if cell.move:
        text = f"{cell.move.arrow} {cell.move.text}"
        return is_simple(text) and text_width(text, size * SLACK, BOLD) <= room
    text = said(cell)
    if not is_simple(text):
        return False
    if cell.is_note:
        return all(text_width(word, SMALL * SLACK) <= room for word in text.split(" "))
    if cell.tone != "neutral":
        return lane.head.numeric and text_width(f" {text}", size * SLACK) + SIGN <= room
    return not lane.head.numeric or text_width(text, size * SLACK, weight) <= room
