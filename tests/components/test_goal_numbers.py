"""Goals of rates: 25% is 0.25 of a fraction and 25 of percent, and a plain number beyond the whole is doubted."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from pydantic import TypeAdapter, ValidationError

from reportgen.components import AnyBlock
from reportgen.components.goal_numbers import percent_doubt
from reportgen.components.goals import WrittenGoal, with_goal
from reportgen.model import Reading, Unit
from tests.components.scenes import scope

if TYPE_CHECKING:
    from reportgen.model import Caution, UnitName

NUMBER = {"reference_key": "gads:ctr", "component": "number_v1", "metrics": ["ctr"]}


def held(goal: object, value: float, unit: UnitName | None) -> tuple[Reading, tuple[Caution, ...]]:
    """Return a reading with a goal that an author wrote, in October, and its cautions."""
    made = TypeAdapter(WrittenGoal).validate_python(goal)
    return with_goal(Reading("ctr", Unit(unit), value, over_time="quotient"), made, "up_is_good", scope())


@pytest.mark.parametrize(
    ("goal", "unit", "target"),
    [
        ("25%", "percent", 0.25),
        ("25%", "percent_100", 25),
        ("0.7%", "percent", 0.007),
        ("25 %", "percent", 0.25),
        ({"at_least": "25%"}, "percent", 0.25),
        ({"2026-10": "25%"}, "percent_100", 25),
        (0.25, "percent", 0.25),
        ("150%", "percent", 1.5),
    ],
)
def test_a_goal_in_percent_has_the_scale_of_its_values(goal: object, unit: UnitName, target: float) -> None:
    """As limits of tones and conditions do, and to the last digit."""
    reading, cautions = held(goal, 0.2, unit)
    assert reading.goal is not None
    assert (reading.goal.target, cautions) == (target, ())


def test_both_ends_of_a_range_are_in_percent() -> None:
    """Their order is that of the percentages; a range of both kinds has no order yet."""
    reading, _ = held({"between": ["9%", "25%"]}, 0.2, "percent")
    assert reading.goal is not None
    assert (reading.goal.target, reading.goal.standing) == (0.09, "reached")
    for ends, said in ((["20%", 0.3], "write both ends in percent"), (["25%", "9%"], "write the lower end first")):
        with pytest.raises(ValidationError, match=said):
            TypeAdapter(WrittenGoal).validate_python({"between": ends})


def test_a_goal_in_percent_needs_a_rate() -> None:
    """Which number 25% of clicks would be is not known: the block says so, and a client's goal is a caution."""
    with pytest.raises(ValidationError, match="goal: a goal of 25% needs a number with format: percent; write a plain"):
        TypeAdapter(AnyBlock).validate_python({**NUMBER, "format": "count", "goal": "25%"})
    reading, (caution,) = held("25%", 20, "count")
    assert reading.goal is None
    assert str(caution.text).startswith("a goal of 25% needs a number with format: percent")


@pytest.mark.parametrize("goal", ["25,5%", "%", "a%", "1,500"])
def test_what_is_no_number_is_refused(goal: str) -> None:
    """A comma is no point."""
    with pytest.raises(ValidationError):
        TypeAdapter(WrittenGoal).validate_python(goal)


@pytest.mark.parametrize(
    ("goal", "unit", "said"),
    [
        (25.0, "percent", "a goal of 25 is 2500% with format: percent; write 25%, or 2500% where it is meant"),
        (1.0, "percent", "a goal of 1 is 100% with format: percent; write 1%, or 100% where it is meant"),
        (0.99, "percent", None),
        ("100%", "percent", None),
        (25.0, "percent_100", None),
        (25.0, "count", None),
    ],
)
def test_a_plain_goal_of_the_whole_or_more_is_doubted(goal: float | str, unit: UnitName, said: str | None) -> None:
    """A share seldom reaches the whole; who means it writes it in percent."""
    assert percent_doubt([goal], unit) == said


def test_a_doubted_goal_is_held_and_is_a_caution() -> None:
    """It may be meant, so the report has it, and staff are told."""
    reading, (caution,) = held(25, 0.2, "percent")
    assert reading.goal is not None
    assert (reading.goal.target, caution.code) == (25, "W-GOAL")
