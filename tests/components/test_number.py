"""The number component."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

import pytest

from reportgen.model import Block, Chart, Series, Unit
from reportgen.periods import Period, UnitStarts, Window
from reportgen.queries import ChartAnswer, Failure, NumberAnswer
from tests.components.scenes import OCTOBER, SEPTEMBER, YEAR_BEFORE, block_of, resolved, scope, twice

if TYPE_CHECKING:
    from reportgen.queries import Answer, Query

REACH = {
    "id": "f35a44ce",
    "label": "Reach",
    "format": "count",
    "direction": "up_is_good",
    "reference_key": "ig:reach",
    "component": "number_v1",
    "metrics": ["reach"],
    "sort": [],
    "extra": {"newApiKey": 1},
}


def test_asks_with_the_authors_api_keys_alone() -> None:
    """The structure holds the API's keys as written and `extra`; no presentation key, no id, no default."""
    (query,) = block_of(REACH).queries(scope())
    assert query.metric == {
        "reference_key": "ig:reach",
        "component": "number_v1",
        "metrics": ["reach"],
        "sort": [],
        "newApiKey": 1,
    }
    assert query.window == Window(OCTOBER, SEPTEMBER).of_days()


def test_compare_none_asks_without_comparison() -> None:
    """A block that compares with nothing sends no comparison dates."""
    (query,) = block_of({**REACH, "compare": "none"}).queries(scope())
    assert query.window.baseline is None


def test_ok() -> None:
    """A value and a baseline make a reading with its change."""
    block = resolved(REACH, NumberAnswer(55645, 50000, 11.29, 5645))
    (reading,) = block.readings
    assert (block.kind, block.state, block.label, block.width, block.source) == (
        "number",
        "ok",
        "Reach",
        3,
        "instagram",
    )
    assert (reading.field, reading.unit, reading.value, reading.baseline) == ("reach", Unit("count"), 55645, 50000)
    assert reading.change is not None
    assert (reading.change.absolute, reading.change.judgement) == (5645, "good")


@pytest.mark.parametrize("value", [-3, 0, 10**18, 1e-320, -0.0])
def test_odd_values_stay_what_they_are(value: float) -> None:
    """Negative, zero, huge and tiny values are values."""
    reading = resolved(REACH, NumberAnswer(value, 1)).readings[0]
    assert (reading.value, reading.missing) == (value, None)


def test_no_data_is_not_zero() -> None:
    """A null value is missing for want of data."""
    block = resolved(REACH, NumberAnswer(None, 50000))
    assert (block.state, block.readings[0].value, block.readings[0].missing) == ("no_data", None, "no_data")
    assert block.readings[0].change is None


def test_failed() -> None:
    """A failure keeps its word and its reason for staff."""
    block = resolved(REACH, Failure("expired", "token expired"))
    assert (block.state, block.reason, block.readings[0].missing) == ("expired", "token expired", "expired")


@pytest.mark.parametrize(("compared", "missing"), [(True, "no_data"), (False, "not_requested")])
def test_no_comparison_has_its_reason(compared: bool, missing: str) -> None:  # noqa: FBT001 - a table of cases
    """Without a baseline there is no change, and the reason is told apart."""
    reading = resolved(REACH, NumberAnswer(55645), compared=compared).readings[0]
    assert (reading.baseline, reading.baseline_missing, reading.change) == (None, missing, None)


@pytest.mark.parametrize("answer", [NumberAnswer(5), NumberAnswer(None), Failure("failed", "x")])
def test_the_direction_stands_without_a_change(answer: NumberAnswer | Failure) -> None:
    """Whether a rise is good is known of a number that is compared with nothing, and of a missing one."""
    assert resolved(REACH, answer, compared=False).readings[0].direction == "up_is_good"


def test_an_answer_of_another_kind_fails() -> None:
    """A chart where a number was asked is a failure, not a crash."""
    assert resolved(REACH, ChartAnswer(("a",), ((1,),))).state == "failed"


def test_label_defaults_to_the_reference_key() -> None:
    """Without a label the key is made readable."""
    assert (
        resolved({**REACH, "label": "", "reference_key": "ig:story_replies"}, NumberAnswer(1)).label == "Story replies"
    )


def test_several_metrics_are_one_value_of_the_reference_key() -> None:
    """One value comes back for two metrics, so it is named by the key and not by the first metric."""
    block = resolved({**REACH, "metrics": ["count", "ctr"], "reference_key": "ig:total_clicks"}, NumberAnswer(1))
    assert block.readings[0].field == "ig:total_clicks"


def test_currency_comes_from_the_format_then_the_report() -> None:
    """An amount takes the report's currency unless its format names one."""
    own = {**REACH, "format": {"as": "currency", "currency": "USD", "decimals": 0}}
    assert resolved({**REACH, "format": "currency"}, NumberAnswer(1)).readings[0].unit == Unit("currency", "BRL")
    assert resolved(own, NumberAnswer(1)).readings[0].unit == Unit("currency", "USD", 0)


