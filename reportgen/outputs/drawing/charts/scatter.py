"""Scatter plots: a dot for each label, a metric to the right and a metric upwards."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reportgen.outputs.drawing.charts.axes import AXIS, LIFT, boxes_of, draw_grid, foot, labelled
from reportgen.outputs.drawing.charts.canvas import ChartCanvas
from reportgen.outputs.drawing.charts.label_text import labels_apart, shortened
from reportgen.outputs.drawing.charts.pointed_values import point_at
from reportgen.outputs.drawing.charts.row_parts import draw_note
from reportgen.outputs.drawing.charts.value_axis import scale_of
from reportgen.outputs.drawing.font_metrics import BOLD
from reportgen.outputs.text.chart_values import tick_text
from reportgen.outputs.text.counts_and_shares import shown_note

if TYPE_CHECKING:
    from collections.abc import Sequence

    from reportgen.model import Chart, Number, Unit
    from reportgen.outputs.drawing.charts.axes import PlotBox
    from reportgen.outputs.drawing.charts.canvas import Frame, Point
    from reportgen.outputs.drawing.charts.value_axis import Scale

_RADIUS, _SMALL, _MANY = 2.6, 1.3, 200
_NAMED, _LONGEST = 30, 0.3
_MOST = 2000
_TARGET = 9


def draw_scatter(chart: Chart, frame: Frame) -> ChartCanvas:
    """Draw a dot for each label that has both values, and count these where others lack one.

    The labels are named where there is room; the axes reach as far as the dots.
    """
    across, up = chart.series
    size, colors = frame.size, frame.colors
    known, of = _points(chart)
    drawn = [[x for _, x, _ in known], [y for _, _, y in known]]
    scales = [scale_of(own, series.unit, from_zero=False) for own, series in zip(drawn, (across, up), strict=True)]
    note = shown_note(len(known), of, frame.locale)
    below = 1.6 * size if note else 0
    height = max(frame.height, foot(frame) + 14 * size + below) - below
    (box,) = boxes_of(frame, height - 1.4 * size, [(scales[1], up.unit, 1.5 * size)], frame.width - size)
    sheet = ChartCanvas(frame, height + below)
    draw_grid(sheet, box, scales[1], up.unit)
    sheet.rule(box.bottom, colors["axis"], AXIS, right=box.right)
    sheet.text((0, size), shortened(up.label, frame.width, size, frame.typeface, BOLD), colors["ink-2"], weight=BOLD)
    _draw_ticks_across(sheet, box, scales[0], across.unit)
    name = shortened(across.label, box.right, size, frame.typeface, BOLD)
    sheet.text((box.right, height - 0.3 * size), name, colors["ink-2"], anchor="right", weight=BOLD)
    points = [(label, (box.x(scales[0], x), box.y(scales[1], y))) for label, x, y in known]
    radius = _RADIUS if len(points) <= _MANY else _SMALL
    for _label, at in points[:: max(1, -(-len(points) // _MOST))]:
        sheet.dot(at, radius, frame.series_color(0), 0.5 if radius == _RADIUS else 0)
    if len(points) <= _MANY:
        for (label, at), (_, *own) in zip(points, known, strict=True):
            values = zip((across.label, up.label), own, (across.unit, up.unit), strict=True)
            point_at(sheet, at, _TARGET, label, *values)
    draw_note(sheet, note)
    _draw_names(sheet, points if len(points) <= _NAMED else [], box)
    return sheet


def _points(chart: Chart) -> tuple[list[tuple[str, Number, Number]], int]:
    """Return the labels that have both values with these, and how many have a value; the compared period alone none."""
    across, up = chart.series
    pairs = list(zip(chart.labels, across.values, up.values, strict=True))
    both = [(label, x, y) for label, x, y in pairs if x is not None and y is not None]
    return both, sum(x is not None or y is not None for _, x, y in pairs)


def _draw_ticks_across(sheet: ChartCanvas, box: PlotBox, scale: Scale, unit: Unit) -> None:
    """Write the values below the plot, without those that another has no room beside."""
    frame = sheet.frame
    labels = ((box.x(scale, tick), tick_text(tick, unit, frame.locale, scale.step)) for tick in labelled(scale))
    for x, middle, text in labels_apart(labels, frame, LIFT):
        sheet.strokes([[(x, box.bottom), (x, box.bottom + 3)]], frame.colors["axis"], AXIS)
        sheet.text((middle, box.bottom + 3 + 1.1 * frame.size), text, frame.colors["ink-3"], anchor="center")


def _draw_names(sheet: ChartCanvas, points: Sequence[tuple[str, Point]], box: PlotBox) -> None:
    """Write the names of dots that cover neither another dot nor an earlier name."""
    frame, size = sheet.frame, sheet.frame.size
    taken = [(x - _RADIUS, y - _RADIUS, x + _RADIUS, y + _RADIUS) for _, (x, y) in points]
    for label, (x, y) in points:
        text = shortened(label, _LONGEST * frame.width, size, frame.typeface)
        wide = frame.typeface.width(text, size)
        for left in (x + _RADIUS + 2, x - _RADIUS - 2 - wide):
            place = (left, y - 0.4 * size, left + wide, y + 0.5 * size)
            own = (x - _RADIUS, y - _RADIUS, x + _RADIUS, y + _RADIUS)
            if (
                left >= box.left
                and left + wide <= box.right + size
                and not any(_meet(place, other) for other in taken if other != own)
            ):
                sheet.text((left, y + 0.34 * size), text, frame.colors["ink-2"])
                taken.append(place)
                break


def _meet(box: tuple[float, float, float, float], other: tuple[float, float, float, float]) -> bool:
    return box[0] < other[2] and other[0] < box[2] and box[1] < other[3] and other[1] < box[3]
