"""Readings held against their goals: what an author writes, and the target that it is for the days of a report."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest
from pydantic import TypeAdapter, ValidationError

from reportgen.components.goals import GoalSpec, WrittenGoal, with_goal
from reportgen.model import Goal, Reading, Target
from reportgen.periods import Period, UnitStarts, Window
from tests.components.scenes import OCTOBER, scope

if TYPE_CHECKING:
    from reportgen.model import Direction, OverTime

WEEK = Period(date(2026, 10, 26), date(2026, 11, 1), "week")  # six days of October, one of November
QUARTER = Period(date(2026, 7, 1), date(2026, 9, 30), "quarter")
OCTOBER_DAYS = Period(date(2026, 10, 3), date(2026, 10, 9))


def written(goal: object) -> GoalSpec:
    """Return a goal as it is read from a spec."""
    made: GoalSpec = TypeAdapter(WrittenGoal).validate_python(goal)
    return made


def held(  # noqa: PLR0913 - each is one thing that decides
    goal: object,
    value: float | str | None,
    *,
    over_time: OverTime = "sum",
    direction: Direction = "up_is_good",
    period: Period = OCTOBER,
    own: Period | None = OCTOBER,
    client: object = None,
    first_month: int = 1,
) -> tuple[Goal | None, list[str]]:
    """Return the goal of a value in a period, and the codes of its cautions; `own` is the spec's period."""
    client_goal = None if client is None else written(client)
    where = replace(
        scope(), window=Window(period), spec_period=own, goal=client_goal, starts=UnitStarts(month=first_month)
    )
    block_goal = None if goal is None else written(goal)
    reading, cautions = with_goal(Reading("x", value=value, over_time=over_time), block_goal, direction, where)
    return reading.goal, [caution.code for caution in cautions]


def target(*args: Any, **keys: Any) -> float | None:  # noqa: ANN401 - passed on
    """Return the target of a goal that is held against a period."""
    goal, _ = held(*args, **keys)
    return None if goal is None else round(goal.target, 6)


@pytest.mark.parametrize("value", [None, "much"])
def test_without_a_number_there_is_no_progress(value: str | None) -> None:
    """A missing value or a text is not measured."""
    assert held(100, value) == (None, [])


def test_without_a_target_nothing_is_added() -> None:
    """No goal was set, so none is there; a target of zero is one."""
    assert held(None, 5) == (None, [])
    assert held(0, 5) == (Goal(0, None, 1, "reached"), [])


@pytest.mark.parametrize(
    ("direction", "kind", "standing"),
    [("up_is_good", "at_least", "reached"), ("down_is_good", "at_most", "over"), ("neutral", "progress", None)],
)
def test_a_number_alone_is_a_target_in_the_metrics_direction(
    direction: Direction, kind: str, standing: str | None
) -> None:
    """What is neither good nor bad has progress and no verdict."""
    goal, _ = held(50_000, 60_000, direction=direction)
    assert goal is not None
    assert (goal.kind, goal.standing, goal.progress) == (kind, standing, 1.2)


@pytest.mark.parametrize(
    ("goal", "value", "standing", "progress"),
    [
        ({"at_least": 50}, 50, "reached", 1.0),
        ({"at_least": 50}, 49, "missed", 0.98),
        ({"at_most": 50}, 50, "within", 1.0),
        ({"at_most": 50}, 51, "over", 1.02),
        ({"between": [40, 70]}, 40, "reached", None),
        ({"between": [40, 70]}, 71, "missed", None),
        ({"about": 60}, 66, "reached", 1.1),
        ({"about": 50}, 40, "missed", 0.8),
        ({"about": 100, "within": "29%"}, 129, "reached", 1.29),
        ({"about": 100, "within": "29%"}, 130, "missed", 1.3),
        ({"about": 100, "within": "0.5%"}, 99, "missed", 0.99),
        ({"at_least": -100}, -50, "reached", None),
        ({"at_most": 0}, 5, "over", None),
    ],
)
def test_the_words_of_a_goal_decide(goal: object, value: float, standing: str, progress: float | None) -> None:
    """Whatever the metric's direction; and nothing is a percentage of a range, or of what is not above zero."""
    made, _ = held(goal, value, direction="neutral")
    assert made is not None
    assert (made.standing, made.progress) == (standing, progress)


