"""The drawing of a printed table's rows: what stands where in each cell.

A page engine takes a millisecond for a cell; rows that are drawn together are one picture to it. They look as the
style sheet's tables do (`report.css`, "Tables"); `tests/outputs/pdf/blocks/test_table_rows.py` holds both against one
another. A table that cannot be drawn exactly so stays one of the page engine's.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from itertools import pairwise
from typing import TYPE_CHECKING

from reportgen.outputs.drawing.marks import PathMark, TextMark, box, circle, rule
from reportgen.outputs.page.typesetting import baseline
from reportgen.outputs.page.units import BOLD, LINE, MM, NORMAL, SMALL
from reportgen.outputs.pdf.blocks.table_column_places import SIGN, is_drawn, is_low, said
from reportgen.outputs.text.long_words import breakable

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from reportgen.model import Tone
    from reportgen.outputs.drawing.text_overlay import Anchor
    from reportgen.outputs.page.table_layout import TableGrid
    from reportgen.outputs.page.typesetting import Typesetter
    from reportgen.outputs.pdf.blocks.table_column_places import ColumnPlace, TableLook
    from reportgen.outputs.text.table_columns import TableCell

_PADDING = MM
_HAIR = 0.25
_THICK = 0.75
LIFT = 0.25
"""By how much the rows stand above their place, in points, as there is so much room above each group (`.drawn td`).

The page engine leaves that out where it breaks a group; rows of its own stand so much higher at the top of a page.
"""
_BAR, _RING = 2 * MM, 0.3 * MM
_UNBROKEN = 15
"""Up to how many rows a table stands on one page, as in `datatable.html`; they are drawn together."""

_MANY, _TOGETHER = 100, 5
"""Above how many rows some are drawn together, and how many: it is faster, and pages may end a few rows earlier."""

_BREAK = "\N{ZERO WIDTH SPACE}"
_RAISED = 0.1  # em, a sign above the baseline
_ARROW = 0.82  # of the size of the text


@dataclass(frozen=True, slots=True)
class TableRows:
    """Rows of a table that stand together.

    Attributes:
        look: The table's.
        rows: The cells of each row.
        gone: Whether each row was found in the compared period only.
        weight: Of its type.
        under: How thick a line is drawn under the last row, in points.
        ends: Whether it is the last of its group.
    """

    look: TableLook = field(repr=False)
    rows: tuple[tuple[TableCell, ...], ...]
    gone: tuple[bool, ...]
    weight: int = NORMAL
    under: float = _HAIR
    ends: bool = False

    def height(self, setter: Typesetter) -> float:
        """Return how high the band is, in points."""
        heights = sum(_row_height(row, self.look, setter, self.weight) for row in self.rows)
        return heights + _HAIR * (len(self.rows) - 1) + self.under - (LIFT if self.ends else 0)

    def marks(self, setter: Typesetter) -> Iterator[tuple[list[PathMark], list[list[TextMark]]]]:
        """Yield of each row its lines, bars and signs, and the texts of each of its cells."""
        top = -LIFT
        for at, (row, gone) in enumerate(zip(self.rows, self.gone, strict=True)):
            height = _row_height(row, self.look, setter, self.weight)
            shapes: list[PathMark] = []
            texts: list[list[TextMark]] = []
            for cell, lane in zip(row, self.look.lanes, strict=True):
                place = _Place(self.look, lane, top, height, self.weight, gone)
                shapes += place.shapes(cell, setter)
                texts.append(list(place.texts(cell, setter)))
            top += height
            line = _HAIR if at + 1 < len(self.rows) else self.under
            if line:
                color = self.look.colors["hair" if line == _HAIR else "rule"]
                shapes.append(PathMark(rule(0, self.look.width, top + line / 2), stroke=color, weight=line))
            top += line
            yield shapes, texts


@dataclass(frozen=True, slots=True)
class _Place:
    """The place of a cell, from the top left corner of its band, in points."""

    look: TableLook
    lane: ColumnPlace
    top: float
    height: float
    weight: int
    gone: bool

    def texts(self, cell: TableCell, setter: Typesetter) -> Iterator[TextMark]:
        """Yield the lines of text of a cell."""
        if self.lane.head.role == "bar" or not (cell.text or cell.move or self._has_dash()):
            return
        if cell.move:
            yield from self._move(cell, setter)
            return
        size = SMALL if cell.is_note else self.look.size
        anchor: Anchor = "right" if self.lane.head.numeric else "left"
        x = self.lane.right if self.lane.head.numeric else self.lane.left
        color = self._color(cell)
        y = self._baseline(size)
        for line in _lines(cell, self.lane, self.look, setter, self.weight):
            yield TextMark(line, x, y, size, color, self.weight, anchor)
            y += LINE

    def shapes(self, cell: TableCell, setter: Typesetter) -> Iterator[PathMark]:
        """Yield what a cell shows that is no text: a bar, or the sign of a limit."""
        lane = self.lane
        if cell.bar:
            left, middle = lane.left, self.top + self.height / 2
            right = left + round(100 * cell.bar, 1) / 100 * (lane.right - left)
            yield PathMark(box(left, middle - _BAR / 2, right, middle + _BAR / 2), self.look.colors["accent"])
        if cell.tone != "neutral":
            beside = setter.width(f" {said(cell)}", self.look.size, self.weight)
            bottom = self._baseline(self.look.size) - _RAISED * self.look.size
            yield _sign(cell.tone, lane.right - beside - SIGN, bottom, self.look.colors)

    def _move(self, cell: TableCell, setter: Typesetter) -> Iterator[TextMark]:
        """Yield an arrow, smaller unless it is level, and how far it says."""
        move, size = cell.move, self.look.size
        if move is None:
            return
        y, color = self._baseline(size), self._color(cell)
        space = setter.width(" ", size, self.weight)
        before = self.lane.right - space - setter.width(move.text, size, BOLD)
        small = size if move.tone == "level" else _ARROW * size
        yield TextMark(move.arrow, before, y, small, color, self.weight, "right")
        yield TextMark(" ", before, y, size, color, self.weight)
        yield TextMark(move.text, self.lane.right, y, size, color, BOLD, "right")

    def _has_dash(self) -> bool:
        """Tell whether a missing value is shown as a dash; beside the word "Total" there is none."""
        return self.lane.head.numeric or self.weight == NORMAL

    def _baseline(self, size: float) -> float:
        return baseline(self.top + _PADDING, size)

    def _color(self, cell: TableCell) -> str:
        if cell.move and cell.move.tone in {"level", "neutral"}:
            return self.look.colors["flat"]
        if cell.move and not self.gone:
            return self.look.colors[cell.move.tone]
        soft = self.gone or self.lane.head.role == "compared" or cell.is_note or not cell.text
        return self.look.colors["ink-3" if soft else "ink"]


def _sign(tone: Tone, left: float, bottom: float, colors: Mapping[str, str]) -> PathMark:
    """Return the mark of a value past a limit: a disc, a ring or a square."""
    if tone == "bad":
        return PathMark(box(left, bottom - SIGN, left + SIGN, bottom), colors["bad"])
    x, y = left + SIGN / 2, bottom - SIGN / 2
    if tone == "warn":
        return PathMark(circle(x, y, (SIGN - _RING) / 2), stroke=colors["warn"], weight=_RING)
    return PathMark(circle(x, y, SIGN / 2), colors["good"])


def _lines(cell: TableCell, lane: ColumnPlace, look: TableLook, setter: Typesetter, weight: int) -> Sequence[str]:
    """Return the lines of a cell's text."""
    text = said(cell)
    if lane.head.numeric and not cell.is_note:
        return (text,)
    size, room = SMALL if cell.is_note else look.size, lane.right - lane.left
    if len(text) * size < room or setter.width(text, size, weight) <= room:
        return (text,)
    broken = setter.lines(_BREAK.join(breakable(text)), size, NORMAL, room, anywhere=not lane.head.numeric)
    return [line.replace(_BREAK, "") for line in broken]


