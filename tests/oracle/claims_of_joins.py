"""Claims about what is compared with what: days, weeks and months of two windows."""

from __future__ import annotations

from datetime import date
from functools import partial
from typing import TYPE_CHECKING, Any

from tests.oracle.claims import Case, Claim, Difference, Draft, differing
from tests.oracle.claims_of_days import drawn_days, drawn_gaps
from tests.oracle.windows import DAY, drawn_window, month, quarter, week, year

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from random import Random

    from tests.oracle.made_report import Made
    from tests.oracle.windows import Window


def _joined(  # noqa: PLR0913 - each is a part of the case
    draw: Random,
    window: Window,
    *,
    gaps: bool = False,
    chart: bool = True,
    align: bool = False,
    alone: bool = False,
) -> Case:
    """Draw a chart or a table by day in two windows, and hold each day against its partner; `alone` aligns it alone."""
    draft = Draft(window)
    draft.more = {"align": "weekday"} if align and not alone else {}
    own: dict[str, Any] = {"align": "weekday"} if align and alone else {}
    now, then = drawn_days(draw, window.days), drawn_days(draw, window.compared_days)
    if align:
        then = drawn_days(draw, [day - 364 * DAY for day in window.days])
    for day in drawn_gaps(draw, list(then)) if gaps else ():
        del then[day]
    rows = [[str(day), value] for day, value in now.items()]
    before = [[str(day), value] for day, value in then.items()]
    if chart:
        draft.chart("daily", [row[0] for row in rows], [list(now.values())], _split(before), format="count", **own)
    else:
        draft.table("daily", rows, before, dimensions=["date"], format="count", **own)
    expected = {str(day): _partner(day, window, then, align=align) for day in window.days}

    def check(made: Made) -> Iterator[Difference]:
        labels, values = _chart_of(made) if chart else _table_of(made)
        got = dict(zip(labels, values, strict=False))
        yield from differing(
            "daily", [(day, expected[day]) for day in expected], [(day, got.get(day)) for day in expected]
        )

    return Case(draft, check)


def _split(rows: list[list[object]]) -> tuple[list[object], list[list[int | float | None]]]:
    values = [row[1] for row in rows]
    return [row[0] for row in rows], [[value for value in values if isinstance(value, int | float)]]


def _partner(day: date, window: Window, then: dict[date, int], *, align: bool) -> int | None:
    partner = day - 364 * DAY if align else window.partner(day)
    return None if partner is None else then.get(partner)


def _chart_of(made: Made) -> tuple[list[str], list[int | None]]:
    chart = made.chart("daily")
    return [label[:10] for label in chart["labels"]], chart["series"][0]["baseline"]


def _table_of(made: Made) -> tuple[list[str], list[int | None]]:
    names, values = made.table("daily")["columns"]
    return [str(name)[:10] for name in names["values"]], values["baseline"]


def _any(draw: Random, *, gaps: bool, chart: bool) -> Case:
    window = drawn_window(draw)
    while window.compare == "same_period_last_year" and _has_leap_day(window):
        window = drawn_window(draw)
    return _joined(draw, window, gaps=gaps, chart=chart)


def _has_leap_day(window: Window) -> bool:
    return any((day.month, day.day) == (2, 29) for day in (*window.days, *window.compared_days))


def _leap_years(draw: Random) -> Window:
    numbers = draw.choice([2024, 2025])
    return draw.choice([year(numbers, "same_period_last_year"), quarter(numbers, 1, "same_period_last_year")])


def _days_alone(draw: Random) -> Case:
    draft = Draft(month(2026, draw.choice([2, 3 + 1, 6 + 3])))  # the month before is longer
    window = draft.window if draft.window.alone() else month(2026, 2)
    draft = Draft(window)
    now, then = drawn_days(draw, window.days), drawn_days(draw, window.compared_days)
    before = ([str(day) for day in then], [list(then.values())])
    draft.chart("daily", [str(day) for day in now], [list(now.values())], before, format="count")

    def check(made: Made) -> Iterator[Difference]:
        chart = made.chart("daily")
        kept = dict(zip(chart["baseline_labels"], chart["series"][0]["baseline"], strict=False))
        alone = {str(day): then[day] for day in window.alone()}
        yield from differing("daily", alone, {day: kept.get(day) for day in alone})
        table = made.page["daily"].tables[0]
        yield from differing("daily, data on the page", len(window.compared_days), len(table.rows))

    return Case(draft, check)


