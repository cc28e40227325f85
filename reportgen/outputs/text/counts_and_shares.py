"""Counts, and shares of a whole, as text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reportgen.formatting import format_value
from reportgen.model import Unit
from reportgen.outputs.text.chart_values import exact, sum_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from reportgen.model import Number

_ONE_PERCENT = 0.01


def count_text(count: int, locale: str) -> str:
    """Return a count in the digits of a locale."""
    return format_value(count, Unit("count"), locale)


def share_of(part: Number, parts: Iterable[Number]) -> float:
    """Return the share that a part is of the sum of the parts, 0 to 1, added as written and not as floats are."""
    return float(exact(part) / sum_of(parts))


def share_text(share: float, locale: str) -> str:
    """Return a share of a whole as text: in whole percent, below 1 % with a decimal."""
    return format_value(share, Unit("percent", decimals=0 if share >= _ONE_PERCENT else 1), locale)
