"""Line charts: lines with gaps where values are missing."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from reportgen.model import days_of
from reportgen.outputs.drawing.charts.axes import draw_ticks
from reportgen.outputs.drawing.charts.goal_marks import draw_goals, with_goal_names
from reportgen.outputs.drawing.charts.legend import period_names, spread
from reportgen.outputs.drawing.charts.panels import lay_out, series_names
from reportgen.outputs.drawing.charts.pointed_values import point_at_columns
from reportgen.outputs.drawing.font_metrics import BOLD
from reportgen.outputs.text.catalogues import N_
from reportgen.outputs.text.value_axes import series_by_axis

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from reportgen.model import Chart, Number
    from reportgen.outputs.drawing.charts.axes import PlotBox
    from reportgen.outputs.drawing.charts.canvas import ChartCanvas, Frame, Point
    from reportgen.outputs.drawing.charts.panels import Panel
    from reportgen.outputs.drawing.charts.value_axis import Scale

_CURRENT, _COMPARED = 1.75, 1.1
_END, _RING, _LONE, _HOLE = 2.1, 1.0, 1.4, 1.1
_MANY, _THINNER = 120, (1.1, 0.7)  # points on a line from which on it is a band of strokes, unless they are thin
_TO_NAME = 7
_GOAL = 4.0  # half the width of the mark of a goal
_LEAST_PANEL = 11
_BESIDE = 0.2  # of the width: names beside lines
_THIN = N_("Thin lines: %(period)s")


@dataclass(frozen=True, slots=True)
class _End:
    """A line with its name at its right end."""

    name: str
    color: str
    weight: int
    values: Sequence[Number | None]


def draw_line(chart: Chart, frame: Frame) -> ChartCanvas:
    """Draw each series as a line over days or categories; series of other units get panels of their own.

    An area is a single line with the room down to zero filled; areas of several series would hide one another.
    """
    filled = chart.kind == "area" and len(chart.series) == 1
    groups = series_by_axis(chart.series)
    ends = _ends(chart, frame) if len(groups) == 1 else ()
    alone = len(chart.series) == 1
    names = [{} if alone or ends else series_names(chart, group, frame, lines=len(group) > 1) for group in groups]
    if not ends or not alone:
        names[0] |= period_names(chart.series, frame, _THIN)
    names = with_goal_names(names, groups, chart.series, frame)
    beside = (
        max((frame.typeface.width(end.name, frame.size, BOLD) for end in ends), default=_END + _RING - _TO_NAME)
        + _TO_NAME
    )
    sheet, panels = lay_out(
        chart, frame, groups, names, from_zero=(0,) if filled else (), least=_LEAST_PANEL, beside=beside
    )
    boxes = [panel.box for panel in panels]
    places = places_of(chart, boxes[0])
    for panel in panels:
        if filled:
            points = line_points(chart.series[0].values, places, panel.box, panel.scale)
            _fill(sheet, _without(points, chart.cut), panel.box.y(panel.scale, 0))
        panel.draw_axes(sheet)
        draw_lines(sheet, panel, places, chart.cut)
    draw_ticks(sheet, chart, places, boxes)
    point_at_columns(sheet, chart, places, boxes)
    _draw_names(sheet, [replace(end, values=_whole(end.values, chart.cut)) for end in ends], boxes[0], panels[0].scale)
    return sheet


def _ends(chart: Chart, frame: Frame) -> tuple[_End, ...]:
    """Return the lines with their names: the series, or the two periods of a single series; none where it is narrow.

    The names have a fifth of the width, and stand below one another.
    """
    ends = [_End(series.label, frame.series_color(at), BOLD, series.values) for at, series in enumerate(chart.series)]
    if len(chart.series) == 1:
        lines = ((BOLD, chart.series[0].values), (400, chart.series[0].baseline))
        names = period_names(chart.series, frame, _THIN).items()
        ends = [_End(name, look.color, *line) for (name, look), line in zip(names, lines, strict=False)]
    widest = max((frame.typeface.width(end.name, frame.size, BOLD) for end in ends), default=0)
    fits = widest + _TO_NAME <= _BESIDE * frame.width and len(ends) * 1.25 * frame.size <= frame.height - 4 * frame.size
    return tuple(ends) if fits and len(ends) > 1 else ()


def places_of(chart: Chart, box: PlotBox) -> list[float]:
    """Return the place of each label: days by the calendar, words evenly, a single label in the middle."""
    days = days_of(chart)
    steps = [day.toordinal() for day in days] if days else list(range(len(chart.labels)))
    if len(steps) == 1:
        return [(box.left + box.right) / 2]
    width = (box.right - box.left) / (steps[-1] - steps[0])
    return [box.left + (step - steps[0]) * width for step in steps]


def draw_lines(sheet: ChartCanvas, panel: Panel, places: Sequence[float], cut: Collection[int]) -> None:
    """Draw the lines of a panel, the compared lines below, the first on top.

    Cut buckets are rings without a line to them, which would look like a fall.
    """
    frame = sheet.frame
    current, before = (_CURRENT, _COMPARED) if len(places) <= _MANY else _THINNER
    looks = {at: frame.dashes(at) if len(panel.series) > 1 else () for at in panel.series}
    for at, series in panel.series.items():
        color = frame.series_color(at) if len(panel.series) > 1 else ""
        draw_goals(sheet, panel, series, places, _GOAL, color=color)
    for at, series in panel.series.items():
        compared = line_points(series.baseline, places, panel.box, panel.scale)
        color = frame.compared_color(at, "line")
        _draw_values(sheet, _without(compared, cut), color, before, looks[at])
        _draw_rings(sheet, compared, cut, color)
    lines = {at: line_points(series.values, places, panel.box, panel.scale) for at, series in panel.series.items()}
    for at, line in reversed(lines.items()):
        _draw_values(sheet, _without(line, cut), frame.series_color(at), current, looks[at])
        _draw_rings(sheet, line, cut, frame.series_color(at))
    for at, line in reversed(lines.items()):
        if end := next((point for point in reversed(_without(line, cut)) if point), None):
            sheet.dot(end, _END, frame.series_color(at), _RING)


def _without(points: Sequence[Point | None], cut: Collection[int]) -> list[Point | None]:
    """Return points, none for those of cut buckets."""
    return [None if at in cut else point for at, point in enumerate(points)]


def _whole(values: Sequence[Number | None], cut: Collection[int]) -> tuple[Number | None, ...]:
    """Return values, none for those of cut buckets."""
    return tuple(None if at in cut else value for at, value in enumerate(values))


def _draw_rings(sheet: ChartCanvas, points: Sequence[Point | None], cut: Collection[int], color: str) -> None:
    for point in (points[at] for at in cut if at < len(points)):
        if point:
            sheet.dot(point, _END, color)
            sheet.dot(point, _HOLE, sheet.frame.colors["page"])


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
    """Return the points of values; None where a value is missing."""
    pairs = zip(places, values, strict=False)
    return [None if value is None else (x, box.y(scale, value)) for x, value in pairs]


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


def _draw_values(
    sheet: ChartCanvas, points: Sequence[Point | None], color: str, weight: float, dashes: tuple[float, ...]
) -> None:
    """Draw the runs between gaps as a single path, and a dot for a point that stands alone."""
    runs = line_runs(points)
    sheet.strokes([run for run in runs if len(run) > 1], color, weight, dashes)
    for run in runs:
        if len(run) == 1:
            sheet.dot(run[0], _LONE * weight**0.5, color)
