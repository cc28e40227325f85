"""The chart component."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from reportgen.model import Unit
from reportgen.periods import Period, UnitStarts, Window
from reportgen.queries import ChartAnswer, Failure, NumberAnswer
from tests.components.scenes import SEPTEMBER, block_of, resolved, scope

BY_DAY = {
    "reference_key": "ig:reach_over_time",
    "component": "chart_v1",
    "metrics": ["reach", "impressions"],
    "dimensions": ["date"],
    "chart_type": "line",
    "fields": {"reach": {"label": "Accounts", "format": "count"}},
}
DAYS = ("2026-10-01", "2026-10-02")


def test_asks_for_both_periods() -> None:
    """A chart asks with its chart type, the API's key, and again for the compared days, which it is sent nothing of."""
    query, compared = block_of({**BY_DAY, "kind": "bar"}).queries(scope())
    assert compared.window == Window(SEPTEMBER).of_days()
    assert compared.structure == query.structure
    assert (query.metric["chart_type"], "kind" in query.metric) == ("line", False)


def test_ok() -> None:
    """Labels, one series a metric in the order asked, names and units from fields."""
    block = resolved(BY_DAY, ChartAnswer(DAYS, ((1, 2), (3, None))))
    (chart,) = block.charts
    assert (block.state, block.width, chart.kind, chart.label_type, chart.labels[:2]) == ("ok", 6, "line", "date", DAYS)
    assert [(series.field, series.label, series.unit, series.values[:2]) for series in chart.series] == [
        ("reach", "Accounts", Unit("count"), (1, 2)),
        ("impressions", "Impressions", Unit(), (3, None)),
    ]


def test_each_series_knows_its_direction() -> None:
    """The field's own goes before the block's, and the table knows the rest."""
    written = {**BY_DAY, "metrics": ["reach", "cpc"], "fields": {"reach": {"direction": "neutral"}}}
    (chart,) = resolved(written, ChartAnswer(DAYS, ((1, 2), (3, 4)))).charts
    assert [series.direction for series in chart.series] == ["neutral", "down_is_good"]


@pytest.mark.parametrize(
    ("keys", "labels", "kind"),
    [
        ({"kind": "bar"}, DAYS, "bar"),
        ({"chart_type": "pie"}, ("a", "b"), "donut"),
        ({"chart_type": "line", "kind": "pie"}, ("a", "b"), "pie"),
        ({"kind": "grouped"}, ("2026-10-01", "2026-10-02"), "bar"),
        ({"kind": "heatmap"}, ("a", "b"), "heatmap"),
        ({"chart_type": "treemap"}, DAYS, "line"),
        ({"chart_type": "treemap"}, ("a", "b"), "bar"),
    ],
)
def test_kind(keys: dict[str, str], labels: tuple[str, ...], kind: str) -> None:
    """`kind` overrides the API's chart type; an unknown type is drawn as its labels suggest."""
    assert resolved({**BY_DAY, **keys}, ChartAnswer(labels, ((1, 2), (3, 4)))).charts[0].kind == kind


@pytest.mark.parametrize("answer", [ChartAnswer((), ()), ChartAnswer(("a",), ((None,),)), ChartAnswer(("a",), ())])
def test_nothing_to_draw_is_no_data(answer: ChartAnswer) -> None:
    """No labels, no series or only nulls: no data, and no chart of zeros."""
    block = resolved(BY_DAY, answer)
    assert (block.state, block.charts) == ("no_data", ())


def test_a_day_has_the_hours_of_its_zone() -> None:
    """When clocks go forward it has 23, and none lacks a figure."""
    sunday = Period(date(2026, 3, 29), date(2026, 3, 29))
    where = replace(scope(compared=False), window=Window(sunday), zone="Europe/Berlin")
    component = block_of({**BY_DAY, "metrics": ["reach"], "dimensions": ["hour"]})
    answer = ChartAnswer(tuple(f"2026-03-29T{hour:02}:00" for hour in range(24) if hour != 2), (tuple(range(23)),))
    block = component.resolve(where, dict.fromkeys(component.queries(where), answer))
    assert block.charts[0].series[0].values == tuple(range(23))


