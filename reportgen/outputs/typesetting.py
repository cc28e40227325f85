"""How text is set in the page's family without the page engine: sizes, lines, and what can be set so."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING, Protocol

from reportgen.outputs.measure import is_set_in, text_width

if TYPE_CHECKING:
    from collections.abc import Sequence

MM = 72 / 25.4
LINE, SIZE, SMALL = 4 * MM, 9.0, 8.0
"""In points: leading, and the sizes of type."""

LIGHT, NORMAL, BOLD = 300, 400, 600
"""Weights of type."""

ASCENT, DESCENT = 0.984, 0.273
"""Of the family, in em."""

SLACK = 1.01
"""Factor by which a text set with kerning may be wider than its letters."""

_SCRIPTS = tuple(
    map(
        re.compile,
        ("[A-Za-z\u00aa\u00ba\u00c0-\u024f\u1e00-\u1eff]", "[\u0370-\u03ff\u1f00-\u1fff]", "[\u0400-\u052f]"),
    )
)
_UNDRAWN = frozenset({"Mn", "Mc", "Me", "Cf", "Cc", "Zl", "Zp"})
"""Kinds of characters that change others or are not seen."""


class Typesetter(Protocol):
    """Sets text in the page's family."""

    def width(self, text: str, size: float, weight: int) -> float:
        """Return how wide a line is set, in points."""
        ...

    def lines(self, text: str, size: float, weight: int, room: float, *, anywhere: bool) -> Sequence[str]:
        """Break a text into lines of a width in points; inside words only where it may be broken anywhere."""
        ...

    def page_of(self, place: str) -> int:
        """Return the number of the page on which a place is; known when all are laid out."""
        ...


def baseline(top: float, size: float, line: float = LINE) -> float:
    """Return where the letters of a line stand that begins at `top`; all in points."""
    return top + (line - (ASCENT + DESCENT) * size) / 2 + ASCENT * size


def wrap(  # noqa: PLR0913 - how the text is set, and in what
    text: str, size: float, width: float, setter: Typesetter, weight: int = NORMAL, *, anywhere: bool = False
) -> Sequence[str]:
    """Return the lines of a text in a width in points; none of no text."""
    if not text:
        return ()
    if setter.width(text, size, weight) <= width:
        return (text,)
    return setter.lines(text, size, weight, width, anywhere=anywhere)


def fits(text: str, size: float, width: float, weight: int = NORMAL) -> bool:
    """Tell whether a text is drawn exactly on one line; nothing always is."""
    return not text or (is_simple(text) and text_width(text, size * SLACK, weight) <= width)


def wraps(text: str, size: float, width: float, weight: int = NORMAL) -> bool:
    """Tell whether a text is drawn exactly on some lines, broken at its spaces."""
    return not text or (is_simple(text) and all(fits(word, size, width, weight) for word in text.split()))


def is_simple(text: str) -> bool:
    """Tell whether every letter is set by itself, one after the other, in the embedded family."""
    if text.isascii():
        return text.isprintable() and bool(text)
    if not is_set_in(text) or sum(bool(script.search(text)) for script in _SCRIPTS) > 1:
        return False
    return all(
        unicodedata.category(letter) not in _UNDRAWN and unicodedata.bidirectional(letter) not in {"R", "AL"}
        for letter in text
    )
