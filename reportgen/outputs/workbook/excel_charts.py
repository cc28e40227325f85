"""The native charts of Excel, by openpyxl."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from openpyxl.chart import AreaChart, BarChart, DoughnutChart, LineChart, PieChart, ScatterChart
from openpyxl.chart.axis import ChartLines, DateAxis
from openpyxl.chart.data_source import NumFmt
from openpyxl.chart.label import DataLabelList
from openpyxl.chart.legend import Legend, LegendEntry
from openpyxl.chart.marker import DataPoint, Marker
from openpyxl.chart.shapes import GraphicalProperties
from openpyxl.formatting.rule import ColorScale, FormatObject, Rule
from openpyxl.styles.colors import Color
from openpyxl.utils import get_column_letter

from reportgen.outputs.workbook.chart_cells import ChartCells
from reportgen.outputs.workbook.chart_looks import chart_text, chart_title, stroke
from reportgen.outputs.workbook.chart_ranges import ROUND

if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import TypeAlias
    from xml.etree.ElementTree import Element

    from openpyxl.chart._chart import ChartBase
    from openpyxl.chart.series import Series
    from openpyxl.worksheet.worksheet import Worksheet

    from reportgen.model import Number
    from reportgen.outputs.workbook.chart_ranges import ChartPlace, NativeChart, NativeSeries, Shape, SheetChart

    _Axed: TypeAlias = LineChart | AreaChart | BarChart | ScatterChart

_WEEKLY, _MONTHLY = 14, 92  # more days than that are named week by week, and month by month
_LINE, _THIN = 22_000, 14_000  # EMU: 1.75 pt, as on the page; of compared lines 1.1 pt
_GRID, _AXIS = "E4E5E7", "A9AEB5"


class AxisIds(NamedTuple):
    """The ids of a pair of axes that cross each other."""

    across: int
    up: int


_LEFT, _RIGHT = AxisIds(10, 100), AxisIds(20, 200)


def add_chart(page: Worksheet, chart_on: SheetChart) -> None:
    """Add a chart of the cells of a sheet, or colour them where it is a map."""
    plot = chart_on.plot
    cells = ChartCells(plot, chart_on.place)
    if plot.shape == "map":
        _add_map(page, plot, chart_on.place)
        return
    chart = _dots(plot, cells) if plot.shape == "dots" else _combined(plot, cells)
    chart.title = chart_title(plot.title)
    chart.width, chart.height = chart_on.width, chart_on.height  # type: ignore[assignment] # centimetres, also parts
    chart.roundedCorners, chart.display_blanks = False, "gap"
    chart.graphical_properties = GraphicalProperties(noFill=True)
    chart.graphical_properties.line.noFill = True
    chart.legend = _legend(plot)
    page.add_chart(chart, f"{get_column_letter(chart_on.column)}{chart_on.row}")


def _add_map(page: Worksheet, plot: NativeChart, place: ChartPlace) -> None:
    """Colour the cells of the values, on one scale."""
    first, last = place.head + 1, place.head + len(plot.labels)
    letters = (get_column_letter(series.column) for series in plot.series)
    area = " ".join(f"{letter}{first}:{letter}{last}" for letter in letters)
    ends = [FormatObject("min"), FormatObject("max")]
    colors = [Color("FFFFFF"), Color(plot.colors[0])]
    page.conditional_formatting.add(area, Rule("colorScale", colorScale=ColorScale(ends, colors)))


def _legend(plot: NativeChart) -> Legend | None:
    """Return the legend, off the plot; None where the title says it all."""
    named = sum(series.named for series in plot.series)
    if plot.shape == "dots" or (named == 1 and plot.shape not in ROUND):
        return None
    legend = Legend(legendPos="r" if plot.shape in ROUND else "b")
    legend.overlay, legend.txPr = False, chart_text()
    legend.legendEntry = [LegendEntry(at, delete=True) for at, series in enumerate(plot.series) if not series.named]
    return legend


def _combined(plot: NativeChart, cells: ChartCells) -> ChartBase:
    """Return a chart with a layer for each shape and axis, laid over each other."""
    layers: dict[tuple[Shape, bool], ChartBase] = {}
    for at, native in enumerate(plot.series):
        key = (native.shape, native.second)
        layer = layers.setdefault(key, _layer(native.shape, plot, second=native.second))
        series = cells.series(native, at)
        _dress(series, native, plot)
        layer.series.append(series)
    first, *others = layers.values()
    for layer in others:
        first += layer
    return first


def _layer(shape: Shape, plot: NativeChart, *, second: bool) -> ChartBase:
    """Return an empty chart of a shape with its axes."""
    if shape in ROUND:
        return PieChart() if shape == "pie" else DoughnutChart(holeSize=66)
    chart: _Axed = LineChart() if shape == "line" else AreaChart() if shape == "area" else _bars(shape)
    _set_axes(chart, plot, second=second)
    return chart


class _ShareLabels(DataLabelList):
    """The labels of a ring's parts, whose number format LibreOffice reads only where it is named as their own."""

    __elements__ = DataLabelList.__elements__
    __nested__ = DataLabelList.__nested__

    def to_tree(self, *args: str | None, **keys: str | None) -> Element:  # type: ignore[override] # of any form
        """Return the XML of the labels."""
        tree: Element = super().to_tree(*args, **keys)
        form = tree.find("numFmt")
        if form is not None:
            form.set("sourceLinked", "0")
        return tree


