"""The strip of days on the cover: the report's first daily chart, one bar a day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from html import escape
from itertools import chain
from math import ceil
from typing import TYPE_CHECKING

from reportgen.formatting import format_short_day, format_value
from reportgen.outputs.measure import FAMILY

if TYPE_CHECKING:
    from reportgen.model import Block, Chart, Report, Series

_FEWEST_DAYS, _MOST_DAYS = 7, 92
_DAYS_A_WEEK, _MOST_TICKS = 7, 6
_BAR, _DASH_FROM, _DASH = 0.24, 0.34, 0.4  # of the room of a day
_TOP, _FOOT = 2.0, 2.2  # room for the peak's name above and for the days below, in font sizes
_PEAK_TURNS = 0.7  # of the width: from here on the peak's name stands left of its bar


@dataclass(frozen=True, slots=True)
class Strip:
    """What is drawn: a block's first chart and its leading series."""

    block: Block
    chart: Chart
    series: Series


@dataclass(frozen=True, slots=True)
class Canvas:
    """A drawing's size, in points in print and CSS pixels on a screen."""

    width: float
    height: float
    font_size: float


def leading_days(report: Report) -> Strip | None:
    """Return the first chart of the report that has a value a day, none below zero; None where none has."""
    for block in report.blocks:
        for chart in block.charts:
            series = chart.series[0] if chart.series else None
            days = chart.label_type == "date" and _FEWEST_DAYS <= len(chart.labels) <= _MOST_DAYS
            if days and series and chart.kind != "sparkline" and _drawable(series):
                return Strip(block, chart, series)
    return None


def draw_strip(strip: Strip, report: Report, canvas: Canvas, alt: str) -> str:
    """Return the strip as inline SVG, in the theme's colours and the report's locale; `alt` says what it shows."""
    colors = report.theme.colors
    plot = _Plot.on(canvas, strip)
    bars = "".join(
        f"M{plot.x(index)} {plot.y(0)}V{plot.y(value)}h{plot.pitch * _BAR:.2f}V{plot.y(0)}z"
        for index, value in enumerate(strip.series.values)
        if value is not None
    )
    dashes = "".join(
        f"M{plot.x(index + _DASH_FROM)} {plot.y(value)}h{plot.pitch * _DASH:.2f}"
        for index, value in enumerate(strip.series.baseline[: len(strip.chart.labels)])
        if value is not None
    )
    size = f"{canvas.width:.2f} {canvas.height:.2f}"
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" role="img" aria-label="{escape(alt)}" width="{canvas.width:.2f}" '
        f'height="{canvas.height:.2f}" viewBox="0 0 {size}" font-family="{FAMILY}" font-size="{canvas.font_size:g}">'
        f'<path d="{bars}" fill="{colors["cover-accent"]}"/>'
        f'<path d="{dashes}" stroke="{colors["cover-soft"]}" fill="none"/>'
        f'<path d="M0 {plot.y(0)}H{canvas.width:.2f}" stroke="{colors["cover-line"]}" stroke-width=".75"/>'
        f"{_days(strip.chart, report, plot)}{_peak(strip, report, plot)}</svg>"
    )


@dataclass(frozen=True, slots=True)
class _Plot:
    """Where days and values stand on the canvas."""

    canvas: Canvas
    pitch: float
    base: float
    scale: float

    @classmethod
    def on(cls, canvas: Canvas, strip: Strip) -> _Plot:
        base = canvas.height - _FOOT * canvas.font_size
        scale = (base - _TOP * canvas.font_size) / max(_known(strip.series))
        return cls(canvas, canvas.width / len(strip.chart.labels), base, scale)

    def x(self, day: float) -> str:
        return f"{day * self.pitch:.2f}"

    def y(self, value: float) -> str:
        return f"{self.base - value * self.scale:.2f}"


def _drawable(series: Series) -> bool:
    known = _known(series)
    return max(known, default=0) > 0 and min(known) >= 0


def _known(series: Series) -> list[float]:
    return [value for value in chain(series.values, series.baseline) if value is not None]


def _days(chart: Chart, report: Report, plot: _Plot) -> str:
    """Name a day a week; the first of a month with its month."""
    step = _DAYS_A_WEEK * ceil(len(chart.labels) / _DAYS_A_WEEK / _MOST_TICKS)
    y = f"{plot.canvas.height - plot.canvas.font_size / 2:.2f}"
    texts, month = [], 0
    for index in range(0, len(chart.labels), step):
        day = date.fromisoformat(chart.labels[index][:10])
        text = str(day.day) if day.month == month else format_short_day(day, report.locale)
        month = day.month
        texts.append(f'<text x="{plot.x(index)}" y="{y}">{escape(text)}</text>')
    return f'<g fill="{report.theme.colors["cover-soft"]}">{"".join(texts)}</g>'


def _peak(strip: Strip, report: Report, plot: _Plot) -> str:
    """Name the highest day, the first of equals, above its bar."""
    known = [(value, -index) for index, value in enumerate(strip.series.values) if value is not None]
    if not known:
        return ""
    value, index = max(known)[0], -max(known)[1]
    day = format_short_day(date.fromisoformat(strip.chart.labels[index][:10]), report.locale)
    text = f"{format_value(value, strip.series.unit, report.locale)} \N{MIDDLE DOT} {day}"
    turned = index > _PEAK_TURNS * len(strip.chart.labels)
    anchor = f'x="{plot.x(index + _BAR)}" text-anchor="end"' if turned else f'x="{plot.x(index)}"'
    y = f"{float(plot.y(value)) - 0.6 * plot.canvas.font_size:.2f}"
    color = report.theme.colors["cover-ink"]
    return f'<text {anchor} y="{y}" font-weight="600" fill="{color}">{escape(text)}</text>'
