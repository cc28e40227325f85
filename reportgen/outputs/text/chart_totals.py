"""What charts compare: the total of a series in both periods, that of a stack, and the values of whole buckets."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reportgen.model import number_of, sum_of

if TYPE_CHECKING:
    from collections.abc import Sequence
    from decimal import Decimal

    from reportgen.model import Chart, Number, Series
    from reportgen.periods import BucketUnit

_POINTS_OF_TIME: frozenset[BucketUnit] = frozenset({"hour", "day"})
_FEWEST_ADDED = 2  # a single value is its own total


def series_totals(chart: Chart, series: Series) -> tuple[Number, Number | None] | None:
    """Return the total of a series that adds up, and of its compared values; None where a value is missing.

    The compared total is None where nothing is compared, or a compared value is missing. Days without a partner have
    no compared value, and lack none; nor do categories of the compared period alone lack one of this period.
    """
    own = series.values[: len(series.values) - chart.alone]
    known = [value for value in own if value is not None]
    is_whole = len(known) == len(own) and not chart.gapped
    if not series.additive or not is_whole or len(known) < _FEWEST_ADDED:
        return None
    if not has_all_compared(chart):
        return number_of(sum_of(known)), None
    labelled = zip(series.baseline, chart.baseline_labels, strict=False)
    before = [value for value, label in labelled if label]
    compared = number_of(sum_of(before)) if before and None not in before else None
    return number_of(sum_of(known)), compared


def has_all_compared(chart: Chart) -> bool:
    """Return whether all of the compared period is in a chart.

    Compared days without a partner are there all the same; a compared week or month beside one that is cut is not.
    """
    return chart.bucket in _POINTS_OF_TIME or "" not in chart.baseline_labels


def whole_points(chart: Chart, series: Series) -> list[tuple[Number, str]]:
    """Return the values that are there, each with its label, but those of cut buckets where there are others."""
    pairs = enumerate(zip(series.values, chart.labels, strict=False))
    known = [(at, value, label) for at, (value, label) in pairs if value is not None]
    whole = [(value, label) for at, value, label in known if at not in chart.cut]
    return whole or [(value, label) for _, value, label in known]


def stack_total(values: Sequence[Number | None]) -> Decimal | None:
    """Return the sum of the values of a stack; None where one is missing, or there are none."""
    return sum_of(values) if values and None not in values else None