def _both_dates(draw: Random) -> Case:
    draft = Draft(drawn_window(draw))
    window = draft.window
    now, then = drawn_days(draw, window.days), drawn_days(draw, window.compared_days)
    before = ([str(day) for day in then], [list(then.values())])
    draft.chart("daily", [str(day) for day in now], [list(now.values())], before, format="count")

    def check(made: Made) -> Iterator[Difference]:
        for day in window.days[: 3 if window.compare == "previous_period" else 0]:
            partner = window.partner(day)
            assert partner
            names = [f"{one:%b} {one.day}" for one in (day, partner)]
            row = " ".join(made.page["daily"].tables[0].rows[(day - window.start).days])
            for said in (row, next((one for one in made.page["daily"].points if one.startswith(names[0])), "")):
                if not all(name in said for name in names):
                    yield Difference(f"daily, {day}", names, said.replace("\n", ", "))

    return Case(draft, check)


def _year_before(draw: Random) -> Window:
    return month(2026, draw.randint(1, 12), "same_period_last_year")


def _own_days(draw: Random) -> Case:
    draft = Draft(_year_before(draw))
    own, before = draw.choice([True, False]), draw.randint(60, 900)
    more: dict[str, Any] = {"align": "weekday"} if own else {}
    draft.number("clicks", 640, before, format="count", **more)
    draft.number("calls", 64, 60, format="count")
    first, last = (day - 364 * DAY for day in (draft.window.start, draft.window.end))
    words = f"{before} in {draft.window.start:%b} {draft.window.start.year - 1}"
    if own:  # a month that begins a day or two later ends in the next
        words = f"{before} ({first:%b} {first.day} \N{EN DASH} {last:%b} {last.day}, {last.year})"

    def check(made: Made) -> Iterator[Difference]:
        text = made.page["clicks"].text.replace(f"{draft.window.start:%B}", f"{draft.window.start:%b}")
        if first.year == last.year and words not in text:
            yield Difference("clicks", words, text)
        yield from differing("calls", None, made.reading("calls")["compared"])

    return Case(draft, check)


def _both_dates_of_rows(draw: Random) -> Case:
    """A table by day of which compared days are missing: page and workbook name the compared day of each row."""
    window = drawn_window(draw)
    while any((day.month, day.day) == (2, 29) for day in (*window.days, *window.compared_days)):
        window = drawn_window(draw)
    draft = Draft(window, formats="json,html,xlsx")
    now, then = drawn_days(draw, window.days), drawn_days(draw, window.compared_days)
    for day in drawn_gaps(draw, list(then)):
        del then[day]
    rows = [[str(day), value] for day, value in now.items()]
    before = [[str(day), value] for day, value in then.items()]
    draft.table("daily", rows, before, dimensions=["date"], format="count")
    pairs = [(day, window.partner(day)) for day in window.days]
    expected = [(str(day), str(partner) if partner else None) for day, partner in pairs]
    printed = [(_english(day), _english(partner) if partner else None) for day, partner in pairs]

    def check(made: Made) -> Iterator[Difference]:
        table = made.page["daily"].tables[0]
        at = table.heads.index("Compared with") if "Compared with" in table.heads else 0
        named = [(row[0], row[at] if row[at][-1:].isdigit() else None) for row in table.rows]
        yield from differing("daily, page", printed, named[: len(printed)])
        sheet = [tuple(str(cell)[:10] if cell else None for cell in row[:2]) for row in made.sheet("Daily")]
        yield from differing("daily, workbook", expected, [row for row in sheet if row[0] in dict(expected)])

    return Case(draft, check)


def _english(day: date) -> str:
    return f"{day:%b} {day.day}, {day.year}"


def drawn_course(draw: Random, unit: str) -> tuple[Draft, dict[date, int], dict[date, int], list[int | None]]:
    """Draw the values of months or weeks by their first days, and the compared values, of which one did not come.

    The last of the four are the compared values by their places.
    """
    window = year(draw.choice([2025, 2026])) if unit == "month" else quarter(2026, draw.randint(2, 4))
    first = MONTHS if unit == "month" else WEEKS
    now, then = ([day for day in days if first(day)] for days in (window.days, window.compared_days))
    values, before = drawn_days(draw, now), drawn_days(draw, then)
    del before[then[draw.randint(1, 3)]]
    return Draft(window), values, before, [before.get(day) for day in then[: len(now)]]


