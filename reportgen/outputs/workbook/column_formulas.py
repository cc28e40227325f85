"""The formulas of computed columns over the cells of their row: `RC[-2]/RC[-1]`, a quotient of two cells to the left.

Only where every column of a formula is shown, and nothing else can be read from it: a factor such as 1.15 may be the
agency's own margin, which is not for the client.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from reportgen.formatting import SECONDS_IN
from reportgen.outputs.workbook.sheet_cells import LARGEST_EXACT

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from reportgen.model import Block
    from reportgen.outputs.text.flat_tables import FlatColumn

_TOKEN = re.compile(r"`([^`]+)`|([A-Za-z_][A-Za-z0-9_]*(?:[.:][A-Za-z0-9_]+)*)|([0-9.]+%?)|([-+*/()])|(\s+)|(.)")
_POWER_OF_TEN = re.compile("10*")


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
        field for of_period in (places, compared) for field, at in of_period.items() if not _is_exact(columns[at])
    }
    live = list(columns)
    for field, formula in formulas.items():
        for of_period in (places, compared):
            exact = {name: at for name, at in of_period.items() if name not in rounded}
            if field in of_period and (made := _over(formula, of_period[field], exact)):
                live[of_period[field]] = replace(columns[of_period[field]], computed=made)
    return tuple(live)


def _over(formula: str, at: int, places: Mapping[str, int]) -> str | None:
    """Return a formula over the cells of its row; None where it holds more than shown columns and powers of ten."""
    made = []
    for quoted, name, number, sign, blank, other in _TOKEN.findall(formula):
        if other or (number and not _POWER_OF_TEN.fullmatch(number)):
            return None
        if word := quoted or name:
            if word not in places:
                return None
            made.append(f"RC[{places[word] - at}]")
        elif not blank:
            made.append(number or sign)
    return "".join(made)


def _is_exact(flat: FlatColumn) -> bool:
    """Return whether the cells hold what formulas are calculated from; that of a duration holds a part of a day."""
    numbers = [value for value in flat.column.values if value is not None]
    return flat.column.unit.name not in SECONDS_IN and all(
        not isinstance(value, str) and abs(value) <= LARGEST_EXACT for value in numbers
    )
