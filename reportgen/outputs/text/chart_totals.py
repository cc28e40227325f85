"""The totals of charts: of a series in both periods, of a stack, and of the small parts of a ring together."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from reportgen.outputs.text.catalogues import words_of
from reportgen.outputs.text.chart_values import exact, number_of, sum_of
from reportgen.outputs.text.counts_and_shares import count_text

if TYPE_CHECKING:
    from collections.abc import Sequence
    from decimal import Decimal

    from reportgen.model import Chart, Number, Series

_MOST_PARTS = 6  # of a ring
_FEWEST_ADDED = 2  # a single value is its own total


class RingPart(NamedTuple):
    """A part of a ring: its amount and its name, and whether it is the sum of the small parts."""

    amount: Decimal
    label: str
    is_rest: bool = False


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
    """Return the sum of the values of a stack that are there; None where all are missing."""
    return None if all(value is None for value in values) else sum_of(values)


def ring_parts(series: Series, labels: Sequence[str], locale: str) -> list[RingPart]:
    """Return the parts of a ring, the largest first; of more than six the five largest, and the others together."""
    values = zip(series.values, labels, strict=False)
    parts = sorted((RingPart(exact(value), label) for value, label in values if value), key=lambda part: -part.amount)
    if len(parts) <= _MOST_PARTS:
        return parts
    kept, rest = parts[: _MOST_PARTS - 1], parts[_MOST_PARTS - 1 :]
    other = words_of(locale).gettext("Other (%(count)s)") % {"count": count_text(len(rest), locale)}
    return [*kept, RingPart(sum((part.amount for part in rest), exact(0)), other, is_rest=True)]
