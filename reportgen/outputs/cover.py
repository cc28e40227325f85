"""The strip of days on the cover: the report's first daily chart, one bar a day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from html import escape
from itertools import chain
from math import ceil
from typing import TYPE_CHECKING

from reportgen.formatting import format_short_day, format_value
from reportgen.outputs.measure import FAMILY, lines_needed, text_width
from reportgen.outputs.overlay import laid_over, needs_shaping, span, svg_anchor

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from reportgen.model import Block, Chart, Report, Series
    from reportgen.outputs.overlay import Anchor

_FEWEST_DAYS, _MOST_DAYS = 7, 92
_DAYS_A_WEEK, _MOST_TICKS = 7, 6
_BAR, _DASH_FROM, _DASH = 0.24, 0.34, 0.4  # of the room of a day
_TOP, _FOOT = 2.0, 2.2  # room for the peak's name above and for the days below, in font sizes
_DISPLAY_EM, _DISPLAY_LINES = 9.6, 2.6  # room for the names in full size; their light weight is narrower than measured
_SMALLEST_TENTHS = 3
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


def display_fit(texts: Sequence[str]) -> float:
    """Return the factor on the size of the cover's names that keeps each word whole and all above the strip.

    Args:
        texts: What is set in it, a paragraph each.
    """
    words = [word for text in texts for word in text.split(" ")]
    for tenths in range(10, _SMALLEST_TENTHS, -1):
        room = 10 * _DISPLAY_EM / tenths
        lines = sum(lines_needed(text, room) for text in texts)
        if lines * tenths <= 10 * _DISPLAY_LINES and all(text_width(word) <= room for word in words):
            return tenths / 10
    return _SMALLEST_TENTHS / 10


def leading_days(report: Report) -> Strip | None:
    """Return the first chart of the report that has a value a day, none below zero; None where none has."""
    for block in report.blocks:
        for chart in block.charts:
            series = chart.series[0] if chart.series else None
            days = chart.label_type == "date" and _FEWEST_DAYS <= len(chart.labels) <= _MOST_DAYS
            if days and series and chart.kind != "sparkline" and _drawable(series):
                return Strip(block, chart, series)
    return None


def draw_strip(strip: Strip, report: Report, canvas: Canvas, alt: str, *, shaped: bool = False) -> str:
    """Return the strip as inline SVG, in the theme's colours and the report's locale; `alt` says what it shows.

    `shaped` lays texts that WeasyPrint's SVG cannot set over it; see `overlay`.
    """
    colors = report.theme.colors
    plot = _Plot.on(canvas, strip)
    texts = [*_days(strip.chart, report, plot), *_peak(strip, report, plot)]
    over = [text for text in texts if shaped and needs_shaping(text.text)]
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
    drawing = (
        f'<svg xmlns="http://www.w3.org/2000/svg" role="img" aria-label="{escape(alt)}" width="{canvas.width:.2f}" '
        f'height="{canvas.height:.2f}" viewBox="0 0 {size}" font-family="{FAMILY}" font-size="{canvas.font_size:g}" '
        f'direction="ltr">'
        f'<path d="{bars}" fill="{colors["cover-accent"]}"/>'
        f'<path d="{dashes}" stroke="{colors["cover-soft"]}" fill="none"/>'
        f'<path d="M0 {plot.y(0)}H{canvas.width:.2f}" stroke="{colors["cover-line"]}" stroke-width=".75"/>'
        f'<path d="{"".join(text.plate(canvas.font_size) for text in texts)}" fill="{colors["cover-bg"]}"/>'
        f"{''.join(text.svg() for text in texts if text not in over)}</svg>"
    )
    spans = [text.span(canvas.font_size) for text in over]
    return laid_over(drawing, spans, canvas.width, canvas.height)


@dataclass(frozen=True, slots=True)
class _Text:
    """One line of text on the strip, on its baseline."""

    text: str
    x: str
    y: float
    color: str
    weight: int = 400
    anchor: Anchor = "left"

    def svg(self) -> str:
        return (
            f'<text x="{self.x}" y="{self.y:.2f}"{svg_anchor(self.text, self.anchor)} font-weight="{self.weight}" '
            f'fill="{self.color}">{escape(self.text)}</text>'
        )

    def plate(self, size: float) -> str:
        """Return the ground under the text, on which no dash crosses it."""
        wide = text_width(self.text, size, self.weight) + size / 2
        left = float(self.x) - (wide - size / 4 if self.anchor == "right" else size / 4)
        return f"M{left:.2f} {self.y - 0.85 * size:.2f}h{wide:.2f}v{1.1 * size:.2f}h-{wide:.2f}z"

    def span(self, size: float) -> str:
        place = {"x": float(self.x), "y": self.y, "size": size}
        return span(self.text, **place, weight=self.weight, color=self.color, anchor=self.anchor)


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


def _days(chart: Chart, report: Report, plot: _Plot) -> Iterator[_Text]:
    """Name a day a week; the first of a month with its month."""
    step = _DAYS_A_WEEK * ceil(len(chart.labels) / _DAYS_A_WEEK / _MOST_TICKS)
    y, month = plot.canvas.height - plot.canvas.font_size / 2, 0
    for index in range(0, len(chart.labels), step):
        day = date.fromisoformat(chart.labels[index][:10])
        text = str(day.day) if day.month == month else format_short_day(day, report.locale)
        month = day.month
        yield _Text(text, plot.x(index), y, report.theme.colors["cover-soft"])


def _peak(strip: Strip, report: Report, plot: _Plot) -> Iterator[_Text]:
    """Name the highest day, the first of equals, above its bar."""
    known = [(value, -index) for index, value in enumerate(strip.series.values) if value is not None]
    if not known:
        return
    value, index = max(known)[0], -max(known)[1]
    day = format_short_day(date.fromisoformat(strip.chart.labels[index][:10]), report.locale)
    text = f"{format_value(value, strip.series.unit, report.locale)} \N{MIDDLE DOT} {day}"
    turned = index > _PEAK_TURNS * len(strip.chart.labels)
    y = float(plot.y(value)) - 0.6 * plot.canvas.font_size
    x = plot.x(index + _BAR) if turned else plot.x(index)
    yield _Text(text, x, y, report.theme.colors["cover-ink"], 600, "right" if turned else "left")
