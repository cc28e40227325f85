"""Single values: what they are measured in, how they moved, why they are missing."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Annotated, Literal, TypeAlias

from pydantic import Field

Number: TypeAlias = int | float
Missing: TypeAlias = Literal["not_requested", "not_returned", "no_data", "failed", "expired", "not_comparable"]
UnitName: TypeAlias = Literal[
    "count",
    "decimal",
    "percent",
    "percent_100",
    "currency",
    "milliseconds",
    "seconds",
    "minutes",
    "hours",
    "date",
    "text",
]
Direction: TypeAlias = Literal["up_is_good", "down_is_good", "neutral"]
Judgement: TypeAlias = Literal["good", "bad", "neutral"]
Value: TypeAlias = Number | str | None

RATES: frozenset[UnitName | None] = frozenset({"percent", "percent_100"})


@dataclass(frozen=True, slots=True)
class Unit:
    """What a value is measured in.

    Attributes:
        name: The closed word; None means that nobody said, and the value is printed as it came.
        currency: ISO 4217 code, for `currency`; None prints the amount without a symbol.
        decimals: Digits after the decimal sign; None leaves it to the unit and the currency.
        compact: Whether large values are shortened, 12.3K.
    """

    name: Annotated[UnitName | None, Field(alias="as")] = None
    currency: str | None = None
    decimals: int | None = None
    compact: bool = False


RAW = Unit()


@dataclass(frozen=True, slots=True)
class Change:
    """How a value moved against its baseline.

    Attributes:
        absolute: Current minus baseline, in the value's unit (percentage points for rates).
        relative: Change as a fraction of the baseline's size; None from a baseline of zero, and
            for rates, which move in percentage points.
        judgement: Whether the move is good news, by the metric's direction.
    """

    absolute: Number
    relative: float | None
    judgement: Judgement

    @classmethod
    def between(cls, current: Number, baseline: Number, unit: Unit, direction: Direction) -> Change:
        """Compare two values: `(current - baseline) / abs(baseline)`."""
        absolute = current - baseline
        relative = None if unit.name in RATES else _quotient(absolute, abs(baseline))
        return cls(absolute, relative, _judge(absolute, direction))


def _quotient(part: Number, whole: Number) -> float | None:
    """Divide; None by zero, and where the result is beyond what a number can hold."""
    try:
        quotient = part / whole
    except (ZeroDivisionError, OverflowError):
        return None
    return quotient if math.isfinite(quotient) else None


def _judge(absolute: Number, direction: Direction) -> Judgement:
    if absolute == 0 or direction == "neutral":
        return "neutral"
    return "good" if (absolute > 0) == (direction == "up_is_good") else "bad"


@dataclass(frozen=True, slots=True)
class Reading:
    """One value, for a number block.

    Attributes:
        field: The API's metric name.
        unit: What it is measured in.
        value: The value in the API's scale; None where it is missing.
        missing: Why it is missing; None where it is there.
        baseline: The value it is compared with; None where there is none.
        baseline_missing: Why there is no baseline; None where there is one.
        change: How it moved; None where either value is missing or is no number.
    """

    field: str
    unit: Unit = RAW
    value: Value = None
    missing: Missing | None = None
    baseline: Value = None
    baseline_missing: Missing | None = None
    change: Change | None = None
