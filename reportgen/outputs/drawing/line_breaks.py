"""The lines that a text breaks into, by the widths of its letters, where not Pango breaks it."""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import chain
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    import budoux

    from reportgen.outputs.drawing.font_metrics import Typeface

_BROAD = "\u2e80-\u9fff\uf900-\ufaff\uff00-\uff9f"
_NO_BEGINNING = (
    "\u3001\u3002\u3005\u300d\u300f\u3011\u3015\u301c\u3041\u3043\u3045\u3047\u3049\u3063\u3083\u3085\u3087\u308e"
    "\u309b-\u309e\u30a1\u30a3\u30a5\u30a7\u30a9\u30c3\u30e3\u30e5\u30e7\u30ee\u30f5\u30f6\u30fb-\u30fe"
    "\uff01\uff09\uff0c\uff0e\uff1a\uff1b\uff1f\uff3d\uff5d\uff63\uff65\uff70%\uff05"
)
_NO_END = "\u300c\u300e\u3010\u3014\uff08\uff3b\uff5b\uff62"
_PIECES = re.compile(f"[{_NO_END}]*(?:[^ {_BROAD}]+|[{_BROAD}])[{_NO_BEGINNING}]* *| +")
"""Words, and single letters of Chinese and Japanese with the marks that begin no line or end none.

Source: JIS X 4051, the strict rules, which CSS calls `line-break: strict`.
"""

_THAI = re.compile("[\u0e00-\u0e7f]")
_OPENING = frozenset("([{\u201c\u2018\u00ab")


def pieces_of(text: str) -> Sequence[str]:
    """Return the pieces of a line of text that stay together.

    Words with the space behind them, those of Thai too, which stand without spaces between them; letters of Chinese
    and Japanese with marks that begin no line or end none.
    """
    pieces = _PIECES.findall(text)
    if not _THAI.search(text):
        return pieces
    return tuple(chain.from_iterable(map(_thai_words, pieces)))


@lru_cache(maxsize=4096)
def _thai_words(piece: str) -> tuple[str, ...]:
    """Return the words of a piece that has Thai letters, each with the other letters and marks behind it."""
    words: list[str] = []
    for word in _thai_parser().parse(piece) if _THAI.search(piece) else (piece,):
        if words and (not _THAI.search(word) or words[-1][-1] in _OPENING):
            words[-1] += word
        else:
            words.append(word)
    return tuple(words)


@lru_cache(maxsize=1)
def _thai_parser() -> budoux.Parser:
    import budoux  # few reports have Thai

    return budoux.load_default_thai_parser()


def broken_lines(
    text: str, room: float, typeface: Typeface, size: float = 1.0, most: int | None = None
) -> tuple[str, ...]:
    """Return a text in lines, broken between its words and between the letters of Chinese and Japanese, as in browsers.

    Args:
        text: On one line.
        room: Width of a line in the measure of `size`; a word that is wider stands alone.
        typeface: That it is set in.
        size: Of its type; 1 where the room is given in em.
        most: Most lines; the last holds all of the rest. None for as many as the text needs.

    Returns:
        At least one line.
    """
    return lines_of(pieces_of(text), room, typeface, size, most)


def lines_of(
    pieces: Iterable[str], room: float, typeface: Typeface, size: float = 1.0, most: int | None = None
) -> tuple[str, ...]:
    """Return the pieces of a text in lines; see `broken_lines`."""
    lines = [""]
    for begins, piece in pieces_in_lines(pieces, room, typeface, size):
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
