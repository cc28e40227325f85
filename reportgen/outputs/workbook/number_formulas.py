"""The formulas of computed numbers over the names of the cells they are made from, `kpi_spend/kpi_conversions`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reportgen.outputs.workbook.author_formulas import formula_over_cells, is_calculated_with
from reportgen.outputs.workbook.excel_names import NumberName

if TYPE_CHECKING:
    from collections.abc import Mapping

    from reportgen.model import Block, Report


def number_formulas(complete: Report, names: Mapping[str, NumberName]) -> dict[str, NumberName]:
    """Return the formulas of computed numbers, of their value and of their compared values, by their blocks.

    Args:
        complete: The report as staff have it, in which computed numbers have their formulas.
        names: The names of the cells of the shown numbers, by their blocks.
    """
    numbers = {block.name: block for block in complete.blocks if block.name in names}
    exact = {name: names[name] for name, block in numbers.items() if _is_calculated_with(block)}
    values = {name: cells.value for name, cells in exact.items()}
    columns = zip(*(cells.previous for cells in exact.values()), strict=True)
    previous = [dict(zip(exact, cells, strict=True)) for cells in columns]
    computed = {name: block.readings[0].field for name, block in numbers.items() if block.reference_key is None}
    formulas = {name: formula for name, formula in computed.items() if "`" not in formula}  # a number's name needs none
    return {
        name: NumberName(made, tuple(formula_over_cells(formula, cells) or "" for cells in previous))
        for name, formula in formulas.items()
        if (made := formula_over_cells(formula, values))
    }


def _is_calculated_with(block: Block) -> bool:
    (reading,) = block.readings
    values = (reading.value, reading.baseline, *(each.baseline for each in reading.further))
    return is_calculated_with(reading.unit, values)
