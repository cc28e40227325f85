"""The API's own Total row of a table: told from the other rows, and taken off them."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from reportgen.queries import Cell

_TOTAL = "total"


def without_total(
    rows: list[tuple[Cell, ...]],
    named: bool,  # noqa: FBT001 - private, and said at the calls
) -> tuple[list[tuple[Cell, ...]], tuple[Cell, ...] | None]:
    """Take the API's own total off the rows: the last one, where its first cell says Total.

    A row of that name elsewhere is a row. With one row there is nothing it could be a total of.
    """
    if named and len(rows) > 1 and isinstance(rows[-1][0], str) and rows[-1][0].strip().casefold() == _TOTAL:
        return rows[:-1], rows[-1]
    return rows, None
