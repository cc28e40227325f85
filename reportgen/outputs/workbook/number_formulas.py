"""The formulas of computed numbers over the names of the cells they are made from, `kpi_spend/kpi_conversions`.

Only where every number of a formula is shown, and nothing else can be read from it: a factor such as 1.15 may be the
agency's own margin, which is not for the client.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from reportgen.formatting import SECONDS_IN
from reportgen.outputs.workbook.excel_names import NumberName
from reportgen.outputs.workbook.sheet_cells import LARGEST_EXACT

if TYPE_CHECKING:
    from collections.abc import Mapping

    from reportgen.model import Block, Report, Value

_NAME = re.compile("[a-z][a-z0-9_]*")
_CONSTANT = re.compile(r"(?<![a-z0-9_.])[0-9][0-9.]*")
_POWER_OF_TEN = re.compile("10*")
_PART = re.compile(r"[a-z0-9_]\.[a-z]|[%`]")  # of a number, such as spend.goal, which has no cell of that name


def number_formulas(complete: Report, names: Mapping[str, NumberName]) -> dict[str, NumberName]:
    """Return the formulas of computed numbers, of their value and of their compared values, by their blocks.

    Args:
        complete: The report as staff have it, in which computed numbers have their formulas.
        names: The names of the cells of the shown numbers, by their blocks.
    """
    numbers = {block.name: block for block in complete.blocks if block.name in names}
    values = {block: name.value for block, name in names.items()}
    previous = [
        dict(zip(names, cells, strict=True)) for cells in zip(*(name.previous for name in names.values()), strict=True)
    ]
    return {
        name: NumberName(_over(block, values), tuple(_over(block, cells) for cells in previous))
        for name, block in numbers.items()
        if block.reference_key is None and _is_open(block.readings[0].field, numbers)
    }


def _is_open(formula: str, numbers: Mapping[str, Block]) -> bool:
    """Return whether a formula holds nothing but shown numbers, in the scale of their cells, and powers of ten."""
    operands = set(_NAME.findall(formula))
    constants = _CONSTANT.findall(formula)
    return (
        not _PART.search(formula)
        and operands <= numbers.keys()
        and all(map(_POWER_OF_TEN.fullmatch, constants))
        and all(_is_exact(numbers[name]) for name in operands)
    )


def _is_exact(block: Block) -> bool:
    """Return whether a cell holds what formulas are calculated from; that of a duration holds a part of a day."""
    (reading,) = block.readings
    values = (reading.value, reading.baseline, *(each.baseline for each in reading.further))
    return reading.unit.name not in SECONDS_IN and all(map(_fits, values))


def _fits(value: Value) -> bool:
    return value is None or (not isinstance(value, str) and abs(value) <= LARGEST_EXACT)


def _over(block: Block, cells: Mapping[str, str]) -> str:
    """Return the formula of a computed number over the names of cells, by the numbers in them."""
    formula = block.readings[0].field.replace(" ", "")
    return _NAME.sub(lambda name: cells[name[0]], formula)
