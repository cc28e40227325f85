"""The timeline of an answer, and the two timelines of a comparison."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reportgen.components.timeline import Asked, Timeline, joined, timeline
from reportgen.periods import Period, Window
from tests.components.scenes import OCTOBER, SEPTEMBER

WINDOW = Window(OCTOBER, SEPTEMBER)


def days(first: date, count: int) -> list[str]:
    """Return days in a row."""
    return [(first + timedelta(days=number)).isoformat() for number in range(count)]


def made(labels: list[str], period: Period = OCTOBER) -> Timeline:
    """Return the timeline of labels that read."""
    found = timeline(labels, Asked(period))
    assert found
    return found


def partners(now: list[str], then: list[str], window: Window = WINDOW) -> dict[str, str | None]:
    """Return for each label that came the label of its partner."""
    assert window.baseline
    current, before = made(now, window.current), made(then, window.baseline)
    found = joined(current, before, window)
    assert found
    pairs = zip(current.labels, found.partners, strict=True)
    return {label: None if index is None else before.labels[index] for label, index in pairs}


def test_every_day_of_the_window_has_its_place() -> None:
    """Days that did not come are there without a row, and are known to be left out."""
    found = made(["2026-10-31", "2026-10-02"])
    assert found.labels == tuple(days(OCTOBER.start, 31))
    assert (found.rows[1], found.rows[30], found.rows[0]) == (1, 0, None)
    assert len(found.left_out) == 29


def test_a_day_of_another_month_is_left_out() -> None:
    """30 September is no day of October, whichever row it came in."""
    found = made(["2026-09-30", "2026-10-01"])
    assert (found.outside, found.labels[0], found.rows[0]) == (("2026-09-30",), "2026-10-01", 1)


def test_a_metric_with_a_range_of_its_own_keeps_its_days() -> None:
    """Its days are not those of the window, and none is added to them."""
    found = timeline(["2026-09-30", "2026-10-02"], Asked(OCTOBER, own_range=True))
    assert found
    assert (found.labels, found.outside) == (("2026-09-30", "2026-10-02"), ())


def test_days_join_by_their_place_in_the_period() -> None:
    """The first of October belongs to the first of September; the 31st has no partner."""
    found = partners(days(OCTOBER.start, 31), days(SEPTEMBER.start, 30))
    assert (found["2026-10-01"], found["2026-10-30"], found["2026-10-31"]) == ("2026-09-01", "2026-09-30", None)


@given(st.sets(st.integers(0, 30), min_size=5), st.sets(st.integers(0, 29), min_size=5), st.randoms())
def test_neither_order_nor_gaps_move_a_day(now: set[int], then: set[int], draw: object) -> None:
    """Whatever came in whatever order, the 3rd belongs to the 3rd."""
    october, september = days(OCTOBER.start, 31), days(SEPTEMBER.start, 30)
    rows = [october[index] for index in {*now, 0, 1}]
    draw.shuffle(rows)  # type: ignore[attr-defined] # hypothesis types its source of chance as object
    found = partners(rows, [september[index] for index in {*then, 0, 1}])
    assert all(found[day] == (september[index] if index < 30 else None) for index, day in enumerate(october))


def test_29_february_has_no_partner_a_year_before() -> None:
    """1 March belongs to 1 March in a leap year too."""
    window = Window(
        Period(date(2024, 2, 1), date(2024, 3, 31)), Period(date(2023, 2, 1), date(2023, 3, 31)), by_date=True
    )
    found = partners(days(date(2024, 2, 1), 60), days(date(2023, 2, 1), 59), window)
    assert (found["2024-02-28"], found["2024-02-29"], found["2024-03-01"]) == ("2023-02-28", None, "2023-03-01")


def test_a_month_that_did_not_come_moves_no_other() -> None:
    """March of this year belongs to March of last year, though last year's February is not there."""
    window = Window(Period(date(2026, 1, 1), date(2026, 12, 31)), Period(date(2025, 1, 1), date(2025, 12, 31)))
    found = partners(["2026-01-01", "2026-02-01", "2026-03-01"], ["2025-01", "2025-03"], window)
    assert (found["2026-02-01"], found["2026-03-01"], len(found)) == ("2025-02-01", "2025-03-01", 12)


def test_weeks_join_by_place_or_by_number() -> None:
    """The second week of October belongs to the second of September; week 53 has none in a year of 52."""
    found = partners(["2026-10-01", "2026-10-05", "2026-10-12"], ["2026-09-01", "2026-09-07", "2026-09-14"])
    assert (found["2026-09-28"], found["2026-10-12"]) == ("2026-08-31", "2026-09-14")
    years = Window(
        Period(date(2020, 1, 1), date(2020, 12, 31)), Period(date(2019, 1, 1), date(2019, 12, 31)), by_date=True
    )
    by_number = partners(["2020-W10", "2020-W53"], ["2019-W10", "2019-W11"], years)
    assert (by_number["2020-03-02"], by_number["2020-12-28"]) == ("2019-03-04", None)


@pytest.mark.parametrize(
    ("zone", "left_out"),
    [("Europe/Berlin", ("2026-03-29T05:00",)), ("UTC", ("2026-03-29T02:00", "2026-03-29T05:00"))],
)
def test_an_hour_that_clocks_leave_out_is_not_lacking(zone: str, left_out: tuple[str, ...]) -> None:
    """The day has 23 hours in its zone; another hour that did not come is lacking."""
    sunday = Period(date(2026, 3, 29), date(2026, 3, 29))
    labels = [f"2026-03-29T{hour:02}:00" for hour in range(24) if hour not in {2, 5}]
    found = timeline(labels, Asked(sunday, "hour", zone=zone))
    assert found
    assert found.left_out == left_out


def test_a_bucket_that_came_twice_is_named() -> None:
    """Which of its two values is its value is not known."""
    assert made(["2026-10-01", "2026-10-01T00:00:00"]).twice == "2026-10-01T00:00:00"
