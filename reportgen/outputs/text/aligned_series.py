"""Labels and series of a chart made equally long, before anything is said or drawn of them."""

from __future__ import annotations

import math
from dataclasses import replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from reportgen.model import Chart, Number


def aligned(chart: Chart) -> Chart:
    """Return a chart whose labels and series are equally long; values that are no numbers are missing."""
    count = min(len(chart.labels), max((len(one.values) for one in chart.series), default=0))
    series = tuple(
        replace(
            one,
            values=_padded(one.values, count),
            baseline=_padded(one.baseline, count) if one.baseline else (),
        )
        for one in chart.series
    )
    return replace(chart, labels=chart.labels[:count], series=series)


def _padded(values: Sequence[Number | None], count: int) -> tuple[Number | None, ...]:
    finite = [None if isinstance(value, float) and not math.isfinite(value) else value for value in values[:count]]
    return (*finite, *(None,) * (count - len(finite)))
