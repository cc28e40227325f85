"""The components `formula` and `sum`: numbers calculated from other numbers of the report."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Annotated, ClassVar, Literal

from pydantic import AfterValidator, Field, field_validator, model_validator

from reportgen.components.component import Component, Scope
from reportgen.components.expression_tokens import LONGEST
from reportgen.components.formula_expression import parse, sum_of
from reportgen.components.formula_units import shared_currency
from reportgen.components.goal_numbers import percent_fault
from reportgen.components.goals import WrittenGoal, with_goal
from reportgen.components.number import with_days
from reportgen.components.number_parts import (
    NUMBER_NAMES,
    has_change,
    number_units,
    number_values,
    refuse_other_days,
)
from reportgen.components.yaml_models import Name, Text, ValueFormat, Width, unit_of
from reportgen.errors import ConfigurationError
from reportgen.model import (
    GRAVEST_FIRST,
    RAW,
    Block,
    Caution,
    ComparedValue,
    Direction,
    Missing,
    Reading,
    change_of,
    number_or_none,
)
from reportgen.titles import readable

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from reportgen.components.formula_expression import Expression, FormulaResult
    from reportgen.model import Value
    from reportgen.periods import Period


def _checked_formula(formula: str) -> str:
    if not parse(formula, NUMBER_NAMES).operands:
        raise ValueError("a formula is made from at least one other number; write the name of a number of this spec")
    return formula


class CalculatedNumber(Component):
    """A single value, calculated from the values of other numbers."""

    calculates: ClassVar[bool] = True
    width: Annotated[Width, Field(description="How many of the page's 12 columns it fills.")] = 3
    format: Annotated[
        ValueFormat | None,
        Field(description="The format of the result; left out, it follows from the numbers."),
    ] = None
    direction: Annotated[
        Direction, Field(description="Whether a rise is good news, so that a change is green or red.")
    ] = "neutral"
    goal: Annotated[
        WrittenGoal | None, Field(description="The goal of the number; a client's `goals` go before it.")
    ] = None
    compare: Annotated[
        Literal["none"] | None, Field(description="`none`: this number is not compared, whatever the report is.")
    ] = None

    @model_validator(mode="after")
    def _percent_needs_a_rate(self) -> CalculatedNumber:
        if self.goal and self.format and (fault := percent_fault(self.goal.numbers(), self.format.as_)):
            raise ValueError(f"goal: {fault}")
        return self

    def formula_in(self, scope: Scope) -> tuple[str, Expression]:
        """Return the text of the formula as it is calculated with the numbers of a report, and what it means."""
        raise NotImplementedError

    def compose(self, scope: Scope) -> Block:
        """Return the block: a reading for both periods, or the reason why there is none."""
        formula, expression = self.formula_in(scope)
        operands = {name: scope.blocks[name] for name in expression.names}
        frame = self._calculated_frame(operands, scope)
        readings = {name: block.readings[0] for name, block in operands.items()}
        try:
            refuse_other_days(readings.values(), "with which nothing can be calculated")
            units = number_units(expression.operands, {name: reading.unit for name, reading in readings.items()})
            unit, expression = expression.unit(units), expression.settled(units)
            currency = shared_currency(units.values())
        except ValueError as error:
            failed = Reading(formula, RAW, missing="failed", direction=self.direction)
            return replace(frame, state="failed", reason=f"{formula}: {error}", readings=(failed,))
        if self.format:
            unit = unit_of(self.format, currency or scope.currency)  # dollars stay dollars, as in a number
        values = number_values(expression.operands, readings)
        now = expression.evaluate(values)
        before = expression.evaluate({name: reading.baseline for name, reading in readings.items()})
        kind = expression.over_time({name: reading.over_time for name, reading in readings.items()})
        reading = Reading(formula, unit, now.value, direction=self.direction, over_time=kind)
        reading = self._compared(reading, now, before, tuple(readings.values()), scope)
        reading = replace(reading, further=tuple(self._further(reading, expression, readings, scope)))
        reading, cautions = with_goal(reading, self.goal, self.direction, scope)
        return replace(
            frame,
            state=reading.missing or "ok",
            reason=_reason(formula, now, operands, values) if reading.missing else "",
            readings=(reading,),
            cautions=cautions,
            remarks=tuple(dict.fromkeys((*frame.remarks, "zero_divisor"))) if now.zero is not None else frame.remarks,
        )

    def _calculated_frame(self, operands: Mapping[str, Block], scope: Scope) -> Block:
        """Return the block without its reading, with the queries and remarks of its operands."""
        frame, blocks = self.frame("number", scope), operands.values()
        titled = replace(frame, label=frame.label or readable(self.name or scope.name))
        return replace(
            with_days(titled, scope),
            queries=tuple(dict.fromkeys(query for block in blocks for query in block.queries)),
            remarks=tuple(dict.fromkeys(remark for block in blocks for remark in block.remarks)),
        )

    def _compared(
        self, reading: Reading, now: FormulaResult, before: FormulaResult, operands: tuple[Reading, ...], scope: Scope
    ) -> Reading:
        reading = replace(reading, days=operands[0].days)
        if now.value is None:
            lacking = _gravest((operand.value, operand.missing) for operand in operands)
            reading = replace(reading, missing=lacking or "no_data")
        if self.compare == "none" or scope.window.baseline is None:
            return replace(reading, baseline_missing="not_requested")
        compared = {operand.compared for operand in operands if operand.baseline_missing != "not_requested"}
        if len(compared) > 1:  # numbers of different days
            return replace(reading, baseline_missing="not_comparable")
        reading = replace(reading, compared=next(iter(compared), None))
        if before.value is None:
            lacking = _gravest((operand.baseline, operand.baseline_missing or operand.missing) for operand in operands)
            return replace(reading, baseline_missing=lacking or "not_comparable")  # divided by zero, or too large
        change = change_of(now.value, before.value, reading.unit, self.direction, scope.neutral_band)
        are_comparable = all(has_change(operand.value, operand) for operand in operands)
        return replace(reading, baseline=before.value, change=change if are_comparable else None)

    def _further(
        self, reading: Reading, expression: Expression, operands: Mapping[str, Reading], scope: Scope
    ) -> Iterator[ComparedValue]:
        """Yield the further comparisons of a reading, calculated from those of its numbers."""
        for days in scope.window.further if self.compare != "none" else ():
            found = {name: _comparison_of(operand, days) for name, operand in operands.items()}
            before = expression.evaluate({name: each.baseline for name, each in found.items()})
            if before.value is None:
                lacking = _gravest((each.baseline, each.baseline_missing) for each in found.values())
                yield ComparedValue(days, baseline_missing=lacking or "not_comparable")
                continue
            change = change_of(reading.value, before.value, reading.unit, self.direction, scope.neutral_band)
            are_comparable = all(has_change(operands[name].value, each) for name, each in found.items())
            yield ComparedValue(days, before.value, change=change if are_comparable else None)


class FormulaBlock(CalculatedNumber):
    """A single value, calculated from the values of other numbers: `spend / conversions`."""

    formula: Annotated[
        Text,
        AfterValidator(_checked_formula),
        Field(
            description=f"Names of numbers, plain numbers, + - * / and parentheses; {LONGEST} characters.",
            examples=["spend / conversions", "spend - spend.goal"],
        ),
    ]

    def builds_on(self) -> tuple[str, ...]:
        """Return the names of the numbers in the formula."""
        return parse(self.formula, NUMBER_NAMES).names

    def formula_in(self, scope: Scope) -> tuple[str, Expression]:
        """Return the formula, every number of which has to be in the report."""
        for name in self.builds_on():
            if name not in scope.blocks or not scope.blocks[name].readings:  # only of a spec that is not from a file
                raise ConfigurationError(
                    f"the formula {scope.name!r} names {name!r}, which is no number of the report; correct it"
                )
        return self.formula, parse(self.formula, NUMBER_NAMES)


class SumBlock(CalculatedNumber):
    """The sum of other numbers, such as the spend of every source that a client has."""

    sum: Annotated[
        tuple[Name, ...],
        Field(
            min_length=1,
            json_schema_extra={"uniqueItems": True},
            description="Names of numbers of this spec; those of sources that a client lacks are left out.",
        ),
    ]
    needs_all: ClassVar[bool] = False

    @field_validator("sum")
    @classmethod
    def _each_once(cls, names: tuple[str, ...]) -> tuple[str, ...]:
        for name in names:
            if names.count(name) > 1:
                raise ValueError(f"names {name!r} twice, so it would be added twice; write it once")
        return names

    def builds_on(self) -> tuple[str, ...]:
        """Return the names of the added numbers."""
        return self.sum

    def formula_in(self, scope: Scope) -> tuple[str, Expression]:
        """Return the sum of the numbers whose sources the client has."""
        names = [name for name in self.sum if name in scope.blocks]
        return " + ".join(names), sum_of(names)

    def compose(self, scope: Scope) -> Block:
        """Return the block: the sum, or the reason why there is none, and a caution on numbers that it lacks."""
        block = super().compose(scope)
        absent = ", ".join(name for name in self.sum if name not in scope.blocks)
        if not absent:
            return block
        caution = Caution("W-ABSENT", f"the sum is made without {absent}, whose sources the client lacks")
        return replace(block, cautions=(*block.cautions, caution))


def _reason(formula: str, now: FormulaResult, operands: Mapping[str, Block], values: Mapping[str, Value]) -> str:
    """Return the reason, for staff, why there is no value; empty where its numbers only have no data."""
    if now.zero is not None:
        return f"{formula}: would be divided by {now.zero}, which is 0"
    words = [name for name, block in operands.items() if isinstance(block.readings[0].value, str)]
    if words:
        return f"{formula}: {words[0]} is text, with which nothing can be calculated"
    if all(block.readings[0].missing is None for block in operands.values()):
        lacking = [name for name, value in values.items() if value is None]
        why = f"{lacking[0]} has no value" if lacking else "the result is larger than a number can be"
        return f"{formula}: {why}"
    return "; ".join(f"{name}: {block.reason}" for name, block in operands.items() if block.reason)


def _gravest(values: Iterable[tuple[Value, Missing | None]]) -> Missing | None:
    """Return the gravest reason why a value is no number, or None where all values are numbers."""
    reasons = {
        "failed" if value is not None else why or "no_data" for value, why in values if number_or_none(value) is None
    }
    return next((word for word in GRAVEST_FIRST if word in reasons), None)


def _comparison_of(operand: Reading, days: Period) -> ComparedValue:
    """Return the further comparison of a number with some days; a number may be compared with others, or with none."""
    lacking: Missing = "not_comparable" if operand.compared or operand.further else "not_requested"
    if operand.missing:
        lacking = operand.missing
    missing = ComparedValue(days, baseline_missing=lacking)
    return next((each for each in operand.further if each.compared.dates == days.dates), missing)
