"""The API's own total row of a table, split from the other rows."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from reportgen.queries import Cell

_TOTAL = "total"


def without_total(rows: list[tuple[Cell, ...]]) -> tuple[list[tuple[Cell, ...]], tuple[Cell, ...] | None]:
    """Return the rows without the API's total, and the total: a last row whose first cell is `Total`.

    A row of that name elsewhere is a row. A single row is no total.
    """
    if len(rows) > 1 and isinstance(rows[-1][0], str) and rows[-1][0].strip().casefold() == _TOTAL:
        return rows[:-1], rows[-1]
    return rows, None
