"""The typefaces of a page and the widths of texts in them: the built-in family, or a theme's own fonts before it."""

from __future__ import annotations

import hashlib
import io
import math
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from reportgen.characters import is_ignorable
from reportgen.outputs.drawing.font_features import tabular_figures
from reportgen.outputs.drawing.letter_widths import RESERVED_WIDTHS
from reportgen.resources import font_file

if TYPE_CHECKING:
    from collections.abc import Mapping

    from fontTools.ttLib import TTFont

    from reportgen.model import FontFamily, Theme
    from reportgen.outputs.drawing.letter_widths import TextRuler

FAMILY = "Source Sans Pro"
"""The built-in family."""

LIGHT, NORMAL, BOLD = 300, 400, 600
"""Weights of type, as in CSS."""

WEIGHTS = {LIGHT: "Light", NORMAL: "Regular", BOLD: "Semibold"}
"""Weight of upright type -> its font file in the built-in family."""

_MOST_FACES = 48  # of themes of the last reports; a face takes some 100 KB
_TYPO_METRICS = 1 << 7  # USE_TYPO_METRICS of fsSelection (OpenType, OS/2)


@dataclass(frozen=True, slots=True)
class Typeface:
    """A typeface: a theme's font family, or the built-in family; letters that a theme's lacks are the built-in's.

    Attributes:
        own: The theme's font family; None for the built-in family.
        ruler: Measures texts with letters that neither family has; no part of what makes typefaces equal.
    """

    own: FontFamily | None = field(default=None, repr=False)
    ruler: TextRuler = field(default=RESERVED_WIDTHS, repr=False, compare=False)

    @property
    def name(self) -> str:
        """The name of the family in CSS: unique to the theme's files, so that two themes never share a font."""
        return _name(self.own) if self.own else FAMILY

    @property
    def families(self) -> str:
        """The names of the family and of the built-in family behind it, as in CSS."""
        return f'"{self.name}", "{FAMILY}"' if self.own else f'"{FAMILY}"'

    @property
    def ascent(self) -> float:
        """The height in em from the baseline up to the top of a line's letters."""
        return _line(self.file(NORMAL)).ascent

    @property
    def descent(self) -> float:
        """The depth in em from the baseline down to the foot of a line's letters."""
        return _line(self.file(NORMAL)).descent

    def file(self, weight: int) -> bytes | str:
        """Return the upright font of a weight: a theme's file, or the name of a built-in file."""
        return self.own.upright(weight) if self.own else WEIGHTS[weight]

    def width(self, text: str, size: float = 1.0, weight: int = NORMAL) -> float:
        """Return the width of a text in the unit of `size`; in em by default."""
        try:
            return size * math.fsum(map(_advances(self.own, weight).__getitem__, text))
        except KeyError:  # a letter of another font
            return size * self.ruler.width(text, self, weight)

    def advances(self, weight: int) -> Mapping[str, float]:
        """Return the advances in em of the letters that the family, or the built-in behind it, has in a weight."""
        return _advances(self.own, weight)

    def measured_by(self, ruler: TextRuler) -> Typeface:
        """Return the typeface with another ruler for its texts."""
        return replace(self, ruler=ruler)

    def sets(self, text: str, weight: int = NORMAL) -> bool:
        """Return whether the family itself, not the built-in behind it, has a glyph for every letter of a text."""
        known = _letters(self.file(weight))
        return all(ord(letter) in known for letter in text)

    def setting(self, text: str, weight: int = NORMAL) -> Typeface:
        """Return the family that sets a whole text: this, or the built-in where this lacks a letter."""
        return self if self.sets(text, weight) else replace(self, own=None)

    def sample(self, weight: int) -> str:
        """Return a letter that the family has in a weight."""
        known = _letters(self.file(weight))
        return "x" if ord("x") in known else chr(min((code for code in known if code > ord(" ")), default=ord("x")))

    def with_same_letters(self, text: str) -> str:
        """Return a text with the first letter of each glyph for its others; fonts draw some letters alike."""
        return text.translate(_twins(self.file(NORMAL)))


