"""Combined charts: bars of the first series over lines of the others, in panels on one horizontal axis."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reportgen.outputs.drawing.charts.axes import (
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
from reportgen.outputs.drawing.charts.line_chart import draw_panel
from reportgen.outputs.drawing.charts.pointed_values import point_at_columns
from reportgen.outputs.drawing.charts.value_axis import scale_of
from reportgen.outputs.drawing.charts.vertical_bars import PALE, draw_bars

if TYPE_CHECKING:
    from reportgen.model import Chart
    from reportgen.outputs.drawing.charts.canvas import Frame

_LEAST_PANEL = 9


def draw_combo(chart: Chart, frame: Frame) -> ChartCanvas:
    """Draw bars over lines, each with its own value axis and its name in its colour; never two axes in one panel."""
    first, others = chart.series[0], chart.series[1:]
    panels = [[0], *([at + 1 for at in panel] for panel in panels_of(others))]
    words = [{chart.series[at].label: frame.series_color(at) for at in panel} for panel in panels]
    words[0] |= period_names(chart.series, frame, PALE)
    heads = [row_height(frame, list(names)) for names in words]
    height = panels_height(frame, sum(heads) + foot(frame) + _LEAST_PANEL * frame.size * len(panels))
    groups = [[chart.series[at] for at in panel] for panel in panels]
    scales = [
        scale_of([v for one in group for v in (*one.values, *one.baseline)], group[0].unit, from_zero=group[0] is first)
        for group in groups
    ]
    units = [group[0].unit for group in groups]
    boxes = boxes_of(frame, height, list(zip(scales, units, heads, strict=True)), frame.width)
    sheet = ChartCanvas(frame, height)
    count = len(chart.labels)
    band = (boxes[0].right - boxes[0].left) / count
    places = [boxes[0].left + (at + 0.5) * band for at in range(count)]
    for panel, scale, unit, box, names, head in zip(panels, scales, units, boxes, words, heads, strict=True):
        draw_grid(sheet, box, scale, unit)
        draw_row(sheet, box.top - head - 1.1 * frame.size - 2.2, list(names), list(names.values()))
        series = {at: chart.series[at] for at in panel}
        if 0 in series:
            draw_bars(sheet, box, scale, series, count)
            draw_zero(sheet, box, scale)
        else:
            draw_panel(sheet, box, scale, series, places)
    draw_ticks(sheet, chart, places, boxes)
    point_at_columns(sheet, chart, places, boxes)
    return sheet