@pytest.mark.parametrize(
    ("goal", "why"),
    [
        ({"at_least": 5, "at_most": 6}, "not at_least and at_most"),
        ({"between": [70, 40]}, "lower end first"),
        ({"between": [40]}, "Field required"),
        ({}, "a goal is a number"),
        ({"per": "month"}, "a goal is a number"),
        ({"at_least": 5, "per": "fortnight"}, "'day', 'week'"),
        ({"2026-13": 5}, "no month"),
        ({"2026-10": 5, "per": "month"}, "leave `per` out"),
        ({"months": {"2026-09": 5}, "2026-10": 5}, "no key here"),
        ({"at_least": float("nan")}, "finite"),
        ("1,500", "valid number"),
        ("abuot", "'at_least', 'at_most' or 'about'"),
        ("between", "'at_least', 'at_most' or 'about'"),
        ({"about": 5, "within": "0%"}, "no share of the goal; write one above 0% and up to 100%"),
        ({"about": 5, "within": "120%"}, "no share of the goal"),
        ({"about": 5, "within": "a tenth"}, "no share of the goal"),
        ({"at_most": 5, "within": "5%"}, "it goes with about"),
        ({"within": "5%"}, "a goal is a number"),
        ({"kind": "about", "about": 5}, "kind is for an amount that the client has; about has its own here"),
        (True, "valid number"),
    ],
)
def test_a_goal_that_says_nothing_clear_is_refused(goal: object, why: str) -> None:
    """Two kinds at once, ends the wrong way round, no kind at all, unknown words, and text."""
    with pytest.raises(ValidationError, match=why):
        written(goal)


@pytest.mark.parametrize(
    ("goal", "period", "own", "expected"),
    [
        (3100, WEEK, OCTOBER, round(6 * 3100 / 31 + 3100 / 30, 6)),
        (3100, QUARTER, OCTOBER, 9300),
        (3100, OCTOBER_DAYS, OCTOBER, 700),
        ({"target": 70, "per": "week"}, OCTOBER, OCTOBER, 310),
        ({"target": 10, "per": "day"}, OCTOBER, OCTOBER, 310),
        ({"target": 9200, "per": "quarter"}, OCTOBER, OCTOBER, 3100),
        ({"target": 36500, "per": "year"}, OCTOBER, OCTOBER, 3100),
        ({"target": 500, "per": "any"}, WEEK, OCTOBER, 500),
        (300, OCTOBER, Period(date(2026, 9, 1), date(2026, 9, 30)), 310),
        (500, OCTOBER, Period(date(2026, 2, 1), date(2026, 2, 28), "month"), 500),
    ],
)
def test_the_goal_of_a_sum_is_converted_day_by_day(goal: object, period: Period, own: Period, expected: float) -> None:
    """Each day brings the goal of its own unit divided by the days of that unit; a month is a month."""
    assert target(goal, 1, period=period, own=own) == expected


def test_quarters_begin_with_the_fiscal_year() -> None:
    """November to January has 92 days, October to December as many, February to April 89."""
    april = Period(date(2026, 4, 1), date(2026, 4, 30), "month")
    assert target({"target": 8900, "per": "quarter"}, 1, period=april, first_month=2) == 3000


def test_the_ends_of_a_range_are_converted_both() -> None:
    """A month between 310 and 620 is a week between 70 and 140."""
    week = Period(date(2026, 10, 5), date(2026, 10, 11), "week")
    goal, _ = held({"between": [310, 620]}, 100, period=week)
    assert goal is not None
    assert (goal.target, goal.high, goal.standing) == (70, 140, "reached")


def test_a_rate_holds_for_any_period() -> None:
    """A share of five percent is one of a week too."""
    assert held(0.05, 0.07, over_time="quotient", period=WEEK) == (Goal(0.05, 1.4, 1, "reached"), [])


@pytest.mark.parametrize("goal", [31_000, {"target": 5, "per": "week"}])
def test_what_does_not_add_up_is_judged_on_its_own_period(goal: object) -> None:
    """People reached in a month are no sum of its weeks: no verdict, and staff are told."""
    quarter = held(goal, 9000, over_time="other", period=QUARTER)
    assert quarter == (None, ["W-GOAL"])
    assert held(31_000, 40_000, over_time="other")[0] == Goal(31_000, 40_000 / 31_000, 1, "reached")
    assert held({"target": 5, "per": "any"}, 9, over_time="other", period=QUARTER)[1] == []