BUILT_IN = Typeface()
"""The typeface of a theme without fonts."""


@dataclass(frozen=True, slots=True)
class Typefaces:
    """The typefaces of a page: of its text, and of its titles."""

    text: Typeface = BUILT_IN
    titles: Typeface = BUILT_IN

    def measured_by(self, ruler: TextRuler) -> Typefaces:
        """Return the typefaces with another ruler for their texts."""
        return Typefaces(self.text.measured_by(ruler), self.titles.measured_by(ruler))

    @property
    def own(self) -> tuple[Typeface, ...]:
        """The typefaces that are a theme's, each once."""
        return tuple(dict.fromkeys(typeface for typeface in (self.text, self.titles) if typeface.own))


def typefaces_of(theme: Theme) -> Typefaces:
    """Return the typefaces of a theme; without fonts for titles these are set in those of its text."""
    return Typefaces(Typeface(theme.text_fonts), Typeface(theme.title_fonts or theme.text_fonts))


class _Letter(NamedTuple):
    """A letter of a font: the number of its glyph, and its advance in em."""

    glyph: int
    advance: float


class _Line(NamedTuple):
    """The height of a font's lines above and below the baseline, in em."""

    ascent: float
    descent: float


@lru_cache(maxsize=_MOST_FACES)
def _advances(own: FontFamily | None, weight: int) -> dict[str, float]:
    """Return the advances in em of the letters of a family and of the built-in family behind it."""
    letters = _letters(WEIGHTS[weight]) | (_letters(own.upright(weight)) if own else {})
    return {chr(code): letter.advance for code, letter in letters.items()}


@lru_cache(maxsize=_MOST_FACES)
def _name(own: FontFamily) -> str:
    digest = hashlib.sha256()
    for file in (own.regular, own.bold, own.italic, own.light):
        digest.update(hashlib.sha256(file or b"").digest())
    return f"theme-{digest.hexdigest()[:16]}"


@lru_cache(maxsize=_MOST_FACES)
def _letters(file: bytes | str) -> dict[int, _Letter]:
    """Return the letters of a font by their code points, figures of equal width where it has them.

    The built-in family lists glyphs for a soft hyphen and a byte-order mark too; Pango sets none for them.
    """
    with _opened(file) as font:
        metrics, em = font["hmtx"].metrics, font["head"].unitsPerEm
        figures = tabular_figures(font)
        return {
            code: _Letter(font.getGlyphID(glyph), metrics[figures.get(glyph, glyph)][0] / em)
            for code, glyph in (font.getBestCmap() or {}).items()
            if not is_ignorable(chr(code))
        }


@lru_cache(maxsize=_MOST_FACES)
def _twins(file: bytes | str) -> dict[int, int]:
    """Return, for each letter that has the glyph of another letter, the first letter of that glyph."""
    first: dict[int, int] = {}
    known = {code: first.setdefault(letter.glyph, code) for code, letter in sorted(_letters(file).items())}
    return {code: twin for code, twin in known.items() if code != twin}


@lru_cache(maxsize=_MOST_FACES)
def _line(file: bytes | str) -> _Line:
    """Return the height of a font's lines as HarfBuzz takes it, by whose measure Pango places the baseline.

    Source: HarfBuzz, `hb-ot-metrics.cc`: the typographic metrics where the font asks for them, else those of `hhea`,
    else those of `OS/2`.
    """
    with _opened(file) as font:
        em, hhea = font["head"].unitsPerEm, font["hhea"]
        os2 = font.get("OS/2")
        typographic = os2 and (os2.fsSelection & _TYPO_METRICS or not (hhea.ascent or hhea.descent))
        up, down = (os2.sTypoAscender, os2.sTypoDescender) if os2 and typographic else (hhea.ascent, hhea.descent)
        return _Line(abs(up) / em, abs(down) / em)


def _opened(file: bytes | str) -> TTFont:
    from fontTools.ttLib import TTFont  # slow to import, and only pages need it

    return TTFont(font_file(file) if isinstance(file, str) else io.BytesIO(file), lazy=True)
