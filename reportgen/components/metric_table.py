"""The component `metric_table`: a table made of numbers of the report, also of several sources."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Annotated, ClassVar, Literal, TypeAlias

from pydantic import AfterValidator, BeforeValidator, ConfigDict, Field, model_validator

from reportgen.components.chart_form_cautions import decided_parts, form_cautions
from reportgen.components.column_expressions import Where, computed_names, condition_of, refuse_faults
from reportgen.components.column_options import PrintedColumns, TableFieldSpec
from reportgen.components.component import Component, Scope
from reportgen.components.datatable_columns import computed_columns, own_renames
from reportgen.components.did_you_mean import nearest
from reportgen.components.formula_expression import parse
from reportgen.components.formula_units import shared_currency
from reportgen.components.further_tables import further_readings, with_further_comparisons
from reportgen.components.number_cells import NumberCell, number_cell, shared_unit, sum_of_cells
from reportgen.components.number_parts import NUMBER_NAMES, has_change, refuse_other_days
from reportgen.components.other_sums import OtherRow, other_name
from reportgen.components.table_arrangement import Arrangement, arranged
from reportgen.components.table_charts import chart_of_table
from reportgen.components.yaml_models import Name, Text, Title, YamlModel, unit_of, worked_out_once
from reportgen.model import UNREAD, Block, Column, Table, Unit, misfit_of
from reportgen.titles import readable

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from reportgen.components.formula_expression import Expression
    from reportgen.model import BlockState, ChartKind, Direction, Missing, Reading

ROW = "row"
"""The field of the column of names."""

_DRAWN: dict[str, ChartKind] = {"bar": "horizontal_bar", "donut": "donut", "funnel": "funnel"}


def _written(value: object) -> object:
    """Return a number as expressions have it, without the signs of YAML in `1_000`; other values unchanged."""
    is_number = isinstance(value, int | float) and not isinstance(value, bool)
    return repr(value) if is_number else value


def _checked_cell(text: str) -> str:
    parse(text, NUMBER_NAMES)
    return text


CellText: TypeAlias = Annotated[Text, BeforeValidator(_written), AfterValidator(_checked_cell)]
"""A cell as its author writes it: a number of the spec, a part of it such as `spend.goal`, or a calculation."""


class MetricRow(YamlModel):
    """A row: its name, and a cell for each column by the column's name."""

    model_config = ConfigDict(frozen=True, extra="allow")
    __pydantic_extra__: dict[Name, CellText]

    row: Annotated[Title, Field(min_length=1, description="The name of the row.")]

    @worked_out_once
    def cells(self) -> dict[str, Expression]:
        """The cells by the names of their columns."""
        return {column: parse(text, NUMBER_NAMES) for column, text in self.__pydantic_extra__.items()}

    @worked_out_once
    def names(self) -> tuple[str, ...]:
        """The names of its numbers, each once."""
        return tuple(dict.fromkeys(name for cell in self.cells.values() for name in cell.names))