@pytest.mark.parametrize(
    ("months", "period", "over_time", "expected", "codes"),
    [
        ({"2026-10": 310, "2026-11": 60}, OCTOBER, "sum", 310, []),
        ({"2026-10": 310, "2026-11": 60}, WEEK, "sum", 62, []),
        ({"2026-10": 310}, WEEK, "sum", None, ["W-GOAL"]),
        ({"2026-10": 310}, OCTOBER, "other", 310, []),
        ({"2026-10": 310}, OCTOBER_DAYS, "other", None, ["W-GOAL"]),
        ({"2026-10": 0.5}, OCTOBER_DAYS, "quotient", 0.5, []),
        ({"2026-10": 0.5, "2026-11": 0.6}, WEEK, "quotient", None, ["W-GOAL"]),
    ],
)
def test_goals_by_month(
    months: dict[str, float], period: Period, over_time: OverTime, expected: float | None, codes: list[str]
) -> None:
    """Each day has the goal of its month; a period with a month that has none is not judged."""
    goal, found = held(None, 100, client=months, period=period, over_time=over_time)
    assert (goal and goal.target, found) == (expected, codes)


def test_a_month_without_a_goal_has_none_of_the_specs() -> None:
    """A client with goals of its own is not held against the general goal of the spec in a month that it lacks."""
    assert held(50, 100, client={"2026-09": 60}) == (None, ["W-GOAL"])


def test_a_clients_number_keeps_the_kind_and_the_period_of_the_specs_goal() -> None:
    """A budget of 50 a week stays a budget a week where the client's is 70."""
    goal, _ = held({"at_most": 50, "per": "week"}, 400, direction="neutral", client=70)
    assert goal is not None
    assert (goal.kind, goal.target, goal.standing) == ("at_most", 310, "over")
    assert held({"at_most": 50}, 60, direction="neutral", client={"2026-10": 55})[0] == Goal(
        55, 60 / 55, 1, "over", "at_most"
    )
    assert held({"at_most": 50}, 60, client={"at_least": 55})[0] == Goal(55, 60 / 55, 1, "reached")


def test_before_the_first_day_is_over_there_is_no_pace() -> None:
    """A day that runs is judged where nothing can change the verdict any more, and else has no goal."""
    today = Period(date(2026, 10, 5), date(2026, 10, 5), complete=False)
    assert held(100, 40, period=today, own=today)[0] is None
    assert held(100, 140, period=today, own=today)[0] == Goal(100, 1.4, 0.0, "reached")


def test_a_kind_alone_has_the_clients_amount() -> None:
    """Without one there is no goal, and staff are told; the client's own kind goes before."""
    assert held("about", 5) == (None, ["W-GOAL"])
    assert held("about", 104, client=100)[0] == Goal(100, 1.04, 1, "reached", "about")
    assert held("at_most", 104, client={"2026-10": 100})[0] == Goal(100, 1.04, 1, "over", "at_most")
    assert held({"kind": "about", "within": "3%"}, 104, client=100)[0] == Goal(100, 1.04, 1, "missed", "about")
    assert held("about", 104, client={"at_most": 110})[0] == Goal(110, 104 / 110, 1, "within", "at_most")
    weekly = held({"kind": "about", "per": "week"}, 400, client=70)[0]
    assert weekly is not None
    assert weekly.target == 310


@pytest.mark.parametrize(
    ("value", "standing"), [(40, "behind"), (45, "on_course"), (55, "on_course"), (56, "above_pace"), (111, "missed")]
)
def test_the_pace_of_a_value_about_its_target(value: float, standing: str) -> None:
    """Half of the days are over, so half of the target is due, give or take a tenth of that half."""
    goal = Goal.of(value, Target("about", 100), elapsed=0.5, over_time="sum")
    assert (goal.standing, goal.expected) == (standing, 0.5)


@pytest.mark.parametrize(("more", "order"), [(-1, "below"), (0, "equal"), (1, "above")])
def test_a_share_is_all_of_a_goal_for_the_goal_alone(more: int, order: str) -> None:
    """Also where floats have no number between: a goal that is missed by one in ten quadrillions is missed."""
    share = Goal.of(10**16 + more, Target("at_least", 10**16), elapsed=1, over_time="sum").progress
    assert share is not None
    assert {"below": share < 1, "equal": share == 1, "above": share > 1}[order]
