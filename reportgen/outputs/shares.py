"""Shares of a whole: which charts print them, and how they are written."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from reportgen.formatting import format_value
from reportgen.model import Unit

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from reportgen.model import Chart, Number, Series

_ONE_PERCENT = 0.01


def is_pie(series: Sequence[Series]) -> bool:
    """Tell whether the values are shares of a whole: one series, none negative, not all zero."""
    values = [value for one in series for value in one.values if value is not None]
    return len(series) == 1 and min(values, default=0) >= 0 and max(values, default=0) > 0


def prints_shares(chart: Chart) -> bool:
    """Tell whether the shares of a chart's parts are drawn: of a ring or disc that nothing is compared with."""
    return chart.kind in {"pie", "donut"} and is_pie(chart.series) and not chart.series[0].baseline


def share_of(part: Number, parts: Iterable[Number]) -> float:
    """Return the share that a part is of what the parts add up to, 0 to 1, added as written and not as floats are."""
    return float(Decimal(repr(part)) / sum(Decimal(repr(one)) for one in parts))


def share_text(share: float, locale: str) -> str:
    """Write a share of a whole: in whole percent, below one with a decimal."""
    return format_value(share, Unit("percent", decimals=0 if share >= _ONE_PERCENT else 1), locale)
