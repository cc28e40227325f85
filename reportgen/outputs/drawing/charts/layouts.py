"""The layouts of charts: the function that draws each form, as far as the room allows."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import lru_cache
from typing import TYPE_CHECKING

from reportgen.formatting import babel_locale
from reportgen.model import MOST_BARS, MOST_ROWS, aligned, days_of, exact, form_of
from reportgen.outputs.drawing.charts.axes import AXIS
from reportgen.outputs.drawing.charts.bars_over_lines import draw_combo
from reportgen.outputs.drawing.charts.canvas import ChartCanvas
from reportgen.outputs.drawing.charts.funnel import draw_funnel
from reportgen.outputs.drawing.charts.heat_map import draw_heat
from reportgen.outputs.drawing.charts.horizontal_bars import draw_rows, rows_that_fit
from reportgen.outputs.drawing.charts.label_text import with_lettered_labels
from reportgen.outputs.drawing.charts.legend import period_names
from reportgen.outputs.drawing.charts.line_chart import draw_line
from reportgen.outputs.drawing.charts.pie import draw_pie
from reportgen.outputs.drawing.charts.row_parts import NOTE, ROW, TICKED
from reportgen.outputs.drawing.charts.scatter import draw_scatter
from reportgen.outputs.drawing.charts.small_multiples import SmallSize, draw_multiples
from reportgen.outputs.drawing.charts.stacked_horizontal_bars import draw_stacked_rows, stacked_rows_that_fit
from reportgen.outputs.drawing.charts.stacked_vertical_bars import draw_stacks
from reportgen.outputs.drawing.charts.vertical_bars import are_hairs, band_fits, draw_columns
from reportgen.outputs.text.chart_labels import are_hours, hours_of, label_texts
from reportgen.outputs.text.other_series import are_apart

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from decimal import Decimal

    from reportgen.model import Chart, ChartKind, Series
    from reportgen.outputs.drawing.charts.canvas import Frame

_MOST_COLUMNS = 8
_MOST_HOURS = 24
_FEW_ROWS = 2  # of a small chart at least
_LEAST_BAND = 2.5  # points, of a day
_NUMBER, _DIGIT = re.compile(r"[<>\u2264\u2265~+]?\s*[^\w\s]?\s*\d"), re.compile(r"\d")
_FEWEST_RANGES = 3  # before a label that is none


def layout(chart: Chart, frame: Frame) -> ChartCanvas:
    """Return a chart as marks on a canvas; see `draw_chart`."""
    chart = aligned(chart)
    if chart.label_type == "date" and not days_of(chart):  # hours stand side by side, as words do
        chart = _with_names(chart, frame)
    chart = _in_order_of_hours(with_lettered_labels(chart, frame.typeface))
    if all(value is None for series in chart.series for value in (*series.values, *series.baseline)):
        return _draw_empty(frame)
    form = form_of(chart)
    if are_apart(chart):
        return _draw_many(chart, frame, form)
    return _DRAWN.get(form, _draw_bars)(chart, frame)


def _draw_many(chart: Chart, frame: Frame, form: ChartKind) -> ChartCanvas:
    """Draw a small chart for each of more than six series: lines, columns of days and hours, or rows."""
    if form in {"line", "area"} or days_of(chart) or are_hours(chart):
        names = period_names(chart.series[:1], replace(frame, series=1), "")
        return draw_multiples(chart, frame, names, lambda small, own, _: _draw_one(small, own), SmallSize())
    named = _with_names(chart, frame)
    ranked = named if _is_ordered(chart) else _largest(named, MOST_ROWS)

    def draw_small(small: Chart, own: Frame, most: float) -> ChartCanvas:
        kept = _picked(small, range(min(len(small.labels), MOST_ROWS, rows_that_fit(small, own, most - NOTE))))
        return draw_rows(kept, own, len(chart.labels))

    names = period_names(chart.series, replace(frame, current=""), TICKED)
    rows = min(len(ranked.labels), MOST_ROWS)
    sizes = SmallSize(wanted=ROW * (rows + 1), least=ROW * (min(rows, _FEW_ROWS) + 1))
    return draw_multiples(ranked, frame, names, draw_small, sizes)


def _draw_one(chart: Chart, frame: Frame) -> ChartCanvas:
    """Draw a chart of a single series; of a series without a value its zero line."""
    (series,) = chart.series
    if all(value is None for value in (*series.values, *series.baseline)):
        return _draw_empty(frame)
    return _DRAWN.get(form_of(chart), _draw_bars)(chart, frame)


def _draw_rows(chart: Chart, frame: Frame) -> ChartCanvas:
    """Draw rows in the labels' own order, where they have one and all fit; else the largest."""
    named = _fitting(_with_names(chart, frame), frame, ordered=_is_ordered(chart))
    return draw_rows(named, frame, len(chart.labels))


