"""The texts of a number for the author's live words: its value, change, compared value and goal, as on its card."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING, NamedTuple

from reportgen.characters import unbroken
from reportgen.errors import PeriodError
from reportgen.formatting import judged_unit
from reportgen.outputs.text.bidi import isolated
from reportgen.outputs.text.block_states import STATE_WORDS, missing_words
from reportgen.outputs.text.number_cards import CardComparison, goal_text, reading_card, reason_of
from reportgen.outputs.text.summaries.rule import unsigned
from reportgen.periods import resolve_baseline

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reportgen.model import Missing, Reading, Report
    from reportgen.outputs.text.number_cards import NumberCard


class PartText(NamedTuple):
    """The text of a part of a number, empty for a missing part, and in English why it is missing, for staff."""

    text: str
    reason: str = ""


def part_text(report: Report, name: str, part: str, against: str) -> PartText:
    """Return the text of a part of a number.

    Args:
        report: With its hidden blocks.
        name: Of the number's block; it may be of a source that the client lacks.
        part: `baseline`, `change`, `moved` for the change without its sign, `goal`, or empty for the value.
        against: The word of the comparison that is meant; empty for the main comparison.
    """
    block = next((block for block in (*report.blocks, *report.hidden) if block.name == name), None)
    if block is None or not block.readings:
        return _missing("not_requested")
    reading = block.readings[0]
    card = reading_card(reading, report, reason_of(block))
    comparison = _comparison(card, reading, report, against)
    if text := _printed(part, card, comparison, reading, report.locale):
        return PartText(isolated(unbroken(text), report.locale))
    if part == "goal":
        return PartText("", "no goal")
    if part in {"", "change", "moved"} and card.missing:
        return PartText("", missing_words(block.remarks, card.missing)[0].lower())
    return _missing((comparison.missing or "not_comparable") if comparison else "not_requested")


def _missing(why: Missing) -> PartText:
    return PartText("", STATE_WORDS[why][0].lower())


def _printed(part: str, card: NumberCard, comparison: CardComparison | None, reading: Reading, locale: str) -> str:
    """Return a part as its card prints it; empty where it is missing."""
    move = comparison.move if comparison else None
    match part:
        case "baseline":
            return comparison.previous if comparison else ""
        case "change":
            return move.text if move else ""
        case "moved":
            return unsigned(move) if move else ""
        case "goal":
            return goal_text(reading.goal, judged_unit(reading), locale) if reading.goal else ""
    return card.value


def _comparison(card: NumberCard, reading: Reading, report: Report, word: str) -> CardComparison | None:
    """Return the comparison of a card that a word means, or the main comparison without a word; None without any."""
    days = set(_days_of(word, reading, report)) if word else set()
    return next((each for each in card.comparisons if not word or each.period.dates in days), None)


def _days_of(word: str, reading: Reading, report: Report) -> Iterator[str]:
    """Yield the days that a comparison word means for a number, by their dates and by their weekdays."""
    for align in (None, "weekday"):
        with suppress(PeriodError):
            period = resolve_baseline(word, reading.days or report.period, report.as_of, align=align)
            yield from (period.dates,) if period else ()
