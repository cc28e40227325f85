"""The fonts of a web page, cut down to the characters of the page."""

from __future__ import annotations

import base64
import hashlib
import io
from functools import lru_cache, partial
from importlib.metadata import PackageNotFoundError, version
from typing import TYPE_CHECKING

from reportgen.errors import OutputError
from reportgen.files import cached
from reportgen.outputs.drawing.font_metrics import BUILT_IN, WEIGHTS
from reportgen.resources import font_file

if TYPE_CHECKING:
    from collections.abc import Set as AbstractSet

    from reportgen.outputs.drawing.font_metrics import Typeface

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
_NOTES = ("BDF ", "FFTM", "PfEd", "TTFA", "TeX ", "webf")  # tables that font editors leave for themselves


def extra_characters(text: str, typeface: Typeface = BUILT_IN) -> str:
    """Return, sorted, the characters of a text that a typeface has, but not every subset of it."""
    extra = {letter for letter in set(text) if ord(letter) not in _COMMON}
    return "".join(sorted(letter for letter in extra if any(typeface.sets(letter, weight) for weight in WEIGHTS)))


def lacked_characters(text: str, typeface: Typeface) -> str:
    """Return, sorted, the characters of a text that a weight of a typeface lacks and the built-in family has."""
    return "".join(
        letter
        for letter in sorted(set(text))
        if BUILT_IN.sets(letter) and not all(typeface.sets(letter, weight) for weight in WEIGHTS)
    )


@lru_cache(maxsize=64)
def font_subset(file: bytes | str, extra: str) -> str:
    """Return a font with the common and the extra characters alone, as base64 of a WOFF2 file.

    The subset that serves nearly every report is stored between calls: cutting it takes a fifth of a second a face.

    Args:
        file: A theme's font, or the name of a file of the built-in family.
        extra: Characters beyond Latin and punctuation.

    Raises:
        OutputError: The font is damaged.
    """
    letters = _COMMON | {ord(letter) for letter in extra}
    content = _cut(file, letters) if extra else cached(_common_name(file), partial(_cut, file, letters))
    return base64.b64encode(content).decode("ascii")


@lru_cache(maxsize=64)
def font_of(file: bytes | str, letters: str) -> str:
    """Return a font with some characters alone, as `font_subset` returns it, and raising as it does."""
    return base64.b64encode(_cut(file, {ord(letter) for letter in letters})).decode("ascii")


def _common_name(file: bytes | str) -> str:
    """Return the name of a common subset, which differs with all that its bytes depend on."""
    made_by = repr((sorted(_COMMON), _FEATURES, _version("fonttools"), _version("brotli")))
    digest = hashlib.sha256(_content(file) + made_by.encode()).hexdigest()
    return f"{file if isinstance(file, str) else 'theme'}-{digest[:32]}.woff2"


def _content(file: bytes | str) -> bytes:
    return font_file(file).read_bytes() if isinstance(file, str) else file


def _version(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:  # Brotli has more than one
        return ""


def _cut(file: bytes | str, letters: AbstractSet[int]) -> bytes:
    # fontTools is slow to import, and only pages need it
    from fontTools.subset import Options, Subsetter
    from fontTools.ttLib import TTFont

    options = Options(layout_features=list(_FEATURES), hinting=False, notdef_outline=True)
    options.drop_tables = [*options.drop_tables, *_NOTES]
    subsetter = Subsetter(options)
    subsetter.populate(unicodes=letters)
    cut = io.BytesIO()
    try:
        with TTFont(io.BytesIO(_content(file)), recalcTimestamp=False) as font:
            subsetter.subset(font)
            font.flavor = "woff2"
            font.save(cut)
    except Exception as error:  # fontTools raises errors of any kind for a damaged font
        raise OutputError(f"a font of the theme is damaged ({error}); `reportgen check` names it") from error
    return cut.getvalue()
