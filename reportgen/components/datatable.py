"""The component `datatable_v1`: a table of dimensions and metrics, with the API's own total."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Annotated, Literal, NamedTuple, Self

from pydantic import Field, PrivateAttr, model_validator

from reportgen.components.account_answers import comparable, with_lacking
from reportgen.components.column_expressions import Where, computed_names, refuse_faults
from reportgen.components.column_options import PrintedColumns, TableFieldSpec, with_column_behind
from reportgen.components.comparison import compared, is_empty
from reportgen.components.datatable_columns import answer_column, arrangement_of, bare_columns
from reportgen.components.dated_rows import (
    are_days_of_rows,
    day_keys,
    every_day,
    lacking_rows,
    text_of,
    unread_cautions,
    with_cut_buckets,
)
from reportgen.components.did_you_mean import nearest
from reportgen.components.joined_tables import with_compared_rows
from reportgen.components.metric import Metric, failure_of, without_figures
from reportgen.components.other_sums import OtherRow
from reportgen.components.proved_zeros import absent_cells
from reportgen.components.row_names import name_cautions
from reportgen.components.row_sums import sum_cautions, unnamed_total_cautions
from reportgen.components.table_arrangement import arranged
from reportgen.components.table_cells import cell_value, with_cells, with_dates
from reportgen.components.text_cells import with_numbers_as_text, without_texts
from reportgen.components.thumbnails import with_thumbnails
from reportgen.components.timeline import outside_caution, timeline
from reportgen.components.total_row import (
    TotalName,
    is_total_of_nothing,
    no_total_cautions,
    stray_total_cautions,
    without_total,
)
from reportgen.components.yaml_models import NotYet, Text
from reportgen.model import Block, Column, Picture, Table, Unit
from reportgen.queries import RichCell, TableAnswer

if TYPE_CHECKING:
    from collections.abc import Hashable, Sequence

    from reportgen.components.component import Scope
    from reportgen.components.timeline import Timeline
    from reportgen.model import Caution, Value
    from reportgen.periods import BucketKind, Period, Window
    from reportgen.queries import Answer, Cell, Query

ACCOUNT = "account"
"""The name of the column of accounts, in a table of a source that has several."""


class _AnsweredRows(NamedTuple):
    """The rows of an answer, of equal width, without the total.

    Attributes:
        columns: The columns, without cells.
        rows: The rows in the API's order, in a table by day every day in its place.
        total: The API's total, or None.
        time: The timeline of a table by day, week or month.
    """

    columns: list[Column]
    rows: list[tuple[Cell, ...]]
    total: tuple[Cell, ...] | None
    time: Timeline | None


class DatatableBlock(Metric):
    """A table with the API's own total."""

    component: Annotated[Literal["datatable_v1"], Field(description="`datatable_v1`: rows and columns.")]
    sort_by: Annotated[
        Text | None, Field(description="The column that rows are sorted by; with `-` in front, the largest first.")
    ] = None
    limit: Annotated[
        Annotated[int, Field(ge=1)] | Literal["all"] | None,
        Field(description="How many rows are printed, or `all`; left out, 100. Workbook and CSV have all."),
    ] = None
    thumbnails: Annotated[bool, Field(description="Whether the pictures of posts are shown beside their names.")] = (
        False
    )
    fields: Mapping[str, TableFieldSpec] = Field(
        default_factory=dict, description="How single columns are shown, by the API's name of each."
    )
    columns: PrintedColumns = ()
    where: Where = None
    other: OtherRow = False
    total_row: TotalName = None
    landscape: Annotated[
        bool | None, Field(description="Whether its page is turned on its side; left out, where its width needs it.")
    ] = None
    goal: NotYet = None
    kind: NotYet = None
    trend: NotYet = None

    _names_accounts: bool = PrivateAttr(default=False)

    @model_validator(mode="after")
    def _columns_are_there(self) -> DatatableBlock:
        known = [*self.asked(), *computed_names(self.fields)]
        unknown = [name for name in self.columns if name not in known]
        if unknown:
            advice = nearest(unknown[0], known)
            raise ValueError(f"columns: {unknown[0]!r} is neither a dimension nor a metric of this table; {advice}")
        if self.other and self.limit == "all":
            raise ValueError("other: nothing is left for it where limit: all prints every row; leave one of them out")
        refuse_faults(type(self).__name__, bare_columns(self), self.fields, self.where)
        return self

    def asked(self) -> tuple[str, ...]:
        """Return the names of the columns that the API is asked for: dimensions first, then metrics (API page)."""
        return (*self.dimension_names(), *self.metrics)

    def of_accounts(self) -> Self:
        """Return this table as it is of several accounts, each of which is named behind the dimensions."""
        chosen = with_column_behind(self.columns, self.dimension_names(), ACCOUNT)
        table = self.model_copy(update={"columns": chosen})
        table._names_accounts = True  # noqa: SLF001 - a copy of our own class
        return table

    def dimension_names(self) -> tuple[str, ...]:
        """Return the name of each dimension, with that of the accounts of a source that has several."""
        own = super().dimension_names()
        return (*own, ACCOUNT) if self._names_accounts else own

    def field_title(self, name: str, scope: Scope) -> str:
        """Return the reader's name of a field; the accounts are called so in the report's language."""
        is_own = name in self.fields and self.fields[name].label
        return scope.account_title if name == ACCOUNT and not is_own else super().field_title(name, scope)

    def queries(self, scope: Scope) -> tuple[Query, ...]:
        """Return the query of this block, and the query of the compared days."""
        return tuple(filter(None, (self.query(scope), self.compared_query(scope))))

    def pictures_of(self, scope: Scope, answers: Mapping[Query, Answer]) -> tuple[str, ...]:
        """Return the addresses of the pictures of the rows that are printed."""
        answer = answers.get(self.query(scope)) if self.thumbnails else None
        if not isinstance(answer, TableAnswer):
            return ()
        cells = (cell for row in answer.rows for cell in row if isinstance(cell, RichCell) and cell.picture)
        named = {str(cell.picture): Picture("", str(cell.picture).encode()) for cell in cells}  # stand for the pictures
        where = replace(scope, pictures=named)
        block = self.completed(self.resolve(where, answers), where)
        shown = (
            picture
            for table in block.tables
            for column in table.columns
            for picture in column.thumbnails[: table.shown]
        )
        return tuple(picture.content.decode() for picture in shown if picture)

    def resolve(self, scope: Scope, answers: Mapping[Query, Answer]) -> Block:
        """Return the block: a table, or the reason why there is none."""
        frame, answer = self.frame("datatable", scope), answers[self.query(scope)]
        if not isinstance(answer, TableAnswer):
            return without_figures(frame, failure_of(answer, "table"))
        if is_empty(answer) or (self.dimension_names() and is_total_of_nothing(answer.rows, self.total_row)):
            return replace(frame, state="no_data")
        block = self._with_table(frame, scope, answer.rows)
        if not block.tables:
            return block
        block = with_lacking(block, answer.lacking)
        block = self._compared(block, answer, scope, answers)
        table, texts = without_texts(*(self._with_cut_buckets(table, scope.window) for table in block.tables))
        sums = sum_cautions(table, must_equal=self.additive is not None and self.additive.parts is True)
        cautions = (*block.cautions, *texts, *name_cautions(table), *sums)
        return replace(block, tables=(table,), cautions=cautions)

    def completed(self, block: Block, scope: Scope) -> Block:
        """Return the block with its rows and columns as the author wants them, and with a total that they bear out."""
        if not block.tables:
            return block
        try:
            (table,) = block.tables
            made = arranged(with_numbers_as_text(table), arrangement_of(self, scope, table))
        except ValueError as error:
            return replace(block, tables=(), state="failed", reason=f"where: {error}")
        block = replace(block, cautions=(*block.cautions, *made.cautions, *self._stray_totals(made.table)))
        if not made.table.of:
            reason, remarks = f"no row meets the condition {self.where}", (*block.remarks, "none_met")
            return replace(block, tables=(), state="no_data", reason=reason, remarks=remarks)
        return replace(
            block, tables=(with_dates(made.table),), reason="; ".join(filter(None, (block.reason, made.unsortable)))
        )

    def _stray_totals(self, table: Table) -> tuple[Caution, ...]:
        names = (column.values for column in table.columns if column.field == self.time_dimension())
        return stray_total_cautions(next(names, ()), self.total_row, self.time_dimension(), self.where)

    def _with_table(self, frame: Block, scope: Scope, answered: tuple[tuple[Cell, ...], ...]) -> Block:
        columns, rows, total, time = self._answered_rows(answered, scope)
        if not rows:
            outside = outside_caution(time.outside if time else (), scope.window.current, self.time_dimension())
            return replace(frame, state="no_data", cautions=frame.cautions + outside)
        table = Table(
            columns=tuple(with_cells(column, [row[index] for row in rows]) for index, column in enumerate(columns)),
            presence=tuple("current" for _ in rows),
            total=tuple(cell_value(cell, column) for cell, column in zip(total, columns, strict=True))
            if total
            else None,
            of=len(rows),
            landscape=self.landscape,
            left_out=len(lacking_rows(rows, time)) if time else 0,
            bucket=time.kind.unit if time else None,
            days=scope.days,
            compared=scope.compared,
        )
        outside = outside_caution(time.outside if time else (), scope.window.current, self.time_dimension())
        may_be_total = self.dimension_names() and self.total_row is not False and not time
        cautions = (
            *no_total_cautions(answered if self._may_be_named() else (), self.total_row),
            *unnamed_total_cautions(table, len(rows) - 1 if may_be_total else None),
            *outside,
            *unread_cautions(rows, self, scope),
        )
        if self.thumbnails:
            table, missing = with_thumbnails(table, rows, scope.pictures)
            cautions += missing
        reason = self._odd_rows(answered)
        return replace(
            frame,
            tables=(table,),
            state="partial" if reason else "ok",
            reason=reason,
            cautions=frame.cautions + cautions,
        )

    def _odd_rows(self, answered: Sequence[tuple[Cell, ...]]) -> str:
        """Return which rows of another width than was asked for came, of several accounts from which; else nothing."""
        asked, name_at = len(self.asked()), len(self.dimension_names()) - 1
        own = asked - self._names_accounts  # without the column of the accounts, which the API is not asked for
        widths: dict[str, set[int]] = {}
        for row in answered:
            if len(row) != asked:
                account = f"{text_of(row[name_at])}: " if self._names_accounts else ""
                widths.setdefault(account, set()).add(len(row) - asked + own)
        came = ((account, ", ".join(map(str, sorted(found)))) for account, found in widths.items())
        return "; ".join(f"{account}{own} columns were asked for, rows of {found} came" for account, found in came)

    def _may_be_named(self) -> bool:
        """Return whether the author may name the last row; of several accounts one without a total leaves none."""
        return bool(self.dimension_names()) and not self._names_accounts

    def _answered_rows(self, answered: tuple[tuple[Cell, ...], ...], scope: Scope) -> _AnsweredRows:
        """Return the rows of an answer, filled up to every column, without the total."""
        width = max(len(self.asked()), *(len(row) for row in answered))
        padded = [row + (None,) * (width - len(row)) for row in answered]
        rows, total = without_total(padded, self.total_row) if self.dimension_names() else (padded, None)
        columns = [answer_column(self, index, scope) for index in range(width)]
        time = self._timeline(rows, scope.window.current, scope)
        if time:
            rows = every_day(rows, time, absent_cells(rows, time, columns, self, scope, "current"))
            columns[0] = columns[0] if time.is_iso else replace(columns[0], unit=Unit("date"))
        return _AnsweredRows(columns, rows, total, time)

    def _timeline(
        self, rows: Sequence[tuple[Cell, ...]], period: Period, scope: Scope, kind: BucketKind | None = None
    ) -> Timeline | None:
        """Return the timeline of a table whose only dimension is one of time."""
        if len(self.dimension_names()) != 1:
            return None
        asked = self.labels_asked(period, scope.zone)
        time = timeline([text_of(row[0]) for row in rows], asked, kind)
        is_open = not kind and not asked.pattern
        return None if time and is_open and are_days_of_rows(time, asked.dimension) else time

    def _compared(self, block: Block, answer: TableAnswer, scope: Scope, answers: Mapping[Query, Answer]) -> Block:
        """Return the block with the compared period in its table, or the reason why it has none."""
        (table,) = block.tables
        query = self.compared_query(scope)
        if query is None:
            return replace(block, tables=(replace(table, baseline_missing=self.missing_baseline(scope)),))
        block, joined = compared(
            block,
            table,
            answer,
            comparable(answer, answers[query]),
            lambda baseline: self._joined(table, baseline, scope),
        )
        return replace(block, tables=(joined,))

    def _joined(self, table: Table, baseline: TableAnswer, scope: Scope) -> Table | str:
        """Return a table with the compared rows, or a text with the reason why they do not join."""
        window = scope.window
        if not self.dimension_names():
            return "its rows have no dimension to tell them by"
        width = len(table.columns)
        if any(len(row) > width for row in baseline.rows):
            return "the compared rows have more columns"
        padded = [row + (None,) * (width - len(row)) for row in baseline.rows]
        alone = table.total is not None or is_total_of_nothing(padded, self.total_row)
        rows, total = without_total(padded, self.total_row, alone=alone)
        now = self._timeline([(name,) for name in table.columns[0].values], window.current, scope)
        then = self._timeline(rows, window.baseline, scope, now.kind) if now and window.baseline else None
        if then:
            rows = every_day(rows, then, absent_cells(rows, then, table.columns, self, scope, "baseline"))
        are_names = len(self.dimension_names()) == 1 and now is None
        joined = with_compared_rows(
            table,
            rows,
            partial(self._day_keys, window, are_names=are_names),
            lacking=lacking_rows(rows, then) if then else (),
        )
        if joined is None:
            return "a row stands twice"
        return replace(
            joined,
            total_baseline=tuple(map(cell_value, total, table.columns)) if total and table.total else None,
        )

    def _with_cut_buckets(self, table: Table, window: Window) -> Table:
        """Return a table that knows its weeks, months and other buckets that a period cuts; see `Column.cut`."""
        if self.own_range():
            return table
        names, is_joined = self.dimension_names(), any(column.baseline for column in table.columns)
        known = (
            column
            if self.are_names(name) or (is_joined and not column.baseline)  # its names are no days
            else with_cut_buckets(column, table.presence, window, name, self.day_pattern(name))
            for column, name in zip(table.columns, names, strict=False)
        )
        return replace(table, columns=(*known, *table.columns[len(names) :]))

    def _day_keys(
        self, window: Window, index: int, now: Sequence[Value], then: Sequence[Value], *, are_names: bool
    ) -> tuple[list[Hashable], list[Hashable]] | None:
        name = self.dimension_names()[index]
        return None if are_names or self.are_names(name) else day_keys(now, then, window, name, self.day_pattern(name))
