"""The form of a chart: its kind, unless its values ask for another; the same for page, workbook and words.

Which forms suit which values: a pie and a donut need the parts of one whole that nothing is compared with, stacks
need parts that add up, a funnel the steps of one path, a heat map a grid, a scatter plot two metrics to cross.
A chart whose values suit no other form is drawn as bars.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from reportgen.model import RATES
from reportgen.outputs.text.aligned_series import aligned
from reportgen.outputs.text.chart_labels import days_of

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from reportgen.model import Chart, ChartKind, Number, Series

ROUND: frozenset[ChartKind] = frozenset({"pie", "donut"})
_FEWEST_STEPS, _MOST_STEPS = 2, 12
_DAYS_A_WEEK, _LEAST_DAYS = 7, 14
_MOST_COLUMNS, _MOST_ROWS = 60, 24
_CROSSED = 2


def form_of(chart: Chart) -> ChartKind:
    """Return the kind of a chart as it is drawn, described, and written into the workbook.

    A narrow page may still draw rows in place of columns, or a line in place of bars as thin as hairs.
    """
    chart = aligned(chart)
    fits = _FITS.get(chart.kind)
    if fits is None or fits(chart):
        return chart.kind
    return "horizontal_bar" if chart.kind in ROUND and _are_amounts(chart.series) else "bar"


def prints_shares(chart: Chart) -> bool:
    """Return whether the shares of a chart's parts are printed: of a pie or a donut that is not compared."""
    return form_of(chart) in ROUND


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


def _are_parts(series: Sequence[Series]) -> bool:
    """Return whether series hold parts of a whole: of one unit, which is no rate and no date."""
    units = {each.unit for each in series}
    return len(units) == 1 and next(iter(units)).name not in RATES | {"date"} and all(each.parts for each in series)


def _are_amounts(series: Sequence[Series]) -> bool:
    """Return whether there is a single series, of which no value is negative and not all are zero."""
    values = _values(series)
    return len(series) == 1 and min(values, default=0) >= 0 and max(values, default=0) > 0


def _are_shares(chart: Chart) -> bool:
    """Return whether slices make a whole: parts that are not compared; days only where they add up to their period."""
    if not (_are_amounts(chart.series) and _are_parts(chart.series)):
        return False
    (slices,) = chart.series
    return not slices.baseline and (slices.additive or chart.label_type != "date")


def _add_up(chart: Chart) -> bool:
    """Return whether the values add up: several series that are parts of a whole."""
    return len(chart.series) > 1 and _are_parts(chart.series)


def _is_grid(chart: Chart) -> bool:
    """Return whether there is a grid: several series of the same unit, or two weeks of days, nothing below zero."""
    if min(_values(chart.series), default=0) < 0 or len({series.unit for series in chart.series}) != 1:
        return False
    if len(chart.series) == 1:
        days = len(chart.labels)
        return (
            _LEAST_DAYS <= days <= _DAYS_A_WEEK * _MOST_COLUMNS and chart.bucket == "day" and days_of(chart) is not None
        )
    return len(chart.series) <= _MOST_ROWS and len(chart.labels) <= _MOST_COLUMNS


def _is_path(chart: Chart) -> bool:
    """Return whether the values are steps of a path: the first above zero, and none below."""
    series = chart.series
    values = [value for _, value, _ in steps_of(series, chart.labels)]
    return (
        _FEWEST_STEPS <= len(values) <= _MOST_STEPS
        and len({step.unit for step in series}) == 1
        and bool(values[0])
        and min(value for value in values if value is not None) >= 0
        and (len(series) == 1 or all(len(step.values) == 1 for step in series))
    )


def _cross(chart: Chart) -> bool:
    """Return whether there are two metrics to cross, and a label that has both."""
    pairs = zip(*(series.values for series in chart.series), strict=False)
    return len(chart.series) == _CROSSED and any(None not in pair for pair in pairs)


_FITS: dict[ChartKind, Callable[[Chart], bool]] = {
    "pie": _are_shares,
    "donut": _are_shares,
    "stacked": _add_up,
    "heatmap": _is_grid,
    "funnel": _is_path,
    "scatter": _cross,
    "combo": lambda chart: len(chart.series) > 1,
}
"""Kind of chart -> whether the values suit it; any values suit the other kinds."""
