"""Fonts of an agency for tests: the built-in family under another name, changed as a test needs it."""

from __future__ import annotations

import io
from functools import lru_cache
from typing import TYPE_CHECKING

from fontTools.fontBuilder import FontBuilder
from fontTools.pens.t2CharStringPen import T2CharStringPen
from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont

from reportgen.resources import font_file

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

LATIN = "".join(map(chr, (*range(0x20, 0x7F), *range(0xA0, 0x180), *range(0x2010, 0x2028), 0x20AC, 0x2212)))


def own_font(  # noqa: PLR0913 - each is a fault that a font may have
    face: str = "Regular",
    *,
    letters: str = LATIN,
    wider: float = 1.0,
    widths: Mapping[str, int] | None = None,
    fs_type: int = 0,
    features: tuple[str, ...] = ("kern",),
) -> bytes:
    """Return a TrueType font.

    Args:
        face: The built-in file that it is made from.
        letters: Those that it has; empty for all.
        wider: Factor on all advances.
        widths: Advances of some letters, in units of the font.
        fs_type: What its maker allows (OS/2).
        features: The features that it keeps.
    """
    with TTFont(io.BytesIO(_cut(face, letters, features)), recalcTimestamp=False) as font:
        metrics, glyphs = font["hmtx"].metrics, font.getBestCmap()
        for glyph, (advance, bearing) in list(metrics.items()):
            metrics[glyph] = (round(advance * wider), bearing)
        for letter, advance in (widths or {}).items():
            metrics[glyphs[ord(letter)]] = (advance, metrics[glyphs[ord(letter)]][1])
        font["OS/2"].fsType = fs_type
        for record in font["name"].names:
            record.string = "Own Sans"
        return _saved(font)


@lru_cache
def _cut(face: str, letters: str, features: tuple[str, ...]) -> bytes:
    """Return a built-in font with some of its letters, once a process: making it takes most of a second."""
    with TTFont(font_file(face), recalcTimestamp=False) as font:
        subsetter = Subsetter(Options(layout_features=list(features)))
        subsetter.populate(unicodes=list(map(ord, letters)) if letters else list(font.getBestCmap()))
        subsetter.subset(font)
        return _saved(font)


def _saved(font: TTFont) -> bytes:
    file = io.BytesIO()
    font.save(file)
    return file.getvalue()


def postscript_font(letters: str = LATIN) -> bytes:
    """Return an OpenType font with PostScript outlines (CFF): a box for each letter."""
    names = [".notdef", *(f"u{ord(letter):04X}" for letter in letters)]
    pen = T2CharStringPen(600, None)
    pen.moveTo((50, 0))
    for point in ((50, 700), (550, 700), (550, 0)):
        pen.lineTo(point)
    pen.closePath()
    outline = pen.getCharString()
    builder = FontBuilder(1000, isTTF=False)
    builder.setupGlyphOrder(names)
    builder.setupCharacterMap({ord(letter): f"u{ord(letter):04X}" for letter in letters})
    builder.setupCFF("OwnBoxes", {}, dict.fromkeys(names, outline), {})
    builder.setupHorizontalMetrics(dict.fromkeys(names, (600, 50)))
    builder.setupHorizontalHeader(ascent=900, descent=-300)
    builder.setupNameTable({"familyName": "Own Boxes", "styleName": "Regular"})
    builder.setupOS2(sTypoAscender=900, sTypoDescender=-300, usWinAscent=900, usWinDescent=300)
    builder.setupPost()
    file = io.BytesIO()
    builder.save(file)
    return file.getvalue()


def write_fonts(folder: Path, names: tuple[str, ...]) -> None:
    """Write fonts under the names that a theme has for them."""
    folder.mkdir(parents=True, exist_ok=True)
    for name in names:
        (folder / name).write_bytes(own_font("Semibold" if "Bold" in name else "Regular"))
