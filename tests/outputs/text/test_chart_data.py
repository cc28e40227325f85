"""The data behind a drawing, as a table in words."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from reportgen.model import Chart, Goal, Series, Target, Unit
from reportgen.outputs.text.chart_data import plotted
from reportgen.periods import Period
from tests.outputs import reports

if TYPE_CHECKING:
    from reportgen.model import Number

COUNT, NONE = Unit("count"), "\N{EN DASH}"


@pytest.mark.parametrize(
    ("values", "baseline_labels", "baseline", "expected"),
    [
        (
            (None, 7),
            ("2026-09-30", ""),
            (None, None),
            (("Oct 30", "", "Sep 30", ""), ("Oct 31", "7", NONE, NONE)),
        ),
        (
            (7,),
            ("2026-09-30", "2026-08-31"),
            (6, 5),
            (("Oct 30", "7", "Sep 30", "6"), (NONE, NONE, "Aug 31", "5")),
        ),
    ],
)
def test_a_day_that_a_period_does_not_have_lacks_no_figure(
    values: tuple[Number | None, ...],
    baseline_labels: tuple[str, ...],
    baseline: tuple[Number | None, ...],
    expected: tuple[tuple[str, ...], ...],
) -> None:
    """A dash stands there; an empty cell, which is printed as "No data", is the day without a figure."""
    labels = ("2026-10-30", "2026-10-31")[: len(values)]
    chart = Chart("line", "date", labels, (Series("", "Reach", COUNT, values, baseline),), baseline_labels)
    assert plotted(chart, reports.report()).rows == expected


def test_a_quotient_by_zero_lacks_no_figure() -> None:
    """It is not defined, of both periods; the third month lacks its figure."""
    series = Series("", "CPC", COUNT, (4, None, None), (None, 3, None), undefined=(1,), baseline_undefined=(0,))
    labels, before = tuple(f"2026-{month:02}-01" for month in (8, 9, 10)), ("2026-05-01", "2026-06-01", "2026-07-01")
    chart = Chart(
        "line", "date", labels, (series,), before, bucket="month", compared=Period(date(2026, 5, 1), date(2026, 7, 31))
    )
    rows = plotted(chart, reports.report()).rows
    assert [(row[1], row[3]) for row in rows] == [("4", "Not defined"), ("Not defined", "3"), ("", "")]


def test_a_month_in_part_lacks_no_goal() -> None:
    """It has none, as the guide to numbers says."""
    goal = Goal.of(7, Target("at_least", 5), elapsed=1, over_time="sum")
    chart = Chart(
        "bar", "date", ("2026-09-01", "2026-10-01"), (Series("", "Reach", COUNT, (7, 3), goals=(goal, None)),)
    )
    assert plotted(chart, reports.report()).rows == (("Sep 1", "7", "5"), ("Oct 1", "3", NONE))
