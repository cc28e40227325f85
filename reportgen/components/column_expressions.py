"""The expressions of a table as its author wrote them: formulas of columns, and the condition on rows."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Annotated, NamedTuple, TypeAlias

from pydantic import Field, ValidationError
from pydantic_core import InitErrorDetails, PydanticCustomError

from reportgen.components.computed_columns import CircleError, in_order
from reportgen.components.conditions import Condition
from reportgen.components.formula_expression import parse
from reportgen.components.row_values import column_names, operand_units
from reportgen.components.yaml_models import NAME_PATTERN, Text, unit_of
from reportgen.model import RAW, Column

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from reportgen.components.column_options import TableFieldSpec
    from reportgen.components.formula_expression import Expression
    from reportgen.model import Unit

Where: TypeAlias = Annotated[
    Text | None,
    Field(
        description="The condition that a row has to meet; no file for the client has the others, and the total is "
        "worked out without them.",
        examples=["metrics.cost_micros > 0 and campaign contains 'brand'", "not category = 'Gift cards'"],
    ),
]
"""A condition on the columns of a row."""

WhereCategory: TypeAlias = Annotated[
    Text | None,
    Field(
        description="The condition that a category has to meet, on its name and its metrics; no file for the client "
        "has the others.",
        examples=["device != 'tablet'", "sessions > 100"],
    ),
]
"""A condition on the categories of a chart."""


class Fault(NamedTuple):
    """A mistake in an expression: its place below the block, and the message."""

    place: tuple[str, ...]
    message: str


def expressions_of(asked: Sequence[str], fields: Mapping[str, TableFieldSpec]) -> dict[str, Expression]:
    """Return the formulas of a table by their columns, each after those that it is computed from.

    Raises:
        ValueError: A formula is none; see `expression_faults`.
    """
    names = column_names([*asked, *computed_names(fields)])
    parsed = {name: parse(formula, names) for name, formula in _formulas(fields).items()}
    return {name: parsed[name] for name in in_order({name: made.names for name, made in parsed.items()})}


def condition_of(where: str, asked: Sequence[str], fields: Mapping[str, TableFieldSpec]) -> Condition:
    """Return the condition on rows that a text says.

    Raises:
        ValueError: It says none.
    """
    return Condition.of(where, column_names([*asked, *computed_names(fields)]))


def computed_names(fields: Mapping[str, TableFieldSpec]) -> list[str]:
    """Return the names of the computed columns."""
    return list(_formulas(fields))


def refuse_faults(
    model: str, columns: Sequence[Column], fields: Mapping[str, TableFieldSpec], where: str | None
) -> None:
    """Refuse a table with mistakes in its expressions, all at once.

    Args:
        model: The name of the model that is validated.
        columns: The columns of the table without cells, with their units as far as these are written.
        fields: The author's options of columns.
        where: The author's condition on rows.

    Raises:
        ValidationError: There are mistakes; each is told at its place.
    """
    faults = list(_faults(columns, fields, where))
    if faults:
        raise ValidationError.from_exception_data(
            model,
            [
                InitErrorDetails(
                    type=PydanticCustomError("expression", "{message}", {"message": fault.message}),
                    loc=fault.place,
                    input=where if fault.place == ("where",) else fields[fault.place[1]].formula,
                )
                for fault in faults
            ],
        )


def _faults(columns: Sequence[Column], fields: Mapping[str, TableFieldSpec], where: str | None) -> Iterator[Fault]:
    asked = [column.field for column in columns]
    names = column_names([*asked, *computed_names(fields)])
    sound: dict[str, Expression] = {}
    for name, formula in _formulas(fields).items():
        try:
            sound[name] = _checked(name, parse(formula, names), asked)
        except ValueError as error:
            yield Fault(("fields", name, "formula"), str(error))
    try:
        order = in_order({name: made.names for name, made in sound.items()})
    except CircleError as error:
        yield Fault(("fields", error.name, "formula"), str(error))
        order = []
    known = {column.field: column for column in columns}
    known |= {name: Column(name, "", "metric", RAW) for name in computed_names(fields)}
    for name in order:
        try:
            known[name] = Column(name, "", "metric", _unit(fields[name], sound[name], known))
        except ValueError as error:
            yield Fault(("fields", name, "formula"), str(error))
    if where:
        try:
            condition = condition_of(where, asked, fields)
            condition.settled(operand_units(condition.operands, known))
        except ValueError as error:
            yield Fault(("where",), str(error))


def _checked(name: str, expression: Expression, asked: Sequence[str]) -> Expression:
    """Return the formula of a computed column.

    Raises:
        ValueError: Its name is taken, or none, or it names no column.
    """
    if name in asked:
        raise ValueError(f"{name} is a column that the API is asked for; give the computed column a name of its own")
    if not re.match(NAME_PATTERN, name):
        raise ValueError(f"{name!r} is no name of a column; write small letters, digits and underscores, such as cpa")
    if not expression.operands:
        raise ValueError("a column is computed from at least one other; write the name of a column of this table")
    return expression


def _unit(spec: TableFieldSpec, expression: Expression, known: Mapping[str, Column]) -> Unit:
    """Return the unit of a computed column.

    Raises:
        ValueError: Its formula mixes units, or calculates with names.
    """
    units = operand_units(expression.operands, known)
    for operand in expression.operands:
        if units[operand.text].name in {"text", "date"}:
            raise ValueError(f"column {operand.at}: {operand.text} is a text, with which nothing can be calculated")
    followed = expression.unit(units)
    return unit_of(spec.format, followed.currency) if spec.format else followed


def _formulas(fields: Mapping[str, TableFieldSpec]) -> dict[str, str]:
    return {name: spec.formula for name, spec in fields.items() if spec.formula is not None}
