"""How text is set in the page's family without the page engine: sizes, lines, and what can be set so."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from reportgen.outputs.drawing.font_metrics import ASCENT, DESCENT, text_width
from reportgen.outputs.drawing.text_shaping import is_simple

if TYPE_CHECKING:
    from collections.abc import Sequence

    from reportgen.outputs.page.lengths import TypeStyle

_SLACK = 1.01  # by which factor a text set with kerning may be wider than its letters


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


def baseline(top: float, style: TypeStyle) -> float:
    """Return where the letters of a line stand that begins at `top`, in points."""
    size = style.size.points
    return top + (style.line.points - (ASCENT + DESCENT) * size) / 2 + ASCENT * size


def wrap(text: str, style: TypeStyle, width: float, setter: Typesetter, *, anywhere: bool = False) -> Sequence[str]:
    """Return the lines of a text in a width in points, as Pango breaks it; none of no text."""
    if not text:
        return ()
    size, weight = style.size.points, style.weight
    if setter.width(text, size, weight) <= width:
        return (text,)
    return setter.lines(text, size, weight, width, anywhere=anywhere)


def is_narrow(text: str, style: TypeStyle, width: float) -> bool:
    """Tell whether a text surely fits a width in points on one line, if the family has its letters."""
    return text_width(text, style.size.points * _SLACK, style.weight) <= width


def fits(text: str, style: TypeStyle, width: float) -> bool:
    """Tell whether a text is drawn exactly on one line; nothing always is."""
    return not text or (is_simple(text) and is_narrow(text, style, width))


def wraps(text: str, style: TypeStyle, width: float) -> bool:
    """Tell whether a text is drawn exactly on some lines, broken at its spaces."""
    return not text or (is_simple(text) and all(is_narrow(word, style, width) for word in text.split()))
