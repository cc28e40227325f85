"""Readings: single values with their goals, and why a value is missing."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias

from reportgen.model.changes import Change, Direction, quotient
from reportgen.model.units import RAW, Number, Unit, Value

Missing: TypeAlias = Literal["not_requested", "not_returned", "no_data", "failed", "expired", "not_comparable"]
LimitTone: TypeAlias = Literal["good", "bad", "warn"]
"""The tone of a value past a limit of the author."""

Tone: TypeAlias = Literal["neutral", LimitTone]
"""The tone of a callout or a value; never shown by colour alone."""
Standing: TypeAlias = Literal["reached", "missed", "on_course", "behind"]


@dataclass(frozen=True, slots=True)
class Goal:
    """The goal of a value, and how far the value is.

    Attributes:
        target: In the value's own scale; the ceiling where less is better.
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
        """Return the goal of a value: its target and how far the value is.

        Args:
            value: The value in the period so far.
            target: The target of the whole period.
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
            return cls(target, quotient(value, target), expected, "reached" if met else "missed")
        return cls(target, quotient(value, target), expected, "on_course" if so_far else "behind")


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
