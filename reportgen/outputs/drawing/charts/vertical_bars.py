"""Vertical bars: columns from zero over days or a few short labels."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING

from reportgen.model import exact, number_of
from reportgen.outputs.drawing.charts.axes import draw_ticks, draw_zero
from reportgen.outputs.drawing.charts.goal_marks import draw_goals, with_goal_names
from reportgen.outputs.drawing.charts.hatched_boxes import draw_hatched
from reportgen.outputs.drawing.charts.legend import period_names
from reportgen.outputs.drawing.charts.panels import lay_out, series_names
from reportgen.outputs.drawing.charts.pointed_values import point_at_columns
from reportgen.outputs.drawing.font_metrics import BOLD
from reportgen.outputs.text.catalogues import N_
from reportgen.outputs.text.chart_labels import are_hours
from reportgen.outputs.text.chart_values import MISSING, brief_texts, tick_text, value_text, value_texts
from reportgen.outputs.text.value_axes import series_by_axis

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from reportgen.model import Chart, Number, Series, Unit
    from reportgen.outputs.drawing.charts.axes import PlotBox
    from reportgen.outputs.drawing.charts.canvas import ChartCanvas, Frame
    from reportgen.outputs.drawing.charts.panels import Panel

PALE = N_("Pale bars: %(period)s")
_WIDEST = 24
_GAP = 1.5
_LIFT = 2.4
_FEW = 12
_MANY = 0.66
_LEAST_PANEL = 11
_LEAST_BAR, _LEAST_COMPARED_BAR = 1.2, 1.0  # points
_HOUR_STEPS = (1, 2, 3, 4, 6, 12, 24)
_WIDEST_PEAK = 0.8  # of the width
_PAST_BAR = 2.0  # points by which the mark of a goal is longer than its bar, at both ends


@dataclass(frozen=True, slots=True)
class _Slots:
    """The shares of a band: the width of a bar, the gap between bars, and the left edge of each series' bar."""

    bar: float
    gap: float
    lefts: tuple[float, ...]


def draw_columns(chart: Chart, frame: Frame) -> ChartCanvas:
    """Draw a band of bars for each label, the compared value as a paler half bar at the left of each."""
    groups = series_by_axis(chart.series)
    names = [series_names(chart, group, frame) if len(chart.series) > 1 else {} for group in groups]
    names[0] |= period_names(chart.series, frame, PALE)
    names = with_goal_names(names, groups, chart.series, frame)
    sheet, panels = lay_out(chart, frame, groups, names, from_zero=range(len(chart.series)), least=_LEAST_PANEL)
    for panel in panels:
        below = 1.2 * frame.size if panel.scale.low < 0 else 0  # room for values below bars
        raised = replace(panel, box=replace(panel.box, bottom=panel.box.bottom - below))
        raised.draw_axes(sheet)
        draw_bars(sheet, raised, len(chart.labels), chart.cut)
        draw_zero(sheet, raised.box, raised.scale)
    draw_labels(sheet, chart, [panel.box for panel in panels])
    return sheet


def band_fits(chart: Chart, frame: Frame) -> bool:
    """Return whether every label fits under its column."""
    band = (frame.width - 6 * frame.size) / len(chart.labels)
    return all(frame.typeface.width(label, frame.size) <= band - 0.5 * frame.size for label in chart.labels)


def _hour_step(least: float) -> int:
    """Return the least round distance of named hours, in hours; from a day on whole days."""
    return next((step for step in _HOUR_STEPS if step >= least), _HOUR_STEPS[-1] * math.ceil(least / _HOUR_STEPS[-1]))


def are_hairs(chart: Chart, frame: Frame) -> bool:
    """Return whether the bars of many labels would be as thin as hairs; a compared bar is half as wide as another."""
    compared = sum(any(value is not None for value in series.baseline) for series in chart.series)
    bar = _MANY * frame.width / len(chart.labels) / (len(chart.series) + compared / 2)
    return bar < _LEAST_BAR or (compared > 0 and bar / 2 < _LEAST_COMPARED_BAR)


def draw_labels(sheet: ChartCanvas, chart: Chart, boxes: Sequence[PlotBox]) -> None:
    """Write the labels below the lowest plot: a few of the days with ticks, all of the words, every nth hour."""
    frame, box = sheet.frame, boxes[-1]
    centers = box.centers(len(chart.labels))
    point_at_columns(sheet, chart, centers, boxes)
    if chart.label_type == "date":
        draw_ticks(sheet, chart, centers, boxes)
        return
    band = (box.right - box.left) / len(centers)
    widest = max(frame.typeface.width(label, frame.size) for label in chart.labels) + 0.5 * frame.size
    step = _hour_step(widest / band) if are_hours(chart) else 1
    for x, label in list(zip(centers, chart.labels, strict=True))[::step]:
        sheet.text((x, box.bottom + 3 + 1.1 * frame.size), label, frame.colors["ink-2"], anchor="center")


