"""Cautions on pies, rings and stacks of values that make no whole."""

from __future__ import annotations

from typing import Any

import pytest

from reportgen.queries import ChartAnswer
from tests.components.scenes import resolved

LABELS = ("A", "B")


def texts(*metrics: str, **keys: Any) -> list[str]:  # noqa: ANN401 - of a spec
    """Return the cautions on a chart by campaign."""
    asked = {"reference_key": "own:parts", "component": "chart_v1", "dimensions": ["campaign"], **keys}
    block = resolved({**asked, "metrics": list(metrics)}, ChartAnswer(LABELS, ((3, 4),) * len(metrics)))
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
        {"kind": "pie", "additive": {"parts": False}},
        {"kind": "pie", "fields": {"seats": {"additive": False}}},
    ],
)
def test_nothing_is_said_where_the_author_knows(keys: dict[str, Any]) -> None:
    """Bars were asked for, or a single series has nothing to be stacked on, or the author gave the answer."""
    assert texts("seats", **keys) == []
