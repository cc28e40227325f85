"""The words in braces that an author may use in text: variables, and live words, the texts of numbers.

Variables are a closed list, such as `{client.name}`. A live word is the name of a number of the spec, as in `{spend}`,
or a part of it, as in `{spend.change}`. Both are replaced without Jinja and without `str.format`, so text is never
evaluated. `{{` and `}}` are braces. A sentence with a word that lacks a value is left out.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from reportgen.components.did_you_mean import near_word, nearest
from reportgen.markdown.plain_text import escaped, is_at_line_start
from reportgen.periods import COMPARE_WORDS
from reportgen.sentences import HELD, LACKING, KeptText, kept_text

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

VARIABLES = (
    "client.name",
    "client.slug",
    "period.label",
    "period.id",
    "period.start",
    "period.end",
    "baseline.label",
    "spec.name",
    "agency.name",
    "as_of",
)
LIVE_PARTS = ("baseline", "change", "moved", "goal")
"""The parts of a number that a live word may name, beside its value."""

_BRACE = re.compile(r"[{}]")
_PLACEHOLDER = re.compile(r"\{\{|\}\}|\{([^{}\n]*)\}?")
COMPARISONS = tuple(word for word in COMPARE_WORDS if word != "none")
"""The words of a comparison that a live word may name, where a report has several."""

_COMPARED = ("baseline", "change", "moved")
_LIVE = re.compile(r"([a-z][a-z0-9_]*)(?:\.([a-z_]+)(?:\.([a-z_]+))?)?")
_ALIKE = 0.75  # the likeness of a misspelt variable, which is no part of a number
_GROUPS = frozenset(name.partition(".")[0] for name in VARIABLES)


@dataclass(frozen=True, slots=True)
class LiveWord:
    """A live word, such as `spend.change.same_period_last_year`.

    Attributes:
        name: The name of a number.
        part: The part of it that is meant; empty for its value.
        against: The comparison of a compared part; empty for the main comparison.
    """

    name: str
    part: str = ""
    against: str = ""

    @property
    def text(self) -> str:
        """The word between its braces."""
        return ".".join(filter(None, (self.name, self.part, self.against)))


def check_variables(text: str, known: tuple[str, ...] = VARIABLES) -> str:
    """Return a text unchanged, if every variable in it is known.

    Raises:
        ValueError: A variable is unknown or a brace is open; the message names the nearest.
    """
    for word in _words(text):
        if word not in known:
            raise ValueError(unknown_variable(word, known))
    return text


def check_words(text: str, known: tuple[str, ...] = VARIABLES) -> str:
    """Return a text unchanged, if every word in braces is a known variable or has the form of a live word.

    Raises:
        ValueError: A word is neither, or a brace is open; the message names the nearest.
    """
    for word in _words(text):
        live = _LIVE.fullmatch(word)
        if word in known or _live_word(word):
            continue
        small = "_".join(word.casefold().split())
        if small != word and (small in known or _live_word(small)):
            advice = f"write {{{small}}}, or {{{{ for a plain brace"
            raise ValueError(f"{{{word}}}: names have small letters, digits and underscores alone; {advice}")
        if live and live[1] not in _GROUPS and not near_word(word, known, _ALIKE):
            raise ValueError(f"{{{word}}}: {_wrong_part(live)}")
        raise ValueError(unknown_variable(word, known))
    return text


def live_words(text: str, known: tuple[str, ...] = VARIABLES) -> Iterator[LiveWord]:
    """Yield the live words in a checked text: all words in braces that are no variables."""
    for word in _words(text):
        if word not in known and (live := _live_word(word)):
            yield live


def _live_word(word: str) -> LiveWord | None:
    found = _LIVE.fullmatch(word)
    if not found or found[2] not in {None, *LIVE_PARTS}:
        return None
    is_compared = found[2] in _COMPARED and found[3] in COMPARISONS
    return LiveWord(found[1], found[2] or "", found[3] or "") if is_compared or not found[3] else None


def _wrong_part(live: re.Match[str]) -> str:
    """Return the fault of a word that has the form of a live word, and the nearest part or comparison."""
    if live[2] not in LIVE_PARTS:
        return f"{live[2]!r} is no part of a number; {nearest(live[2], list(LIVE_PARTS))}"
    if live[2] not in _COMPARED:
        return f"a {live[2]} is not compared; leave out {live[3]!r}"
    return f"{live[3]!r} is no comparison; {nearest(live[3], list(COMPARISONS))}"


def unknown_variable(word: str, known: tuple[str, ...]) -> str:
    """Return the message about a word in braces that is no variable."""
    near = near_word(word, known, 0.5)
    advice = f"did you mean {{{near}}}?" if near else "write {{ for a plain brace."
    return f"{{{word}}} is no variable; {advice} Known are {', '.join(known)}"


def _words(text: str) -> Iterator[str]:
    """Yield the words in braces.

    Raises:
        ValueError: A brace is open.
    """
    for match in _PLACEHOLDER.finditer(text):
        if match[0] in {"{{", "}}"}:
            continue
        if not match[0].endswith("}"):
            raise ValueError(f"the brace before {match[1][:20]!r} is not closed; write {{{{ for a plain brace")
        yield match[1]


def kept_passage(text: str) -> KeptText:
    """Return a passage of Markdown without its sentences that lack a value; see `kept_markdown`."""
    from reportgen.markdown.missing_values import kept_markdown  # only passages that lack a value need a parser

    return kept_markdown(text)


def fill_variables(text: str, values: Mapping[str, str]) -> str:
    """Return a checked path, address or markup with the values of its variables, also where one is empty."""
    return Filling(values).path(text)


@dataclass(frozen=True, slots=True)
class Filling:
    """The filling of texts: a word in braces becomes its value, and stays as it is where it has no value yet.

    Attributes:
        values: The value of each variable and of each live word; empty for a value that is missing.
    """

    values: Mapping[str, str]

    def __call__(self, text: str, keep: Callable[[str], KeptText] = kept_text) -> str:
        """Return a text with the values of its words, without its sentences that lack a value; see `kept`."""
        return self.path(self.kept(text, keep).text) if _BRACE.search(text) else str(text)

    def markdown(self, text: str) -> str:
        """Return a passage of Markdown with the values of its words, in which no sign of a value is Markdown.

        Sentences that lack a value are left out; see `kept_markdown`.
        """
        return _PLACEHOLDER.sub(self._escaped, self.kept(text, kept_passage).text)

    def path(self, text: str) -> str:
        """Return a path, whose words have no sentences, with the values of its words."""
        return _PLACEHOLDER.sub(self._value, text)

    def names(self, renames: Mapping[str, str]) -> dict[str, str]:
        """Return new names by the old names, with the values of their words; the old name where a value is missing."""
        return {old: self(new) or old for old, new in renames.items()}

    def lacking(self, text: str) -> tuple[str, ...]:
        """Return the words of a text whose value is missing, each once."""
        return tuple(dict.fromkeys(word for word in _words(text) if self.values.get(word) == ""))

    def kept(self, text: str, keep: Callable[[str], KeptText] = kept_text) -> KeptText:
        """Return a text as it is written, without its sentences that lack a value.

        Args:
            text: As it is written.
            keep: Returns such a text without these sentences, with a sign for each of its words: see `kept_text`.
        """
        if not self.lacking(text):
            return KeptText(text)
        words: dict[int, str] = {}

        def sign(match: re.Match[str]) -> str:
            if match[0] in {"{{", "}}"}:
                return match[0]
            number = len(words) + (LACKING if self.values.get(match[1]) == "" else HELD)
            words[number] = match[0]
            return chr(number)

        found = keep(_PLACEHOLDER.sub(sign, text))
        return KeptText(found.text.translate(words), tuple(part.translate(words) for part in found.left_out))

    def _value(self, match: re.Match[str]) -> str:
        return match[0][0] if match[0] in {"{{", "}}"} else self.values.get(match[1], match[0])

    def _escaped(self, match: re.Match[str]) -> str:
        value = self._value(match)
        return value if value == match[0][0] else escaped(value, at_start=is_at_line_start(match.string, match.start()))

    def and_of(self, values: Mapping[str, str]) -> Filling:
        """Return this filling with further values."""
        return Filling({**self.values, **values})
