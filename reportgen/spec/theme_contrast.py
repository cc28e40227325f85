"""The contrasts of a theme: whether its text can be read, and how alike its series look to colour-blind readers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from reportgen.colors import LEAST_DISTANCE, MARK_CONTRAST, SERIES, TEXT_CONTRAST, contrast, nearest_pair
from reportgen.outputs.html.dark_colors import dark_colors

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from reportgen.model import Theme

_TEXT = ("ink", "ink-2", "ink-3", "accent", "good", "bad", "flat", "warn")
_TEXTS = {"page": _TEXT, "tint": _TEXT, "cover-bg": ("cover-ink", "cover-soft", "cover-accent")}
"""Ground -> the text that stands on it."""

_SERIES = (*SERIES, "c6")
_MARKS = (*_SERIES, "compare")
"""The marks of charts, which stand on the page."""

_UNREADABLE = 3.0  # text below it is read by hardly anybody; WCAG asks for it of the largest type


@dataclass(frozen=True, slots=True)
class Shortfall:
    """Colours that are too alike.

    Attributes:
        tokens: Both colours; the text or the mark first.
        text: What is wrong and how it is mended.
        unreadable: Whether the theme cannot be used so.
    """

    tokens: tuple[str, str]
    text: str
    unreadable: bool = False


def shortfalls(colors: Mapping[str, str]) -> Iterator[Shortfall]:
    """Yield each text that is hard to read on its ground, each mark that is hard to see, and the most alike series."""
    for token, ground, ratio in _ratios(colors):
        if ratio < TEXT_CONTRAST:
            text = f"{token} has a contrast of {ratio:.1f} on {ground}, where {TEXT_CONTRAST:g} can be read"
            advice = "make it darker or lighter" if ratio >= _UNREADABLE else "choose another colour for one of them"
            yield Shortfall((token, ground), f"{text}; {advice}", ratio < _UNREADABLE)
    for token in _MARKS:
        ratio = contrast(colors[token], colors["page"])
        if ratio < MARK_CONTRAST:
            text = f"{token} has a contrast of {ratio:.1f} on page, where {MARK_CONTRAST:g} can be seen"
            yield Shortfall((token, "page"), f"{text}; make it darker or lighter")
    apart, first, other = nearest_pair({token: colors[token] for token in _SERIES})
    if apart < LEAST_DISTANCE:
        text = f"{first} and {other} are {apart:.1f} apart to colour-blind readers, where {LEAST_DISTANCE:g} differ"
        yield Shortfall((other, first), f"{text}; make one of them darker or choose another hue")


def contrast_lines(theme: Theme) -> Iterator[str]:
    """Yield the ratios of contrast and the least distance of series, on paper and on a dark screen, for people."""
    yield from _lines("", theme.colors)
    yield from _lines("dark screen, ", dark_colors(theme))


def _lines(where: str, colors: Mapping[str, str]) -> Iterator[str]:
    for ground in _TEXTS:
        ratios = ", ".join(f"{token} {ratio:.1f}" for token, on, ratio in _ratios(colors) if on == ground)
        yield f"{where}text on {ground}: {ratios} (from {TEXT_CONTRAST:g} it can be read)"
    ratios = ", ".join(f"{token} {contrast(colors[token], colors['page']):.1f}" for token in _MARKS)
    yield f"{where}marks on page: {ratios} (from {MARK_CONTRAST:g} they can be seen)"
    apart, first, other = nearest_pair({token: colors[token] for token in _SERIES})
    alike = f"the most alike are {first} and {other}, {apart:.1f} apart"
    yield f"{where}series: {alike} (from {LEAST_DISTANCE:g} they can be told apart)"


def _ratios(colors: Mapping[str, str]) -> Iterator[tuple[str, str, float]]:
    """Yield each text, its ground and the contrast of both."""
    for ground, tokens in _TEXTS.items():
        yield from ((token, ground, contrast(colors[token], colors[ground])) for token in tokens)
