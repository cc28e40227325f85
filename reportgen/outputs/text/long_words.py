"""The places where endless words, texts without spaces, may break, and words that no hyphen may part."""

from __future__ import annotations

import re

# Letters without a place to break a line, longer than any word; scripts that write no spaces break anywhere.
_ENDLESS = re.compile("[^\\s\u0e00-\u109f\u1780-\u17ff\u2e80-\u9fff\uac00-\ud7ff\uf900-\uffef]{60,}")
_NAME = re.compile("\\S{20,}")  # such as `brand_search_lookalike_1pct`, longer than most columns are wide
_SEAM = re.compile(
    r"(?<=[^\s_]{3}_)(?=[^\s_]{3})"  # of names
    r"|(?<=[^\s@?&=]{3}[@?&=])(?=\w{3})|(?<=[^\s@.]{3}\.)(?=[^\W\d_]{3})"  # of addresses
)
_SEAMS = re.compile("[_@?&=.]")
_SIGN = re.compile(r"[@/_?&=#\d]|\w\.\u200b?\w")  # which makes a word an address, a path or an id
_SYLLABLES = re.compile(r"(?=\w*[^\W\d_]{4})\w{10,}")  # in which a hyphen would be put; see `report.css`
SIGNS = " /_-.?&="
"""Signs behind which a name goes on with a part of its own."""
_BEHIND_SIGN = re.compile(r"(?<=[\w\u2026][/_?&=-])(?=\w)|(?<=[^\W\d]\.)(?=\w)|(?<=\s)(?=\S)")
_BEHIND_SPACE = re.compile("(?<= )(?=[^ ])")
_CHUNK = 24  # letters of such a word that stay together
_SURE = 20  # letters: a shorter text has neither a long name nor an endless word


def breakable(text: str) -> list[str]:
    """Return a text in parts between which it may break: behind the signs of long names, and inside endless words.

    WeasyPrint takes seconds for thousands of letters without such places.
    """
    if len(text) < _SURE:
        return [text]
    names = _SEAM.split(text) if _SEAMS.search(text) and _NAME.search(text) else [text]
    return [part for name in names for part in _endless_parts(name)]


def words_of(text: str) -> list[str]:
    """Return the words of a text, each with the spaces behind it."""
    return _BEHIND_SPACE.split(text)


def name_parts(text: str) -> list[str]:
    """Return the parts of addresses and names, each with the sign behind it: `www.`, `site.`, `example/`, `winter-`."""
    return _BEHIND_SIGN.split(text)


def is_exact(text: str) -> bool:
    """Return whether a text holds an address, a path or an id, to which no line may add a hyphen."""
    return any(_SIGN.search(word) and _SYLLABLES.search(word) for word in text.split())


def _endless_parts(text: str) -> list[str]:
    parts, end = [""], 0
    for word in _ENDLESS.finditer(text):
        chunks = [text[at : min(at + _CHUNK, word.end())] for at in range(word.start(), word.end(), _CHUNK)]
        parts[-1] += text[end : word.start()] + chunks[0]
        parts += chunks[1:]
        end = word.end()
    parts[-1] += text[end:]
    return parts
