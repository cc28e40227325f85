"""Font files of an author: whether pages can be set in them, and what they lack."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

from reportgen.outputs.drawing.font_features import has_tabular_figures
from reportgen.outputs.drawing.font_subsets import font_of

if TYPE_CHECKING:
    from fontTools.ttLib import TTFont

LARGEST_FONT = 10_000_000
"""Bytes; a family of Latin, Greek and Cyrillic has a tenth of it a weight."""

_TRIED = 128  # letters
_TABLES = ("cmap", "head", "hhea", "hmtx", "maxp", "name", "post")
_OTHER_FILES = {
    b"wOFF": "is a web font (WOFF)",
    b"wOF2": "is a web font (WOFF2)",
    b"ttcf": "is a collection of fonts (TTC)",
}
_RESTRICTED, _NO_SUBSETTING, _BITMAPS_ONLY = 0x0002, 0x0100, 0x0200  # fsType (OpenType, OS/2)
_USAGE = 0x000F  # its lowest bits: how a font may be embedded; where it has several, the mildest counts


def font_fault(content: bytes) -> str:
    """Return the reason why pages cannot be set in the font of a file, and what to do; empty where they can."""
    if len(content) > LARGEST_FONT:
        most = LARGEST_FONT // 1_000_000
        return f"is larger than {most} MB; take a cut of the font for your languages, others come from the system"
    if other := _OTHER_FILES.get(content[:4]):
        return f"{other}; name the font's desktop file, a .ttf or .otf for each weight"
    if content[:4] not in {b"\0\1\0\0", b"true", b"OTTO"}:
        return "is no font; name a .ttf or .otf file"
    from fontTools.ttLib import TTFont

    try:
        with TTFont(io.BytesIO(content)) as font:
            if fault := _fault_of(font):
                return fault
            font_of(content, "".join(map(chr, sorted(font.getBestCmap())[:_TRIED])))  # as the making of a page does
            return ""
    except Exception as error:  # noqa: BLE001 - fontTools raises errors of any kind for a damaged font
        return f"is a damaged font ({type(error).__name__} {error}); export or download it again"


def has_even_figures(content: bytes) -> bool:
    """Return whether the figures of a font are equally wide as pages set them, so that numbers stand in columns."""
    from fontTools.ttLib import TTFont

    with TTFont(io.BytesIO(content), lazy=True) as font:
        return has_tabular_figures(font)


def _fault_of(font: TTFont) -> str:
    missing = [table for table in _TABLES if table not in font]
    if missing or not ("glyf" in font or "CFF " in font):
        return f"is a font without outlines or tables that pages need ({', '.join(missing) or 'glyf'}); choose another"
    if "fvar" in font:
        return "is a variable font; name a static file for each weight, which foundries supply beside it"
    allowed = font["OS/2"].fsType if "OS/2" in font else 0
    if allowed & _USAGE == _RESTRICTED:
        return "may not be embedded, as its maker says in it (fsType 2); choose another font or ask its maker"
    if allowed & (_NO_SUBSETTING | _BITMAPS_ONLY):
        what = "in part" if allowed & _NO_SUBSETTING else "as outlines"
        return f"may not be embedded {what}, as its maker says in it (fsType {allowed:#06x}); choose another font"
    if not font.getBestCmap():
        return "has no letters by their Unicode numbers; choose another font"
    return ""
