"""Cautions on charts that are drawn in another form than was asked for."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from reportgen.periods import Period, Window
from reportgen.queries import ChartAnswer
from tests.components.scenes import block_of, resolved, scope

LABELS = ("A", "B")
MONEY = {"spend": {"format": "currency"}}


def texts(*metrics: str, **keys: Any) -> list[str]:  # noqa: ANN401 - of a spec
    """Return the cautions on a chart by campaign."""
    rows = keys.pop("rows", ((3, 4),) * len(metrics))
    asked = {"reference_key": "own:parts", "component": "chart_v1", "dimensions": ["campaign"], **keys}
    block = resolved({**asked, "metrics": list(metrics)}, ChartAnswer(LABELS, rows))
    return [f"{caution.code}: {caution.text}" for caution in block.cautions]


@pytest.mark.parametrize(
    ("kind", "metrics", "said"),
    [
        ("pie", ("seats",), "a pie was asked for, and bars are drawn: it is not known whether parts of seats make a"),
        ("donut", ("seats",), "a ring was asked for"),
        (
            "stacked",
            ("clicks", "seats"),
            "a stack was asked for, and bars are drawn: it is not known whether parts of s",
        ),
    ],
)
def test_an_unknown_metric_says_what_to_write(kind: str, metrics: tuple[str, ...], said: str) -> None:
    """The author of a metric outside of the catalogues learns why bars are drawn, and how to have the pie."""
    (text,) = texts(*metrics, kind=kind)
    assert text.startswith(f"W-FORM: {said}")
    assert "additive: {parts: true}" in text


def test_the_payload_may_have_asked() -> None:
    """Its own word for a ring counts as the author's."""
    assert [text[:24] for text in texts("seats", chart_type="pie")] == ["W-FORM: a ring was asked"]


def test_a_rate_makes_no_whole() -> None:
    """No key of the author would make it one."""
    assert texts("ctr", kind="pie", format="percent", additive=True) == [
        "W-FORM: a pie was asked for, and bars are drawn: rates make no whole (ctr); write kind: bar"
    ]


@pytest.mark.parametrize(
    "keys",
    [
        {"kind": "bar"},
        {"kind": "stacked"},
        {"kind": "pie", "additive": True},
        {"chart_type": "pie", "additive": {"parts": False}},
        {"chart_type": "pie", "fields": {"seats": {"additive": False}}},
    ],
)
def test_nothing_is_said_where_the_author_knows(keys: dict[str, Any]) -> None:
    """Bars were asked for, or a single series has nothing to be stacked on, or the author gave the answer."""
    assert texts("seats", **keys) == []


@pytest.mark.parametrize(
    ("metrics", "keys", "said"),
    [
        (("seats",), {"kind": "pie", "additive": {"parts": False}}, "parts of seats make no whole, as additive says"),
        (("clicks",), {"kind": "donut", "rows": ((3, -4),)}, "a value is below zero"),
        (("clicks",), {"kind": "donut", "rows": ((0, 0),)}, "no value is above zero"),
        (("clicks", "spend"), {"kind": "pie"}, "it has several series"),
        (("clicks", "spend"), {"kind": "stacked", "fields": MONEY}, "its series are of several units"),
        (("clicks", "spend"), {"kind": "funnel", "fields": MONEY}, "its series are of several units"),
        (("clicks",), {"kind": "funnel", "rows": ((0, 4),)}, "its first step has no value above zero"),
        (("clicks", "spend"), {"kind": "funnel"}, "a path has two to twelve steps with a value each"),
        (("clicks",), {"kind": "heatmap"}, "a grid is made of two weeks of days"),
        (("clicks", "spend"), {"kind": "heatmap", "rows": ((3, -4), (1, 2))}, "a value is below zero"),
        (("clicks",), {"kind": "combo"}, "it has a single series"),
        (("clicks",), {"kind": "scatter"}, "it crosses two metrics, and no label has both"),
        (("clicks", "spend"), {"kind": "scatter", "rows": ((3, None), (None, 2))}, "it crosses two metrics"),
    ],
)
def test_each_kind_says_why_bars_are_drawn(metrics: tuple[str, ...], keys: dict[str, Any], said: str) -> None:
    """Whatever stands in the way of a kind is named, with what is drawn in its place."""
    (text,) = texts(*metrics, **keys)
    assert "asked for, and bars are drawn" in text
    assert said in text


def test_areas_of_several_series_are_lines() -> None:
    """The one in front would hide the others."""
    (text,) = texts("clicks", "spend", kind="area")
    assert text.startswith("W-FORM: areas were asked for, and lines are drawn: an area shows a single series")


@pytest.mark.parametrize("kind", ["pie", "donut", "funnel", "bar"])
def test_nothing_is_said_of_a_kind_that_is_drawn(kind: str) -> None:
    """The clicks of two campaigns are parts of a whole, and steps."""
    assert texts("clicks", kind=kind) == []


def test_days_are_not_ranked() -> None:
    """Rows hold no month of days: those that are left out would be the smallest, and time would be out of order."""
    days = tuple(f"2026-10-{day:02}" for day in range(1, 32))
    keys = {"reference_key": "own:days", "component": "chart_v1", "dimensions": ["date"], "kind": "horizontal_bar"}
    block = resolved({**keys, "metrics": ["clicks"]}, ChartAnswer(days, (tuple(range(31)),)))
    (caution,) = block.cautions
    assert caution.text.startswith("horizontal bars were asked for, and columns are drawn: rows have room for 24 days")


def test_bars_of_many_days_are_lines() -> None:
    """Two bars for each of 31 days would look like a bar code: lines are drawn, which the advice is to ask for."""
    days = tuple(f"2026-10-{day:02}" for day in range(1, 32))
    keys = {"reference_key": "own:days", "component": "chart_v1", "dimensions": ["date"], "kind": "stacked"}
    block = resolved({**keys, "metrics": ["seats", "desks"]}, ChartAnswer(days, (tuple(range(31)),) * 2))
    (caution,) = block.cautions
    assert caution.text.startswith("a stack was asked for, and lines are drawn: it is not known")
    assert caution.text.endswith("else kind: line")


def test_rows_of_the_months_of_a_year_are_rows() -> None:
    """Days that are drawn by month have room, and nothing is said of them."""
    year = Period(date(2025, 1, 1), date(2025, 12, 31), "year")
    labels = tuple((year.start + timedelta(days=at)).isoformat() for at in range(365))
    block = block_of(
        {
            "reference_key": "own:days",
            "component": "chart_v1",
            "metrics": ["clicks"],
            "dimensions": ["date"],
            "kind": "horizontal_bar",
            "additive": True,
        }
    )
    where = replace(scope(compared=False), window=Window(year, None))
    (query,) = block.queries(where)
    made = block.resolve(where, {query: ChartAnswer(labels, ((1,) * 365,))})
    assert made.cautions == ()
    assert len(made.charts[0].labels) == 365
