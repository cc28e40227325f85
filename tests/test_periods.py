"""Periods: words to dates, and what each is compared with."""

from __future__ import annotations

from calendar import Calendar, monthrange
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from typing import TYPE_CHECKING, Literal
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reportgen.errors import PeriodError
from reportgen.periods import (
    COMPARE_WORDS,
    PERIOD_WORDS,
    Period,
    UnitStarts,
    Window,
    block_period,
    day_at,
    days_by_month,
    days_by_unit_length,
    has_hour,
    is_day,
    is_period,
    month_length,
    resolve_baseline,
    resolve_period,
    whole_period,
    window_notes,
)
from reportgen.periods.buckets import BucketKind, parts_of_period

if TYPE_CHECKING:
    from reportgen.periods import Calendar as CalendarUnit

MONDAY = date(2026, 11, 23)
DAYS = st.dates(date(2000, 1, 1), date(2100, 12, 31))


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("yesterday", "2026-11-22"),
        ("today", "2026-11-23"),
        ("last_7_days", "2026-11-16..2026-11-22"),
        ("last_30_days", "2026-10-24..2026-11-22"),
        ("last_week", "2026-W47"),
        ("last_month", "2026-10"),
        ("month_to_date", "2026-11-01..2026-11-22"),
        ("last_quarter", "2026-Q3"),
        ("quarter_to_date", "2026-10-01..2026-11-22"),
        ("last_year", "2025"),
        ("year_to_date", "2026-01-01..2026-11-22"),
        ("last_2_days", "2026-11-21..2026-11-22"),
        ("last_12_weeks", "2026-08-31..2026-11-22"),
        ("last_3_months", "2026-08-01..2026-10-31"),
        ("last_13_months", "2025-10-01..2026-10-31"),
        ("last_8_quarters", "2024-10-01..2026-09-30"),
        ("last_2_years", "2024-01-01..2025-12-31"),
        ("2025", "2025"),
        ("2026-02", "2026-02"),
        ("2026-Q2", "2026-Q2"),
        ("2026-W01", "2026-W01"),
        ("2026-11", "2026-11-01..2026-11-22"),
        ("2026-10-01..2026-10-31", "2026-10"),
        ("2026-10-01..2026-10-15", "2026-10-01..2026-10-15"),
    ],
)
def test_words_become_dates(word: str, expected: str) -> None:
    """Each word of the format covers its days on a Monday in November; a running one ends yesterday."""
    assert resolve_period(word, MONDAY).id == expected


def test_every_word_resolves() -> None:
    """No word of the closed list is forgotten."""
    assert all(resolve_period(word, MONDAY).days for word in PERIOD_WORDS)


def test_week_starts_where_the_spec_says() -> None:
    """A week that begins on Sunday is the one before this Sunday."""
    period = resolve_period("last_week", MONDAY, UnitStarts(weekday=6))
    assert (period.start, period.end) == (date(2026, 11, 15), date(2026, 11, 21))


def test_fiscal_year_moves_years_and_quarters() -> None:
    """A year from April makes October the first month of its third quarter."""
    year = resolve_period("last_year", MONDAY, UnitStarts(month=4))
    quarter = resolve_period("quarter_to_date", MONDAY, UnitStarts(month=4))
    assert (year.start, year.end, quarter.start) == (date(2025, 4, 1), date(2026, 3, 31), date(2026, 10, 1))


def test_today_is_incomplete() -> None:
    """The only period with an unfinished day says so."""
    assert not resolve_period("today", MONDAY).complete


@pytest.mark.parametrize("word", ["month_to_date", "2026-11", "2027", "2026-11-01..2026-11-30"])
def test_no_finished_day_names_last_month(word: str) -> None:
    """On the first of the month a period that begins then has nothing to report."""
    with pytest.raises(PeriodError, match="last_month"):
        resolve_period(word, date(2026, 11, 1))


