"""The widths that the columns of a printed table need, and the compared columns that have room."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from reportgen.outputs.drawing.font_metrics import BOLD, text_width
from reportgen.outputs.page.lengths import mm
from reportgen.outputs.text.table_columns import (
    bar_column,
    change_column,
    compared_column,
    compared_days_column,
    value_column,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from reportgen.model import Report, Table
    from reportgen.outputs.page.measures import MediumMeasures
    from reportgen.outputs.text.table_columns import PrintedColumn, TableCell

_LONGEST_EM, _SHORTEST_EM = 22.0, 3.5
_SPACE_EM = 0.3
_BAR = mm(20)  # the width of a column of bars
_MARK_EM = 0.9


def printed_columns(table: Table, report: Report, sizes: Sequence[float], paper: MediumMeasures) -> list[PrintedColumn]:
    """Return the columns that are printed.

    The change of the leading metric always is, and the compared days of a table by day; its compared values and the
    changes of the other metrics are where the page has room for them without smaller type. The workbook has all.

    Args:
        table: The table.
        report: Its report, with the locale and the compared period.
        sizes: Widths of the page in em of each type in which it may be printed, the smallest width first.
        paper: The sizes on paper.
    """
    beside: dict[int, list[PrintedColumn]] = {index: [] for index, column in enumerate(table.columns) if column.printed}
    compared = [index for index in beside if table.columns[index].baseline and table.columns[index].is_numeric]
    measured = partial(_measured, paper=paper)
    own = {index: list(map(measured, _own(table, index, report))) for index in beside}
    if report.baseline and compared:
        lead = compared[0]
        dated = [
            index for index in beside if table.columns[index].role == "dimension" and table.columns[index].baseline
        ]
        days = [measured(compared_days_column(table, index, report)) for index in dated[:1]]
        beside[lead] = [measured(change_column(table, lead, report, leading=True))]
        need = sum(column.width for columns in (*own.values(), days, beside[lead]) for column in columns)
        room = next((size for size in sizes if need <= size), 0.0) - need
        optional = [(lead, measured(compared_column(table, lead, report)))]
        optional += [(index, measured(change_column(table, index, report, leading=False))) for index in compared[1:]]
        for index, column in optional:
            if column.width <= room:
                beside[index].insert(0, column)
                room -= column.width
        beside[lead] = [*days, *beside[lead]]
    return [replace(column, column=index) for index in beside for column in (*own[index], *beside[index])]


def _own(table: Table, index: int, report: Report) -> list[PrintedColumn]:
    """Return the printed columns of a column's own values, bars before them where the author wants bars."""
    column, values = table.columns[index], value_column(table, index, report)
    return [bar_column(column, table.shown), values] if column.bar and column.is_numeric else [values]


def _measured(column: PrintedColumn, paper: MediumMeasures) -> PrintedColumn:
    """Return a column with the width that it needs: of its longest cell, and of its head broken at spaces."""
    head = column.head
    if head.role == "bar":
        return replace(column, width=_em(_BAR.points, paper))
    longest = max(_cell_width(cell, paper) for cell in (*column.cells, column.total))
    words = max(text_width(word) for word in ([head.text] if head.role == "compared" else head.text.split(" ")))
    padding = _em(2 * paper.cell_gap.points, paper)
    return replace(column, width=max(_SHORTEST_EM, words, min(longest, _LONGEST_EM)) + padding)


def _cell_width(cell: TableCell, paper: MediumMeasures) -> float:
    if cell.move:
        return text_width(cell.move.arrow) + _SPACE_EM + text_width(cell.move.text, weight=BOLD)
    picture = _em(paper.picture.points + paper.picture_gap.points, paper) if cell.picture else 0
    size = round(paper.small.size.points / paper.text.size.points, 2) if cell.is_note else 1
    return text_width(cell.text) * size + picture + (_MARK_EM if cell.tone != "neutral" else 0)


def _em(points: float, paper: MediumMeasures) -> float:
    """Return a width in em of a table's type, to a tenth."""
    return round(points / paper.text.size.points, 1)
