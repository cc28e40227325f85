"""The layout of the cover: the size of its names, and the ground of its logos."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reportgen.outputs.drawing.font_metrics import lines_needed, text_width

if TYPE_CHECKING:
    from collections.abc import Sequence

    from reportgen.model import Report

_DISPLAY_EM, _DISPLAY_LINES = 9.6, 2.6  # room for the names in full size; their light weight is narrower than measured
_SMALLEST_TENTHS = 3
_DARK = 128  # of 255


def display_fit(texts: Sequence[str]) -> float:
    """Return the factor on the size of the cover's names that keeps each word whole and all above the strip.

    Args:
        texts: What is set in it, a paragraph each.
    """
    words = [word for text in texts for word in text.split(" ")]
    for tenths in range(10, _SMALLEST_TENTHS, -1):
        room = 10 * _DISPLAY_EM / tenths
        lines = sum(lines_needed(text, room) for text in texts)
        if lines * tenths <= 10 * _DISPLAY_LINES and all(text_width(word) <= room for word in words):
            return tenths / 10
    return _SMALLEST_TENTHS / 10


def has_dark_ground(report: Report) -> bool:
    """Tell whether the cover is so dark that logos, which are mostly made for paper, need a light ground."""
    red, green, blue = (int(report.theme.colors["cover-bg"][at : at + 2], 16) for at in (1, 3, 5))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue < _DARK
