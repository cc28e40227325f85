"""The tokens of an expression, and the names that it may hold."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, NamedTuple, TypeAlias

from reportgen.components.did_you_mean import nearest
from reportgen.components.expression_terms import Operand

if TYPE_CHECKING:
    from collections.abc import Iterator

LONGEST = 600

QUOTED_LINE = "put the whole line in single quotes"

_BLANK = " \t\r\n"
_TOKEN = re.compile(
    r"""[ \t\r\n]*(?:
    (?P<name>[A-Za-z_][A-Za-z0-9_]*(?:[.:][A-Za-z0-9_]+)*)
    |(?P<quoted>`[^`]+`(?:\.[a-z]+)?)
    |(?P<number>[0-9]+(?:\.[0-9]+)?%?)
    |(?P<text>'[^']*'|"[^"]*")
    |(?P<sign><=|>=|!=|[-+*/()<>=])
    )""",
    re.VERBOSE,
)  # ASCII alone: the digits and letters of other scripts look like ours and are not

_Kind: TypeAlias = Literal["name", "quoted", "number", "text", "sign", "end"]


class Token(NamedTuple):
    """A token of an expression, as written; `start` counts letters from 0."""

    start: int
    kind: _Kind
    text: str


@dataclass(frozen=True, slots=True)
class Names:
    """The names that an expression may hold.

    Attributes:
        noun: What they are names of: a number, or a column.
        parts: The words after the dot of a name.
        known: The names, where they are known; None where any name may be written.
    """

    noun: str
    parts: tuple[str, ...] = ()
    known: tuple[str, ...] | None = None

    def operand(self, token: Token) -> Operand:
        """Return the operand that a token names: the longest known name first, then its part.

        Raises:
            ValueError: There is no such name, or no such part of it.
        """
        at = token.start + 1
        if token.kind == "quoted":
            name, _, part = token.text[1:].partition("`")
            word, part = name, part.removeprefix(".")
        else:
            word, part = self._divided(token.text)
        if self.known is not None and word not in self.known:
            raise ValueError(f"column {at}: {token.text!r} is no {self.noun} here; {nearest(word, list(self.known))}")
        if part and part not in self.parts:
            raise ValueError(f"column {at}: {word}.{part} is no part of a {self.noun}; {self._nearest_part(part)}")
        return Operand(word, part, at)

    def _divided(self, text: str) -> tuple[str, str]:
        if text in (self.known or ()):
            return text, ""
        word, _, part = text.rpartition(".")
        is_name = word in self.known if self.known is not None else word
        return (word, part) if word and (is_name or part in self.parts) else (text, "")

    def _nearest_part(self, part: str) -> str:
        return nearest(part, list(self.parts)) if self.parts else "write its name alone"


def tokens(text: str, allowed: str) -> Iterator[Token]:
    """Yield the tokens of an expression, and an empty token at its end.

    Args:
        text: The expression.
        allowed: The words on what it may hold, which end a message.

    Raises:
        ValueError: A letter belongs to no token.
    """
    at, end = 0, len(text.rstrip(_BLANK))
    while at < end:
        found = _TOKEN.match(text, at, end)
        if found is None:
            at += len(text[at:]) - len(text[at:].lstrip(_BLANK))
            raise ValueError(f"column {at + 1}: {_fault(text[at], allowed)}")
        for kind in ("name", "quoted", "number", "text", "sign"):
            if found[kind] is not None:
                yield Token(found.start(kind), kind, found[kind])
        at = found.end()
    yield Token(end, "end", "")


def _fault(letter: str, allowed: str) -> str:
    if letter in "'\"`":
        return f"the quote {letter} is not closed; {QUOTED_LINE}, so that YAML cuts nothing of it"
    return f"{letter!r} is nothing to calculate with; {allowed}"
