"""The cells of a table: the values and links of an answer's cells, and rows chosen of a table."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, TypeVar

from reportgen.model import RAW, Unit
from reportgen.periods import is_day
from reportgen.queries import RichCell

if TYPE_CHECKING:
    from collections.abc import Sequence

    from reportgen.model import Column, Table, Value
    from reportgen.queries import Cell

_T = TypeVar("_T")


def cell_value(cell: Cell, column: Column) -> Value:
    """Return the value of a cell: an object's text in a dimension, its number in a metric."""
    if not isinstance(cell, RichCell):
        return cell
    return cell.text if column.role == "dimension" or cell.value is None else cell.value


def with_cells(column: Column, cells: Sequence[Cell]) -> Column:
    """Return a column with the values and links of its cells."""
    links = tuple(cell.url if isinstance(cell, RichCell) else None for cell in cells)
    values = tuple(cell_value(cell, column) for cell in cells)
    return replace(column, values=values, links=links if any(links) else ())


def with_dates(table: Table) -> Table:
    """Return a table whose dimensions of days alone are dates where their author says nothing, and so are months."""

    def told(column: Column) -> Column:
        is_open = column.role == "dimension" and column.unit == RAW and bool(column.values)
        is_date = all(map(_is_day, column.values)) or (table.bucket == "month" and all(map(_is_month, column.values)))
        return replace(column, unit=Unit("date")) if is_open and is_date else column

    return replace(table, columns=tuple(map(told, table.columns)))


def _is_day(value: Value) -> bool:
    return isinstance(value, str) and is_day(value)


def _is_month(value: Value) -> bool:
    return isinstance(value, str) and is_day(f"{value}-01")


def with_rows(table: Table, rows: Sequence[int]) -> Table:
    """Return a table with some of its rows, by their indexes, in their order."""

    def chosen(cells: tuple[_T, ...]) -> tuple[_T, ...]:
        return tuple(cells[at] for at in rows) if cells else ()

    columns = (
        replace(
            column,
            values=chosen(column.values),
            baseline=chosen(column.baseline),
            links=chosen(column.links),
            thumbnails=chosen(column.thumbnails),
        )
        for column in table.columns
    )
    return replace(table, columns=tuple(columns), presence=chosen(table.presence), of=len(rows))
