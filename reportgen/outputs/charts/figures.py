"""Which layout draws a chart: its kind, unless its values ask for another."""

from __future__ import annotations

import math
from dataclasses import replace
from functools import lru_cache
from typing import TYPE_CHECKING

from reportgen.formatting import babel_locale
from reportgen.outputs.charts.axes import AXIS, days_of
from reportgen.outputs.charts.columns import band_fits, draw_columns
from reportgen.outputs.charts.lines import draw_line, draw_sparkline
from reportgen.outputs.charts.pie import draw_pie, is_pie
from reportgen.outputs.charts.rows import draw_rows
from reportgen.outputs.charts.scale import exact
from reportgen.outputs.charts.sheet import Sheet
from reportgen.outputs.drawing import legible

if TYPE_CHECKING:
    from collections.abc import Sequence
    from decimal import Decimal

    from reportgen.model import Chart, Number, Series
    from reportgen.outputs.charts.sheet import Frame

_MOST_ROWS = 24
_MOST_COLUMNS = 8
_MOST_HOURS = 24
_LEAST_BAND = 2.5


def layout(chart: Chart, frame: Frame) -> Sheet:
    """Lay a chart out; see `draw_chart`."""
    chart = _aligned(chart)
    if all(value is None for one in chart.series for value in (*one.values, *one.baseline)):
        return _draw_empty(chart, frame)
    if chart.kind == "sparkline":
        return draw_sparkline(chart, frame)
    if chart.kind == "line":
        return draw_line(chart, frame)
    if chart.kind == "pie" and is_pie(chart.series):
        if not chart.series[0].baseline:
            return draw_pie(chart, frame)
        return draw_rows(_largest(chart), frame, len(chart.labels))  # a ring cannot be compared with a ring
    return _draw_bars(chart, frame)


def _draw_bars(chart: Chart, frame: Frame) -> Sheet:
    """Draw days as columns, or as a line where columns would be hairs; words as columns or rows."""
    count = len(chart.labels)
    if days_of(chart):
        return (draw_columns if frame.width / count >= _LEAST_BAND else draw_line)(chart, frame)
    ordered = _are_ordered(chart.labels)
    if count <= (_MOST_HOURS if ordered else _MOST_COLUMNS) and band_fits(chart, frame):
        return draw_columns(chart, frame)
    return draw_rows(chart if ordered and count <= _MOST_ROWS else _largest(chart), frame, count)


def _are_ordered(labels: Sequence[str]) -> bool:
    """Tell whether labels have an order of their own, as hours, ages and weekdays do; others go by size."""
    return all(label[:1].isdigit() for label in labels) or {label.casefold() for label in labels} <= _weekdays()


@lru_cache(maxsize=1)
def _weekdays() -> frozenset[str]:
    """Return the names of the days in the languages that integrations answer in."""
    return frozenset(
        name.casefold()
        for language in ("en", "pt-BR", "es")
        for width in ("wide", "abbreviated")
        for name in babel_locale(language).days["format"][width].values()
    )


def _draw_empty(chart: Chart, frame: Frame) -> Sheet:
    sheet = Sheet(frame, frame.height)
    if chart.kind == "sparkline":
        line = [(0.0, frame.height / 2), (frame.width, frame.height / 2)]
        sheet.strokes([line], frame.colors["compare"], 0.5, (4, 4))
    else:
        sheet.rule(frame.height - 2 * frame.size, frame.colors["axis"], AXIS)
    return sheet


def _aligned(chart: Chart) -> Chart:
    """Make labels and series equally long and legible, and values that are no numbers missing."""
    count = min(len(chart.labels), max((len(one.values) for one in chart.series), default=0))
    series = tuple(
        replace(
            one,
            label=legible(one.label) or legible(one.field),
            values=_padded(one.values, count),
            baseline=_padded(one.baseline, count) if one.baseline else (),
        )
        for one in chart.series
    )
    return replace(chart, labels=tuple(map(legible, chart.labels[:count])), series=series)


def _padded(values: Sequence[Number | None], count: int) -> tuple[Number | None, ...]:
    finite = [None if isinstance(value, float) and not math.isfinite(value) else value for value in values[:count]]
    return (*finite, *(None,) * (count - len(finite)))


def _largest(chart: Chart) -> Chart:
    """Keep the labels of the largest values, the largest first; equal ones stay in their order."""

    def peak(at: int) -> tuple[bool, Decimal]:
        values = [exact(value) for one in chart.series if (value := one.values[at]) is not None]
        return (not values, -max(values, default=exact(0)))

    kept = sorted(range(len(chart.labels)), key=peak)[:_MOST_ROWS]

    def picked(one: Series) -> Series:
        baseline = tuple(one.baseline[at] for at in kept) if one.baseline else ()
        return replace(one, values=tuple(one.values[at] for at in kept), baseline=baseline)

    return replace(chart, labels=tuple(chart.labels[at] for at in kept), series=tuple(map(picked, chart.series)))
