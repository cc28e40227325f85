"""Columns: bars from zero over days or a few short words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from reportgen.outputs.drawing.charts.axes import (
    PlotBox,
    boxes_of,
    draw_grid,
    draw_ticks,
    draw_zero,
    foot,
    panels_height,
    panels_of,
)
from reportgen.outputs.drawing.charts.canvas import ChartCanvas
from reportgen.outputs.drawing.charts.legend import draw_row, period_names, row_height
from reportgen.outputs.drawing.charts.pointed_values import point_at_columns
from reportgen.outputs.drawing.charts.value_axis import Scale, scale_of
from reportgen.outputs.drawing.font_metrics import BOLD, text_width
from reportgen.outputs.text.catalogues import N_
from reportgen.outputs.text.chart_values import exact, tick_text, value_text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from reportgen.model import Chart, Number, Series, Unit
    from reportgen.outputs.drawing.charts.canvas import Frame

MISSING = "\N{EN DASH}"
PALE = N_("Pale bars: %(period)s")
_WIDEST = 24
_GAP = 1.5
_LIFT = 2.4
_FEW = 12
_MANY = 0.66
_LEAST_PANEL = 11


@dataclass(frozen=True, slots=True)
class _Slots:
    """How a band is shared: the width of a bar, and the left edge of each series' bar in the band."""

    bar: float
    lefts: tuple[float, ...]


def draw_columns(chart: Chart, frame: Frame) -> ChartCanvas:
    """Draw a band of bars for each label, the compared value as a paler half bar at the left of each."""
    panels = panels_of(chart.series)
    names = [
        {chart.series[at].label: frame.series_color(at) for at in panel} if len(chart.series) > 1 else {}
        for panel in panels
    ]
    names[0] |= period_names(chart.series, frame, PALE)
    heads = [row_height(frame, list(words)) for words in names]
    height = panels_height(frame, sum(heads) + foot(frame) + _LEAST_PANEL * frame.size * len(panels))
    groups = [[chart.series[at] for at in panel] for panel in panels]
    scales = [
        scale_of([v for s in group for v in (*s.values, *s.baseline)], group[0].unit, from_zero=True)
        for group in groups
    ]
    units = [group[0].unit for group in groups]
    boxes = boxes_of(frame, height, list(zip(scales, units, heads, strict=True)), frame.width)
    sheet = ChartCanvas(frame, height)
    for panel, group, scale, box, words, head in zip(panels, groups, scales, boxes, names, heads, strict=True):
        low = box.bottom - (1.2 * frame.size if scale.low < 0 else 0)  # room for values below bars
        plot = PlotBox(box.left, box.top, box.right, low)
        draw_grid(sheet, plot, scale, group[0].unit)
        draw_row(sheet, box.top - head - 1.1 * frame.size - 2.2, list(words), list(words.values()))
        draw_bars(sheet, plot, scale, dict(zip(panel, group, strict=True)), len(chart.labels))
        draw_zero(sheet, plot, scale)
    draw_labels(sheet, chart, boxes)
    return sheet


def band_fits(chart: Chart, frame: Frame) -> bool:
    """Tell whether every label can stand under its column."""
    band = (frame.width - 6 * frame.size) / len(chart.labels)
    return all(text_width(label, frame.size) <= band - 0.5 * frame.size for label in chart.labels)


def draw_labels(sheet: ChartCanvas, chart: Chart, boxes: Sequence[PlotBox]) -> None:
    """Name the columns below the lowest plot: days by a few ticks, words each."""
    frame, count, box = sheet.frame, len(chart.labels), boxes[-1]
    centers = [box.left + (at + 0.5) * (box.right - box.left) / count for at in range(count)]
    point_at_columns(sheet, chart, centers, boxes)
    if chart.label_type == "date":
        draw_ticks(sheet, chart, centers, boxes)
        return
    for x, label in zip(centers, chart.labels, strict=True):
        sheet.text((x, box.bottom + 3 + 1.1 * frame.size), label, frame.colors["ink-2"], anchor="center")