class MetricTableBlock(Component):
    """A table made of numbers of the report: a row for each source, for instance, and a column for each metric."""

    needs_all: ClassVar[bool] = False
    calculates: ClassVar[bool] = True

    metric_table: Annotated[
        tuple[MetricRow, ...],
        Field(
            min_length=1,
            description="Its rows: `row` is the name of each, every other key a column with a number of this spec.",
        ),
    ]
    fields: Mapping[Name, TableFieldSpec] = Field(
        default_factory=dict, description="How its columns are shown, by their names; `row` is the column of names."
    )
    sort_by: Annotated[
        Text | None, Field(description="The column that rows are sorted by; with `-` in front, the largest first.")
    ] = None
    limit: Annotated[
        Annotated[int, Field(ge=1)] | None, Field(description="How many rows are printed; left out, all.")
    ] = None
    other: OtherRow = False
    where: Where = None
    columns: PrintedColumns = ()
    total_row: Annotated[
        bool, Field(description="Whether the columns that add up have a total; a row without a figure is not in it.")
    ] = False
    kind: Annotated[
        Literal["bar", "donut", "funnel"] | None,
        Field(description="How it is drawn in place of a table: as bars, a ring of its rows, or a funnel of its rows."),
    ] = None
    compare: Annotated[
        Literal["none"] | None, Field(description="`none`: it is not compared, whatever the report is.")
    ] = None

    @model_validator(mode="after")
    def _each_row_once(self) -> MetricTableBlock:
        names = [row.row for row in self.metric_table]
        for name in names:
            if names.count(name) > 1:
                raise ValueError(f"metric_table: two rows are called {name!r}; change one")
        return self

    @model_validator(mode="after")
    def _columns_are_there(self) -> MetricTableBlock:
        own = [Column(name, "", "metric", unit_of(self._own(name).format, None)) for name in self.written_columns()]
        known = [ROW, *self.written_columns(), *computed_names(self.fields)]
        for name in (*self.columns, *filter(None, [(self.sort_by or "").removeprefix("-")]), *self.fields):
            if name not in known:
                raise ValueError(f"{name!r} is no column of this table; {nearest(name, known)}")
        refuse_faults(type(self).__name__, [Column(ROW, "", "dimension"), *own], self.fields, self.where)
        return self

    def written_columns(self) -> tuple[str, ...]:
        """Return the names of the columns whose cells stand in the rows."""
        return tuple(dict.fromkeys(name for row in self.metric_table for name in row.cells))

    def _own(self, column: str) -> TableFieldSpec:
        return self.fields.get(column, TableFieldSpec())

    def builds_on(self) -> tuple[str, ...]:
        """Return the names of its numbers."""
        return tuple(dict.fromkeys(name for row in self.metric_table for name in row.names))

    def compose(self, scope: Scope) -> Block:
        """Return the block: a table or chart of the rows whose sources the client has, or why there is none."""
        rows = [row for row in self.metric_table if not row.names or not scope.blocks.keys().isdisjoint(row.names)]
        operands = {name: scope.blocks[name] for row in rows for name in row.names if name in scope.blocks}
        readings = {name: block.readings[0] for name, block in operands.items()}
        frame = self._composed_frame(operands.values(), scope)
        block = self._made(frame, rows, operands, readings, scope)
        further = [self._made(frame, rows, operands, each, scope) for each in further_readings(readings)]
        return with_further_comparisons(block, further)

    def _made(
        self,
        frame: Block,
        rows: Sequence[MetricRow],
        operands: Mapping[str, Block],
        readings: Mapping[str, Reading],
        scope: Scope,
    ) -> Block:
        try:
            refuse_other_days(readings.values(), "which do not stand in one table")
            cells = {column: [self._cell(column, row, readings) for row in rows] for column in self.written_columns()}
            columns = [self._column(name, of_rows, scope) for name, of_rows in cells.items()]
        except ValueError as error:
            return replace(frame, state="failed", reason=str(error))
        states = [cell.state for of_rows in cells.values() for cell in of_rows]
        unread = next((state for state in states if state in UNREAD), None)
        reason = "; ".join(f"{name}: {block.reason}" for name, block in operands.items() if block.reason)
        if "ok" not in states:
            return replace(frame, state=unread or "no_data", reason=reason)
        state: BlockState = "partial" if unread else "ok"
        names = tuple(scope.fill(row.row) or readable(next(iter(row.names), "")) for row in rows)
        table = self._compared(_table((self._names(names, scope), *columns)), readings.values(), scope)
        frame = replace(frame, state=state, reason=reason if unread else "")
        return self._arranged(frame, _totalled(table, cells), cells, scope)

    def _composed_frame(self, operands: Iterable[Block], scope: Scope) -> Block:
        queries = dict.fromkeys(query for block in operands for query in block.queries)
        of_columns = (self._label(column, scope) for column in self.written_columns())
        label = scope.fill(self.label) or (readable(self.name) if self.name else ", ".join(of_columns))
        return self.frame("datatable", scope, label=label, queries=tuple(queries))

    def _cell(self, column: str, row: MetricRow, readings: Mapping[str, Reading]) -> NumberCell:
        """Return the cell of a row, which may be added to others where its numbers, or the author, say so."""
        if column not in row.cells:
            return NumberCell()
        cell = number_cell(row.cells[column], readings)
        own = self._own(column).additive
        return cell if own is None or own.parts is None else replace(cell, adds_up=own.parts)

    def _label(self, column: str, scope: Scope) -> str:
        own = self._own(column).label or (self.label if column == ROW else "")
        return scope.fill(own) or ("" if column == ROW else readable(column))

    def _names(self, names: tuple[str, ...], scope: Scope) -> Column:
        lines = self._own(ROW).most_lines(ROW)
        return Column(ROW, self._label(ROW, scope), "dimension", values=names, lines=lines)

    def _column(self, name: str, cells: Sequence[NumberCell], scope: Scope) -> Column:
        """Return a column of numbers, in the unit that its cells share.

        Raises:
            ValueError: They have different units.
        """
        own = self._own(name)
        given = [cell for cell in cells if cell.state == "ok"]
        unit = shared_unit(name, [cell.unit for cell in given])
        currency = shared_currency(Unit("currency", cell.currency) for cell in given)
        directions = {direction for cell in cells for direction in cell.directions}
        shared: Direction = directions.pop() if len(directions) == 1 else "neutral"
        return Column(
            name,
            self._label(name, scope),
            "metric",
            unit_of(own.format, currency or scope.currency) if own.format else unit,
            tuple(cell.value for cell in cells),
            tuple(cell.baseline for cell in cells),
            direction=own.direction or shared,
            band=scope.neutral_band,
            bar=own.bar,
            tones=own.tone_rules(),
            additive=all(cell.adds_up for cell in cells),
            has_change=own.change,
        )

    def _compared(self, table: Table, readings: Iterable[Reading], scope: Scope) -> Table:
        """Return the table with what it is compared with, or without compared values and with the reason."""
        readings = list(readings)
        periods = {reading.compared for reading in readings if reading.baseline_missing != "not_requested"}
        days = next((reading.days for reading in readings), None)
        missing: Missing | None = None
        if self.compare == "none" or scope.window.baseline is None or not periods:
            missing = "not_requested"
        elif len(periods) > 1 or not all(has_change(reading.value, reading) for reading in readings):
            missing = "not_comparable"
        if missing is None:
            return replace(table, days=days, compared=periods.pop(), presence=tuple("both" for _ in table.presence))
        columns = tuple(replace(column, baseline=()) for column in table.columns)
        return replace(table, columns=columns, days=days, baseline_missing=missing)

    def _arranged(self, frame: Block, table: Table, cells: Mapping[str, Sequence[NumberCell]], scope: Scope) -> Block:
        """Return the block of a table whose rows and columns are as the author wants them, or of its chart."""
        try:
            made = arranged(table, self._arrangement(scope))
        except ValueError as error:
            return replace(frame, state="failed", reason=f"where: {error}")
        if not made.table.of:
            reason, remarks = f"no row meets the condition {self.where}", (*frame.remarks, "none_met")
            return replace(frame, state="no_data", reason=reason, remarks=remarks)
        frame = replace(frame, cautions=(*frame.cautions, *made.cautions))
        if self.kind:
            return self._drawn(frame, made.table, _DRAWN[self.kind])
        if not (self.total_row and made.table.total):
            return replace(frame, tables=(replace(made.table, total=None, total_baseline=None),))
        totals = zip((column.field for column in made.table.columns), made.table.total, strict=True)
        lacking = any(
            cell.state == "no_data" for name, total in totals if total is not None for cell in cells.get(name, ())
        )
        return replace(frame, tables=(made.table,), remarks=("partial_total",) if lacking else ())

    def _arrangement(self, scope: Scope) -> Arrangement:
        written = (ROW, *self.written_columns())
        return Arrangement(
            computed=computed_columns(written, self.fields, scope, lambda name: self._own(name).direction or "neutral"),
            where=condition_of(self.where, written, self.fields) if self.where else None,
            sort_by=self.sort_by,
            limit=self.limit,
            other=other_name(self.other, scope),
            columns=self.columns,
            renames=own_renames(self.fields, scope),
        )

    def _drawn(self, frame: Block, table: Table, kind: ChartKind) -> Block:
        """Return the block with the chart of its table, and a caution where it cannot be drawn as its author wants."""
        chart = chart_of_table(table, kind)
        decided = decided_parts(self.fields, None, (series.field for series in chart.series))
        cautions = tuple(form_cautions(chart, misfit_of(chart), decided=decided))
        return replace(frame, kind="chart", charts=(chart,), cautions=(*frame.cautions, *cautions))


def _table(columns: tuple[Column, ...]) -> Table:
    count = len(columns[0].values)
    return Table(columns, tuple("current" for _ in range(count)), shown=count, of=count)


def _totalled(table: Table, cells: Mapping[str, Sequence[NumberCell]]) -> Table:
    """Return a table with the sums of the columns that add up; without a total where none does."""
    sums = {column: sum_of_cells(of_rows) for column, of_rows in cells.items()}
    if not any(total is not None for total, _ in sums.values()):
        return table
    now = tuple(sums.get(column.field, (None, None))[0] for column in table.columns)
    before = tuple(sums.get(column.field, (None, None))[1] for column in table.columns)
    return replace(table, total=now, total_baseline=before if table.baseline_missing is None else None)
