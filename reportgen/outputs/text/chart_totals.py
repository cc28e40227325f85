"""The totals of charts: of a series in both periods, and of a stack."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reportgen.model import number_of, sum_of

if TYPE_CHECKING:
    from collections.abc import Sequence
    from decimal import Decimal

    from reportgen.model import Chart, Number, Series

_FEWEST_ADDED = 2  # a single value is its own total


def series_totals(chart: Chart, series: Series) -> tuple[Number, Number | None] | None:
    """Return the total of a series that adds up, and of its compared values; None where a value is missing.

    The compared total is None where nothing is compared, or a compared value is missing. Days without a partner have
    no compared value, and lack none.
    """
    known = [value for value in series.values if value is not None]
    if not series.additive or len(known) < len(series.values) or len(known) < _FEWEST_ADDED:
        return None
    labelled = zip(series.baseline, chart.baseline_labels, strict=False)
    before = [value for value, label in labelled if label]
    compared = number_of(sum_of(before)) if before and None not in before else None
    return number_of(sum_of(known)), compared


def stack_total(values: Sequence[Number | None]) -> Decimal | None:
    """Return the sum of the values of a stack; None where one is missing, or there are none."""
    return sum_of(values) if values and None not in values else None
