"""The chart component."""

from __future__ import annotations

import pytest

from reportgen.model import Unit
from reportgen.periods import Window
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
    assert compared.window == Window(SEPTEMBER)
    assert compared.structure == query.structure
    assert (query.metric["chart_type"], "kind" in query.metric) == ("line", False)


def test_ok() -> None:
    """Labels, one series a metric in the order asked, names and units from fields."""
    block = resolved(BY_DAY, ChartAnswer(DAYS, ((1, 2), (3, None))))
    (chart,) = block.charts
    assert (block.state, block.width, chart.kind, chart.label_type, chart.labels) == ("ok", 6, "line", "date", DAYS)
    assert [(series.field, series.label, series.unit, series.values) for series in chart.series] == [
        ("reach", "Accounts", Unit("count"), (1, 2)),
        ("impressions", "Impressions", Unit(), (3, None)),
    ]


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
