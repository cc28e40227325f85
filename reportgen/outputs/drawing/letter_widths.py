"""The widths of letters that other fonts of the machine set, where nobody knows which font it will be."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple, Protocol

from reportgen.characters import is_ignorable

if TYPE_CHECKING:
    from reportgen.outputs.drawing.font_metrics import Typeface


class TextRuler(Protocol):
    """Measures texts with letters that a typeface lacks, so that other fonts of the machine set these."""

    def width(self, text: str, typeface: Typeface, weight: int) -> float:
        """Return the width of a text in em."""
        ...


class _Width(NamedTuple):
    """The width of a script's letters in em.

    Attributes:
        letter: Of a letter.
        reserve: The factor by which a font of a reader's machine may be wider.
        mark: Of a vowel sign beside its letter.
    """

    letter: float
    reserve: float = 1.0
    mark: float = 0.25


_SCRIPTS = {
    "ARABIC": _Width(0.42, 1.25),
    "ARMENIAN": _Width(0.66, 1.05),
    "BENGALI": _Width(0.75, 1.1),
    "DEVANAGARI": _Width(0.56, 1.2),
    "ETHIOPIC": _Width(0.76, 1.05),
    "GEORGIAN": _Width(0.66, 1.05),
    "GUJARATI": _Width(0.68, 1.1),
    "GURMUKHI": _Width(0.6, 1.1),
    "HANGUL": _Width(0.92, 1.1),
    "HEBREW": _Width(0.55, 1.12),
    "KANNADA": _Width(0.85, 1.1, 0.6),
    "KHMER": _Width(0.75, 1.1, 0.6),
    "MALAYALAM": _Width(1.0, 1.15, 0.65),
    "MYANMAR": _Width(1.0, 1.1, 0.5),
    "TAMIL": _Width(1.0, 1.15, 0.7),
    "TELUGU": _Width(0.8, 1.1, 0.6),
    "THAI": _Width(0.54, 1.25),
}
"""Measured in Noto and DejaVu, by the first word of a letter's name in Unicode."""

_SQUARE, _PICTURE, _SYMBOL, _OTHER = _Width(1.0, 1.01), _Width(1.25), _Width(0.95), _Width(0.6)

_VIRAMA = 9
"""Canonical combining class of the sign that joins the consonants of Indic scripts."""

_JOINED = 0.45
"""Share of its width that a consonant has after a virama."""

_ALONE = 0.4  # em, by which an Arabic letter that joins no other, as in the symbol of a currency, is wider


@dataclass(frozen=True, slots=True)
class ReservedWidths:
    """Measures letters of other fonts by their scripts, so wide that the fonts of most readers need no more."""

    def width(self, text: str, typeface: Typeface, weight: int) -> float:
        """Return the width of a text in em, with a reserve for each letter that the typeface lacks."""
        known = typeface.advances(weight)
        return sum(
            known[letter] if letter in known else _reserved(before, letter, behind)
            for before, letter, behind in zip(" " + text, text, text[1:] + " ", strict=False)
        )


RESERVED_WIDTHS = ReservedWidths()
"""The ruler where the fonts of the reader are not known, as in a browser."""


def _reserved(before: str, letter: str, behind: str) -> float:
    """Return the width of a letter between two others in em."""
    kind = unicodedata.category(letter)
    if is_ignorable(letter) or kind in {"Mn", "Me", "Cf"}:
        return 0
    width = _width(letter)
    if kind == "Mc":
        return width.mark * width.reserve
    if unicodedata.combining(before) == _VIRAMA:
        return _JOINED * width.letter * width.reserve
    alone = unicodedata.bidirectional(letter) == "AL" and not (_joins(before) or _joins(behind))
    return (width.letter + (_ALONE if alone else 0)) * width.reserve


def _joins(letter: str) -> bool:
    return unicodedata.bidirectional(letter) in {"AL", "NSM"}


@lru_cache(maxsize=4096)
def _width(letter: str) -> _Width:
    script = unicodedata.name(letter, "").partition(" ")[0].partition("-")[0]
    if script in _SCRIPTS:
        return _SCRIPTS[script]
    is_wide, is_symbol = unicodedata.east_asian_width(letter) in "WF", unicodedata.category(letter) == "So"
    if is_wide:
        return _PICTURE if is_symbol else _SQUARE
    return _SYMBOL if is_symbol else _OTHER
