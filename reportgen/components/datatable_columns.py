"""The columns of a datatable: those that the API is asked for, those computed from them, and the author's keys."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from reportgen.components.additive_metrics import adds_up
from reportgen.components.column_expressions import condition_of, expressions_of
from reportgen.components.column_options import TableFieldSpec
from reportgen.components.computed_columns import ComputedColumn
from reportgen.components.conditions import plain_text
from reportgen.components.other_sums import other_name
from reportgen.components.row_order import sort_key
from reportgen.components.table_arrangement import Arrangement
from reportgen.components.total_rates import is_rate
from reportgen.components.yaml_models import unit_of
from reportgen.model import RAW, Column, Unit
from reportgen.periods import is_bare_year, read_labels
from reportgen.titles import readable

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from typing import Literal

    from reportgen.components.component import Scope
    from reportgen.components.conditions import Condition
    from reportgen.components.datatable import DatatableBlock
    from reportgen.components.yaml_models import ValueFormat
    from reportgen.model import Direction, Table
    from reportgen.periods import Period

_IDS = re.compile(r"(^|[_.:])(id|ids|year)$|[a-z]I[Dd]$", re.ASCII)
PRINTED_ROWS = 100
"""Rows printed on the page without a `limit` in the spec; the workbook has all."""


def bare_columns(block: DatatableBlock) -> list[Column]:
    """Return the columns that the API is asked for, with no more than their units, as far as these are written."""
    return [
        Column(field, "", _role(block, at), unit_of(_format(block, at), None)) for at, field in enumerate(block.asked())
    ]


def answer_column(block: DatatableBlock, index: int, scope: Scope) -> Column:
    """Return a column of an answer without its cells: dimensions first, then metrics in the order asked (API page)."""
    if index >= len(block.asked()):  # more columns came than were asked: shown, and named by their place
        return Column(f"column_{index + 1}", f"#{index + 1}", "metric", RAW)
    field = block.asked()[index]
    unit = block.unit(field, scope) if _format(block, index) else _usual_unit(field)
    own = block.fields.get(field, TableFieldSpec())
    column = Column(field, block.field_title(field, scope), _role(block, index), unit, lines=own.most_lines(field))
    if column.role == "dimension":
        return column
    column = replace(column, additive=adds_up(block, field) and not is_rate(field, unit))
    return with_options(column, own, scope, block.field_direction(field))


def _usual_unit(field: str) -> Unit:
    """Return the unit of a column without a format: an id and a year are words in digits, which nobody counts."""
    return Unit("text") if _IDS.search(field) else RAW


def arrangement_of(block: DatatableBlock, scope: Scope, table: Table) -> Arrangement:
    """Return the author's keys for the rows and columns of a table.

    Raises:
        ValueError: The condition compares a column of days with a text that is no day.
    """
    own = own_renames(block.fields, scope)
    return Arrangement(
        computed=computed_columns(block.asked(), block.fields, scope, block.field_direction),
        where=_condition(block, scope, table),
        sort_by=block.sort_by or sort_key(block.sort),
        limit=None if block.limit == "all" else block.limit or PRINTED_ROWS,
        other=other_name(block.other, scope),
        columns=block.columns,
        renames={**scope.renames, **{name: {**scope.renames.get(name, {}), **new} for name, new in own.items()}},
    )


def _condition(block: DatatableBlock, scope: Scope, table: Table) -> Condition | None:
    """Return the author's condition on rows, in which days are written as the table's cells are."""
    if not block.where:
        return None
    condition = condition_of(block.where, block.asked(), block.fields)
    for column in table.columns:
        if column.role == "dimension" and column.unit.name == "date":
            condition = condition.with_days(column.field, partial(_cell_of_day, column, block, scope.window.current))
    return condition


def _cell_of_day(column: Column, block: DatatableBlock, period: Period, text: str) -> str | None:
    """Return an author's text as the cell of a column of days that it names, or would; None where it is no day."""
    cells, pattern = list(map(str, column.values)), block.day_pattern(column.field)
    if plain_text(text) in map(plain_text, cells) or is_bare_year(text.strip()):
        return text
    written, read = (
        read_labels([text], period, column.field, pattern),
        read_labels(cells, period, column.field, pattern),
    )
    if not written or not read:
        return None
    days = dict(zip((bucket.day for bucket in read.buckets), cells, strict=True))
    return days.get(written.buckets[0].day, text)


def own_renames(fields: Mapping[str, TableFieldSpec], scope: Scope) -> dict[str, dict[str, str]]:
    """Return the names for the reader that a table's own columns give to those of the API."""
    return {name: scope.fill.names(spec.rename) for name, spec in fields.items() if spec.rename}


def computed_columns(
    asked: Sequence[str],
    fields: Mapping[str, TableFieldSpec],
    scope: Scope,
    direction_of: Callable[[str], Direction],
) -> tuple[ComputedColumn, ...]:
    """Return the columns that an author computes from others, each after those that it is computed from."""
    return tuple(
        ComputedColumn(
            with_options(
                Column(name, _computed_title(name, fields[name], scope), "metric", formula=fields[name].formula or ""),
                fields[name],
                scope,
                direction_of(name),
            ),
            expression,
            unit_of(written, scope.currency) if (written := fields[name].format) else None,
            own.parts if (own := fields[name].additive) else None,
        )
        for name, expression in expressions_of(asked, fields).items()
    )


def _computed_title(name: str, own: TableFieldSpec, scope: Scope) -> str:
    return scope.fill(own.label or "") or readable(name)


def with_options(column: Column, own: TableFieldSpec, scope: Scope, direction: Direction) -> Column:
    """Return a column of a metric with the author's options."""
    return replace(
        column,
        direction=direction,
        band=scope.neutral_band,
        bar=own.bar,
        tones=own.tone_rules(),
        has_change=own.change,
    )


def _role(block: DatatableBlock, index: int) -> Literal["dimension", "metric"]:
    return "dimension" if index < len(block.dimension_names()) else "metric"


def _format(block: DatatableBlock, index: int) -> ValueFormat | None:
    """Return the format of a column that is asked for; the block's own format is that of its metrics."""
    field = block.asked()[index]
    return block.field_format(field) if _role(block, index) == "metric" else block.own_format(field)
