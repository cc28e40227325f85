"""The formulas of computed columns over the cells of their row: `RC[-2]/RC[-1]`, a quotient of cells to the left."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from reportgen.outputs.workbook.author_formulas import formula_over_cells, is_calculated_with

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from reportgen.model import Block
    from reportgen.outputs.text.flat_tables import FlatColumn


def formulas_of_columns(complete: Iterable[Block]) -> dict[str, dict[str, str]]:
    """Return the author's formulas of computed columns by their fields, by their blocks, as staff have the report."""
    return {
        block.name: {column.field: column.formula for column in table.columns if column.formula}
        for block in complete
        for table in block.tables
    }


def with_live_columns(columns: Sequence[FlatColumn], formulas: Mapping[str, str]) -> tuple[FlatColumn, ...]:
    """Return the columns of a sheet, computed columns with their formulas, in both periods.

    Args:
        columns: The columns of a table as they stand side by side, each followed by its previous values and changes.
        formulas: The author's formulas by the fields of computed columns.
    """
    places: dict[str, int] = {}
    for at, flat in enumerate(columns):
        if not flat.formula:
            places.setdefault(flat.column.field, at)
    compared = {
        field: at + 1
        for field, at in places.items()
        if at + 1 < len(columns) and columns[at + 1].column.field == field and not columns[at + 1].formula
    }
    rounded = {
        field
        for of_period in (places, compared)
        for field, at in of_period.items()
        if not is_calculated_with(columns[at].column.unit, columns[at].column.values)
    }
    live = list(columns)
    for field, formula in formulas.items():
        for of_period in (places, compared):
            if (own := of_period.get(field)) is None:
                continue
            cells = {name: f"RC[{at - own}]" for name, at in of_period.items() if name not in rounded}
            live[own] = replace(columns[own], computed=formula_over_cells(formula, cells) or "")
    return tuple(live)
