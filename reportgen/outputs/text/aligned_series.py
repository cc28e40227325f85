"""The labels and the series of a chart, cut and filled up to one length."""

from __future__ import annotations

import math
from dataclasses import replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from reportgen.model import Chart, Number


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
