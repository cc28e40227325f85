"""Charts, tables and numbers, compared."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest

from reportgen.components.goals import GoalSpec
from reportgen.periods import Period, Window
from reportgen.queries import Answer, ChartAnswer, Failure, NumberAnswer, TableAnswer
from tests.components.scenes import OCTOBER, SEPTEMBER, block_of, resolved, scope

if TYPE_CHECKING:
    from reportgen.model import Block, Goal

BY_DAY = {"reference_key": "ig:days", "component": "chart_v1", "metrics": ["reach"], "dimensions": ["date"]}
BY_AGE = {"reference_key": "ig:ages", "component": "chart_v1", "metrics": ["reach"], "dimensions": ["age"]}
LINKS = {
    "reference_key": "ig:links",
    "component": "datatable_v1",
    "metrics": ["clicks", "cpc"],
    "dimensions": ["link"],
    "sort_by": "-clicks",
}
REACH = {"reference_key": "ig:reach", "component": "number_v1", "metrics": ["reach"]}
OWN = {**REACH, "custom": {"custom_period": "30ED"}}


def compared(written: object, now: Answer, then: Answer, window: Window | None = None) -> Block:
    """Resolve a block whose two periods are answered apart."""
    where = replace(scope(), window=window or Window(OCTOBER, SEPTEMBER))
    block = block_of(written)
    made = block.resolve(where, dict(zip(block.queries(where), (now, then), strict=True)))
    return block.completed(made, where)


def days(first: date, count: int) -> tuple[str, ...]:
    """Return days in a row."""
    return tuple((first + timedelta(days=number)).isoformat() for number in range(count))


def test_days_stand_beside_their_partners() -> None:
    """31 days of October beside 30 of September: the last has no partner, and none is made up."""
    now = ChartAnswer(days(OCTOBER.start, 31), (tuple(range(31)),))
    then = ChartAnswer(days(SEPTEMBER.start, 30), (tuple(range(100, 130)),))
    (chart,) = compared(BY_DAY, now, then).charts
    assert chart.series[0].baseline == (*range(100, 130), None)
    assert (chart.baseline_labels[0], chart.baseline_labels[-1]) == ("2026-09-01", "")


def test_a_longer_compared_month_keeps_its_days() -> None:
    """28 days beside 31: the last three are there, beyond the labels."""
    february, january = (
        Period(date(2026, month, 1), date(2026, month, end), "month") for month, end in ((2, 28), (1, 31))
    )
    now = ChartAnswer(days(february.start, 28), (tuple(range(28)),))
    then = ChartAnswer(days(january.start, 31), (tuple(range(31)),))
    (chart,) = compared(BY_DAY, now, then, Window(february, january)).charts
    assert (len(chart.labels), len(chart.series[0].values), chart.series[0].baseline) == (28, 28, tuple(range(31)))


def test_categories_join_by_name() -> None:
    """What is in one period only is marked by a missing value, never dropped or zero."""
    now, then = ChartAnswer(("18-24", "25-34"), ((5, 7),)), ChartAnswer(("25-34", "35-44"), ((6, 9),))
    (chart,) = compared(BY_AGE, now, then).charts
    assert chart.labels == ("18-24", "25-34", "35-44")
    assert (chart.series[0].values, chart.series[0].baseline) == ((5, 7, None), (None, 6, 9))


def test_categories_join_without_spaces_and_in_one_form() -> None:
    """A name that came with a space or with composed letters is the same category, printed as it came now."""
    now, then = ChartAnswer(("São Paulo", "Rio"), ((5, 7),)), ChartAnswer(("Rio ", "Sa\u0303o Paulo"), ((6, 9),))
    (chart,) = compared(BY_AGE, now, then).charts
    assert (chart.labels, chart.series[0].baseline) == (("São Paulo", "Rio"), (9, 6))


def test_rows_join_by_name_and_stay_in_order() -> None:
    """Rows are sorted by the current period, those of the compared one alone come last, totals are apart."""
    now = TableAnswer((("A", 5, 1.5), ("B", 7, 2.0), ("Total", 12, 1.8)))
    then = TableAnswer((("B", 6, 1.0), ("C", 99, 3.0), ("Total", 105, 2.9)))
    (table,) = compared(LINKS, now, then).tables
    link, clicks, cpc = table.columns
    assert (link.values, table.presence) == (("B", "A", "C"), ("both", "current", "baseline"))
    assert (clicks.values, clicks.baseline, link.baseline) == ((7, 5, None), (6, None, 99), ())
    assert (table.total, table.total_baseline) == (("Total", 12, 1.8), ("Total", 105, 2.9))
    assert (table.of, table.shown, cpc.direction) == (3, 3, "down_is_good")


DAYS_BEFORE = ("2026-09-01", "2026-09-02", "2026-09-03")


def test_dates_in_a_table_join_by_place() -> None:
    """A row a day is compared with the same day of the month before, not marked as new, even if that did not come."""
    now = TableAnswer((("2026-10-01", 5, 1), ("2026-10-02", 6, 1)))
    then = TableAnswer((("2026-09-01", 3, 1), ("2026-09-02", 4, 1)))
    (table,) = compared({**LINKS, "dimensions": ["date"], "sort_by": "date"}, now, then).tables
    assert table.columns[0].values[:3] == ("2026-10-01", "2026-10-02", "2026-10-03")
    assert (table.presence[:2], table.columns[0].baseline[:3]) == (("both", "both"), DAYS_BEFORE)
    assert table.columns[1].baseline[:3] == (3, 4, None)


@pytest.mark.parametrize(
    ("second", "word", "state"),
    [
        (Failure("failed", "timed out"), "failed", "partial"),
        (Failure("not_returned", "absent"), "not_returned", "partial"),
        (Failure("not_requested", "no such file"), "not_requested", "ok"),
        (Failure("no_data", ""), "no_data", "ok"),
        (ChartAnswer((), ()), "no_data", "ok"),
        (ChartAnswer(("18-24", "18-24"), ((1, 2),)), "not_comparable", "ok"),
        (ChartAnswer(("18-24",), ((1,), (2,))), "not_comparable", "ok"),
    ],
)
def test_what_cannot_be_compared_says_why(second: Answer, word: str, state: str) -> None:
    """The chart stays whole, and the word for the missing comparison is the reason's own."""
    block = compared(BY_AGE, ChartAnswer(("18-24",), ((5,),)), second)
    assert (block.charts[0].baseline_missing, block.state) == (word, state)
    assert block.charts[0].series[0].values == (5,)