def test_single_point() -> None:
    """One point is a chart."""
    assert resolved(BY_DAY, ChartAnswer(("a",), ((0,), (5,)))).state == "ok"


def test_failed() -> None:
    """A failure keeps its word and its reason."""
    block = resolved(BY_DAY, Failure("not_returned", "absent"))
    assert (block.state, block.reason, block.charts) == ("not_returned", "absent", ())


def test_an_answer_of_another_kind_fails() -> None:
    """A number where a chart was asked is a failure, not a crash."""
    assert resolved(BY_DAY, NumberAnswer(1)).state == "failed"


def test_lengths_that_differ_lose_nothing() -> None:
    """A short series gets missing points, surplus values get a numbered label, and staff are told."""
    block = resolved(BY_DAY, ChartAnswer(("a", "b"), ((1, 2, 3), (4,))))
    (chart,) = block.charts
    assert block.state == "partial"
    assert "2 labels" in block.reason
    assert chart.labels == ("a", "b", "#3")
    assert [series.values for series in chart.series] == [(1, 2, 3), (4, None, None)]


def test_more_series_than_metrics_are_numbered() -> None:
    """A second dimension can bring more series; they are told apart, never named wrongly."""
    block = resolved({**BY_DAY, "metrics": ["followers"]}, ChartAnswer(("18-24",), ((1,), (2,))))
    assert [(series.field, series.label) for series in block.charts[0].series] == [
        ("followers", "1"),
        ("followers", "2"),
    ]


@pytest.mark.parametrize("labels", [("2026-10-01", "Total"), ("2026-02-30", "2026-10-01"), ("10", "11")])
def test_labels_are_dates_only_where_all_are(labels: tuple[str, ...]) -> None:
    """One label that is no day makes them all categories."""
    assert resolved(BY_DAY, ChartAnswer(labels, ((1, 2), (3, 4)))).charts[0].label_type == "category"


def test_days_that_did_not_come_are_gaps() -> None:
    """Every day of the window has its place; a left-out day has no value."""
    (chart,) = resolved(BY_DAY, ChartAnswer(("2026-10-31", "2026-10-01"), ((1, 2), (3, 4)))).charts
    assert (len(chart.labels), chart.series[0].values[0], chart.series[0].values[30]) == (31, 2, 1)
    assert set(chart.series[0].values[1:30]) == {None}


def test_days_that_are_zero_where_absent() -> None:
    """The author knows that the source leaves out days of zero."""
    (chart,) = resolved({**BY_DAY, "absent": "zero"}, ChartAnswer(DAYS, ((1, 2), (3, None)))).charts
    assert chart.series[0].values == (1, 2, *(0,) * 29)
    assert chart.series[1].values[:3] == (3, None, 0)


def test_a_source_of_absent_zeros_has_no_rates_of_zero() -> None:
    """A day without an impression has no click rate, so the source's word fills counts alone."""
    keys = {**BY_DAY, "fields": {"reach": {"format": "percent"}, "impressions": {"format": "count"}}}
    block, where = block_of(keys), replace(scope(compared=False), absent_is_zero=True)
    (query,) = block.queries(where)
    (chart,) = block.resolve(where, {query: ChartAnswer(DAYS, ((1, 2), (3, 4)))}).charts
    assert [series.values[2] for series in chart.series] == [None, 0]


def test_labels_outside_the_window_are_left_out() -> None:
    """They enter no total and no axis, and staff are told."""
    block = resolved(BY_DAY, ChartAnswer(("2026-09-30", "2026-10-01"), ((900, 2), (1, 1))), compared=False)
    assert (block.charts[0].labels[0], block.charts[0].series[0].values[0]) == ("2026-10-01", 2)
    assert [caution.code for caution in block.cautions] == ["W-OUTSIDE"]


def test_an_answer_of_other_days_alone_is_no_data() -> None:
    """A chart of another month is not drawn in this one."""
    block = resolved(BY_DAY, ChartAnswer(("2026-08-30",), ((900,), (1,))), compared=False)
    assert (block.state, block.charts, [caution.code for caution in block.cautions]) == ("no_data", (), ["W-OUTSIDE"])


