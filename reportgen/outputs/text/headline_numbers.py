"""Headline numbers: those of a report that stand in a letter, as its number cards print them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from reportgen.outputs.text.number_cards import note, reading_card

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reportgen.model import Block, Report
    from reportgen.outputs.text.number_cards import NumberCard


@dataclass(frozen=True, slots=True)
class HeadlineNumber:
    """A number of a report as its card prints it.

    Attributes:
        name: Of the block.
        label: Its title.
        value: Text.
        change: With its arrow, and a word where the arrow alone would mislead; empty where nothing is compared.
        tone: `good`, `bad`, `neutral` or `level`; empty without a change.
        note: The compared value in words, or empty.
    """

    name: str
    label: str
    value: str
    change: str = ""
    tone: str = ""
    note: str = ""


def headline_numbers(report: Report) -> Iterator[HeadlineNumber]:
    """Yield the numbers of a report's shown number blocks that have a value, in the order of the report."""
    for block in report.blocks:
        if block.kind != "number":
            continue
        for reading in block.readings:
            card = reading_card(reading, report)
            if card.value:
                yield _headline(block, card, report)


def _headline(block: Block, card: NumberCard, report: Report) -> HeadlineNumber:
    """Return a number with its main comparison."""
    if not card.comparisons:
        return HeadlineNumber(block.name, block.label, card.value)
    main = card.comparisons[0]
    parts = (main.move.arrow, main.move.text, main.word) if main.move else ()
    change, tone = " ".join(filter(None, parts)), main.move.tone if main.move else ""
    return HeadlineNumber(block.name, block.label, card.value, change, tone, note(main, report, brief=False))
