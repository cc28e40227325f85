"""The points of a chart: its labels and series at one length, and its labels as days."""

from __future__ import annotations

import math
from dataclasses import replace
from datetime import date
from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from reportgen.model.chart_series import Chart
    from reportgen.model.units import Number


def aligned(chart: Chart) -> Chart:
    """Return a chart whose labels and series are equally long; values that are no numbers are missing."""
    count = min(len(chart.labels), max((len(series.values) for series in chart.series), default=0))
    series = tuple(
        replace(
            series,
            values=_padded(series.values, count),
            baseline=_padded(series.baseline, count) if series.baseline else (),
        )
        for series in chart.series
    )
    return replace(chart, labels=chart.labels[:count], series=series)


def _padded(values: Sequence[Number | None], count: int) -> tuple[Number | None, ...]:
    finite = [None if isinstance(value, float) and not math.isfinite(value) else value for value in values[:count]]
    return (*finite, *(None,) * (count - len(finite)))


def days_of(chart: Chart) -> tuple[date, ...] | None:
    """Return the first days of the buckets of a chart; None where they are no rising row of days."""
    return _rising_days(chart.labels) if chart.label_type == "date" else None


@lru_cache(maxsize=16)  # a chart is asked for its days by whatever chooses its form, its ticks and its texts
def _rising_days(labels: tuple[str, ...]) -> tuple[date, ...] | None:
    try:
        days = tuple(date.fromisoformat(label[:10]) for label in labels)
    except ValueError:
        return None
    return days if all(day < after for day, after in pairwise(days)) else None