def _slots(series: Sequence[Series], band: float, *, few: bool) -> _Slots:
    """Return the shares of a band: at most 42 % of it for a single bar, 80 % for a group, 66 % for many days."""
    gap = _GAP if few else min(_GAP, 0.1 * band / len(series))
    compared = [any(value is not None for value in each.baseline) for each in series]
    bars = len(series) + sum(compared) / 2
    gaps = gap * (len(series) - 1 + sum(compared))
    room = ((0.8 if few else _MANY) * band - gaps) / bars
    bar = min(room, _WIDEST, 0.42 * band) if few else room
    lefts: list[float] = []
    x = (band - bar * bars - gaps) / 2
    for has_half in compared:
        x += bar / 2 + gap if has_half else 0
        lefts.append(x)
        x += bar + gap
    return _Slots(bar, gap, tuple(lefts))


def draw_bars(sheet: ChartCanvas, panel: Panel, count: int, cut: Collection[int] = ()) -> None:
    """Draw the bars of a panel's series side by side in each of `count` bands; those of cut buckets are outlines."""
    frame, box, scale = sheet.frame, panel.box, panel.scale
    band, few = (box.right - box.left) / count, count <= _FEW
    slots = _slots(list(panel.series.values()), band, few=few)
    zero = box.y(scale, 0)
    for left, (at, series) in zip(slots.lefts, panel.series.items(), strict=True):
        start, half = box.left + left, slots.bar / 2
        compared = _tops(panel, series.baseline, start - half - slots.gap, band)
        sheet.boxes([(x, min(y, zero), x + half, max(y, zero)) for x, y in compared], frame.compared_color(at, "bar"))
        sheet.strokes([[(x, y), (x + half, y)] for x, y in compared], frame.compared_color(at, "line"), 1)
        whole = [None if index in cut else value for index, value in enumerate(series.values)]
        sheet.boxes(_boxes(_tops(panel, whole, start, band), slots.bar, zero), frame.series_color(at))
        in_part = [value if index in cut else None for index, value in enumerate(series.values)]
        draw_hatched(sheet, _boxes(_tops(panel, in_part, start, band), slots.bar, zero), frame.series_color(at))
        middles = [start + slots.bar / 2 + index * band for index in range(count)]
        draw_goals(sheet, panel, series, middles, min(slots.bar / 2 + _PAST_BAR, band / 2))
    draw_zero(sheet, box, scale)
    room = (band - 4 if len(panel.series) == 1 else slots.bar + _GAP) if few else 0
    texts = _texts(list(panel.series.values()), panel.unit, frame, room)
    for left, series, own in zip(slots.lefts, panel.series.values(), texts, strict=True):
        _draw_values(sheet, panel, series, own, (box.left + left, slots.bar, band))


def _boxes(tops: Sequence[tuple[float, float]], bar: float, zero: float) -> list[tuple[float, float, float, float]]:
    return [(x, min(y, zero), x + bar, max(y, zero)) for x, y in tops]


def _tops(panel: Panel, values: Sequence[Number | None], start: float, band: float) -> list[tuple[float, float]]:
    y = partial(panel.box.y, panel.scale)
    return [(start + at * band, y(value)) for at, value in enumerate(values) if value is not None]


def _texts(series: Sequence[Series], unit: Unit, frame: Frame, room: float) -> list[list[str]]:
    """Return the texts of each series' values as they fit: in full, else briefly, else only the largest value's."""
    values = [[None if value is None else exact(value) for value in each.values] for each in series]
    numbers = {value for own in values for value in own if value is not None}
    for write in (value_texts, brief_texts):
        written_in = write([number_of(value) for value in numbers], unit, frame.locale) if room else []
        texts = dict(zip(numbers, written_in, strict=False))
        if texts and max(frame.typeface.width(text, frame.size, BOLD) for text in texts.values()) <= room:
            return [["" if value is None else texts[value] for value in own] for own in values]
    written = [[""] * len(own) for own in values]
    if numbers:
        peak = max(numbers, key=lambda value: (abs(value), value))
        whole = value_text(number_of(peak), unit, frame.locale)
        fits = frame.typeface.width(whole, frame.size, BOLD) <= _WIDEST_PEAK * frame.width
        at = next(at for at, own in enumerate(values) if peak in own)
        written[at][values[at].index(peak)] = whole if fits else tick_text(peak, unit, frame.locale)
    return written


def draw_missing(sheet: ChartCanvas, panel: Panel, left: float, bar: float) -> None:
    """Draw a dash in place of a bar without a value, where a bar is as wide as that."""
    if bar >= sheet.frame.size / 2:
        at = (left + bar / 2, panel.box.y(panel.scale, 0) - _LIFT)
        sheet.text(at, MISSING, sheet.frame.colors["ink-3"], anchor="center")


def _draw_values(
    sheet: ChartCanvas, panel: Panel, series: Series, texts: Sequence[str], slot: tuple[float, float, float]
) -> None:
    """Write values above their bars, below those under zero, and a dash where a value is missing.

    `slot` is the left edge of the first bar, the width of a bar, and the distance of two bars.
    """
    frame, (start, bar, pitch) = sheet.frame, slot
    for at, value in enumerate(series.values):
        left = start + at * pitch
        if value is None:
            draw_missing(sheet, panel, left, bar)
            continue
        if not (text := texts[at]):
            continue
        half = frame.typeface.width(text, frame.size, BOLD) / 2
        center = min(max(left + (max(bar / 2, half) if series.baseline else bar / 2), half), frame.width - half)
        y = panel.box.y(panel.scale, value) + (-_LIFT if value >= 0 else _LIFT + 0.75 * frame.size)
        sheet.text((center, y), text, frame.colors["ink"], anchor="center", weight=BOLD, plate=True)
