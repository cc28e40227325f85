"""Claims about blocks with days of their own: which they are, what they are compared with, and that they say so."""

from __future__ import annotations

from calendar import month_name
from datetime import date
from typing import TYPE_CHECKING

from tests.oracle.claims import Case, Claim, Difference, Draft, differing
from tests.oracle.display import plain
from tests.oracle.windows import DAY, drawn_window

if TYPE_CHECKING:
    from collections.abc import Iterator
    from random import Random

    from tests.oracle.made_report import Made

    _Days = tuple[date, date]

_UNITS = {"month": 1, "quarter": 3, "year": 12}


def _first_of(day: date, back: int) -> date:
    """Return the first day of the month so many months before a day's; negative counts lie after it."""
    years, month0 = divmod(day.year * 12 + day.month - 1 - back, 12)
    return date(years, month0 + 1, 1)


def _months(first: date, count: int) -> _Days:
    return first, _first_of(first, -count) - DAY


def _whole_months(draw: Random, end: date) -> tuple[str, _Days, _Days]:
    """Draw whole months, and return their word, their days and the days of the months before them."""
    count, after = draw.choice([1, 2, 3, 5, 13]), end + DAY
    word = "last_month" if count == 1 else f"last_{count}_months"
    return word, _months(_first_of(after, count), count), _months(_first_of(after, 2 * count), count)


def _whole_weeks(draw: Random, end: date) -> tuple[str, _Days, _Days]:
    """Draw whole weeks from Monday."""
    count, after = draw.choice([1, 2, 6]), end + DAY
    last = after - after.weekday() * DAY - DAY
    first = last - (7 * count - 1) * DAY
    word = "last_week" if count == 1 else f"last_{count}_weeks"
    return word, (first, last), (first - 7 * count * DAY, first - DAY)


def _days(draw: Random, end: date) -> tuple[str, _Days, _Days]:
    count = draw.choice([2, 9, 45])
    first = end - (count - 1) * DAY
    return f"last_{count}_days", (first, end), (first - count * DAY, first - DAY)


def _running(draw: Random, end: date) -> tuple[str, _Days, _Days]:
    """Draw the running month, quarter or year, to the report's last day, and the same days of the unit before."""
    unit, months = draw.choice(list(_UNITS.items()))
    first = _first_of(end, (end.month - 1) % months)
    before_end = _first_of(end, months)
    last_day = (_first_of(before_end, -1) - DAY).day
    is_last_of_month = (end + DAY).day == 1
    then = before_end.replace(day=last_day if is_last_of_month else min(end.day, last_day))
    return f"{unit}_to_date", (first, end), (_first_of(first, months), then)


def _own_days(draw: Random) -> Case:
    """Draw numbers with days of their own beside a report of other days, some of them compared."""
    draft = Draft(drawn_window(draw), formats="json,html")
    end = draft.window.end
    draft.number("plain", 1, 2, format="count")
    expected: dict[str, tuple[_Days, _Days | None, int, int | None]] = {}
    for at, kind in enumerate((_whole_months, _whole_weeks, _days, _running)):
        name, value, before = f"own_{at}", draw.randint(100, 9000), draw.randint(100, 9000)
        word, days, earlier = kind(draw, end)
        compared = draw.random() < 0.6
        keys = {"compare": "previous_period"} if compared else {}
        draft.number(name, -1, period=word, format="count", **keys)
        if days != (draft.window.start, end):
            draft.without_answer(name)
        for asked, answer in ((days, value), (earlier, before)):
            draft.answered(name, asked, answer)
        expected[name] = days, earlier if compared else None, value, before if compared else None

    def check(made: Made) -> Iterator[Difference]:
        yield from differing("plain", [1, None], [made.reading("plain")["value"], made.reading("plain")["days"]])
        for name, (days, earlier, value, before) in expected.items():
            reading = made.reading(name)
            yield from differing(name, (value, before), (reading["value"], reading["baseline"]))
            yield from differing(name, list(map(str, days)), [reading["days"]["start"], reading["days"]["end"]])
            then = reading["compared"] and [reading["compared"]["start"], reading["compared"]["end"]]
            yield from differing(name, earlier and list(map(str, earlier)), then)
            yield from _named(made, name, days)

    return Case(draft, check)


def _named(made: Made, name: str, days: _Days) -> Iterator[Difference]:
    """Yield a difference where the title of a card has not the year of its last day, and the month's name."""
    title = plain(made.block(name)["label"])
    for word in (str(days[1].year), month_name[days[1].month][:3]):
        if word not in title and not ("Q" in title or title.endswith(f"\N{MIDDLE DOT} {days[1].year}")):
            yield Difference(name, word, title)
    if title not in plain(made.page_text):
        yield Difference("the page", title, "no such title")


CLAIMS = (Claim("a block with days of its own covers them, says them, and is compared where it says so", _own_days),)
