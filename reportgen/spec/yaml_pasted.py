"""Signs in a pasted YAML text that do not belong to it.

Mail and word processors put other spaces and dashes before its keys; a mail quotes its lines, a chat fences them, and a
diff marks those that come and go.
"""

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

_OLD_LINE = re.compile(r"-(?:  |[\w\"'#])")  # an entry of a list has one space behind its hyphen
_FENCE = re.compile(r"```[\w-]*\s*")

_BLOCK_TEXT = re.compile(r"\s*+(?:.*[:-] +)?[|>][-+0-9]*\s*(?:#.*)?")
"""The line above a text of several lines, in which any sign is a letter."""


def with_plain_signs(text: str) -> tuple[str, list[Slip]]:
    """Return a text with spaces and hyphens before its keys, and a slip for each other sign that stood there.

    A slip names the first line of its sign and counts the others: a pasted file has it in every line.
    """
    lines, places = text.splitlines(), dict[str, list[tuple[int, int]]]()
    for at, message, mended in _marked(lines):
        places.setdefault(message, []).append((at, 0))
        lines[at] = mended
    for at, head in _heads(lines):
        plain = re.sub(_SPACE, " ", re.sub(f"[{_DASHES}]", "-", head))
        if plain != head:
            column = next(index for index, sign in enumerate(head) if sign != plain[index])
            places.setdefault(_message(head[column]), []).append((at, column))
            lines[at] = plain + lines[at][len(head) :]
    slips = []
    for message, found in places.items():
        others = len(found) - 1
        more = f"; {others} more {'lines have' if others > 1 else 'line has'} it" if others else ""
        at, column = found[0]
        slips.append(Slip(at + 1, column + 1, f"{message}{more}"))
    return "\n".join([*lines, ""]) if slips else text, slips


def _marked(lines: Sequence[str]) -> list[tuple[int, str, str]]:
    """Return the number of each line with a mark of a mail, a chat or a diff, its message, and the line without it.

    A mark stands in the first column, where no text of several lines has a letter, and no key of a file begins with it.
    """
    quoted = [at for at, line in enumerate(lines) if line.startswith(">")]
    has_space = all(re.match(r"(?:> ?)*>(?: |$)", lines[at]) for at in quoted)
    mark, which = (r"(?:> ?)+", "the > and the space behind it") if has_space else (r"(?:> ?)*>", "the >")
    message = f"begins with >, as lines that are quoted in a mail; delete {which} before each"
    found = [(at, message, re.sub(f"^{mark}", "", lines[at])) for at in quoted]
    found += [
        (at, "a line of ``` is around a text in a mail or a chat, and is no YAML; delete the line", "")
        for at, line in enumerate(lines)
        if _FENCE.fullmatch(line)
    ]
    added = {at for at, line in enumerate(lines) if line.startswith("+")}
    found += [(at, "begins with +, as in a copied diff; delete the +", lines[at][1:]) for at in sorted(added)]
    for first in sorted(added):
        for at in range(first - 1, -1, -1):
            if at in added or not _OLD_LINE.match(lines[at]):
                break
            found.append((at, "begins with -, as the old line in a copied diff; delete the line", ""))
    return sorted(found)


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
