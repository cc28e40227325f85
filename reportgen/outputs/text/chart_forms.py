"""The form of a chart: its kind, unless its values ask for another. One decision for page, workbook and words.

Which forms suit which values: a pie and a donut need the parts of one whole that nothing is compared with, stacks
need parts that add up, a funnel the steps of one path, a heat map a grid, a scatter plot two metrics to cross.
What fits none of these is drawn as bars, which anything can be.
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
    """Return the kind that a chart is drawn as, told as, and has in the workbook.

    A narrow page may still draw what does not fit it otherwise: rows in place of columns, a line in place of hairs.
    """
    chart = aligned(chart)
    fits = _FITS.get(chart.kind)
    if fits is None or fits(chart):
        return chart.kind
    return "horizontal_bar" if chart.kind in ROUND and is_whole(chart.series) else "bar"


def prints_shares(chart: Chart) -> bool:
    """Tell whether the shares of a chart's parts are drawn: of a ring or disc that nothing is compared with."""
    return form_of(chart) in ROUND


def is_whole(series: Sequence[Series]) -> bool:
    """Tell whether the values are shares of a whole: one series, none negative, not all zero."""
    values = [value for one in series for value in one.values if value is not None]
    return len(series) == 1 and min(values, default=0) >= 0 and max(values, default=0) > 0


def steps_of(series: Sequence[Series], labels: Sequence[str]) -> list[tuple[str, Number | None, Number | None]]:
    """Return the name, the value and the compared value of each step of a funnel.

    The steps are the labels of one series, or several series of one label each.
    """
    if len(series) == 1:
        (one,) = series
        return list(zip(labels, one.values, one.baseline or (None,) * len(labels), strict=False))
    return [
        (one.label, one.values[0] if one.values else None, one.baseline[0] if one.baseline else None) for one in series
    ]


def _are_shares(chart: Chart) -> bool:
    return is_whole(chart.series) and not chart.series[0].baseline


def _add_up(chart: Chart) -> bool:
    """Tell whether the values add up: several series of one unit that is no rate and no date."""
    units = {one.unit for one in chart.series}
    return len(chart.series) > 1 and len(units) == 1 and next(iter(units)).name not in RATES | {"date"}


def _is_grid(chart: Chart) -> bool:
    """Tell whether there is a grid: several series of one unit, or two weeks of days, nothing below zero."""
    values = [value for one in chart.series for value in one.values if value is not None]
    if min(values, default=0) < 0 or len({one.unit for one in chart.series}) != 1:
        return False
    if len(chart.series) == 1:
        days = len(chart.labels)
        return _LEAST_DAYS <= days <= _DAYS_A_WEEK * _MOST_COLUMNS and days_of(chart) is not None
    return len(chart.series) <= _MOST_ROWS and len(chart.labels) <= _MOST_COLUMNS


def _is_path(chart: Chart) -> bool:
    """Tell whether the values are steps: of one series, or one of each; the first above zero, and none below."""
    series = chart.series
    values = [value for _, value, _ in steps_of(series, chart.labels)]
    return (
        _FEWEST_STEPS <= len(values) <= _MOST_STEPS
        and len({one.unit for one in series}) == 1
        and bool(values[0])
        and min(value for value in values if value is not None) >= 0
        and (len(series) == 1 or all(len(one.values) == 1 for one in series))
    )


def _cross(chart: Chart) -> bool:
    """Tell whether there are two metrics to cross, and a label that has both."""
    pairs = zip(*(one.values for one in chart.series), strict=False)
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
"""Kind -> whether the values suit it; any values suit the others."""