@pytest.mark.parametrize(
    "word",
    [
        "last_mont",
        "last_1_months",
        "last_0_days",
        "last_013_months",
        "last_3_month",
        "last_99999_days",
        "2026-13",
        "2026-W54",
        "2026-Q5",
        "2026-02-30..2026-03-01",
        "2026-10-05..2026-10-01",
        "",
        "..",
    ],
)
def test_what_is_no_period_is_refused(word: str) -> None:
    """A word or a date that does not exist is an error and is not recognised."""
    assert not is_period(word)
    with pytest.raises(PeriodError):
        resolve_period(word, MONDAY)


@pytest.mark.parametrize(
    ("period", "compare", "expected"),
    [
        ("2026-10", "previous_period", "2026-09"),
        ("2026-10", "same_period_last_year", "2025-10"),
        ("2026-Q3", "previous_period", "2026-Q2"),
        ("2026-W40", "previous_period", "2026-W39"),
        ("2026-W40", "same_period_last_year", "2025-W40"),
        ("2025", "previous_period", "2024"),
        ("2024-02", "same_period_last_year", "2023-02"),
        ("2026-10-01..2026-10-15", "previous_period", "2026-09-16..2026-09-30"),
        ("month_to_date", "previous_period", "2026-10-01..2026-10-22"),
        ("last_7_days", "previous_period", "2026-11-09..2026-11-15"),
        ("last_2_days", "previous_period", "2026-11-19..2026-11-20"),
        ("last_12_weeks", "previous_period", "2026-06-08..2026-08-30"),
        ("last_12_weeks", "same_period_last_year", "2025-09-01..2025-11-23"),
        ("last_13_months", "previous_period", "2024-09-01..2025-09-30"),
        ("last_2_months", "previous_period", "2026-07-01..2026-08-31"),
        ("last_13_months", "same_period_last_year", "2024-10-01..2025-10-31"),
        ("last_2_quarters", "previous_period", "2025-10-01..2026-03-31"),
        ("last_2_years", "previous_period", "2022-01-01..2023-12-31"),
        ("2026-10", "2025-01-01..2025-01-31", "2025-01"),
    ],
)
def test_comparisons(period: str, compare: str, expected: str) -> None:
    """A calendar period is compared with a calendar period, whatever its length."""
    baseline = resolve_baseline(compare, resolve_period(period, MONDAY), MONDAY)
    assert baseline is not None
    assert baseline.id == expected


def test_none_compares_with_nothing() -> None:
    """The word none is no period of no days."""
    assert resolve_baseline("none", resolve_period("2026-10", MONDAY), MONDAY) is None


def test_month_end_is_clamped() -> None:
    """A day that the month before lacks becomes its last day."""
    period = resolve_period("2026-03-01..2026-03-30", MONDAY)
    baseline = resolve_baseline("previous_month", period, MONDAY)
    assert baseline == Period(date(2026, 2, 1), date(2026, 2, 28), clamped=True)


@pytest.mark.parametrize("word", ["last_period", "2026-10", "2026-02-30..2026-03-01"])
def test_unknown_comparison_is_refused(word: str) -> None:
    """A comparison is a word of the list or two days."""
    with pytest.raises(PeriodError):
        resolve_baseline(word, resolve_period("2026-10", MONDAY), MONDAY)


@given(DAYS, st.sampled_from(["last_week", "last_month", "last_quarter", "last_year", "last_7_days"]))
def test_previous_period_is_adjacent(today: date, word: str) -> None:
    """A finished period and the one before it leave no day out and share none."""
    period = resolve_period(word, today)
    baseline = resolve_baseline("previous_period", period, today)
    assert baseline is not None
    assert baseline.end + timedelta(days=1) == period.start


