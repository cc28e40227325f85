"""The rules of summaries: their facts, their sentences, and the limits of noise."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from typing import TYPE_CHECKING, TypeAlias

from reportgen.formatting import babel_locale, format_period, format_value
from reportgen.outputs.text.bidi import isolated, isolated_text
from reportgen.outputs.text.catalogues import words_of
from reportgen.outputs.text.period_notes import dated_part

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from reportgen.model import Block, Change, Reading, Report, Unit, Value
    from reportgen.outputs.text.number_cards import Move, NumberCard
    from reportgen.periods import Period

STABLE = 0.05
"""Share of its baseline up to which a change is noise, as analysts of the trade have it."""
STRONG = 0.2
"""Share of its baseline from which a change is worth a sentence that is neither good nor bad."""
TINY = 50
"""Counts below it change by large shares from day to day, and are noise."""

_COUNTED = frozenset({"count", None})
_LONGEST = 60  # letters of a name in a sentence
_BEFORE_DAYS = " \N{MIDDLE DOT}"
_ELLIPSIS = "\N{HORIZONTAL ELLIPSIS}"


@dataclass(frozen=True, slots=True)
class SummaryFacts:
    """The facts of a summary.

    Attributes:
        report: Gives the locale and the periods.
        readings: The numbers, each with its name.
        blocks: The charts and the tables.
        card: Returns the card of a reading.
    """

    report: Report
    readings: tuple[Reading, ...]
    blocks: tuple[Block, ...]
    card: Callable[[Reading], NumberCard] = field(repr=False)

    @property
    def locale(self) -> str:
        """The report's locale."""
        return self.report.locale

    @property
    def complete_blocks(self) -> tuple[Block, ...]:
        """The charts and the tables that are complete and cover the report's own period."""
        sound = (block for block in self.blocks if block.state == "ok" and not block.remarks)
        return tuple(block for block in sound if not ((part := dated_part(block)) and part.days))

    def name(self, text: str) -> str:
        """Return a name for a sentence; see `name_of`."""
        return name_of(text, self.locale)

    def number_name(self, reading: Reading) -> str:
        """Return the name of a number for a sentence; days of its own, which end its title, stand in brackets."""
        if reading.days is None:
            return self.name(reading.label)
        days = format_period(reading.days, self.locale)
        label = reading.label.removesuffix(isolated(days, self.locale)).rstrip(_BEFORE_DAYS)
        return f"{self.name(label)} ({days})"

    def against(self, text: str, compared: Period | None) -> str:
        """Return a change or a compared value, with the name of the compared days where a block has its own."""
        if compared is None:
            return text
        words = words_of(self.locale).gettext("compared with %(period)s")
        return f"{text} ({words % {'period': format_period(compared, self.locale)}})"

    def figure(self, value: Value, unit: Unit) -> str:
        """Return a value for a sentence."""
        return isolated(format_value(value, unit, self.locale), self.locale)


@dataclass(frozen=True, slots=True)
class PossibleSentence:
    """A sentence that a summary may have.

    Attributes:
        weight: How much it matters, about 0 to 100; the heaviest comes first.
        words: Messages of the same sense in the report's language, with places for the values; the second
            is taken where the first would stand twice in a row.
        values: Name of a place -> its text; figures of the report, as the formatter prints them everywhere.
        fact: Its fact, a value and its change; of several sentences only the heaviest tells it, the others in words
            without the value or not at all.
        compared: Whether it tells a change against the compared period of the report, not of a block's own.
    """

    weight: float
    words: tuple[str, ...]
    values: Mapping[str, str] = field(hash=False)
    fact: str = ""
    compared: bool = False


_FIGURES = ("%(value)s", "%(figure)s")


def tells_value(words: str) -> bool:
    """Return whether the words of a sentence tell its value."""
    return any(place in words for place in _FIGURES)


Rule: TypeAlias = "Callable[[SummaryFacts], Iterator[PossibleSentence]]"


def moved_by(change: Change | None, baseline: Value, unit: Unit) -> float:
    """Return a change as a share of its baseline, for rates too; 0 where it is noise.

    Noise is a change within the author's neutral band or of less than 5 %, and any from a tiny count.
    """
    if change is None or change.noise or not baseline or isinstance(baseline, str) or is_tiny(baseline, unit):
        return 0.0
    share = float(abs(Decimal(repr(change.absolute)) / Decimal(repr(baseline))))
    return share if share >= STABLE else 0.0


def is_tiny(value: float, unit: Unit) -> bool:
    """Return whether a value is a count too small for a sentence."""
    return unit.name in _COUNTED and abs(value) < TINY


def name_of(text: str, locale: str) -> str:
    """Return a name for a sentence: not longer than a line, and isolated where the sentence runs to the left."""
    short = text if len(text) <= _LONGEST else text[: _LONGEST - 1].rstrip() + _ELLIPSIS
    return short if babel_locale(locale).text_direction == "ltr" else isolated_text(short)


def unsigned(move: Move) -> str:
    """Return the text of a change without its sign, which the words of a sentence give."""
    return move.text.lstrip("+-\N{MINUS SIGN}\u200e\u200f\u061c")