def _fitting(chart: Chart, frame: Frame, *, ordered: bool) -> Chart:
    """Return a chart with the labels that fit a page: all in their order, or the largest."""
    if ordered and len(chart.labels) <= min(MOST_ROWS, rows_that_fit(chart, frame)):
        return chart
    largest = _largest(chart, MOST_ROWS)
    return _largest(largest, rows_that_fit(largest, frame))


def _draw_stacks(chart: Chart, frame: Frame) -> ChartCanvas:
    """Draw stacked columns, as thin as days are many; rows in the same order where words do not stand below them."""
    if days_of(chart) or _fits_columns(chart, frame):
        return draw_stacks(chart, frame)
    named = _with_names(chart, frame)
    most = min(MOST_ROWS, stacked_rows_that_fit(named, frame))
    if not (_keeps_order(chart, _MOST_HOURS) and len(named.labels) <= most):
        named = _largest(named, MOST_ROWS, total=True)
        named = _largest(named, stacked_rows_that_fit(named, frame), total=True)
    return draw_stacked_rows(named, frame, len(chart.labels))


def _with_names(chart: Chart, frame: Frame) -> Chart:
    """Return a chart whose days, weeks or months are words: they have no place on a line of time."""
    if chart.label_type != "date":
        return chart
    names = tuple(label_texts(chart, frame.locale))
    return replace(chart, labels=names, label_type="category", baseline_labels=())


def _fits_columns(chart: Chart, frame: Frame) -> bool:
    """Return whether columns are not too narrow, and each label fits below its column; hours and days need not."""
    if days_of(chart) or are_hours(chart):
        return frame.width / len(chart.labels) >= _LEAST_BAND
    return len(chart.labels) <= _MOST_HOURS and band_fits(chart, frame)


def _draw_combo(chart: Chart, frame: Frame) -> ChartCanvas:
    """Draw bars over lines, or bars alone where columns do not fit."""
    return draw_combo(chart, frame) if _fits_columns(chart, frame) else _draw_bars(chart, frame, _MOST_HOURS)


def _draw_bars(chart: Chart, frame: Frame, most: int = _MOST_COLUMNS) -> ChartCanvas:
    """Draw days and hours as columns, or as a line where columns would be too narrow; words as columns or rows.

    Labels of up to `most` stand in their own order, since they might be columns in another medium; more go by size.
    """
    count = len(chart.labels)
    if days_of(chart) or are_hours(chart):
        fits = _fits_columns(chart, frame) and not are_hairs(chart, frame)
        return (draw_columns if fits else draw_line)(chart, frame)
    ordered = _is_ordered(chart)
    if count <= (_MOST_HOURS if ordered else _MOST_COLUMNS) and band_fits(chart, frame):
        return draw_columns(chart, frame)
    if count * len(chart.series) > MOST_BARS and ordered:
        return draw_line(chart, frame)  # too many bars for the eye
    return draw_rows(_fitting(chart, frame, ordered=_keeps_order(chart, most)), frame, count)


