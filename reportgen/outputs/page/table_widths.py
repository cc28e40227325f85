"""The widths of a printed table's columns, by their content, and the compared columns that have room."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from itertools import chain, pairwise
from typing import TYPE_CHECKING

from reportgen.outputs.drawing.font_metrics import BOLD, NORMAL
from reportgen.outputs.page.lengths import mm
from reportgen.outputs.page.list_layout import move_width
from reportgen.outputs.text.period_notes import compared_days
from reportgen.outputs.text.table_columns import (
    bar_column,
    change_column,
    compared_column,
    compared_days_column,
    dated_change_column,
    value_column,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from reportgen.model import Report, Table
    from reportgen.outputs.page.medium_measures import MediumMeasures
    from reportgen.outputs.text.table_columns import PrintedColumn, TableCell

_LEAST_EM, _LONGEST_EM, _MOST_EM = 12.0, 22.0, 40.0
"""Of a column of texts: the width to which it gives way, the width that it asks for, and the width that it can use."""

_SHORTEST_EM = 3.5
SLIM_EM, SQUEEZED_EM = 10.0, 6.0
"""Of a column of texts in a table that would be turned, or be in parts or in small type, otherwise."""

_BAR = mm(20)  # the width of a column of bars
_MARK_EM = 0.9


def printed_columns(table: Table, report: Report, sizes: Sequence[float], paper: MediumMeasures) -> list[PrintedColumn]:
    """Return the columns that are printed.

    The changes that the author wants always are, else those of the column that rows are sorted by, or of the first
    metric; and the compared days of a table by day. The compared values of the first of them, and without the author's
    word the changes of the other metrics, are where the page has room for them without smaller type or narrower texts.
    The workbook has all.

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
    for before, index in pairwise(beside):
        if table.columns[before].is_numeric and not table.columns[index].is_numeric:
            own[index] = [_behind_figures(column, paper) for column in own[index]]
    leading = _with_changes(table, compared)
    if compared_days(report, table) and leading:
        lead = leading[0]
        dated = [
            index for index in beside if table.columns[index].role == "dimension" and table.columns[index].baseline
        ]
        days = [measured(compared_days_column(table, index, report)) for index in dated[:1]]
        for index in leading:
            beside[index] = [measured(change_column(table, index, report, leading=index == lead))]
            further = map(table.against, table.further)
            beside[index] += [measured(dated_change_column(each, index, report)) for each in further]
        made = [*chain.from_iterable(own.values()), *days, *chain.from_iterable(beside.values())]
        room = next((size for size in sizes if least_width(made) <= size), 0.0) - sum(column.width for column in made)
        optional = [(lead, measured(compared_column(table, lead, report)))]
        optional += [
            (index, measured(change_column(table, index, report, leading=False)))
            for index in compared
            if index not in leading and table.columns[index].has_change is None and not _is_chosen(table)
        ]
        for index, column in optional:
            if column.width <= room:
                beside[index].insert(0, column)
                room -= column.width
        beside[lead] = [*days, *beside[lead]]
    return [replace(column, column=index) for index in beside for column in (*own[index], *beside[index])]


def _with_changes(table: Table, compared: Sequence[int]) -> list[int]:
    """Return the columns whose changes are always printed; the first of them names the rows of a single period."""
    allowed = [index for index in compared if table.columns[index].has_change is not False]
    chosen = [index for index in allowed if table.columns[index].has_change]
    return chosen or [index for index in allowed if table.columns[index].field == table.sorted_by] or allowed[:1]


def _is_chosen(table: Table) -> bool:
    return any(column.has_change for column in table.columns if column.printed)


def least_width(columns: Sequence[PrintedColumn]) -> float:
    """Return the width that columns need, in em of their type."""
    return sum(column.least for column in columns)


def squeezed(columns: Sequence[PrintedColumn], to: float = SQUEEZED_EM) -> list[PrintedColumn]:
    """Return columns whose texts give way further, down to a width in em; by default to a few letters a line."""
    texts = _LEAST_EM - to
    return [
        column if column.head.whole else replace(column, least=max(SQUEEZED_EM, column.least - texts))
        for column in columns
    ]


