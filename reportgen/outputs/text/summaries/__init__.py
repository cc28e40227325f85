"""The sentences of a summary of blocks, made by rules, the most important first.

They describe the figures and give no reasons. A rule is a function that yields possible sentences;
the heaviest of all rules are taken.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from reportgen.outputs.text.catalogues import filled, words_of
from reportgen.outputs.text.number_cards import reading_card
from reportgen.outputs.text.period_notes import compared_period
from reportgen.outputs.text.summaries.highest_day import peaks
from reportgen.outputs.text.summaries.missing_figures import missing_days, unread
from reportgen.outputs.text.summaries.number_changes import changes, decided_goals, pace
from reportgen.outputs.text.summaries.rankings import leaders, movers, totals
from reportgen.outputs.text.summaries.rule import STRONG, SummaryFacts, tells_value

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from reportgen.model import Block, Reading, Report
    from reportgen.outputs.text.number_cards import NumberCard
    from reportgen.outputs.text.summaries.rule import PossibleSentence, Rule

RULES: dict[str, Rule] = {
    "missed": partial(decided_goals, standings=frozenset({"missed", "over"}), weight=82),
    "reached": partial(decided_goals, standings=frozenset({"reached", "within"}), weight=80),
    "pace": pace,
    "setbacks": partial(changes, judgement="bad", weight=51),
    "gains": partial(changes, judgement="good", weight=50),
    "shifts": partial(changes, judgement="neutral", weight=38, least=STRONG),
    "unread": unread,
    "missing_days": missing_days,
    "totals": totals,
    "peaks": peaks,
    "movers": movers,
    "leaders": leaders,
}
"""Name -> rule; of two sentences of the same weight that of the upper rule comes first."""

_MOST = 6
_AGAIN = 0.8  # of its weight, for each sentence already taken from the same rule, so that others have their turn


def sentences(block: Block, report: Report, card: Callable[[Reading], NumberCard] | None = None) -> tuple[str, ...]:
    """Return the sentences of a summary in the report's language, the most important first.

    At most six, none where nothing is worth a sentence, and never two of the same words in a row. That periods differ
    in length is no finding: the cover and the last page say it.

    Args:
        block: The summary.
        report: Its report.
        card: Returns the card of a reading; None makes each anew.
    """
    return tuple(text for _, text in sentences_by_rule(block, report, card))


def sentences_by_rule(
    block: Block, report: Report, card: Callable[[Reading], NumberCard] | None = None
) -> tuple[tuple[str, str], ...]:
    """Return the sentences of a summary, each behind the name of its rule; see `sentences`."""
    named = [each for each in report.blocks if each.kind in {"chart", "datatable"} and each.name in block.tells_of]
    facts = SummaryFacts(report, block.readings, tuple(named), card or partial(reading_card, report=report))
    notes = tuple(_against(report))
    chosen = list(_chosen(facts, _MOST - len(notes)))
    texts = [(rule, filled(words, sentence.values)) for rule, sentence, words in chosen]
    compared = any(sentence.compared for _, sentence, _ in chosen)
    return (*texts, *(notes if compared else ()))


def _chosen(facts: SummaryFacts, most: int) -> Iterator[tuple[str, PossibleSentence, str]]:
    """Yield the heaviest sentences with their rules and words."""
    left = [(name, sentence) for name, rule in RULES.items() for sentence in rule(facts)]
    taken = dict.fromkeys(RULES, 0)
    known: set[str] = set()
    before = ""
    for _ in range(most):
        fresh = [
            (sentence.weight * _AGAIN ** taken[name], name, sentence, words)
            for name, sentence in left
            for words in [_words(sentence, before, known)]
            if words
        ]
        if not fresh:
            return
        _weight, name, sentence, before = max(fresh, key=lambda weighed: weighed[0])
        yield name, sentence, before
        left.remove((name, sentence))
        taken[name] += 1
        known |= {sentence.fact} if sentence.fact and tells_value(before) else set()


def _words(sentence: PossibleSentence, before: str, known: set[str]) -> str:
    """Return the first words of a sentence that do not stand before and tell no known fact again; else empty."""
    return next(
        (words for words in sentence.words if words != before and not (sentence.fact in known and tells_value(words))),
        "",
    )


def _against(report: Report) -> Iterator[tuple[str, str]]:
    """Yield the note that names the compared period, in a report with several; its rule is `against`."""
    if len(report.baselines) > 1:
        words = words_of(report.locale).gettext("Changes are against %(period)s.")
        yield "against", words % {"period": compared_period(report)}
