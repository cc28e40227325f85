"""The embedded font family, cut down to the characters of a page."""

from __future__ import annotations

import base64
import io
from functools import lru_cache

from reportgen.resources import font_file

_COMMON = frozenset(
    (*range(0x20, 0x7F), *range(0xA0, 0x180), *range(0x2010, 0x2028), 0x202F, 0x20AC, 0x2212, 0x25B2, 0x25BC, 0x2192)
)  # Latin, punctuation, euro, minus, arrows: one subset serves nearly every report
_FEATURES = ("kern", "liga", "locl", "mark", "mkmk", "ccmp", "tnum", "lnum")


def extra_characters(text: str) -> str:
    """Return, sorted, the characters of a text that not every subset holds."""
    return "".join(sorted(letter for letter in set(text) if ord(letter) not in _COMMON))


@lru_cache(maxsize=64)
def _subset(face: str, extra: str) -> str:
    """Return a font with the common and the extra characters alone, as base64 of a WOFF2 file."""
    # fontTools is slow to import, and only pages need it
    from fontTools.subset import Options, Subsetter
    from fontTools.ttLib import TTFont

    subsetter = Subsetter(Options(layout_features=list(_FEATURES), hinting=False, notdef_outline=True))
    subsetter.populate(unicodes=_COMMON | {ord(letter) for letter in extra})
    file = io.BytesIO()
    with TTFont(font_file(face), recalcTimestamp=False) as font:
        subsetter.subset(font)
        font.flavor = "woff2"
        font.save(file)
    return base64.b64encode(file.getvalue()).decode("ascii")
