"""The change between two values: its difference, its fraction, and whether it is good."""

from __future__ import annotations

import math
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal, TypeAlias

from reportgen.model.exact_numbers import exact
from reportgen.model.units import RATES, Number, Unit, Value

Direction: TypeAlias = Literal["up_is_good", "down_is_good", "neutral"]
Judgement: TypeAlias = Literal["good", "bad", "neutral"]


MOST_TIMES = 11
"""How many times its baseline a value may be for its change to be printed as a percentage, of 1,000 % at most."""


@dataclass(frozen=True, slots=True)
class Change:
    """The change of a value against its baseline.

    Attributes:
        absolute: Current minus baseline, in the value's unit (percentage points for rates).
        relative: Change as a fraction of the baseline's size; None from a baseline of zero, and
            for rates, which move in percentage points.
        judgement: Whether the move is good news, by the metric's direction; neutral within the
            neutral band.
        noise: Whether the change is smaller than the neutral band.
        is_amount: Whether it is printed as an amount though it has a percentage: from below zero or to below zero a
            percentage tells nothing, and beyond 1,000 % nobody reads it.
    """

    absolute: Number
    relative: float | None
    judgement: Judgement
    noise: bool = False
    is_amount: bool = False

    @property
    def printed_share(self) -> float | None:
        """The change as a fraction of the baseline where it is printed as a percentage; else None."""
        return None if self.is_amount else self.relative

    @classmethod
    def between(cls, current: Number, baseline: Number, unit: Unit, direction: Direction, band: float = 0) -> Change:
        """Return the change between two values: `(current - baseline) / abs(baseline)`.

        Args:
            current: The later value.
            baseline: The value it is compared with.
            unit: The unit of both values.
            direction: Whether a rise is good.
            band: Neutral band: a move of less than this fraction of the baseline's size is noise and
                judged neutral, for rates as for amounts. 0 judges every move.
        """
        absolute = _difference(current, baseline)
        share = quotient(absolute, abs(baseline))
        noise = share is not None and abs(share) < band
        judgement = _judge(absolute, "neutral" if noise else direction)
        if unit.name in RATES:
            return cls(absolute, None, judgement, noise)
        is_percentage = baseline > 0 and current >= 0 and exact(current) <= MOST_TIMES * exact(baseline)
        is_amount = share is not None and not is_percentage
        return cls(absolute, share, judgement, noise, is_amount)


def _difference(current: Number, baseline: Number) -> Number:
    """Return the difference of two numbers as written.

    0.1125 less 0.1 is 0.0125, which prints as 1.3 points, not 0.012499999999999997, which prints as 1.2.
    """
    if isinstance(current, int) and isinstance(baseline, int):
        return current - baseline
    return float(Decimal(repr(current)) - Decimal(repr(baseline)))


def quotient(part: Number, whole: Number) -> float | None:
    """Return the quotient of two numbers, or None for a division by zero or a result too large for a float.

    Numbers are divided as written, as floats would put 2.15 / 0.8 below the tie that it is; integers need no care.
    """
    if not whole:
        return None
    try:
        are_whole = isinstance(part, int) and isinstance(whole, int)
        quotient = part / whole if are_whole else float(Decimal(repr(part)) / Decimal(repr(whole)))
    except OverflowError:
        return None
    return quotient if math.isfinite(quotient) else None


def _judge(absolute: Number, direction: Direction) -> Judgement:
    if absolute == 0 or direction == "neutral":
        return "neutral"
    return "good" if (absolute > 0) == (direction == "up_is_good") else "bad"


def change_of(current: Value, baseline: Value, unit: Unit, direction: Direction, band: float = 0) -> Change | None:
    """Return the change between two values; None unless both and their difference are finite numbers, or for days."""
    if unit.name == "date" or not (isinstance(current, int | float) and isinstance(baseline, int | float)):
        return None
    try:
        comparable = math.isfinite(current - baseline)  # 1e308 against -1e308 is further apart than numbers go
    except OverflowError:
        return None
    return Change.between(current, baseline, unit, direction, band) if comparable else None
