"""The values that an expression has in a row of a table: of its columns, and of their changes and totals."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from reportgen.components.exact_sums import numbers_of
from reportgen.components.expression_tokens import Names
from reportgen.components.number_parts import unit_of_part
from reportgen.model import RATES, Unit, cut_rows, number_of, sum_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from reportgen.components.expression_terms import Operand
    from reportgen.model import Column, Number, Presence, Table, Value

_TEXT = Unit("text")


def column_names(known: Iterable[str]) -> Names:
    """Return the names that an expression on columns may hold."""
    return Names("column", ("change", "baseline", "total"), tuple(known))


@dataclass(frozen=True, slots=True)
class RowValues:
    """The cells of a row, of a total, or of rows added up, by the names of their columns.

    Attributes:
        now: The cells of the current period.
        before: The cells of the compared period; empty where nothing is compared.
        is_cut: Whether it has no change, because its week or month is incomplete in one of the two periods.
    """

    now: Mapping[str, Value] = field(default_factory=dict)
    before: Mapping[str, Value] = field(default_factory=dict)
    is_cut: bool = False

    def compared(self) -> RowValues:
        """Return the row of the compared period, which is compared with nothing."""
        return RowValues(self.before)


def row_values(columns: Sequence[Column], count: int) -> Iterator[RowValues]:
    """Yield the cells of each row of a table; names of rows are the same in both periods."""
    cut = cut_rows(columns)
    for at in range(count):
        now = {column.field: column.values[at] for column in columns}
        before = {
            column.field: column.values[at] if column.role == "dimension" else column.baseline[at]
            for column in columns
            if column.role == "dimension" or column.baseline
        }
        yield RowValues(now, before, is_cut=at in cut)


def total_values(table: Table) -> RowValues:
    """Return the totals of a table by column: its total row, or without it the sums of additive columns."""
    if table.total is None:
        return sums_of(table.columns, *rows_by_period(table.presence, range(len(table.presence))))
    fields = [column.field for column in table.columns]
    return RowValues(
        dict(zip(fields, table.total, strict=True)), dict(zip(fields, table.total_baseline or (), strict=False))
    )


def rows_by_period(presence: Sequence[Presence], rows: Iterable[int]) -> tuple[list[int], list[int]]:
    """Return the rows that are there in the current period, and those that are in the compared one."""
    found = [(at, presence[at]) for at in rows]
    return [at for at, where in found if where != "baseline"], [at for at, where in found if where != "current"]


def sums_of(columns: Sequence[Column], now: Iterable[int], before: Iterable[int]) -> RowValues:
    """Return the sums of rows in columns that add up, in all others nothing.

    A missing cell is not zero: where a row lacks its value, the sum is missing too.

    Args:
        columns: The columns of the table.
        now: Indexes of the rows that are added up in the current period.
        before: The same in the compared period.
    """
    rows, earlier = tuple(now), tuple(before)
    added = [column for column in columns if column.additive]
    return RowValues(
        {column.field: full_sum([column.values[at] for at in rows]) for column in added},
        {column.field: full_sum([column.baseline[at] for at in earlier]) for column in added if column.baseline},
    )


def full_sum(values: Sequence[Value]) -> Number | None:
    """Return the sum of values; None without any, and where one of them is missing."""
    numbers = numbers_of(values)
    return number_of(sum_of(numbers)) if numbers and len(numbers) == len(values) else None


def operand_values(
    operands: Iterable[Operand], row: RowValues, totals: RowValues, columns: Mapping[str, Column]
) -> dict[str, Value]:
    """Return the value of each operand, by its text, in a row.

    Args:
        operands: The names in an expression, with their parts.
        row: The cells of the row.
        totals: The totals of the columns in the period of the row.
        columns: The columns, by their names.
    """
    return {operand.text: _value(operand, row, totals, columns) for operand in operands}


def operand_units(operands: Iterable[Operand], columns: Mapping[str, Column]) -> dict[str, Unit]:
    """Return the unit of each operand, by its text; names of rows are texts, and so are days, as ISO writes them."""
    return {operand.text: unit_of_part(_unit(columns[operand.word]), operand.part) for operand in operands}


def _unit(column: Column) -> Unit:
    return _TEXT if column.role == "dimension" and column.unit.name in {None, "date"} else column.unit


def _value(operand: Operand, row: RowValues, totals: RowValues, columns: Mapping[str, Column]) -> Value:
    now, before = row.now.get(operand.word), row.before.get(operand.word)
    if operand.part == "total":
        return totals.now.get(operand.word)
    if operand.part == "baseline":
        return before
    if operand.part != "change":
        return now
    column = columns[operand.word]
    change = None if row.is_cut else column.change(now, before)
    if change is None:
        return None
    return change.absolute if column.unit.name in RATES else change.relative
