"""The widths of texts in the embedded font family."""

from __future__ import annotations

import math
import unicodedata
from functools import lru_cache

from reportgen.characters import is_ignorable
from reportgen.resources import font_file

FAMILY = "Source Sans Pro"
LIGHT, NORMAL, BOLD = 300, 400, 600
"""Weights of type, as in CSS."""

WEIGHTS = {LIGHT: "Light", NORMAL: "Regular", BOLD: "Semibold"}
"""Weight of upright type -> its font file."""
ASCENT, DESCENT = 0.984, 0.273
"""In em: from the baseline up to the top of the family's letters, and down to their foot."""
_JOINED = 0.48  # em; Arabic letters are narrow where they join, as measured in Noto Sans Arabic


def text_width(text: str, size: float = 1.0, weight: int = NORMAL) -> float:
    """Return the width of a text in the unit of `size`; in em by default."""
    return size * math.fsum(map(_advances(weight).__getitem__, text))


def is_set_in(text: str, weight: int = NORMAL) -> bool:
    """Return whether the embedded family has a glyph for every letter of a text, and sets each."""
    known = _faces(weight)
    return all(ord(letter) in known for letter in text)


class _Advances(dict[str, float]):
    """The advances of the letters of a weight in em, as they are asked for."""

    def __init__(self, weight: int) -> None:
        super().__init__()
        self._known = _faces(weight)

    def __missing__(self, letter: str) -> float:
        known = self._known.get(ord(letter))
        self[letter] = advance = known[1] if known else _foreign_advance(letter)
        return advance


@lru_cache(maxsize=len(WEIGHTS))
def _advances(weight: int) -> _Advances:
    return _Advances(weight)


def _foreign_advance(letter: str) -> float:
    """Return the advance of a letter of another font: square or middling."""
    if is_ignorable(letter) or unicodedata.combining(letter) or unicodedata.category(letter) == "Cf":
        return 0
    if unicodedata.bidirectional(letter) == "AL":
        return _JOINED
    return 1 if unicodedata.east_asian_width(letter) in "WF" else 0.6


@lru_cache(maxsize=len(WEIGHTS))
def _faces(weight: int) -> dict[int, tuple[int, float]]:
    """Return the glyph number and the advance in em of each letter of a weight.

    The family lists glyphs for a soft hyphen and a byte-order mark too; Pango sets none for them.
    """
    from fontTools.ttLib import TTFont  # slow to import, and only pages need it

    with TTFont(font_file(WEIGHTS[weight]), lazy=True) as font:
        metrics, em = font["hmtx"].metrics, font["head"].unitsPerEm
        return {
            code: (font.getGlyphID(glyph), metrics[glyph][0] / em)
            for code, glyph in font.getBestCmap().items()
            if not is_ignorable(chr(code))
        }
