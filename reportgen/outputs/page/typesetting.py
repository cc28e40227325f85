"""Lines of text in the page's font family without the page engine: their widths, baselines and breaks."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from reportgen.outputs.drawing.font_metrics import ASCENT, DESCENT, text_width
from reportgen.outputs.drawing.text_shaping import is_simple

if TYPE_CHECKING:
    from collections.abc import Sequence

    from reportgen.outputs.page.lengths import TypeStyle

_SLACK = 1.01  # by which factor a text set with kerning may be wider than its letters


class Typesetter(Protocol):
    """Measures and breaks text in the page's font family."""

    def width(self, text: str, size: float, weight: int) -> float:
        """Return the width of a line, in points."""
        ...

    def lines(self, text: str, size: float, weight: int, room: float, *, anywhere: bool) -> Sequence[str]:
        """Return the lines of a text in a width in points, broken inside words only where `anywhere`."""
        ...

    def page_of(self, place: str) -> int:
        """Return the number of the page on which a place is; known when all are laid out."""
        ...


def baseline(top: float, style: TypeStyle) -> float:
    """Return the baseline of a line that begins at `top`, in points."""
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
    """Return whether a text surely fits a width in points on a line, if the family has its letters."""
    return text_width(text, style.size.points * _SLACK, style.weight) <= width


def fits(text: str, style: TypeStyle, width: float) -> bool:
    """Return whether a text is drawn exactly on a single line, as an empty text always is."""
    return not text or (is_simple(text) and is_narrow(text, style, width))


def wraps(text: str, style: TypeStyle, width: float) -> bool:
    """Return whether a text is drawn exactly, broken into lines at its spaces."""
    return not text or (is_simple(text) and all(is_narrow(word, style, width) for word in text.split()))
