"""The cells of a table: the values and links of an answer's cells, and rows chosen of a table."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, TypeVar

from reportgen.model import RAW, Unit
from reportgen.periods import day_of, is_day
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
    """Return a table whose columns of days alone are dates where their author says nothing, and so are months.

    A metric may have times behind its days, as `created_at` has; the names of rows that have them stay as they came,
    because they may be hours of a day. Months that came as their first days are months.
    """

    def told(column: Column) -> Column:
        texts = [value for value in column.values if value is not None]
        if column.unit != RAW or not texts:
            return column
        if column.role == "metric":
            return replace(column, unit=Unit("date")) if all(map(_begins_with_day, texts)) else column
        if table.bucket == "month" and all(map(_is_month_or_day, texts)):
            values, baseline = (tuple(map(_month, cells)) for cells in (column.values, column.baseline))
            return replace(column, unit=Unit("date"), values=values, baseline=baseline)
        return replace(column, unit=Unit("date")) if all(map(_is_day, column.values)) else column

    return replace(table, columns=tuple(map(told, table.columns)))


def _is_day(value: Value) -> bool:
    return isinstance(value, str) and is_day(value)


def _begins_with_day(value: Value) -> bool:
    return isinstance(value, str) and day_of(value) is not None


def _is_month_or_day(value: Value) -> bool:
    return _is_day(value) or (isinstance(value, str) and is_day(f"{value}-01"))


def _month(value: Value) -> Value:
    return value[: len("2026-10")] if isinstance(value, str) else value


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
