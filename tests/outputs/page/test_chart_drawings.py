"""The drawings of charts for each medium."""

from __future__ import annotations

from dataclasses import replace

import pytest

from reportgen.colors import SERIES, contrast
from reportgen.model import Chart, Series
from reportgen.outputs.drawing.marks import PathMark, TextMark
from reportgen.outputs.page.chart_drawings import ChartDrawer
from reportgen.outputs.page.measures import MEASURES
from reportgen.spec.theme import load_theme
from tests.outputs import reports

DAYS = ("2026-10-01", "2026-10-02", "2026-10-03")
LINES = Chart(
    "line",
    "date",
    DAYS,
    tuple(Series(f"s{at}", f"Name {at}", reports.COUNT, (at, at * 20, at * 30)) for at in range(5)),
)


@pytest.mark.parametrize("name", ["paper", "ink", "terra"])
def test_names_of_series_can_be_read_on_paper(name: str) -> None:
    """A name in the colour of its series has the contrast of text on paper; the line keeps the theme's own colour."""
    theme = load_theme(name)
    report = replace(reports.report(reports.LINE), theme=theme)
    drawing = ChartDrawer(report, MEASURES, "print").chart(LINES, replace(reports.LINE, charts=(LINES,)), "alt")
    names = [mark for mark in drawing.marks if isinstance(mark, TextMark) and mark.text.startswith("Name")]
    strokes = {mark.stroke for mark in drawing.marks if isinstance(mark, PathMark)}
    assert len(names) == 5
    assert [mark for mark in names if contrast(mark.color, theme.colors["page"]) < 4.5] == []
    assert {theme.colors[token] for token in SERIES} <= strokes


def test_a_series_that_is_too_light_for_text_is_in_a_theme() -> None:
    """The test above is able to fail: a theme has a colour of a series that only marks may have."""
    colors = [load_theme(name).colors for name in ("paper", "ink", "terra")]
    assert min(contrast(each[token], each["page"]) for each in colors for token in SERIES) < 4.5
