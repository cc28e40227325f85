"""A reading held against what it was meant to reach."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from reportgen.model import Goal

if TYPE_CHECKING:
    from reportgen.model import Direction, Reading


def with_goal(
    reading: Reading, target: float | None, direction: Direction, elapsed: float, *, additive: bool
) -> Reading:
    """Return a reading with its goal; as it is where nothing was set, there is no number, or it is too early to tell.

    Args:
        reading: Of the current period.
        target: For the whole period, in the reading's scale; None where nothing was set.
        direction: Where less is better the target is a ceiling.
        elapsed: Share of the period that is over, 0 to 1.
        additive: Whether the value grows day by day; see `Goal.of`.
    """
    if target is None or not isinstance(reading.value, int | float):
        return reading
    goal = Goal.of(reading.value, target, direction, elapsed=elapsed, additive=additive)
    early = elapsed == 0 and goal.standing in {"on_course", "behind"}  # no pace can be told on the first day
    return reading if early else replace(reading, goal=goal)
