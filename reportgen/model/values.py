"""Single values: what they are measured in, how they moved, why they are missing."""

from __future__ import annotations

import math
from dataclasses import dataclass
from decimal import Decimal
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
Tone: TypeAlias = Literal["neutral", "good", "bad", "warn"]
"""What a callout or a value is about; never told by its colour alone."""
Judgement: TypeAlias = Literal["good", "bad", "neutral"]
Standing: TypeAlias = Literal["reached", "missed", "on_course", "behind"]
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

    name: Annotated[UnitName | None, Field(alias="as", description="The closed word; None where nobody said.")] = None
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
        judgement: Whether the move is good news, by the metric's direction; neutral within the
            neutral band.
        noise: Whether it is smaller than the neutral band.
    """

    absolute: Number
    relative: float | None
    judgement: Judgement
    noise: bool = False

    @classmethod
    def between(cls, current: Number, baseline: Number, unit: Unit, direction: Direction, band: float = 0) -> Change:
        """Compare two values: `(current - baseline) / abs(baseline)`.

        Args:
            current: The later value.
            baseline: The value it is compared with.
            unit: Of both.
            direction: Whether a rise is good.
            band: Neutral band: a move of less than this fraction of the baseline's size is noise and
                judged neutral, for rates as for amounts. 0 judges every move.
        """
        absolute = _difference(current, baseline)
        share = _quotient(absolute, abs(baseline))
        noise = share is not None and abs(share) < band
        judgement = _judge(absolute, "neutral" if noise else direction)
        return cls(absolute, None if unit.name in RATES else share, judgement, noise)


def _difference(current: Number, baseline: Number) -> Number:
    """Subtract as written: 0.1125 less 0.1 is 0.0125, which prints 1.3 points, not 0.012499999999999997."""
    if isinstance(current, int) and isinstance(baseline, int):
        return current - baseline
    return float(Decimal(repr(current)) - Decimal(repr(baseline)))


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


def change_of(current: Value, baseline: Value, unit: Unit, direction: Direction, band: float = 0) -> Change | None:
    """Compare two values where both are finite numbers whose difference is one too; None elsewhere."""
    if not (isinstance(current, int | float) and isinstance(baseline, int | float)):
        return None
    try:
        comparable = math.isfinite(current - baseline)  # 1e308 against -1e308 is further apart than numbers go
    except OverflowError:
        return None
    return Change.between(current, baseline, unit, direction, band) if comparable else None


@dataclass(frozen=True, slots=True)
class Goal:
    """What a value was meant to reach.

    Attributes:
        target: In the value's own scale; the most it should be where less is better.
        progress: The value as a fraction of the target; None where the target is zero.
        expected: The share of the target that was due by now; 1 where the period is over, or the
            metric does not add up day by day.
        standing: `reached` or `missed` where it is decided; `on_course` or `behind` while the period
            runs.
    """

    target: Number
    progress: float | None
    expected: float
    standing: Standing

    @classmethod
    def of(cls, value: Number, target: Number, direction: Direction, *, elapsed: float, additive: bool) -> Goal:
        """Measure a value against its target.

        Args:
            value: In the period so far.
            target: For the whole period.
            direction: Where less is better the target is a ceiling.
            elapsed: Share of the period that is over, 0 to 1.
            additive: Whether the value grows day by day, so that a part of the period means a part of
                the target; a rate is held against the whole target at any time.
        """
        expected = elapsed if additive else 1.0
        due = target * expected
        if direction == "down_is_good":
            final = value > target and (additive or elapsed >= 1)
            met, so_far = value <= target, value <= due
        else:
            final = value >= target and (additive or elapsed >= 1)
            met, so_far = value >= target, value >= due
        if elapsed >= 1 or final:
            return cls(target, _quotient(value, target), expected, "reached" if met else "missed")
        return cls(target, _quotient(value, target), expected, "on_course" if so_far else "behind")


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
        change: How it moved; None where either value is missing or is no number, or where the two
            periods cannot be compared.
        goal: What it was meant to reach; None where nothing was set or there is no value.
        label: Its name, where it stands among others; empty where its block's title is its name.
    """

    field: str
    unit: Unit = RAW
    value: Value = None
    missing: Missing | None = None
    baseline: Value = None
    baseline_missing: Missing | None = None
    change: Change | None = None
    goal: Goal | None = None
    label: str = ""
