"""Bare addresses in text, of the web and of mail, as links."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from markdown_it.token import Token

if TYPE_CHECKING:
    from collections.abc import Iterator

    from markdown_it.rules_core import StateCore

# Ends at spaces, quotes, brackets of other kinds than round, and the wide punctuation of Chinese and Japanese.
_END = "\\s<>\"'\u2018-\u201f\\[\\]{}|\u3000-\u3004\u3008-\u3020\u3030\uff01-\uff0f\uff1a-\uff20\uff3b-\uff65"
_WEB = rf"(?<![A-Za-z0-9])https?://(?=\w)[^{_END}]{{1,2000}}"
_MAIL = r"(?<![\w.+-])[A-Z0-9][A-Z0-9.+_-]{0,63}@(?:[A-Z0-9-]{1,63}\.){1,8}[A-Z]{2,24}(?![A-Z0-9@_-])"
_ADDRESS = re.compile(f"{_WEB}|{_MAIL}", re.IGNORECASE)
# A host in Latin letters ends where other letters follow it without a space: https://x.exampleを見る
_LATIN_HOST = re.compile(r"(https?://(?:[a-z0-9-]+\.)+[a-z]{2,24})(?=[^\x00-\x7f])", re.IGNORECASE)
_LAST = "?!.,:;*_~"


def link_bare_addresses(state: StateCore) -> None:
    """Make links of the addresses in all texts that are in no link."""
    for token in state.tokens:
        if token.children and ("://" in token.content or "@" in token.content):
            token.children = list(_linked(token.children, state))


def _linked(children: list[Token], state: StateCore) -> Iterator[Token]:
    links = 0
    for child in children:
        links += {"link_open": 1, "link_close": -1}.get(child.type, 0)
        if child.type == "text" and not links:
            yield from _parted(child, state)
        else:
            yield child


def _parted(text: Token, state: StateCore) -> Iterator[Token]:
    """Yield a text with links in place of its addresses."""
    content, end = text.content, 0
    for found in _ADDRESS.finditer(content):
        shown = _trimmed(found[0])
        address = state.md.normalizeLink(shown if "://" in shown else f"mailto:{shown}")
        yield _text(content[end : found.start()], text.level)
        yield Token("link_open", "a", 1, {"href": address}, level=text.level, markup="autolink")
        yield _text(shown, text.level + 1)
        yield Token("link_close", "a", -1, level=text.level, markup="autolink")
        end = found.start() + len(shown)
    yield _text(content[end:], text.level)


def _trimmed(address: str) -> str:
    """Return an address without the punctuation of its sentence."""
    if host := _LATIN_HOST.match(address):
        return host[1]
    while address[-1] in _LAST or (address[-1] == ")" and address.count("(") < address.count(")")):
        address = address[:-1]
    return address


def _text(content: str, level: int) -> Token:
    return Token("text", "", 0, content=content, level=level)
