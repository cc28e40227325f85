"""A table joined with the rows of the compared period: by their names, or by the days that they name."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from reportgen.components.joined_periods import Join, join
from reportgen.components.row_names import joining_names
from reportgen.components.table_cells import cell_value

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Hashable, Sequence

    from reportgen.model import Column, Presence, Table, Value
    from reportgen.queries import Cell

    DayKeys = Callable[[int, Sequence[Value], Sequence[Value]], tuple[list[Hashable], list[Hashable]] | None]


def with_compared_rows(
    table: Table, rows: Sequence[tuple[Cell, ...]], day_keys: DayKeys, *, lacking: Collection[int]
) -> Table | None:
    """Return a table joined with the rows of the compared period; None where a row stands twice.

    Args:
        table: The table of the current period.
        rows: The rows of the compared period, as wide as the table.
        day_keys: Returns the keys of a column's names in both periods, where these are days; else None.
        lacking: Indexes of compared rows that did not come: without a partner they are left out.
    """
    cells = [[cell_value(row[index], column) for row in rows] for index, column in enumerate(table.columns)]
    names = [index for index, column in enumerate(table.columns) if column.role == "dimension"]
    days = {index: keys for index in names if (keys := day_keys(index, table.columns[index].values, cells[index]))}
    now_keys = [days[index][0] if index in days else table.columns[index].values for index in names]
    then_keys = [days[index][1] if index in days else cells[index] for index in names]
    found = join(*joining_names(list(zip(*now_keys, strict=True)), list(zip(*then_keys, strict=True))))
    if found is None:
        return None
    found = Join(found.partners, tuple(index for index in found.alone if index not in lacking))
    presence: list[Presence] = ["current" if index is None else "both" for index in found.partners]
    presence += ["baseline"] * len(found.alone)
    columns = (
        _joined_column(column, cells[index], found, dated=index in days) for index, column in enumerate(table.columns)
    )
    return replace(table, columns=tuple(columns), presence=tuple(presence), of=len(presence))


def _joined_column(column: Column, cells: Sequence[Value], found: Join, *, dated: bool) -> Column:
    """Return a column with its compared cells; rows of the compared period alone have their names."""
    before = tuple(None if index is None else cells[index] for index in (*found.partners, *found.alone))
    alone = tuple(cells[index] if column.role == "dimension" else None for index in found.alone)
    links = (*column.links, *(None for _ in found.alone)) if column.links else ()
    compared = before if dated or column.role == "metric" else ()
    thumbnails = (*column.thumbnails, *(None for _ in found.alone)) if column.thumbnails else ()
    return replace(column, values=(*column.values, *alone), baseline=compared, links=links, thumbnails=thumbnails)