def _slots(series: Sequence[Series], band: float, *, few: bool) -> _Slots:
    """Share a band: at most 42 % of it for a single bar, 80 % for a group, 66 % for many days."""
    gap = _gap(series, band, few=few)
    shares = [1.5 if _compared(one) else 1.0 for one in series]
    gaps = gap * (len(series) - 1 + sum(map(_compared, series)))
    room = ((0.8 if few else _MANY) * band - gaps) / sum(shares)
    bar = min(room, _WIDEST, 0.42 * band) if few else room
    lefts: list[float] = []
    x = (band - bar * sum(shares) - gaps) / 2
    for one in series:
        x += bar / 2 + gap if _compared(one) else 0
        lefts.append(x)
        x += bar + gap
    return _Slots(bar, tuple(lefts))


def _gap(series: Sequence[Series], band: float, *, few: bool) -> float:
    return _GAP if few else min(_GAP, 0.1 * band / len(series))


def _compared(one: Series) -> bool:
    return any(value is not None for value in one.baseline)


def draw_bars(sheet: ChartCanvas, box: PlotBox, scale: Scale, series: dict[int, Series], count: int) -> None:
    """Draw the bars of series, by their index in the chart, side by side in each of `count` bands."""
    colors = sheet.frame.colors
    band = (box.right - box.left) / count
    few = count <= _FEW
    slots = _slots(list(series.values()), band, few=few)
    zero = box.y(scale, 0)
    for left, (at, one) in zip(slots.lefts, series.items(), strict=True):
        start = box.left + left
        gap = _gap(list(series.values()), band, few=few)
        compared = _tops(box, scale, one.baseline, start - slots.bar / 2 - gap, band)
        sheet.boxes([(x, min(y, zero), x + slots.bar / 2, max(y, zero)) for x, y in compared], colors["compare-soft"])
        sheet.strokes([[(x, y), (x + slots.bar / 2, y)] for x, y in compared], colors["compare"], 1)
        tops = _tops(box, scale, one.values, start, band)
        boxes = [(x, min(y, zero), x + slots.bar, max(y, zero)) for x, y in tops]
        sheet.boxes(boxes, sheet.frame.series_color(at))
    draw_zero(sheet, box, scale)
    room = (band - 4 if len(series) == 1 else slots.bar + _GAP) if few else 0
    texts = _texts([v for s in series.values() for v in s.values], next(iter(series.values())).unit, sheet.frame, room)
    for left, one in zip(slots.lefts, series.values(), strict=True):
        _draw_values(sheet, box, scale, one, texts, (box.left + left, slots.bar, band))


def _tops(
    box: PlotBox, scale: Scale, values: Sequence[Number | None], start: float, band: float
) -> list[tuple[float, float]]:
    return [(start + at * band, box.y(scale, value)) for at, value in enumerate(values) if value is not None]


def _texts(values: Sequence[Number | None], unit: Unit, frame: Frame, room: float) -> dict[Number, str]:
    """Return the values that are written: in full, else briefly, else only the largest."""
    numbers = {value for value in values if value is not None}
    for write in (value_text, tick_text):
        texts = {value: write(value, unit, frame.locale) for value in numbers} if room else {}
        if texts and max(text_width(text, frame.size, BOLD) for text in texts.values()) <= room:
            return texts
    peak = max(numbers, key=lambda value: (abs(exact(value)), value), default=None)
    return {} if peak is None else {peak: value_text(peak, unit, frame.locale)}


def _draw_values(  # noqa: PLR0913, PLR0917 - one bar's place is three measures already
    sheet: ChartCanvas,
    box: PlotBox,
    scale: Scale,
    one: Series,
    texts: dict[Number, str],
    band: tuple[float, float, float],
) -> None:
    """Write values above their bars, below those under zero, and a dash where a value is missing."""
    frame = sheet.frame
    start, bar, pitch = band
    for at, value in enumerate(one.values):
        left = start + at * pitch
        if value is None:
            if bar >= frame.size / 2:
                sheet.text((left + bar / 2, box.y(scale, 0) - _LIFT), MISSING, frame.colors["ink-3"], anchor="center")
            continue
        text = texts.get(value)
        if not text:
            continue
        half = text_width(text, frame.size, BOLD) / 2
        center = min(max(left + (max(bar / 2, half) if one.baseline else bar / 2), half), frame.width - half)
        y = box.y(scale, value) + (-_LIFT if value >= 0 else _LIFT + 0.75 * frame.size)
        sheet.text((center, y), text, frame.colors["ink"], anchor="center", weight=BOLD, plate=True)
