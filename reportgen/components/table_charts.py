"""The charts of tables: a category for each row, and a series for each column of numbers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reportgen.model import Chart, Series

if TYPE_CHECKING:
    from collections.abc import Iterable

    from reportgen.model import ChartKind, Column, Number, Table, Value


def chart_of_table(table: Table, kind: ChartKind) -> Chart:
    """Return the chart of a table: a category for each shown row, one for all others, a series for each column.

    Args:
        table: A table whose first printed column names its rows, and whose other printed columns are numbers.
        kind: How the chart is drawn.
    """
    names, *columns = (column for column in table.columns if column.printed)
    at = table.columns.index(names)
    labels = tuple(map(str, (*names.values[: table.shown], *((table.other[at],) if table.other else ()))))
    is_compared = table.baseline_missing is None
    return Chart(
        kind,
        "category",
        labels,
        tuple(_series(table, column) for column in columns),
        labels if is_compared else (),
        table.baseline_missing,
        days=table.days,
        compared=table.compared,
        other=table.other is not None,
    )


def _series(table: Table, column: Column) -> Series:
    at = table.columns.index(column)
    other = () if table.other is None else (table.other[at],)
    before = () if table.other is None else ((table.other_baseline or (None,) * len(table.columns))[at],)
    return Series(
        column.field,
        column.label,
        column.unit,
        _numbers((*column.values[: table.shown], *other)),
        _numbers((*column.baseline[: table.shown], *before)) if column.baseline else (),
        additive=column.additive,
        parts=column.additive,
        direction=column.direction,
    )


def _numbers(values: Iterable[Value]) -> tuple[Number | None, ...]:
    return tuple(value if isinstance(value, int | float) else None for value in values)
