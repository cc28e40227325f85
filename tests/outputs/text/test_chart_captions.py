"""The line above a chart."""

from __future__ import annotations

from dataclasses import replace

import pytest

from reportgen.outputs.text.chart_captions import subtitle
from tests.outputs.reports import BAR, report


@pytest.mark.parametrize(("of", "begins"), [(0, ""), (9, " of 9 \N{MIDDLE DOT} ")])
def test_categories_that_a_limit_leaves_out_are_counted(of: int, begins: str) -> None:
    """As the rows of a table are; where all are there, nothing is said."""
    chart = replace(BAR.charts[0], of=of)
    usual = subtitle(replace(chart, of=0), BAR, report())
    assert subtitle(chart, BAR, report()) == (f"{len(chart.labels)}{begins}" if begins else "") + usual
