"""Figures that contradict each other."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

import pytest

from reportgen.components import HistoryBlock, Metric
from reportgen.components.contradicting_figures import disagreements
from reportgen.components.number import NumberBlock
from reportgen.periods import Period, Window
from reportgen.queries import Answer, ChartAnswer, NumberAnswer, TableAnswer
from tests.components.scenes import OCTOBER, block_of, scope

if TYPE_CHECKING:
    from reportgen.components import Scope
    from reportgen.model import Block

NUMBER = {"reference_key": "gads:clicks", "component": "number_v1", "metrics": ["clicks"]}
CHART = {"reference_key": "gads:per_day", "component": "chart_v1", "metrics": ["clicks", "ctr"], "dimensions": ["date"]}
TABLE = {"reference_key": "gads:top", "component": "datatable_v1", "metrics": ["clicks"], "dimensions": ["campaign"]}
TWO_DAYS = Window(Period(date(2026, 10, 1), date(2026, 10, 2)), Period(date(2026, 9, 1), date(2026, 9, 2)))
DAYS = ("2026-10-01", "2026-10-02")
THEN = ("2026-09-01", "2026-09-02")
GOOD_CHART = (ChartAnswer(DAYS, ((4, 6), (0.1, 0.2))), ChartAnswer(THEN, ((3, 5), (0.1, 0.2))))
GOOD_TABLE = (TableAnswer((("A", 7), ("B", 3), ("Total", 10))), TableAnswer((("A", 8), ("B", 0), ("Total", 8))))


def made(name: str, written: object, *answers: Answer) -> tuple[Metric, Scope, Block]:
    """Resolve a metric from its answers."""
    block, where = block_of(written), replace(scope(), name=name, window=TWO_DAYS)
    assert isinstance(block, Metric)
    queries = block.queries(where)
    return block, where, block.resolve(where, dict(zip(queries, answers, strict=True)))


def codes(*blocks: tuple[Metric, Scope, Block]) -> list[tuple[str, str | None]]:
    """Return what is found."""
    return [(caution.code, caution.block) for caution in disagreements(blocks)]


def test_what_adds_up_is_no_warning() -> None:
    """A number, its chart by days and its table's total agree in both periods."""
    assert not codes(
        made("number", NUMBER, NumberAnswer(10, 8)),
        made("chart", CHART, *GOOD_CHART),
        made("table", TABLE, *GOOD_TABLE),
    )


@pytest.mark.parametrize(
    ("number", "chart", "table", "count"),
    [
        (NumberAnswer(11, 8), GOOD_CHART, GOOD_TABLE, 2),
        (NumberAnswer(10, 8), (ChartAnswer(DAYS, ((4, 7), (0.1, 0.2))), GOOD_CHART[1]), GOOD_TABLE, 1),
        (NumberAnswer(10, 8), GOOD_CHART, (TableAnswer((("A", 7), ("Total", 9))), GOOD_TABLE[1]), 1),
        (NumberAnswer(10, 9), GOOD_CHART, GOOD_TABLE, 2),
    ],
)
def test_a_planted_disagreement_is_found(
    number: Answer, chart: tuple[Answer, Answer], table: tuple[Answer, Answer], count: int
) -> None:
    """In the number, in the chart, in the table, and in the compared period."""
    found = codes(made("number", NUMBER, number), made("chart", CHART, *chart), made("table", TABLE, *table))
    assert found == [("W-SUM", "number")] * count


def test_one_metric_printed_twice() -> None:
    """Two numbers of the same metric that differ are a warning; what is limited otherwise is another metric."""
    other = {**NUMBER, "added_date": "2025-01-01"}
    assert codes(made("one", NUMBER, NumberAnswer(10)), made("two", other, NumberAnswer(11))) == [("W-TWICE", "one")]
    limited = {**NUMBER, "filters": ["campaign==A"]}
    assert not codes(made("one", NUMBER, NumberAnswer(10)), made("two", limited, NumberAnswer(3)))


def test_equal_bodies_under_other_keys_are_other_metrics() -> None:
    """The vendor's catalogues ask for different things with the same body."""
    other = {**NUMBER, "reference_key": "nuvem_shop:sales"}
    assert not codes(made("one", NUMBER, NumberAnswer(10)), made("two", other, NumberAnswer(3)))


