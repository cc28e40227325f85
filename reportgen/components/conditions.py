"""Conditions on numbers and texts, such as `spend.change < -10%`: true, false, or left open by a missing value."""

from __future__ import annotations

import operator
import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING

from reportgen.components.expression_parser import parse_condition
from reportgen.components.expression_terms import Comparison, IsMissing, Joined, Not, Operand, QuotedText
from reportgen.components.expression_units import settled_statement
from reportgen.components.formula_expression import calculated

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from reportgen.components.expression_terms import Statement, Term
    from reportgen.components.expression_tokens import Names
    from reportgen.model import Number, Unit, Value

_COMPARED: dict[str, Callable[[Number, Number], bool]] = {
    "<": operator.lt,
    "<=": operator.le,
    "=": operator.eq,
    "!=": operator.ne,
    ">=": operator.ge,
    ">": operator.gt,
}
_COMPARED_TEXTS: dict[str, Callable[[str, str], bool]] = {
    "=": operator.eq,
    "!=": operator.ne,
    "contains": operator.contains,
    "starts with": str.startswith,
}
_SUCH_A_DAY = "2026-08-31"


@dataclass(frozen=True, slots=True)
class Condition:
    """A condition on the numbers of a report, or on the columns of a row.

    Attributes:
        text: As its author wrote it.
        operands: The names in it with their parts, each once, in the order written.
    """

    text: str
    operands: tuple[Operand, ...]
    _root: Statement

    @classmethod
    def of(cls, text: str, names: Names) -> Condition:
        """Return the condition that a text says.

        Raises:
            ValueError: It says none; the message names the column, from 1, and what is allowed.
        """
        root, operands = parse_condition(text, names)
        return cls(text, operands, root)

    @property
    def names(self) -> tuple[str, ...]:
        """The names in it, each once."""
        return tuple(dict.fromkeys(operand.word for operand in self.operands))

    def settled(self, units: Mapping[str, Unit]) -> Condition:
        """Return the condition with plain numbers for its percentages, from a unit for each name.

        Raises:
            ValueError: Values that do not go together are compared, added, subtracted or divided.
        """
        return Condition(self.text, self.operands, settled_statement(self._root, units))

    def with_days(self, name: str, day_of: Callable[[str], str | None]) -> Condition:
        """Return the condition with the cells of a column of days for the quoted texts that it is compared with.

        Args:
            name: The name of the column.
            day_of: Returns a text as a cell of the column; None where it is no day.

        Raises:
            ValueError: A text is no day, or a part of one.
        """
        return Condition(self.text, self.operands, _with_days(self._root, name, day_of))

    def truth(self, values: Mapping[str, Value]) -> bool | None:
        """Return whether a settled condition holds for a value of each name; None where a missing one leaves it open.

        By the three-valued logic of Kleene: what is open stays open unless the other part of a statement decides.
        """
        return _truth(self._root, values)


def plain_text(text: str) -> str:
    """Return a text as it is compared: without the space around it, in small letters, composed (NFC)."""
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", text).strip().casefold())


def _with_days(statement: Statement, name: str, day_of: Callable[[str], str | None]) -> Statement:
    match statement:
        case Not(part):
            return Not(_with_days(part, name, day_of))
        case Joined(word, parts):
            return Joined(word, tuple(_with_days(part, name, day_of) for part in parts))
        case Comparison(sign, left, right, at) if name in {
            side.text for side in (left, right) if isinstance(side, Operand)
        }:
            if sign not in _COMPARED:
                raise ValueError(
                    f"column {at}: {name} is a day, which has no parts; compare it by = or != with such as "
                    f"'{_SUCH_A_DAY}'"
                )
            left, right = (_as_day(side, name, day_of) for side in (left, right))
            return Comparison(sign, left, right, at)
    return statement


def _as_day(side: Term, name: str, day_of: Callable[[str], str | None]) -> Term:
    if not isinstance(side, QuotedText):
        return side
    day = day_of(side.text)
    if day is None:
        raise ValueError(f"{side.text!r} is no day that {name} can be compared with; write it as '{_SUCH_A_DAY}'")
    return QuotedText(day)


def _truth(statement: Statement, values: Mapping[str, Value]) -> bool | None:
    match statement:
        case Not(part):
            truth = _truth(part, values)
            return None if truth is None else not truth
        case Joined(word, parts):
            truths = [_truth(part, values) for part in parts]
            deciding = word == "or"
            return deciding if deciding in truths else None if None in truths else not deciding
        case IsMissing(part):
            return _text(part, values) is None if isinstance(part, Operand) else calculated(part, values).value is None
        case Comparison(sign, left, right):
            if _is_textual(statement, values):
                texts = _text(left, values), _text(right, values)
                return None if None in texts else _COMPARED_TEXTS[sign](*map(str, texts))
            first, second = calculated(left, values).value, calculated(right, values).value
            return None if first is None or second is None else _COMPARED[sign](first, second)


def _is_textual(comparison: Comparison, values: Mapping[str, Value]) -> bool:
    """Return whether texts are compared: one is written, or both names stand for texts."""
    sides = (comparison.left, comparison.right)
    if comparison.sign not in _COMPARED or any(isinstance(side, QuotedText) for side in sides):
        return True
    found = [values.get(side.text) if isinstance(side, Operand) else None for side in sides]
    return comparison.sign in _COMPARED_TEXTS and all(isinstance(value, str) for value in found)


def _text(term: Term, values: Mapping[str, Value]) -> str | None:
    """Return the text of a name or of a text in quotes; None where it is missing or blank."""
    value = term.text if isinstance(term, QuotedText) else values.get(term.text) if isinstance(term, Operand) else None
    return None if value is None else plain_text(str(value)) or None
