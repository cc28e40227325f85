"""The drawings of charts for each medium."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from reportgen.colors import SERIES, contrast
from reportgen.model import Annotation, Chart, PageSetup, Series
from reportgen.outputs.drawing.marks import PathMark, TextMark
from reportgen.outputs.page.chart_drawings import ChartDrawer
from reportgen.outputs.page.measures import MEASURES
from reportgen.outputs.page.papers import measures_of
from reportgen.spec.theme import load_theme
from tests.outputs import reports

if TYPE_CHECKING:
    from reportgen.model import ChartKind, Paper

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


def wordy(kind: ChartKind, labels: int, series: int) -> Chart:
    """Return a chart of so many long labels and series."""
    names = tuple(f"A rather long name of campaign {at}" for at in range(labels))
    values = tuple(100 * (labels - at) for at in range(labels))
    return Chart(
        kind, "category", names, tuple(Series(f"s{at}", f"Name {at}", reports.COUNT, values) for at in range(series))
    )


@pytest.mark.parametrize("paper", ["a4", "letter", "slide"])
@pytest.mark.parametrize("width", [4, 12])
@pytest.mark.parametrize(
    ("kind", "labels", "series"),
    [("bar", 40, 1), ("horizontal_bar", 9, 3), ("horizontal_bar", 24, 5), ("stacked", 30, 4), ("funnel", 8, 1)],
)
def test_a_chart_fits_its_paper(kind: ChartKind, labels: int, series: int, width: int, paper: Paper) -> None:
    """Below the titles of its section and of its block; the largest rows are drawn where not all fit."""
    block = replace(reports.BAR, width=width)
    report = replace(reports.report(block), page=PageSetup(paper=paper))
    measures = measures_of(report.page)
    drawing = ChartDrawer(report, measures, "print").chart(wordy(kind, labels, series), block, "alt")
    room = measures.tallest_chart.points - measures.section_head.points
    assert 0.3 * room < drawing.height <= room


@pytest.mark.parametrize(("kind", "labels", "series"), [("funnel", 12, 1), ("heatmap", 12, 24)])
def test_a_chart_that_shows_all_fits_a_slide(kind: ChartKind, labels: int, series: int) -> None:
    """Below its own title at least: rows that none may lack are lower there."""
    report = replace(reports.report(), page=PageSetup(paper="slide"))
    measures = measures_of(report.page)
    drawing = ChartDrawer(report, measures, "print").chart(wordy(kind, labels, series), reports.BAR, "alt")
    assert drawing.height <= measures.tallest_chart.points


@pytest.mark.parametrize(("paper", "height"), [("a4", 1.35), ("slide", 1.2)])
def test_a_tall_chart_is_as_tall_as_its_page_has_room(paper: Paper, height: float) -> None:
    """As tall as its author wants; with many remarks below it lower, yet never lower than others."""
    block = replace(reports.LINE, height="tall")
    report = replace(reports.report(block), page=PageSetup(paper=paper))
    measures = measures_of(report.page)
    drawer = ChartDrawer(report, measures, "print")
    usual = measures.paper.chart.wide.points
    remarks = tuple(Annotation("2026-10-01", f"Remark {at}") for at in range(8))
    plain, remarked = (
        drawer.chart(replace(chart, annotations=found), block, "alt").height
        for chart in block.charts
        for found in ((), remarks)
    )
    assert plain == pytest.approx(height * usual)
    assert remarked == pytest.approx(plain if paper == "a4" else usual)
