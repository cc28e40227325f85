"""The author's formulas as Excel calculates them, where they tell of shown numbers and columns alone.

They hold shown numbers or columns and powers of ten alone: a factor such as 1.15 may be the agency's own margin, which
is not for the client.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from reportgen.formatting import SECONDS_IN
from reportgen.outputs.workbook.sheet_cells import LARGEST_EXACT

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from reportgen.model import Unit, Value

_TOKEN = re.compile(r"`([^`]+)`|([A-Za-z_][A-Za-z0-9_]*(?:[.:][A-Za-z0-9_]+)*)|([0-9.]+%?)|([-+*/()])|(\s+)|(.)")
_POWER_OF_TEN = re.compile("10*")


def formula_over_cells(formula: str, cells: Mapping[str, str]) -> str | None:
    """Return an author's formula over cells; None where it holds more than names of cells and powers of ten.

    Args:
        formula: As its author wrote it. A part of a number, such as `spend.goal`, has no cell.
        cells: The reference to the cell of each name that may be calculated with.
    """
    made = []
    for quoted, name, number, sign, blank, other in _TOKEN.findall(formula):
        if other or (number and not _POWER_OF_TEN.fullmatch(number)):
            return None
        if word := quoted or name:
            if word not in cells:
                return None
            made.append(cells[word])
        elif not blank:
            made.append(number or sign)
    return "".join(made)


def is_calculated_with(unit: Unit, values: Iterable[Value]) -> bool:
    """Return whether cells hold what formulas are calculated from: a duration's cell holds a part of a day."""
    return unit.name not in SECONDS_IN and all(map(_fits, values))


def _fits(value: Value) -> bool:
    return value is None or (not isinstance(value, str) and abs(value) <= LARGEST_EXACT)
