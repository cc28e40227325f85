"""The thumbnails of a table's posts."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from reportgen.model import Caution, Picture
from reportgen.queries import Failure, RichCell

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from reportgen.model import Table
    from reportgen.queries import Cell


def with_thumbnails(
    table: Table, rows: Sequence[tuple[Cell, ...]], pictures: Mapping[str, Picture | Failure]
) -> tuple[Table, tuple[Caution, ...]]:
    """Return a table with the pictures of its cells in its columns.

    Args:
        table: The table made from the rows.
        rows: The rows in the table's order.
        pictures: Pictures of printed rows, by address; no others are fetched.

    Returns:
        The table, and a caution about pictures that could not be fetched. A row without its
        picture keeps everything else.
    """
    found = [[_picture(row[index], pictures) for row in rows] for index in range(len(table.columns))]
    reasons = [cell.reason for cells in found for cell in cells if isinstance(cell, Failure)]
    columns = tuple(
        replace(column, thumbnails=tuple(cell if isinstance(cell, Picture) else None for cell in cells))
        if any(cells)
        else column
        for column, cells in zip(table.columns, found, strict=True)
    )
    if not reasons:
        return replace(table, columns=columns), ()
    count = sum(1 for cells in found for cell in cells if cell)
    text = f"{len(reasons)} of {count} thumbnails are left out; the first: {reasons[0]}"
    return replace(table, columns=columns), (Caution("W-THUMBNAIL", text),)


def _picture(cell: Cell, pictures: Mapping[str, Picture | Failure]) -> Picture | Failure | None:
    return pictures.get(cell.picture) if isinstance(cell, RichCell) and cell.picture else None
