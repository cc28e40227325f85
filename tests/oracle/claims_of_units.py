"""Claims about charts whose days are added up by week, month or quarter."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.oracle.claims import Case, Claim, Difference, Draft, differing
from tests.oracle.windows import DAY, Window, days_between, drawn_window, month, quarter

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date
    from random import Random

    from tests.oracle.made_report import Made

    _Unit = tuple[date, date]


def _unit_of(day: date, by: str) -> _Unit:
    """Return the first and the last day of the unit that a day is in."""
    if by == "week":
        monday = day - day.weekday() * DAY
        return monday, monday + 6 * DAY
    by_month = by == "month"
    window = month(day.year, day.month, "none") if by_month else quarter(day.year, (day.month + 2) // 3, "none")
    return window.start, window.end


def _units(days: Sequence[date], by: str) -> list[_Unit]:
    return list(dict.fromkeys(_unit_of(day, by) for day in days))


def _added(units: Sequence[_Unit], values: dict[date, int | None]) -> list[tuple[int | None, bool]]:
    """Return the sum of the known days of each unit, None without any, and whether all of its days are known."""
    found: list[tuple[int | None, bool]] = []
    for start, end in units:
        every = [values.get(day) for day in days_between(start, end)]
        known = [value for value in every if value is not None]
        found.append((sum(known) if known else None, len(known) == len(every)))
    return found


def _window(draw: Random) -> tuple[Window, str]:
    compare = draw.choice(["previous_period", "same_period_last_year", "none"])
    if draw.random() < 0.4:
        return quarter(draw.choice([2023, 2024, 2025]), draw.randint(1, 4), compare), draw.choice(["month", "week"])
    return drawn_window(draw, compared=compare != "none"), draw.choice(["week", "month", "quarter"])


def _by_unit(draw: Random) -> Case:
    window, by = _window(draw)
    draft = Draft(window, formats="json,html")
    gap = draw.choice([None, *window.days])
    now: dict[date, int | None] = {day: draw.randint(0, 400) for day in window.days}
    if gap:
        now[gap] = None
    then: dict[date, int | None] = {day: draw.randint(0, 400) for day in window.compared_days}
    before = ([str(day) for day in then], [list(then.values())]) if then else None
    draft.chart("daily", [str(day) for day in now], [list(now.values())], before, by=by, format="count")
    units, earlier = _units(window.days, by), _units(window.compared_days, by)
    sums, compared = _added(units, now), _added(earlier, then)

    def check(made: Made) -> Iterator[Difference]:
        chart = made.chart("daily")
        (series,) = chart["series"]
        first = [str(max(start, window.start)) for start, _ in units]
        yield from differing("labels", first, chart["labels"])
        yield from differing("values", [value for value, _ in sums], series["values"])
        cut = [at for at, (value, whole) in enumerate(sums) if value is not None and not whole]
        yield from differing("incomplete", cut, chart["cut"])
        a_year_before = bool(earlier) and abs((units[0][0] - earlier[0][0]).days - 364) <= 7
        if by == "week" and a_year_before:
            expected = _partners_by_number(units, sums, dict(zip(earlier, compared, strict=True)))
        else:
            expected = _partners(sums, compared)
        is_comparable = any(value is not None for value in expected)  # else the chart says so, and compares nothing
        yield from differing("compared", expected if is_comparable else [], series["baseline"])

    return Case(draft, check)


def _partners(sums: Sequence[tuple[int | None, bool]], compared: Sequence[tuple[int | None, bool]]) -> list[int | None]:
    """Return the compared value of each unit: whole ones by place, where there are as many; a gap has its partner."""
    if len(sums) != len(compared):
        return [None] * len(sums)
    pairs = zip(sums, compared, strict=True)
    return [before if whole and (own_whole or value is None) else None for (value, own_whole), (before, whole) in pairs]


def _partners_by_number(
    units: Sequence[_Unit], sums: Sequence[tuple[int | None, bool]], compared: dict[_Unit, tuple[int | None, bool]]
) -> list[int | None]:
    """Return the compared value of each week: that of the week of its number a year before, where both are whole."""
    numbers = {monday.isocalendar()[:2]: found for (monday, _), found in compared.items()}
    found = []
    for (monday, _), (value, own_whole) in zip(units, sums, strict=True):
        year, week, _ = monday.isocalendar()
        before, whole = numbers.get((year - 1, week), (None, False))
        found.append(before if whole and (own_whole or value is None) else None)
    return found


CLAIMS = (Claim("the days of a chart are added up by the author's unit, and whole ones are compared", _by_unit),)