def test_a_comparison_that_came_along_is_used_where_the_second_request_failed() -> None:
    """An undocumented comparison is better than none."""
    now = ChartAnswer(("18-24",), ((5,),), ChartAnswer(("18-24",), ((4,),)))
    block = compared(BY_AGE, now, Failure("failed", "timed out"))
    assert (block.charts[0].series[0].baseline, block.state, block.cautions) == ((4,), "ok", ())


def test_the_second_request_wins_and_the_other_is_checked() -> None:
    """A comparison that came along and says something else is a warning."""
    now = TableAnswer((("A", 5, 1),), TableAnswer((("A", 4, 1),)))
    block = compared(LINKS, now, TableAnswer((("A", 3, 1),)))
    assert block.tables[0].columns[1].baseline == (3,)
    assert [caution.code for caution in block.cautions] == ["W-COMPARISON"]


@pytest.mark.parametrize(
    ("answer", "codes"),
    [
        (NumberAnswer(125, 100, 25, 25), []),
        (NumberAnswer(125, 100, 0.25, 25), []),  # as a fraction
        (NumberAnswer(2, 3, -33.33, -1), []),
        (NumberAnswer(2, 3, -33, -1), []),
        (NumberAnswer(125, 100, 20.5, 25), ["W-DIFFERENCE"]),
        (NumberAnswer(123456.78, 123456.71, 5.67e-05, 0.069999999992433), []),
        (NumberAnswer(123456.78, 123456.71, 0.5, 0.08), ["W-DIFFERENCE", "W-DIFFERENCE"]),
        (NumberAnswer(125, 100, 25, 30), ["W-DIFFERENCE"]),
        (NumberAnswer(80, 100, -20, 20), []),  # without its sign
        (NumberAnswer(80, 100, 20, 20), []),
        (NumberAnswer(80, 100, 25, 20), ["W-DIFFERENCE"]),
        (NumberAnswer(80, 100, 20, -20), ["W-DIFFERENCE"]),
        (NumberAnswer(80, 100, -20, 30), ["W-DIFFERENCE"]),
        (NumberAnswer(125, 100, 25, -25), ["W-DIFFERENCE"]),
        (NumberAnswer(125, 0, 100, 125), []),
        (NumberAnswer(125, None, 25), ["W-DIFFERENCE"]),
        (NumberAnswer(125, None, None), []),
    ],
)
def test_the_apis_own_change_is_checked(answer: NumberAnswer, codes: list[str]) -> None:
    """A change that the API states otherwise, by more than rounding, is a warning; ours is printed."""
    block = resolved(REACH, answer)
    assert [caution.code for caution in block.cautions] == codes