def test_variables_in_label_and_note() -> None:
    """Variables in the author's text are replaced."""
    block = resolved({**REACH, "label": "Reach of {client.name}", "note": "{{x}}"}, NumberAnswer(1))
    assert (block.label, block.notes) == ("Reach of Aurora", ("{x}",))


def test_a_missing_value_keeps_its_baseline() -> None:
    """What was there before is still said."""
    reading = resolved(REACH, NumberAnswer(None, 50000)).readings[0]
    assert (reading.missing, reading.baseline, reading.change) == ("no_data", 50000, None)


@pytest.mark.parametrize(("value", "baseline"), [(1e308, -1e308), (10**400, 0.5)])
def test_a_move_beyond_numbers_is_no_change(value: float, baseline: float) -> None:
    """Two values further apart than a number can say have no change."""
    assert resolved(REACH, NumberAnswer(value, baseline)).readings[0].change is None


def apart(now: Answer, then: Answer) -> Block:
    """Resolve a number whose compared days are asked in a request of their own."""
    component = block_of({**REACH, "period": "last_month", "compare": "previous_period"})
    where = replace(scope(), days=OCTOBER, days_text="October 2026", compared=SEPTEMBER, asks_apart=True)
    first, second = component.queries(where)
    assert (first.window, second.window) == (Window(OCTOBER).of_days(), Window(SEPTEMBER).of_days())
    return component.resolve(where, {first: now, second: then})


def test_compared_days_that_are_asked_apart() -> None:
    """The change is ours, the title has the days, and what the API calls a comparison is not used."""
    block = apart(NumberAnswer(120, 7, 5.0, 1), NumberAnswer(100))
    (reading,) = block.readings
    assert (block.label, block.own_queries, block.cautions) == ("Reach \N{MIDDLE DOT} October 2026", block.queries, ())
    assert (reading.value, reading.baseline, reading.days, reading.compared) == (120, 100, OCTOBER, SEPTEMBER)
    assert reading.change is not None
    assert reading.change.relative == 0.2


def test_a_small_line_of_its_own_months_is_written_as_its_number() -> None:
    """A value that comes alone for several metrics has the format of the reference key, and so has its line."""
    written = {**REACH, "metrics": ["reach", "views"], "trend": {"by": "month"}}
    component = block_of(written)
    where = replace(scope(compared=False), trend_days=Period(date(2026, 8, 1), date(2026, 10, 31)))
    block = component.resolve(where, dict.fromkeys(component.queries(where), NumberAnswer(7)))
    assert block.charts[0].series[0].unit == block.readings[0].unit


def test_a_small_line_of_weeks_from_sunday_has_no_numbers() -> None:
    """Its weeks are called by their days, as those of a history are, and its quarters begin where the year does."""
    component = block_of({**REACH, "trend": {"by": "week"}})
    days = Period(date(2026, 10, 4), date(2026, 10, 31))
    where = replace(scope(compared=False), trend_days=days, starts=UnitStarts(6, 4))
    (line,) = component.resolve(where, dict.fromkeys(component.queries(where), NumberAnswer(7))).charts
    assert (line.labels[0], line.by_number, line.first_month) == ("2026-10-04", False, 4)


def test_a_small_line_of_its_own_months() -> None:
    """Each month is asked by itself, the report's own not again; a month in part or that failed is not on the line."""
    component = block_of({**REACH, "trend": {"by": "month"}})
    days = Period(date(2026, 8, 1), date(2026, 11, 3))
    where = replace(scope(), trend_days=days)
    own, august, september = component.queries(where)
    assert own.window == Window(OCTOBER, SEPTEMBER).of_days()
    answers: dict[Query, Answer] = {
        own: NumberAnswer(9, 8),
        august: NumberAnswer(7),
        september: Failure("failed", "too slow"),
    }
    block = component.resolve(where, answers)
    (line,) = block.charts
    assert (line.kind, line.bucket, line.labels) == ("sparkline", "month", ("2026-08-01", "2026-09-01", "2026-10-01"))
    assert (line.series[0].values, block.own_queries) == ((7, None, 9), (own.digest,))
    (caution,) = block.cautions
    assert (caution.code, caution.text) == (
        "W-FAILED",
        "its small line of 2026-09-01..2026-09-30: too slow; it is a gap",
    )
    assert (block.state, block.readings[0].value) == ("ok", 9)


def test_compared_days_that_fail_apart_are_said() -> None:
    """The value stays, and the block is partial."""
    block = apart(NumberAnswer(120, 7), Failure("failed", "too slow"))
    (reading,) = block.readings
    assert (block.state, block.reason) == ("partial", "the compared period: too slow")
    assert (reading.value, reading.baseline, reading.baseline_missing, reading.change) == (120, None, "failed", None)


