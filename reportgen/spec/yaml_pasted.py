"""Signs that mail and word processors put in place of spaces and hyphens, before the keys of a pasted YAML text."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from reportgen.spec.yaml_stop import Slip

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_SPACE = r"[^\S\t]"  # of any width, no-break or not
_DASHES = "–—−•"
_KEY = r"(?:[\w.-]+|\"[^\"]*\"|'[^']*'):(?:\s|$)"
_HEAD = re.compile(rf"{_SPACE}*(?:[-{_DASHES}]{_SPACE}+)*(?=-\s|{_KEY})")
"""What stands before a key or an entry."""

_BLOCK_TEXT = re.compile(r"\s*+(?:.*[:-] +)?[|>][-+0-9]*\s*(?:#.*)?")
"""The line above a text of several lines, in which any sign is a letter."""


def with_plain_signs(text: str) -> tuple[str, list[Slip]]:
    """Return a text with spaces and hyphens before its keys, and a slip for each other sign that stood there.

    A slip names the first line of its sign and counts the others: a pasted file has it in every line.
    """
    lines, slips, places = text.splitlines(), [], dict[str, list[tuple[int, int]]]()
    for at, head in _heads(lines):
        plain = re.sub(_SPACE, " ", re.sub(f"[{_DASHES}]", "-", head))
        if plain != head:
            column = next(index for index, sign in enumerate(head) if sign != plain[index])
            places.setdefault(head[column], []).append((at, column))
            lines[at] = plain + lines[at][len(head) :]
    for sign, found in places.items():
        more = f"; {len(found) - 1} more lines have it" if len(found) > 1 else ""
        at, column = found[0]
        slips.append(Slip(at + 1, column + 1, f"{_message(sign)}{more}"))
    return "\n".join([*lines, ""]) if slips else text, slips


def _message(sign: str) -> str:
    if sign in _DASHES:
        return f"begins an entry with {sign}, which is no hyphen; replace it by -"
    name = "a no-break space" if sign == "\u00a0" else f"the space U+{ord(sign):04X}"
    return f"{name} cannot indent YAML; replace it by a space"


def _heads(lines: Sequence[str]) -> Iterator[tuple[int, str]]:
    """Yield the number of each line with a key or an entry, or its own indent in a text, and what stands before it."""
    text_in: int | None = None  # the column of the key of a text of several lines
    for at, line in enumerate(lines):
        space = line[: len(line) - len(line.lstrip())]
        if text_in is not None and (len(space) > text_in or not line.strip()):
            if len(line) - len(line.lstrip(" ")) <= text_in:  # else the text begins with the other space
                yield at, space
            continue
        opened = _BLOCK_TEXT.fullmatch(line)
        text_in = len(space) if opened else None
        if found := _HEAD.match(line):
            yield at, found[0]
