"""The strip of days on the cover."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from xml.etree import ElementTree as ET

import pytest

from reportgen.outputs.drawing.cover_chart import ChartSize, draw_cover_chart, leading_days
from reportgen.outputs.drawing.marks import TextMark
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


@pytest.mark.parametrize(("days", "is_drawn"), [(15, False), (16, True)])
def test_a_chart_of_few_days_leaves_the_cover_free(days: int, *, is_drawn: bool) -> None:
    """A few bars beside the room of a month say that something is wrong; half of the days and more are a month."""
    chart = reports.LINE.charts[0]
    values = (*chart.series[0].values[:days], *(None,) * (31 - days))
    short = replace(chart, series=(replace(chart.series[0], values=values),))
    assert (leading_days(reports.report(replace(reports.LINE, charts=(short,)))) is not None) == is_drawn


def test_a_missing_day_is_a_gap() -> None:
    """There is a bar for each day with a value, and none for a day without."""
    chart = reports.LINE.charts[0]
    holed = replace(chart, series=(replace(chart.series[0], values=(None, None, *chart.series[0].values[2:])),))
    report = reports.report(replace(reports.LINE, charts=(holed,)))
    strip = leading_days(report)
    assert strip is not None
    root = ET.fromstring(svg(draw_cover_chart(strip, report, ChartSize(480, 270, 8), "alt <words>")))  # noqa: S314 - ours
    bars = root[0].attrib["d"]
    assert (bars.count("M"), root.attrib["aria-label"]) == (29, "alt <words>")


def test_peak_is_named_with_its_value() -> None:
    """The highest day says its value and date."""
    report = reports.report(reports.LINE)
    strip = leading_days(report)
    assert strip is not None
    assert ">2,592 · Oct 6</text>" in svg(draw_cover_chart(strip, report, ChartSize(480, 270, 8), ""))


@pytest.mark.parametrize(("height", "count"), [(1.02, 4), (0.5, 6)])
def test_no_dash_stands_in_the_line_of_the_peak_s_words(height: float, count: int) -> None:
    """Neither behind the words of the highest day nor beside them, where it would read as a hyphen."""
    chart = reports.COMPARED_LINE.charts[0]
    days = tuple(f"2026-10-{day:02}" for day in range(1, 8))
    series = replace(
        chart.series[0],
        values=(1000, *[10] * 6),
        baseline=(None, *[1000 * height] * 2, *[10] * 2, *[1000 * height] * 2),
    )
    report = reports.report(replace(reports.LINE, charts=(replace(chart, labels=days, series=(series,)),)))
    strip = leading_days(report)
    assert strip is not None
    root = ET.fromstring(svg(draw_cover_chart(strip, report, ChartSize(140, 270, 8), "")))  # noqa: S314 - ours
    assert root[1].attrib["d"].count("M") == count


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


@pytest.mark.parametrize(
    ("first", "count", "named"),
    [
        ("2026-10-01", 31, ["Oct 1", "8", "15", "22", "29"]),
        ("2026-07-06", 56, ["Jul 6", "20", "Aug 3", "17"]),
        ("2026-07-01", 92, ["Jul", "Aug", "Sep"]),
        ("2026-07-06", 90, ["Aug", "Sep", "Oct"]),
        ("2026-07-05", 90, ["Aug", "Sep"]),
    ],
)
def test_days_are_named_by_weeks_and_quarters_by_months(first: str, count: int, named: list[str]) -> None:
    """Below the bars stand days a week or two apart; of more days, the months that begin and have room."""
    begin = date.fromisoformat(first)
    labels = tuple((begin + timedelta(at)).isoformat() for at in range(count))
    series = replace(reports.LINE.charts[0].series[0], values=tuple(range(1, count + 1)), baseline=())
    chart = replace(reports.LINE.charts[0], labels=labels, series=(series,), baseline_labels=())
    report = reports.report(replace(reports.LINE, charts=(chart,)))
    strip = leading_days(report)
    assert strip is not None
    drawn = draw_cover_chart(strip, report, ChartSize(480, 270, 8), "")
    assert [mark.text for mark in drawn.marks if isinstance(mark, TextMark)][:-1] == named