def compared_twice(then: Answer, **keys: object) -> Block:
    """Resolve a number of 120, compared with 100 in September and with an answer for the October before."""
    component = block_of({**REACH, **keys})
    main, further = component.queries(twice())
    assert (main.window, further.window) == (Window(OCTOBER, SEPTEMBER).of_days(), Window(YEAR_BEFORE).of_days())
    return component.resolve(twice(), {main: NumberAnswer(120, 100), further: then})


def test_a_further_comparison_is_a_question_of_its_own() -> None:
    """The main comparison stays on the wire as it is; the further change is ours, from the value of its days."""
    block = compared_twice(NumberAnswer(80, 7, 5.0, 1))
    (reading,) = block.readings
    (further,) = reading.further
    assert (reading.baseline, further.compared, further.baseline) == (100, YEAR_BEFORE, 80)
    assert further.change is not None
    assert (further.change.absolute, further.change.relative, further.change.judgement) == (40, 0.5, "good")
    assert (block.state, len(block.own_queries)) == ("ok", 2)


@pytest.mark.parametrize(
    ("answer", "missing", "state"),
    [
        (NumberAnswer(None), "no_data", "ok"),
        (Failure("failed", "too slow"), "failed", "partial"),
        (Failure("not_requested", ""), "not_requested", "ok"),
        (ChartAnswer(("a",), ((1,),)), "failed", "partial"),
    ],
)
def test_a_further_comparison_may_be_missing(answer: Answer, missing: str, state: str) -> None:
    """The value and the main comparison stay; days that could not be read make the block partial."""
    block = compared_twice(answer)
    (reading,) = block.readings
    (further,) = reading.further
    assert (further.baseline, further.baseline_missing, further.change) == (None, missing, None)
    assert (reading.value, reading.baseline, block.state) == (120, 100, state)
    assert block.reason.startswith("the compared period 2025-10-01..2025-10-31: ") == (state == "partial")


def test_what_is_not_compared_has_no_further_comparison_either() -> None:
    """`compare: none` asks nothing; a range of its own and a day that is not over are not comparable."""
    plain = block_of({**REACH, "compare": "none"})
    (query,) = plain.queries(twice())
    assert plain.resolve(twice(), {query: NumberAnswer(120)}).readings[0].further == ()
    ranged = block_of({**REACH, "custom": {"custom_period": "30ED"}})
    (query,) = ranged.queries(twice())
    (reading,) = ranged.resolve(twice(), {query: NumberAnswer(120)}).readings
    today = replace(twice().window, current=replace(OCTOBER, complete=False))
    running = block_of(REACH)
    where = replace(twice(), window=today)
    (query,) = running.queries(where)
    (unfinished,) = running.resolve(where, {query: NumberAnswer(120, 100)}).readings
    for found in (reading, unfinished):
        assert [each.baseline_missing for each in found.further] == ["not_comparable"]


@pytest.mark.parametrize(
    ("written", "unit"),
    [
        ({}, Unit("count", compact=True)),
        ({"format": "count"}, Unit("count", compact=True)),
        ({"format": "percent"}, Unit("percent")),
    ],
)
def test_the_small_line_of_a_chart_is_written_as_its_number(written: dict[str, object], unit: Unit) -> None:
    """A value of the line under a card of 12.3K is no 12,345, unless the chart is of another kind of value."""
    days = ChartAnswer(("2026-10-01", "2026-10-02"), ((12_345, 9),))
    asked = {
        "reference_key": "ig:reach_over_time",
        "component": "chart_v1",
        "metrics": ["reach"],
        "dimensions": ["date"],
    }
    chart = resolved({**asked, **written}, days, compared=False)
    component = block_of({**REACH, "format": {"as": "count", "compact": True}, "trend": "daily"})
    where = replace(scope(compared=False), blocks={"daily": chart})
    block = component.resolve(where, dict.fromkeys(component.queries(where), NumberAnswer(12_354)))
    assert block.charts[0].series[0].unit == unit


@pytest.mark.parametrize(("days", "lines"), [(1, 0), (2, 0), (3, 1)])
def test_two_points_make_no_small_line(days: int, lines: int) -> None:
    """A report of a day has no dots under its cards."""
    labels = tuple(f"2026-10-{day:02d}" for day in range(1, days + 1))
    chart = Chart("line", "date", labels, (Series("reach", "Reach", Unit("count"), tuple(range(days))),))
    component = block_of({**REACH, "trend": "daily"})
    where = replace(scope(compared=False), blocks={"daily": Block("daily", "chart", "Daily", charts=(chart,))})
    block = component.resolve(where, dict.fromkeys(component.queries(where), NumberAnswer(12)))
    assert len(block.charts) == lines
