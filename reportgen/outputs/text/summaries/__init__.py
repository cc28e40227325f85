"""The sentences of a summary: what is worth saying of some blocks, by rule, the most important first.

They say what the figures are and nothing of why. A rule is a function that yields what could be said;
the heaviest of all are said.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from reportgen.outputs.text.number_cards import reading_card
from reportgen.outputs.text.period_notes import of_window
from reportgen.outputs.text.summaries.highest_day import peaks
from reportgen.outputs.text.summaries.missing_figures import missing_days, unread
from reportgen.outputs.text.summaries.number_changes import gains, missed, pace, reached, setbacks, shifts
from reportgen.outputs.text.summaries.rankings import leaders, movers, totals
from reportgen.outputs.text.summaries.rule import SummaryFacts
from reportgen.periods import Window, window_notes

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from reportgen.model import Block, Reading, Report
    from reportgen.outputs.text.number_cards import NumberCard
    from reportgen.outputs.text.summaries.rule import PossibleSentence, Rule

RULES: dict[str, Rule] = {
    "missed": missed,
    "reached": reached,
    "pace": pace,
    "setbacks": setbacks,
    "gains": gains,
    "shifts": shifts,
    "unread": unread,
    "missing_days": missing_days,
    "totals": totals,
    "peaks": peaks,
    "movers": movers,
    "leaders": leaders,
}
"""Name -> rule; of two sayings of one weight that of the upper rule is said first."""

_MOST = 6
_AGAIN = 0.8  # of its weight has what a rule says for every time that it has spoken already: others are heard too


def sentences(block: Block, report: Report, card: Callable[[Reading], NumberCard] | None = None) -> tuple[str, ...]:
    """Return what there is to say of what a summary tells of, the most important first, in the report's language.

    At most six, none where nothing is worth saying, and never two of the same words in a row. In the
    report's first summary the last one says where the periods compared differ in length.

    Args:
        block: The summary.
        report: Its report.
        card: Returns the card of a reading; None makes each anew.
    """
    return tuple(text for _, text in fired(block, report, card))


def fired(
    block: Block, report: Report, card: Callable[[Reading], NumberCard] | None = None
) -> tuple[tuple[str, str], ...]:
    """Return each sentence of a summary with the name of the rule that said it; see `sentences`."""
    blocks = (one for one in report.blocks if one.kind in {"chart", "datatable"} and one.name in block.tells_of)
    told = SummaryFacts(report, block.readings, tuple(blocks), card or partial(reading_card, report=report))
    lengths = _lengths(block, report)
    said = list(_chosen(told, _MOST - len(lengths)))
    texts = [(name, words % saying.values) for name, saying, words in said]
    compared = any(saying.compared for _, saying, _ in said)
    return (*texts, *(("lengths", text) for text in lengths if compared))


def _chosen(told: SummaryFacts, most: int) -> Iterator[tuple[str, PossibleSentence, str]]:
    """Yield the heaviest sayings with their rules and words."""
    left = [(name, saying) for name, rule in RULES.items() for saying in rule(told)]
    spoken = dict.fromkeys(RULES, 0)
    facts: set[str] = set()
    before = ""
    for _ in range(most):
        fresh = [
            (name, saying, next(words for words in saying.words if words != before))
            for name, saying in left
            if saying.fact not in facts and set(saying.words) != {before}
        ]
        if not fresh:
            return
        name, saying, before = max(fresh, key=lambda one: one[1].weight * _AGAIN ** spoken[one[0]])
        yield name, saying, before
        left.remove((name, saying))
        spoken[name] += 1
        facts |= {saying.fact} - {""}


def _lengths(block: Block, report: Report) -> tuple[str, ...]:
    """Return that the two periods differ in length, for the first summary of a report where they do."""
    first = next((one.name for one in report.blocks if one.kind == block.kind), block.name)
    notes = window_notes(Window(report.period, report.baseline)) if first == block.name else ()
    return of_window(report, [note for note in notes if note == "lengths_differ"])
