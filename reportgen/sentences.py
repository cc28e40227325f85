"""The sentences of an author's text, and the text without those that lack a value.

A value of the text is a single character here, so that no full stop or bracket of a value counts. No language is asked
for: a place that may be the end of a sentence in one language and the middle of one in another is no end. Then more is
left out than need be, and never half a sentence.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

HELD, LACKING = 0xF0000, 0x100000
"""The first characters that stand for the values of a text that are there, and for those that are missing.

Both are of Unicode's private planes 15 and 16, which have no letters, no spaces and no punctuation.
"""

MARKDOWN_LINES = r"(?: {2,}|\\)\n"
"""The line breaks of Markdown that are printed as such."""

_LACKING = re.compile("[\U00100000-\U0010fffd]")
_WORD = re.compile(r"[^\W_]|[\U000f0000-\U0010fffd]")
_CLOSING = r"""["'\u201d\u2019\u00bb)\]\uff09\u300d\u300f\u3011*_~`]*"""
_OPENING = " \t\n\"'\u201c\u2018\u00ab([\uff08\u300c\u300e\u3010*_~`\u00bf\u00a1"
_STOPS = rf"[.!?\u2026]+{_CLOSING}(?=\s)"
_OTHER_STOPS = rf"[\u061f\u06d4\u0964\u0965]+{_CLOSING}(?=\s|$)"  # of Arabic, Urdu and Hindi
_WIDE_STOPS = rf"[\u3002\uff01\uff1f\uff61]+{_CLOSING}"  # of Chinese and Japanese, without a space behind them
_SEPARATOR = r"[\u00b7\u2022|]"  # with spaces around it
_END = rf"{_STOPS}|{_OTHER_STOPS}|{_WIDE_STOPS}|\n[ \t]*(?=\n)|\s(?={_SEPARATOR}\s)"
_GAP = re.compile(rf"(?:\s|\\\n)*(?:{_SEPARATOR}\s+)?")
_AROUND = " \t\n\u00b7\u2022|"
_IN_BRACKETS = re.compile(r"\s*(?<!\])(?:\([^()]*\)|\uff08[^\uff08\uff09]*\uff09)")
_BRACKETS = ("()", "[]", "\uff08\uff09", "\u300c\u300d", "\u300e\u300f", "\u3010\u3011")
_QUOTES = ('"', "\u201c\u201d\u201e", "\u00ab\u00bb")
_FULL_LINE = 40  # letters, from which on a line of a letter may have been broken for its length
_LINE_ENDS = ".!?:;,\u2026\u3002\uff01\uff1f\uff1a"
_NEXT_PART = re.compile(r"[ \t]*\n[ \t]*(?:\n|[-*\u2022\u00b7]|[0-9]+[.)])")  # an empty line, or an item of a list
_LAST_WORD = re.compile(r"[^\s(\[*_~`\"'\u201c\u201e\u00ab]*$")

# From the suppressions of CLDR's sentence breaks (common/segments) for the languages most reports are written in.
_ABBREVIATIONS = frozenset(
    re.findall(
        r"\S+",
        "abb abr abril abzgl ago al approx apr aprox aug av avg avr bijv bzw ca cf cia co corp dec dept depto "
        "dez dic dott dr dra déc ecc ed ej ene env est etc evtl ex excl exkl feb fev fig figs févr ggf ggü "
        "inc incl inkl jan janv jr juil jul jun ltd mai mar max min mio mlle mm mme mr mrd mrs ms máx mín no "
        "nos nov nr nº núm oct okt out pag pp prof pág págs resp sep sept set sig sr sra sras srs st str tel "
        "ungef usw vgl vol vs zzgl",
    )
)


_LONG = 3  # figures of no ordinal, and the most letters of an abbreviation in capitals
_VOWELS = re.compile("[aeiouyà-ÿœ\u0100-\U0010ffff]")  # and all letters of other alphabets


class KeptText(NamedTuple):
    """A text without the parts that lack a value, and these parts."""

    text: str
    left_out: tuple[str, ...] = ()


class _Sentence(NamedTuple):
    """A sentence, and the spaces or the separator behind it."""

    words: str
    gap: str


def lacks_value(text: str) -> bool:
    """Return whether a value of a text is missing."""
    return bool(_LACKING.search(text))


def has_words(text: str) -> bool:
    """Return whether a text has a letter, a figure or a value."""
    return bool(_WORD.search(text))


def kept_text(
    text: str, breaks: str = "", is_whole: Callable[[str, str], bool] = lambda _before, _behind: True
) -> KeptText:
    """Return a text without its sentences that lack a value; of a sentence that lacks it in brackets, without these.

    Args:
        text: With a character for each of its values; see `HELD`.
        breaks: A regular expression of the line breaks that end a sentence, beside empty lines.
        is_whole: Tells whether a text may be divided in two parts, by the parts.
    """
    kept: list[_Sentence] = []
    left_out: list[str] = []
    for sentence in _sentences(text, breaks, is_whole):
        if not lacks_value(sentence.words):
            kept.append(sentence)
            continue
        shorter, parts = _without_brackets(sentence.words)
        left_out += parts
        if shorter:
            kept.append(_Sentence(shorter, sentence.gap))
        elif kept and sentence.gap.count("\n") > kept[-1].gap.count("\n"):
            kept[-1] = _Sentence(kept[-1].words, sentence.gap)  # the end of its paragraph stays one
    if not left_out:
        return KeptText(text)
    text = "".join(words + gap for words, gap in kept).lstrip(_AROUND).rstrip(f"{_AROUND}\\")
    return KeptText(text if has_words(text) else "", tuple(left_out))


def kept_letter(text: str) -> KeptText:
    """Return the text of a letter without its sentences that lack a value; a broken line goes on in the next."""
    return kept_text(text, r"\n", _ends_line)


def _ends_line(before: str, behind: str) -> bool:
    """Return whether a letter may be divided: not behind a full line without a stop, but for an item of a list."""
    line = before.rpartition("\n")[2].rstrip()
    is_break = behind.lstrip(" \t").startswith("\n") and not _NEXT_PART.match(behind)
    return not is_break or len(line) < _FULL_LINE or line[-1:] in _LINE_ENDS


def _without_brackets(sentence: str) -> tuple[str, list[str]]:
    """Return a sentence without its brackets that lack a value, or an empty text, and the parts that are left out."""
    brackets = [found[0] for found in _IN_BRACKETS.finditer(sentence) if lacks_value(found[0])]
    shorter = _IN_BRACKETS.sub(lambda found: "" if lacks_value(found[0]) else found[0], sentence)
    if not brackets or lacks_value(shorter) or not has_words(shorter):
        return "", [sentence.strip()]
    return shorter, [bracket.strip() for bracket in brackets]


def _sentences(text: str, breaks: str, is_whole: Callable[[str, str], bool]) -> Iterator[_Sentence]:
    start = 0
    for end, behind in _ends(text, breaks):
        words = text[start:end]
        if end > start and _is_balanced(words) and is_whole(words, text[end:]):
            yield _Sentence(words, text[end:behind])
            start = behind
    yield _Sentence(text[start:], "")


def _ends(text: str, breaks: str) -> Iterator[tuple[int, int]]:
    """Yield the places where a sentence may end, and those where the sentences behind them begin."""
    for found in re.finditer(f"{_END}|{breaks}" if breaks else _END, text):
        is_stop = not found[0].isspace() and not found[0].startswith("\\")
        end = found.end() if is_stop else found.start()
        gap = _GAP.match(text, end)
        behind = gap.end() if gap else end
        is_paragraph = text.count("\n", end, behind) > 1
        is_open = (is_stop or found[0] == "\n") and text[behind:].lstrip(_OPENING)[:1].islower()
        if is_paragraph or not (is_open or (found[0][0] == "." and _is_short(text[: found.start()]))):
            yield end, behind


def _is_short(before: str) -> bool:
    """Return whether a full stop ends an abbreviation, an initial or an ordinal, by the text before it.

    A short word in capitals, such as `EE.`, is one, and a word without a vowel, such as `Std.`.
    """
    found = _LAST_WORD.search(before)
    written = found[0] if found else ""
    word = written.casefold()
    is_ordinal = word.isdecimal() and len(word) < _LONG  # a day or a place, and no year
    is_cut = word.isalpha() and (
        len(word) == 1 or not _VOWELS.search(word) or (len(word) <= _LONG and written.isupper())
    )
    return "." in word or is_ordinal or is_cut or word in _ABBREVIATIONS


def _is_balanced(sentence: str) -> bool:
    """Return whether each bracket and each quote of a sentence is closed in it."""
    brackets = all(sentence.count(pair[0]) == sentence.count(pair[1]) for pair in _BRACKETS)
    return brackets and all(sum(map(sentence.count, quotes)) % 2 == 0 for quotes in _QUOTES)
