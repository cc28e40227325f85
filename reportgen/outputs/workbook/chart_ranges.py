"""The columns of a sheet that a native chart of Excel draws, and their shapes; knows no file format."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal

from reportgen.formatting import excel_format, excel_share, excel_short_day, excel_value, format_names, telling_unit
from reportgen.model import RATES, Unit, aligned, form_of, number_of
from reportgen.outputs.text.chart_data import data_of
from reportgen.outputs.text.chart_labels import label_texts
from reportgen.outputs.text.headings import block_title
from reportgen.outputs.text.other_series import are_apart
from reportgen.outputs.text.pie_parts import parts_of
from reportgen.outputs.text.spreadsheet_text import clean_text
from reportgen.outputs.text.value_axes import series_by_axis
from reportgen.outputs.workbook.excel_names import darker, lighter, rgb

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from reportgen.model import Block, Chart, Number, Report, Series
    from reportgen.outputs.printed import PrintedReport
    from reportgen.outputs.text.pie_parts import ChartPart

Shape = Literal["line", "area", "column", "row", "stack", "pie", "donut", "dots", "map"]
Dashes = Literal["solid", "dash", "sysDot", "dashDot", "lgDash", "lgDashDotDot", "sysDash"]
"""The dashes of lines, by Excel's names."""

_SERIES_DASHES: tuple[Dashes, ...] = ("solid", "dash", "sysDot", "dashDot", "lgDash", "lgDashDotDot")
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
    "heatmap": "map",
}
ROUND: frozenset[Shape] = frozenset({"pie", "donut"})
_APART: frozenset[Shape] = frozenset({"column", "line", "area"})
_UNCOMPARED = ROUND | {"stack", "dots", "map"}  # a second period would have to be read out of the same shapes
_BARS = frozenset({"column", "row"})
_AXES = 2  # a third unit has no axis to be read from
_OTHER_COLOR = 6
_SINGLE_COMPARED: Dashes = "sysDash"


@dataclass(frozen=True, slots=True)
class NativeSeries:
    """A series of a native chart.

    Attributes:
        column: Of the sheet, from 1; its name is in the row above its values.
        values: As the cells hold them; None for a gap.
        color: RRGGBB.
        shape: Its marks.
        second: Whether it belongs to the axis on the right, because of another unit or much smaller or larger values.
        compared: Whether it is of the compared period, and drawn lighter.
        named: Whether it stands in the legend; the room below a line does not.
        dashes: Those of a line.
    """

    column: int
    values: tuple[Number | None, ...]
    color: str
    shape: Shape
    second: bool = False
    compared: bool = False
    named: bool = True
    dashes: Dashes = "solid"


@dataclass(frozen=True, slots=True)
class NativeChart:
    """A native chart.

    Attributes:
        shape: The marks of its leading series.
        dated: Whether its points are days; those of a ring's largest days and Other are names.
        labels: Of its points, from the first row; ISO days where it is dated.
        series: In the order in which they are drawn; of a map of colours the columns that it covers.
        names: Of all series of the chart.
        formats: Number formats of the left and the right axis.
        colors: RRGGBB of the parts of a ring; of the largest value of a map.
        day_format: Number format of a day on an axis.
        share_format: Number format of the share of a part.
        axis_titles: Of the left and the right axis, where their numbers do not say which series are theirs; else empty.
        parts: What a ring draws in place of its table: the largest parts first, small ones as "Other", no zeros; empty
            where its table is just that.
    """

    title: str
    alternative_text: str
    shape: Shape
    dated: bool
    labels: tuple[str, ...]
    series: tuple[NativeSeries, ...]
    names: tuple[str, ...]
    formats: tuple[str, ...]
    colors: tuple[str, ...]
    day_format: str
    share_format: str
    parts: tuple[ChartPart, ...] = ()
    axis_titles: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ChartPlace:
    """The place of a chart's data.

    Attributes:
        sheet: Name of the sheet.
        head: Row of their headings, from 1.
        heads: The headings, from the first column.
    """

    sheet: str
    head: int
    heads: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SheetChart:
    """A chart on a sheet.

    Attributes:
        plot: The chart.
        place: Where its data are.
        column: Of its upper corner, from 1.
        row: Of its upper corner, from 1.
        width: In centimetres.
        height: In centimetres.
    """

    plot: NativeChart
    place: ChartPlace
    column: int
    row: int
    width: float = 16
    height: float = 9


def native_chart(block: Block, chart: Chart, printed: PrintedReport, most_rows: int) -> NativeChart | None:
    """Return the native chart of a chart whose data stand on a sheet as `flat_table` lays them out.

    The first column has the points, the second the compared days where there are some; beside the values of a compared
    series stand its compared values and its changes. None where there is nothing to draw.
    """
    if not chart.labels or not chart.series:
        return None
    report, whole = printed.report, aligned(chart)
    title = block_title(block, report.locale)
    shape = _SHAPES[form_of(chart)]
    units = list(dict.fromkeys(series.unit for series in chart.series))[:_AXES]
    names = label_texts(whole, report.locale)
    parts = tuple(parts_of(whole.series[0], names, report.locale)) if shape in ROUND else ()
    is_table = [part.of for part in parts] == [(at,) for at in range(len(whole.labels))]
    grouped = () if is_table else parts
    axes = _axes(whole, shape)
    points = data_of(whole, report.locale).columns[0].values[:most_rows]
    return NativeChart(
        title=clean_text(title),
        alternative_text=printed.alternative_text(chart, title, native=True),
        shape=shape,
        dated=chart.label_type == "date" and chart.bucket == "day" and not grouped,
        labels=tuple(clean_text(part.label) for part in grouped) or tuple(clean_text(str(point)) for point in points),
        series=(_ring(grouped, shape, report),) if grouped else tuple(_series(whole, shape, axes, report)),
        names=tuple(clean_text(series.label) for series in chart.series),
        formats=tuple(_axis_format(chart, unit, report.locale) for unit in units),
        colors=tuple(_part_colors(grouped or points, report)) if shape in ROUND else (rgb(report.theme, "q3"),),
        day_format=excel_short_day(report.locale),
        share_format=excel_share(_largest_share(parts), report.locale),
        parts=grouped,
        axis_titles=tuple(clean_text(title) for title in _axis_titles(chart, axes, report.locale)),
    )


