"""Claims about what buckets of time are called, and when something is said of all of them."""

from __future__ import annotations

import re
from functools import partial
from typing import TYPE_CHECKING

from tests.oracle.claims import Case, Claim, Difference, Draft
from tests.oracle.display import value_text
from tests.oracle.windows import DAY, month, quarter, year

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date
    from random import Random

    from tests.oracle.made_report import Made

_DAY_WORDS = re.compile(r"\bdays?\b", re.IGNORECASE)


def _standing_out(draw: Random, count: int) -> list[int]:
    """Draw counts of which one stands out."""
    values = [draw.randint(500, 700) for _ in range(count)]
    values[draw.randrange(count)] = 2500
    return values


def _called(draw: Random, unit: str) -> Case:
    window = year(2026, "none") if unit == "month" else quarter(2026, draw.randint(1, 4), "none")
    draft = Draft(window)
    days = [day for day in window.days if (day.day == 1 if unit == "month" else day.weekday() == 0)]
    values = _standing_out(draw, len(days))
    draft.chart("course", [str(day) for day in days], [values], format="count", additive=True)

    def check(made: Made) -> Iterator[Difference]:
        said = [one for one in (*made.sentences, *made.page["course"].alts) if "length" not in one]
        for one in said:
            if _DAY_WORDS.search(one):
                yield Difference("course", f"the {unit} called a {unit}", one)
        length = 7 if unit == "week" else 28
        top = days[values.index(2500)]
        yield from _highest(made, unit, is_whole=top + (length - 1) * DAY <= window.end)

    return Case(draft, check)


def _highest(made: Made, words: str, *, is_whole: bool) -> Iterator[Difference]:
    """Tell whether the highest unit is told in these words, if the period has all of its days; else none is."""
    said = [one for one in made.sentences if words in one.lower()]
    if bool(said) is not is_whole:
        expected = f"a sentence of the highest, {words}" if is_whole else f"none of {words}, which the period cuts"
        yield Difference("course", expected, made.sentences)


def _week_by_number(draw: Random) -> Case:
    draft = Draft(quarter(2026, draw.randint(2, 4), "none"))
    mondays = [day for day in draft.window.days if day.weekday() == 0]
    weeks = [day.isocalendar().week for day in mondays]
    values = _standing_out(draw, len(weeks))
    draft.chart("course", [f"2026-W{number:02}" for number in weeks], [values], format="count", dimensions=["week"])
    top, monday = weeks[values.index(2500)], mondays[values.index(2500)]

    def check(made: Made) -> Iterator[Difference]:
        yield from _highest(made, f"week {top}", is_whole=monday + 6 * DAY <= draft.window.end)

    return Case(draft, check)


def _weeks_from_sunday(draw: Random) -> Case:
    draft = Draft(quarter(2026, draw.randint(1, 4), "none"))
    draft.more = {"week_starts": "sunday"}
    days = [day for day in draft.window.days if day.weekday() == 6]
    values = _standing_out(draw, len(days))
    draft.chart("course", [str(day) for day in days], [values], format="count")
    top = days[values.index(2500)]

    def check(made: Made) -> Iterator[Difference]:
        yield from _highest(made, f"week was {top:%B} {top.day}".lower(), is_whole=top + 6 * DAY <= draft.window.end)

    return Case(draft, check)


def _highest_day(draw: Random) -> Case:
    draft = Draft(month(2026, draw.randint(1, 12)))
    days, values = draft.window.days, _standing_out(draw, len(draft.window.days))
    before = [draw.randint(300, 400) for _ in draft.window.compared_days]
    draft.chart(
        "daily",
        [str(day) for day in days],
        [values],
        ([str(day) for day in draft.window.compared_days], [before]),
        format="count",
    )
    top = days[values.index(2500)]

    def check(made: Made) -> Iterator[Difference]:
        expected = f"the highest day was {top:%B} {top.day}, with 2,500"
        if not any(expected in one for one in made.sentences):
            yield Difference("daily", expected, made.sentences)
        yield from _extremes(made, days, values)

    return Case(draft, check)


def _extremes(made: Made, days: list[date], values: list[int]) -> Iterator[Difference]:
    low = min(values)
    day = days[values.index(low)]
    expected = f"lowest {value_text(low, 'count', 'en')} ({day:%b} {day.day})"
    for alt in made.page["daily"].alts:
        if expected not in alt:
            yield Difference("daily, alternative text", expected, alt)


CLAIMS = (
    Claim("months are called months", partial(_called, unit="month")),
    Claim("weeks are called weeks", partial(_called, unit="week")),
    Claim("the highest of weeks written as 2026-W40 is called by its number", _week_by_number),
    Claim("a week that begins on Sunday is called by its date", _weeks_from_sunday),
    Claim("the highest and the lowest day are told", _highest_day),
)
