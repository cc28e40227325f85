"""The rows and columns of a table as its author wants them: computed, chosen, sorted, limited, added up and renamed.

In this order: the total is taken off, columns are computed, rows that do not meet the condition are dropped, the others
sorted and limited; those that are not printed make the row Other, and the total is worked out anew where rows were
dropped. Columns are chosen and names replaced last, so that expressions and sorting know the API's names.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from reportgen.components.column_options import with_chosen_columns
from reportgen.components.computed_columns import ComputedColumn, ComputedTable, with_computed_columns
from reportgen.components.exact_sums import exact_sum
from reportgen.components.renamed_cells import with_new_names
from reportgen.components.row_conditions import chosen_rows
from reportgen.components.row_order import row_order
from reportgen.components.row_values import RowValues, rows_by_period, sums_of, total_values
from reportgen.components.table_cells import with_rows
from reportgen.components.total_rates import with_true_rates
from reportgen.model import Caution

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from reportgen.components.conditions import Condition
    from reportgen.components.row_conditions import ChosenRows
    from reportgen.model import Column, Table, Value


@dataclass(frozen=True, slots=True)
class Arrangement:
    """An author's keys for the rows and columns of a table.

    Attributes:
        computed: The computed columns, each after those that it is computed from.
        where: The condition on rows; None keeps all.
        sort_by: The column to sort by, with `-` before it for the largest first; None leaves the rows in their order.
        limit: How many rows are printed; None prints all.
        other: Returns the name of the row of what is not printed, from the count of its rows; None where there is none.
        columns: The columns to print, in their order; empty prints all.
        renames: Column -> name that the API sends -> name for the reader.
    """

    computed: tuple[ComputedColumn, ...] = ()
    where: Condition | None = None
    sort_by: str | None = None
    limit: int | None = None
    other: Callable[[int], str] | None = None
    columns: tuple[str, ...] = ()
    renames: Mapping[str, Mapping[str, str]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ArrangedTable:
    """A table as its author wants it, without rows where none meets the condition.

    Attributes:
        table: The table.
        cautions: The cautions on its total and its computed columns.
        unsortable: The reason where its rows could not be sorted; else empty.
    """

    table: Table
    cautions: tuple[Caution, ...] = ()
    unsortable: str = ""


def arranged(table: Table, wanted: Arrangement) -> ArrangedTable:
    """Return a table with computed, chosen, sorted, limited and renamed rows and columns.

    Raises:
        ValueError: The condition compares values that do not go together.
    """
    table, cautions = with_true_rates(table)
    totals = total_values(table) if wanted.computed or wanted.where else RowValues()
    made = with_computed_columns(table.columns, totals, wanted.computed if _needs_them_all(wanted) else ())
    if wanted.where:
        chosen = chosen_rows(wanted.where, made.columns, table.presence, made.totals)
        cautions = (*cautions, *_open_rows(chosen))
        totals = _sums_of_chosen(table, chosen)
        table = with_rows(_with_made_total(table, totals), chosen.kept)
        totals = total_values(table) if table.total else totals
        made = with_computed_columns(table.columns, totals, wanted.computed)
    table = _with_columns(table, made)
    order, unsortable = row_order(table, wanted.sort_by)
    table = with_rows(table, order)
    table = replace(
        table,
        shown=table.of if wanted.limit is None else min(wanted.limit, table.of),
        sorted_by="" if unsortable else (wanted.sort_by or "").removeprefix("-"),
    )
    if wanted.other and table.shown < table.of:
        table = _with_other(table, made, wanted)
    table = with_new_names(with_chosen_columns(table, wanted.columns), wanted.renames)
    return ArrangedTable(table, (*cautions, *made.cautions, *_empty_other(table)), unsortable)


def _needs_them_all(wanted: Arrangement) -> bool:
    """Return whether columns have to be computed for all rows: a condition may do without them."""
    named = set(wanted.where.names) if wanted.where else None
    return named is None or any(each.column.field in named for each in wanted.computed)


def _sums_of_chosen(table: Table, chosen: ChosenRows) -> RowValues:
    """Return the sums of chosen rows; none where nobody knows which rows are chosen.

    That is where a missing value leaves the condition open for a row, and where the rows of a column are less than its
    total, so that some did not come.
    """
    every = sums_of(table.columns, *rows_by_period(table.presence, range(len(table.presence))))
    sums, totals = sums_of(table.columns, chosen.now, chosen.before), total_values(table)
    return RowValues(
        _known_sums(sums.now, every.now, totals.now, is_open=chosen.is_open_now),
        _known_sums(sums.before, every.before, totals.before, is_open=chosen.is_open_before),
    )


def _known_sums(
    chosen: Mapping[str, Value], every: Mapping[str, Value], totals: Mapping[str, Value], *, is_open: bool
) -> dict[str, Value]:
    return {
        name: None if is_open or _is_cut(every.get(name), totals.get(name)) else value for name, value in chosen.items()
    }


def _open_rows(chosen: ChosenRows) -> Iterator[Caution]:
    """Yield the caution that the total of the chosen rows is not known, because a row may be one of them."""
    if chosen.is_open_now or chosen.is_open_before:
        text = "where: a value that it needs is missing in a row, which is left out, so that the total is not known"
        yield Caution("W-TOTAL", text)


def _is_cut(rows: Value, total: Value) -> bool:
    """Return whether the sum of the rows that came is less than their total."""
    if not (isinstance(rows, int | float) and isinstance(total, int | float)):
        return False
    came, stated = exact_sum([rows]), exact_sum([total])
    return came.value < stated.value and came.differs(stated)


def _with_made_total(table: Table, totals: RowValues) -> Table:
    """Return a table whose total is worked out: sums where these are known, and rates from their parts."""
    if table.total is None:
        return table
    is_compared = any(column.baseline and column.role == "metric" for column in table.columns)
    made = replace(
        table,
        total=_cells(table.columns, totals.now, table.total),
        total_baseline=_cells(table.columns, totals.before, table.total_baseline or table.total)
        if is_compared
        else None,
        is_total_made=True,
    )
    return with_true_rates(made)[0]


def _cells(columns: tuple[Column, ...], values: Mapping[str, Value], names: tuple[Value, ...]) -> tuple[Value, ...]:
    """Return the cells of a total with the names that the API's total has."""
    return tuple(
        name if column.role == "dimension" else values.get(column.field)
        for column, name in zip(columns, names, strict=True)
    )


