"""The chart on the cover: the report's first daily chart, a bar for each day."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from itertools import chain, pairwise, zip_longest
from math import ceil
from typing import TYPE_CHECKING

from reportgen.characters import legible
from reportgen.formatting import format_bucket, format_value
from reportgen.outputs.drawing.font_metrics import BOLD, BUILT_IN
from reportgen.outputs.drawing.marks import Drawing, PathMark, PointedPlace, TextMark, box, rule
from reportgen.outputs.text.catalogues import named_text
from reportgen.outputs.text.chart_labels import compared_labels, day_text, month_begins

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from reportgen.model import Block, Chart, Report, Series
    from reportgen.outputs.drawing.font_metrics import Typeface
    from reportgen.outputs.drawing.text_overlay import Anchor

_FEWEST_DAYS, _MOST_DAYS = 7, 92
_DAYS_A_WEEK, _MOST_TICKS = 7, 6
_LONGEST_STEP = 14  # days between two named ones; of more days the months are named, as below other charts
_BAR, _DASH_FROM, _DASH = 0.24, 0.34, 0.4  # of the room of a day
_TOP, _FOOT = 2.0, 2.2  # room for the peak's name above and for the days below, in font sizes
_PEAK_TURNS = 0.7  # of the width: from here on the peak's name stands left of its bar


@dataclass(frozen=True, slots=True)
class CoverChart:
    """The chart of the cover: a block, its first chart and the leading series."""

    block: Block
    chart: Chart
    series: Series

    @property
    def drawn(self) -> Chart:
        """The chart as it is drawn: bars of the leading series alone."""
        return replace(self.chart, kind="bar", series=(self.series,))

    @property
    def name(self) -> str:
        """The block's title, with the name of the leading series where the block has others too."""
        title, series = self.block.label or self.series.label, self.series.label
        is_alone = sum(len(chart.series) for chart in self.block.charts) == 1
        return title if is_alone or series in {"", title} else f"{title} ({series})"


@dataclass(frozen=True, slots=True)
class ChartSize:
    """A drawing's size, in points in print and CSS pixels on a screen, and the typeface of its texts."""

    width: float
    height: float
    font_size: float
    typeface: Typeface = BUILT_IN


def leading_days(report: Report) -> CoverChart | None:
    """Return the first chart of the report with a value on most days, none below zero; None without such a chart."""
    for block in report.blocks:
        for chart in block.charts:
            series = chart.series[0] if chart.series else None
            days = (
                chart.bucket == "day" and chart.label_type == "date" and _FEWEST_DAYS <= len(chart.labels) <= _MOST_DAYS
            )
            own = chart.kind == "sparkline" or chart.days is not None
            if days and series and not own and _drawable(series):
                return CoverChart(block, chart, series)
    return None


def draw_cover_chart(
    days: CoverChart, report: Report, canvas: ChartSize, alt: str, *, pointed: bool = False
) -> Drawing:
    """Return the cover's chart in the theme's colours and the report's locale; `alt` is its alternative text.

    Where it is `pointed`, each day shows its values to a reader who points at it.
    """
    colors = report.theme.colors
    plot = _Plot.on(canvas, days)
    peak = list(_peak(days, report, plot))
    bars = [
        box(plot.x(index), plot.y(value), plot.x(index + _BAR), plot.base)
        for index, value in enumerate(days.series.values)
        if value is not None
    ]
    dashes = [
        rule(left, right, y)
        for left, right, y in _dashes(days, plot)
        if not any(_is_behind(text, left, right, y) for text in peak)
    ]
    paths = (
        PathMark(tuple(chain(*bars)), colors["cover-accent"]),
        PathMark(tuple(chain(*dashes)), stroke=colors["cover-soft"], weight=1),
        PathMark(rule(0, canvas.width, plot.base), stroke=colors["cover-line"], weight=0.75),
    )
    targets = tuple(_targets(days, report, plot)) if pointed else ()
    kept = (path for path in paths if path.steps)
    texts = (*_day_labels(days.chart, report, plot), *peak)
    return Drawing(canvas.width, canvas.height, (*kept, *texts), legible(alt), targets)


def _dashes(days: CoverChart, plot: _Plot) -> Iterator[tuple[float, float, float]]:
    """Yield the left end, the right end and the height of the dash of each compared day."""
    for index, value in enumerate(days.series.baseline[: len(days.chart.labels)]):
        if value is not None:
            left = index + _DASH_FROM
            yield plot.x(left), plot.x(left + _DASH), plot.y(value)


