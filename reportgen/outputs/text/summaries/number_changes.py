"""Rules of summaries about numbers: their changes, and their goals."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reportgen.formatting import format_progress, judged_unit, telling_unit
from reportgen.outputs.text.bidi import isolated
from reportgen.outputs.text.catalogues import N_, words_of
from reportgen.outputs.text.number_cards import goal_text
from reportgen.outputs.text.summaries.rule import STABLE, PossibleSentence, moved_by, tells_value, unsigned

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reportgen.model import Goal, Judgement, Reading, Standing
    from reportgen.outputs.text.summaries.rule import SummaryFacts

_RISE = (N_("%(name)s rose by %(change)s, to %(value)s."), N_("%(name)s: %(value)s, up by %(change)s."))
_FALL = (N_("%(name)s fell by %(change)s, to %(value)s."), N_("%(name)s: %(value)s, down by %(change)s."))
_MOVES: dict[tuple[Judgement, bool], tuple[str, str]] = {
    ("good", True): _RISE,
    ("good", False): (
        N_("%(name)s fell by %(change)s, to %(value)s, an improvement."),
        N_("%(name)s: %(value)s, down by %(change)s, an improvement."),
    ),
    ("bad", True): (
        N_("%(name)s rose by %(change)s, to %(value)s, a change for the worse."),
        N_("%(name)s: %(value)s, up by %(change)s, a change for the worse."),
    ),
    ("bad", False): _FALL,
    ("neutral", True): _RISE,
    ("neutral", False): _FALL,
}
_DECIDED: dict[Standing, tuple[str, ...]] = {
    "reached": (
        N_("%(name)s reached the goal of %(goal)s, with %(value)s."),
        N_("%(name)s: %(value)s, goal of %(goal)s reached."),
        N_("%(name)s reached the goal of %(goal)s."),
    ),
    "within": (
        N_("%(name)s stayed within the limit of %(goal)s, at %(value)s."),
        N_("%(name)s: %(value)s, within the limit of %(goal)s."),
        N_("%(name)s stayed within the limit of %(goal)s."),
    ),
    "over": (
        N_("%(name)s went over the limit of %(goal)s, to %(value)s."),
        N_("%(name)s: %(value)s, over the limit of %(goal)s."),
        N_("%(name)s went over the limit of %(goal)s."),
    ),
    "missed": (
        N_("%(name)s came to %(share)s of the goal of %(goal)s."),
        N_("%(name)s: %(value)s, which is %(share)s of the goal of %(goal)s."),
    ),
}
"""Standing to a goal -> the messages for it."""

_MISSED = (
    N_("%(name)s missed the goal of %(goal)s, with %(value)s."),
    N_("%(name)s: %(value)s, goal of %(goal)s missed."),
    N_("%(name)s missed the goal of %(goal)s."),
)  # where there is no share of the goal

_PACE = N_("%(name)s: %(share)s of the goal of %(goal)s, %(expected)s expected by now.")
_LIMIT_PACE = N_("%(name)s: %(share)s of the limit of %(goal)s, %(expected)s expected by now.")


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
                "name": facts.number_name(reading),
                "change": facts.against(isolated(unsigned(card.move), facts.locale), reading.compared),
                "value": isolated(card.value, facts.locale),
            },
            fact=_value_fact(reading, facts),
            compared=reading.compared is None,
        )


def decided_goals(facts: SummaryFacts, *, standings: frozenset[Standing], weight: float) -> Iterator[PossibleSentence]:
    """Yield a sentence on each goal that was reached or kept, or on each that was not; none on a goal of nothing."""
    _ = words_of(facts.locale).gettext
    for reading, goal in _with_goals(facts):
        if goal.standing is None or goal.standing not in standings or (goal.target == 0 and goal.high is None):
            continue
        words = _MISSED if goal.standing == "missed" and goal.progress is None else _DECIDED[goal.standing]
        values = _goal_values(reading, goal, facts)
        unit = judged_unit(reading)
        ends = [facts.figure(number, telling_unit(number, unit)) for number in goal.numbers]
        if values["value"] in ends:  # "over the limit of R$1M, to R$1M" would contradict itself
            words = tuple(message for message in words if not tells_value(message))
        yield PossibleSentence(weight, tuple(map(_, words)), values, fact=_value_fact(reading, facts))


def pace(facts: SummaryFacts) -> Iterator[PossibleSentence]:
    """Yield a sentence on each number's progress to its goal while the period runs, with the progress expected."""
    for reading, goal in _with_goals(facts):
        bar = facts.card(reading).goal
        if goal.standing in {"behind", "on_course", "above_pace"} and bar and bar.due is not None:
            weight = 60 if goal.standing == "on_course" else 70
            words = _LIMIT_PACE if goal.kind == "at_most" else _PACE
            yield PossibleSentence(weight, (words_of(facts.locale).gettext(words),), _goal_values(reading, goal, facts))


def _with_goals(facts: SummaryFacts) -> Iterator[tuple[Reading, Goal]]:
    return ((reading, reading.goal) for reading in facts.readings if reading.goal and reading.value is not None)


def _value_fact(reading: Reading, facts: SummaryFacts) -> str:
    """Return the fact that a sentence on a number tells: its value and its change."""
    card = facts.card(reading)
    return f"{card.value} {card.move.text}" if card.move else f"{card.value} {reading.label}"


def _goal_values(reading: Reading, goal: Goal, facts: SummaryFacts) -> dict[str, str]:
    unit, (share, expected) = judged_unit(reading), format_progress(goal, facts.locale)
    return {
        "name": facts.number_name(reading),
        "value": facts.figure(reading.value, telling_unit(reading.value, unit)),
        "goal": goal_text(goal, unit, facts.locale),
        "share": share,
        "expected": expected,
    }
