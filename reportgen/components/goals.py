"""The goals of readings: what an author writes, and the target that it is for the days of a report."""

from __future__ import annotations

import re
from dataclasses import replace
from fractions import Fraction
from typing import TYPE_CHECKING, Annotated, Literal, TypeAlias

from pydantic import AfterValidator, BeforeValidator, Field, GetJsonSchemaHandler, model_validator

from reportgen.components.goal_numbers import PERCENT_PATTERN, GoalNumber, exact_goal, percent_doubt, percent_fault
from reportgen.components.yaml_models import YamlModel
from reportgen.model import NEAR, Caution, Goal, Target
from reportgen.periods import (
    Period,
    days_by_month,
    days_by_unit_length,
    is_month_name,
    is_period,
    iso_forms,
    month_length,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pydantic.json_schema import JsonSchemaValue
    from pydantic_core import CoreSchema

    from reportgen.components.component import Scope
    from reportgen.model import Direction, GoalKind, Number, OverTime, Reading
    from reportgen.periods import Calendar

MONTH_PATTERN = r"^[0-9]{4}-[0-9]{2}$"
"""A month of a year, `2026-10`."""

_SHARE = re.compile(r"\d+(?:\.\d+)?%")
_ALL = 100  # percent
_MONTH = re.compile(MONTH_PATTERN.strip("^$"))
_NO_AMOUNT = "its goal has no amount for this client; write it under the client's `goals:` or in the `goals_file:`"
_KINDS_ALONE = ("about", "at_least", "at_most")
_KINDS: tuple[GoalKind, ...] = ("at_least", "at_most", "between", "about")
_KIND_OF: dict[Direction, GoalKind] = {"up_is_good": "at_least", "down_is_good": "at_most", "neutral": "progress"}
_UNITS: dict[int, Calendar] = {7: "week"}  # by its days
_CALENDARS: dict[str, Calendar | int] = {
    "day": 1,
    "week": "week",
    "month": "month",
    "quarter": "quarter",
    "year": "year",
}

Per = Literal["day", "week", "month", "quarter", "year", "any"]


def checked_month(text: str) -> str:
    """Return a month of a year, `2026-10`, unchanged.

    Raises:
        ValueError: It is none.
    """
    if not (_MONTH.fullmatch(text) and is_period(text)):
        meant = [form[: len("2026-10")] for form in iso_forms(text) if ".." not in form and "-" in form]
        advice = " or ".join(dict.fromkeys(meant)) or "it as YYYY-MM, such as 2026-10"
        raise ValueError(f"{text!r} is no month; write {advice}")
    return text


def _share(text: str) -> str:
    if not _SHARE.fullmatch(text) or not 0 < float(text.rstrip("%")) <= _ALL:
        raise ValueError(f"{text!r} is no share of the goal; write one above 0% and up to 100%, such as 10%")
    return text


def _in_order(ends: tuple[float | str, float | str]) -> tuple[float | str, float | str]:
    if isinstance(ends[0], str) is not isinstance(ends[1], str):
        raise ValueError("write both ends in percent, as in [40%, 70%], or both as numbers")
    if exact_goal(ends[0], None) >= exact_goal(ends[1], None):
        raise ValueError("write the lower end first, as in [40, 70]")
    return ends


class GoalSpec(YamlModel):
    """The goal of a number: a target, what reaches it, and the period that it is meant for."""

    target: Annotated[
        GoalNumber | None,
        Field(description="A target in the metric's direction, as a number alone is; of a rate also `25%`."),
    ] = None
    at_least: Annotated[GoalNumber | None, Field(description="Reached from this value on.")] = None
    at_most: Annotated[GoalNumber | None, Field(description="A budget: kept up to this value.")] = None
    between: Annotated[
        Annotated[tuple[GoalNumber, GoalNumber], AfterValidator(_in_order)] | None,
        Field(description="Reached between these two values, both included."),
    ] = None
    about: Annotated[
        GoalNumber | None, Field(description="Reached near this value: within a tenth of it, or `within`.")
    ] = None
    within: Annotated[
        Annotated[str, AfterValidator(_share)] | None,
        Field(description="With `about`: how far from it, above or below, still reaches it, such as `5%`."),
    ] = None
    kind: Annotated[
        Literal["at_least", "at_most", "about"] | None,
        Field(description="A kind whose amount the client's `goals` or a `goals_file` has; alone it is `goal: about`."),
    ] = None
    months: Annotated[
        dict[Annotated[str, AfterValidator(checked_month)], GoalNumber] | None,
        Field(description="A target for each month, written as `{2026-10: 60000}`."),
    ] = None
    per: Annotated[
        Per | None,
        Field(description="The period it is meant for; left out, that of the spec's own `period`. `any`: any period."),
    ] = None

    @model_validator(mode="after")
    def _single_target(self) -> GoalSpec:
        written = [name for name in ("target", *_KINDS, "months", "kind") if getattr(self, name) is not None]
        if self.kind and len(written) > 1:
            raise ValueError(
                f"kind is for an amount that the client has; {written[0]} has its own here: leave kind out"
            )
        if len(written) != 1:
            raise ValueError(
                "a goal is a number, months with numbers, one of at_least, at_most, between and about, or the word "
                "about, at_least or at_most for an amount of the client's"
                + (f", not {' and '.join(written)}" if written else "")
            )
        if self.months is not None and not self.months:
            raise ValueError("has no month; write one as YYYY-MM, such as {2026-10: 60000}")
        if self.within and self.written_kind != "about":
            raise ValueError("within says how far from about a value may be; it goes with about")
        if self.months and self.per:
            raise ValueError("goals by month are per month; leave `per` out")
        return self

    @classmethod
    def __get_pydantic_json_schema__(cls, schema: CoreSchema, handler: GetJsonSchemaHandler) -> JsonSchemaValue:
        """Return the JSON Schema of its forms: a number, a kind alone, months with numbers, and the mapping."""
        numbers: list[JsonSchemaValue] = [{"type": "number"}, {"type": "string", "pattern": PERCENT_PATTERN}]
        months = {
            "type": "object",
            "patternProperties": {MONTH_PATTERN: {"anyOf": numbers}},
            "additionalProperties": False,
            "minProperties": 1,
        }
        kinds = {"enum": list(_KINDS_ALONE)}
        return {"anyOf": [*numbers, kinds, months, handler(schema)]}

    @property
    def written_kind(self) -> GoalKind | None:
        """The kind that is written, with an amount or alone; None for a number alone, and for months."""
        return self.kind or next((kind for kind in _KINDS if getattr(self, kind) is not None), None)

    @property
    def near(self) -> float:
        """How far from `about` a value reaches it, as a share of it."""
        return float(self.within.rstrip("%")) / _ALL if self.within else NEAR

    def numbers(self) -> tuple[float | str, ...]:
        """Return its target, both ends of a range, or the targets of its months; nothing where it is a kind alone."""
        if self.months:
            return tuple(self.months.values())
        single = (self.target, self.at_least, self.at_most, self.about)
        return self.between or tuple(number for number in single if number is not None)


def _from_number_or_months(value: object) -> object:
    if isinstance(value, dict):
        months = {key: goal for key, goal in value.items() if _is_meant_as_month(str(key))}
        others = {key: value[key] for key in value if key not in months}
        return {**others, "months": months} if months and "months" not in others else value
    is_word = isinstance(value, str) and value.replace("_", "").isalpha()
    return {"kind" if is_word else "target": value}


def _is_meant_as_month(key: str) -> bool:
    """Return whether a key is a month, or the name of one: no other key of a goal has a digit."""
    return any(map(str.isdecimal, key)) or is_month_name(key)


WrittenGoal: TypeAlias = Annotated[GoalSpec, BeforeValidator(_from_number_or_months)]
"""A goal: a number, a kind alone, months with numbers, or a mapping such as `{at_most: 1500, per: month}`."""


def with_goal(
    reading: Reading, written: GoalSpec | None, direction: Direction, scope: Scope
) -> tuple[Reading, tuple[Caution, ...]]:
    """Return a reading with its goal, or a caution where the goal cannot be held against the days of the report.

    Without a target or a number there is none, nor before the first day is over. A client's number alone keeps the
    kind and the period of the block's goal.

    Args:
        reading: A reading of the current period.
        written: The goal of its block; None where none was set.
        direction: Of the metric.
        scope: The scope of its block, with the client's goal.
    """
    goal = scope.goal or written
    if goal is None or not isinstance(reading.value, int | float):
        return reading, ()
    below = written if written and goal.written_kind is None and written.written_kind != "between" else goal
    unit = reading.unit.name
    if fault := _NO_AMOUNT if goal.kind else percent_fault(goal.numbers(), unit):
        return reading, (Caution("W-GOAL", fault),)
    period = scope.window.current
    whole = replace(period, end=period.until or period.end)
    numbers = _numbers(goal, goal.per or below.per, reading, whole, scope)
    if isinstance(numbers, str):
        return reading, (Caution("W-GOAL", numbers),)
    kind = goal.written_kind or below.written_kind or _KIND_OF[direction]
    low, high = (*map(_number, numbers), None)[:2]
    target = Target(kind, low or 0, high, below.near)
    held = Goal.of(reading.value, target, elapsed=period.elapsed, over_time=reading.over_time)
    early = period.elapsed == 0 and held.standing not in {"reached", "missed", "within", "over"}
    doubt = percent_doubt(goal.numbers(), unit)
    return (reading if early else replace(reading, goal=held)), ((Caution("W-GOAL", doubt),) if doubt else ())


def _numbers(
    goal: GoalSpec, per: Per | None, reading: Reading, period: Period, scope: Scope
) -> tuple[Fraction, ...] | str:
    """Return the numbers of a goal for a whole period, or the reason why it cannot be held against it."""
    over_time, unit = reading.over_time, reading.unit.name
    if goal.months:
        targets = {month: exact_goal(number, unit) for month, number in goal.months.items()}
        return _of_months(targets, over_time, period)
    numbers = tuple(exact_goal(number, unit) for number in goal.numbers())
    if per == "any" or over_time == "quotient":
        return numbers
    own: Calendar | int = _CALENDARS[per] if per else _unit_of(scope.spec_period or period)
    if own == _unit_of(period):
        return numbers
    if over_time == "other":
        meant = f"of {own} days" if isinstance(own, int) else f"per {per or own}"
        return f"its goal {meant} is not held against {period.id}, as its days do not add up; `per: any` holds for any"
    lengths = days_by_unit_length(period, own, scope.starts.month)
    share = sum((Fraction(count, length) for length, count in lengths.items()), Fraction(0))
    return tuple(number * share for number in numbers)


def _of_months(months: Mapping[str, Fraction], over_time: OverTime, period: Period) -> tuple[Fraction, ...] | str:
    """Return the target of a period by the goals of its months, or the reason why it has none."""
    counted = days_by_month(period)
    lacking = [month for month in counted if month not in months]
    if lacking:
        named = ", ".join(lacking)
        return f"its goals by month have none for {named}, and no other goal stands in for them; write it there"
    targets = {month: months[month] for month in counted}
    if over_time == "sum":
        shares = (targets[month] * Fraction(days, month_length(month)) for month, days in counted.items())
        return (sum(shares, Fraction(0)),)
    same = len(set(targets.values())) == 1
    if same and (over_time == "quotient" or (len(counted) == 1 and _unit_of(period) == "month")):
        return (next(iter(targets.values())),)
    return f"its goals by month are not held against {period.id}, as its days do not add up"


def _unit_of(period: Period) -> Calendar | int:
    """Return the calendar unit of a period, or its days where it is none or several units."""
    if period.calendar != "days" and period.units == 1:
        return period.calendar
    return _UNITS.get(period.days, period.days)


def _number(exact: Fraction) -> Number:
    return exact.numerator if exact.denominator == 1 else float(exact)
