"""The form of a chart: its kind, unless its values ask for another; the same for page, workbook, words and cautions.

A pie and a ring need the parts of one whole, stacks need parts that add up, a funnel the steps of one path, a heat map
a grid, a scatter plot two metrics to cross, bars over lines several series, and an area has nothing in front of it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, TypeAlias

from reportgen.model.chart_points import aligned, days_of
from reportgen.model.units import RATES

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from reportgen.model.chart_series import Chart, ChartKind, Series
    from reportgen.model.units import Number

FormMisfit: TypeAlias = Literal[
    "rates",
    "parts",
    "days",
    "units",
    "several",
    "hidden",
    "single",
    "missing",
    "negative",
    "nothing",
    "start",
    "steps",
    "grid",
    "pairs",
    "many",
]
"""Why the values of a chart do not suit its kind: they are rates, no parts of a whole, days that do not add up to their
period, or of several units; there are several series, or series that areas would hide, or a single series; a part of
the whole is missing; a value is below zero, none is above, or the first is not; they are no steps, no grid, no pairs,
or more days than fit in rows."""

ROUND_KINDS: frozenset[ChartKind] = frozenset({"pie", "donut"})
UNCOMPARED: frozenset[ChartKind] = ROUND_KINDS | {"heatmap", "scatter"}
"""The forms that cannot show a second period in the same shapes: words and tables compare it."""
_LINES: frozenset[ChartKind] = frozenset({"line", "area"})
_FEWEST_STEPS, _MOST_STEPS = 2, 12
_DAYS_A_WEEK, _LEAST_DAYS = 7, 14
_MOST_COLUMNS = 60
MOST_ROWS = 24
"""The most rows of a chart, of bars or of a grid: as many as a page has room for."""
MOST_BARS = 60
"""The most bars of several series side by side: in half a page more would be thinner than 3 points, a bar code."""
_CROSSED = 2


def form_of(chart: Chart) -> ChartKind:
    """Return the kind of a chart as it is drawn, described, and written into the workbook.

    A narrow page may still draw rows in place of columns, or a line in place of bars as thin as hairs.
    """
    if chart.kind in _LINES and len(chart.labels) == 1:  # a report of a day: a dot would say little
        return "bar"
    if misfit_of(chart) is None:
        return chart.kind
    if chart.kind == "area" or _is_bar_code(chart):
        return "line"
    is_list = chart.kind in ROUND_KINDS and len(chart.series) == 1 and chart.label_type == "category"
    return "horizontal_bar" if is_list and _misfit_of_amounts(chart) is None else "bar"


def _is_bar_code(chart: Chart) -> bool:
    """Return whether bars of days, weeks or months would be too many for the eye; those of each unit stand apart."""
    units = [series.unit for series in chart.series]
    side_by_side = max(map(units.count, units), default=0)
    return chart.label_type == "date" and side_by_side > 1 and side_by_side * len(chart.labels) > MOST_BARS


def misfit_of(chart: Chart) -> FormMisfit | None:
    """Return why the values of a chart do not suit its kind; None where they do."""
    of_values = _MISFITS_OF_VALUES.get(chart.kind)
    return foreseen_misfit(chart) or (of_values(aligned(chart)) if of_values else None)


def foreseen_misfit(chart: Chart) -> FormMisfit | None:
    """Return why a chart's values will not suit its kind, whatever they are; None where they may."""
    foreseen = _FORESEEN.get(chart.kind)
    return foreseen(chart) if foreseen else None


def steps_of(series: Sequence[Series], labels: Sequence[str]) -> list[tuple[str, Number | None, Number | None]]:
    """Return the name, the value and the compared value of each step of a funnel.

    The steps are the labels of a single series, or several series of a single label each.
    """
    if len(series) == 1:
        (only,) = series
        return list(zip(labels, only.values, only.baseline or (None,) * len(labels), strict=False))
    return [(step.label, next(iter(step.values), None), next(iter(step.baseline), None)) for step in series]


def _values(series: Sequence[Series]) -> list[Number]:
    return [value for each in series for value in each.values if value is not None]


def _parts(chart: Chart) -> FormMisfit | None:
    """Return why series hold no parts of a whole, which are of one unit, and no rates or dates."""
    if any(each.unit.name in RATES | {"date"} for each in chart.series):
        return "rates"
    return _units(chart) or (None if all(each.parts for each in chart.series) else "parts")


