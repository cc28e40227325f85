"""The texts of a number for the author's live words: its value, change, compared value and goal, as on its card."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from reportgen.characters import unbroken
from reportgen.outputs.text.bidi import isolated
from reportgen.outputs.text.block_states import missing_label, missing_words
from reportgen.outputs.text.catalogues import words_of
from reportgen.outputs.text.number_cards import goal_text, reading_card, reason_of
from reportgen.outputs.text.summaries.rule import unsigned

if TYPE_CHECKING:
    from reportgen.model import Block, Reading, Report
    from reportgen.outputs.text.number_cards import NumberCard


class PartText(NamedTuple):
    """The text of a part of a number, and whether it is the words for a missing part."""

    text: str
    is_missing: bool = False


def part_text(report: Report, name: str, part: str) -> PartText:
    """Return the text of a part of a number.

    Args:
        report: With its hidden blocks.
        name: Of the number's block; it may be of a source that the client lacks.
        part: `baseline`, `change`, `moved` for the change without its sign, `goal`, or empty for the value.
    """
    block = next((block for block in (*report.blocks, *report.hidden) if block.name == name), None)
    if block is None or not block.readings:
        return PartText(missing_label("not_requested", report.locale), is_missing=True)
    reading = block.readings[0]
    card = reading_card(reading, report, reason_of(block))
    if text := _printed(part, reading, card, report.locale):
        return PartText(isolated(unbroken(text), report.locale))
    return PartText(_words(part, block, card, report.locale), is_missing=True)


def _printed(part: str, reading: Reading, card: NumberCard, locale: str) -> str:
    """Return a part as its card prints it; empty where it is missing."""
    match part:
        case "baseline":
            return card.previous
        case "change":
            return card.move.text if card.move else ""
        case "moved":
            return unsigned(card.move) if card.move else ""
        case "goal":
            return goal_text(reading.goal, reading.unit, locale) if reading.goal else ""
    return card.value


def _words(part: str, block: Block, card: NumberCard, locale: str) -> str:
    """Return the words in place of a missing part."""
    if part == "goal":
        return words_of(locale).gettext("No goal")
    if part == "baseline" or (part and not card.missing):
        lacking = block.readings[0].baseline_missing or "not_comparable"
        return missing_label(lacking, locale)
    return words_of(locale).gettext(missing_words(block.remarks, card.missing or "no_data")[0])
