"""The strip of days on the cover: the report's first daily chart, one bar a day."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from itertools import chain
from math import ceil
from typing import TYPE_CHECKING

from reportgen.characters import legible
from reportgen.formatting import format_period, format_short_day, format_value
from reportgen.outputs.drawing.font_metrics import BOLD, text_width
from reportgen.outputs.drawing.marks import Drawing, PathMark, PointedPlace, TextMark, box, rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reportgen.model import Block, Chart, Report, Series
    from reportgen.outputs.drawing.marks import PathStep

_FEWEST_DAYS, _MOST_DAYS = 7, 92
_DAYS_A_WEEK, _MOST_TICKS = 7, 6
_BAR, _DASH_FROM, _DASH = 0.24, 0.34, 0.4  # of the room of a day
_TOP, _FOOT = 2.0, 2.2  # room for the peak's name above and for the days below, in font sizes


_PEAK_TURNS = 0.7  # of the width: from here on the peak's name stands left of its bar


@dataclass(frozen=True, slots=True)
class CoverChart:
    """What is drawn: a block's first chart and its leading series."""

    block: Block
    chart: Chart
    series: Series

    @property
    def drawn(self) -> Chart:
        """The chart as it is drawn: bars of the leading series alone."""
        return replace(self.chart, kind="bar", series=(self.series,))


@dataclass(frozen=True, slots=True)
class ChartSize:
    """A drawing's size, in points in print and CSS pixels on a screen."""

    width: float
    height: float
    font_size: float


def leading_days(report: Report) -> CoverChart | None:
    """Return the first chart of the report that has a value a day, none below zero; None where none has."""
    for block in report.blocks:
        for chart in block.charts:
            series = chart.series[0] if chart.series else None
            days = chart.label_type == "date" and _FEWEST_DAYS <= len(chart.labels) <= _MOST_DAYS
            if days and series and chart.kind != "sparkline" and _drawable(series):
                return CoverChart(block, chart, series)
    return None


def draw_cover_chart(
    strip: CoverChart, report: Report, canvas: ChartSize, alt: str, *, pointed: bool = False
) -> Drawing:
    """Draw the strip in the theme's colours and the report's locale; `alt` says what it shows.

    Where it is `pointed`, each day tells its values to who points at it.
    """
    colors = report.theme.colors
    plot = _Plot.on(canvas, strip)
    texts = [*_days(strip.chart, report, plot), *_peak(strip, report, plot)]
    bars = [
        step
        for index, value in enumerate(strip.series.values)
        if value is not None
        for step in box(plot.x(index), plot.y(value), plot.x(index + _BAR), plot.base)
    ]
    dashes = [
        step
        for index, value in enumerate(strip.series.baseline[: len(strip.chart.labels)])
        if value is not None
        for step in rule(plot.x(index + _DASH_FROM), plot.x(index + _DASH_FROM + _DASH), plot.y(value))
    ]
    paths = (
        PathMark(tuple(bars), colors["cover-accent"]),
        PathMark(tuple(dashes), stroke=colors["cover-soft"], weight=1),
        PathMark(tuple(rule(0, canvas.width, plot.base)), stroke=colors["cover-line"], weight=0.75),
        PathMark(tuple(step for text in texts for step in _plate(text)), colors["cover-bg"]),
    )
    targets = tuple(_targets(strip, report, plot)) if pointed else ()
    kept = (path for path in paths if path.steps)
    return Drawing(canvas.width, canvas.height, (*kept, *texts), legible(alt), targets)


def _plate(text: TextMark) -> tuple[PathStep, ...]:
    """Return the ground under a text, on which no dash crosses it."""
    wide = text_width(text.text, text.size, text.weight) + text.size / 2
    left = text.x - (wide - text.size / 4 if text.anchor == "right" else text.size / 4)
    return box(left, text.y - 0.85 * text.size, left + wide, text.y + 0.25 * text.size)


@dataclass(frozen=True, slots=True)
class _Plot:
    """Where days and values stand on the canvas."""

    canvas: ChartSize
    pitch: float
    base: float
    scale: float

    @classmethod
    def on(cls, canvas: ChartSize, strip: CoverChart) -> _Plot:
        base = canvas.height - _FOOT * canvas.font_size
        scale = (base - _TOP * canvas.font_size) / max(_known(strip.series))
        return cls(canvas, canvas.width / len(strip.chart.labels), base, scale)

    def x(self, day: float) -> float:
        return day * self.pitch

    def y(self, value: float) -> float:
        return self.base - value * self.scale


def _drawable(series: Series) -> bool:
    known = _known(series)
    return max(known, default=0) > 0 and min(known) >= 0


def _known(series: Series) -> list[float]:
    return [value for value in chain(series.values, series.baseline) if value is not None]


def _days(chart: Chart, report: Report, plot: _Plot) -> Iterator[TextMark]:
    """Name a day a week; the first of a month with its month."""
    step = _DAYS_A_WEEK * ceil(len(chart.labels) / _DAYS_A_WEEK / _MOST_TICKS)
    y, month = plot.canvas.height - plot.canvas.font_size / 2, 0
    for index in range(0, len(chart.labels), step):
        day = date.fromisoformat(chart.labels[index][:10])
        text = str(day.day) if day.month == month else format_short_day(day, report.locale)
        month = day.month
        yield TextMark(text, plot.x(index), y, plot.canvas.font_size, report.theme.colors["cover-soft"])


def _targets(strip: CoverChart, report: Report, plot: _Plot) -> Iterator[PointedPlace]:
    """Tell of each day that has a value what it is, and what it is compared with."""
    series, locale = strip.series, report.locale
    compared = format_period(report.baseline, locale) if report.baseline else ""
    baseline = (*series.baseline, *(None,) * len(strip.chart.labels))
    for index, (label, value) in enumerate(zip(strip.chart.labels, series.values, strict=False)):
        before = baseline[index]
        told = ((series.label, value), (compared, before))
        lines = tuple(f"{name}: {format_value(one, series.unit, locale)}" for name, one in told if one is not None)
        if lines:
            place = (plot.x(index), 0, plot.x(index + 1), plot.base)
            yield PointedPlace(place, (format_short_day(date.fromisoformat(label[:10]), locale), *lines))


def _peak(strip: CoverChart, report: Report, plot: _Plot) -> Iterator[TextMark]:
    """Name the highest day, the first of equals, above its bar."""
    known = [(value, -index) for index, value in enumerate(strip.series.values) if value is not None]
    if not known:
        return
    value, index = max(known)[0], -max(known)[1]
    day = format_short_day(date.fromisoformat(strip.chart.labels[index][:10]), report.locale)
    text = f"{format_value(value, strip.series.unit, report.locale)} \N{MIDDLE DOT} {day}"
    turned = index > _PEAK_TURNS * len(strip.chart.labels)
    size, ink = plot.canvas.font_size, report.theme.colors["cover-ink"]
    x = plot.x(index + _BAR) if turned else plot.x(index)
    yield TextMark(text, x, plot.y(value) - 0.6 * size, size, ink, BOLD, "right" if turned else "left")