@given(DAYS, st.sampled_from(PERIOD_WORDS), st.sampled_from(COMPARE_WORDS))
def test_every_day_has_every_period(today: date, word: str, compare: str) -> None:
    """On any day each word resolves to finished days before it, and its comparison lies earlier."""
    try:
        period = resolve_period(word, today)
    except PeriodError:
        assert word.endswith("_to_date")
        return
    assert period.end < today or word == "today"
    baseline = resolve_baseline(compare, period, today)
    assert baseline is None or baseline.end < period.end


@given(DAYS)
def test_ids_lead_back(today: date) -> None:
    """A whole period's id is a period that resolves to the same days."""
    period = resolve_period("last_month", today)
    assert resolve_period(period.id, today) == period


@pytest.mark.parametrize(("text", "expected"), [("2026-10-31", True), ("2026-02-30", False), ("20261031", False)])
def test_days_are_recognised(text: str, expected: bool) -> None:  # noqa: FBT001 - a table of cases
    """Only a written-out day of the calendar is a day."""
    assert is_day(text) is expected


EVERY_DAY = [date(2000, 1, 1) + timedelta(days=number) for number in range(36_890)]


@pytest.mark.parametrize(
    ("period", "compare", "today", "expected"),
    [
        ("2026-10", "previous_period", "2026-11-23", ("lengths_differ",)),
        ("2026-W47", "previous_period", "2026-11-23", ()),
        ("month_to_date", "previous_period", "2026-11-23", ("running",)),
        ("month_to_date", "previous_period", "2026-03-31", ("running", "baseline_clamped", "lengths_differ")),
        ("today", "previous_period", "2026-11-23", ("unfinished",)),
        ("2024-02-29..2024-02-29", "same_period_last_year", "2026-11-23", ("baseline_clamped",)),
        ("2024-02", "same_period_last_year", "2026-11-23", ("lengths_differ",)),
        ("2026-Q3", "previous_month", "2026-11-23", ("overlap",)),
        ("2026-10-01..2026-10-05", "2026-11-18..2026-11-30", "2026-11-23", ("baseline_running",)),
        ("2026", "none", "2026-11-23", ("running",)),
    ],
)
def test_window_notes(period: str, compare: str, today: str, expected: tuple[str, ...]) -> None:
    """What makes two periods unlike is said, and nothing else."""
    day = date.fromisoformat(today)
    current = resolve_period(period, day)
    window = Window(current, resolve_baseline(compare, current, day))
    assert window_notes(window) == expected
    assert window.comparable == (period != "today")


def test_running_comparison_ends_yesterday() -> None:
    """Dates to compare with never hold a day that is not over, and without one that is they are refused."""
    october = resolve_period("2026-10", MONDAY)
    running = resolve_baseline("2026-11-01..2026-11-30", october, MONDAY)
    assert running == Period(date(2026, 11, 1), date(2026, 11, 22), "month", until=date(2026, 11, 30))
    with pytest.raises(PeriodError, match="use previous_period, or earlier days"):
        resolve_baseline("2026-11-23..2026-11-30", october, MONDAY)


@given(DAYS, st.sampled_from(["month_to_date", "quarter_to_date", "year_to_date"]))
def test_running_periods(today: date, word: str) -> None:
    """A running period ends yesterday, knows its unit's end, and is over in part."""
    try:
        period = resolve_period(word, today)
    except PeriodError:
        assert today.day == 1
        return
    assert period.end == today - timedelta(days=1)
    assert period.until is not None
    assert period.until >= today
    assert 0 < period.elapsed < 1


def test_every_month_before() -> None:
    """Z01: on each day of a century a day moves into the month before, clamped only where that is shorter."""
    for day in EVERY_DAY:
        moved = resolve_baseline("previous_month", Period(day, day), date.max)
        assert moved is not None
        assert (moved.end.year * 12 + moved.end.month) == (day.year * 12 + day.month - 1)
        assert moved.clamped == (moved.end.day < day.day)


