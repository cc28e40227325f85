"""Text from the API and its users, cleaned once, where it comes in."""

from __future__ import annotations

import re
from html import unescape
from html.entities import html5

from reportgen.characters import paragraphs, printable, unbroken

_ENTITY = re.compile(r"&(#[0-9]+|#[xX][0-9a-fA-F]+|[A-Za-z][A-Za-z0-9]*);")
_OVERRIDES = re.compile("[\u202d\u202e]")  # of the direction


def clean_text(text: str) -> str:
    """Return text that every output can hold.

    HTML entities are unescaped once, line breaks and tabs become spaces, control characters and lone
    surrogates are removed.
    """
    plain = _without_entities(text)
    return plain if plain.isprintable() else _OVERRIDES.sub("", printable(unbroken(plain)))


def clean_lines(text: str) -> str:
    """Return text as `clean_text` does, but with its line breaks, as in the caption of a post."""
    plain = _without_entities(text)
    return plain if plain.isprintable() else _OVERRIDES.sub("", printable(paragraphs(plain)))


def one_line(text: str, limit: int = 200) -> str:
    """Return foreign text for an error message: cleaned, and at most `limit` characters long."""
    line = " ".join(clean_text(text[: 10 * limit]).split())
    return line if len(line) <= limit else line[: limit - 1] + "…"


def _without_entities(text: str) -> str:
    return _ENTITY.sub(_unescaped, text) if "&" in text else text


def _unescaped(entity: re.Match[str]) -> str:
    """Return the character of a whole entity; in `/page?a=1&region=BR` a browser's rule would find `&reg`."""
    name = entity[1]
    return unescape(entity[0]) if name.startswith("#") or f"{name};" in html5 else entity[0]
