"""The strip of days on the cover."""

from __future__ import annotations

from dataclasses import replace
from xml.etree import ElementTree as ET

import pytest

from reportgen.outputs.drawing.cover_chart import ChartSize, draw_cover_chart, leading_days
from reportgen.outputs.drawing.svg import svg
from reportgen.outputs.page.cover_layout import display_fit
from tests.outputs import reports


def test_first_daily_chart_leads() -> None:
    """The strip shows the first series of the first chart by day, not a sparkline."""
    strip = leading_days(reports.report(reports.NUMBER, reports.PIE, reports.LINE))
    assert strip is not None
    assert (strip.block.name, strip.series.label) == ("reach_by_day", "Reach")


def test_without_days_the_cover_is_empty() -> None:
    """No daily chart, no strip."""
    assert leading_days(reports.report(reports.NUMBER, reports.PIE)) is None


def test_negative_days_are_not_drawn() -> None:
    """Bars from zero cannot show values below it."""
    chart = reports.LINE.charts[0]
    below = replace(chart, series=(replace(chart.series[0], values=(-1, *chart.series[0].values[1:])),))
    assert leading_days(reports.report(replace(reports.LINE, charts=(below,)))) is None


def test_a_missing_day_is_a_gap() -> None:
    """There is a bar for each day with a value, and none for a day without."""
    chart = reports.LINE.charts[0]
    holed = replace(chart, series=(replace(chart.series[0], values=(None, None, *chart.series[0].values[2:])),))
    report = reports.report(replace(reports.LINE, charts=(holed,)))
    strip = leading_days(report)
    assert strip is not None
    root = ET.fromstring(svg(draw_cover_chart(strip, report, ChartSize(480, 270, 8), "alt <words>")))  # noqa: S314 - ours
    bars = root[1].attrib["d"]
    assert (bars.count("M"), root.attrib["aria-label"]) == (29, "alt <words>")


def test_peak_is_named_with_its_value() -> None:
    """The highest day says its value and date."""
    report = reports.report(reports.LINE)
    strip = leading_days(report)
    assert strip is not None
    assert ">2,592 · Oct 6</text>" in svg(draw_cover_chart(strip, report, ChartSize(480, 270, 8), ""))


def test_peak_hides_the_dashes_behind_it() -> None:
    """The words of the highest day stand on the cover's ground, drawn over the dashes."""
    report = reports.report(reports.COMPARED_LINE)
    strip = leading_days(report)
    assert strip is not None
    drawn = svg(draw_cover_chart(strip, report, ChartSize(480, 270, 8), ""))
    ground = drawn.index(f'fill="{report.theme.colors["cover-bg"]}"')
    assert drawn.index(f'stroke="{report.theme.colors["cover-soft"]}"') < ground < drawn.index("<text")


@pytest.mark.parametrize(
    ("texts", "fit"),
    [
        (("Padaria Aurora", "on Instagram"), 1.0),
        (("Casa Verde", "マーケティングレポート"), 0.8),
        (("Associação Comercial e Industrial do Vale do Paraíba e Região Metropolitana", "Relatório"), 0.6),
        (("x" * 500, ""), 0.3),
    ],
)
def test_long_names_are_set_smaller(texts: tuple[str, str], fit: float) -> None:
    """The names of a cover keep their words whole and stay above the strip of days."""
    assert display_fit(texts) == fit
