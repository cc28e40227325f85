"""The parts of an expression: values, and the statements on them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reportgen.model import Number, Unit


@dataclass(frozen=True, slots=True)
class Constant:
    """A number as written; of a percentage the number before its sign.

    Attributes:
        value: The number.
        is_percent: Whether a percent sign follows it.
        unit: The unit that a percentage has beside its neighbour; None of a plain number, which goes with any unit.
    """

    value: Number
    is_percent: bool = False
    unit: Unit | None = None


@dataclass(frozen=True, slots=True)
class QuotedText:
    """A text in quotes."""

    text: str


@dataclass(frozen=True, slots=True)
class Operand:
    """The name of a number or a column, and the part of it that is meant: empty for its value, else such as `change`.

    Attributes:
        word: The name.
        part: The part after its dot.
        at: The column of the expression where it stands, from 1.
    """

    word: str
    part: str = ""
    at: int = field(default=0, compare=False)

    @property
    def text(self) -> str:
        """The name with its part, `spend.change`: the key of its value and of its unit."""
        return f"{self.word}.{self.part}" if self.part else self.word


@dataclass(frozen=True, slots=True)
class Negative:
    """A value with a minus before it."""

    part: Term


@dataclass(frozen=True, slots=True)
class Operation:
    """Two values with `+`, `-`, `*` or `/` between them.

    Attributes:
        sign: What stands between them.
        left: The first value.
        right: The second value.
        right_text: What a product or quotient has on its right, as written.
        at: The column of the sign, from 1.
    """

    sign: str
    left: Term
    right: Term
    right_text: str
    at: int = field(default=0, compare=False)


Term: TypeAlias = Constant | QuotedText | Operand | Negative | Operation
"""A part of an expression that has a value."""


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two values with `<`, `<=`, `=`, `!=`, `>=`, `>`, `contains` or `starts with` between them.

    Attributes:
        sign: What stands between them.
        left: The first value.
        right: The second value.
        at: The column of the sign, from 1.
    """

    sign: str
    left: Term
    right: Term
    at: int = field(default=0, compare=False)


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


def operands_of(node: Term | Statement) -> Iterator[Operand]:
    """Yield each name in a part of an expression, as often as it stands there."""
    match node:
        case Operand():
            yield node
        case Negative(part) | IsMissing(part) | Not(part):
            yield from operands_of(part)
        case Operation(_, left, right) | Comparison(_, left, right):
            yield from operands_of(left)
            yield from operands_of(right)
        case Joined(_, parts):
            for part in parts:
                yield from operands_of(part)
        case Constant() | QuotedText():
            return