def _row_height(row: Sequence[TableCell], look: TableLook, setter: Typesetter, weight: int) -> float:
    wrapped = (
        len(_lines(cell, lane, look, setter, weight))
        for cell, lane in zip(row, look.lanes, strict=True)
        if not lane.head.numeric or cell.is_note
    )
    return LINE * max(wrapped, default=1) + 2 * _PADDING


def row_groups(printed: TableGrid, look: TableLook) -> list[list[TableRows]]:
    """Return the bands of a table in groups, each a row of the page engine; none where it cannot be drawn exactly.

    Under each group but the total's, the page engine draws its own line. The last two rows stand with the total: they
    stay together, and what follows the table may take them along to the next page.
    """
    if not printed.rows or not is_drawn(printed, look):
        return []
    count = len(printed.rows)
    step = count if count <= _UNBROKEN else _TOGETHER if count > _MANY else 1
    tail = max(0, count - 2)
    groups = [_bands(printed, look, 0, tail, step), _bands(printed, look, tail, count, 2)]
    if printed.total:
        groups[1][-1] = replace(groups[1][-1], under=_THICK)
        groups[1].append(TableRows(look, (printed.total,), (False,), BOLD))
    return [[*group[:-1], replace(group[-1], under=0, ends=True)] for group in groups if group]


def _bands(printed: TableGrid, look: TableLook, start: int, end: int, step: int) -> list[TableRows]:
    """Return the bands of the rows from one to another, so many in each; those that wrap may be as high as a page."""
    bands: list[TableRows] = []
    for at in range(start, end, step):
        stop = min(at + step, end)
        low = all(is_low(row, look) for row in printed.rows[at:stop])
        edges = [at, stop] if low else range(at, stop + 1)
        bands += [TableRows(look, printed.rows[one:other], printed.gone[one:other]) for one, other in pairwise(edges)]
    return bands
