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
_ASCII = bytes(range(128))


def named_letters(letters: str) -> str:
    """Return the first of some letters with their numbers in Unicode, and how many more there are."""
    named = ", ".join(f"{letter} (U+{ord(letter):04X})" for letter in letters[:_MOST_NAMED])
    return f"{named} and {len(letters) - _MOST_NAMED} more" if len(letters) > _MOST_NAMED else named


def letters_of(text: str) -> set[str]:
    """Return the characters of a text, quickly for a long text that is mostly ASCII, such as a page."""
    others = text.encode("utf-8", "surrogatepass").translate(None, _ASCII).decode("utf-8", "surrogatepass")
    return {*others, *(letter for letter in _ASCII.decode() if letter in text)}


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


_JOINER, _VIRAMA = "\N{ZERO WIDTH JOINER}", 9  # the canonical combining class of the sign that joins consonants
_MARKS = frozenset("\u0e33\u0eb3\U0001f3fb\U0001f3fc\U0001f3fd\U0001f3fe\U0001f3ff")
"""Vowel signs of Thai and Lao that Unicode calls letters, and the skin colours of emoji."""


def whole_letters(text: str) -> list[str]:
    """Return the letters of a text as readers see them: each with its marks, and emoji of several characters whole.

    Source: Unicode Standard Annex 29, extended grapheme clusters, with the conjuncts of Indic scripts.
    """
    if text.isascii():
        return list(text)
    letters: list[str] = []
    for character in text:
        if letters and _continues(letters[-1], character):
            letters[-1] += character
        else:
            letters.append(character)
    return letters


def _continues(letter: str, character: str) -> bool:
    """Return whether a character belongs to the letter before it."""
    if unicodedata.category(character).startswith("M") or is_ignorable(character) or character in _MARKS:
        return True
    if letter[-1] == _JOINER or (unicodedata.combining(letter[-1]) == _VIRAMA and character.isalpha()):
        return True
    return _is_flag_half(character) and len(letter) == 1 and _is_flag_half(letter)


def _is_flag_half(character: str) -> bool:
    return "\U0001f1e6" <= character <= "\U0001f1ff"
