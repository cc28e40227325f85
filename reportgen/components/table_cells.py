"""The cells of a table: the values and links of an answer's cells, and rows chosen of a table."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, TypeVar

from reportgen.model import RAW, Unit
from reportgen.periods import bucket_name, day_of, is_day, is_time_alone
from reportgen.queries import RichCell

if TYPE_CHECKING:
    from collections.abc import Sequence

    from reportgen.model import Column, Table, Value
    from reportgen.periods import BucketUnit
    from reportgen.queries import Cell

_T = TypeVar("_T")
_NAMED_UNITS: tuple[BucketUnit, ...] = ("week", "month", "quarter")
_MIDNIGHT = re.compile(r"[T ]00:00(:00(\.0+)?)?\s*(Z|UTC|[+-]\d{2}:?\d{2})?")


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
    """Return a table whose columns of days alone are dates where their author says nothing.

    Names of rows that are months, quarters or weeks are so too, also where they came as first days or in digits, as
    202610. A metric may have times behind its days, as `created_at` has, but not where it is called by the hour; names
    of rows that have them may be hours of a day, and stay as they came.
    """
    return replace(table, columns=tuple(_with_dates(column, table.bucket) for column in table.columns))


def _with_dates(column: Column, bucket: BucketUnit | None) -> Column:
    texts = [value for value in column.values if value]
    is_open = column.unit == RAW or (bucket is not None and column.unit.name == "date")
    if not is_open or not texts:
        return column
    if column.role == "metric":
        is_date = "hour" not in column.field.casefold() and all(map(_begins_with_day, texts))
        return replace(column, unit=Unit("date")) if is_date else column
    is_sure = bucket is not None or is_time_alone(column.field)
    for unit in (unit for unit in _NAMED_UNITS if unit == bucket or unit in column.field.casefold()):
        names = {value: bucket_name(str(value), unit) for value in (*texts, *filter(None, column.baseline))}
        if all(name and (is_sure or name == value) for value, name in names.items()):
            values, baseline = (
                tuple(names.get(cell, cell) for cell in each) for each in (column.values, column.baseline)
            )
            return replace(column, unit=Unit("date"), values=values, baseline=baseline)
    return replace(column, unit=Unit("date")) if all(map(_is_day, texts)) else column


def _is_day(value: Value) -> bool:
    """Return whether a cell is a day, which may have the time of its midnight."""
    return isinstance(value, str) and is_day(_MIDNIGHT.sub("", value))


def _begins_with_day(value: Value) -> bool:
    return isinstance(value, str) and day_of(value) is not None


def with_rows(table: Table, rows: Sequence[int]) -> Table:
    """Return a table with some of its rows, by their indexes, in their order."""

    def chosen(cells: tuple[_T, ...]) -> tuple[_T, ...]:
        return tuple(cells[at] for at in rows) if cells else ()

    def moved(cut: tuple[int, ...]) -> tuple[int, ...]:
        before = frozenset(cut)
        return tuple(at for at, row in enumerate(rows) if row in before) if cut else ()

    columns = (
        replace(
            column,
            values=chosen(column.values),
            baseline=chosen(column.baseline),
            links=chosen(column.links),
            thumbnails=chosen(column.thumbnails),
            cut=moved(column.cut),
            baseline_cut=moved(column.baseline_cut),
        )
        for column in table.columns
    )
    return replace(table, columns=tuple(columns), presence=chosen(table.presence), of=len(rows))
