"""Which layout draws a chart: its kind, unless its values ask for another."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache
from typing import TYPE_CHECKING

from reportgen.formatting import babel_locale, format_short_day
from reportgen.outputs.charts.aligning import aligned
from reportgen.outputs.charts.axes import AXIS, days_of
from reportgen.outputs.charts.columns import band_fits, draw_columns
from reportgen.outputs.charts.combos import draw_combo
from reportgen.outputs.charts.funnel import can_funnel, draw_funnel
from reportgen.outputs.charts.heat import can_heat, draw_heat
from reportgen.outputs.charts.lines import draw_line
from reportgen.outputs.charts.pie import draw_pie
from reportgen.outputs.charts.rows import MOST_ROWS, draw_rows, rows_that_fit
from reportgen.outputs.charts.scale import exact
from reportgen.outputs.charts.scatter import can_scatter, draw_scatter
from reportgen.outputs.charts.sheet import Sheet
from reportgen.outputs.charts.stacked_rows import draw_stacked_rows
from reportgen.outputs.charts.stacks import can_stack, draw_stacks
from reportgen.outputs.shares import is_pie, prints_shares

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from decimal import Decimal

    from reportgen.model import Chart, ChartKind, Series
    from reportgen.outputs.charts.sheet import Frame

_MOST_BARS = 60
_MOST_COLUMNS = 8
_MOST_HOURS = 24
_LEAST_BAND = 2.5


def layout(chart: Chart, frame: Frame) -> Sheet:
    """Lay a chart out; see `draw_chart`."""
    chart = aligned(chart)
    if all(value is None for one in chart.series for value in (*one.values, *one.baseline)):
        return _draw_empty(frame)
    draw = next((draw for kind, fits, draw in _KINDS if kind == chart.kind and fits(chart, frame)), _draw_bars)
    return draw(chart, frame)


def _draw_shares(chart: Chart, frame: Frame) -> Sheet:
    """Draw parts of a whole; two wholes cannot be compared as rings."""
    return draw_pie(chart, frame) if prints_shares(chart) else _draw_rows(chart, frame)


def _draw_rows(chart: Chart, frame: Frame) -> Sheet:
    """Draw rows in the labels' own order, where they have one and all fit; else the largest."""
    ordered = bool(days_of(chart)) or _are_ordered(chart.labels)
    return draw_rows(_fitting(_with_names(chart, frame), frame, ordered=ordered), frame, len(chart.labels))


def _fitting(chart: Chart, frame: Frame, *, ordered: bool) -> Chart:
    """Return the labels that have room on a page: all in their order, or the largest."""
    if ordered and len(chart.labels) <= min(MOST_ROWS, rows_that_fit(chart, frame)):
        return chart
    largest = _largest(chart, MOST_ROWS)
    return _largest(largest, rows_that_fit(largest, frame))


def _draw_stacks(chart: Chart, frame: Frame) -> Sheet:
    """Draw stacked columns; rows, the largest first, where the labels do not stand below columns."""
    if _fits_columns(chart, frame):
        return draw_stacks(chart, frame)
    named = _with_names(chart, frame)
    ordered = bool(days_of(chart)) or _are_ordered(chart.labels)
    kept = named if ordered and len(named.labels) <= MOST_ROWS else _largest(named, MOST_ROWS, total=True)
    return draw_stacked_rows(kept, frame, len(chart.labels))


def _with_names(chart: Chart, frame: Frame) -> Chart:
    """Name days as readers do."""
    days = days_of(chart) if chart.label_type == "date" else None
    return replace(chart, labels=tuple(format_short_day(day, frame.locale) for day in days)) if days else chart


def _fits_columns(chart: Chart, frame: Frame) -> bool:
    """Tell whether columns are no hairs, and each has its name below it."""
    if days_of(chart):
        return frame.width / len(chart.labels) >= _LEAST_BAND
    return len(chart.labels) <= _MOST_HOURS and band_fits(chart, frame)


def _always(_chart: Chart, _frame: Frame) -> bool:
    return True


def _draw_bars(chart: Chart, frame: Frame) -> Sheet:
    """Draw days as columns, or as a line where columns would be hairs; words as columns or rows."""
    count = len(chart.labels)
    if days_of(chart):
        return (draw_columns if frame.width / count >= _LEAST_BAND else draw_line)(chart, frame)
    ordered = _are_ordered(chart.labels)
    if count <= (_MOST_HOURS if ordered else _MOST_COLUMNS) and band_fits(chart, frame):
        return draw_columns(chart, frame)
    if count * len(chart.series) > _MOST_BARS and ordered:
        return draw_line(chart, frame)  # more bars than can be told apart
    return draw_rows(_fitting(chart, frame, ordered=ordered), frame, count)


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


def _draw_empty(frame: Frame) -> Sheet:
    sheet = Sheet(frame, frame.height)
    sheet.rule(frame.height - 2 * frame.size, frame.colors["axis"], AXIS)
    return sheet


def _largest(chart: Chart, most: int, *, total: bool = False) -> Chart:
    """Keep the labels of the largest values or totals, the largest first; equal ones stay in their order."""

    def peak(at: int) -> tuple[bool, Decimal]:
        values = [exact(value) for one in chart.series if (value := one.values[at]) is not None]
        return (not values, -(sum(values, exact(0)) if total else max(values, default=exact(0))))

    kept = sorted(range(len(chart.labels)), key=peak)[:most]

    def picked(one: Series) -> Series:
        baseline = tuple(one.baseline[at] for at in kept) if one.baseline else ()
        return replace(one, values=tuple(one.values[at] for at in kept), baseline=baseline)

    return replace(chart, labels=tuple(chart.labels[at] for at in kept), series=tuple(map(picked, chart.series)))


_KINDS: tuple[tuple[ChartKind, Callable[[Chart, Frame], bool], Callable[[Chart, Frame], Sheet]], ...] = (
    ("line", _always, draw_line),
    ("area", _always, draw_line),
    ("horizontal_bar", _always, _draw_rows),
    ("pie", lambda chart, _: is_pie(chart.series), _draw_shares),
    ("donut", lambda chart, _: is_pie(chart.series), _draw_shares),
    ("stacked", lambda chart, _: can_stack(chart.series), _draw_stacks),
    ("combo", lambda chart, frame: len(chart.series) > 1 and _fits_columns(chart, frame), draw_combo),
    ("heatmap", lambda chart, _: can_heat(chart), draw_heat),
    ("funnel", lambda chart, _: can_funnel(chart.series), draw_funnel),
    ("scatter", lambda chart, _: can_scatter(chart.series), draw_scatter),
)
"""Kind -> whether the values can be drawn so, and how; what cannot is drawn as bars, which anything can."""
