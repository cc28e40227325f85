"""Labels and series made equally long and legible, before anything is drawn of them."""

from __future__ import annotations

import math
from dataclasses import replace
from typing import TYPE_CHECKING

from reportgen.outputs.charts.lettering import lettered

if TYPE_CHECKING:
    from collections.abc import Sequence

    from reportgen.model import Chart, Number


def aligned(chart: Chart) -> Chart:
    """Make labels and series equally long and legible, and values that are no numbers missing."""
    count = min(len(chart.labels), max((len(one.values) for one in chart.series), default=0))
    series = tuple(
        replace(
            one,
            label=lettered(one.label) or lettered(one.field),
            values=_padded(one.values, count),
            baseline=_padded(one.baseline, count) if one.baseline else (),
        )
        for one in chart.series
    )
    return replace(chart, labels=tuple(map(lettered, chart.labels[:count])), series=series)


def _padded(values: Sequence[Number | None], count: int) -> tuple[Number | None, ...]:
    finite = [None if isinstance(value, float) and not math.isfinite(value) else value for value in values[:count]]
    return (*finite, *(None,) * (count - len(finite)))
