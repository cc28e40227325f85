"""Line charts: lines with gaps where values are missing."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from reportgen.outputs.drawing.charts.axes import (
    PlotBox,
    boxes_of,
    draw_grid,
    draw_ticks,
    foot,
    panels_height,
    panels_of,
)
from reportgen.outputs.drawing.charts.canvas import ChartCanvas
from reportgen.outputs.drawing.charts.legend import draw_row, period_names, row_height, spread
from reportgen.outputs.drawing.charts.pointed_values import point_at_columns
from reportgen.outputs.drawing.charts.value_axis import scale_of
from reportgen.outputs.drawing.font_metrics import BOLD, text_width
from reportgen.outputs.text.catalogues import N_
from reportgen.outputs.text.chart_labels import days_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from reportgen.model import Chart, Number, Series
    from reportgen.outputs.drawing.charts.canvas import Frame, Point
    from reportgen.outputs.drawing.charts.value_axis import Scale

_CURRENT, _COMPARED = 1.75, 1.1
_END, _RING, _LONE = 2.1, 1.0, 1.4
_TO_NAME = 7
_LEAST_PANEL = 11
_THIN = N_("Thin lines: %(period)s")


@dataclass(frozen=True, slots=True)
class _End:
    """A line that is named where it ends."""

    name: str
    color: str
    weight: int
    values: Sequence[Number | None]


def draw_line(chart: Chart, frame: Frame) -> ChartCanvas:
    """Draw each series as a line over days or categories; series of other units get panels of their own.

    An area is a single line with the room down to zero filled; areas of several series would hide one another.
    """
    filled = chart.kind == "area" and len(chart.series) == 1
    panels = panels_of(chart.series)
    ends = _ends(chart, frame) if len(panels) == 1 else ()
    words = [
        {chart.series[at].label: frame.series_color(at) for at in panel} if len(chart.series) > 1 and not ends else {}
        for panel in panels
    ]
    if not ends or len(chart.series) > 1:
        words[0] |= period_names(chart.series, frame, _THIN)
    heads = [row_height(frame, list(names)) for names in words]
    height = panels_height(frame, sum(heads) + foot(frame) + _LEAST_PANEL * frame.size * len(panels))
    beside = max((text_width(end.name, frame.size, BOLD) for end in ends), default=_END + _RING - _TO_NAME) + _TO_NAME
    scales = [_scale([chart.series[at] for at in panel], from_zero=filled) for panel in panels]
    units = [chart.series[panel[0]].unit for panel in panels]
    boxes = boxes_of(frame, height, list(zip(scales, units, heads, strict=True)), frame.width - beside)
    sheet = ChartCanvas(frame, height)
    places = places_of(chart, boxes[0])
    for panel, scale, unit, box, names, head in zip(panels, scales, units, boxes, words, heads, strict=True):
        if filled:
            _fill(sheet, line_points(chart.series[0].values, places, box, scale), box.y(scale, 0))
        draw_grid(sheet, box, scale, unit)
        draw_row(sheet, box.top - head - 1.1 * frame.size - 2.2, list(names), list(names.values()))
        draw_panel(sheet, box, scale, {at: chart.series[at] for at in panel}, places)
    draw_ticks(sheet, chart, places, boxes)
    point_at_columns(sheet, chart, places, boxes)
    _draw_names(sheet, ends, boxes[0], scales[0])
    return sheet


def _scale(series: Sequence[Series], *, from_zero: bool) -> Scale:
    values = [value for one in series for value in (*one.values, *one.baseline)]
    return scale_of(values, series[0].unit, from_zero=from_zero)


def _ends(chart: Chart, frame: Frame) -> tuple[_End, ...]:
    """Return what is named at the right end: the series, or the periods of a single one; nothing where it is narrow.

    The names have three tenths of the width, and stand below one another.
    """
    ends = [_End(one.label, frame.series_color(at), BOLD, one.values) for at, one in enumerate(chart.series)]
    if len(chart.series) == 1:
        lines = ((BOLD, chart.series[0].values), (400, chart.series[0].baseline))
        names = period_names(chart.series, frame, _THIN).items()
        ends = [_End(name, color, *line) for (name, color), line in zip(names, lines, strict=False)]
    widest = max((text_width(end.name, frame.size, BOLD) for end in ends), default=0)
    fits = widest <= 0.3 * frame.width and len(ends) * 1.25 * frame.size <= frame.height - 4 * frame.size
    return tuple(ends) if fits and len(ends) > 1 else ()


def places_of(chart: Chart, box: PlotBox) -> list[float]:
    """Return where each label stands: days by the calendar, words evenly, a single one in the middle."""
    days = days_of(chart)
    steps = [day.toordinal() for day in days] if days else list(range(len(chart.labels)))
    if len(steps) == 1:
        return [(box.left + box.right) / 2]
    width = (box.right - box.left) / (steps[-1] - steps[0])
    return [box.left + (step - steps[0]) * width for step in steps]


def draw_panel(
    sheet: ChartCanvas, box: PlotBox, scale: Scale, series: dict[int, Series], places: Sequence[float]
) -> None:
    """Draw lines, by their index in the chart, the compared ones below, the first one on top."""
    colors = sheet.frame.colors
    for one in series.values():
        _draw_values(sheet, line_points(one.baseline, places, box, scale), colors["compare"], _COMPARED)
    lines = {at: line_points(one.values, places, box, scale) for at, one in series.items()}
    for at, line in reversed(lines.items()):
        _draw_values(sheet, line, sheet.frame.series_color(at), _CURRENT)
    for at, line in reversed(lines.items()):
        if end := _last(line):
            sheet.dot(end, _END, sheet.frame.series_color(at), _RING)


def _draw_names(sheet: ChartCanvas, ends: Sequence[_End], box: PlotBox, scale: Scale) -> None:
    size = sheet.frame.size
    shift = 0.34 * size
    last = [next((value for value in reversed(end.values) if value is not None), 0) for end in ends]
    wanted = [box.y(scale, value) + shift for value in last]
    for end, y in zip(ends, spread(wanted, 1.25 * size, box.top, box.bottom + shift), strict=True):
        sheet.text((box.right + _TO_NAME, y), end.name, end.color, weight=end.weight)


def line_points(
    values: Sequence[Number | None], places: Sequence[float], box: PlotBox, scale: Scale
) -> list[Point | None]:
    """Return where values stand; None where one is missing."""
    pairs = zip(places, values, strict=False)
    return [None if value is None else (x, box.y(scale, value)) for x, value in pairs]


def _last(line: Sequence[Point | None]) -> Point | None:
    return next((point for point in reversed(line) if point), None)


def _fill(sheet: ChartCanvas, points: Sequence[Point | None], zero: float) -> None:
    """Fill the room between each run of points and zero."""
    areas = [[(run[0][0], zero), *run, (run[-1][0], zero)] for run in line_runs(points) if len(run) > 1]
    sheet.areas(areas, sheet.frame.colors["accent-soft"])


def line_runs(points: Sequence[Point | None]) -> list[list[Point]]:
    """Return the runs of points between gaps."""
    runs: list[list[Point]] = [[]]
    for point in points:
        if point:
            runs[-1].append(point)
        elif runs[-1]:
            runs.append([])
    return [run for run in runs if run]


def _draw_values(sheet: ChartCanvas, points: Sequence[Point | None], color: str, weight: float) -> None:
    """Draw the runs between gaps as one path, and a dot for a point that stands alone."""
    runs = line_runs(points)
    sheet.strokes([run for run in runs if len(run) > 1], color, weight)
    for run in runs:
        if len(run) == 1:
            sheet.dot(run[0], _LONE * weight**0.5, color)
