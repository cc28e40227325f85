"""Rules about single numbers: how far they moved, and how they stand to their goals."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reportgen.formatting import format_value
from reportgen.model import Unit
from reportgen.outputs.text.bidi import isolated
from reportgen.outputs.text.catalogues import N_, words_of
from reportgen.outputs.text.summaries.rule import STABLE, STRONG, PossibleSentence, moved_by, name_of, unsigned

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
"""How a goal ended, and whether the value is at its target or above -> how that is said."""

_WHOLE_PERCENT = Unit("percent", decimals=0)
_PACE = N_("%(name)s: %(share)s of the goal of %(goal)s, %(expected)s expected by now.")


def gains(told: SummaryFacts) -> Iterator[PossibleSentence]:
    """Say which numbers got better."""
    return _moves(told, "good", weight=50, least=STABLE)


def setbacks(told: SummaryFacts) -> Iterator[PossibleSentence]:
    """Say which numbers got worse."""
    return _moves(told, "bad", weight=51, least=STABLE)


def shifts(told: SummaryFacts) -> Iterator[PossibleSentence]:
    """Say which numbers moved strongly that are neither good nor bad, such as what was spent."""
    return _moves(told, "neutral", weight=38, least=STRONG)


def _moves(told: SummaryFacts, judgement: Judgement, weight: float, least: float) -> Iterator[PossibleSentence]:
    _ = words_of(told.locale).gettext
    for reading in told.readings:
        card, change = told.card(reading), reading.change
        size = moved_by(change, reading.baseline, reading.unit)
        if (
            change is None
            or change.judgement != judgement
            or size < least
            or not card.move
            or card.move.tone == "level"
        ):
            continue
        yield PossibleSentence(
            weight + 40 * min(size, 1.0),
            tuple(_(words) for words in _MOVES[judgement, change.absolute > 0]),
            {
                "name": name_of(reading.label, told.locale),
                "change": isolated(unsigned(card.move), told.locale),
                "value": isolated(card.value, told.locale),
            },
            fact=f"{card.value} {card.move.text}",
            compared=True,
        )


def reached(told: SummaryFacts) -> Iterator[PossibleSentence]:
    """Say which goals were reached."""
    return _decided(told, "reached", weight=80)


def missed(told: SummaryFacts) -> Iterator[PossibleSentence]:
    """Say which goals were missed."""
    return _decided(told, "missed", weight=82)


def _decided(told: SummaryFacts, standing: Standing, weight: float) -> Iterator[PossibleSentence]:
    _ = words_of(told.locale).gettext
    for reading, goal in _with_goals(told):
        if goal.standing != standing or goal.progress is None:
            continue
        words = _DECIDED[standing, goal.progress >= 1]
        yield PossibleSentence(
            weight, tuple(map(_, words)), _goal_values(reading, goal, told), fact=f"goal of {reading.label}"
        )


def pace(told: SummaryFacts) -> Iterator[PossibleSentence]:
    """Say how far a number has come to its goal while the period runs, and how far it should be."""
    for reading, goal in _with_goals(told):
        bar = told.card(reading).goal
        if goal.standing in {"behind", "on_course"} and bar and bar.due is not None and goal.progress is not None:
            yield PossibleSentence(
                70 if goal.standing == "behind" else 60,
                (words_of(told.locale).gettext(_PACE),),
                _goal_values(reading, goal, told),
            )


def _with_goals(told: SummaryFacts) -> Iterator[tuple[Reading, Goal]]:
    return ((reading, reading.goal) for reading in told.readings if reading.goal and reading.value is not None)


def _goal_values(reading: Reading, goal: Goal, told: SummaryFacts) -> dict[str, str]:
    return {
        "name": name_of(reading.label, told.locale),
        "value": isolated(format_value(reading.value, reading.unit, told.locale), told.locale),
        "goal": isolated(format_value(goal.target, reading.unit, told.locale), told.locale),
        "share": format_value(goal.progress, _WHOLE_PERCENT, told.locale),
        "expected": format_value(goal.expected, _WHOLE_PERCENT, told.locale),
    }
