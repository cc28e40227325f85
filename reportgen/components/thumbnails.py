"""The small pictures of a table's posts."""

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
    """Put the pictures of a table's cells into its columns.

    Args:
        table: As it was made from the rows.
        rows: In the table's order.
        pictures: By address; those of rows that are not printed are not among them.

    Returns:
        The table, and what is to be said of printed pictures that could not be had. A row without its
        picture keeps everything else.
    """
    found = [[_picture(row[index], pictures) for row in rows] for index in range(len(table.columns))]
    reasons = [one.reason for cells in found for one in cells[: table.shown] if isinstance(one, Failure)]
    columns = tuple(
        replace(column, thumbnails=tuple(one if isinstance(one, Picture) else None for one in cells))
        if any(cells)
        else column
        for column, cells in zip(table.columns, found, strict=True)
    )
    if not reasons:
        return replace(table, columns=columns), ()
    count = sum(1 for cells in found for one in cells[: table.shown] if one)
    text = f"{len(reasons)} of {count} thumbnails are left out; the first: {reasons[0]}"
    return replace(table, columns=columns), (Caution("W-THUMBNAIL", text),)


def _picture(cell: Cell, pictures: Mapping[str, Picture | Failure]) -> Picture | Failure | None:
    return pictures.get(cell.picture) if isinstance(cell, RichCell) and cell.picture else None
