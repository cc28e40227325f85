"""The drawing of a printed table's rows, cell by cell.

A page engine takes a millisecond for a cell; rows that are drawn together are a single picture to it. They look as the
stylesheet's tables (`report.css`, "Tables"); `tests/outputs/pdf/blocks/test_table_rows.py` compares both. The page
engine sets a table that cannot be drawn exactly.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from itertools import pairwise
from typing import TYPE_CHECKING, Literal

from reportgen.outputs.drawing.font_metrics import BOLD, NORMAL
from reportgen.outputs.drawing.marks import PathMark, TextMark, box, circle, rule
from reportgen.outputs.page.typesetting import baseline, wrap
from reportgen.outputs.pdf.blocks.table_column_places import cell_words, is_drawn, is_low
from reportgen.outputs.text.long_words import breakable, is_exact

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
"""Rows, at most, of a table that stands on a single page unless its pages are planned otherwise."""

_EITHER_SIDE = 3
"""Rows before the first and behind the last place where such a table is parted; these are drawn together."""

_MANY, _TOGETHER = 100, 5
"""Of a table of more than `_MANY` rows, `_TOGETHER` are drawn together: faster, and pages may end some rows earlier."""

_BREAK = "\N{ZERO WIDTH SPACE}"


@dataclass(frozen=True, slots=True)
class TableRows:
    """Rows of a table that stand together.

    Attributes:
        gone: Whether each row was found in the compared period only.
        weight: Of the type.
        under: The rule under the last row; empty for no rule.
        ends: Whether these are the last rows of their group.
    """

    look: TableLook = field(repr=False)
    rows: tuple[tuple[TableCell, ...], ...]
    gone: tuple[bool, ...]
    weight: int = NORMAL
    under: Literal["thin", "thick", ""] = "thin"
    ends: bool = False

    def height(self, setter: Typesetter) -> float:
        """Return the height of the rows, in points."""
        heights = sum(_row_height(row, self.look, setter, self.weight) for row in self.rows)
        thin = self.look.measures.paper.thin.points
        return heights + thin * (len(self.rows) - 1) + self._thickness(self.under) - (thin if self.ends else 0)

    def marks(self, setter: Typesetter) -> Iterator[tuple[list[PathMark], list[list[TextMark]]]]:
        """Yield of each row its lines, bars and signs, and the texts of each of its cells.

        The rows are drawn above their place by the room above each group (`.drawn td`), which the page engine leaves
        out where it breaks a group; rows that it sets itself stand so much higher at the top of a page.
        """
        top = -self.look.measures.paper.thin.points
        for at, (row, gone) in enumerate(zip(self.rows, self.gone, strict=True)):
            height = _row_height(row, self.look, setter, self.weight)
            shapes: list[PathMark] = []
            texts: list[list[TextMark]] = []
            for cell, column in zip(row, self.look.columns, strict=True):
                place = _Place(self.look, column, top, height, self.weight, gone)
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
    """The place of a cell, from the top left corner of the drawn rows, in points."""

    look: TableLook
    column: ColumnPlace
    top: float
    height: float
    weight: int
    gone: bool

    def texts(self, cell: TableCell, setter: Typesetter) -> Iterator[TextMark]:
        """Yield the lines of a cell's text."""
        if self.column.head.role == "bar" or not (cell.text or cell.move or self._has_dash()):
            return
        if cell.move:
            yield from self._move(cell, setter)
            return
        style = self.look.style_of(cell)
        anchor: Anchor = "right" if self.column.head.numeric else "left"
        x = self.column.right if self.column.head.numeric else self.column.left
        color = self._color(cell)
        y, size = self._baseline(style), style.size.points
        for line in _lines(cell, self.column, self.look, setter, self.weight):
            yield TextMark(line, x, y, size, color, self.weight, anchor, typeface=style.typeface)
            y += style.line.points

    def shapes(self, cell: TableCell, setter: Typesetter) -> Iterator[PathMark]:
        """Yield the bar of a cell, or the sign of a limit."""
        column, paper, style = self.column, self.look.measures.paper, self.look.style
        if cell.bar:
            half = paper.table_bar.points / 2
            left, middle = column.left, self.top + paper.cell_padding.points + style.line.points / 2
            right = left + round(100 * cell.bar, 1) / 100 * (column.right - left)
            yield PathMark(box(left, middle - half, right, middle + half), self.look.colors["accent"])
        if cell.tone != "neutral":
            size = style.size.points
            right = column.right - setter.width(f" {cell_words(cell)}", size, self.weight, style.typeface)
            bottom = self._baseline(style) - self.look.measures.relative.sign_lift.value * size
            yield _sign(cell.tone, right, bottom, self.look)

    def _move(self, cell: TableCell, setter: Typesetter) -> Iterator[TextMark]:
        """Yield an arrow, smaller unless it is level, the change, and its word."""
        move, size = cell.move, self.look.style.size.points
        if move is None:
            return
        y, color, typeface = self._baseline(self.look.style), self._color(cell), self.look.style.typeface
        space = setter.width(" ", size, self.weight, typeface)
        word = f" {cell.word}" if cell.word else ""
        end = self.column.right - setter.width(word, size, self.weight, typeface)
        before = end - space - setter.width(move.text, size, BOLD, typeface)
        small = size if move.tone == "level" else self.look.measures.relative.arrow.value * size
        arrow = typeface.setting(move.arrow, self.weight)
        yield TextMark(move.arrow, before, y, small, color, self.weight, "right", typeface=arrow)
        yield TextMark(" ", before, y, size, color, self.weight, typeface=typeface)
        yield TextMark(move.text, end, y, size, color, BOLD, "right", typeface=typeface)
        if word:
            yield TextMark(word, end, y, size, color, self.weight, typeface=typeface)

    def _has_dash(self) -> bool:
        """Return whether a missing value is shown as a dash; beside the word "Total" it is not."""
        return self.column.head.numeric or self.weight == NORMAL

    def _baseline(self, style: TypeStyle) -> float:
        return baseline(self.top + self.look.measures.paper.cell_padding.points, style)

    def _color(self, cell: TableCell) -> str:
        if cell.move and cell.move.tone in {"level", "neutral"}:
            return self.look.colors["flat"]
        if cell.move and not self.gone:
            return self.look.colors[cell.move.tone]
        soft = self.gone or self.column.head.role == "compared" or cell.is_note or not cell.text
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


