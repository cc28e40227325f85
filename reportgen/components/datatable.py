"""The component `datatable_v1`: a table of dimensions and metrics, with the API's own total."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Annotated, Literal, NamedTuple, Self

from pydantic import Field, PrivateAttr, model_validator

from reportgen.components.account_answers import comparable, with_lacking
from reportgen.components.additive_metrics import adds_up
from reportgen.components.column_options import (
    PrintedColumns,
    TableFieldSpec,
    with_chosen_columns,
    with_column_behind,
)
from reportgen.components.comparison import compared, is_empty
from reportgen.components.dated_rows import day_keys, every_day, lacking_rows, text_of, unread_cautions
from reportgen.components.did_you_mean import nearest
from reportgen.components.joined_tables import with_compared_rows
from reportgen.components.metric import Metric, failure_of
from reportgen.components.proved_zeros import absent_cells
from reportgen.components.row_names import name_cautions
from reportgen.components.row_order import row_order, sort_key
from reportgen.components.row_sums import sum_cautions, unnamed_total_cautions
from reportgen.components.table_cells import cell_value, with_cells
from reportgen.components.text_cells import with_numbers_as_text, without_texts
from reportgen.components.thumbnails import with_thumbnails
from reportgen.components.timeline import Asked, outside_caution, timeline
from reportgen.components.total_rates import is_rate, with_true_rates
from reportgen.components.total_row import TotalName, is_total_of_nothing, without_total
from reportgen.components.yaml_models import NotYet, Text
from reportgen.model import RAW, Block, Column, Table, Unit
from reportgen.queries import RichCell, TableAnswer

if TYPE_CHECKING:
    from collections.abc import Hashable, Sequence

    from reportgen.components.component import Scope
    from reportgen.components.timeline import Timeline
    from reportgen.model import Value
    from reportgen.periods import BucketKind, Period, Window
    from reportgen.queries import Answer, Cell, Query

ACCOUNT = "account"
"""The name of the column of accounts, in a table of a source that has several."""

PRINTED_ROWS = 100
"""Rows printed on the page without a `limit` in the spec; the workbook has all."""


class _SortedRows(NamedTuple):
    """The sorted rows of an answer, of equal width, without the total.

    Attributes:
        columns: The columns, without cells.
        rows: The rows in their order.
        total: The API's total, or None.
        unsortable: The reason where they are not sorted.
        last: The place of the row that the API sent as the last; None in a table by day, week or month.
        time: The timeline of a table by day, week or month.
    """

    columns: list[Column]
    rows: list[tuple[Cell, ...]]
    total: tuple[Cell, ...] | None
    unsortable: str
    last: int | None
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
    total_row: TotalName = None
    landscape: Annotated[
        bool | None, Field(description="Whether its page is turned on its side; left out, where its width needs it.")
    ] = None
    goal: NotYet = None
    kind: NotYet = None
    trend: NotYet = None

    _names_accounts: bool = PrivateAttr(default=False)

    @model_validator(mode="after")
    def _columns_are_asked_for(self) -> DatatableBlock:
        asked = [*self.dimension_names(), *self.metrics]
        unknown = [name for name in self.columns if name not in asked]
        if unknown:
            advice = nearest(unknown[0], asked)
            raise ValueError(f"columns: {unknown[0]!r} is neither a dimension nor a metric of this table; {advice}")
        return self

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
        if not isinstance(answer, TableAnswer) or not answer.rows:
            return ()
        rows = self._sorted_rows(answer.rows, scope).rows
        printed = rows[: self._printed_count(len(rows))]
        return tuple(cell.picture for row in printed for cell in row if isinstance(cell, RichCell) and cell.picture)

    def resolve(self, scope: Scope, answers: Mapping[Query, Answer]) -> Block:
        """Return the block: a table, or the reason why there is none."""
        frame, answer = self.frame("datatable", scope), answers[self.query(scope)]
        if not isinstance(answer, TableAnswer):
            failure = failure_of(answer, "table")
            return replace(frame, state=failure.missing, reason=failure.reason)
        if is_empty(answer) or (self.dimension_names() and is_total_of_nothing(answer.rows, self.total_row)):
            return replace(frame, state="no_data")
        block = self._with_table(frame, scope, answer.rows)
        if not block.tables:
            return block
        block = with_lacking(block, answer.lacking)
        block = self._compared(block, answer, scope, answers)
        table, texts = without_texts(*block.tables)
        sums = sum_cautions(table, must_equal=self.additive is not None and self.additive.parts is True)
        cautions = (*block.cautions, *texts, *name_cautions(table), *sums)
        return replace(block, tables=(with_chosen_columns(table, self.columns),), cautions=cautions)

    def completed(self, block: Block, scope: Scope) -> Block:  # noqa: ARG002 - the signature of every component
        """Return the block with names as text, and the rates of its total worked out or left out."""
        checked = [with_true_rates(with_numbers_as_text(table)) for table in block.tables]
        cautions = (caution for _, found in checked for caution in found)
        return replace(block, tables=tuple(table for table, _ in checked), cautions=(*block.cautions, *cautions))

    def _with_table(self, frame: Block, scope: Scope, answered: tuple[tuple[Cell, ...], ...]) -> Block:
        asked = len(self.dimension_names()) + len(self.metrics)
        odd = sorted({len(row) for row in answered} - {asked})
        columns, rows, total, unsortable, last, time = self._sorted_rows(answered, scope)
        if not rows:
            outside = outside_caution(time.outside if time else (), scope.window.current)
            return replace(frame, state="no_data", cautions=frame.cautions + outside)
        table = Table(
            columns=tuple(with_cells(column, [row[index] for row in rows]) for index, column in enumerate(columns)),
            presence=tuple("current" for _ in rows),
            total=tuple(cell_value(cell, column) for cell, column in zip(total, columns, strict=True))
            if total
            else None,
            shown=self._printed_count(len(rows)),
            of=len(rows),
            landscape=self.landscape,
            left_out=len(lacking_rows(rows, time)) if time else 0,
            bucket=time.kind.unit if time else None,
            days=scope.days,
            compared=scope.compared,
        )
        outside = outside_caution(time.outside if time else (), scope.window.current)
        may_be_total = self.dimension_names() and self.total_row is not False
        cautions = (
            *unnamed_total_cautions(table, last if may_be_total else None),
            *outside,
            *unread_cautions(rows, self, scope),
        )
        if self.thumbnails:
            table, missing = with_thumbnails(table, rows, scope.pictures)
            cautions += missing
        width_reason = f"{asked} columns were asked for, rows of {', '.join(map(str, odd))} came" if odd else ""
        reason = "; ".join(filter(None, (width_reason, unsortable)))
        return replace(
            frame, tables=(table,), state="partial" if odd else "ok", reason=reason, cautions=frame.cautions + cautions
        )

    def _sorted_rows(self, answered: tuple[tuple[Cell, ...], ...], scope: Scope) -> _SortedRows:
        """Return the rows of an answer, filled up to every column, without the total, and sorted."""
        asked = (*self.dimension_names(), *self.metrics)
        width = max(len(asked), *(len(row) for row in answered))
        padded = [row + (None,) * (width - len(row)) for row in answered]
        rows, total = without_total(padded, self.total_row) if self.dimension_names() else (padded, None)
        columns = [self._column(index, asked, scope) for index in range(width)]
        time = self._timeline(rows, scope.window.current)
        if time:
            rows = every_day(rows, time, absent_cells(rows, time, columns, self, scope, "current"))
            columns[0] = columns[0] if time.is_iso else replace(columns[0], unit=Unit("date"))
        order, unsortable = row_order(rows, columns, self.sort_by or sort_key(self.sort))
        last = None if time or not rows else order.index(len(rows) - 1)
        return _SortedRows(columns, [rows[index] for index in order], total, unsortable, last, time)

    def _timeline(
        self, rows: Sequence[tuple[Cell, ...]], period: Period, kind: BucketKind | None = None
    ) -> Timeline | None:
        """Return the timeline of a table whose only dimension is one of time."""
        if len(self.dimension_names()) != 1:
            return None
        name, labels = self.time_dimension(), [text_of(row[0]) for row in rows]
        asked = Asked(period, name, self.day_pattern(name), own_range=self.own_range() is not None)
        return timeline(labels, asked, kind)

    def _printed_count(self, count: int) -> int:
        """Return the number of printed rows of a table."""
        return count if self.limit == "all" else min(self.limit or PRINTED_ROWS, count)

    def _column(self, index: int, asked: Sequence[str], scope: Scope) -> Column:
        """Return a column without its cells: dimensions first, then metrics in the order asked (API page)."""
        if index >= len(asked):  # more columns came than were asked: shown, and named by their place
            return Column(f"column_{index + 1}", f"#{index + 1}", "metric", RAW)
        role: Literal["dimension", "metric"] = "dimension" if index < len(self.dimension_names()) else "metric"
        field = asked[index]
        unit = self.unit(field, scope) if role == "metric" or field in self.fields else RAW
        own = self.fields.get(field, TableFieldSpec())
        column = Column(field, self.field_title(field, scope), role, unit, lines=own.most_lines(field))
        if role == "dimension":
            return column
        return replace(
            column,
            direction=self.field_direction(field),
            band=scope.neutral_band,
            bar=own.bar,
            tones=own.tone_rules(),
            additive=adds_up(self, field) and not is_rate(field, unit),
        )

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
        now = self._timeline([(name,) for name in table.columns[0].values], window.current)
        then = self._timeline(rows, window.baseline, now.kind) if now and window.baseline else None
        if then:
            rows = every_day(rows, then, absent_cells(rows, then, table.columns, self, scope, "baseline"))
        joined = with_compared_rows(
            table, rows, partial(self._day_keys, window), lacking=lacking_rows(rows, then) if then else ()
        )
        if joined is None:
            return "a row stands twice"
        return replace(
            joined,
            total_baseline=tuple(map(cell_value, total, table.columns)) if total and table.total else None,
            shown=self._printed_count(joined.of),
        )

    def _day_keys(
        self, window: Window, index: int, now: Sequence[Value], then: Sequence[Value]
    ) -> tuple[list[Hashable], list[Hashable]] | None:
        name = self.dimension_names()[index]
        return day_keys(now, then, window, name, self.day_pattern(name))
