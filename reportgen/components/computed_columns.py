"""Columns that are computed from other columns of their table: in its rows, in both periods, and in its totals."""

from __future__ import annotations

from dataclasses import dataclass, replace
from graphlib import CycleError, TopologicalSorter
from typing import TYPE_CHECKING

from reportgen.components.row_values import RowValues, operand_units, operand_values, row_values
from reportgen.model import RAW, Caution, Column

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from reportgen.components.formula_expression import Expression
    from reportgen.model import OverTime, Unit, Value


class CircleError(ValueError):
    """A circle of formulas that stand on one another.

    Attributes:
        name: The first column of the circle.
    """

    def __init__(self, circle: Sequence[str]) -> None:
        """Name the columns of a circle, the first once more at its end."""
        super().__init__(f"stands on itself: {' -> '.join(circle)}; break the circle")
        self.name = circle[0]


@dataclass(frozen=True, slots=True)
class ComputedColumn:
    """A column that is computed from others.

    Attributes:
        column: The column without cells.
        expression: Its formula.
        unit: The unit that its author gave it; None where it follows from the columns.
        additive: Whether its rows add up, as its author says; None where it follows from the columns.
    """

    column: Column
    expression: Expression
    unit: Unit | None = None
    additive: bool | None = None


@dataclass(frozen=True, slots=True)
class ComputedTable:
    """The columns of a table with the computed columns behind them.

    Attributes:
        columns: The columns.
        formulas: The formula of each computed column, settled for the units of its columns.
        totals: The totals of all columns.
        cautions: What is wrong with a formula.
    """

    columns: tuple[Column, ...]
    formulas: Mapping[str, Expression]
    totals: RowValues
    cautions: tuple[Caution, ...] = ()

    def completed_row(self, row: RowValues) -> RowValues:
        """Return a row of totals or sums with the cells of the computed columns."""
        columns = {column.field: column for column in self.columns}
        for field, expression in self.formulas.items():
            row = _with_cell(row, field, expression, self.totals, columns)
        return row


def with_computed_columns(
    columns: Sequence[Column], totals: RowValues, computed: Sequence[ComputedColumn]
) -> ComputedTable:
    """Return columns with computed columns behind them, in every row, and with their totals.

    The cells of a row are computed from the cells of this row, those of the compared period from its compared cells,
    and a total from the totals: a quotient of totals, and no sum or average of quotients.

    Args:
        columns: The columns of a table, whose metrics have compared values or none.
        totals: The totals of the columns; a column without a total has none for `.total` either.
        computed: The computed columns, each after those that it is computed from; see `in_order`.
    """
    made = ComputedTable(tuple(columns), {}, totals)
    for each in computed:
        made = _with_column(made, each)
    return made


def in_order(needs: Mapping[str, Iterable[str]]) -> list[str]:
    """Return the names of computed columns, each after those that it is computed from.

    Args:
        needs: The names in the formula of each.

    Raises:
        CircleError: A formula stands on itself.
    """
    own = {name: [need for need in its if need in needs] for name, its in needs.items()}
    try:
        return list(TopologicalSorter(own).static_order())
    except CycleError as error:
        raise CircleError(error.args[1][::-1]) from None


def _with_column(made: ComputedTable, each: ComputedColumn) -> ComputedTable:
    columns = {column.field: column for column in made.columns}
    expression, field = each.expression, each.column.field
    units = operand_units(expression.operands, columns)
    try:
        unit, expression = each.unit or expression.unit(units), expression.settled(units)
    except ValueError as error:
        return _without_cells(made, each, str(error))
    rows = list(row_values(made.columns, _height(made.columns)))
    is_compared = any(column.baseline and column.role == "metric" for column in made.columns)
    compared = made.totals.compared()
    now = (operand_values(expression.operands, row, made.totals, columns) for row in rows)
    before = (operand_values(expression.operands, row.compared(), compared, columns) for row in rows)
    column = replace(
        each.column,
        unit=unit,
        values=tuple(expression.evaluate(values).value for values in now),
        baseline=tuple(expression.evaluate(values).value for values in before) if is_compared else (),
        additive=_adds_up(expression, columns) if each.additive is None else each.additive,
    )
    totals = _with_cell(made.totals, field, expression, made.totals, columns)
    return ComputedTable(
        (*made.columns, column),
        {**made.formulas, field: expression},
        totals,
        (*made.cautions, *_lacking_totals(column, expression, made.totals, columns)),
    )


def _lacking_totals(
    column: Column, expression: Expression, totals: RowValues, columns: Mapping[str, Column]
) -> tuple[Caution, ...]:
    """Return the caution that a column is empty because a column in its formula has values and no total of them."""
    if any(value is not None for value in column.values):
        return ()
    lacking = [
        operand.word
        for operand in expression.operands
        if operand.part == "total" and totals.now.get(operand.word) is None
    ]
    if not any(value is not None for name in lacking for value in columns[name].values):
        return ()
    named = ", ".join(dict.fromkeys(lacking))
    if any(columns[name].additive for name in lacking):
        why = f"{named} has no total, as a row has no value of it"
    else:
        why = f"{named} has no total, as it is not known to add up; write additive: true in its fields where it does"
    return (Caution("W-COLUMN", f"{column.field} has no values: {column.formula}: {why}"),)


def _without_cells(made: ComputedTable, each: ComputedColumn, message: str) -> ComputedTable:
    column = replace(each.column, unit=each.unit or RAW, values=(None,) * _height(made.columns))
    caution = Caution("W-COLUMN", f"{column.field} has no values: {column.formula}: {message}")
    return replace(made, columns=(*made.columns, column), cautions=(*made.cautions, caution))


def _with_cell(
    row: RowValues, field: str, expression: Expression, totals: RowValues, columns: Mapping[str, Column]
) -> RowValues:
    """Return a row with the cell of a computed column, in both periods."""
    now: Value = expression.evaluate(operand_values(expression.operands, row, totals, columns)).value
    earlier, compared = row.compared(), totals.compared()
    before: Value = expression.evaluate(operand_values(expression.operands, earlier, compared, columns)).value
    return RowValues({**row.now, field: now}, {**row.before, field: before} if row.before else row.before)


def _adds_up(expression: Expression, columns: Mapping[str, Column]) -> bool:
    """Return whether the cells add up to their total, as sums and multiples of columns that add up do."""
    kinds: dict[str, OverTime] = {
        operand.text: "sum" if not operand.part and columns[operand.word].additive else "other"
        for operand in expression.operands
    }
    return expression.over_time(kinds) == "sum"


def _height(columns: Sequence[Column]) -> int:
    return max((len(column.values) for column in columns), default=0)
