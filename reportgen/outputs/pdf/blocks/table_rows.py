"""The drawing of a printed table's rows: what stands where in each cell.

A page engine takes a millisecond for a cell; rows that are drawn together are one picture to it. They look as the
style sheet's tables do (`report.css`, "Tables"); `tests/outputs/pdf/blocks/test_table_rows.py` holds both against one
another. A table that cannot be drawn exactly so stays one of the page engine's.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from itertools import pairwise
from typing import TYPE_CHECKING, Literal

from reportgen.outputs.drawing.font_metrics import BOLD, NORMAL
from reportgen.outputs.drawing.marks import PathMark, TextMark, box, circle, rule
from reportgen.outputs.page.typesetting import baseline, wrap
from reportgen.outputs.pdf.blocks.table_column_places import is_drawn, is_low, said
from reportgen.outputs.text.long_words import breakable

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from reportgen.model import Tone
    from reportgen.outputs.drawing.text_overlay import Anchor
    from reportgen.outputs.page.lengths import TypeStyle
    from reportgen.outputs.page.table_layout import TableGrid
    from reportgen.outputs.page.typesetting import Typesetter
    from reportgen.outputs.pdf.blocks.table_column_places import ColumnPlace, TableLook
    from reportgen.outputs.text.table_columns import TableCell

_UNBROKEN = 15
"""Up to how many rows a table stands on one page, as in `datatable.html`; they are drawn together."""

_MANY, _TOGETHER = 100, 5
"""Above how many rows some are drawn together, and how many: it is faster, and pages may end a few rows earlier."""

_BREAK = "\N{ZERO WIDTH SPACE}"


@dataclass(frozen=True, slots=True)
class TableRows:
    """Rows of a table that stand together.

    Attributes:
        look: The table's.
        rows: The cells of each row.
        gone: Whether each row was found in the compared period only.
        weight: Of its type.
        under: Which rule is drawn under the last row; empty where there is none.
        ends: Whether it is the last of its group.
    """

    look: TableLook = field(repr=False)
    rows: tuple[tuple[TableCell, ...], ...]
    gone: tuple[bool, ...]
    weight: int = NORMAL
    under: Literal["thin", "thick", ""] = "thin"
    ends: bool = False

    def height(self, setter: Typesetter) -> float:
        """Return how high the band is, in points."""
        heights = sum(_row_height(row, self.look, setter, self.weight) for row in self.rows)
        thin = self.look.measures.paper.thin.points
        return heights + thin * (len(self.rows) - 1) + self._thickness(self.under) - (thin if self.ends else 0)

    def marks(self, setter: Typesetter) -> Iterator[tuple[list[PathMark], list[list[TextMark]]]]:
        """Yield of each row its lines, bars and signs, and the texts of each of its cells.

        The rows stand above their place by the room that is above each group (`.drawn td`). The page engine leaves that
        out where it breaks a group; rows of its own stand so much higher at the top of a page.
        """
        top = -self.look.measures.paper.thin.points
        for at, (row, gone) in enumerate(zip(self.rows, self.gone, strict=True)):
            height = _row_height(row, self.look, setter, self.weight)
            shapes: list[PathMark] = []
            texts: list[list[TextMark]] = []
            for cell, lane in zip(row, self.look.lanes, strict=True):
                place = _Place(self.look, lane, top, height, self.weight, gone)
                shapes += place.shapes(cell, setter)
                texts.append(list(place.texts(cell, setter)))
            top += height
            under = "thin" if at + 1 < len(self.rows) else self.under
            if under:
                line, color = self._thickness(under), self.look.colors["hair" if under == "thin" else "rule"]
                shapes.append(PathMark(rule(0, self.look.width, top + line / 2), stroke=color, weight=line))
                top += line
            yield shapes, texts

    def _thickness(self, under: Literal["thin", "thick", ""]) -> float:
        paper = self.look.measures.paper
        return {"thin": paper.thin.points, "thick": paper.thick.points, "": 0.0}[under]


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
        style = self.look.style_of(cell)
        anchor: Anchor = "right" if self.lane.head.numeric else "left"
        x = self.lane.right if self.lane.head.numeric else self.lane.left
        color = self._color(cell)
        y, size = self._baseline(style), style.size.points
        for line in _lines(cell, self.lane, self.look, setter, self.weight):
            yield TextMark(line, x, y, size, color, self.weight, anchor)
            y += style.line.points

    def shapes(self, cell: TableCell, setter: Typesetter) -> Iterator[PathMark]:
        """Yield what a cell shows that is no text: a bar, or the sign of a limit."""
        lane, paper, style = self.lane, self.look.measures.paper, self.look.style
        if cell.bar:
            half = paper.table_bar.points / 2
            left, middle = lane.left, self.top + self.height / 2
            right = left + round(100 * cell.bar, 1) / 100 * (lane.right - left)
            yield PathMark(box(left, middle - half, right, middle + half), self.look.colors["accent"])
        if cell.tone != "neutral":
            size = style.size.points
            right = lane.right - setter.width(f" {said(cell)}", size, self.weight)
            bottom = self._baseline(style) - self.look.measures.relative.sign_lift.value * size
            yield _sign(cell.tone, right, bottom, self.look)

    def _move(self, cell: TableCell, setter: Typesetter) -> Iterator[TextMark]:
        """Yield an arrow, smaller unless it is level, and how far it says."""
        move, size = cell.move, self.look.style.size.points
        if move is None:
            return
        y, color = self._baseline(self.look.style), self._color(cell)
        space = setter.width(" ", size, self.weight)
        before = self.lane.right - space - setter.width(move.text, size, BOLD)
        small = size if move.tone == "level" else self.look.measures.relative.arrow.value * size
        yield TextMark(move.arrow, before, y, small, color, self.weight, "right")
        yield TextMark(" ", before, y, size, color, self.weight)
        yield TextMark(move.text, self.lane.right, y, size, color, BOLD, "right")

    def _has_dash(self) -> bool:
        """Tell whether a missing value is shown as a dash; beside the word "Total" there is none."""
        return self.lane.head.numeric or self.weight == NORMAL

    def _baseline(self, style: TypeStyle) -> float:
        return baseline(self.top + self.look.measures.paper.cell_padding.points, style)

    def _color(self, cell: TableCell) -> str:
        if cell.move and cell.move.tone in {"level", "neutral"}:
            return self.look.colors["flat"]
        if cell.move and not self.gone:
            return self.look.colors[cell.move.tone]
        soft = self.gone or self.lane.head.role == "compared" or cell.is_note or not cell.text
        return self.look.colors["ink-3" if soft else "ink"]


def _sign(tone: Tone, right: float, bottom: float, look: TableLook) -> PathMark:
    """Return the mark of a value past a limit: a disc, a ring or a square."""
    wide, ring = look.measures.paper.sign.points, look.measures.paper.ring.points
    left = right - wide
    if tone == "bad":
        return PathMark(box(left, bottom - wide, right, bottom), look.colors["bad"])
    x, y = left + wide / 2, bottom - wide / 2
    if tone == "warn":
        return PathMark(circle(x, y, (wide - ring) / 2), stroke=look.colors["warn"], weight=ring)
    return PathMark(circle(x, y, wide / 2), look.colors["good"])


def _lines(cell: TableCell, lane: ColumnPlace, look: TableLook, setter: Typesetter, weight: int) -> Sequence[str]:
    """Return the lines of a cell's text."""
    text = said(cell)
    if lane.head.numeric and not cell.is_note:
        return (text,)
    style, room = look.style_of(cell), lane.right - lane.left
    if len(text) * style.size.points < room or setter.width(text, style.size.points, weight) <= room:
        return (text,)
    broken = wrap(_BREAK.join(breakable(text)), style, room, setter, anywhere=not lane.head.numeric)
    return [line.replace(_BREAK, "") for line in broken]


def _row_height(row: Sequence[TableCell], look: TableLook, setter: Typesetter, weight: int) -> float:
    line = look.style.line.points
    wrapped = (
        look.style_of(cell).line.points * len(_lines(cell, lane, look, setter, weight))
        for cell, lane in zip(row, look.lanes, strict=True)
        if not lane.head.numeric or cell.is_note
    )
    return max(wrapped, default=line) + 2 * look.measures.paper.cell_padding.points


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
        groups[1][-1] = replace(groups[1][-1], under="thick")
        groups[1].append(TableRows(look, (printed.total,), (False,), BOLD))
    return [[*group[:-1], replace(group[-1], under="", ends=True)] for group in groups if group]


def _bands(printed: TableGrid, look: TableLook, start: int, end: int, step: int) -> list[TableRows]:
    """Return the bands of the rows from one to another, so many in each; those that wrap may be as high as a page."""
    bands: list[TableRows] = []
    for at in range(start, end, step):
        stop = min(at + step, end)
        low = all(is_low(row, look) for row in printed.rows[at:stop])
        edges = [at, stop] if low else range(at, stop + 1)
        bands += [TableRows(look, printed.rows[one:other], printed.gone[one:other]) for one, other in pairwise(edges)]
    return bands
