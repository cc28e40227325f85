"""The units of expressions: what goes together, and what a percentage means beside its neighbour.

10% is a share, 0.1, in a product and beside a share; beside a rate that the API counts from 0 to 100 it is 10.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from reportgen.components.expression_terms import (
    Comparison,
    Constant,
    IsMissing,
    Joined,
    Negative,
    Not,
    Operand,
    Operation,
    QuotedText,
    operands_of,
)
from reportgen.components.formula_units import RATIO, combined, conflict
from reportgen.model import RATES, RAW, Unit

if TYPE_CHECKING:
    from collections.abc import Mapping

    from reportgen.components.expression_terms import Statement, Term
    from reportgen.model import Number

TEXT = Unit("text")
_SHARE = Unit("percent")
_IN_HUNDREDS = "percent_100"


def unit_of_term(term: Term, units: Mapping[str, Unit]) -> Unit | None:
    """Return the unit of a value; None for plain numbers and percentages, which take on any unit.

    Args:
        term: The value.
        units: The unit of each name, by its text; without a unit its values are as they came.

    Raises:
        ValueError: Units that do not go together are added, subtracted or divided.
    """
    match term:
        case Constant():
            return term.unit
        case QuotedText():
            return TEXT
        case Operand():
            return units.get(term.text, RAW)
        case Negative(part):
            return unit_of_term(part, units)
        case Operation(sign, left, right):
            sides = unit_of_term(left, units), unit_of_term(right, units)
            try:
                unit = combined(sign, *sides)
            except ValueError as error:
                raise ValueError(_placed(str(error), term.at)) from None
            broken = any(isinstance(part, Constant) and isinstance(part.value, float) for part in (left, right))
            return RATIO if broken and unit and unit.name == "count" else unit  # 0.15 of 9 leads are no 1


def settled_term(term: Term, units: Mapping[str, Unit], beside: Unit | None = None) -> Term:
    """Return a value whose percentages are plain numbers.

    Args:
        term: The value.
        units: See `unit_of_term`.
        beside: The unit of what it is added to or compared with; None for a plain number.

    Raises:
        ValueError: A percentage is added to an amount or a count.
    """
    match term:
        case Constant(value, is_percent=True):
            if beside and beside.name not in {*RATES, None}:
                raise ValueError(conflict("added or subtracted", beside, _SHARE))
            hundred = beside is not None and beside.name == _IN_HUNDREDS
            return Constant(value if hundred else _hundredth(value), unit=beside if hundred else _SHARE)
        case Negative(part):
            return Negative(settled_term(part, units, beside))
        case Operation(sign, left, right, right_text, at) if sign in {"*", "/"}:
            left, right = (_as_factor(settled_term(side, units)) for side in (left, right))
            return Operation(sign, left, right, right_text, at)
        case Operation(sign, left, right, right_text, at):
            near = _named(unit_of_term(left, units), unit_of_term(right, units), beside)
            try:
                left, right = (settled_term(side, units, near) for side in (left, right))
            except ValueError as error:
                raise ValueError(_placed(str(error), at)) from None
            return Operation(sign, left, right, right_text, at)
        case _:
            return term


def settled_statement(statement: Statement, units: Mapping[str, Unit]) -> Statement:
    """Return a statement whose percentages are plain numbers.

    Raises:
        ValueError: Values that do not go together are compared, added, subtracted or divided.
    """
    match statement:
        case Not(part):
            return Not(settled_statement(part, units))
        case Joined(word, parts):
            return Joined(word, tuple(settled_statement(part, units) for part in parts))
        case IsMissing(part):
            return IsMissing(settled_term(part, units))
        case Comparison(sign, left, right, at):
            try:
                return _settled_comparison(sign, left, right, at, units)
            except ValueError as error:
                message = str(error).replace("added or subtracted", "compared")
                raise ValueError(_placed(message, at)) from None


def _settled_comparison(sign: str, left: Term, right: Term, at: int, units: Mapping[str, Unit]) -> Comparison:
    first, second = unit_of_term(left, units), unit_of_term(right, units)
    _refuse_unlike_texts((left, right), (first, second))
    left, right = (settled_term(side, units, _named(first, second)) for side in (left, right))
    combined("-", unit_of_term(left, units), unit_of_term(right, units))
    return Comparison(sign, left, right, at)


def _refuse_unlike_texts(sides: tuple[Term, Term], found: tuple[Unit | None, Unit | None]) -> None:
    """Refuse the comparison of a text with a number.

    Raises:
        ValueError: The unit of the one is text, and the unit of the other is a number's.
    """
    for side, other, unit, beside in zip(sides, reversed(sides), found, reversed(found), strict=True):
        if unit == TEXT and (beside is None or beside.name not in {"text", "date", None}):
            if isinstance(side, Operand):
                raise ValueError(f"{side.text} is a text; compare it with a text in quotes, such as = '2026'")
            named = next((operand.text for operand in operands_of(other)), "this")
            raise ValueError(f"{named} is a number and no text; compare it with a number, such as > 100")


def _named(*units: Unit | None) -> Unit | None:
    """Return the first unit that has a name, else the first."""
    given = [unit for unit in units if unit]
    return next((unit for unit in given if unit.name), given[0] if given else None)


def _as_factor(term: Term) -> Term:
    """Return a percentage of a product, which changes nothing of the unit of the other factor."""
    match term:
        case Constant(value):
            return Constant(value)
        case Negative(part):
            return Negative(_as_factor(part))
        case _:
            return term


def _hundredth(value: Number) -> Number:
    """Return a hundredth of a number, as it is written: 12.3 is 0.123."""
    return float(f"{value!r}e-2")


def _placed(message: str, at: int) -> str:
    """Return a message with the column that it is about; 0 is of a sum that is no text."""
    return message if message.startswith("column ") or not at else f"column {at}: {message}"
