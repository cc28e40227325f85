"""Readings held against their goals."""

from __future__ import annotations

import pytest

from reportgen.components.goals import with_goal
from reportgen.model import Goal, Reading


@pytest.mark.parametrize("reading", [Reading("reach", missing="no_data"), Reading("reach", value="much")])
def test_without_a_number_there_is_no_progress(reading: Reading) -> None:
    """A missing value or a text is not measured."""
    assert with_goal(reading, 100, "up_is_good", 1, additive=True) is reading


def test_without_a_target_nothing_is_added() -> None:
    """No goal was set, so none is there; a target of zero is one."""
    reading = Reading("reach", value=5)
    assert with_goal(reading, None, "up_is_good", 1, additive=True) is reading
    assert with_goal(reading, 0, "up_is_good", 1, additive=True).goal == Goal(0, None, 1, "reached")


@pytest.mark.parametrize(
    ("value", "elapsed", "additive", "expected", "standing"),
    [(60, 0.5, True, 0.5, "on_course"), (40, 0.5, True, 0.5, "behind"), (60, 0.5, False, 1.0, "behind")],
)
def test_pacing_is_the_share_of_the_period(
    value: int,
    elapsed: float,
    additive: bool,  # noqa: FBT001 - a table of cases
    expected: float,
    standing: str,
) -> None:
    """Half of the period is half of the target only where the value grows day by day."""
    goal = with_goal(Reading("reach", value=value), 100, "up_is_good", elapsed, additive=additive).goal
    assert goal is not None
    assert (goal.progress, goal.expected, goal.standing) == (value / 100, expected, standing)
