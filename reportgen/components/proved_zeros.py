"""Days that an answer leaves out and that are zero, because the others add up to the number of the same question."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reportgen.components.additive_metrics import adds_up, is_additive
from reportgen.components.dated_rows import inside_rows
from reportgen.components.exact_sums import exact_sum, numbers_of
from reportgen.components.figure_keys import figure_key
from reportgen.components.number import NumberBlock
from reportgen.components.table_cells import cell_value
from reportgen.queries import NumberAnswer

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from decimal import Decimal

    from reportgen.components.component import Component, Scope
    from reportgen.components.figure_keys import WindowPart
    from reportgen.components.metric import Metric
    from reportgen.components.timeline import Timeline
    from reportgen.model import Column, Value
    from reportgen.queries import Answer, Cell, Query


def known_numbers(
    blocks: Iterable[tuple[Component, Scope]], answers: Mapping[Query, Answer]
) -> dict[tuple[str, ...], Decimal]:
    """Return the numbers of a report whose days add up, of both periods, by the keys of their figures."""
    found: dict[tuple[str, ...], Decimal] = {}
    for block, scope in blocks:
        if not (isinstance(block, NumberBlock) and len(block.metrics) == 1 and is_additive(block)):
            continue
        answer = answers.get(block.query(scope))
        if not isinstance(answer, NumberAnswer):
            continue
        periods: tuple[tuple[WindowPart, Value], ...] = (("current", answer.value), ("baseline", answer.baseline))
        for part, value in periods:
            if isinstance(value, int | float):
                found[figure_key(block, scope, block.metrics[0], part)] = exact_sum([value]).value
    return found


def are_proved(values: Sequence[Value], field: str, metric: Metric, scope: Scope, part: WindowPart) -> bool:
    """Return whether the days that an answer leaves out are proved to be zero.

    They are where the days that came make up the whole number of the same question, and none of these is negative.

    Args:
        values: The values of the days that came.
        field: The API's name of the metric that they are of.
        metric: The chart or table by day.
        scope: Its scope, with the known numbers.
        part: The period of the values.
    """
    if not scope.numbers or not adds_up(metric, field, "time"):
        return False
    number, came = scope.numbers.get(figure_key(metric, scope, field, part)), numbers_of(values)
    return number is not None and min(came, default=-1) >= 0 and exact_sum(came).value == number


def absent_cells(  # noqa: PLR0913, PLR0917 - the rows with their days and columns, and the question that they answer
    rows: Sequence[tuple[Cell, ...]],
    time: Timeline,
    columns: Sequence[Column],
    metric: Metric,
    scope: Scope,
    part: WindowPart,
) -> tuple[Cell, ...]:
    """Return the cells of the days that a table by day leaves out, behind their names: zero where that is known."""
    came = inside_rows(rows, time)
    return tuple(
        0
        if column.field in metric.metrics
        and (
            metric.absent_is_zero(column.field, scope)
            or are_proved([cell_value(row[at], column) for row in came], column.field, metric, scope, part)
        )
        else None
        for at, column in enumerate(columns[1:], start=1)
    )
