"""The cells of a table made of numbers: what each is calculated from, and its value in both periods."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from reportgen.components.formula_expression import sum_of
from reportgen.components.formula_units import shared_currency
from reportgen.components.number_parts import number_units, number_values
from reportgen.model import RAW, UNREAD

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from reportgen.components.expression_terms import Operand
    from reportgen.components.formula_expression import Expression
    from reportgen.model import BlockState, Direction, Number, OverTime, Reading, Unit, Value

_NEVER_ADDED = frozenset({"progress", "pace", "change"})  # parts of a number; a goal adds up as its number does


@dataclass(frozen=True, slots=True)
class NumberCell:
    """A cell of a table made of numbers.

    Attributes:
        state: `ok`, or why it has no value.
        value: None where one of its numbers is missing.
        baseline: The value in the compared days; None where it is missing there.
        unit: The unit of both.
        currency: That of the amounts among its numbers, also where its unit is no currency.
        adds_up: Whether it may be added to the cells of other rows: its numbers add up over days.
        directions: Whether a rise is good, of each of its numbers.
    """

    state: BlockState = "no_data"
    value: Number | None = None
    baseline: Number | None = None
    unit: Unit = RAW
    currency: str | None = None
    adds_up: bool = True
    directions: tuple[Direction, ...] = ()


def number_cell(expression: Expression, readings: Mapping[str, Reading]) -> NumberCell:
    """Return a cell from the numbers of the report by their names; those of absent sources are not among them.

    Raises:
        ValueError: It calculates with units that do not go together.
    """
    units = number_units(expression.operands, {name: reading.unit for name, reading in readings.items()})
    settled = expression.settled(units)
    kinds: dict[str, OverTime] = {operand.text: _over_time(operand, readings) for operand in expression.operands}
    value = settled.evaluate(number_values(expression.operands, readings)).value
    return NumberCell(
        "ok" if value is not None else _state([readings.get(name) for name in expression.names]),
        value,
        settled.evaluate(_compared_values(expression.operands, readings)).value,
        expression.unit(units),
        shared_currency(units.values()),
        adds_up=not expression.operands or expression.over_time(kinds) == "sum",
        directions=tuple(readings[name].direction for name in expression.names if name in readings),
    )


def sum_of_cells(cells: Sequence[NumberCell]) -> tuple[Number | None, Number | None]:
    """Return the sum of the cells that have values, and that of the same cells in the compared days.

    There is none where cells do not add up or could not be read, and none to compare with where a cell has a value in
    a single period: what such sums differ by would be no change.
    """
    given = [cell for cell in cells if cell.state == "ok"]
    if not given or not all(cell.adds_up for cell in cells) or any(cell.state in UNREAD for cell in cells):
        return None, None
    alone = any((cell.value is None) != (cell.baseline is None) for cell in cells)
    return _sum([cell.value for cell in given]), None if alone else _sum([cell.baseline for cell in given])


def shared_unit(column: str, units: Sequence[Unit]) -> Unit:
    """Return the unit that the cells of a column share.

    Raises:
        ValueError: They have different units, such as two currencies.
    """
    kinds = dict.fromkeys((unit.name, unit.currency) for unit in units)
    if len(kinds) > 1:
        named = " and ".join(currency or str(name or "no format") for name, currency in kinds)
        raise ValueError(f"the column {column} has {named} in it; give its numbers one format, or a column each")
    return units[0] if units else RAW


def _sum(values: Sequence[Number | None]) -> Number | None:
    named = {f"cell_{at}": value for at, value in enumerate(values)}
    return sum_of(list(named)).evaluate(named).value


def _over_time(operand: Operand, readings: Mapping[str, Reading]) -> OverTime:
    """Return how a part of a number follows from its days; a goal does as the number itself."""
    reading = readings.get(operand.word)
    return "other" if reading is None or operand.part in _NEVER_ADDED else reading.over_time


def _compared_values(operands: Sequence[Operand], readings: Mapping[str, Reading]) -> dict[str, Value]:
    """Return the value of each operand in the compared days; parts such as goals are of the report's days alone."""
    return {
        operand.text: readings[operand.word].baseline
        for operand in operands
        if operand.word in readings and not operand.part
    }


def _state(readings: Sequence[Reading | None]) -> BlockState:
    """Return why a cell of some numbers has no value: the gravest reason first."""
    missing = [reading.missing for reading in readings if reading and reading.missing]
    return next((word for word in missing if word in UNREAD), "no_data")
