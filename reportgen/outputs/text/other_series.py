"""The series of a chart beyond six, added up as "Other" where they are parts of a whole."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from reportgen.model import RATES, form_of, number_of, sum_of
from reportgen.outputs.text.chart_totals import stack_total
from reportgen.outputs.text.counts_and_shares import other_text

if TYPE_CHECKING:
    from collections.abc import Sequence
    from decimal import Decimal

    from reportgen.model import Chart, Number, Series

MOST_SERIES = 6
"""How many series have colours and dashes of their own."""

_DRAWN_TOGETHER = frozenset({"line", "area", "bar", "horizontal_bar"})


def are_apart(chart: Chart) -> bool:
    """Return whether the series of a chart are too many for one plot, and each has a small chart of its own."""
    return len(chart.series) > MOST_SERIES and form_of(chart) in {*_DRAWN_TOGETHER, "combo"}


def with_other_series(chart: Chart, locale: str) -> Chart:
    """Return a chart of at most six series: the five largest, and "Other" for the rest, where they add up.

    Series add up where they are stacked, or are parts of one metric that make a whole; all others stay.
    """
    if len(chart.series) <= MOST_SERIES or not _add_up(chart):
        return chart

    def size(at: int) -> Decimal:
        return sum_of(abs(value) for value in chart.series[at].values if value is not None)

    largest = sorted(range(len(chart.series)), key=lambda at: -size(at))[: MOST_SERIES - 1]
    rest = [series for at, series in enumerate(chart.series) if at not in largest]
    label = other_text(len(rest), locale)
    return replace(chart, series=(*(chart.series[at] for at in sorted(largest)), _together(rest, label)))


def _add_up(chart: Chart) -> bool:
    form = form_of(chart)
    if form == "stacked":
        return True
    fields, units = {series.field for series in chart.series}, {series.unit for series in chart.series}
    is_one_metric = len(fields) == len(units) == 1 and not {unit.name for unit in units} & (RATES | {"date"})
    return form in _DRAWN_TOGETHER and is_one_metric and all(series.parts for series in chart.series)


def _together(series: Sequence[Series], label: str) -> Series:
    """Return the sum of series under a label; a point that all of them miss is missing."""
    baselines = [each.baseline for each in series if each.baseline]
    return replace(
        series[0],
        label=label,
        values=_sums([each.values for each in series]),
        baseline=_sums(baselines),
        additive=all(each.additive for each in series),
    )


def _sums(rows: Sequence[Sequence[Number | None]]) -> tuple[Number | None, ...]:
    totals = map(stack_total, zip(*rows, strict=False))
    return tuple(None if total is None else number_of(total) for total in totals)