def shared_widths(columns: Sequence[PrintedColumn], room: float) -> list[float]:
    """Return the widths of columns that fill a room in em, or need more than it.

    Where there is too little room, the widest texts give way first. Where there is more than all ask for, texts that
    can use it have it, and then the values of the table; changes stay beside their values.
    """
    widths = [column.width for column in columns]
    if sum(widths) > room:
        level = _level(columns, room)
        return [max(column.least, min(column.width, level)) for column in columns]
    widths = _grown(widths, [column.most for column in columns], room)
    spare = room - sum(widths)
    values = [width if column.head.role == "value" else 0 for column, width in zip(columns, widths, strict=True)]
    return [width + spare * value / sum(values) for width, value in zip(widths, values, strict=True)]


def _level(columns: Sequence[PrintedColumn], room: float) -> float:
    """Return the width to which the widest columns are cut down, so that all fit a room, if they can."""
    low, high = 0.0, max(column.width for column in columns)
    for _ in range(30):
        level = (low + high) / 2
        if sum(max(column.least, min(column.width, level)) for column in columns) > room:
            high = level
        else:
            low = level
    return low


def _grown(widths: Sequence[float], most: Sequence[float], room: float) -> list[float]:
    """Return widths that grow alike in their way to the widths that they can use, as far as there is room."""
    wanted = sum(most) - sum(widths)
    part = min(1.0, (room - sum(widths)) / wanted) if wanted else 0.0
    return [width + part * (end - width) for width, end in zip(widths, most, strict=True)]


def _own(table: Table, index: int, report: Report) -> list[PrintedColumn]:
    """Return the printed columns of a column's own values, bars before them where the author wants bars."""
    column, values = table.columns[index], value_column(table, index, report)
    return (
        [bar_column(column, table.shown, has_other=bool(table.other)), values]
        if column.bar and column.is_numeric
        else [values]
    )


def _measured(column: PrintedColumn, paper: MediumMeasures) -> PrintedColumn:
    """Return a column with its widths: of its longest cell, and of its head broken at spaces."""
    head = column.head
    if head.role == "bar":
        return _as_wide(column, _em(_BAR.points, paper))
    longest = max(0.0, *(_cell_width(cell, paper) for cell in column.cells), _cell_width(column.total, paper, BOLD))
    width_of = paper.text.typeface.width
    words = max(width_of(word) for word in head.text.split(" "))
    beside = _em(2 * paper.cell_gap.points, paper)
    if head.pictured:
        beside += _em(paper.picture.points + paper.picture_gap.points, paper)
    if head.whole:
        return _as_wide(column, beside + max(_SHORTEST_EM, words, longest))
    return replace(
        column,
        least=beside + max(_SHORTEST_EM, words, min(longest, _LEAST_EM)),
        width=beside + max(_SHORTEST_EM, words, min(longest, _LONGEST_EM)),
        most=beside + max(_SHORTEST_EM, words, min(longest, _MOST_EM)),
    )


def _behind_figures(column: PrintedColumn, paper: MediumMeasures) -> PrintedColumn:
    """Return a measured column of words with the wider gap to the figures before it, as it is in small type."""
    gap = (paper.cell_gap.points + paper.word_gap.points) / paper.small.size.points
    more = gap - _em(2 * paper.cell_gap.points, paper)
    return replace(column, least=column.least + more, width=column.width + more, most=column.most + more)


def _as_wide(column: PrintedColumn, width: float) -> PrintedColumn:
    """Return a column that neither gives way nor grows."""
    return replace(column, least=width, width=width, most=width)


def _cell_width(cell: TableCell, paper: MediumMeasures, weight: int = NORMAL) -> float:
    """Return the width of a cell's content in em; a total stands in bold, which a theme may have much wider."""
    typeface = paper.text.typeface
    if cell.move:
        return move_width(cell.move, cell.word, typeface, weight)
    size = round(paper.small.size.points / paper.text.size.points, 2) if cell.is_note else 1
    longest = max(typeface.width(line, weight=weight) for line in cell.text.split("\n"))
    return longest * size + (_MARK_EM if cell.tone != "neutral" else 0)


def _em(points: float, paper: MediumMeasures) -> float:
    """Return a width in em of a table's type, to a tenth."""
    return round(points / paper.text.size.points, 1)
