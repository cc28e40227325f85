"""The columns of a drawn table: their places, and whether their cells are drawn as the page engine sets them.

Their places are those of the stylesheet (`report.css`, "Tables"); `tests/outputs/pdf/blocks/test_table_rows.py`
compares both.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from reportgen.outputs.drawing.font_metrics import BOLD, NORMAL
from reportgen.outputs.page.typesetting import fits, fits_behind, is_narrow, is_set_plainly, wraps

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from reportgen.outputs.page.lengths import TypeStyle
    from reportgen.outputs.page.measures import Measures
    from reportgen.outputs.page.table_layout import TableGrid
    from reportgen.outputs.text.table_columns import ColumnHead, TableCell

_SPACES = re.compile("[ \t\n\r\f]+")


@dataclass(frozen=True, slots=True)
class ColumnPlace:
    """The place of a column's text, in points from the left edge of the table."""

    head: ColumnHead
    left: float
    right: float


@dataclass(frozen=True, slots=True)
class TableLook:
    """The look of a table's rows: the places of its columns, its width in points, its type, colours and sizes."""

    columns: tuple[ColumnPlace, ...]
    width: float
    style: TypeStyle
    colors: Mapping[str, str] = field(repr=False)
    measures: Measures = field(repr=False)

    def style_of(self, cell: TableCell) -> TypeStyle:
        """Return the style of a cell's text: words in place of figures are smaller."""
        return self.measures.paper.small if cell.is_note else self.style


def look_of(printed: TableGrid, width: float, colors: Mapping[str, str], measures: Measures) -> TableLook:
    """Return the look of a table of a width in points."""
    shares = [head.share * width / 100 for head in printed.heads]
    spare = max(0.0, width - sum(shares)) / len(shares)
    columns: list[ColumnPlace] = []
    left = 0.0
    for at, (head, share) in enumerate(zip(printed.heads, shares, strict=True)):
        right = left + share + spare
        start, end = _insets(printed.heads, at, measures, squeezed=printed.squeeze < 1)
        columns.append(ColumnPlace(head, left + start, right - end))
        left = right
    style = measures.paper.small if printed.dense else measures.paper.text
    return TableLook(tuple(columns), left, style, colors, measures)


def _insets(heads: Sequence[ColumnHead], at: int, measures: Measures, *, squeezed: bool) -> tuple[float, float]:
    """Return the padding at the start and the end of a column's cells."""
    head, before = heads[at], heads[at - 1] if at else None
    paper, gap = measures.paper, measures.paper.cell_gap.points
    start, end = (gap, 0.0) if head.numeric else (0.0, gap)
    if squeezed:
        start = end = measures.page.squeezed_gap.points
    if before and _is_figure(before) and not _is_figure(head):
        start = paper.word_gap.points
    if _is_figure(head) and before and before.role == "bar" and at > 1 and _is_figure(heads[at - 2]):
        start = paper.figure_gap.points
    return start, end


def _is_figure(head: ColumnHead) -> bool:
    return head.numeric and head.role != "bar"


def cell_words(cell: TableCell) -> str:
    """Return the text of a cell, a line break between its paragraphs; a dash where its value is missing."""
    if not cell.text:
        return "–"
    return "\n".join(_SPACES.sub(" ", line).strip(" ") for line in cell.text.strip().split("\n"))


def is_drawn(printed: TableGrid, look: TableLook) -> bool:
    """Return whether every cell can be drawn as the page engine sets it, and no row breaks over pages."""
    if any(printed.tall):
        return False
    weighed = [*((row, NORMAL) for row in printed.rows), *([(printed.total, BOLD)] if printed.total else [])]
    return all(
        _is_exact(cell, column, look, weight)
        for row, weight in weighed
        for cell, column in zip(row, look.columns, strict=True)
    )


def is_low(row: Sequence[TableCell], look: TableLook) -> bool:
    """Return whether each cell of a row surely has a single line."""
    return all(
        "\n" not in cell.text and is_narrow(cell_words(cell), look.style_of(cell), column.right - column.left)
        for cell, column in zip(row, look.columns, strict=True)
        if cell.text and (cell.is_note or not column.head.numeric)
    )


def _is_exact(cell: TableCell, column: ColumnPlace, look: TableLook, weight: int) -> bool:
    """Return whether a cell can be drawn as the page engine sets it."""
    room, style = column.right - column.left, look.style_of(cell)
    if cell.picture or column.head.pictured:
        return False
    if cell.move:
        return fits_behind(cell.move.arrow, f"{cell.move.text} {cell.word}".strip(), style.weighing(BOLD), room)
    text = cell_words(cell)
    if cell.is_note:
        return wraps(text, style, room)
    if cell.tone != "neutral":
        return column.head.numeric and fits(f" {text}", style, room - look.measures.paper.sign.points)
    if column.head.numeric:
        return fits(text, style.weighing(weight), room)
    return bool(text) and all(not line or is_set_plainly(line, style.weighing(weight)) for line in text.split("\n"))