def test_a_metric_with_a_range_of_its_own_is_not_compared() -> None:
    """What covers the last 30 days says so, and has no change of a month that it does not cover."""
    block = resolved(OWN, NumberAnswer(50, 40, 25, 10))
    (reading,) = block.readings
    assert (reading.value, reading.baseline, reading.change, reading.baseline_missing) == (
        50,
        None,
        None,
        "not_comparable",
    )
    assert block.remarks == ("last_30_days",)


def test_a_day_that_is_not_over_is_not_compared() -> None:
    """Today beside yesterday: both values, no change."""
    today = Period(date(2026, 11, 3), date(2026, 11, 3), complete=False)
    yesterday = Period(date(2026, 11, 2), date(2026, 11, 2))
    where = replace(scope(), window=Window(today, yesterday))
    block = block_of(REACH)
    made = block.resolve(where, dict.fromkeys(block.queries(where), NumberAnswer(5, 50)))
    assert (made.readings[0].baseline, made.readings[0].change, made.remarks) == (50, None, ("unfinished",))


@pytest.mark.parametrize(
    ("written", "answer"), [(BY_AGE, ChartAnswer(("18-24",), ((5,),))), (LINKS, TableAnswer((("A", 5, 1),)))]
)
def test_charts_and_tables_of_a_day_that_is_not_over_are_not_compared(
    written: dict[str, object], answer: Answer
) -> None:
    """The page says that today is not compared, so its rows and points have no change of half a day either."""
    today = Period(date(2026, 11, 3), date(2026, 11, 3), complete=False)
    where = replace(scope(), window=Window(today, Period(date(2026, 11, 2), date(2026, 11, 2))))
    block = block_of(written)
    made = block.resolve(where, dict.fromkeys(block.queries(where), answer))
    assert [one.baseline_missing for one in made.charts] + [one.baseline_missing for one in made.tables] == [
        "not_comparable"
    ]
    assert (len(block.queries(where)), made.remarks) == (1, ("unfinished",))


def test_the_goal_of_a_day_that_is_not_over_is_not_missed() -> None:
    """A goal of today is neither missed nor paced before the day is over; it may be reached."""
    today = Period(date(2026, 11, 3), date(2026, 11, 3), complete=False)
    where = replace(scope(), window=Window(today))
    block = block_of({**REACH, "reference_key": "ig:likes", "goal": 100})

    def goal(value: int) -> Goal | None:
        return block.resolve(where, dict.fromkeys(block.queries(where), NumberAnswer(value))).readings[0].goal

    reached = goal(100)
    assert (goal(40), reached and reached.standing) == (None, "reached")


def test_the_clients_goal_goes_over_the_specs() -> None:
    """A goal is held against the value, pacing included where the metric adds up."""
    block = block_of({**REACH, "reference_key": "ig:likes", "goal": 100})
    running = Period(date(2026, 11, 1), date(2026, 11, 15), "month", until=date(2026, 11, 30))
    where = replace(scope(), window=Window(running), goal=GoalSpec(target=200))
    (reading,) = block.resolve(where, dict.fromkeys(block.queries(where), NumberAnswer(110))).readings
    assert reading.goal is not None
    assert (reading.goal.target, reading.goal.expected, reading.goal.standing) == (200, 0.5, "on_course")
