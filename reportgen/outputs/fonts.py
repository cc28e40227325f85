"""The embedded family: subset files for the page."""

from __future__ import annotations

import base64
import io
from functools import lru_cache

from reportgen.outputs.measure import FAMILY
from reportgen.resources import font_file

SCHEME = "reportgen-font"
"""Scheme of the private addresses under which the PDF asks for its fonts."""

FACES = {"Light": (300, "normal"), "Regular": (400, "normal"), "Semibold": (600, "normal"), "It": (400, "italic")}
"""Font file -> its CSS weight and style."""

_COMMON = frozenset(
    (*range(0x20, 0x7F), *range(0xA0, 0x180), *range(0x2010, 0x2028), 0x202F, 0x20AC, 0x2212, 0x25B2, 0x25BC, 0x2192)
)  # Latin, punctuation, euro, minus, arrows: one subset serves nearly every report
_FEATURES = ("kern", "liga", "locl", "mark", "mkmk", "ccmp", "tnum", "lnum")


def extra_characters(text: str) -> str:
    """Return, sorted, the characters of a text that are not in every subset anyway."""
    return "".join(sorted(letter for letter in set(text) if ord(letter) not in _COMMON))


def linked_faces() -> str:
    """Return `@font-face` rules that name the fonts by private addresses, for the PDF."""
    return "".join(_face(face, f"url({SCHEME}:{face})") for face in FACES)


def embedded_faces(extra: str) -> str:
    """Return `@font-face` rules that hold the fonts, for the HTML.

    Args:
        extra: Characters wanted beyond Latin and punctuation; those the family lacks are left to
            the fonts of the reader's system.
    """
    return "".join(_face(face, f'url(data:font/woff2;base64,{_subset(face, extra)}) format("woff2")') for face in FACES)


def _face(face: str, source: str) -> str:
    weight, style = FACES[face]
    return f'@font-face{{font-family:"{FAMILY}";font-weight:{weight};font-style:{style};src:{source}}}\n'


@lru_cache(maxsize=64)
def _subset(face: str, extra: str) -> str:
    """Cut a font down to the common and the extra characters; base64 of a WOFF2 file."""
    # fontTools is slow to import, and only pages need it
    from fontTools.subset import Options, Subsetter  # noqa: PLC0415 - see above
    from fontTools.ttLib import TTFont  # noqa: PLC0415 - see above

    subsetter = Subsetter(Options(layout_features=list(_FEATURES), hinting=False, notdef_outline=True))
    subsetter.populate(unicodes=_COMMON | {ord(letter) for letter in extra})
    file = io.BytesIO()
    with TTFont(font_file(face), recalcTimestamp=False) as font:
        subsetter.subset(font)
        font.flavor = "woff2"
        font.save(file)
    return base64.b64encode(file.getvalue()).decode("ascii")