def test_every_year_before() -> None:
    """Z01: on each day of a century a year earlier is the same day, but for 29 February."""
    for day in EVERY_DAY:
        moved = resolve_baseline("same_period_last_year", Period(day, day), date.max)
        assert moved is not None
        assert moved.clamped == ((day.month, day.day) == (2, 29))
        assert (moved.end.year, moved.end.month) == (day.year - 1, day.month)


def test_week_53() -> None:
    """The days of a year's 53rd week are compared with the days 52 weeks before."""
    period = resolve_period("2026-W53", date(2027, 2, 1))
    baseline = resolve_baseline("same_period_last_year", period, date(2027, 2, 1))
    assert (period.start, period.end) == (date(2026, 12, 28), date(2027, 1, 3))
    assert baseline is not None
    assert (baseline.start, baseline.days) == (period.start - timedelta(days=364), 7)


@given(
    st.datetimes(datetime(2000, 1, 1), datetime(2100, 12, 31)),  # noqa: DTZ001 - made aware below
    st.sampled_from(["America/Sao_Paulo", "Europe/Berlin", "Pacific/Apia"]),
)
def test_day_of_an_instant(moment: datetime, zone: str) -> None:
    """Z03: the day is the zone's, on days of 23, 24 and 25 hours alike."""
    instant = moment.replace(tzinfo=UTC)
    local = instant.astimezone(ZoneInfo(zone))
    assert day_at(instant, zone) == date(local.year, local.month, local.day)


@pytest.mark.parametrize(
    ("instant", "zone", "expected"),
    [
        ("2018-11-04T02:59:59+00:00", "America/Sao_Paulo", "2018-11-03"),
        ("2018-11-04T03:00:00+00:00", "America/Sao_Paulo", "2018-11-04"),
        ("2026-03-28T22:59:59+00:00", "Europe/Berlin", "2026-03-28"),
        ("2026-03-28T23:00:00+00:00", "Europe/Berlin", "2026-03-29"),
        ("2026-03-29T21:59:59+00:00", "Europe/Berlin", "2026-03-29"),
        ("2026-03-29T22:00:00+00:00", "Europe/Berlin", "2026-03-30"),
        ("2011-12-30T09:59:59+00:00", "Pacific/Apia", "2011-12-29"),
        ("2011-12-30T10:00:00+00:00", "Pacific/Apia", "2011-12-31"),
    ],
)
def test_midnight(instant: str, zone: str, expected: str) -> None:
    """A second before midnight is the old day, midnight the new one, where clocks change as well."""
    assert day_at(datetime.fromisoformat(instant), zone).isoformat() == expected


@pytest.mark.parametrize(
    ("day", "zone", "absent"),
    [
        (date(2026, 3, 29), "Europe/Berlin", [2]),
        (date(2026, 10, 25), "Europe/Berlin", []),
        (date(2018, 11, 4), "America/Sao_Paulo", [0]),
        (date(2026, 10, 4), "Australia/Lord_Howe", []),
        (date(2011, 12, 30), "UTC", []),
    ],
)
def test_an_hour_that_clocks_leave_out(day: date, zone: str, absent: list[int]) -> None:
    """On Lord Howe they leave out half an hour alone."""
    assert [hour for hour in range(24) if not has_hour(day, hour, zone)] == absent


def test_a_moment_needs_its_zone() -> None:
    """A time without an offset is no moment."""
    with pytest.raises(PeriodError, match="time zone"):
        day_at(datetime(2026, 11, 23), "UTC")  # noqa: DTZ001 - the case itself


WEEKDAYS, MONTHS = st.integers(0, 6), st.integers(1, 12)


@given(DAYS, WEEKDAYS)
def test_a_week_is_a_row_of_the_calendar(today: date, starts: int) -> None:
    """Z04: last_week is the row before today's in a wall calendar whose rows begin on that weekday."""
    rows = Calendar(starts).monthdatescalendar(today.year, today.month)
    first = next(row for row in rows if today in row)[0]
    period = resolve_period("last_week", today, UnitStarts(weekday=starts))
    assert (period.start, period.end) == (first - timedelta(days=7), first - timedelta(days=1))


