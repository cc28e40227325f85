"""The parser of expressions: what a spec calculates, and the conditions that it sets.

An expression comes with the spec, so its length and depth are bounded, and it means nothing but values.

    condition: both [or both]...          sum: product [+ or - product]...
    both: single [and single]...          product: factor [* or / factor]...
    single: not single                    factor: - factor, (sum), a name, a number such as 2.5 or 10%
            side comparator side
            side is missing
            (condition)
    side: sum, or a text in quotes        comparator: < <= = != >= >, contains, starts with
"""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, ClassVar, NoReturn, cast

from reportgen.components.decimal_points import taken_for_whole
from reportgen.components.did_you_mean import near_word
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
from reportgen.components.expression_tokens import LONGEST, tokens

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from reportgen.components.expression_terms import Statement, Term
    from reportgen.components.expression_tokens import Names, Token

DEEPEST = 30

_ALLOWED = "a formula holds names of {}s, numbers such as 2.5, + - * / and parentheses"
_ALLOWED_CONDITION = (
    "a condition compares {}s, such as spend.change < -10%, with < <= = != >= > and is missing, "
    "or texts, such as campaign contains 'brand', with = != contains and starts with; between them not, and, or"
)
_COMPARATORS = frozenset({"<", "<=", "=", "!=", ">=", ">"})
_TEXT_COMPARATORS = frozenset({"=", "!=", "contains", "starts with"})
_STATEMENT = (Comparison, IsMissing, Not, Joined)


def parse_formula(text: str, names: Names) -> tuple[Term, tuple[Operand, ...]]:
    """Return a formula and the names in it, each once, in the order written.

    Raises:
        ValueError: It is no formula; the message names the column, from 1, and what is allowed.
    """
    if len(text) > LONGEST:
        raise ValueError(
            f"a formula has at most {LONGEST} characters, this one {len(text)}; build it from other formulas"
        )
    root = _FormulaParser(text, names).whole()
    return cast("Term", root), tuple(dict.fromkeys(operands_of(root)))


def parse_condition(text: str, names: Names) -> tuple[Statement, tuple[Operand, ...]]:
    """Return a condition and the names in it, each once, in the order written.

    Raises:
        ValueError: It is no condition; see `parse_formula`.
    """
    if len(text) > LONGEST:
        raise ValueError(f"a condition has at most {LONGEST} characters, this one {len(text)}")
    root = _ConditionParser(text, names).whole()
    return root, tuple(dict.fromkeys(operands_of(root)))


class _FormulaParser:
    """A parser of formulas by recursive descent: a sum of products of factors."""

    allowed: ClassVar[str] = _ALLOWED
    words: ClassVar[frozenset[str]] = frozenset()
    """Words of the language, which are no names without backticks."""
    between: ClassVar[tuple[str, ...]] = ()
    """Words that stand between values and statements."""

    def __init__(self, text: str, names: Names) -> None:
        self._text, self._names = text, names
        self.allowed_here = self.allowed.format(names.noun)
        self._tokens = tuple(tokens(text, self.allowed_here))
        self._at = self._depth = self._end = 0

    @property
    def next(self) -> Token:
        """The next token; the last is empty."""
        return self._tokens[self._at]

    def whole(self) -> Term | Statement:
        """Return the whole expression.

        Raises:
            ValueError: Text is left behind it.
        """
        root = self.expression()
        self.end()
        return root

    def end(self) -> None:
        """Make sure that no text is left."""
        if self.next.kind != "end":
            self.refuse("an operator")

    def expression(self) -> Term | Statement:
        """Return an expression that may stand in parentheses."""
        return self.sum()

    def sum(self) -> Term | Statement:
        """Return a sum, or the statement that stands in parentheses in place of it."""
        return self._operations({"+", "-"}, self._product)

    def _product(self) -> Term | Statement:
        return self._operations({"*", "/"}, self._factor)

    def _operations(self, signs: set[str], part: Callable[[], Term | Statement]) -> Term | Statement:
        node = part()
        while self.next.text in signs:
            left, at, sign, start = self._value(node), self.next.start + 1, self.take(), self.next.start
            right = self._value(part())
            node = Operation(sign, left, right, self._text[start : self._end], at)
        return node

    def _value(self, node: Term | Statement) -> Term:
        """Return a part that has a value, the last one read.

        Raises:
            ValueError: It is a statement.
        """
        return self.refuse("and, or") if isinstance(node, _STATEMENT) else node

    def _factor(self) -> Term | Statement:
        token = self.next
        if token.text == "-":
            with self.nested():
                self.take()
                return Negative(self._value(self._factor()))
        if token.text == "(":
            return self._parenthesis()
        if token.kind not in {"name", "quoted", "number"} or (token.kind == "name" and token.text in self.words):
            self.refuse("a name, a number or (")
        self.take()
        if token.kind != "number":
            return self._names.operand(token)
        number = token.text.removesuffix("%")
        if message := taken_for_whole(number):
            raise ValueError(f"column {token.start + 1}: {message}")
        return Constant(float(number) if "." in number else int(number), token.text != number)

    def _parenthesis(self) -> Term | Statement:
        with self.nested():
            self.take()
            node = self.expression()
            if self.next.text != ")":
                self.refuse(")")
            self.take()
        return node

    @contextmanager
    def nested(self) -> Iterator[None]:
        """Read a part that is one level deeper."""
        self._depth += 1
        if self._depth > DEEPEST:
            self.refuse(f"at most {DEEPEST} nested parentheses and signs")
        yield
        self._depth -= 1

    def take(self) -> str:
        """Return the text of the next token, and go on."""
        taken = self.next
        self._end = taken.start + len(taken.text)
        self._at += 1
        return taken.text

    def refuse(self, expected: str) -> NoReturn:
        """Refuse the next token."""
        found = repr(self.next.text) if self.next.text else "the end"
        near = near_word(self.next.text, self.between) if self.next.kind == "name" else None
        advice = f"did you mean {near!r}?" if near else self.allowed_here
        raise ValueError(f"column {self.next.start + 1}: expected {expected}, not {found}; {advice}")


