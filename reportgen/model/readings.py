"""Readings: single values, and why a value is missing."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias

from reportgen.model.changes import Change, Direction
from reportgen.model.goal_verdicts import Goal, OverTime
from reportgen.model.units import RAW, Unit, Value
from reportgen.periods import Period

Missing: TypeAlias = Literal["not_requested", "not_returned", "no_data", "failed", "expired", "not_comparable"]
GRAVEST_FIRST: tuple[Missing, ...] = (
    "expired",
    "failed",
    "not_returned",
    "not_comparable",
    "no_data",
    "not_requested",
)
"""The reasons why a value is missing, the gravest first, which counts for a value that is made of several."""

Remark: TypeAlias = Literal[
    "last_30_days",
    "own_period",
    "zero_divisor",
    "lacking_account",
    "unmergeable",
    "none_met",
    "unfinished",
    "partial_total",
]
"""A remark on a figure: it covers the last 30 days or another period of its own instead of the report's period,
its divisor is zero, some of its accounts have no value, the figures of its accounts may not be added up, no row
meets its condition, its day had not ended, or a total lacks rows."""
LimitTone: TypeAlias = Literal["good", "bad", "warn"]
"""The tone of a value past a limit of the author."""

Tone: TypeAlias = Literal["neutral", LimitTone]
"""The tone of a callout or a value; never shown by colour alone."""


@dataclass(frozen=True, slots=True)
class ComparedValue:
    """The value of other days that a value is compared with.

    Attributes:
        compared: These days.
        baseline: The value; None where there is none.
        baseline_missing: Why there is none; None where there is one.
        change: The change against it; None where either value is missing or is no number, or where the two periods
            cannot be compared.
    """

    compared: Period
    baseline: Value = None
    baseline_missing: Missing | None = None
    change: Change | None = None


@dataclass(frozen=True, slots=True)
class Reading:
    """A value with its baseline, change and goal.

    Attributes:
        field: The API's metric name.
        unit: The unit of its values.
        value: The value in the API's scale; None where it is missing.
        missing: Why it is missing; None where it is there.
        baseline: The value it is compared with; None where there is none.
        baseline_missing: Why there is no baseline; None where there is one.
        change: The change against the baseline; None where either value is missing or is no number, or where the two
            periods cannot be compared.
        goal: Its goal; None where none was set or there is no value.
        label: Its name in a list; empty where its block's title is its name.
        over_time: How it follows from its days.
        remarks: The remarks on it in a list; empty where its block has them.
        days: The days it covers, where these are its own and not those of the report.
        compared: The days that it is compared with, where these are not those of the report.
        direction: Whether a rise of it is good.
        further: Its comparisons beside that with its baseline.
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
    over_time: OverTime = "other"
    remarks: tuple[Remark, ...] = ()
    days: Period | None = None
    compared: Period | None = None
    direction: Direction = "neutral"
    further: tuple[ComparedValue, ...] = ()
