"""Rules of summaries about numbers: their changes, and their goals."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reportgen.formatting import format_progress, telling_unit
from reportgen.outputs.text.bidi import isolated
from reportgen.outputs.text.catalogues import N_, words_of
from reportgen.outputs.text.summaries.rule import STABLE, PossibleSentence, moved_by, unsigned

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reportgen.model import Goal, Judgement, Reading, Standing
    from reportgen.outputs.text.summaries.rule import SummaryFacts

_RISE = (N_("%(name)s rose by %(change)s, to %(value)s."), N_("%(name)s: %(value)s, up by %(change)s."))
_FALL = (N_("%(name)s fell by %(change)s, to %(value)s."), N_("%(name)s: %(value)s, down by %(change)s."))
_MOVES: dict[tuple[Judgement, bool], tuple[str, str]] = {
    ("good", True): _RISE,
    ("good", False): (
        N_("%(name)s fell by %(change)s, to %(value)s, which is good."),
        N_("%(name)s: %(value)s, down by %(change)s, which is good."),
    ),
    ("bad", True): (
        N_("%(name)s rose by %(change)s, to %(value)s, which is not good."),
        N_("%(name)s: %(value)s, up by %(change)s, which is not good."),
    ),
    ("bad", False): _FALL,
    ("neutral", True): _RISE,
    ("neutral", False): _FALL,
}
_DECIDED: dict[tuple[Standing, bool], tuple[str, str]] = {
    ("reached", True): (
        N_("%(name)s reached its goal of %(goal)s, with %(value)s."),
        N_("%(name)s: %(value)s, goal of %(goal)s reached."),
    ),
    ("reached", False): (
        N_("%(name)s stayed within its limit of %(goal)s, at %(value)s."),
        N_("%(name)s: %(value)s, within the limit of %(goal)s."),
    ),
    ("missed", True): (
        N_("%(name)s went over its limit of %(goal)s, to %(value)s."),
        N_("%(name)s: %(value)s, over the limit of %(goal)s."),
    ),
    ("missed", False): (
        N_("%(name)s came to %(share)s of its goal of %(goal)s."),
        N_("%(name)s: %(value)s, which is %(share)s of the goal of %(goal)s."),
    ),
}
"""Standing to a goal, and whether the value is at its target or above -> the messages for it."""

_PACE = N_("%(name)s: %(share)s of the goal of %(goal)s, %(expected)s expected by now.")


def changes(
    facts: SummaryFacts, *, judgement: Judgement, weight: float, least: float = STABLE
) -> Iterator[PossibleSentence]:
    """Yield a sentence on each number whose change has a judgement and is not smaller than `least`."""
    _ = words_of(facts.locale).gettext
    for reading in facts.readings:
        card, change = facts.card(reading), reading.change
        size = moved_by(change, reading.baseline, reading.unit)
        if change is None or change.judgement != judgement or size < least:
            continue
        if card.move is None or card.move.tone == "level":
            continue
        yield PossibleSentence(
            weight + 40 * min(size, 1.0),
            tuple(_(words) for words in _MOVES[judgement, change.absolute > 0]),
            {
                "name": facts.name(reading.label),
                "change": isolated(unsigned(card.move), facts.locale),
                "value": isolated(card.value, facts.locale),
            },
            fact=f"{card.value} {card.move.text}",
            compared=True,
        )


def decided_goals(facts: SummaryFacts, *, standing: Standing, weight: float) -> Iterator[PossibleSentence]:
    """Yield a sentence on each goal that was reached, or missed."""
    _ = words_of(facts.locale).gettext
    for reading, goal in _with_goals(facts):
        if goal.standing != standing or goal.progress is None:
            continue
        words = tuple(map(_, _DECIDED[standing, goal.progress >= 1]))
        yield PossibleSentence(weight, words, _goal_values(reading, goal, facts), fact=f"goal of {reading.label}")


def pace(facts: SummaryFacts) -> Iterator[PossibleSentence]:
    """Yield a sentence on each number's progress to its goal while the period runs, with the progress expected."""
    for reading, goal in _with_goals(facts):
        bar = facts.card(reading).goal
        if goal.standing in {"behind", "on_course"} and bar and bar.due is not None and goal.progress is not None:
            weight = 70 if goal.standing == "behind" else 60
            yield PossibleSentence(weight, (words_of(facts.locale).gettext(_PACE),), _goal_values(reading, goal, facts))


def _with_goals(facts: SummaryFacts) -> Iterator[tuple[Reading, Goal]]:
    return ((reading, reading.goal) for reading in facts.readings if reading.goal and reading.value is not None)


def _goal_values(reading: Reading, goal: Goal, facts: SummaryFacts) -> dict[str, str]:
    return {
        "name": facts.name(reading.label),
        "value": facts.figure(reading.value, telling_unit(reading.value, reading.unit)),
        "goal": facts.figure(goal.target, telling_unit(goal.target, reading.unit)),
        "share": format_progress(goal.progress or 0, facts.locale),
        "expected": format_progress(goal.expected, facts.locale),
    }
