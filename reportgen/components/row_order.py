"""The order of a table's rows. The API is reported to ignore `sort`, so rows are sorted here."""

from __future__ import annotations

import math
import re
from typing import TYPE_CHECKING

from reportgen.components.table_cells import cell_value

if TYPE_CHECKING:
    from collections.abc import Sequence

    from reportgen.model import Column
    from reportgen.queries import Cell

_A_NUMBER = re.compile(r"-?[0-9]{1,15}(?:\.[0-9]{1,15})?")


def row_order(rows: Sequence[Sequence[Cell]], columns: Sequence[Column], key: str | None) -> tuple[list[int], str]:
    """Return the order of rows, missing values last, and the reason where they cannot be sorted.

    Args:
        rows: The rows in the API's order.
        columns: Their columns.
        key: The field to sort by, with `-` before it for the largest first; None leaves the rows in their order.
    """
    order = list(range(len(rows)))
    if not key:
        return order, ""
    field, descending = key.removeprefix("-"), key.startswith("-")
    index = next((index for index, column in enumerate(columns) if column.field == field), None)
    if index is None:
        return order, f"there is no column {field!r} to sort by; the rows are in the API's order"
    values = {row: cell_value(rows[row][index], columns[index]) for row in order}
    numbers = {row: value for row, value in values.items() if isinstance(value, int | float)}
    words = {row: _order_of_words(value) for row, value in values.items() if isinstance(value, str)}
    by_size = sorted(numbers, key=numbers.__getitem__, reverse=descending)
    by_letter = sorted(words, key=words.__getitem__, reverse=descending)
    return by_size + by_letter + [row for row in order if values[row] is None], ""


def sort_key(sort: object) -> str | None:
    """Return the API's sort key, or None unless it is a list with a single text, as in every known payload."""
    return sort[0] if isinstance(sort, list) and len(sort) == 1 and isinstance(sort[0], str) else None


def _order_of_words(text: str) -> tuple[float, str]:
    """Return the place of a text in the order of its column: names that are numbers by their size, before words."""
    return (float(text), "") if _A_NUMBER.fullmatch(text) else (math.inf, text.casefold())