@given(DAYS, MONTHS, st.sampled_from([("last_year", 12), ("last_quarter", 3)]))
def test_a_fiscal_unit_is_whole_months(today: date, starts: int, unit: tuple[str, int]) -> None:
    """Z04: fiscal years and quarters are whole months, counted from the year's first, and end before today's."""
    word, length = unit
    period = resolve_period(word, today, UnitStarts(month=starts))
    assert (period.start.month - starts) % length == 0
    months = [(year, month) for year in range(1998, 2103) for month in range(1, 13)]
    covered = months[months.index((period.start.year, period.start.month)) :][:length]
    assert period.days == sum(monthrange(*month)[1] for month in covered)
    assert (period.end.year, period.end.month) == covered[-1]
    next_end = months[months.index(covered[-1]) + length]
    assert period.end < today <= date(*next_end, monthrange(*next_end)[1])


@given(DAYS, MONTHS, st.sampled_from(["year", "quarter"]))
def test_a_running_fiscal_unit_follows_the_last(today: date, starts: int, unit: str) -> None:
    """Z02, Z04: what runs begins on the day after the last one ended."""
    last = resolve_period(f"last_{unit}", today, UnitStarts(month=starts))
    try:
        running = resolve_period(f"{unit}_to_date", today, UnitStarts(month=starts))
    except PeriodError:
        assert today == last.end + timedelta(days=1)
        return
    assert running.start == last.end + timedelta(days=1)


def test_iso_weeks_tile_the_century() -> None:
    """Z04: every YYYY-Wnn is the ISO week, only years of 53 weeks have a 53rd, and no day is left out."""
    weeks = []
    for year in range(2000, 2101):
        last = date(year, 12, 28).isocalendar().week  # always in the year's last week
        weeks += [resolve_period(f"{year}-W{number:02}", date(2200, 1, 1)) for number in range(1, last + 1)]
        assert is_period(f"{year}-W53") == (last == 53)
    assert all(one.end + timedelta(days=1) == other.start for one, other in pairwise(weeks))
    assert {week.days for week in weeks} == {7}
    assert {week.start.isocalendar()[:2] for week in weeks} == {tuple(map(int, week.id.split("-W"))) for week in weeks}


def test_weekdays_are_compared_with_weekdays() -> None:
    """With `align: weekday` the year before is 364 days earlier, whatever the period."""
    october = Period(date(2026, 10, 1), date(2026, 10, 31), "month")
    found = resolve_baseline("same_period_last_year", october, date(2026, 11, 3), align="weekday")
    assert found == Period(date(2025, 10, 2), date(2025, 11, 1))


@pytest.mark.parametrize(
    ("week", "start"),
    [("2021-W10", date(2020, 3, 2)), ("2020-W53", date(2019, 12, 30)), ("2026-W40", date(2025, 9, 29))],
)
def test_a_week_is_compared_with_the_week_of_its_number(week: str, start: date) -> None:
    """Week 10 of 2021 with week 10 of 2020; week 53, which 2019 lacks, with the days 52 weeks before."""
    period = resolve_period(week, date(2027, 1, 20))
    found = resolve_baseline("same_period_last_year", period, date(2027, 1, 20))
    assert found
    assert (found.start, found.days) == (start, 7)


OCTOBER_WEEK = Period(date(2026, 10, 26), date(2026, 11, 1), "week")


def test_days_by_month() -> None:
    """A week that ends in November has a day of it."""
    assert days_by_month(OCTOBER_WEEK) == {"2026-10": 6, "2026-11": 1}
    assert (month_length("2026-10"), month_length("2028-02")) == (31, 29)


