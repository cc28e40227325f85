"""The line above a chart."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from reportgen.model import Chart, Series, Unit
from reportgen.outputs.text.chart_captions import subtitle
from reportgen.periods import Period
from tests.outputs.reports import BAR, report


@pytest.mark.parametrize(("of", "begins"), [(0, ""), (9, " of 9 \N{MIDDLE DOT} ")])
def test_categories_that_a_limit_leaves_out_are_counted(of: int, begins: str) -> None:
    """As the rows of a table are; where all are there, nothing is said."""
    chart = replace(BAR.charts[0], of=of)
    usual = subtitle(replace(chart, of=0), BAR, report())
    assert subtitle(chart, BAR, report()) == (f"{len(chart.labels)}{begins}" if begins else "") + usual


def test_days_stand_together_on_a_page_that_runs_left() -> None:
    """Beside a Latin name a range of days would be torn: each part runs as its own letters do."""
    days = Period(date(2026, 11, 1), date(2026, 11, 19))
    arabic = replace(report(), locale="ar", period=days, baselines=())
    series = Series("v", "Visitors", Unit("count"), (1, 2), additive=True)
    text = subtitle(Chart("line", "date", ("2026-11-01", "2026-11-02"), (series,)), BAR, arabic)
    assert text.startswith("\N{FIRST STRONG ISOLATE}Visitors\N{POP DIRECTIONAL ISOLATE}")
    assert "\N{FIRST STRONG ISOLATE}1\N{EN DASH}19 نوفمبر 2026\N{POP DIRECTIONAL ISOLATE}" in text
    assert "\N{FIRST STRONG ISOLATE}" not in subtitle(BAR.charts[0], BAR, report())
