"""The columns of a printed table: where they stand, and whether their cells can be drawn as they are set.

They stand as the style sheet has them (`report.css`, "Tables"); `tests/outputs/test_bands.py` holds both against
one another.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from reportgen.outputs.measure import is_set_in, text_width

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from reportgen.outputs.strips import Cell, Head
    from reportgen.outputs.tables import Grid

MM = 72 / 25.4
LINE, SIZE, SMALL = 4 * MM, 9.0, 8.0
"""In points: leading, and the sizes of type."""

NORMAL, BOLD = 400, 600
"""Weights of type."""

SIGN = 1.8 * MM
"""How large the sign of a value past a limit is, in points."""

_SQUEEZED_INSET = 0.6 * MM
_SLACK = 1.01  # by which a text set with kerning may be wider than its letters
# Letters without a place to break a line, longer than any word; scripts that write no spaces break anywhere.
_ENDLESS = re.compile("[^\\s\u0e00-\u109f\u1780-\u17ff\u2e80-\u9fff\uac00-\ud7ff\uf900-\uffef]{60,}")
_CHUNK = 24  # letters of such a word that stay together
_SPACES = re.compile("[ \t\n\r\f]+")
_SCRIPTS = tuple(
    map(
        re.compile,
        ("[A-Za-z\u00aa\u00ba\u00c0-\u024f\u1e00-\u1eff]", "[\u0370-\u03ff\u1f00-\u1fff]", "[\u0400-\u052f]"),
    )
)
_UNDRAWN = frozenset({"Mn", "Mc", "Me", "Cf", "Cc", "Zl", "Zp"})
"""Kinds of characters that change others or are not seen."""


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


def _is_exact(cell: Cell, lane: Lane, look: Look, weight: int) -> bool:
    """Tell whether a cell can be drawn as the page engine sets it."""
    room, size = lane.right - lane.left, look.size
    if cell.picture or lane.head.pictured:
        return False
    if cell.move:
        text = f"{cell.move.arrow} {cell.move.text}"
        return _is_simple(text) and text_width(text, size * _SLACK, BOLD) <= room
    text = said(cell)
    if not _is_simple(text):
        return False
    if cell.is_note:
        return all(text_width(word, SMALL * _SLACK) <= room for word in text.split(" "))
    if cell.tone != "neutral":
        return lane.head.numeric and text_width(f" {text}", size * _SLACK) + SIGN <= room
    return not lane.head.numeric or text_width(text, size * _SLACK, weight) <= room


def _is_simple(text: str) -> bool:
    """Tell whether every letter is set by itself, one after the other, in the embedded family."""
    if text.isascii():
        return text.isprintable() and bool(text)
    if not is_set_in(text) or sum(bool(script.search(text)) for script in _SCRIPTS) > 1:
        return False
    return all(
        unicodedata.category(letter) not in _UNDRAWN and unicodedata.bidirectional(letter) not in {"R", "AL"}
        for letter in text
    )