@pytest.mark.parametrize(
    ("unit", "first_month", "lengths"),
    [
        (1, 1, {1: 7}),
        (30, 1, {30: 7}),
        ("week", 1, {7: 7}),
        ("month", 1, {31: 6, 30: 1}),
        ("quarter", 1, {92: 7}),
        ("quarter", 11, {92: 7}),
        ("quarter", 12, {91: 7}),
        ("year", 1, {365: 7}),
        ("year", 11, {365: 7}),
    ],
)
def test_days_by_the_length_of_their_unit(unit: CalendarUnit | int, first_month: int, lengths: dict[int, int]) -> None:
    """Each day is in a unit of its calendar; quarters and years begin with the fiscal year."""
    assert days_by_unit_length(OCTOBER_WEEK, unit, first_month) == lengths


@pytest.mark.parametrize(("word", "days"), [("month_to_date", 30), ("today", 1), ("2027-02", 28)])
def test_a_whole_period_is_not_cut_short(word: str, days: int) -> None:
    """Nor is one refused that has no finished day yet."""
    assert whole_period(word, date(2026, 11, 1)).days == days


def _months_before(today: date, count: int) -> list[tuple[int, int]]:
    """Return the year and number of the months before a day's, the oldest first, counted one by one."""
    year, month = today.year, today.month
    found: list[tuple[int, int]] = []
    while len(found) < count:
        year, month = (year - 1, 12) if month == 1 else (year, month - 1)
        found.insert(0, (year, month))
    return found


@given(DAYS, st.integers(2, 40))
def test_last_months_are_whole_months(today: date, count: int) -> None:
    """T01: the last N months are the N calendar months before today's, and those before them are as many."""
    period = resolve_period(f"last_{count}_months", today)
    months = _months_before(today, 2 * count)
    assert (period.start, period.end) == (date(*months[count], 1), date(*months[-1], monthrange(*months[-1])[1]))
    before = resolve_baseline("previous_period", period, today)
    assert before is not None
    assert (before.start, before.end) == (date(*months[0], 1), period.start - timedelta(days=1))
    year_before = resolve_baseline("same_period_last_year", period, today)
    assert year_before is not None
    assert year_before.start == period.start.replace(year=period.start.year - 1)
    assert year_before.end.month == period.end.month
    assert (year_before.end + timedelta(days=1)).day == 1
    assert not year_before.clamped


@given(DAYS, st.integers(2, 30), MONTHS, st.sampled_from([("quarter", 3), ("year", 12)]))
def test_last_fiscal_units_end_with_the_last(today: date, count: int, starts: int, unit: tuple[str, int]) -> None:
    """T01: the last N quarters and years end with the last of them, and have as many whole months."""
    word, length = unit
    last = resolve_period(f"last_{word}", today, UnitStarts(month=starts))
    period = resolve_period(f"last_{count}_{word}s", today, UnitStarts(month=starts))
    assert period.end == last.end
    after = period.end + timedelta(days=1)
    assert period.start == date(*_months_before(after, length * count)[0], 1)


@given(DAYS, st.integers(2, 60), WEEKDAYS)
def test_last_weeks_and_days(today: date, count: int, starts: int) -> None:
    """T01: the last N weeks end with the last whole week, the last N days yesterday."""
    weeks = resolve_period(f"last_{count}_weeks", today, UnitStarts(weekday=starts))
    assert weeks.start.weekday() == starts
    assert (weeks.end, weeks.days) == (
        resolve_period("last_week", today, UnitStarts(weekday=starts)).end,
        7 * count,
    )
    days = resolve_period(f"last_{count}_days", today)
    assert (days.start, days.end) == (today - timedelta(days=count), today - timedelta(days=1))
    for period in (weeks, days):
        before = resolve_baseline("previous_period", period, today)
        assert before is not None
        assert (before.days, before.end + timedelta(days=1)) == (period.days, period.start)


def test_the_calendar_ends() -> None:
    """More units than the calendar has are an error of ours."""
    with pytest.raises(PeriodError, match="leads outside the calendar"):
        resolve_period("last_9999_years", MONDAY)