def _shares(plot: NativeChart) -> DataLabelList:
    labels = _ShareLabels(numFmt=plot.share_format, showPercent=True, showLeaderLines=True)
    labels.showVal = labels.showCatName = labels.showSerName = labels.showLegendKey = labels.showBubbleSize = False
    if plot.shape == "pie":  # beside its parts, as on the page; Excel knows no labels beside a ring
        labels.position, labels.txPr = "outEnd", chart_text()
    else:
        labels.txPr = chart_text("FFFFFF")
    return labels


def _bars(shape: Shape) -> BarChart:
    chart = BarChart()
    chart.type = "bar" if shape == "row" else "col"
    chart.gapWidth = 60
    if shape == "stack":
        chart.grouping, chart.overlap = "stacked", 100
    return chart


def _set_axes(chart: _Axed, plot: NativeChart, *, second: bool) -> None:
    """Set the two axes of a layer, which cross each other; those on the right have a hidden axis of points."""
    ids = _RIGHT if second else _LEFT
    if plot.dated and chart.tagname != "scatterChart":
        chart.x_axis = DateAxis()
        _set_days(chart.x_axis, plot)
    across, up, lying = chart.x_axis, chart.y_axis, plot.shape == "row"
    across.axId, across.crossAx, up.axId, up.crossAx = ids.across, ids.up, ids.up, ids.across
    across.delete, up.delete = second, False  # where it is not said, newer versions of Excel show no axis
    across.axPos, up.axPos = ("l", "b") if lying else ("b", "r" if second else "l")
    across.tickLblPos = "low"
    across.txPr = up.txPr = chart_text()
    across.graphicalProperties = GraphicalProperties(ln=stroke(_AXIS, 9_525))
    up.graphicalProperties = GraphicalProperties()
    up.graphicalProperties.line.noFill = True
    if lying:
        across.scaling.orientation, up.crosses = "maxMin", "max"  # the first row at the top, values below
    code = plot.formats[-1 if second or plot.shape == "dots" else 0]
    up.numFmt = NumFmt(code, sourceLinked=False)
    up.majorGridlines = None if second else ChartLines(GraphicalProperties(ln=stroke(_GRID, 6_350)))
    if second:
        up.crosses = "max"
    if plot.axis_titles:
        up.title = chart_title(plot.axis_titles[second], small=True)
    if chart.tagname in {"barChart", "areaChart"} and _least(plot) >= 0:
        up.scaling.min = 0  # lengths are compared from nothing


def _set_days(axis: DateAxis, plot: NativeChart) -> None:
    """Set an axis of days, a gap for each left-out day, named by day, week or month."""
    axis.number_format, axis.baseTimeUnit = plot.day_format, "days"
    days = len(plot.labels)
    axis.majorTimeUnit = "months" if days > _MONTHLY else "days"
    axis.majorUnit = 7 if _MONTHLY >= days > _WEEKLY else 1


def _least(plot: NativeChart) -> float:
    return min((value for series in plot.series for value in series.values if value is not None), default=0)


def _dress(series: Series, native: NativeSeries, plot: NativeChart) -> None:
    """Give a series its colours; compared lines are thin."""
    if native.shape in ROUND:
        series.dLbls = _shares(plot)
        for at, color in enumerate(plot.colors):
            point = DataPoint(idx=at)
            point.graphicalProperties.solidFill = color
            series.dPt.append(point)
    elif native.shape == "line":
        line = stroke(native.color, _THIN if native.compared else _LINE, native.dashes)
        series.graphicalProperties = GraphicalProperties(ln=line)
        series.marker, series.smooth = Marker("none"), False
        series.dPt = [
            DataPoint(idx=at, marker=_dot(native.color), spPr=GraphicalProperties(ln=line))
            for at in _lone_points(native.values)
        ]
    else:
        series.graphicalProperties = GraphicalProperties(solidFill=native.color)
        series.graphicalProperties.line.noFill = True
        if native.shape != "area":
            series.invertIfNegative = False  # else bars below zero are white


def _lone_points(values: Sequence[Number | None]) -> list[int]:
    """Return the places of the points of a line that have no neighbour to be joined with, and need a dot to be seen."""
    triples = zip((None, *values), values, (*values[1:], None), strict=False)
    return [at for at, (before, value, after) in enumerate(triples) if value is not None and before is after is None]


def _dot(color: str) -> Marker:
    marker = Marker("circle", 4, GraphicalProperties(solidFill=color))
    marker.graphicalProperties.line.noFill = True
    return marker


def _dots(plot: NativeChart, cells: ChartCells) -> ChartBase:
    """Return a scatter of the second series over the first."""
    chart = ScatterChart()
    chart.style = 13
    chart.scatterStyle = "lineMarker"
    _set_axes(chart, plot, second=False)
    chart.x_axis.title, chart.y_axis.title = (chart_title(name, small=True) for name in (plot.names[0], plot.names[-1]))
    chart.x_axis.numFmt, chart.x_axis.majorGridlines = NumFmt(plot.formats[0], sourceLinked=False), None
    across, *ups = plot.series
    for at, native in enumerate(ups):
        series = cells.crossed(across, native, at)
        series.marker = Marker("circle", 7, GraphicalProperties(solidFill=native.color))
        series.graphicalProperties = GraphicalProperties()
        series.graphicalProperties.line.noFill = True
        chart.series.append(series)
    return chart
