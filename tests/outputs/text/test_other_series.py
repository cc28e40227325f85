"""More than six series: added up as "Other" where they make a whole, else kept."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from reportgen.model import Block, Chart, Series, Unit
from reportgen.outputs.printed import PrintedReport
from reportgen.outputs.text.alternative_texts import alt_text
from reportgen.outputs.text.other_series import are_apart, with_other_series
from reportgen.outputs.text.simplified_charts import drawn_chart
from reportgen.provenance import find_figures
from tests.outputs import reports

if TYPE_CHECKING:
    from reportgen.model import ChartKind

COUNT = Unit("count")
DAYS = ("2026-10-01", "2026-10-02")


def chart(count: int, kind: ChartKind = "line", *, fields: bool = False, parts: bool = True) -> Chart:
    """Return a chart of so many series, the last the largest, of one metric or of a metric each."""
    series = tuple(
        Series(f"m{at}" if fields else "m", f"S{at}", COUNT, (10 * at, 1), (at, 2), parts=parts) for at in range(count)
    )
    return Chart(kind, "date", DAYS, series, baseline_labels=("2026-09-01", "2026-09-02"))


@pytest.mark.parametrize("kind", ["line", "area", "bar", "horizontal_bar", "stacked"])
def test_the_small_series_are_added_up(kind: ChartKind) -> None:
    """Five keep their places, and the rest is one series with the sums of both periods."""
    made = with_other_series(chart(9, kind), "en")
    assert [series.label for series in made.series] == ["S4", "S5", "S6", "S7", "S8", "Other (4)"]
    assert (made.series[5].values, made.series[5].baseline) == ((60, 4), (6, 8))


def test_a_missing_value_is_no_part_of_other() -> None:
    """A point that all of the rest miss is missing."""
    gaps = tuple(replace(series, values=(None, 1)) if at < 4 else series for at, series in enumerate(chart(9).series))
    made = with_other_series(replace(chart(9), series=gaps), "en")
    assert made.series[5].values == (None, 4)


@pytest.mark.parametrize(
    "kept",
    [
        chart(6),
        chart(9, fields=True),
        chart(9, parts=False),
        chart(9, "combo"),
        chart(9, "heatmap"),
        replace(chart(9), series=tuple(replace(series, unit=Unit("percent")) for series in chart(9).series)),
    ],
    ids=["six", "metrics", "no parts", "combo", "map", "rates"],
)
def test_series_that_make_no_whole_stay(kept: Chart) -> None:
    """Six series, several metrics, rates, and parts of no whole are never added up."""
    assert with_other_series(kept, "en") is kept


def test_stacked_metrics_are_added_up() -> None:
    """What is stacked adds up already."""
    assert len(with_other_series(chart(9, "stacked", fields=True), "en").series) == 6


@pytest.mark.parametrize(
    ("made", "expected"),
    [(chart(9, fields=True), True), (chart(6, fields=True), False), (chart(9, "stacked"), False)],
)
def test_many_series_have_small_charts(made: Chart, *, expected: bool) -> None:
    """More than six series of a plot are drawn apart, and the alternative text says so on the page alone."""
    printed = PrintedReport(reports.report())
    assert are_apart(made) is expected
    assert ("A small chart for each series." in printed.alternative_text(made, "T")) is expected
    assert "small chart" not in printed.alternative_text(made, "T", native=True)


def test_figures_of_other_are_found() -> None:
    """The sums of the rest have an origin."""
    report = reports.report(Block("c", "chart", label="Clicks", charts=(chart(9),)))
    assert ("total", "Other (4) · 2026-10-01", 60) in {
        (one.role, one.place, one.value) for one in find_figures(report, "60")
    }


def test_the_alternative_text_names_other() -> None:
    """Its series are those of the drawing."""
    made = drawn_chart(replace(chart(7), series=chart(7).series[::-1]), "en")
    text = alt_text(made, "T", "en")
    assert "Further series: 2." in text