def _by_name(draw: Random, unit: str) -> Case:
    """The months or weeks after one that did not come keep their partners."""
    draft, values, before, expected = drawn_course(draw, unit)
    draft.chart("course", [str(day) for day in values], [list(values.values())], _by_label(before), format="count")

    def check(made: Made) -> Iterator[Difference]:
        got = made.chart("course")["series"][0]["baseline"][: len(expected)]
        yield from differing("course", expected, got)

    return Case(draft, check)


def _by_label(values: dict[date, int]) -> tuple[list[object], list[list[int | float | None]]]:
    return [str(day) for day in values], [list(values.values())]


MONTHS: Callable[[date], bool] = lambda day: day.day == 1  # noqa: E731 - a name for a rule of a line
WEEKS: Callable[[date], bool] = lambda day: day.weekday() == 0  # noqa: E731 - as above


def _weeks_of_a_year_ago(draw: Random) -> Case:
    """ISO weeks are compared by number; week 53 has none where the year before has 52."""
    window = year(draw.choice([2020, 2021, 2022, 2023, 2026]), "same_period_last_year")
    draft = Draft(window)
    now, then = (
        [date.fromisocalendar(of, number, 1) for number in range(2, date(of, 12, 28).isocalendar().week + 1)]
        for of in (window.start.year, window.start.year - 1)
    )
    values, before = drawn_days(draw, now), drawn_days(draw, then)
    draft.chart("weekly", [str(day) for day in now], [list(values.values())], _by_label(before), format="count")
    by_number = {day.isocalendar().week: value for day, value in before.items()}
    expected = [by_number.get(day.isocalendar().week) for day in now]

    def check(made: Made) -> Iterator[Difference]:
        chart = made.chart("weekly")
        got = dict(zip(chart["labels"], chart["series"][0]["baseline"], strict=False))
        yield from differing("weekly", expected, [got.get(str(day)) for day in now])

    return Case(draft, check)


def _week_of_a_year_ago(draw: Random) -> Case:
    """The window of a week is compared with the week of the same number."""
    number = draw.randint(2, 52)
    draft = Draft(week(date.fromisocalendar(2021, number, 1), "same_period_last_year"))
    draft.number("clicks", 5, 4, format="count")

    def check(made: Made) -> Iterator[Difference]:
        yield from differing(
            "the window", str(date.fromisocalendar(2020, number, 1)), made.report["baselines"][0]["start"]
        )

    return Case(draft, check)


CLAIMS = (
    Claim("days are joined by their place, or by their date a year before", partial(_any, gaps=False, chart=True)),
    Claim("compared days that did not come move no other", partial(_any, gaps=True, chart=True)),
    Claim("days of a table are joined as those of a chart are", partial(_any, gaps=True, chart=False)),
    Claim("29 February has no partner a year before", lambda draw: _joined(draw, _leap_years(draw))),
    Claim(
        "29 February has no partner a year before, in a table",
        lambda draw: _joined(draw, _leap_years(draw), chart=False),
    ),
    Claim(
        "weekdays are compared with weekdays where the author says so",
        lambda draw: _joined(draw, month(2026, draw.randint(1, 12), "same_period_last_year"), align=True),
    ),
    Claim(
        "weekdays are compared with weekdays in the chart or table of which the author says so",
        lambda draw: _joined(
            draw, _year_before(draw), align=True, alone=True, chart=draw.choice([True, False]), gaps=True
        ),
    ),
    Claim("a number compared with days of its own names them, and asks for them", _own_days),
    Claim("compared days without a partner stay", _days_alone),
    Claim("the data and the points of a chart name the day and the compared day", _both_dates),
    Claim("rows by day name the compared day, on the page and in the workbook", _both_dates_of_rows),
    Claim("a month that did not come moves no other", partial(_by_name, unit="month")),
    Claim("a week that did not come moves no other", partial(_by_name, unit="week")),
    Claim("weeks of a year are compared by number, and week 53 with none", _weeks_of_a_year_ago),
    Claim("the window of a week is compared with the week of its number", _week_of_a_year_ago),
)
