"""The lines that a text breaks into, by the widths of its letters, where not Pango breaks it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from reportgen.outputs.drawing.font_metrics import Typeface

_BROAD = "\u2e80-\u9fff\uf900-\ufaff\uff00-\uff9f"
_PIECES = re.compile(
    f"[{_BROAD}][\u3001\u3002\u300d\u300f\u30fb\uff01\uff09\uff0c\uff0e\uff1a\uff1b\uff1f]* *|[^ {_BROAD}]+ *| +"
)


def pieces_of(text: str) -> Sequence[str]:
    """Return the pieces of a line of text that stay together.

    Words with the space behind them; letters that need no space around them, with marks that begin no line.
    """
    return _PIECES.findall(text)


def broken_lines(
    text: str, room: float, typeface: Typeface, size: float = 1.0, most: int | None = None
) -> tuple[str, ...]:
    """Return a text in lines, broken at its spaces and between the letters of Chinese and Japanese, as in browsers.

    Args:
        text: On one line.
        room: Width of a line in the measure of `size`; a word that is wider stands alone.
        typeface: That it is set in.
        size: Of its type; 1 where the room is given in em.
        most: Most lines; the last holds all of the rest. None for as many as the text needs.

    Returns:
        At least one line.
    """
    lines = [""]
    for begins, piece in pieces_in_lines(pieces_of(text), room, typeface, size):
        if begins and len(lines) != most:
            lines.append("")
        lines[-1] += piece
    return tuple(line.strip() for line in lines)


def pieces_in_lines(
    pieces: Iterable[str], room: float, typeface: Typeface, size: float = 1.0
) -> Iterator[tuple[bool, str]]:
    """Yield the pieces of a text, and whether a further line begins with each; the first line begins by itself."""
    used = 0.0
    for piece in pieces:
        begins = used > 0 and used + typeface.width(piece.rstrip(), size) > room
        yield begins, piece
        used = (0.0 if begins else used) + typeface.width(piece, size)
