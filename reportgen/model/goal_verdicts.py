"""Goals: targets, and the verdicts on values that are held against them."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Literal, TypeAlias

from reportgen.model.changes import quotient
from reportgen.model.exact_numbers import exact
from reportgen.model.units import Number

Standing: TypeAlias = Literal["reached", "missed", "within", "over", "on_course", "behind", "above_pace"]
"""The verdict on a value by its goal: `within` and `over` a limit; the last three while the period runs."""

GoalKind: TypeAlias = Literal["at_least", "at_most", "between", "about", "progress"]
"""The kind of a goal; `progress` is a target of a value that is neither good nor bad when it rises."""

OverTime: TypeAlias = Literal["sum", "quotient", "other"]
"""How a value of several days follows from its days: their sum; a quotient, which any days have; or neither."""

NEAR = 0.1
"""The share of a target within which a value is about the target, where its author says no other."""

_DECIDED: dict[GoalKind, tuple[Standing, Standing]] = {
    "at_least": ("missed", "reached"),
    "at_most": ("over", "within"),
    "between": ("missed", "reached"),
    "about": ("missed", "reached"),
}
_SO_FAR: dict[GoalKind, tuple[Standing, Standing]] = {
    "at_least": ("behind", "on_course"),
    "at_most": ("above_pace", "on_course"),
}
_PACED = frozenset({*_SO_FAR, "about"})  # kinds with a verdict while the period runs


@dataclass(frozen=True, slots=True)
class Target:
    """The target of a value.

    Attributes:
        kind: Its kind.
        low: The number, in the value's own scale; of a range the lower end.
        high: The upper end of a range.
        near: The share of the number within which a value is about it.
    """

    kind: GoalKind
    low: Number
    high: Number | None = None
    near: float = NEAR

    @property
    def ends(self) -> tuple[Number, Number]:
        """The least and the largest value that reach it; infinite where there is no such end."""
        apart = float(exact(abs(self.low)) * exact(self.near))
        return {
            "at_least": (self.low, math.inf),
            "at_most": (-math.inf, self.low),
            "between": (self.low, self.low if self.high is None else self.high),
            "about": (self.low - apart, self.low + apart),
            "progress": (-math.inf, math.inf),
        }[self.kind]


@dataclass(frozen=True, slots=True)
class Goal:
    """The goal of a value, and how far the value is.

    Attributes:
        target: In the value's own scale; the lower end of a range.
        progress: The value as a fraction of the target; None for a range, and where the target is not above zero.
        expected: The share of the target that was due by now; 1 where the period is over, or the
            value is no sum of its days.
        standing: The verdict; None where the value is neither good nor bad, or nothing is decided yet.
        kind: Its kind.
        high: The upper end of a range.
    """

    target: Number
    progress: float | None
    expected: float
    standing: Standing | None
    kind: GoalKind = "at_least"
    high: Number | None = None

    @property
    def numbers(self) -> tuple[Number, ...]:
        """Its target, or both ends of a range."""
        return (self.target,) if self.high is None else (self.target, self.high)

    @classmethod
    def of(cls, value: Number, target: Target, *, elapsed: float, over_time: OverTime) -> Goal:
        """Return the goal of a value: its target and how far the value is.

        Args:
            value: The value in the period so far.
            target: The target of the whole period.
            elapsed: Share of the period that is over, 0 to 1.
            over_time: Where the value is the sum of its days, a part of the period means a part of the target.
        """
        measured = target.low > 0 and target.kind != "between"
        grows = over_time == "sum" and target.low > 0
        progress = _progress(value, target.low) if measured else None
        standing = _decided(value, target, over=elapsed >= 1, grows=grows)
        if standing is None and grows and target.kind in _PACED:
            standing = _so_far(value, target, target.low * elapsed)
        return cls(
            target.low, progress, elapsed if grows and measured else 1.0, standing, target.kind, high=target.high
        )


def _progress(value: Number, target: Number) -> float | None:
    """Return the fraction of a target; it is 1 for the target alone, also where floats have none between."""
    share = quotient(value, target)
    return math.nextafter(1, math.inf if value > target else 0) if share == 1 and value != target else share


def _decided(value: Number, target: Target, *, over: bool, grows: bool) -> Standing | None:
    """Return the verdict on a value; None where there is none, or more days may change it."""
    least, most = target.ends
    met = least <= value <= most
    past = value > most or (met and most == math.inf)
    return _DECIDED[target.kind][met] if target.kind in _DECIDED and (over or (grows and past)) else None


def _so_far(value: Number, target: Target, due: float) -> Standing:
    """Return how a value stands to the part of its target that was due by now."""
    if target.kind == "about":
        least, most = due * (1 - target.near), due * (1 + target.near)
        return "behind" if value < least else "above_pace" if value > most else "on_course"
    return _SO_FAR[target.kind][value <= due if target.kind == "at_most" else value >= due]