@given(DAYS, st.sampled_from([word for word in PERIOD_WORDS if word != "today" and not word.endswith("_to_date")]))
def test_a_blocks_days_are_those_of_a_report_of_the_day_after(last_day: date, word: str) -> None:
    """T02: a word of a block is resolved as if the report were made on the day after its last day."""
    tomorrow = last_day + timedelta(days=1)
    assert block_period(word, last_day, tomorrow) == resolve_period(word, tomorrow)


@given(DAYS, st.sampled_from([("month", 1), ("quarter", 3), ("year", 12)]), MONTHS)
def test_a_blocks_running_unit_holds_the_reports_last_day(last_day: date, unit: tuple[str, int], starts: int) -> None:
    """T02: a unit to date ends with the report's last day, also where that is the last of its unit."""
    word, months = unit
    period = block_period(f"{word}_to_date", last_day, last_day + timedelta(days=9), UnitStarts(month=starts))
    assert period.end == last_day
    assert period.start.day == 1
    ahead = _months_before(date(last_day.year + 2, 1, 1), 48)
    covered = ahead[ahead.index((period.start.year, period.start.month)) :][:months]
    assert (last_day.year, last_day.month) in covered
    assert (period.start.month - starts) % months == 0 or word == "month"
    whole_end = date(*covered[-1], monthrange(*covered[-1])[1])
    assert period.until == (None if last_day == whole_end else whole_end)


def test_a_blocks_days_end_with_the_report() -> None:
    """Explicit days are cut at the report's last day, and refused where they begin after it."""
    last_day = date(2026, 10, 31)
    assert block_period("2026", last_day, MONDAY) == Period(
        date(2026, 1, 1), last_day, "year", until=date(2026, 12, 31)
    )
    with pytest.raises(PeriodError, match="days that begin no later than the report's last"):
        block_period("2026-11", last_day, MONDAY)


@pytest.mark.parametrize(("as_of", "complete"), [("2026-11-23", False), ("2026-11-24", True)])
def test_a_blocks_days_are_complete_by_the_day_of_the_report(as_of: str, *, complete: bool) -> None:
    """Beside a report on today, whose day is not over, a block that holds it is not complete."""
    assert block_period("last_7_days", MONDAY, date.fromisoformat(as_of)).complete is complete


@given(
    DAYS,
    st.integers(0, 800),
    st.sampled_from(["week", "month", "quarter", "year"]),
    WEEKDAYS,
    st.integers(1, 12),
)
def test_buckets_have_every_day_once(
    start: date, days: int, unit: Literal["week", "month", "quarter", "year"], weekday: int, first_month: int
) -> None:
    """T03: the units of a period follow one another without a gap; those inside it are whole, those cut are marked."""
    period = Period(start, start + timedelta(days=days))
    kind = BucketKind(unit, weekday, first_month)
    parts = parts_of_period(period, kind)
    assert (parts[0][0].start, parts[-1][0].end) == (period.start, period.end)
    assert all(one.end + timedelta(days=1) == other.start for (one, _), (other, _) in pairwise(parts))
    assert all(whole for _, whole in parts[1:-1])
    for part, whole in parts:
        begins = part.start.weekday() == kind.weekday if unit == "week" else part.start.day == 1
        if unit in {"quarter", "year"}:
            begins &= (part.start.month - first_month) % {"quarter": 3, "year": 12}[unit] == 0
        assert begins or not whole
        if whole and unit != "week":
            assert (part.calendar, len(_months_of(part))) == (unit, {"month": 1, "quarter": 3, "year": 12}[unit])
        assert (part.until is not None) <= (not whole)


def _months_of(period: Period) -> set[tuple[int, int]]:
    days = (period.start + timedelta(days=number) for number in range(period.days))
    return {(day.year, day.month) for day in days}
