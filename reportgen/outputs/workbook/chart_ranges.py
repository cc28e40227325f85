"""The columns of a sheet that a native chart of Excel draws, and their shapes; knows no file format."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from reportgen.formatting import excel_format, telling_unit
from reportgen.model import RATES
from reportgen.outputs.text.chart_forms import form_of
from reportgen.outputs.text.headings import block_title
from reportgen.outputs.text.spreadsheet_text import clean_text
from reportgen.outputs.workbook.excel_names import rgb

if TYPE_CHECKING:
    from reportgen.model import Block, Chart, ChartKind, Number, Series, Theme, Unit
    from reportgen.outputs.printed import PrintedReport

Shape = Literal["line", "area", "column", "row", "stack", "pie", "donut", "dots"]

_SHAPES: dict[str, Shape] = {
    "line": "line",
    "area": "area",
    "bar": "column",
    "horizontal_bar": "row",
    "stacked": "stack",
    "combo": "column",
    "pie": "pie",
    "donut": "donut",
    "funnel": "row",
    "scatter": "dots",
}
_ROUND = frozenset({"pie", "donut"})
_UNCOMPARED = _ROUND | {"stack", "dots"}  # a second period would have to be read out of the same shapes
_AXES = 2  # a third unit has no axis to be read from


@dataclass(frozen=True, slots=True)
class NativeSeries:
    """A series of a native chart.

    Attributes:
        column: Of the sheet, from 1; its name is in the first row.
        color: RRGGBB.
        shape: Its marks.
        second: Whether it belongs to the axis on the right, because it is measured in another unit.
    """

    column: int
    color: str
    shape: Shape
    second: bool = False


@dataclass(frozen=True, slots=True)
class NativeChart:
    """A native chart.

    Attributes:
        shape: The marks of its leading series.
        dated: Whether its points are days.
        rows: Count of its points, below the first row.
        series: Empty for a map of colours over the cells.
        names: Of all series of the chart.
        formats: Number formats of the left and the right axis.
        colors: RRGGBB of the parts of a ring, again from the first where there are more; of the largest value of a map.
    """

    title: str
    alternative_text: str
    shape: Shape | Literal["map"]
    dated: bool
    rows: int
    series: tuple[NativeSeries, ...]
    names: tuple[str, ...]
    formats: tuple[str, ...]
    colors: tuple[str, ...]


def native_chart(block: Block, chart: Chart, printed: PrintedReport, most_rows: int) -> NativeChart | None:
    """Return the native chart of a chart whose data stand on a sheet as `flat_table` lays them out.

    The first column has the points, the second the compared days where there are some; beside the values of a compared
    series stand its compared values and its changes. None where there is nothing to draw.
    """
    if not chart.labels or not chart.series:
        return None
    theme, locale = printed.report.theme, printed.report.locale
    title = block_title(block, locale)
    form = form_of(chart)
    shape = _SHAPES.get(form)
    units = list(dict.fromkeys(series.unit for series in chart.series))[:_AXES]
    return NativeChart(
        title=clean_text(title),
        alternative_text=printed.alternative_text(chart, title),
        shape=shape or "map",
        dated=chart.label_type == "date" and chart.bucket == "day",
        rows=min(len(chart.labels), most_rows),
        series=tuple(_series(chart, form, shape, theme)) if shape else (),
        names=tuple(clean_text(series.label) for series in chart.series),
        formats=tuple(_axis_format(chart, unit, locale) for unit in units),
        colors=tuple(rgb(theme, f"c{number}") for number in range(1, 7)) if shape else (rgb(theme, "q3"),),
    )


def _series(chart: Chart, form: ChartKind, shape: Shape, theme: Theme) -> list[NativeSeries]:
    """Return the series that can be read from an axis; the compared values are drawn behind the current values."""
    units = list(dict.fromkeys(series.unit for series in chart.series))
    column = 2 + bool(chart.label_type == "date" and chart.baseline_labels)
    drawn: list[NativeSeries] = []
    for number, series in enumerate(chart.series, 1):
        axis = units.index(series.unit)
        own: Shape = "line" if number > 1 and (form == "combo" or (axis and shape == "column")) else shape
        if axis < _AXES and (shape not in _ROUND or number == 1):
            if series.baseline and shape not in _UNCOMPARED:
                soft = rgb(theme, "compare-soft" if own in {"column", "row", "area"} else "compare")
                drawn.append(NativeSeries(column + 1, soft, own, second=axis == 1))
            drawn.append(NativeSeries(column, rgb(theme, f"c{min(number, 6)}"), own, second=axis == 1))
        column += _columns(series)
    return drawn


def _axis_format(chart: Chart, unit: Unit, locale: str) -> str:
    """Return the number format of an axis, which fits the largest value."""
    largest = _largest(chart, unit)
    return excel_format(largest, telling_unit(largest, unit), locale)


def _largest(chart: Chart, unit: Unit) -> Number | None:
    """Return the largest value of a unit."""
    values = (value for series in chart.series if series.unit == unit for value in series.values if value is not None)
    return max(values, key=abs, default=None)


def _columns(series: Series) -> int:
    """Return the count of columns that `flat_table` gives a series: the change of a rate has points alone."""
    if not series.baseline:
        return 1
    return 3 if series.unit.name in RATES else 4
