"""Shares of a whole, as text."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from reportgen.formatting import format_value
from reportgen.model import Unit

if TYPE_CHECKING:
    from collections.abc import Iterable

    from reportgen.model import Number

_ONE_PERCENT = 0.01


def share_of(part: Number, parts: Iterable[Number]) -> float:
    """Return the share that a part is of what the parts add up to, 0 to 1, added as written and not as floats are."""
    return float(Decimal(repr(part)) / sum(Decimal(repr(one)) for one in parts))


def share_text(share: float, locale: str) -> str:
    """Write a share of a whole: in whole percent, below one with a decimal."""
    return format_value(share, Unit("percent", decimals=0 if share >= _ONE_PERCENT else 1), locale)