def _lines(cell: TableCell, column: ColumnPlace, look: TableLook, setter: Typesetter, weight: int) -> Sequence[str]:
    text = cell_words(cell)
    if column.head.numeric and not cell.is_note:
        return (text,)
    style, room = look.style_of(cell).weighing(weight), column.right - column.left
    lines: list[str] = []
    for paragraph in text.split("\n"):
        if len(paragraph) * style.size.points < room:
            lines.append(paragraph)
            continue
        parts, anywhere = _BREAK.join(breakable(paragraph)), not column.head.numeric
        broken = wrap(parts, style, room, setter, anywhere=anywhere, exact=is_exact(text))
        lines += [line.replace(_BREAK, "") for line in broken]
    return lines


def _row_height(row: Sequence[TableCell], look: TableLook, setter: Typesetter, weight: int) -> float:
    line = look.style.line.points
    wrapped = (
        look.style_of(cell).line.points * len(_lines(cell, column, look, setter, weight))
        for cell, column in zip(row, look.columns, strict=True)
        if not column.head.numeric or cell.is_note
    )
    return max(wrapped, default=line) + 2 * look.measures.paper.cell_padding.points


def row_groups(printed: TableGrid, look: TableLook) -> list[list[TableRows]]:
    """Return the drawn rows of a table in groups, each a row of the page engine; none where they would not be exact.

    Under each group but the total's, the page engine draws its own line. The last two rows stand with the total: they
    stay together, and a text below the table may take them along to the next page.
    """
    if not printed.rows or not is_drawn(printed, look):
        return []
    count = len(printed.rows)
    tail = max(0, count - 2)
    groups = [_rows(printed, look, _starts(count), tail), _rows(printed, look, [tail], count)]
    if printed.total:
        groups[1][-1] = replace(groups[1][-1], under="thick")
        groups[1].append(TableRows(look, (printed.total,), (False,), BOLD))
    return [[*group[:-1], replace(group[-1], under="", ends=True)] for group in groups if group]


def _starts(count: int) -> list[int]:
    """Return the rows with which drawings begin, of so many rows but the last two."""
    tail = max(0, count - 2)
    if count > _UNBROKEN:
        return list(range(0, tail, _TOGETHER if count > _MANY else 1))
    last = count - _EITHER_SIDE
    return [0, *range(_EITHER_SIDE, last + 1)] if last >= _EITHER_SIDE else [0]


def _rows(printed: TableGrid, look: TableLook, starts: Sequence[int], end: int) -> list[TableRows]:
    """Return the drawn rows to an end, each drawing from a start; rows that wrap may be as high as a page."""
    drawn: list[TableRows] = []
    for at, stop in pairwise([*(start for start in starts if start < end), end]):
        low = all(is_low(row, look) for row in printed.rows[at:stop])
        edges = [at, stop] if low else range(at, stop + 1)
        drawn += [TableRows(look, printed.rows[top:under], printed.gone[top:under]) for top, under in pairwise(edges)]
    return drawn
