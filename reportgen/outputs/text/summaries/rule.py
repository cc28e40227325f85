"""What a rule of summaries is given and what it makes of it, and what counts as noise."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from typing import TYPE_CHECKING, TypeAlias

from reportgen.formatting import babel_locale

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from reportgen.model import Block, Change, Reading, Report, Unit, Value
    from reportgen.outputs.text.number_cards import Move, NumberCard

STABLE = 0.05
"""Share of its baseline up to which a value has not moved, as analysts of the trade have it."""
STRONG = 0.2
"""Share of its baseline from which a move is worth saying that is neither good nor bad."""
TINY = 50
"""Counts below it move by large shares from one day to the next, and say nothing."""

_COUNTED = frozenset({"count", None})
_LONGEST = 60  # letters of a name in a sentence
_ELLIPSIS = "\N{HORIZONTAL ELLIPSIS}"
_ISOLATE, _ISOLATED = "\N{FIRST STRONG ISOLATE}", "\N{POP DIRECTIONAL ISOLATE}"


@dataclass(frozen=True, slots=True)
class SummaryFacts:
    """What a summary tells of.

    Attributes:
        report: Whose locale and periods it is told in.
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
    def sound(self) -> tuple[Block, ...]:
        """The charts and the tables that came whole and cover the report's own period."""
        return tuple(block for block in self.blocks if block.state == "ok" and not block.remarks)


@dataclass(frozen=True, slots=True)
class PossibleSentence:
    """Something that could be said.

    Attributes:
        weight: How much it matters, about 0 to 100; the heaviest is said first.
        words: Sentences of the same sense in the report's language, with places for the values; the second
            is taken where the first would be said twice in a row.
        values: Place -> what stands there; figures of the report, as the formatter prints them everywhere.
        fact: What it tells of, a value and its change; of several sayings about one fact only the heaviest is said.
        compared: Whether it tells of the compared period.
    """

    weight: float
    words: tuple[str, ...]
    values: Mapping[str, str] = field(hash=False)
    fact: str = ""
    compared: bool = False


Rule: TypeAlias = "Callable[[SummaryFacts], Iterator[PossibleSentence]]"


def moved_by(change: Change | None, baseline: Value, unit: Unit) -> float:
    """Return how far a value moved as a share of its baseline, for rates too; 0 where it is noise.

    Noise is a move within the author's neutral band or of less than 5 %, and any from a tiny count.
    """
    if change is None or change.noise or not isinstance(baseline, int | float) or is_tiny(baseline, unit):
        return 0.0
    if baseline == 0:
        return 0.0
    share = float(abs(Decimal(repr(change.absolute)) / Decimal(repr(baseline))))
    return share if share >= STABLE else 0.0


def is_tiny(value: float, unit: Unit) -> bool:
    """Tell whether a value is a count that is too small to say anything."""
    return unit.name in _COUNTED and abs(value) < TINY


def name_of(text: str, locale: str) -> str:
    """Return a name for a sentence: not longer than a line, and isolated where the sentence runs to the left."""
    short = text if len(text) <= _LONGEST else text[: _LONGEST - 1].rstrip() + _ELLIPSIS
    return short if babel_locale(locale).text_direction == "ltr" else f"{_ISOLATE}{short}{_ISOLATED}"


def unsigned(move: Move) -> str:
    """Return how far something moved without its sign, which the words of a sentence say."""
    return move.text.lstrip("+-\N{MINUS SIGN}\u200e\u200f\u061c")
