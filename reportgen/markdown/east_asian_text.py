"""Scripts that are written without spaces: emphasis beside their letters, and lines that are broken between them.

CommonMark lets `**` begin or end bold words by the spaces and punctuation around it, which such a text does not have:
`**12%**増加` prints asterisks. Here a letter of these scripts counts as a space beside punctuation, which is what
https://github.com/tats-u/markdown-cjk-friendly proposes.
"""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

from markdown_it.common.utils import isMdAsciiPunct, isPunctChar, isWhiteSpace
from markdown_it.parser_inline import ParserInline
from markdown_it.rules_inline.state_inline import Scanned, StateInline

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.rules_core import StateCore
    from markdown_it.token import Token
    from markdown_it.utils import EnvType

_UNSPACED = re.compile("[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff]")  # Thai, Lao, Burmese, Khmer
_HANGUL = re.compile("[\u1100-\u11ff\u3130-\u318f\ua960-\ua97f\uac00-\ud7ff]")  # is written with spaces


class EastAsianInline(ParserInline):
    """The parser of a line, with the rules of emphasis above."""

    def parse(self, src: str, md: MarkdownIt, env: EnvType, tokens: list[Token]) -> list[Token]:
        """Return the tokens of a line, added to those before."""
        state = _State(src, md, env, tokens)
        self.tokenize(state)
        for rule in self.ruler2.getRules(""):
            rule(state)
        return state.tokens


class _State(StateInline):
    def scanDelims(self, start: int, canSplitWord: bool) -> Scanned:  # noqa: FBT001, N802, N803 - the library's names
        """Return whether the marks from a place on may begin and may end emphasis, and their number."""
        scanned = super().scanDelims(start, canSplitWord)
        end = start + scanned.length
        before = self.src[start - 1] if start else " "
        after = self.src[end] if end < self.posMax else " "
        if not canSplitWord or not (is_unspaced(before) or is_unspaced(after)):
            return scanned
        opens = not isWhiteSpace(ord(after)) and (not _is_narrow_punctuation(after) or _parts_words(before))
        closes = not isWhiteSpace(ord(before)) and (not _is_narrow_punctuation(before) or _parts_words(after))
        return Scanned(opens, closes, scanned.length)


def is_unspaced(letter: str) -> bool:
    """Return whether a character is of a script without spaces, or as wide as its letters; Hangul is too."""
    return not letter.isascii() and (unicodedata.east_asian_width(letter) in "WFH" or bool(_UNSPACED.match(letter)))


def _parts_words(letter: str) -> bool:
    return isWhiteSpace(ord(letter)) or _is_punctuation(letter) or is_unspaced(letter)


def _is_narrow_punctuation(letter: str) -> bool:
    return _is_punctuation(letter) and not is_unspaced(letter)


def _is_punctuation(letter: str) -> bool:
    return isMdAsciiPunct(ord(letter)) or isPunctChar(letter)


def join_wide_lines(state: StateCore) -> None:
    """Join lines that the author has broken between letters of a script without spaces: no space is printed there."""
    for token in state.tokens:
        children = token.children or []
        breaks = [at for at, child in enumerate(children) if child.type == "softbreak"]
        for at in breaks:
            before = "".join(child.content for child in children[max(0, at - 3) : at])[-1:]
            after = "".join(child.content for child in children[at + 1 : at + 4])[:1]
            if _joins(before) and _joins(after):
                children[at].type, children[at].content = "text", ""


def _joins(letter: str) -> bool:
    return bool(letter) and is_unspaced(letter) and not _HANGUL.match(letter)
