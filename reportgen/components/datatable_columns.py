"""The columns of a datatable: those that the API is asked for, those computed from them, and the author's keys."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from reportgen.components.additive_metrics import adds_up
from reportgen.components.column_expressions import condition_of, expressions_of
from reportgen.components.column_options import TableFieldSpec
from reportgen.components.computed_columns import ComputedColumn
from reportgen.components.other_sums import other_name
from reportgen.components.row_order import sort_key
from reportgen.components.table_arrangement import Arrangement
from reportgen.components.total_rates import is_rate
from reportgen.components.yaml_models import unit_of
from reportgen.model import RAW, Column
from reportgen.titles import readable

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from typing import Literal

    from reportgen.components.component import Scope
    from reportgen.components.datatable import DatatableBlock
    from reportgen.components.yaml_models import ValueFormat
    from reportgen.model import Direction

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
    unit = block.unit(field, scope) if _format(block, index) else RAW
    own = block.fields.get(field, TableFieldSpec())
    column = Column(field, block.field_title(field, scope), _role(block, index), unit, lines=own.most_lines(field))
    if column.role == "dimension":
        return column
    column = replace(column, additive=adds_up(block, field) and not is_rate(field, unit))
    return with_options(column, own, scope, block.field_direction(field))


def arrangement_of(block: DatatableBlock, scope: Scope) -> Arrangement:
    """Return the author's keys for rows and columns."""
    own = own_renames(block.fields, scope)
    return Arrangement(
        computed=computed_columns(block.asked(), block.fields, scope, block.field_direction),
        where=condition_of(block.where, block.asked(), block.fields) if block.where else None,
        sort_by=block.sort_by or sort_key(block.sort),
        limit=None if block.limit == "all" else block.limit or PRINTED_ROWS,
        other=other_name(block.other, scope),
        columns=block.columns,
        renames={**scope.renames, **{name: {**scope.renames.get(name, {}), **new} for name, new in own.items()}},
    )


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
    if _role(block, index) == "metric":
        return block.field_format(field)
    return block.fields[field].format if field in block.fields else None
