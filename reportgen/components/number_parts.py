"""The parts of a number in expressions: its value, and its change, compared value, goal and shares of the goal."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, TypeAlias

from pydantic import AfterValidator, Field

from reportgen.components.conditions import Condition
from reportgen.components.expression_tokens import Names
from reportgen.components.yaml_models import Text
from reportgen.model import RATES, RAW, Unit, number_or_none, quotient

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from reportgen.components.expression_terms import Operand
    from reportgen.model import ComparedValue, Reading, Value

NUMBER_NAMES = Names("number", ("change", "baseline", "goal", "progress", "pace"))

_SHARE = Unit("percent")


def _checked(text: str) -> str:
    Condition.of(text, NUMBER_NAMES)
    return text


When: TypeAlias = Annotated[
    Annotated[Text, AfterValidator(_checked)] | None,
    Field(
        description="The condition on numbers of the spec without which it is not shown; a missing value hides it too.",
        examples=["spend.change < -10%", "reach.progress >= 100% and not (spend is missing)"],
    ),
]
"""A condition on numbers of the report, as the author writes it, or None."""


def condition_on_numbers(text: str) -> Condition:
    """Return the condition on numbers of the report that a text says."""
    return Condition.of(text, NUMBER_NAMES)


def holds(condition: Condition, readings: Mapping[str, Reading]) -> bool:
    """Return whether a condition holds for numbers by their names; it does not where a missing value leaves it open.

    Raises:
        ValueError: Values are compared whose units do not go together, such as amounts of two currencies.
    """
    units = number_units(condition.operands, {name: reading.unit for name, reading in readings.items()})
    return condition.settled(units).truth(number_values(condition.operands, readings)) is True


def number_values(operands: Iterable[Operand], readings: Mapping[str, Reading]) -> dict[str, Value]:
    """Return the value of each operand, by its text, from the numbers by their names."""
    return {
        operand.text: _part(readings[operand.word], operand.part) for operand in operands if operand.word in readings
    }


def number_units(operands: Iterable[Operand], units: Mapping[str, Unit]) -> dict[str, Unit]:
    """Return the unit of each operand, by its text, from the units of numbers by their names."""
    return {operand.text: unit_of_part(units.get(operand.word, RAW), operand.part) for operand in operands}


def unit_of_part(unit: Unit, part: str) -> Unit:
    """Return the unit of a part of a number or a column: changes are shares, but of rates they are points."""
    if part in {"progress", "pace"}:
        return _SHARE
    return _SHARE if part == "change" and unit.name not in {*RATES, None} else unit


def _part(reading: Reading, part: str) -> Value:
    """Return a part of a number; None where it is missing."""
    goal, change = reading.goal, reading.change
    progress = goal.progress if goal else None
    moved = None
    if change:
        moved = change.absolute if reading.unit.name in RATES else change.relative
    found: dict[str, Value] = {
        "": reading.value,
        "baseline": reading.baseline,
        "change": moved,
        "goal": goal.target if goal else None,
        "progress": progress,
        "pace": quotient(progress, goal.expected) if goal and progress is not None else None,
    }
    return found[part]


def refuse_other_days(readings: Iterable[Reading], why: str) -> None:
    """Refuse numbers that do not all cover the same days; `check` has done so for a spec from a file.

    Raises:
        ValueError: They cover different days; `why` says what cannot be done with these.
    """
    if len({reading.days for reading in readings}) > 1:
        raise ValueError(f"its numbers cover different days, {why}")


def has_change(value: Value, compared: Reading | ComparedValue) -> bool:
    """Return whether two periods of a number are comparable: it has a change wherever it has both values."""
    return compared.change is not None or None in {number_or_none(value), number_or_none(compared.baseline)}
