"""How wide the columns of a printed table ask to be, and which compared ones have room."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from reportgen.outputs.drawing.font_metrics import text_width
from reportgen.outputs.text.table_columns import bar_column, change_column, compared_column, value_column

if TYPE_CHECKING:
    from collections.abc import Sequence

    from reportgen.model import Report, Table
    from reportgen.outputs.text.table_columns import PrintedColumn, TableCell

_PADDING_EM = 1.3
_LONGEST_EM, _SHORTEST_EM = 22.0, 3.5
_SPACE_EM = 0.3
_PICTURE_EM = 3.8  # 10 mm and the gap beside them
_BAR_EM = 6.3  # 20 mm
_MARK_EM = 0.9
_NOTE_SIZE = 0.89  # words in place of a change are set smaller, 8 pt to 9 pt


def printed_columns(table: Table, report: Report, sizes: Sequence[float]) -> list[PrintedColumn]:
    """Return the columns that are printed.

    The change of the leading metric always is; its compared values and the changes of the other
    metrics are where the page has room for them in the type it has anyway. The workbook has all.

    Args:
        table: Whose columns.
        report: Whose locale and compared period they are in.
        sizes: How wide the page is, in em, in each of the sizes that it may be printed in, the smallest first.
    """
    beside: dict[int, list[PrintedColumn]] = {index: [] for index, one in enumerate(table.columns) if one.printed}
    compared = [index for index in beside if table.columns[index].baseline and table.columns[index].is_numeric]
    own = {index: _own(table, index, report) for index in beside}
    if report.baseline and compared:
        lead = compared[0]
        beside[lead] = [_measured(change_column(table, lead, report, leading=True))]
        need = sum(one.width for columns in (*own.values(), beside[lead]) for one in columns)
        room = next((size for size in sizes if need <= size), 0.0) - need
        optional = [(lead, _measured(compared_column(table, lead, report)))]
        optional += [(index, _measured(change_column(table, index, report, leading=False))) for index in compared[1:]]
        for index, column in optional:
            if column.width <= room:
                beside[index].insert(0, column)
                room -= column.width
    return [replace(column, column=index) for index in beside for column in (*own[index], *beside[index])]


def _own(table: Table, index: int, report: Report) -> list[PrintedColumn]:
    """Return what a column itself takes: its values, and bars before them where the author wants some."""
    column, values = table.columns[index], _measured(value_column(table, index, report))
    return [_measured(bar_column(column, table.shown)), values] if column.bar and column.is_numeric else [values]


def _measured(column: PrintedColumn) -> PrintedColumn:
    """Return a column with the width that it asks for: of its longest cell, and of its head broken at spaces."""
    head = column.head
    if head.role == "bar":
        return replace(column, width=_BAR_EM)
    longest = max(map(_cell_width, (*column.cells, column.total)))
    words = max(text_width(word) for word in ([head.text] if head.role == "compared" else head.text.split(" ")))
    return replace(column, width=max(_SHORTEST_EM, words, min(longest, _LONGEST_EM)) + _PADDING_EM)


def _cell_width(cell: TableCell) -> float:
    if cell.move:
        return text_width(cell.move.arrow) + _SPACE_EM + text_width(cell.move.text, weight=600)
    beside = (_PICTURE_EM if cell.picture else 0) + (_MARK_EM if cell.tone != "neutral" else 0)
    return text_width(cell.text) * (_NOTE_SIZE if cell.is_note else 1) + beside
