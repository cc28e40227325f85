"""The cells of a table's columns: the values of an answer's cells, and their links."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from reportgen.queries import RichCell

if TYPE_CHECKING:
    from collections.abc import Sequence

    from reportgen.model import Column, Value
    from reportgen.queries import Cell


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
