"""Plain text in a passage of Markdown: its signs are escaped, so that nothing of it is read as Markdown."""

from __future__ import annotations

import re

_SIGNS = re.compile(r"[\\`*_{}\[\]<>()#!|&~^=@:]")
_START = re.compile(r"[\s>*+-]*(?:\d+[.)]\s+)?")
"""The begin of a line before its text, with the marks of quotations and lists."""

_MARK = re.compile(r"\s|[+-](?:[\s-]|$)|\d+(?:[.)]|$)")
"""The begin of a text that makes a list, a rule or code of it where it begins a line."""

_BREAKS = re.compile(r"[\r\n\t]+")


def escaped(text: str, *, at_start: bool = False) -> str:
    """Return a text as Markdown that is read as this text, on a single line.

    CommonMark 2.4 lets a backslash stand before each sign of ASCII; digits that make a list of what follows them, as
    in `5.`, make none as an entity (6.2).

    Args:
        text: Any text.
        at_start: Whether it begins a line.
    """
    line = _BREAKS.sub(" ", text)
    if not (at_start and _MARK.match(line)):
        return _SIGNS.sub(r"\\\g<0>", line)
    return f"&#{ord(line[0])};" + _SIGNS.sub(r"\\\g<0>", line[1:])


def is_at_line_start(markdown: str, place: int) -> bool:
    """Return whether the text at a place of a passage begins a line."""
    before = markdown[markdown.rfind("\n", 0, place) + 1 : place]
    return bool(_START.fullmatch(before))
