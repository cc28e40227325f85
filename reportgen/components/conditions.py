"""Conditions on numbers of a report, such as `spend.change < -10%`: true, false, or left open by a missing value."""

from __future__ import annotations

import operator
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Annotated, TypeAlias

from pydantic import AfterValidator, Field

from reportgen.components.did_you_mean import nearest
from reportgen.components.expression_parser import (
    Comparison,
    Constant,
    IsMissing,
    Joined,
    Negative,
    Not,
    Operand,
    Operation,
    parse_condition,
)
from reportgen.components.formula_expression import OPERATIONS
from reportgen.components.formula_units import combined
from reportgen.components.yaml_models import Text
from reportgen.model import RATES, RAW, Unit, exact, quotient

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from reportgen.components.expression_parser import Statement, Term
    from reportgen.model import Number, Reading

PARTS = ("change", "baseline", "goal", "progress", "pace")
"""The parts of a number besides its value: its change, its compared value, its goal, and its shares of the goal."""

_SHARE = Unit("percent")
_COMPARED: dict[str, Callable[[Decimal, Decimal], bool]] = {
    "<": operator.lt,
    "<=": operator.le,
    "=": operator.eq,
    "!=": operator.ne,
    ">=": operator.ge,
    ">": operator.gt,
}


def _checked(text: str) -> str:
    for name in Condition.of(text).parts:
        if name.part not in ("", *PARTS):
            raise ValueError(f"{name.word}.{name.part} is no part of a number; {nearest(name.part, list(PARTS))}")
    return text


When: TypeAlias = Annotated[
    Annotated[Text, AfterValidator(_checked)] | None,
    Field(
        description="The condition on numbers of the spec without which it is not shown; a missing value hides it too.",
        examples=["spend.change < -10%", "reach.progress >= 100% and not (spend is missing)"],
    ),
]
"""A condition as the author writes it, or None."""


@dataclass(frozen=True, slots=True)
class Condition:
    """A condition on numbers of a report.

    Attributes:
        text: As its author wrote it.
        parts: The numbers in it and the parts of them that are meant, each once, in the order written.
    """

    text: str
    parts: tuple[Operand, ...]
    _root: Statement

    @classmethod
    def of(cls, text: str) -> Condition:
        """Return the condition that a text says.

        Raises:
            ValueError: It says none; the message names the column, from 1, and what is allowed.
        """
        root, parts = parse_condition(text)
        return cls(text, parts, root)

    @property
    def names(self) -> tuple[str, ...]:
        """The names of its numbers, each once."""
        return tuple(dict.fromkeys(part.word for part in self.parts))

    def holds(self, readings: Mapping[str, Reading]) -> bool:
        """Return whether it holds for numbers by their names; it does not where a missing value leaves it open."""
        return _truth(self._root, readings) is True

    def conflicts(self, units: Mapping[str, Unit]) -> Iterator[str]:
        """Yield a sentence for each comparison of values whose units do not go together."""
        for statement in _comparisons(self._root):
            try:
                left, right = (_unit(side, units) for side in (statement.left, statement.right))
                _refuse_unlike(left, right, statement)
            except ValueError as error:
                yield str(error).replace("added or subtracted", "compared")


def _truth(statement: Statement, readings: Mapping[str, Reading]) -> bool | None:
    """Return whether a statement is true; None where a missing value leaves it open (three-valued logic of Kleene)."""
    match statement:
        case Not(part):
            truth = _truth(part, readings)
            return None if truth is None else not truth
        case Joined(word, parts):
            truths = [_truth(part, readings) for part in parts]
            deciding = word == "or"
            return deciding if deciding in truths else None if None in truths else not deciding
        case IsMissing(part):
            return _value(part, readings, 1) is None
        case Comparison(sign, left, right):
            hundred = (
                1 if any(_is_in_hundreds(name, readings) for side in (left, right) for name in _names(side)) else 100
            )
            first, second = _value(left, readings, hundred), _value(right, readings, hundred)
            return None if first is None or second is None else _COMPARED[sign](first, second)


def _value(term: Term, readings: Mapping[str, Reading], hundred: int) -> Decimal | None:
    """Return the value of a term, or None where it is missing; `hundred` is by what a percentage is divided."""
    match term:
        case Constant(value, is_percent):
            return exact(value) / (hundred if is_percent else 1)
        case Operand(word, part):
            reading = readings.get(word)
            found = _part(reading, part) if reading else None
            return None if found is None else exact(found)
        case Negative(inner):
            positive = _value(inner, readings, hundred)
            return None if positive is None else -positive
        case Operation(sign, left, right):
            by = 100 if sign in {"*", "/"} else hundred
            first, second = _value(left, readings, by), _value(right, readings, by)
            if first is None or second is None or (sign == "/" and second == 0):
                return None
            return Decimal(OPERATIONS[sign](first, second))


def _part(reading: Reading, part: str) -> Number | None:
    """Return a part of a number; None where it is missing, or is a text."""
    goal, change = reading.goal, reading.change
    moved = None
    if change:
        moved = change.absolute if reading.unit.name in RATES else change.relative
    progress = goal.progress if goal else None
    found = {
        "": reading.value,
        "baseline": reading.baseline,
        "change": moved,
        "goal": goal.target if goal else None,
        "progress": progress,
        "pace": quotient(progress, goal.expected) if goal and progress is not None else None,
    }[part]
    return None if isinstance(found, str) else found


def _names(term: Term) -> Iterator[Operand]:
    match term:
        case Operand():
            yield term
        case Negative(part):
            yield from _names(part)
        case Operation(_, left, right):
            yield from _names(left)
            yield from _names(right)


def _is_in_hundreds(name: Operand, readings: Mapping[str, Reading]) -> bool:
    """Return whether a number is a rate that the API counts from 0 to 100, beside which 10% is 10."""
    reading = readings.get(name.word)
    return reading is not None and _unit_of(reading.unit, name.part).name == "percent_100"


def _comparisons(statement: Statement) -> Iterator[Comparison]:
    match statement:
        case Comparison():
            yield statement
        case Not(part):
            yield from _comparisons(part)
        case Joined(_, parts):
            for part in parts:
                yield from _comparisons(part)


def _unit(term: Term, units: Mapping[str, Unit]) -> Unit | None:
    """Return the unit of a term; None for plain numbers, which go with any."""
    match term:
        case Constant(_, is_percent):
            return _SHARE if is_percent else None
        case Operand(word, part):
            return _unit_of(units.get(word, RAW), part)
        case Negative(part):
            return _unit(part, units)
        case Operation(sign, left, right):
            sides = [
                None if sign in {"*", "/"} and _is_percentage(side) else _unit(side, units) for side in (left, right)
            ]
            return combined(sign, *sides)


def _unit_of(unit: Unit, part: str) -> Unit:
    if part in {"progress", "pace"}:
        return _SHARE
    return _SHARE if part == "change" and unit.name not in {*RATES, None} else unit


def _is_percentage(term: Term) -> bool:
    return isinstance(term, Constant) and term.is_percent


def _refuse_unlike(left: Unit | None, right: Unit | None, statement: Comparison) -> None:
    """Make sure that two units can be compared.

    Raises:
        ValueError: They cannot.
    """
    sides = (statement.left, statement.right)
    if any(map(_is_written_percentage, sides)) and {unit.name for unit in (left, right) if unit} <= {*RATES, None}:
        return
    combined("-", left, right)


def _is_written_percentage(term: Term) -> bool:
    return _is_percentage(term.part if isinstance(term, Negative) else term)
