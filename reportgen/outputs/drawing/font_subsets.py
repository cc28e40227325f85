"""The embedded font family, cut down to the characters of a page."""

from __future__ import annotations

import base64
import hashlib
import io
from functools import lru_cache, partial
from importlib.metadata import PackageNotFoundError, version

from reportgen.files import cached
from reportgen.outputs.drawing.font_metrics import WEIGHTS, is_set_in
from reportgen.resources import font_file

_COMMON = frozenset(
    (
        *range(0x20, 0x7F),
        *range(0xA0, 0x180),
        *range(0x2010, 0x2028),
        0x202F,
        0x20AC,
        0x2191,
        0x2192,
        0x2212,
        0x25B2,
        0x25BC,
        0x2610,
        0x2611,
    )
)  # Latin, punctuation, euro, minus, arrows, boxes: one subset serves nearly every report
_FEATURES = ("kern", "liga", "locl", "mark", "mkmk", "ccmp", "tnum", "lnum")


def extra_characters(text: str) -> str:
    """Return, sorted, the characters of a text that the family has, but not every subset of it."""
    extra = {letter for letter in set(text) if ord(letter) not in _COMMON}
    return "".join(sorted(letter for letter in extra if any(is_set_in(letter, weight) for weight in WEIGHTS)))


@lru_cache(maxsize=64)
def font_subset(face: str, extra: str) -> str:
    """Return a font with the common and the extra characters alone, as base64 of a WOFF2 file.

    The subset that serves nearly every report is stored between calls: cutting it takes a fifth of a second a face.
    """
    content = _cut(face, extra) if extra else cached(_common_name(face), partial(_cut, face, ""))
    return base64.b64encode(content).decode("ascii")


def _common_name(face: str) -> str:
    """Return the name of a common subset, which differs with all that its bytes depend on."""
    made_by = repr((sorted(_COMMON), _FEATURES, _version("fonttools"), _version("brotli")))
    digest = hashlib.sha256(font_file(face).read_bytes() + made_by.encode()).hexdigest()
    return f"{face}-{digest[:32]}.woff2"


def _version(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:  # Brotli has more than one
        return ""


def _cut(face: str, extra: str) -> bytes:
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
    return file.getvalue()
