"""Number cards: the texts of a number's value, change, compared value and goal."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from reportgen.formatting import SECONDS_IN, format_change, format_progress, format_value, telling_unit
from reportgen.outputs.text.bidi import isolated
from reportgen.outputs.text.block_states import baseline_words
from reportgen.outputs.text.catalogues import N_, words_of
from reportgen.outputs.text.period_notes import compared_days, compared_period

if TYPE_CHECKING:
    from reportgen.model import Block, Change, Goal, Missing, Reading, Report, Standing, Unit, Value
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
class NumberCard:
    """A number as it is printed.

    Attributes:
        value: Text; empty where the value is missing.
        pieces: The same in pieces, the figures and the smaller words of a duration by turns.
        missing: Why the value is missing; None where it is there.
        move: Its change; None where nothing is compared.
        word: The word beside the change, in the reader's language, or empty.
        previous: The compared value; empty where there is none.
        previous_missing: Why the compared value is missing, where a comparison was asked for.
        goal: Its goal; None where it has none.
        days: The days it covers, where these are its own and not those of the report.
        compared: The days that it is compared with, where these are not those of the report.
    """

    value: str = ""
    pieces: tuple[str, ...] = ()
    missing: Missing | None = None
    move: Move | None = None
    word: str = ""
    previous: str = ""
    previous_missing: Missing | None = None
    goal: GoalBar | None = None
    days: Period | None = None
    compared: Period | None = None


def reading_card(reading: Reading, report: Report, reason: Missing = "no_data") -> NumberCard:
    """Return the card of a reading; `reason` is why its value is missing, where the reading does not say."""
    is_compared = compared_days(report, reading) is not None
    has_previous = is_compared and reading.baseline is not None
    previous = _figure(reading.baseline, reading.unit, report.locale) if has_previous else ""
    asked = is_compared and not previous and reading.baseline_missing != "not_requested"
    previous_missing = reading.baseline_missing if asked else None
    if reading.value is None:
        return NumberCard(
            missing=reading.missing or reason,
            previous=previous,
            previous_missing=previous_missing,
            days=reading.days,
            compared=reading.compared,
        )
    moved = move(reading.change, reading.unit, report.locale) if reading.change else None
    value = _figure(reading.value, reading.unit, report.locale)
    return NumberCard(
        value,
        pieces=tuple(_UNIT.split(value)) if reading.unit.name in SECONDS_IN else (value,),
        move=moved,
        word=tone_word(moved, report.locale) if moved else "",
        previous=previous,
        previous_missing=previous_missing,
        goal=_goal(reading.goal, reading.unit, report.locale) if reading.goal else None,
        days=reading.days,
        compared=reading.compared,
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


def _goal(goal: Goal, unit: Unit, locale: str) -> GoalBar:
    _ = words_of(locale).gettext
    target = goal_text(goal, unit, locale)
    progress = (_("Limit: %(goal)s") if goal.kind == "at_most" else _("Goal: %(goal)s")) % {"goal": target}
    if goal.progress is not None:
        share = format_progress(goal.progress, locale)
        limit = goal.kind == "at_most"
        words = _("%(share)s of the limit of %(goal)s") if limit else _("%(share)s of the goal of %(goal)s")
        progress = words % {"share": share, "goal": target}
    running = goal.standing in {"on_course", "behind", "above_pace", None}
    due = goal.expected if goal.expected < 1 and running else None
    expected = "" if due is None else format_progress(due, locale)
    return GoalBar(
        filled=None if goal.progress is None else _percent(goal.progress),
        due=None if due is None else _percent(due),
        progress=progress,
        tone=STANDING_TONES.get(goal.standing, "neutral") if goal.standing else "neutral",
        standing_text=_(STANDING_WORDS[goal.standing]) if goal.standing else "",
        pacing=_("%(share)s expected by now") % {"share": expected} if expected else "",
    )


def _percent(share: float) -> float:
    return round(100 * min(1.0, max(0.0, share)), 1)


def note(shown: NumberCard, report: Report, *, brief: bool) -> str:
    """Return the compared value of a card, or why there is none; empty where no comparison was asked for.

    Args:
        shown: The card.
        report: Its report.
        brief: Whether months are cut short.
    """
    compared = compared_value(shown, report, brief=brief)
    return compared or ("" if shown.missing else baseline_words(shown.previous_missing, report, shown))


def compared_value(shown: NumberCard, report: Report, *, brief: bool = False, whole: bool = False) -> str:
    """Return the compared value with the name of its period; empty where there is none.

    Args:
        shown: The card.
        report: Its report.
        brief: Whether months are cut short.
        whole: Whether neither the value nor the period may be broken into lines.
    """
    if not shown.previous:
        return ""
    period = compared_period(report, shown, brief=brief)
    parts = {"value": isolated(shown.previous, report.locale), "period": period}
    if whole:
        parts = {name: part.replace(" ", "\N{NO-BREAK SPACE}") for name, part in parts.items()}
    return words_of(report.locale).gettext("%(value)s in %(period)s") % parts


def reason_of(block: Block) -> Missing:
    """Return why the value of a number block is missing, where its reading does not say."""
    match block.state:
        case "ok" | "partial":
            return "no_data"
        case missing:
            return missing
