"""The goal of a reading."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from reportgen.model import Goal

if TYPE_CHECKING:
    from reportgen.model import Direction, Reading


def with_goal(
    reading: Reading, target: float | None, direction: Direction, elapsed: float, *, additive: bool
) -> Reading:
    """Return a reading with its goal; unchanged without a target or a number, or before the first day is over.

    Args:
        reading: A reading of the current period.
        target: The target of the whole period, in the reading's scale; None where none was set.
        direction: Where less is better the target is a ceiling.
        elapsed: Share of the period that is over, 0 to 1.
        additive: Whether the value grows day by day; see `Goal.of`.
    """
    if target is None or not isinstance(reading.value, int | float):
        return reading
    goal = Goal.of(reading.value, target, direction, elapsed=elapsed, additive=additive)
    early = elapsed == 0 and goal.standing in {"on_course", "behind"}  # the first day has no pace yet
    return reading if early else replace(reading, goal=goal)
