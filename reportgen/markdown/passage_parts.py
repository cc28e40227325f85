"""The parts of a passage of Markdown: its titles, paragraphs, lists and tables, each with its lines."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from reportgen.markdown.parser import parse
from reportgen.sentences import KeptText

if TYPE_CHECKING:
    from collections.abc import Sequence

    from reportgen.markdown.parser import Token


@dataclass(slots=True)
class Part:
    """A part of a passage.

    Attributes:
        kind: What the parser calls it: `heading`, `paragraph`, `bullet_list`, `list_item`, `td`, `fence`.
        first: Its first line, from 0.
        end: The line behind its last line that is not empty.
        content: Its own text, as it is written.
        parts: The parts that it consists of.
        level: Of a title, 1 to 6.
        number: Of an item of a numbered list, as it is written.
        label: Of a footnote.
        kept: Its own text without what lacks a value.
        is_left_out: Whether nothing of it is left.
    """

    kind: str
    first: int = 0
    end: int = 0
    content: str = ""
    parts: list[Part] = field(default_factory=list)
    level: int = 0
    number: str = ""
    label: str = ""
    kept: KeptText = field(default_factory=lambda: KeptText(""))
    is_left_out: bool = False


def parts_of(markdown: str) -> list[Part]:
    """Return the parts of a passage."""
    lines = markdown.split("\n")
    stack = [Part("passage")]
    for token in parse(markdown):
        if token.nesting < 0:
            _close(stack)
        elif token.type == "inline":
            stack[-1].content = token.content
            if not stack[-1].end:  # as the cells of a table have it
                stack[-1].first, stack[-1].end = _lines(token, lines)
        elif token.nesting > 0 or token.content or token.type == "hr":
            part = _part(token, lines)
            stack[-1].parts.append(part)
            stack += [part] if token.nesting else []
    return stack[0].parts


def _close(stack: list[Part]) -> None:
    """Take the last part from the stack; one without lines of its own, such as a footnote, has those of its parts."""
    part = stack.pop()
    if part.end == 0 and part.parts:
        part.first, part.end = min(each.first for each in part.parts), max(each.end for each in part.parts)


def _part(token: Token, lines: Sequence[str]) -> Part:
    kind = token.type.removesuffix("_open")
    first, end = _lines(token, lines)
    level = int(token.tag[1:]) if kind == "heading" else 0
    number = token.info + token.markup if kind == "list_item" and token.info else ""
    label = str(token.meta["label"]) if kind == "footnote" and "label" in token.meta else ""
    return Part(kind, first, end, token.content, level=level, number=number, label=label)


def _lines(token: Token, lines: Sequence[str]) -> tuple[int, int]:
    """Return the lines of a token, without the empty lines behind it; none where the parser does not say."""
    first, end = token.map or (0, 0)
    while end > first and not lines[end - 1].strip(" \t>"):
        end -= 1
    return first, end
