"""Text shaping: which texts have letters that change beside one another, and so need Pango."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from reportgen.outputs.drawing.font_metrics import Typeface


def needs_shaping(text: str) -> bool:
    """Return whether a text has letters that join, turn round or carry marks."""
    if text.isascii():
        return False
    return any(
        unicodedata.bidirectional(letter) in {"R", "AL"} or unicodedata.category(letter).startswith("M")
        for letter in text
    )


_SCRIPTS = (
    re.compile("[A-Za-z\u00aa\u00ba\u00c0-\u024f\u1e00-\u1eff]"),
    re.compile("[\u0370-\u03ff\u1f00-\u1fff]"),
    re.compile("[\u0400-\u052f]"),
)  # Latin, Greek, Cyrillic
_UNDRAWN = frozenset({"Cf", "Cc", "Zl", "Zp"})
"""Categories of characters that are not seen."""


def is_simple(text: str, typeface: Typeface, weight: int) -> bool:
    """Return whether each letter of a text is set by itself, from left to right, in a weight of a typeface."""
    if text.isascii():
        return bool(text) and text.isprintable() and (not typeface.own or typeface.sets(text, weight))
    if not typeface.sets(text, weight) or needs_shaping(text):
        return False
    if sum(bool(script.search(text)) for script in _SCRIPTS) > 1:
        return False
    return not any(unicodedata.category(letter) in _UNDRAWN for letter in text)
