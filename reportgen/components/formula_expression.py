"""The arithmetic of formulas: names, numbers, `+ - * /` and parentheses, read and calculated without `eval`.

A formula comes with the spec, so its length and depth are bounded, and it means nothing but numbers.
"""

from __future__ import annotations

import math
import operator
import re
from dataclasses import dataclass
from decimal import Decimal, localcontext
from typing import TYPE_CHECKING, NamedTuple, NoReturn, TypeAlias

from reportgen.components.formula_units import RATIO, combined

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from reportgen.model import Number, OverTime, Unit

LONGEST = 300
DEEPEST = 30
_DIGITS = 50  # that are calculated with: a third, times three, is 1 again once it is a float

_Exact: TypeAlias = int | Decimal
_OPERATIONS: dict[str, Callable[[_Exact, _Exact], _Exact]] = {
    "+": operator.add,
    "-": operator.sub,
    "*": operator.mul,
    "/": lambda left, right: Decimal(left) / Decimal(right),
}

_ALLOWED = "a formula holds names of numbers, numbers such as 2.5, + - * / and parentheses"
_BLANK = " \t\r\n"
# ASCII alone: the digits and letters of other scripts look like ours and are not.
_TOKEN = re.compile(r"[ \t\r\n]*([a-z][a-z0-9_]*|[0-9]+(?:\.[0-9]+)?|[-+*/()])")


@dataclass(frozen=True, slots=True)
class _Constant:
    value: Number


@dataclass(frozen=True, slots=True)
class _Name:
    word: str


@dataclass(frozen=True, slots=True)
class _Negative:
    part: _Node


@dataclass(frozen=True, slots=True)
class _Operation:
    sign: str
    left: _Node
    right: _Node
    right_text: str


_Node: TypeAlias = _Constant | _Name | _Negative | _Operation


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
    _root: _Node

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
    if len(text) > LONGEST:
        raise ValueError(
            f"a formula has at most {LONGEST} characters, this one {len(text)}; build it from other formulas"
        )
    parser = _Parser(text)
    root = parser.sum()
    if parser.next.text:
        parser.refuse("an operator")
    return Expression(tuple(dict.fromkeys(parser.names)), root)


class _Token(NamedTuple):
    start: int
    text: str


def _tokens(text: str) -> Iterator[_Token]:
    at, end = 0, len(text.rstrip(_BLANK))
    while at < end:
        found = _TOKEN.match(text, at)
        if found is None:
            at += len(text[at:]) - len(text[at:].lstrip(_BLANK))
            raise ValueError(f"column {at + 1}: {text[at]!r} is nothing to calculate with; {_ALLOWED}")
        yield _Token(found.start(1), found.group(1))
        at = found.end()
    yield _Token(end, "")


class _Parser:
    """A parser of formulas by recursive descent: a sum of products of factors."""

    def __init__(self, text: str) -> None:
        self.names: list[str] = []
        self._text = text
        self._rest = _tokens(text)
        self._depth = 0
        self._end = 0
        self.next = next(self._rest)

    def sum(self) -> _Node:
        node = self._product()
        while self.next.text in {"+", "-"}:
            node = _Operation(self._take(), node, self._product(), "")
        return node

    def _product(self) -> _Node:
        node = self._factor()
        while self.next.text in {"*", "/"}:
            sign, start = self._take(), self.next.start
            right = self._factor()
            node = _Operation(sign, node, right, self._text[start : self._end])
        return node

    def _factor(self) -> _Node:
        word = self.next.text
        if word in {"-", "("}:
            return self._nested()
        if not word[:1].isalnum():
            self.refuse("a name, a number or (")
        self._take()
        if word[0].isalpha():
            self.names.append(word)
            return _Name(word)
        return _Constant(float(word) if "." in word else int(word))

    def _nested(self) -> _Node:
        self._depth += 1
        if self._depth > DEEPEST:
            self.refuse(f"at most {DEEPEST} nested parentheses and signs")
        if self._take() == "-":
            node: _Node = _Negative(self._factor())
        else:
            node = self.sum()
            if self.next.text != ")":
                self.refuse(")")
            self._take()
        self._depth -= 1
        return node

    def _take(self) -> str:
        taken = self.next
        self._end = taken.start + len(taken.text)
        self.next = next(self._rest)
        return taken.text

    def refuse(self, expected: str) -> NoReturn:
        """Refuse the next token."""
        found = repr(self.next.text) if self.next.text else "the end"
        raise ValueError(f"column {self.next.start + 1}: expected {expected}, not {found}; {_ALLOWED}")


def _exact(value: Number) -> _Exact:
    """Return a number as it is written; infinity is an OverflowError."""
    return value if isinstance(value, int) else _finite(Decimal(repr(value)))


def _value(node: _Node, values: Mapping[str, _Exact]) -> _Exact:
    match node:
        case _Constant(value):
            return _exact(value)
        case _Name(word):
            return values[word]
        case _Negative(part):
            return -_value(part, values)
        case _Operation(sign, left, right, right_text):
            first, second = _value(left, values), _value(right, values)
            if sign == "/" and second == 0:
                raise _ByZero(right_text)
            return _finite(_OPERATIONS[sign](first, second))


def _finite(value: _Exact) -> _Exact:
    """Return a value, 0 for `-0`; a value too large for a float is an OverflowError."""
    if not math.isfinite(value):  # itself an OverflowError for a whole number of that size
        raise OverflowError
    return value or 0


def _unit(node: _Node, units: Mapping[str, Unit]) -> Unit | None:
    """Return the unit of a part, or None for plain numbers, which take on any unit."""
    match node:
        case _Constant():
            return None
        case _Name(word):
            return units[word]
        case _Negative(part):
            return _unit(part, units)
        case _Operation(sign, left, right):
            unit = combined(sign, _unit(left, units), _unit(right, units))
            broken = any(isinstance(part, _Constant) and isinstance(part.value, float) for part in (left, right))
            return RATIO if broken and unit and unit.name == "count" else unit  # 0.15 of 9 leads are no 1


def _over_time(node: _Node, kinds: Mapping[str, OverTime]) -> OverTime | None:
    """Return how a part follows from its days, or None for plain numbers, which are the same on any day."""
    match node:
        case _Constant():
            return None
        case _Name(word):
            return kinds[word]
        case _Negative(part):
            return _over_time(part, kinds)
        case _Operation(sign, left, right):
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
