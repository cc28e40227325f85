"""Invisible characters: characters that no file format can hold, and characters without a glyph."""

from __future__ import annotations

import re
import unicodedata

UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")
"""Control characters, lone surrogates and noncharacters, which XML 1.0, HTML or UTF-8 forbids."""

_LINE_BREAKS = re.compile("[\t-\r\x85\u2028\u2029]+")
_LINE_BREAK = re.compile("\r\n|[\n-\r\x85\u2028\u2029]")
_BLANK_LINES = re.compile("\n{3,}")
_SPACES = re.compile(" {2,}")
_IGNORABLE = re.compile(
    "[\xad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164\ufe00-\ufe0f"
    "\ufeff\uffa0\ufff0-\ufff8\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff]"
)
"""Unicode's Default_Ignorable_Code_Point (DerivedCoreProperties.txt): text is set without a glyph for them."""


_MOST_NAMED = 10


def named_letters(letters: str) -> str:
    """Return the first of some letters with their numbers in Unicode, and how many more there are."""
    named = ", ".join(f"{letter} (U+{ord(letter):04X})" for letter in letters[:_MOST_NAMED])
    return f"{named} and {len(letters) - _MOST_NAMED} more" if len(letters) > _MOST_NAMED else named


def printable(text: str) -> str:
    """Return a text without the characters that no file format can hold."""
    return text if text.isprintable() else UNPRINTABLE.sub("", text)


def unbroken(text: str) -> str:
    """Return a text with a space for every run of tabs and line breaks."""
    return text if text.isprintable() else _LINE_BREAKS.sub(" ", text)


def paragraphs(text: str) -> str:
    """Return a text with each line break as a line feed: at most one blank line between lines, none around them."""
    if text.isprintable():
        return text
    lines = (_SPACES.sub(" ", line.replace("\t", " ")).strip() for line in _LINE_BREAK.split(text))
    return _BLANK_LINES.sub("\n\n", "\n".join(lines)).strip("\n")


def legible(text: str) -> str:
    """Return a text on a single line, without the characters that no file format can hold."""
    return _SPACES.sub(" ", printable(unbroken(unicodedata.normalize("NFC", text)))).strip()


def is_ignorable(letter: str) -> bool:
    """Return whether a character has no glyph in any font: a soft hyphen, a joiner, a variation selector."""
    return bool(_IGNORABLE.match(letter))


def without_ignorable(text: str) -> str:
    """Return a text without the characters that have no glyph."""
    return text if text.isascii() else _IGNORABLE.sub("", text)
