"""Lines of text in the page's font family without the page engine: their widths, baselines and breaks."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Protocol

from reportgen.outputs.drawing.text_shaping import is_simple

if TYPE_CHECKING:
    from collections.abc import Sequence

    from reportgen.outputs.drawing.font_metrics import Typeface
    from reportgen.outputs.page.lengths import TypeStyle

_SLACK = 1.01  # by which factor a text set with kerning may be wider than its letters


class Typesetter(Protocol):
    """Measures and breaks text in the page's typefaces."""

    def width(self, text: str, size: float, weight: int, typeface: Typeface) -> float:
        """Return the width of a line, in points."""
        ...

    def lines(self, text: str, style: TypeStyle, room: float, *, anywhere: bool, exact: bool = False) -> Sequence[str]:
        """Return the lines of a text in a width in points, broken inside words only where `anywhere`.

        Words are broken at syllables with a hyphen, unless the text is `exact`.
        """
        ...

    def page_of(self, place: str) -> int:
        """Return the number of the page on which a place is; known when all are laid out."""
        ...


def baseline(top: float, style: TypeStyle) -> float:
    """Return the baseline of a line that begins at `top`, in points."""
    size, typeface = style.size.points, style.typeface
    return top + (style.line.points + (typeface.ascent - typeface.descent) * size) / 2


def wrap(  # noqa: PLR0913 - how words break is given by name
    text: str, style: TypeStyle, width: float, setter: Typesetter, *, anywhere: bool = False, exact: bool = False
) -> Sequence[str]:
    """Return the lines of a text in a width in points, as Pango breaks it; none of no text. See `Typesetter.lines`."""
    if not text:
        return ()
    if setter.width(text, style.size.points, style.weight, style.typeface) <= width:
        return (text,)
    return setter.lines(text, style, width, anywhere=anywhere, exact=exact)


def is_narrow(text: str, style: TypeStyle, width: float) -> bool:
    """Return whether a text surely fits a width in points on a line, if the family has its letters."""
    return style.typeface.width(text, style.size.points * _SLACK, style.weight) <= width


def is_set_plainly(text: str, style: TypeStyle) -> bool:
    """Return whether each letter of a text is set by itself in a style; see `is_simple`."""
    return is_simple(text, style.typeface, style.weight)


def fits(text: str, style: TypeStyle, width: float) -> bool:
    """Return whether a text is drawn exactly on a single line, as an empty text always is."""
    return not text or (is_set_plainly(text, style) and is_narrow(text, style, width))


def fits_behind(sign: str, text: str, style: TypeStyle, width: float) -> bool:
    """Return whether a sign, which may be of the built-in family, and a text are drawn exactly on a single line."""
    behind = replace(style, typeface=style.typeface.setting(sign, style.weight))
    return is_set_plainly(sign, behind) and is_set_plainly(text, style) and is_narrow(f"{sign} {text}", style, width)


def wraps(text: str, style: TypeStyle, width: float) -> bool:
    """Return whether a text is drawn exactly, broken into lines at its spaces."""
    return not text or (is_set_plainly(text, style) and all(is_narrow(word, style, width) for word in text.split()))
