"""The history component."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

import pytest

from reportgen.components.history import HistoryBlock
from reportgen.model import Unit
from reportgen.periods import Period, Window
from reportgen.queries import Failure, NumberAnswer
from tests.components.scenes import OCTOBER, SEPTEMBER, block_of, scope

if TYPE_CHECKING:
    from reportgen.components import Scope
    from reportgen.model import Block
    from reportgen.queries import Answer

SPEND = {"format": "currency", "reference_key": "gads:cost_micros", "component": "number_v1", "metrics": ["spend"]}
CLICKS = {"format": "count", "reference_key": "gads:clicks", "component": "number_v1", "metrics": ["clicks"]}
NUMBERS = {"spend": {**SPEND, "label": "Spend"}, "clicks": {**CLICKS, "label": "Clicks"}}
FORMULAS = {"cpc": {"formula": "spend / clicks", "label": "CPC", "format": "currency", "direction": "down_is_good"}}
QUARTER = Period(date(2026, 8, 1), date(2026, 10, 31), "month", units=3)


def scope_of(days: Period = QUARTER) -> Scope:
    """Return the scope of a history in a report of October, compared with September."""
    own = {name: (block_of(written), replace(scope(), name=name)) for name, written in (NUMBERS | FORMULAS).items()}
    return replace(scope(), window=Window(days), days=days, operands=own)


def history_of(written: object, answers: dict[tuple[str, str], Answer], days: Period = QUARTER) -> Block:
    """Resolve a history, each metric and first day answered; what is not named has no data."""
    component, where = block_of(written), scope_of(days)
    return component.resolve(
        where,
        {
            query: answers.get(
                (str(query.metric["reference_key"]), str(query.window.current.start)), NumberAnswer(None)
            )
            for query in component.queries(where)
        },
    )


def answered(key: str, *values: float | None) -> dict[tuple[str, str], Answer]:
    """Return the answers of August, September and October."""
    return {(key, f"2026-{month:02}-01"): NumberAnswer(value) for month, value in enumerate(values, 8)}


def test_each_bucket_is_a_window_of_its_own() -> None:
    """But for the report's own days, whose answer is that of the number itself; each answer stands under its name."""
    component, where = block_of({"history": ["spend", "cpc"]}), scope_of()
    asked = {query.window: names for query, names in component.author_keys(where) if "spend" in names}
    august = Window(Period(date(2026, 8, 1), date(2026, 8, 31)))
    assert list(asked) == [august, Window(SEPTEMBER).of_days(), Window(OCTOBER, SEPTEMBER).of_days()]
    number, own = where.operands["spend"]
    assert set(number.queries(own)) <= set(component.queries(where))
    assert len(component.queries(where)) == 6


def test_the_requests_of_named_numbers_are_its_own() -> None:
    """Those of the numbers that its formulas are calculated from come after them."""
    block = history_of({"history": ["spend", "cpc"]}, answered("gads:cost_micros", 3, 2, 1))
    asked = [
        query for query in block_of({"history": "spend"}).queries(scope_of()) if query.metric["metrics"] == ["spend"]
    ]
    assert block.own_queries == tuple(query.digest for query in asked)
    assert (len(block.queries), block.trend_queries) == (6, 3)


def test_a_rate_of_each_month_is_the_sources_own() -> None:
    """Values stand by month, as they were answered; nothing is added up."""
    block = history_of({"history": "spend"}, answered("gads:cost_micros", 10.5, 12, 9))
    (chart,) = block.charts
    assert (block.kind, block.label, block.state, chart.kind) == ("chart", "Spend", "ok", "bar")
    assert (chart.labels, chart.bucket, chart.cut) == (("2026-08-01", "2026-09-01", "2026-10-01"), "month", ())
    assert chart.series[0].values == (10.5, 12, 9)
    assert chart.windows[0] == "2026-08-01..2026-08-31"
    assert (chart.days, chart.compared, chart.baseline_missing) == (QUARTER, None, "not_requested")


