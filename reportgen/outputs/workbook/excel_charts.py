"""The native charts of Excel, by openpyxl."""

from __future__ import annotations

from typing import TYPE_CHECKING

from openpyxl.chart import AreaChart, BarChart, DoughnutChart, LineChart, PieChart, Reference, ScatterChart
from openpyxl.chart import Series as SeriesOf
from openpyxl.chart.axis import ChartLines, DateAxis
from openpyxl.chart.data_source import NumFmt
from openpyxl.chart.marker import DataPoint, Marker
from openpyxl.chart.shapes import GraphicalProperties
from openpyxl.drawing.line import LineProperties
from openpyxl.formatting.rule import ColorScale, FormatObject, Rule
from openpyxl.styles.colors import Color
from openpyxl.utils import get_column_letter

if TYPE_CHECKING:
    from typing import TypeAlias

    from openpyxl.chart._chart import ChartBase
    from openpyxl.chart.series import Series
    from openpyxl.worksheet.worksheet import Worksheet

    from reportgen.outputs.workbook.chart_ranges import NativeChart, NativeSeries, Shape

    _Axed: TypeAlias = LineChart | AreaChart | BarChart | ScatterChart

_WIDTH, _HEIGHT = 24, 11  # cm
_WEEKLY = 14  # more days than that are named week by week
_LINE = 22_000  # EMU: 1.75 pt, as on the page
_GRID = "E4E5E7"
_RIGHT = 200  # the id of the axis on the right


def add_chart(page: Worksheet, plot: NativeChart, columns: int) -> None:
    """Add a chart right of the columns that hold its data, or colour their cells where it is a map."""
    if plot.shape == "map":
        ends = [FormatObject("min"), FormatObject("max")]
        colors = [Color("FFFFFF"), Color(plot.colors[0])]
        area = f"B2:{get_column_letter(columns)}{plot.rows + 1}"
        page.conditional_formatting.add(area, Rule("colorScale", colorScale=ColorScale(ends, colors)))
        return
    chart = _dots(page, plot) if plot.shape == "dots" else _combined(page, plot)
    chart.title = plot.title
    chart.width, chart.height = _WIDTH, _HEIGHT
    if (len(plot.series) == 1 and plot.shape not in {"pie", "donut"}) or plot.shape == "dots":
        chart.legend = None
    elif chart.legend:
        chart.legend.position = "b"
    page.add_chart(chart, f"{get_column_letter(columns + 2)}2")


def _combined(page: Worksheet, plot: NativeChart) -> ChartBase:
    """Return a chart with a layer for each shape and axis, laid over each other."""
    layers: dict[tuple[Shape, bool], ChartBase] = {}
    for native in plot.series:
        key = (native.shape, native.second)
        layer = layers.setdefault(key, _layer(native.shape, plot, second=native.second))
        layer.series.append(_bound(page, plot, native))
    points = Reference(page, min_col=1, min_row=2, max_row=plot.rows + 1)
    first, *others = layers.values()
    for layer in layers.values():
        layer.set_categories(points)
    for layer in others:
        first += layer
    return first


def _layer(shape: Shape, plot: NativeChart, *, second: bool) -> ChartBase:
    """Return an empty chart of a shape with its axes."""
    if shape == "pie":
        return PieChart()
    if shape == "donut":
        return DoughnutChart(holeSize=66)
    chart: _Axed = LineChart() if shape == "line" else AreaChart() if shape == "area" else _bars(shape)
    _set_axes(chart, plot, second=second)
    return chart


def _bars(shape: Shape) -> BarChart:
    chart = BarChart()
    chart.type = "bar" if shape == "row" else "col"
    chart.gapWidth = 60
    if shape == "stack":
        chart.grouping, chart.overlap = "stacked", 100
    return chart


def _set_axes(chart: _Axed, plot: NativeChart, *, second: bool) -> None:
    if plot.dated and chart.tagname != "scatterChart":
        chart.x_axis = DateAxis(crossAx=_RIGHT if second else 100)
        chart.x_axis.number_format, chart.x_axis.majorTimeUnit = "d mmm", "days"
        chart.x_axis.majorUnit = 7 if plot.rows > _WEEKLY else 1
    chart.x_axis.delete = chart.y_axis.delete = False  # else newer versions of Excel show no axis
    chart.x_axis.tickLblPos = "low"
    if plot.shape == "row":
        chart.x_axis.scaling.orientation = "maxMin"  # the first row at the top, as on the page
    code = plot.formats[-1 if second or plot.shape == "dots" else 0]
    chart.y_axis.numFmt = NumFmt(code, sourceLinked=False)
    chart.y_axis.majorGridlines = None if second else ChartLines(GraphicalProperties(ln=_stroke(_GRID, 6_350)))
    if second:
        chart.y_axis.axId, chart.y_axis.crosses = _RIGHT, "max"


def _bound(page: Worksheet, plot: NativeChart, native: NativeSeries) -> Series:
    """Return a series bound to its column, named by the first row."""
    values = Reference(page, min_col=native.column, min_row=1, max_row=plot.rows + 1)
    series: Series = SeriesOf(values, title_from_data=True)
    if native.shape in {"pie", "donut"}:
        for at in range(plot.rows):
            point = DataPoint(idx=at)
            point.graphicalProperties.solidFill = plot.colors[at % len(plot.colors)]
            series.dPt.append(point)
        return series
    if native.shape == "line":
        series.graphicalProperties = GraphicalProperties(ln=_stroke(native.color, _LINE))
        series.marker, series.smooth = Marker("none"), False
    else:
        series.graphicalProperties = GraphicalProperties(solidFill=native.color)
    return series


def _dots(page: Worksheet, plot: NativeChart) -> ChartBase:
    """Return a scatter of the second series over the first; of a single series over its points' places."""
    chart = ScatterChart()
    chart.style = 13
    chart.scatterStyle = "lineMarker"
    _set_axes(chart, plot, second=False)
    chart.x_axis.title, chart.y_axis.title = plot.names[0], plot.names[-1]
    chart.x_axis.numFmt, chart.x_axis.majorGridlines = NumFmt(plot.formats[0], sourceLinked=False), None
    columns = [native.column for native in plot.series]
    across = Reference(page, min_col=columns[0] if len(columns) > 1 else 1, min_row=2, max_row=plot.rows + 1)
    for native in plot.series[1:] or plot.series:
        up = Reference(page, min_col=native.column, min_row=1, max_row=plot.rows + 1)
        series = SeriesOf(up, across, title_from_data=True)
        series.marker = Marker("circle", 7, GraphicalProperties(solidFill=native.color))
        series.graphicalProperties = GraphicalProperties()
        series.graphicalProperties.line.noFill = True
        chart.series.append(series)
    return chart


def _stroke(color: str, width: int) -> LineProperties:
    return LineProperties(solidFill=color, w=width)
