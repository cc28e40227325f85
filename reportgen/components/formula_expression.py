"""The arithmetic of formulas: names, numbers, `+ - * /` and parentheses, calculated without `eval`."""

from __future__ import annotations

import math
import operator
from dataclasses import dataclass
from decimal import Decimal, localcontext
from functools import reduce
from typing import TYPE_CHECKING, TypeAlias

from reportgen.components.expression_parser import Constant, Negative, Operand, Operation, parse_formula
from reportgen.components.formula_units import RATIO, combined

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from reportgen.components.expression_parser import Term
    from reportgen.model import Number, OverTime, Unit

_DIGITS = 50  # that are calculated with: a third, times three, is 1 again once it is a float

_Exact: TypeAlias = int | Decimal
OPERATIONS: dict[str, Callable[[_Exact, _Exact], _Exact]] = {
    "+": operator.add,
    "-": operator.sub,
    "*": operator.mul,
    "/": lambda left, right: Decimal(left) / Decimal(right),
}
"""Sign -> the operation on two numbers; the divisor is not zero."""


@dataclass(frozen=True, slots=True)
class FormulaResult:
    """The result of a formula.

    Attributes:
        value: None where a value is missing, a divisor is zero, or the result is too large for a float.
        zero: The divisor that is zero, as written; None where no divisor is zero.
    """

    value: Number | None = None
    zero: str | None = None


class _ByZero(Exception):  # noqa: N818 - it never leaves this module
    """A division by zero; its message is the divisor."""


@dataclass(frozen=True, slots=True)
class Expression:
    """A parsed formula.

    Attributes:
        names: Names of its numbers, each once, in the order written.
    """

    names: tuple[str, ...]
    _root: Term

    def evaluate(self, values: Mapping[str, Number | None]) -> FormulaResult:
        """Return the result from a value for each name; it is missing where a value is missing.

        Numbers are calculated with as they are written: 84.35 / 10 is 8.435, a tie, and not the float below it.
        """
        given = {name: value for name in self.names if (value := values[name]) is not None}
        if len(given) < len(self.names):
            return FormulaResult()
        try:
            known = {name: _exact(value) for name, value in given.items()}
            with localcontext(prec=_DIGITS):
                result = _finite(_value(self._root, known))
            return FormulaResult(result if isinstance(result, int) else float(result))
        except _ByZero as error:
            return FormulaResult(zero=str(error))
        except OverflowError:
            return FormulaResult()

    def unit(self, units: Mapping[str, Unit]) -> Unit:
        """Return the unit of the result from a unit for each name.

        Raises:
            ValueError: Units that do not go together are added, subtracted or divided.
        """
        return _unit(self._root, units) or RATIO

    def over_time(self, kinds: Mapping[str, OverTime]) -> OverTime:
        """Return how the result follows from its days, from the same of each name.

        Sums, differences and constant multiples of sums are sums; what is divided by a number of the report is a
        quotient, as are sums and products of quotients alone.
        """
        return _over_time(self._root, kinds) or "other"


def parse(text: str) -> Expression:
    """Return the expression of a formula.

    Raises:
        ValueError: It is no formula; the message names the column, from 1, and what is allowed.
    """
    root, names = parse_formula(text)
    return Expression(names, root)


def sum_of(names: Sequence[str]) -> Expression:
    """Return the expression that adds up some names, however many: at least one, each once."""
    terms: list[Term] = [Operand(name) for name in names]
    return Expression(tuple(names), reduce(lambda left, right: Operation("+", left, right, ""), terms))


def _exact(value: Number) -> _Exact:
    """Return a number as it is written; infinity is an OverflowError."""
    return value if isinstance(value, int) else _finite(Decimal(repr(value)))


def _value(node: Term, values: Mapping[str, _Exact]) -> _Exact:
    match node:
        case Constant(value):
            return _exact(value)
        case Operand(word):
            return values[word]
        case Negative(part):
            return -_value(part, values)
        case Operation(sign, left, right, right_text):
            first, second = _value(left, values), _value(right, values)
            if sign == "/" and second == 0:
                raise _ByZero(right_text)
            return _finite(OPERATIONS[sign](first, second))


def _finite(value: _Exact) -> _Exact:
    """Return a value, 0 for `-0`; a value too large for a float is an OverflowError."""
    if not math.isfinite(value):  # itself an OverflowError for a whole number of that size
        raise OverflowError
    return value or 0


def _unit(node: Term, units: Mapping[str, Unit]) -> Unit | None:
    """Return the unit of a part, or None for plain numbers, which take on any unit."""
    match node:
        case Constant():
            return None
        case Operand(word):
            return units[word]
        case Negative(part):
            return _unit(part, units)
        case Operation(sign, left, right):
            unit = combined(sign, _unit(left, units), _unit(right, units))
            broken = any(isinstance(part, Constant) and isinstance(part.value, float) for part in (left, right))
            return RATIO if broken and unit and unit.name == "count" else unit  # 0.15 of 9 leads are no 1


def _over_time(node: Term, kinds: Mapping[str, OverTime]) -> OverTime | None:
    """Return how a part follows from its days, or None for plain numbers, which are the same on any day."""
    match node:
        case Constant():
            return None
        case Operand(word):
            return kinds[word]
        case Negative(part):
            return _over_time(part, kinds)
        case Operation(sign, left, right):
            return _combined_over_time(sign, _over_time(left, kinds), _over_time(right, kinds))


def _combined_over_time(sign: str, first: OverTime | None, second: OverTime | None) -> OverTime | None:
    if sign == "/" and second is not None:
        return "quotient"
    if sign in {"*", "/"} and None in {first, second}:
        return first or second
    if first == second != "sum":
        return first
    if sign in {"+", "-"}:
        if first == second:
            return first
        return "quotient" if {first, second} == {"quotient", None} else "other"
    return "other"
