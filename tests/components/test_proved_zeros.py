"""Left-out days that are proved to be zero."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from reportgen.components.proved_zeros import known_numbers
from reportgen.periods import Period, Window
from reportgen.queries import Answer, ChartAnswer, NumberAnswer, Query, TableAnswer
from tests.components.scenes import block_of, scope

WINDOW = Window(Period(date(2026, 10, 1), date(2026, 10, 4)))
NUMBER = {"reference_key": "gads:clicks", "component": "number_v1", "metrics": ["clicks"]}
CHART = {"reference_key": "gads:per_day", "component": "chart_v1", "metrics": ["clicks"], "dimensions": ["date"]}
DAYS = ("2026-10-01", "2026-10-03")


def values(
    number: float, points: tuple[float | None, ...], asked: dict[str, object] | None = None
) -> tuple[float | None, ...]:
    """Return the values of a chart by day beside a number."""
    where = replace(scope(), window=WINDOW)
    first, second = block_of(asked or NUMBER), block_of(CHART)
    (of_number,), (of_chart,) = first.queries(where), second.queries(where)
    answers: dict[Query, Answer] = {of_number: NumberAnswer(number), of_chart: ChartAnswer(DAYS, (points,))}
    numbers = known_numbers([(first, where), (second, where)], answers)
    return second.resolve(replace(where, numbers=numbers), answers).charts[0].series[0].values


def test_days_that_add_up_to_the_number_leave_nothing_for_the_others() -> None:
    """Four and six make ten, so the days that are not there are zero."""
    assert values(10, (4, 6)) == (4, 0, 6, 0)
    assert values(0.3, (0.1, 0.2)) == (0.1, 0, 0.2, 0)


@pytest.mark.parametrize(("number", "points"), [(11, (4, 6)), (9, (4, 6)), (2, (4, -2))])
def test_other_days_are_not_known(number: int, points: tuple[int, ...]) -> None:
    """The rest may be anything where the days make another number, or where days may be negative."""
    assert values(number, points)[1::2] == (None, None)


def test_a_day_that_came_as_null_stays_without_a_figure() -> None:
    """The API said that it does not know it."""
    assert values(4, (4, None)) == (4, 0, None, 0)


def test_the_number_is_of_the_same_question() -> None:
    """One of a single campaign, or one whose days do not add up, proves nothing."""
    assert values(10, (4, 6), {**NUMBER, "filters": ["campaign==A"]})[1] is None
    assert values(10, (4, 6), {**NUMBER, "additive": False})[1] is None


TABLE = {
    "reference_key": "gads:table",
    "component": "datatable_v1",
    "metrics": ["clicks", "reach"],
    "dimensions": ["date"],
}
COMPARED = Window(WINDOW.current, Period(date(2026, 9, 27), date(2026, 9, 30)))
BEFORE = ("2026-09-27", "2026-09-30")


def test_compared_days_are_proved_by_the_compared_number() -> None:
    """Those of a chart and its small line: one and two make three, so the compared days between are zero."""
    where = replace(scope(), window=COMPARED)
    first, second, third = block_of(NUMBER), block_of(CHART), block_of({**NUMBER, "trend": "daily"})
    (of_number,), (of_chart, of_baseline) = first.queries(where), second.queries(where)
    answers: dict[Query, Answer] = {
        of_number: NumberAnswer(11, baseline=3),
        of_chart: ChartAnswer(DAYS, ((4, 6),)),
        of_baseline: ChartAnswer(BEFORE, ((1, 2),)),
    }
    where = replace(where, numbers=known_numbers([(first, where)], answers))
    chart = second.resolve(where, answers)
    card = third.resolve(replace(where, blocks={"daily": chart}), answers)
    for block in (chart, card):
        assert (block.charts[0].series[0].values, block.charts[0].series[0].baseline) == (
            (4, None, 6, None),
            (1, 0, 0, 2),
        )


def test_rows_of_a_table_by_day_are_proved() -> None:
    """In both periods, column by column: reach does not add up over days, so its left-out days are not known."""
    where = replace(scope(), window=COMPARED)
    number, table = block_of(NUMBER), block_of(TABLE)
    (of_number,), (of_table, of_baseline) = number.queries(where), table.queries(where)
    answers: dict[Query, Answer] = {
        of_number: NumberAnswer(10, baseline=3),
        of_table: TableAnswer(((DAYS[0], 4, 9), (DAYS[1], 6, 9))),
        of_baseline: TableAnswer(((BEFORE[0], 1, 5), (BEFORE[1], 2, 5))),
    }
    where = replace(where, numbers=known_numbers([(number, where)], answers))
    (made,) = table.resolve(where, answers).tables
    days, clicks, reach = made.columns
    assert days.baseline == ("2026-09-27", "2026-09-28", "2026-09-29", "2026-09-30")
    assert (clicks.values, clicks.baseline) == ((4, 0, 6, 0), (1, 0, 0, 2))
    assert (reach.values, reach.baseline) == ((9, None, 9, None), (5, None, None, 5))
    assert (made.presence, made.left_out) == (("both",) * 4, 0)