def _is_behind(text: TextMark, left: float, right: float, y: float) -> bool:
    """Return whether a dash would stand behind a text, or beside it as if it were a hyphen of it."""
    wide, gap = text.typeface.width(text.text, text.size, text.weight), text.size
    start = text.x - (wide if text.anchor == "right" else 0)
    return start - gap < right and left < start + wide + gap and -0.85 * text.size < y - text.y < 0.25 * text.size


@dataclass(frozen=True, slots=True)
class _Plot:
    """The places of days and values on the canvas."""

    canvas: ChartSize
    pitch: float
    base: float
    scale: float

    @classmethod
    def on(cls, canvas: ChartSize, days: CoverChart) -> _Plot:
        base = canvas.height - _FOOT * canvas.font_size
        scale = (base - _TOP * canvas.font_size) / max(_known(days.series))
        return cls(canvas, canvas.width / len(days.chart.labels), base, scale)

    def x(self, day: float) -> float:
        return day * self.pitch

    def y(self, value: float) -> float:
        return self.base - value * self.scale


def _drawable(series: Series) -> bool:
    """Return whether bars show a series: most of its days have a value, some above zero, none below."""
    known, came = _known(series), sum(value is not None for value in series.values)
    return 2 * came >= len(series.values) and max(known, default=0) > 0 and min(known) >= 0


def _known(series: Series) -> list[float]:
    return [value for value in chain(series.values, series.baseline) if value is not None]


def _day_labels(chart: Chart, report: Report, plot: _Plot) -> Iterator[TextMark]:
    """Yield the names of days or months below the bars; a month that begins with the last days may have no room."""
    canvas, color = plot.canvas, report.theme.colors["cover-soft"]
    for index, text in _named_days(chart.labels, report.locale):
        if plot.x(index) + canvas.typeface.width(text, canvas.font_size) <= canvas.width:
            y = canvas.height - canvas.font_size / 2
            yield TextMark(text, plot.x(index), y, canvas.font_size, color, typeface=canvas.typeface)


def _named_days(labels: Sequence[str], locale: str) -> list[tuple[int, str]]:
    """Return the index and the name of a day a week, the first of a month with its month; of a quarter the months."""
    days = [date.fromisoformat(label[:10]) for label in labels]
    step = _DAYS_A_WEEK * ceil(len(days) / _DAYS_A_WEEK / _MOST_TICKS)
    if step > _LONGEST_STEP:
        return [(at, format_bucket("month", days[at], locale)) for at in month_begins(days)]
    at_weeks = range(0, len(days), step)
    is_new = [True, *(days[at].month != days[before].month for before, at in pairwise(at_weeks))]
    names = (
        day_text(labels[at], locale) if new else str(days[at].day) for at, new in zip(at_weeks, is_new, strict=True)
    )
    return [*zip(at_weeks, names, strict=True)]


def _targets(days: CoverChart, report: Report, plot: _Plot) -> Iterator[PointedPlace]:
    """Yield a place for each day that has a value or a compared value."""
    series, locale = days.series, report.locale
    compared = compared_labels(days.chart, locale)
    pairs = list(zip_longest(series.values, series.baseline))
    for index, (label, pair) in enumerate(zip(days.chart.labels, pairs, strict=False)):
        names = (series.label, compared[index] if index < len(compared) else "")
        values = [(name, value) for name, value in zip(names, pair, strict=True) if value is not None]
        lines = [named_text(name, format_value(value, series.unit, locale), locale) for name, value in values]
        if lines:
            place = (plot.x(index), 0, plot.x(index + 1), plot.base)
            yield PointedPlace(place, (day_text(label, locale), *lines))


def _peak(days: CoverChart, report: Report, plot: _Plot) -> Iterator[TextMark]:
    """Yield the name of the highest day, the first of equals, above its bar."""
    known = [(value, index) for index, value in enumerate(days.series.values) if value is not None]
    if not known:
        return
    value, index = max(known, key=lambda day: day[0])
    day = day_text(days.chart.labels[index], report.locale)
    text = f"{format_value(value, days.series.unit, report.locale)} \N{MIDDLE DOT} {day}"
    turned = index > _PEAK_TURNS * len(days.chart.labels)
    size, ink = plot.canvas.font_size, report.theme.colors["cover-ink"]
    x = plot.x(index + _BAR) if turned else plot.x(index)
    anchor: Anchor = "right" if turned else "left"
    yield TextMark(text, x, plot.y(value) - 0.6 * size, size, ink, BOLD, anchor, typeface=plot.canvas.typeface)
