"""Days that an answer leaves out and that are zero, because the others add up to the number of the same question."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from reportgen.components.additive_metrics import is_additive
from reportgen.components.chart import ChartBlock
from reportgen.components.contradicting_figures import figure_key
from reportgen.components.exact_sums import exact_sum, numbers_of
from reportgen.components.number import NumberBlock
from reportgen.queries import NumberAnswer

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from decimal import Decimal

    from reportgen.components.component import Component, Scope
    from reportgen.model import Block, Chart, Series
    from reportgen.queries import Answer, Query


def known_numbers(
    blocks: Iterable[tuple[Component, Scope]], answers: Mapping[Query, Answer]
) -> dict[tuple[str, ...], Decimal]:
    """Return the numbers of a report whose days add up, by their account, days, metric and filters."""
    found: dict[tuple[str, ...], Decimal] = {}
    for block, scope in blocks:
        if not (isinstance(block, NumberBlock) and len(block.metrics) == 1 and is_additive(block)):
            continue
        answer = answers.get(block.query(scope))
        if isinstance(answer, NumberAnswer) and isinstance(answer.value, int | float):
            found[figure_key(block, scope, block.metrics[0], "current")] = exact_sum([answer.value]).value
    return found


def with_proved_zeros(
    component: Component, scope: Scope, block: Block, numbers: Mapping[tuple[str, ...], Decimal]
) -> Block:
    """Return a block with zero on the days that its charts lack, where the days that came make up the whole number."""
    if not isinstance(component, ChartBlock):
        return block
    by_field = {
        field: numbers.get(figure_key(component, scope, field, "current")) for field in component.metrics if numbers
    }
    return replace(block, charts=tuple(_proved(chart, by_field) for chart in block.charts))


def _proved(chart: Chart, numbers: Mapping[str, Decimal | None]) -> Chart:
    fields = [series.field for series in chart.series]
    if not chart.left_out or len(set(fields)) < len(fields):  # several series share the number of their field
        return chart
    absent = {index for index, label in enumerate(chart.labels) if label in chart.left_out}
    series = tuple(_with_zeros(each, absent, numbers.get(each.field)) for each in chart.series)
    return replace(chart, series=series)


def _with_zeros(series: Series, absent: set[int], number: Decimal | None) -> Series:
    came = numbers_of(series.values)
    if not series.additive or number is None or min(came, default=-1) < 0 or exact_sum(came).value != number:
        return series
    values = tuple(0 if index in absent else value for index, value in enumerate(series.values))
    return replace(series, values=values)