def _slices(chart: Chart) -> FormMisfit | None:
    """Return why slices make no whole: those of days only make a whole where days add up to their period."""
    if len(chart.series) != 1:
        return "several"
    is_whole = chart.series[0].additive or chart.label_type != "date"
    return _parts(chart) or (None if is_whole else "days")


def _units(chart: Chart) -> FormMisfit | None:
    return "units" if len({each.unit for each in chart.series}) > 1 else None


def _single(chart: Chart) -> FormMisfit | None:
    return "single" if len(chart.series) <= 1 else None


def _row(chart: Chart) -> FormMisfit | None:
    """Return why series make no grid: they are of several units, or a single series is not of days."""
    is_row = len(chart.series) == 1 and (chart.label_type != "date" or chart.bucket != "day")
    return _units(chart) or ("grid" if is_row else None)


def _misfit_of_amounts(chart: Chart) -> FormMisfit | None:
    """Return why there is not something above zero and nothing below."""
    values = _values(chart.series)
    return "negative" if min(values, default=0) < 0 else None if any(values) else "nothing"


def _misfit_of_slices(chart: Chart) -> FormMisfit | None:
    """Return why slices make no whole; a category of the compared period alone makes none smaller."""
    own = len(chart.labels) - chart.alone
    is_lacking = any(value is None for series in chart.series for value in series.values[:own])
    return "missing" if is_lacking or chart.gapped else _misfit_of_amounts(chart)


def _misfit_of_grid(chart: Chart) -> FormMisfit | None:
    """Return why there is no grid: several series, or two weeks of days, and nothing below zero."""
    if min(_values(chart.series), default=0) < 0:
        return "negative"
    if len(chart.series) > 1:
        return None if len(chart.series) <= MOST_ROWS and len(chart.labels) <= _MOST_COLUMNS else "grid"
    is_long = _LEAST_DAYS <= len(chart.labels) <= _DAYS_A_WEEK * _MOST_COLUMNS
    return None if is_long and days_of(chart) is not None else "grid"


def _misfit_of_list(chart: Chart) -> FormMisfit | None:
    """Return why rows do not hold all points: days have an order, so the largest of many cannot stand for all."""
    return "many" if chart.label_type == "date" and len(chart.labels) > MOST_ROWS else None


def _misfit_of_path(chart: Chart) -> FormMisfit | None:
    """Return why the values are no steps of a path: the first above zero, and none below."""
    steps = steps_of(chart.series, chart.labels)
    is_path = len(chart.series) == 1 or all(len(step.values) == 1 for step in chart.series)
    if not is_path or not _FEWEST_STEPS <= len(steps) <= _MOST_STEPS:
        return "steps"
    values = [value for _, value, _ in steps]
    return "negative" if min(_values(chart.series), default=0) < 0 else None if values[0] else "start"


def _misfit_of_pairs(chart: Chart) -> FormMisfit | None:
    """Return why there are no two metrics to cross: no label has both."""
    pairs = zip(*(series.values for series in chart.series), strict=False)
    return None if any(None not in pair for pair in pairs) else "pairs"


_FORESEEN: dict[ChartKind, Callable[[Chart], FormMisfit | None]] = {
    "pie": _slices,
    "donut": _slices,
    "stacked": lambda chart: _single(chart) or _parts(chart),
    "area": lambda chart: "hidden" if len(chart.series) > 1 else None,
    "combo": _single,
    "heatmap": _row,
    "funnel": _units,
    "scatter": lambda chart: None if len(chart.series) == _CROSSED else "pairs",
}
"""Kind of chart -> why its series do not suit it, whatever their values; any series suit the other kinds."""

_MISFITS_OF_VALUES: dict[ChartKind, Callable[[Chart], FormMisfit | None]] = {
    "pie": _misfit_of_slices,
    "donut": _misfit_of_slices,
    "horizontal_bar": _misfit_of_list,
    "heatmap": _misfit_of_grid,
    "funnel": _misfit_of_path,
    "scatter": _misfit_of_pairs,
}
"""Kind of chart -> why its values, cut to one length, do not suit it."""
