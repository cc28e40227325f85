"""Combined charts: bars of the first series over lines of the others, in panels on a common horizontal axis."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reportgen.outputs.drawing.charts.axes import draw_ticks, draw_zero
from reportgen.outputs.drawing.charts.goal_marks import with_goal_names
from reportgen.outputs.drawing.charts.legend import period_names
from reportgen.outputs.drawing.charts.line_chart import draw_lines
from reportgen.outputs.drawing.charts.panels import lay_out, series_names
from reportgen.outputs.drawing.charts.pointed_values import point_at_columns
from reportgen.outputs.drawing.charts.vertical_bars import PALE, draw_bars
from reportgen.outputs.text.value_axes import series_by_axis

if TYPE_CHECKING:
    from reportgen.model import Chart
    from reportgen.outputs.drawing.charts.canvas import ChartCanvas, Frame

_LEAST_PANEL = 9


def draw_combo(chart: Chart, frame: Frame) -> ChartCanvas:
    """Draw bars over lines, each with its own value axis and its name in its colour; never two axes in a panel."""
    groups = [[0], *([at + 1 for at in group] for group in series_by_axis(chart.series[1:]))]
    names = [series_names(chart, group, frame, lines=0 not in group and len(group) > 1) for group in groups]
    names[0] |= period_names(chart.series, frame, PALE)
    names = with_goal_names(names, groups, chart.series, frame)
    sheet, panels = lay_out(chart, frame, groups, names, from_zero=(0,), least=_LEAST_PANEL)
    boxes = [panel.box for panel in panels]
    places = boxes[0].centers(len(chart.labels))
    for panel in panels:
        panel.draw_axes(sheet)
        if 0 in panel.series:
            draw_bars(sheet, panel, len(chart.labels), chart.cut)
            draw_zero(sheet, panel.box, panel.scale)
        else:
            draw_lines(sheet, panel, places, chart.cut)
    draw_ticks(sheet, chart, places, boxes)
    point_at_columns(sheet, chart, places, boxes)
    return sheet
