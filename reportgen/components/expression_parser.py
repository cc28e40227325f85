"""The parser of expressions: what a spec calculates with numbers, and the conditions that it sets on them.

An expression comes with the spec, so its length and depth are bounded, and it means nothing but values.

    condition: both [or both]...          sum: product [+ or - product]...
    both: single [and single]...          product: factor [* or / factor]...
    single: not single                    factor: - factor, (sum), a name, a number such as 2.5 or 10%
            sum comparator sum
            sum is missing
            (condition)
"""

from __future__ import annotations

import re
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar, NamedTuple, NoReturn, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from reportgen.model import Number

LONGEST = 300
DEEPEST = 30

_ALLOWED = "a formula holds names of numbers, numbers such as 2.5, + - * / and parentheses"
_ALLOWED_CONDITION = (
    "a condition compares numbers, such as spend.change < -10%, with < <= = != >= > and is missing, not, and, or"
)
_BLANK = " \t\r\n"
_COMPARATORS = frozenset({"<", "<=", "=", "!=", ">=", ">"})
_WORDS = frozenset({"not", "and", "or", "is", "missing"})
# ASCII alone: the digits and letters of other scripts look like ours and are not.
_TOKEN = re.compile(r"[ \t\r\n]*([a-z][a-z0-9_]*|[0-9]+(?:\.[0-9]+)?|[-+*/()])")
_CONDITION_TOKEN = re.compile(r"[ \t\r\n]*([a-z][a-z0-9_]*(?:\.[a-z]+)?|[0-9]+(?:\.[0-9]+)?%?|<=|>=|!=|[-+*/()<>=])")


@dataclass(frozen=True, slots=True)
class Constant:
    """A number as written; of a percentage the number before its sign."""

    value: Number
    is_percent: bool = False


@dataclass(frozen=True, slots=True)
class Operand:
    """The name of a number, and the part of it that is meant: empty for its value, else such as `change`."""

    word: str
    part: str = ""


@dataclass(frozen=True, slots=True)
class Negative:
    """A part with a minus before it."""

    part: Term


@dataclass(frozen=True, slots=True)
class Operation:
    """Two parts with `+`, `-`, `*` or `/` between them; `right_text` is what a quotient is divided by, as written."""

    sign: str
    left: Term
    right: Term
    right_text: str