def _keeps_order(chart: Chart, most: int) -> bool:
    """Return whether labels stand as they came: in an order of their own, or no more than could be columns."""
    return len(chart.labels) <= most or _is_ordered(chart)


def _is_ordered(chart: Chart) -> bool:
    """Return whether labels have an order of their own, as days, hours, ages, ranges and weekdays have."""
    words = {label.casefold() for label in chart.labels}
    return are_hours(chart) or bool(days_of(chart)) or words <= _weekdays() or _are_ranges(chart.labels)


def _are_ranges(labels: Sequence[str]) -> bool:
    """Return whether labels are numbers or ranges of them, of which an end may be in words, `Up to 2,000`.

    Behind three of them may stand a label without a number, `Unknown`.
    """
    begin = [bool(_NUMBER.match(label)) for label in labels]
    *others, last = (bool(begins or _DIGIT.search(label)) for begins, label in zip(begin, labels, strict=True))
    return all(others) and 2 * sum(begin) >= len(labels) and (last or sum(begin) >= _FEWEST_RANGES)


@lru_cache(maxsize=1)
def _weekdays() -> frozenset[str]:
    """Return the names of the days in the languages that integrations answer in."""
    return frozenset(
        name.casefold()
        for language in ("en", "pt-BR", "es", "de", "fr")
        for width in ("wide", "abbreviated")
        for name in babel_locale(language).days["format"][width].values()
    )


def _draw_empty(frame: Frame) -> ChartCanvas:
    sheet = ChartCanvas(frame, frame.height)
    sheet.rule(frame.height - 2 * frame.size, frame.colors["axis"], AXIS)
    return sheet


def _largest(chart: Chart, most: int, *, total: bool = False) -> Chart:
    """Return a chart with the labels of the largest values or totals, the largest first; equals keep their order."""

    def peak(at: int) -> tuple[bool, Decimal]:
        values = [exact(value) for series in chart.series if (value := series.values[at]) is not None]
        return (not values, -(sum(values, exact(0)) if total else max(values, default=exact(0))))

    return _picked(chart, sorted(range(len(chart.labels)), key=peak)[:most])


def _picked(chart: Chart, kept: Sequence[int]) -> Chart:
    """Return a chart with the labels of some indexes, in their order."""

    def picked(series: Series) -> Series:
        baseline = tuple(series.baseline[at] for at in kept) if series.baseline else ()
        goals = tuple(series.goals[at] for at in kept) if series.goals else ()
        return replace(series, values=tuple(series.values[at] for at in kept), baseline=baseline, goals=goals)

    return replace(chart, labels=tuple(chart.labels[at] for at in kept), series=tuple(map(picked, chart.series)))


def _in_order_of_hours(chart: Chart) -> Chart:
    """Return a chart whose labels, where they are hours in words, follow one another as hours do."""
    hours = hours_of(chart.labels)
    return _picked(chart, sorted(range(len(hours)), key=hours.__getitem__)) if hours else chart


def _named(draw: Callable[[Chart, Frame], ChartCanvas]) -> Callable[[Chart, Frame], ChartCanvas]:
    """Return a function that draws a chart with the names of its days, weeks or months as they are in text."""
    return lambda chart, frame: draw(_with_names(chart, frame), frame)


_DRAWN: dict[ChartKind, Callable[[Chart, Frame], ChartCanvas]] = {
    "line": draw_line,
    "area": draw_line,
    "horizontal_bar": _draw_rows,
    "pie": _named(draw_pie),
    "donut": _named(draw_pie),
    "stacked": _draw_stacks,
    "combo": _draw_combo,
    "heatmap": draw_heat,
    "funnel": _named(draw_funnel),
    "scatter": _named(draw_scatter),
}
"""Form -> the function that draws it; bars are columns, rows or a line, as they fit."""