def test_a_formula_is_worked_out_from_the_numbers_of_each_month() -> None:
    """In its own unit and direction; where a number lacks a month, or is zero below, there is a gap."""
    answers = answered("gads:cost_micros", 10, 12, None) | answered("gads:clicks", 5, 0, 3)
    block = history_of({"history": "cpc"}, answers)
    (series,) = block.charts[0].series
    assert (series.label, series.values, series.direction) == ("CPC", (2, None, None), "down_is_good")
    assert (series.unit, series.additive) == (Unit("currency", "BRL"), False)
    assert (block.state, block.charts[0].kind) == ("ok", "line")


def test_a_month_with_a_zero_divisor_is_not_defined() -> None:
    """It does not lack a figure, as the month without spend does; of the year before likewise."""
    answers = answered("gads:cost_micros", 10, 12, None) | answered("gads:clicks", 5, 0, 3)
    answers |= {("gads:cost_micros", "2025-08-01"): NumberAnswer(4), ("gads:clicks", "2025-08-01"): NumberAnswer(0)}
    (series,) = history_of({"history": "cpc", "compare": "same_period_last_year"}, answers).charts[0].series
    assert (series.undefined, series.baseline_undefined) == ((1,), (0,))


@pytest.mark.parametrize(("spend", "remarks"), [(12, ("zero_divisor",)), (None, ())])
def test_a_history_of_zero_divisors_is_not_defined(spend: float | None, remarks: tuple[str, ...]) -> None:
    """In every month; where one lacks its figure, there is no data."""
    answers = answered("gads:cost_micros", 10, spend, 9) | answered("gads:clicks", 0, 0, 0)
    block = history_of({"history": "cpc"}, answers)
    assert (block.state, block.remarks) == ("no_data", remarks)


def test_two_units_are_bars_over_lines() -> None:
    """Unless the author says otherwise."""
    answers = answered("gads:cost_micros", 1, 2, 3) | answered("gads:clicks", 4, 5, 6)
    block = history_of({"history": ["spend", "clicks"]}, answers)
    assert (block.label, block.charts[0].kind) == ("Spend, Clicks", "combo")
    named = history_of({"history": ["spend", "clicks"], "kind": "line", "label": "Both", "width": 12}, answers)
    assert (named.label, named.charts[0].kind, named.width) == ("Both", "line", 12)


def test_a_failed_month_is_a_gap_and_degrades() -> None:
    """The others stand; the reason is told with the number and its days."""
    answers = answered("gads:cost_micros", 10, 12, 9)
    answers["gads:cost_micros", "2026-09-01"] = Failure("failed", "too slow")
    block = history_of({"history": "spend"}, answers)
    assert (block.state, block.charts[0].series[0].values) == ("partial", (10, None, 9))
    (caution,) = block.cautions
    assert (caution.code, caution.text) == ("W-FAILED", "spend of 2026-09-01..2026-09-30: too slow; it is a gap")


@pytest.mark.parametrize(
    ("answer", "state"), [(NumberAnswer(None), "no_data"), (Failure("expired", "connect again"), "expired")]
)
def test_without_any_value_there_is_no_chart(answer: Answer, state: str) -> None:
    """The block has the state of its numbers."""
    months = {("gads:cost_micros", f"2026-{month:02}-01"): answer for month in (8, 9, 10)}
    block = history_of({"history": "spend"}, months)
    assert (block.state, block.charts) == (state, ())


def test_a_running_month_is_cut_and_never_compared() -> None:
    """The whole months stand beside those of the year before; the cut one has no partner."""
    days = Period(date(2026, 9, 1), date(2026, 10, 12), "year", until=date(2026, 12, 31))
    before: dict[tuple[str, str], Answer] = {("gads:cost_micros", "2025-09-01"): NumberAnswer(7)}
    answers = answered("gads:cost_micros", 0, 12, 9) | before
    block = history_of({"history": "spend", "compare": "same_period_last_year"}, answers, days)
    (chart,) = block.charts
    assert (chart.windows, chart.cut) == (("2026-09-01..2026-09-30", "2026-10-01..2026-10-12"), (1,))
    assert (chart.series[0].values, chart.series[0].baseline) == ((12, 9), (7, None))
    assert chart.baseline_labels == ("2025-09-01", "")
    assert chart.baseline_windows == ("2025-09-01..2025-09-30", "")


