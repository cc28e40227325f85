"""How text is set in the page's family without the page engine: sizes, lines, and what can be set so."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from reportgen.outputs.drawing.font_metrics import text_width
from reportgen.outputs.drawing.text_shaping import is_simple
from reportgen.outputs.page.units import ASCENT, DESCENT, LINE, NORMAL

if TYPE_CHECKING:
    from collections.abc import Sequence

SLACK = 1.01
"""Factor by which a text set with kerning may be wider than its letters."""


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