def _largest_share(parts: tuple[ChartPart, ...]) -> float:
    amounts = [part.amount for part in parts]
    return float(max(amounts) / sum(amounts)) if amounts else 0


def _part_colors(parts: Sequence[object], report: Report) -> Iterator[str]:
    """Yield the colours of parts; the sixth and all after it share the grey of "Other"."""
    for at in range(len(parts)):
        yield rgb(report.theme, f"c{min(at + 1, _OTHER_COLOR)}")


def _ring(parts: tuple[ChartPart, ...], shape: Shape, report: Report) -> NativeSeries:
    """Return the series of a ring's largest parts and "Other", which stand in the second column below its table."""
    values = tuple(number_of(part.amount) for part in parts)
    return NativeSeries(2, values, rgb(report.theme, "c1"), shape)


def _series(chart: Chart, shape: Shape, axes: Sequence[int], report: Report) -> Iterator[NativeSeries]:
    """Yield the series that can be read from an axis; the compared values are drawn behind the current values."""
    column = 2 + bool(chart.label_type == "date" and chart.baseline_labels)
    for number, (series, axis) in enumerate(zip(chart.series, axes, strict=True), 1):
        if axis < _AXES and (shape not in ROUND or number == 1):
            own = _own_shape(chart, series, shape, number, second=axis == 1)
            held, (color, dashes) = _held(series.values, series.unit), _look(number - 1, chart, report)
            now = NativeSeries(column, held, color, own, second=axis == 1, dashes=dashes)
            yield from _with_compared(now, series, chart, report)
        column += _columns(series)


def _axes(chart: Chart, shape: Shape) -> list[int]:
    """Return the axis of each series: of its unit, or for columns and lines of one unit, the right where they differ.

    On the left they would lie flat on the axis, beside others twenty times as large. More series than a plot can name
    all stay on the left.
    """
    units = list(dict.fromkeys(series.unit for series in chart.series))
    if len(units) == 1 and shape in _APART and not are_apart(chart):
        left, *_ = series_by_axis(chart.series)
        return [0 if at in left else 1 for at in range(len(chart.series))]
    return [units.index(series.unit) for series in chart.series]


def _axis_titles(chart: Chart, axes: Sequence[int], locale: str) -> Iterator[str]:
    """Yield the names of the series on each axis, where both have the same unit."""
    if len({series.unit for series in chart.series}) == 1 and len(set(axes)) > 1:
        for axis in sorted(set(axes)):
            names = (series.label for series, own in zip(chart.series, axes, strict=True) if own == axis)
            yield format_names(list(names), locale)


def _look(at: int, chart: Chart, report: Report) -> tuple[str, Dashes]:
    """Return the colour and the dashes of a series, which it shares with no other of up to 36."""
    turn, place = divmod(at, len(_SERIES_DASHES))
    color = darker(rgb(report.theme, f"c{place + 1}"), turn)
    return color, _SERIES_DASHES[(place + turn) % len(_SERIES_DASHES)] if len(chart.series) > 1 else "solid"


def _with_compared(now: NativeSeries, series: Series, chart: Chart, report: Report) -> Iterator[NativeSeries]:
    """Yield a series and, where its shape leaves room for it, the compared series: of rows below, else behind."""
    alone = len(chart.series) == 1
    drawn = [now]
    if now.shape == "area":
        soft = rgb(report.theme, "accent-soft")
        drawn = [
            NativeSeries(now.column, now.values, soft, "area", second=now.second, named=False),
            replace(now, shape="line"),
        ]
    if series.baseline and now.shape not in _UNCOMPARED:
        shape: Shape = "line" if now.shape == "area" else now.shape
        grey = rgb(report.theme, "compare-soft" if shape in _BARS else "compare")
        color, dashes = (grey, _SINGLE_COMPARED) if alone else (lighter(now.color), now.dashes)
        held = _held(series.baseline, series.unit)
        before = NativeSeries(now.column + 1, held, color, shape, now.second, compared=True, dashes=dashes)
        drawn = [*drawn, before] if shape == "row" else [*drawn[:-1], before, drawn[-1]]
    yield from drawn


def _own_shape(chart: Chart, series: Series, shape: Shape, number: int, *, second: bool) -> Shape:
    """Return the shape of a series: an area with gaps is a line, as are areas that would hide one another."""
    if shape == "area":
        return "area" if len(chart.series) == 1 and None not in series.values else "line"
    is_line = number > 1 and ((chart.kind == "combo" and shape == "column") or (second and shape == "column"))
    return "line" if is_line else shape


def _held(values: Sequence[Number | None], unit: Unit) -> tuple[Number | None, ...]:
    """Return values as cells hold them."""
    held = (excel_value(value, unit) for value in values)
    return tuple(value if isinstance(value, int | float) else None for value in held)


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
