"""The fonts of a web page, cut down to the characters of the page."""

from __future__ import annotations

import base64
import hashlib
import io
from functools import lru_cache
from importlib.metadata import PackageNotFoundError, version
from typing import TYPE_CHECKING

from reportgen.characters import letters_of
from reportgen.errors import OutputError
from reportgen.files import cache_bytes, cached_bytes
from reportgen.outputs.drawing.font_metrics import BUILT_IN, WEIGHTS
from reportgen.resources import font_file

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from collections.abc import Set as AbstractSet

    from reportgen.outputs.drawing.font_metrics import Typeface

_COMMON = frozenset(
    (
        *range(0x20, 0x7F),
        *range(0xA0, 0x180),
        *range(0x2010, 0x2028),
        *map(ord, "\u202f€™↑→↓−≈≠≤≥▲▼☐☑"),
    )
)  # Latin, punctuation, euro, comparisons, arrows, boxes: one subset serves nearly every report
_ALPHABETS = tuple(
    frozenset().union(*ranges)
    for ranges in (
        (range(0x180, 0x250), range(0x1E00, 0x1F00)),  # Latin letters of few languages, such as Vietnamese
        (range(0x250, 0x370), range(0x1D00, 0x1DC0)),  # phonetic letters, and accents that stand alone
        (range(0x370, 0x400), range(0x1F00, 0x2000)),  # Greek
        (range(0x400, 0x530),),  # Cyrillic
        (range(0x2000, 0x2300), range(0x25A0, 0x2600)),  # signs
    )
)
"""Characters that a subset has all or none of, so that reports of one language share a few subsets."""
_SHARED = _COMMON.union(*_ALPHABETS)
_FEATURES = ("kern", "liga", "locl", "mark", "mkmk", "ccmp", "tnum", "lnum")
_NOTES = ("BDF ", "FFTM", "PfEd", "TTFA", "TeX ", "webf")  # tables that font editors leave for themselves


def extra_characters(text: str, typeface: Typeface = BUILT_IN) -> str:
    """Return, sorted, the characters of a typeface that a page needs beyond those of every subset.

    They are those of its text, and all of an alphabet of which it has one.
    """
    return _with_alphabets(text, lambda letter: _is_extra(letter, typeface), _ALPHABETS)


def _is_extra(letter: str, typeface: Typeface) -> bool:
    return ord(letter) not in _COMMON and any(typeface.sets(letter, weight) for weight in WEIGHTS)


def lacked_characters(text: str, typeface: Typeface) -> str:
    """Return, sorted, the characters that a page needs of the built-in family, as a weight of a typeface lacks them.

    They are those of its text, and all that the weight lacks of an alphabet of which it lacks one.
    """
    return _with_alphabets(text, lambda letter: _is_lacked(letter, typeface), (_COMMON, *_ALPHABETS))


def _is_lacked(letter: str, typeface: Typeface) -> bool:
    return BUILT_IN.sets(letter) and not all(typeface.sets(letter, weight) for weight in WEIGHTS)


def _with_alphabets(text: str, is_needed: Callable[[str], bool], alphabets: Iterable[AbstractSet[int]]) -> str:
    """Return, sorted, the needed characters of a text, and those of each alphabet of which it needs one."""
    needed = {ord(letter) for letter in letters_of(text) if is_needed(letter)}
    whole = [code for alphabet in alphabets if needed & alphabet for code in alphabet if is_needed(chr(code))]
    return "".join(map(chr, sorted(needed.union(whole))))


@lru_cache(maxsize=64)
def font_subset(file: bytes | str, extra: str) -> str:
    """Return a font with the common and the extra characters alone, as base64 of a WOFF2 file.

    A subset of common characters and whole alphabets is stored between calls: cutting it takes a third of a second.

    Args:
        file: A theme's font, or the name of a file of the built-in family.
        extra: Characters beyond Latin and punctuation.

    Raises:
        OutputError: The font is damaged.
    """
    return _subset(file, _COMMON.union(map(ord, extra)))


@lru_cache(maxsize=64)
def font_of(file: bytes | str, letters: str) -> str:
    """Return a font with some characters alone, as `font_subset` returns it, and raising as it does."""
    return _subset(file, frozenset(map(ord, letters)))


def _subset(file: bytes | str, letters: frozenset[int]) -> str:
    content = _stored(file, letters) if letters <= _SHARED else _cut(file, letters)
    return base64.b64encode(content).decode("ascii")


def _stored(file: bytes | str, letters: AbstractSet[int]) -> bytes:
    name = _stored_name(file, letters)
    content = cached_bytes(name)
    if content is None:
        content = _cut(file, letters)
        cache_bytes(name, content)
    return content


def _stored_name(file: bytes | str, letters: AbstractSet[int]) -> str:
    """Return the name of a stored subset, which differs with all that its bytes depend on."""
    made_by = repr((sorted(letters), _FEATURES, _version("fonttools"), _version("brotli")))
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
