"""The arithmetic of formulas: names, numbers, `+ - * /` and parentheses, calculated without `eval`."""

from __future__ import annotations

import math
import operator
from dataclasses import dataclass
from decimal import Decimal, localcontext
from functools import reduce
from typing import TYPE_CHECKING, TypeAlias

from reportgen.components.expression_parser import parse_formula
from reportgen.components.expression_terms import Constant, Negative, Operand, Operation, QuotedText
from reportgen.components.expression_units import settled_term, unit_of_term
from reportgen.components.formula_units import RATIO

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from reportgen.components.expression_terms import Term
    from reportgen.components.expression_tokens import Names
    from reportgen.model import Number, OverTime, Unit, Value

_DIGITS = 50  # that are calculated with: a third, times three, is 1 again once it is a float

_Exact: TypeAlias = int | Decimal
_OPERATIONS: dict[str, Callable[[_Exact, _Exact], _Exact]] = {
    "+": operator.add,
    "-": operator.sub,
    "*": operator.mul,
    "/": lambda left, right: Decimal(left) / Decimal(right),
}


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
        operands: The names in it with their parts, each once, in the order written.
    """

    operands: tuple[Operand, ...]
    _root: Term

    @property
    def names(self) -> tuple[str, ...]:
        """The names in it, each once, in the order written."""
        return tuple(dict.fromkeys(operand.word for operand in self.operands))

    def settled(self, units: Mapping[str, Unit]) -> Expression:
        """Return the formula with plain numbers for its percentages, from a unit for each name.

        Raises:
            ValueError: A percentage is added to an amount or a count.
        """
        return Expression(self.operands, settled_term(self._root, units))

    def evaluate(self, values: Mapping[str, Value]) -> FormulaResult:
        """Return the result from a value for each name; it is missing where a value is missing or is a text."""
        if any(not isinstance(values.get(operand.text), int | float) for operand in self.operands):
            return FormulaResult()
        return calculated(self._root, values)

    def unit(self, units: Mapping[str, Unit]) -> Unit:
        """Return the unit of the result from a unit for each name.

        Raises:
            ValueError: Units that do not go together are added, subtracted or divided.
        """
        return unit_of_term(settled_term(self._root, units), units) or RATIO

    def over_time(self, kinds: Mapping[str, OverTime]) -> OverTime:
        """Return how the result follows from its days, from the same of each name.

        Sums, differences and constant multiples of sums are sums; what is divided by a number of the report is a
        quotient, as are sums and products of quotients alone.
        """
        return _over_time(self._root, kinds) or "other"


def parse(text: str, names: Names) -> Expression:
    """Return the expression of a formula.

    Raises:
        ValueError: It is no formula; the message names the column, from 1, and what is allowed.
    """
    root, operands = parse_formula(text, names)
    return Expression(operands, root)


def calculated(term: Term, values: Mapping[str, Value]) -> FormulaResult:
    """Return the value of a part of an expression without percentages.

    Numbers are calculated with as they are written: 84.35 / 10 is 8.435, a tie, and not the float below it.
    """
    try:
        with localcontext(prec=_DIGITS):
            result = _value(term, values)
            whole = None if result is None else _finite(result)
        return FormulaResult(whole if whole is None or isinstance(whole, int) else float(whole))
    except _ByZero as error:
        return FormulaResult(zero=str(error))
    except OverflowError:
        return FormulaResult()


def _value(node: Term, values: Mapping[str, Value]) -> _Exact | None:
    match node:
        case Constant(value):
            return _exact(value)
        case QuotedText():
            return None
        case Operand():
            given = values.get(node.text)
            return None if given is None or isinstance(given, str) else _exact(given)
        case Negative(part):
            positive = _value(part, values)
            return None if positive is None else -positive
        case Operation(sign, left, right, right_text):
            first, second = _value(left, values), _value(right, values)
            if first is None or second is None:
                return None
            if sign == "/" and second == 0:
                raise _ByZero(right_text)
            return _finite(_OPERATIONS[sign](first, second))


def sum_of(names: Sequence[str]) -> Expression:
    """Return the expression that adds up some names, however many: at least one, each once."""
    operands = tuple(map(Operand, names))
    terms: tuple[Term, ...] = operands
    return Expression(operands, reduce(lambda left, right: Operation("+", left, right, ""), terms))


def _exact(value: Number) -> _Exact:
    """Return a number as it is written; infinity is an OverflowError."""
    return _finite(value if isinstance(value, int) else Decimal(repr(value)))


def _finite(value: _Exact) -> _Exact:
    """Return a value, 0 for `-0`; a value too large for a float is an OverflowError."""
    if not math.isfinite(value):  # itself an OverflowError for a whole number of that size
        raise OverflowError
    return value or 0


def _over_time(node: Term, kinds: Mapping[str, OverTime]) -> OverTime | None:
    """Return how a part follows from its days, or None for plain numbers, which are the same on any day."""
    match node:
        case Constant() | QuotedText():
            return None
        case Operand():
            return kinds.get(node.text, "other")
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