def _with_columns(table: Table, made: ComputedTable) -> Table:
    """Return a table with its computed columns, and the cells of these in its total."""
    added = [column.field for column in made.columns[len(table.columns) :]]
    total, before = (
        row and (*row, *(values.get(name) for name in added))
        for row, values in ((table.total, made.totals.now), (table.total_baseline, made.totals.before))
    )
    return replace(table, columns=made.columns, total=total, total_baseline=before)


def _with_other(table: Table, made: ComputedTable, wanted: Arrangement) -> Table:
    """Return a table with the row Other: the sums of the rows that are not printed, and columns computed from these."""
    own = tuple(column for column in table.columns if not column.formula)
    rest = range(table.shown, table.of)
    sums = sums_of(own, *rows_by_period(table.presence, rest))
    name = wanted.other(len(rest)) if wanted.other else ""
    names = _named(own, wanted, name)
    before = _cells(own, sums.before, names) if sums.before else None
    rated, _ = with_true_rates(replace(table, columns=own, total=_cells(own, sums.now, names), total_baseline=before))
    row, names = made.completed_row(total_values(rated)), _named(table.columns, wanted, name)
    return replace(
        table,
        other=_cells(table.columns, row.now, names),
        other_baseline=_cells(table.columns, row.before, names) if sums.before else None,
    )


def _empty_other(table: Table) -> Iterator[Caution]:
    """Yield the caution that no number of the row Other has a value, because none is known to add up.

    Rows of the compared period alone have no value to add up.
    """
    if all(where == "baseline" for where in table.presence[table.shown :]):
        return
    cells = [
        (column, cell)
        for column, cell in zip(table.columns, table.other or (), strict=False)
        if column.role == "metric"
    ]
    lacking = [column.field for column, cell in cells if column.additive and not column.formula and cell is None]
    if lacking:
        text = f"other: rows beyond limit have no value of {', '.join(lacking)}, so that their sum is not known"
        yield Caution("W-OTHER", text)
    rigid = [column.field for column, _ in cells if not column.formula and not column.additive]
    if rigid and all(cell is None for _, cell in cells):
        text = f"other: the values of {', '.join(rigid)} are not known to add up, so its row has no numbers"
        yield Caution("W-OTHER", f"{text}; write additive: true in their fields where they do")


def _named(columns: tuple[Column, ...], wanted: Arrangement, name: str) -> tuple[Value, ...]:
    """Return the name of the row Other for the first printed column of names, and nothing for all others."""
    fields = [column.field for column in columns if column.role == "dimension"]
    first = next((field for field in wanted.columns if field in fields), fields[0] if fields else "")
    return tuple(name if column.field == first else None for column in columns)