def test_labels_of_days_that_do_not_read() -> None:
    """They stay words with a caution; words of another dimension, drawn as a line, are none."""
    block = resolved(BY_DAY, ChartAnswer(("day 1", "day 2"), ((1, 2), (3, 4))))
    assert (block.charts[0].label_type, [caution.code for caution in block.cautions]) == ("category", ["W-LABELS"])
    names = resolved({**BY_DAY, "dimensions": ["campaign"]}, ChartAnswer(("A", "B"), ((1, 2), (3, 4))))
    assert not names.cautions


def test_buckets_have_their_unit() -> None:
    """Months that came as 2026-10 stand by their first days."""
    (chart,) = resolved(BY_DAY, ChartAnswer(("2026-10",), ((1,), (3,))), compared=False).charts
    assert (chart.label_type, chart.bucket, chart.labels) == ("date", "month", ("2026-10-01",))


@pytest.mark.parametrize(
    ("labels", "expected"),
    [
        (("2026-W40", "2026-W41", "2026-W43", "2026-W44"), (0, 4)),
        (("2026-W41", "2026-W42", "2026-W43"), ()),
        (("2026-10",), ()),
        (("2026",), (0,)),
        (DAYS, ()),
    ],
)
def test_buckets_that_the_window_cuts_are_known(labels: tuple[str, ...], expected: tuple[int, ...]) -> None:
    """A week that October begins or ends in is cut; October, its days and its other weeks are whole."""
    values = tuple(range(1, len(labels) + 1))
    dimension = "year" if labels == ("2026",) else "date"
    (chart,) = resolved(
        {**BY_DAY, "dimensions": [dimension]}, ChartAnswer(labels, (values, values)), compared=False
    ).charts
    assert chart.cut == expected


def test_compared_weeks_that_their_period_cuts_are_known() -> None:
    """September begins in week 36 and ends in 40, which are compared with others of October."""
    chart = block_of({**CLICKS_BY_DAY, "dimensions": ["week"]})
    sent = (ChartAnswer(tuple(f"2026-W{first + at}" for at in range(5)), ((7,) * 5,)) for first in (40, 36))
    block = chart.resolve(scope(), dict(zip(chart.queries(scope()), sent, strict=True)))
    assert (block.charts[0].cut, block.charts[0].baseline_cut) == ((0, 4), (0, 4))


def test_days_by_week_after_they_are_checked() -> None:
    """`by` adds up the answered days once these are known to be its own; labels that are no days stand as they came."""
    written = {**CLICKS_BY_DAY, "by": "month"}
    answer = ChartAnswer(("2026-10-01", "2026-10-02"), ((3, 4),))
    block = block_of(written)
    (chart,) = block.completed(resolved(written, answer, compared=False), scope()).charts
    assert (chart.labels, chart.series[0].values, chart.cut, chart.bucket) == (("2026-10-01",), (7,), (0,), "month")
    words = block.completed(resolved(written, ChartAnswer(("Mon", "Tue"), ((3, 4),)), compared=False), scope())
    assert words.charts[0].labels == ("Mon", "Tue")
    assert words.cautions[-1].text == "by: month adds up days, and its labels are none; it stands as it came"


@pytest.mark.parametrize(("weekday", "missing", "codes"), [(0, None, []), (4, "not_comparable", ["W-JOIN"])])
def test_weeks_that_no_week_is_compared_with_are_said(weekday: int, missing: str | None, codes: list[str]) -> None:
    """From Monday, October and September have five weeks each; from Friday, October has six."""
    chart = block_of({**CLICKS_BY_DAY, "by": "week", "absent": "zero"})
    where = replace(scope(), starts=UnitStarts(weekday))
    sent = (ChartAnswer((f"2026-{month}-01",), ((3,),)) for month in ("10", "09"))
    block = chart.completed(chart.resolve(where, dict(zip(chart.queries(where), sent, strict=True))), where)
    assert [drawn.baseline_missing for drawn in block.charts] == [missing]
    assert [caution.code for caution in block.cautions] == codes


CLICKS_BY_DAY = {
    "reference_key": "gads:clicks_over_time",
    "component": "chart_v1",
    "metrics": ["metrics.clicks"],
    "dimensions": ["date"],
}