def test_a_53rd_week_has_no_partner() -> None:
    """The 52 weeks before it are those of the week after, and would count twice."""
    weeks = Period(date(2026, 12, 21), date(2027, 1, 10), "week", units=3)
    written = {"history": "spend", "by": "week", "compare": "same_period_last_year"}
    (chart,) = history_of(written, {("gads:cost_micros", "2026-12-21"): NumberAnswer(7)}, weeks).charts
    assert chart.baseline_labels == ("2025-12-22", "", "2025-12-29")


@pytest.mark.parametrize(
    ("written", "days"),
    [
        ({"history": "spend"}, "last_13_months"),
        ({"history": "spend", "by": "quarter"}, "last_8_quarters"),
        ({"history": "spend", "by": "week"}, "last_13_weeks"),
        ({"history": "spend", "by": "year"}, "last_5_years"),
        ({"history": "spend", "period": "year_to_date"}, "year_to_date"),
    ],
)
def test_usual_days(written: dict[str, str], days: str) -> None:
    """Enough to see a year, or the author's own."""
    component = block_of(written)
    assert isinstance(component, HistoryBlock)
    assert component.days() == days


def test_an_absent_number_is_left_out() -> None:
    """A client without its account still has the others."""
    where = scope_of()
    where = replace(where, operands={name: where.operands[name] for name in ("clicks",)})
    component = block_of({"history": ["spend", "clicks"]})
    block = component.resolve(where, dict.fromkeys(component.queries(where), NumberAnswer(3)))
    assert [series.label for series in block.charts[0].series] == ["Clicks"]


def goals_of(goal: object, values: tuple[float | None, ...], days: Period = QUARTER, **keys: object) -> Block:
    """Resolve a history of clicks with a goal, answered by the first days of its buckets."""
    clicks = block_of({**CLICKS, "additive": True, "direction": "up_is_good", "goal": goal, **keys})
    component = block_of({"history": "clicks"})
    where = replace(
        scope(),
        window=Window(days),
        operands={"clicks": (clicks, replace(scope(), name="clicks", spec_period=OCTOBER))},
    )
    came = dict(zip((query for query in component.queries(where)), map(NumberAnswer, values), strict=True))
    return component.resolve(where, came)


def test_each_bucket_has_its_goal() -> None:
    """With its verdict; a month without a value has none, nor has one that is cut."""
    block = goals_of(1000, (1200, None, 900))
    (series,) = block.charts[0].series
    assert [goal and (goal.target, goal.standing) for goal in series.goals] == [
        (1000, "reached"),
        None,
        (1000, "missed"),
    ]
    cut = Period(date(2026, 9, 16), date(2026, 10, 31))
    (series,) = goals_of(1000, (1200, 900), cut).charts[0].series
    assert [goal and goal.target for goal in series.goals] == [None, 1000]


def test_goals_of_months_are_those_of_each_month() -> None:
    """As a client writes them."""
    (series,) = goals_of({"2026-08": 1, "2026-09": 2, "2026-10": 3}, (9, 9, 9)).charts[0].series
    assert [goal and goal.target for goal in series.goals] == [1, 2, 3]


def test_a_goal_that_no_bucket_can_be_held_against_is_told_once() -> None:
    """Such as a goal of a week for months of reach."""
    block = goals_of({"target": 70, "per": "week"}, (1, 2, 3), additive=False)
    (caution,) = block.cautions
    assert (caution.code, caution.text.startswith("clicks: its goal per week is not held against 2026-08")) == (
        "W-GOAL",
        True,
    )
    assert block.charts[0].series[0].goals == ()
