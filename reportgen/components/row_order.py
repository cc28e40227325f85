"""The order of a table's rows. The API is reported to ignore `sort`, so rows are sorted here."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from reportgen.model import name_order

if TYPE_CHECKING:
    from collections.abc import Sequence

    from reportgen.model import Column, Table


def row_order(table: Table, key: str | None) -> tuple[list[int], str]:
    """Return the order of the rows of a table, missing values last, and the reason where they cannot be sorted.

    Rows with equal values are in the order of their names, in a table by day in the order of their days. Rows of the
    compared period alone stay behind all others.

    Args:
        table: The table, with its rows in the API's order.
        key: The field to sort by, with `-` before it for the largest first; None leaves the rows in their order.
    """
    order = list(range(len(table.presence)))
    if not key:
        return order, ""
    field, descending = key.removeprefix("-"), key.startswith("-")
    column = next((column for column in table.columns if column.field == field), None)
    if column is None:
        return order, f"there is no column {field!r} to sort by; the rows are in the API's order"
    current = [row for row in order if table.presence[row] != "baseline"]
    values = {row: column.values[row] for row in _named_in_order(table, current, column)}
    numbers = {row: value for row, value in values.items() if isinstance(value, int | float)}
    words = {row: name_order(value) for row, value in values.items() if isinstance(value, str)}
    by_size = sorted(numbers, key=numbers.__getitem__, reverse=descending)
    by_letter = sorted(words, key=words.__getitem__, reverse=descending)
    missing = [row for row in values if values[row] is None]
    return [*by_size, *by_letter, *missing, *(row for row in order if table.presence[row] == "baseline")], ""


def _named_in_order(table: Table, rows: Sequence[int], column: Column) -> list[int]:
    """Return rows in an order in which those of equal values in a column are in the order of their names."""
    if table.bucket is not None:
        return list(rows)
    counts = Counter(column.values[row] for row in rows)
    names = [each.values for each in table.columns if each.role == "dimension"]
    tied = [row for row in rows if counts[column.values[row]] > 1]
    tied.sort(key=lambda row: [name_order(str(cells[row] or "")) for cells in names])
    return [*tied, *(row for row in rows if counts[column.values[row]] == 1)]


def sort_key(sort: object) -> str | None:
    """Return the API's sort key, or None unless it is a list with a single text, as in every known payload."""
    return sort[0] if isinstance(sort, list) and len(sort) == 1 and isinstance(sort[0], str) else None