Term: TypeAlias = Constant | Operand | Negative | Operation
"""A part of an expression that has a value."""


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two values with `<`, `<=`, `=`, `!=`, `>=` or `>` between them."""

    sign: str
    left: Term
    right: Term


@dataclass(frozen=True, slots=True)
class IsMissing:
    """The statement that a value is missing."""

    part: Term


@dataclass(frozen=True, slots=True)
class Not:
    """The contrary of a statement."""

    part: Statement


@dataclass(frozen=True, slots=True)
class Joined:
    """Several statements with `and` between them, or `or`."""

    word: str
    parts: tuple[Statement, ...]


Statement: TypeAlias = Comparison | IsMissing | Not | Joined
"""A part of a condition that is true, false or, where a value is missing, neither."""


def parse_formula(text: str) -> tuple[Term, tuple[str, ...]]:
    """Return a formula and the names in it, each once, in the order written.

    Raises:
        ValueError: It is no formula; the message names the column, from 1, and what is allowed.
    """
    if len(text) > LONGEST:
        raise ValueError(
            f"a formula has at most {LONGEST} characters, this one {len(text)}; build it from other formulas"
        )
    parser = _FormulaParser(text)
    root = parser.sum()
    parser.end()
    return root, tuple(dict.fromkeys(name.word for name in parser.names))


def parse_condition(text: str) -> tuple[Statement, tuple[Operand, ...]]:
    """Return a condition and the names in it, each once, in the order written.

    Raises:
        ValueError: It is no condition; see `parse_formula`.
    """
    if len(text) > LONGEST:
        raise ValueError(f"a condition has at most {LONGEST} characters, this one {len(text)}")
    parser = _ConditionParser(text)
    root = parser.either()
    parser.end()
    return root, tuple(dict.fromkeys(parser.names))


class _Token(NamedTuple):
    start: int
    text: str


def _tokens(text: str, pattern: re.Pattern[str], allowed: str) -> Iterator[_Token]:
    at, end = 0, len(text.rstrip(_BLANK))
    while at < end:
        found = pattern.match(text, at)
        if found is None:
            at += len(text[at:]) - len(text[at:].lstrip(_BLANK))
            raise ValueError(f"column {at + 1}: {text[at]!r} is nothing to calculate with; {allowed}")
        yield _Token(found.start(1), found.group(1))
        at = found.end()
    yield _Token(end, "")


class _FormulaParser:
    """A parser of formulas by recursive descent: a sum of products of factors."""

    pattern: ClassVar[re.Pattern[str]] = _TOKEN
    allowed: ClassVar[str] = _ALLOWED
    words: ClassVar[frozenset[str]] = frozenset()
    """Words of the language, which are no names."""

    def __init__(self, text: str) -> None:
        self.names: list[Operand] = []
        self._text = text
        self.tokens = tuple(_tokens(text, self.pattern, self.allowed))
        self.at = self._depth = self._end = 0

    @property
    def next(self) -> _Token:
        """The next token; the last is empty."""
        return self.tokens[self.at]

    def sum(self) -> Term:
        node = self._product()
        while self.next.text in {"+", "-"}:
            sign = self.take()
            node = Operation(sign, node, self._product(), "")
        return node

    def _product(self) -> Term:
        node = self._factor()
        while self.next.text in {"*", "/"}:
            sign, start = self.take(), self.next.start
            right = self._factor()
            node = Operation(sign, node, right, self._text[start : self._end])
        return node

    def _factor(self) -> Term:
        word = self.next.text
        if word == "-":
            with self.nested():
                self.take()
                return Negative(self._factor())
        if word == "(":
            return self.parenthesis()
        if not word[:1].isalnum() or word in self.words:
            self.refuse("a name, a number or (")
        self.take()
        if word[0].isalpha():
            self.names.append(Operand(*word.split(".")))
            return self.names[-1]
        number = word.removesuffix("%")
        return Constant(float(number) if "." in number else int(number), word != number)

    def parenthesis(self) -> Term:
        """Return what stands in parentheses, the first of which is the next token."""
        with self.nested():
            self.take()
            node = self.sum()
            self.close()
        return node

    @contextmanager
    def nested(self) -> Iterator[None]:
        """Read a part that is one level deeper."""
        self._depth += 1
        if self._depth > DEEPEST:
            self.refuse(f"at most {DEEPEST} nested parentheses and signs")
        yield
        self._depth -= 1

    def close(self) -> None:
        """Take the closing parenthesis of a part."""
        if self.next.text != ")":
            self.refuse(")")
        self.take()

    def end(self) -> None:
        """Make sure that no text is left."""
        if self.next.text:
            self.refuse("an operator")

    def take(self) -> str:
        """Return the text of the next token, and go on."""
        taken = self.next
        self._end = taken.start + len(taken.text)
        self.at += 1
        return taken.text

    def refuse(self, expected: str) -> NoReturn:
        """Refuse the next token."""
        found = repr(self.next.text) if self.next.text else "the end"
        raise ValueError(f"column {self.next.start + 1}: expected {expected}, not {found}; {self.allowed}")


class _ConditionParser(_FormulaParser):
    """A parser of conditions: comparisons of sums, joined by words."""

    pattern, allowed, words = _CONDITION_TOKEN, _ALLOWED_CONDITION, _WORDS

    def either(self) -> Statement:
        """Return statements with `or` between them."""
        return self._joined("or", self._both)

    def _both(self) -> Statement:
        return self._joined("and", self._single)

    def _joined(self, word: str, part: Callable[[], Statement]) -> Statement:
        parts = [part()]
        while self.next.text == word:
            self.take()
            parts.append(part())
        return parts[0] if len(parts) == 1 else Joined(word, tuple(parts))

    def _single(self) -> Statement:
        if self.next.text == "not":
            with self.nested():
                self.take()
                return Not(self._single())
        if self.next.text == "(" and self._holds_statement():
            with self.nested():
                self.take()
                node = self.either()
                self.close()
            return node
        return self._compared(self.sum())

    def _compared(self, left: Term) -> Statement:
        """Return the statement on a value, which has just been read."""
        if self.next.text == "is":
            self.take()
            if self.next.text != "missing":
                self.refuse("missing")
            self.take()
            return IsMissing(left)
        if self.next.text not in _COMPARATORS:
            self.refuse("a comparison such as > 100, or is missing")
        return Comparison(self.take(), left, self.sum())

    def _holds_statement(self) -> bool:
        """Return whether the parentheses that the next token opens hold a statement and not a value."""
        depth = 0
        for _, word in self.tokens[self.at :]:
            depth += (word == "(") - (word == ")")
            if not depth or word in _COMPARATORS | _WORDS:
                return bool(depth)
        return False
