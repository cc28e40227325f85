"""Number cards: the texts of a number's value, change, compared value and goal."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from reportgen.formatting import (
    SECONDS_IN,
    format_change,
    format_period,
    format_progress,
    format_value,
    judged_unit,
    telling_unit,
)
from reportgen.outputs.text.bidi import isolated
from reportgen.outputs.text.block_states import missing_of
from reportgen.outputs.text.catalogues import N_, words_of
from reportgen.outputs.text.period_notes import comparisons_of, form_of_days

if TYPE_CHECKING:
    from reportgen.model import Block, Change, ComparedValue, Goal, Missing, Reading, Report, Standing, Unit, Value
    from reportgen.outputs.text.period_notes import DaysForm
    from reportgen.periods import Period

Arrow = Literal["▲", "▼", "→"]
ChangeTone = Literal["good", "bad", "neutral", "level"]

BETTER_WORDS = {"good": N_("better"), "bad": N_("worse"), "level": N_("level")}
"""Tone of a change -> the word beside its arrow, where the arrow alone would mislead."""

STANDING_WORDS: dict[Standing, str] = {
    "reached": N_("reached"),
    "missed": N_("missed"),
    "within": N_("within the limit"),
    "over": N_("over the limit"),
    "on_course": N_("on course"),
    "behind": N_("behind"),
    "above_pace": N_("above the pace"),
}
"""Standing of a value to its goal -> the words for it."""

STANDING_TONES: dict[Standing, ChangeTone] = {"reached": "good", "within": "good", "missed": "bad", "over": "bad"}
"""Standing of a value to its goal -> its colour; the others are neutral."""

_UNIT = re.compile(r"([^\W\d_][^\s\d]*)")  # with the vowel signs and the full stop of a short form


@dataclass(frozen=True, slots=True)
class Move:
    """The change of a value as it is printed.

    Attributes:
        arrow: The direction; level only where the text says zero.
        text: The amount or the percentage, with its sign.
        tone: Its colour.
    """

    arrow: Arrow
    text: str
    tone: ChangeTone


@dataclass(frozen=True, slots=True)
class GoalBar:
    """A goal as it is printed.

    Attributes:
        filled: Share of the bar that is filled, in percent, at most 100; None where there is no percentage and no bar.
        due: The share of the bar that is due by now, in percent; None where all of it is due.
        progress: Such as "82% of the goal of 500".
        tone: The colour of the verdict.
        standing_text: The verdict in words; empty where there is none.
        pacing: The share expected by now, in words; empty where the period is over.
    """

    filled: float | None
    due: float | None
    progress: str
    tone: ChangeTone
    standing_text: str
    pacing: str

    @property
    def verdict(self) -> str:
        """The verdict and the pacing on one line; empty where there is neither."""
        return " · ".join(filter(None, (self.standing_text, self.pacing)))


@dataclass(frozen=True, slots=True)
class CardComparison:
    """A comparison of a number as it is printed.

    Attributes:
        period: The days compared with.
        move: The change of the value; None where there is none.
        word: The word beside the change, in the reader's language, or empty.
        previous: The compared value; empty where there is none.
        missing: Why the compared value is missing, where it was asked for beside a value.
    """

    period: Period
    move: Move | None = None
    word: str = ""
    previous: str = ""
    missing: Missing | None = None

    @property
    def is_blank(self) -> bool:
        """Whether neither a change nor a value nor a reason is printed."""
        return not (self.move or self.previous or self.missing)


@dataclass(frozen=True, slots=True)
class NumberCard:
    """A number as it is printed.

    Attributes:
        value: Text; empty where the value is missing.
        pieces: The same in pieces, the figures and the smaller words of a duration by turns.
        missing: Why the value is missing; None where it is there.
        comparisons: Its comparisons, the main comparison first; none where nothing is compared.
        goal: Its goal; None where it has none.
    """

    value: str = ""
    pieces: tuple[str, ...] = ()
    missing: Missing | None = None
    comparisons: tuple[CardComparison, ...] = ()
    goal: GoalBar | None = None

    @property
    def move(self) -> Move | None:
        """Its change in the main comparison; None where there is none."""
        return self.comparisons[0].move if self.comparisons else None

    @property
    def previous(self) -> str:
        """The compared value of the main comparison; empty where there is none."""
        return self.comparisons[0].previous if self.comparisons else ""


def reading_card(reading: Reading, report: Report, reason: Missing = "no_data") -> NumberCard:
    """Return the card of a reading; `reason` is why its value is missing, where the reading does not say."""
    comparisons = tuple(_comparison(each, reading, report.locale) for each in comparisons_of(reading, report))
    if reading.value is None:
        return NumberCard(missing=reading.missing or reason, comparisons=comparisons)
    unit = judged_unit(reading)
    value = _figure(reading.value, unit, report.locale)
    return NumberCard(
        value,
        pieces=tuple(_UNIT.split(value)) if reading.unit.name in SECONDS_IN else (value,),
        comparisons=comparisons,
        goal=_goal(reading.goal, unit, report.locale) if reading.goal else None,
    )


def _comparison(comparison: ComparedValue, reading: Reading, locale: str) -> CardComparison:
    moved = move(comparison.change, reading.unit, locale) if comparison.change else None
    asked = reading.value is not None and comparison.baseline_missing != "not_requested"
    return CardComparison(
        comparison.compared,
        move=moved,
        word=tone_word(moved, locale) if moved else "",
        previous="" if comparison.baseline is None else _figure(comparison.baseline, reading.unit, locale),
        missing=comparison.baseline_missing if asked and comparison.baseline is None else None,
    )


def _figure(value: Value, unit: Unit, locale: str) -> str:
    """Return a value with as many decimals as it takes: there is room for them on a card."""
    return format_value(value, telling_unit(value, unit), locale)


def move(change: Change, unit: Unit, locale: str) -> Move:
    """Return a change as an arrow, a text and a colour; it is level only where it prints as zero."""
    text = format_change(change, unit, locale)
    if not any(letter.isdecimal() and int(letter) for letter in text):
        return Move("→", text, "level")
    return Move("▲" if change.absolute > 0 else "▼", text, change.judgement)


def tone_word(moved: Move, locale: str) -> str:
    """Return the word for a level value, for a good fall and for a bad rise; empty where the arrow says enough."""
    is_misleading = (moved.tone, moved.arrow) in {("good", "▼"), ("bad", "▲")}
    return words_of(locale).gettext(BETTER_WORDS[moved.tone]) if is_misleading or moved.tone == "level" else ""


def goal_text(goal: Goal, unit: Unit, locale: str) -> str:
    """Return what a goal asks for: `1,500`, `40 to 70` or `about 60`."""
    _, low = words_of(locale).gettext, isolated(_figure(goal.target, unit, locale), locale)
    if goal.high is not None:
        high = isolated(_figure(goal.high, unit, locale), locale)
        return _("%(low)s to %(high)s") % {"low": low, "high": high}
    return _("about %(value)s") % {"value": low} if goal.kind == "about" else low


def plain_goal(goal: Goal, unit: Unit, locale: str) -> str:
    """Return what a goal asks for with its name, `Goal: 1,500`."""
    _ = words_of(locale).gettext
    words = _("Limit: %(goal)s") if goal.kind == "at_most" else _("Goal: %(goal)s")
    return words % {"goal": goal_text(goal, unit, locale)}


def _goal(goal: Goal, unit: Unit, locale: str) -> GoalBar:
    _ = words_of(locale).gettext
    target, progress = goal_text(goal, unit, locale), plain_goal(goal, unit, locale)
    share, expected = format_progress(goal, locale)
    if share:
        limit = goal.kind == "at_most"
        words = _("%(share)s of the limit of %(goal)s") if limit else _("%(share)s of the goal of %(goal)s")
        progress = words % {"share": share, "goal": target}
    running = goal.standing in {"on_course", "behind", "above_pace", None}
    due = goal.expected if goal.expected < 1 and running else None
    return GoalBar(
        filled=None if goal.progress is None else _percent(goal.progress),
        due=None if due is None else _percent(due),
        progress=progress,
        tone=STANDING_TONES.get(goal.standing, "neutral") if goal.standing else "neutral",
        standing_text=_(STANDING_WORDS[goal.standing]) if goal.standing else "",
        pacing=_("%(share)s expected by now") % {"share": expected} if due is not None else "",
    )


def _percent(share: float) -> float:
    return round(100 * min(1.0, max(0.0, share)), 1)


def note(comparison: CardComparison, report: Report, *, brief: bool) -> str:
    """Return the compared value of a comparison, or why there is none; empty where none was asked for.

    Args:
        comparison: A comparison of a card.
        report: Its report.
        brief: Whether months are cut short.
    """
    if comparison.missing:
        return missing_of(format_period(comparison.period, report.locale), comparison.missing, report.locale)
    return compared_value(comparison, report, brief=brief)


def compared_value(comparison: CardComparison, report: Report, *, brief: bool = False, whole: bool = False) -> str:
    """Return the compared value, never broken into lines, with the name of its period; empty where there is none.

    Args:
        comparison: A comparison of a card.
        report: Its report.
        brief: Whether months are cut short.
        whole: Whether the period may not be broken into lines either.
    """
    if not comparison.previous:
        return ""
    period = format_period(comparison.period, report.locale, brief=brief)
    parts = {"value": _unparted(isolated(comparison.previous, report.locale))}
    parts["period"] = _unparted(period) if whole else period
    _ = words_of(report.locale).gettext
    sentences: dict[DaysForm, str] = {
        "day": _("%(value)s on %(period)s"),
        "months": _("%(value)s in %(period)s"),
        "days": _("%(value)s (%(period)s)"),
    }
    return sentences[form_of_days(comparison.period)] % parts


def _unparted(text: str) -> str:
    """Return a text that no line break parts at its spaces."""
    return text.replace(" ", "\N{NO-BREAK SPACE}")


def reason_of(block: Block) -> Missing:
    """Return why the value of a number block is missing, where its reading does not say."""
    match block.state:
        case "ok" | "partial":
            return "no_data"
        case missing:
            return missing
