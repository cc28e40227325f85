"""Tests of the comparisons that charts and tables may carry, in reportgen.connect.answer_reading."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from reportgen.connect.answer_reading import read_answer
from reportgen.queries import ChartAnswer, TableAnswer
from tests.connect.asking import CLICKS, GENDER, asked

if TYPE_CHECKING:
    from pydantic import JsonValue

CHART, TABLE = asked(GENDER), asked(CLICKS)
NO_COMPARISON: JsonValue = {"values": None, "difference": None, "absoluteDifference": None}
SHAPELESS: list[JsonValue] = [
    None,
    [],
    {},
    "x",
    1,
    True,
    [[[]]],
    NO_COMPARISON,
    {"labels": ["a"]},
    {"values": "x"},
    {"values": {}},
    {"values": [None]},
]


@pytest.mark.parametrize(
    "comparison",
    [
        *SHAPELESS,
        {"values": [[1]]},
        {"values": [{}]},
        {"values": [{"data": None}]},
        {"values": [{"data": ["NaN"]}]},
        {"values": [{"data": [True]}]},
        {"values": [{"data": [1]}], "labels": [["a"]]},
    ],
)
def test_an_odd_comparison_costs_a_chart_nothing(comparison: JsonValue) -> None:
    """A comparison of another shape is none, and the chart stays."""
    payload: JsonValue = {"labels": ["a"], "values": [{"data": [1]}], "comparison": comparison}
    assert read_answer(CHART, payload) == ChartAnswer(("a",), ((1,),))


@pytest.mark.parametrize("comparison", [*SHAPELESS, {"values": [["a", 1], "b"]}, {"values": {"a": 1}}])
def test_an_odd_comparison_costs_a_table_nothing(comparison: JsonValue) -> None:
    """A comparison of another shape is none, and the table stays."""
    assert read_answer(TABLE, {"values": [["a", 1]], "comparison": comparison}) == TableAnswer((("a", 1),))


@pytest.mark.parametrize(
    ("comparison", "baseline"),
    [
        ({"values": [{"data": [2, None]}]}, ChartAnswer(("a", "b"), ((2, None),))),
        ({"values": [{"data": ["2"]}], "labels": ["z"]}, ChartAnswer(("z",), ((2,),))),
        ({"values": [{"data": [2]}, {"data": [3]}]}, ChartAnswer(("a", "b"), ((2,), (3,)))),
    ],
)
def test_a_charts_comparison(comparison: JsonValue, baseline: ChartAnswer) -> None:
    """A carried comparison is kept as sent, under its own labels where it has any, else the chart's."""
    payload: JsonValue = {"labels": ["a", "b"], "values": [{"data": [1, 1]}], "comparison": comparison}
    assert read_answer(CHART, payload) == ChartAnswer(("a", "b"), ((1, 1),), baseline)


def test_a_tables_comparison() -> None:
    """Carried rows are read as the table's own: dimensions are text, and what is no number is kept."""
    payload: JsonValue = {"values": [["1", 1]], "comparison": {"values": [["1", "2", "NaN"], [], [None, [1]]]}}
    baseline = TableAnswer((("1", 2, "NaN"), (), (None, "[1]")))
    assert read_answer(TABLE, payload) == TableAnswer((("1", 1),), baseline)