def test_rounding_is_no_disagreement() -> None:
    """Days that were rounded to cents may be off by half a cent each, and no more."""
    spend = {**NUMBER, "reference_key": "gads:spend", "metrics": ["spend"]}
    by_day = {**CHART, "metrics": ["spend"]}
    days = ChartAnswer(DAYS, ((0.33, 0.33),))
    assert not codes(made("one", spend, NumberAnswer(0.67)), made("two", by_day, days, ChartAnswer((), ())))
    assert codes(made("one", spend, NumberAnswer(0.69)), made("two", by_day, days, ChartAnswer((), ())))


@pytest.mark.parametrize("key", ["ig:reach", "gads:ctr", "x:unknown"])
def test_what_does_not_add_up_is_never_checked(key: str) -> None:
    """Unique counts, rates and unknown metrics have no sum."""
    number = {**NUMBER, "reference_key": key}
    assert not codes(made("number", number, NumberAnswer(7)), made("chart", CHART, *GOOD_CHART))


def test_the_author_may_say_so() -> None:
    """`additive` in the spec goes over the table, both ways."""
    assert codes(
        made("n", {**NUMBER, "reference_key": "x:y", "additive": True}, NumberAnswer(7)), made("c", CHART, *GOOD_CHART)
    )
    assert not codes(made("n", {**NUMBER, "additive": False}, NumberAnswer(7)), made("c", CHART, *GOOD_CHART))


def test_a_missing_day_is_no_disagreement() -> None:
    """What is not known is not zero, so a chart with a gap has no sum."""
    gap = ChartAnswer(DAYS, ((4, None), (0.1, 0.2)))
    assert not codes(made("number", NUMBER, NumberAnswer(10, 8)), made("chart", CHART, gap, GOOD_CHART[1]))


@pytest.mark.parametrize("points", [(11,), (11, None)])
def test_some_days_are_never_more_than_all(points: tuple[int | None, ...]) -> None:
    """A day of 11 contradicts a number of 10, whether the other day came as null or was left out."""
    some = ChartAnswer(DAYS[: len(points)], (points, (0.1, 0.2)[: len(points)]))
    found = codes(made("number", NUMBER, NumberAnswer(10, 8)), made("chart", CHART, some, GOOD_CHART[1]))
    assert found == [("W-SUM", "number")]


def test_a_further_comparison_is_held_against_the_same_days() -> None:
    """Two numbers of the same days, one compared with them and one of them, must be the same."""
    before = Period(date(2025, 10, 1), date(2025, 10, 2))
    block, where = block_of(NUMBER), replace(scope(), name="twice", window=replace(TWO_DAYS, further=(before,)))
    assert isinstance(block, Metric)
    main, further = block.queries(where)
    own = replace(scope(), name="own", window=Window(before), asks_apart=True)
    for then, found in ((7, []), (6, [("W-TWICE", "twice")])):
        twice = (block, where, block.resolve(where, {main: NumberAnswer(10, 8), further: NumberAnswer(7)}))
        other = (block, own, block.resolve(own, {block.query(own): NumberAnswer(then)}))
        assert codes(twice, other) == found


@pytest.mark.parametrize("september", [8, 9])
def test_a_month_that_a_history_or_a_small_line_prints_otherwise(september: int) -> None:
    """The number says 8 for September; each of the others asks for that month by itself."""
    days = Period(date(2026, 9, 1), date(2026, 10, 31))
    number, history = block_of({**NUMBER, "trend": {"by": "month"}}), block_of({"history": "number"})
    assert isinstance(number, NumberBlock)
    assert isinstance(history, HistoryBlock)
    own = replace(scope(), name="number", trend_days=days)
    asked = replace(scope(), name="months", window=Window(days), operands={"number": (number, own)})
    sent = {OCTOBER.start: NumberAnswer(10, 8), date(2026, 9, 1): NumberAnswer(september)}
    queries = (*number.queries(own), *history.queries(asked))
    answers = {query: sent[query.window.current.start] for query in queries}
    blocks = [(number, own, number.resolve(own, answers))]
    found = disagreements(blocks, [(history, asked, history.resolve(asked, answers))])
    expected = [
        f"number says 8, {name} says 9 of the same metric and filters in 2026-09-01..2026-09-30"
        for name in ("number", "months")
    ]
    assert [caution.text for caution in found] == (expected if september == 9 else [])