class _ConditionParser(_FormulaParser):
    """A parser of conditions: comparisons of sums and texts, joined by words."""

    allowed, words = _ALLOWED_CONDITION, frozenset({"not", "and", "or", "is", "missing"})
    between = ("contains", "starts", "with", "is", "missing", "and", "or")

    def whole(self) -> Statement:
        """Return the whole condition."""
        root = self._statement(self.expression())
        self.end()
        return root

    def expression(self) -> Term | Statement:
        """Return statements with `or` between them, or the value that stands in place of them."""
        return self._joined("or", self._both)

    def _both(self) -> Term | Statement:
        return self._joined("and", self._single)

    def _joined(self, word: str, part: Callable[[], Term | Statement]) -> Term | Statement:
        node = part()
        if not self._is_word(word):
            return node
        parts = [self._statement(node)]
        while self._is_word(word):
            self.take()
            parts.append(self._statement(part()))
        return Joined(word, tuple(parts))

    def _single(self) -> Term | Statement:
        if self._is_word("not"):
            with self.nested():
                self.take()
                return Not(self._statement(self._single()))
        side, start = self._side(), self.next.start + 1
        if self._is_word("is"):
            self.take()
            if not self._is_word("missing"):
                self.refuse("missing")
            self.take()
            return IsMissing(self._value(side))
        comparator = self._comparator()
        if not comparator:
            return self._statement(side) if isinstance(side, QuotedText) else side
        return self._comparison(comparator, self._value(side), start)

    def _comparison(self, sign: str, left: Term, start: int) -> Comparison:
        at = self.next.start + 1
        right = self._right(sign)
        is_textual = sign not in _COMPARATORS or QuotedText in {type(left), type(right)}
        if is_textual and sign not in _TEXT_COMPARATORS:
            raise ValueError(f"column {start}: a text is compared with =, !=, contains or starts with, not with {sign}")
        for side, place in ((left, start), (right, at)) if is_textual else ():
            if type(side) not in {QuotedText, Operand}:
                raise ValueError(f"column {place}: a text is compared with a name or a text in quotes")
        return Comparison(sign, left, right, start)

    def _right(self, sign: str) -> Term:
        """Return the value behind a sign.

        Raises:
            ValueError: There is none; of an unknown name, which may be meant as a text, the message says how.
        """
        token = self.next
        try:
            return self._value(self._side())
        except ValueError as error:
            if sign in _TEXT_COMPARATORS and token.kind == "name" and f": {token.text!r} is no" in str(error):
                raise ValueError(f"{error}; a text stands in quotes, as '{token.text}'") from None
            raise

    def _side(self) -> Term | Statement:
        if self.next.kind != "text":
            return self.sum()
        if not self.next.text[1:-1].strip():
            self.refuse("a text that is not empty, or is missing")
        return QuotedText(self.take()[1:-1])

    def _comparator(self) -> str:
        """Return the sign between two values that comes next, and go on; empty where none comes."""
        if self.next.text in _COMPARATORS or self._is_word("contains"):
            return self.take()
        if not self._is_word("starts"):
            return ""
        self.take()
        if not self._is_word("with"):
            self.refuse("with")
        self.take()
        return "starts with"

    def _is_word(self, word: str) -> bool:
        return self.next.kind == "name" and self.next.text == word

    def _statement(self, node: Term | Statement) -> Statement:
        """Return a part that is a statement, the last one read.

        Raises:
            ValueError: It has a value.
        """
        return node if isinstance(node, _STATEMENT) else self.refuse("a comparison such as > 100, or is missing")
