"""Figures of one report that contradict each other.

Clients notice first when a number stands twice in a report and differs, or when a chart or a table does
not add up to the number above it.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Literal

from reportgen.components.additive import is_additive
from reportgen.components.chart import ChartBlock
from reportgen.components.datatable import DatatableBlock
from reportgen.components.number import NumberBlock
from reportgen.model import Caution
from reportgen.queries import canonical_json

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from reportgen.components.component import Scope
    from reportgen.components.metric import Metric
    from reportgen.model import Block, Value

DISAGREEMENTS = frozenset({"W-TWICE", "W-SUM", "W-COMPARISON", "W-DIFFERENCE"})
"""Codes of cautions about figures that contradict each other."""

# What a payload says of how a metric is shown and not of what it counts.
_PRESENTATIONAL = """
    component reference_key metrics dimensions sort chart_type added_date formatting_function calculated
    isCalculated container_type widgets table chart type diff_type
"""
_SHOWN_BY = frozenset(_PRESENTATIONAL.split())

_Window = Literal["current", "baseline"]


@dataclass(frozen=True, slots=True)
class _Sum:
    """What one block says of one metric in one period.

    Attributes:
        block: Name of the block.
        value: The number, the sum of a chart's points or a table's own total.
        slack: By how much rounding its parts may have moved it.
    """

    block: str
    value: Decimal
    slack: Decimal


def disagreements(blocks: Sequence[tuple[Metric, Scope, Block]]) -> Iterator[Caution]:
    """Yield a caution for each pair of figures that should be equal and are not.

    Args:
        blocks: Every metric of a report with what it was resolved in and to, hidden ones too.
    """
    yield from _printed_twice(blocks)
    numbers: dict[tuple[str, ...], list[_Sum]] = defaultdict(list)
    sums: dict[tuple[str, ...], list[_Sum]] = defaultdict(list)
    for metric, scope, block in blocks:
        for window in ("current", "baseline"):
            if isinstance(metric, NumberBlock) and len(metric.metrics) == 1 and is_additive(metric):
                numbers[_counted(metric, scope, metric.metrics[0], window)] += _of_number(block, window)
            for field, found in _of_parts(metric, block, window):
                sums[_counted(metric, scope, field, window)].append(found)
    for key, found_numbers in numbers.items():
        for number in found_numbers[:1]:
            yield from (_apart("W-SUM", number, other) for other in sums.get(key, ()) if _differ(number, other))


def _printed_twice(blocks: Iterable[tuple[Metric, Scope, Block]]) -> Iterator[Caution]:
    """Yield a caution where one metric is printed by two numbers that differ."""
    first: dict[tuple[str, ...], _Sum] = {}
    for metric, scope, block in blocks:
        if not isinstance(metric, NumberBlock):
            continue
        for window in ("current", "baseline"):
            names = ",".join(metric.metrics)
            key = (*_counted(metric, scope, names, window), metric.reference_key, str(metric.type))
            for found in _of_number(block, window):
                earlier = first.setdefault(key, found)
                if earlier.value != found.value:
                    yield _apart("W-TWICE", earlier, found)


def _counted(metric: Metric, scope: Scope, field: str, window: _Window) -> tuple[str, ...]:
    """Return what is counted: account, period, metric, and everything that limits it.

    A number's dimensions limit it (`stories`); those of a chart or table split it, but for objects, which
    are filters.
    """
    structure = metric.structure()
    limits = {key: value for key, value in structure.items() if key not in _SHOWN_BY}
    own = isinstance(metric, NumberBlock)
    limits["dimensions"] = [one for one in metric.dimensions if own or isinstance(one, dict)]
    if isinstance(metric.type, str) and metric.type.endswith("_count"):  # counts something else than its metric
        limits["type"] = metric.type
    account = scope.source.uuid if scope.source else ""
    return account, window, field, canonical_json(limits)


def _of_number(block: Block, window: _Window) -> list[_Sum]:
    reading = block.readings[0]
    value = reading.value if window == "current" else reading.baseline
    return [_summed(block, [value])] if isinstance(value, int | float) else []


def _of_parts(metric: Metric, block: Block, window: _Window) -> Iterator[tuple[str, _Sum]]:
    """Yield the sum of each metric of a chart by days, and each total of a table; none with a part missing."""
    if metric.own_range():
        return
    if isinstance(metric, ChartBlock):
        for chart in (one for one in block.charts if one.label_type == "date"):
            for field in dict.fromkeys(series.field for series in chart.series):
                lines = (
                    one.values if window == "current" else one.baseline for one in chart.series if one.field == field
                )
                places = chart.labels if window == "current" else chart.baseline_labels
                parts = [value for line in lines for place, value in zip(places, line, strict=False) if place]
                if parts and all(isinstance(value, int | float) for value in parts):
                    yield field, _summed(block, parts)
    elif isinstance(metric, DatatableBlock):
        for table in block.tables:
            total = table.total if window == "current" else table.total_baseline
            for column, value in zip(table.columns, total or (), strict=False):
                if column.role == "metric" and isinstance(value, int | float):
                    yield column.field, _summed(block, [value])


def _summed(block: Block, values: Iterable[Value]) -> _Sum:
    """Add exactly; each value may be off by half a unit of the last digit it came with."""
    numbers = [Decimal(repr(value)) for value in values]
    exponents = (min(0, int(number.as_tuple().exponent)) for number in numbers)
    slack = sum((Decimal(5).scaleb(exponent - 1) for exponent in exponents if exponent), Decimal(0))
    return _Sum(block.name, sum(numbers, Decimal(0)), slack)


def _differ(one: _Sum, other: _Sum) -> bool:
    return abs(one.value - other.value) > one.slack + other.slack


def _apart(code: str, one: _Sum, other: _Sum) -> Caution:
    text = f"{one.block} says {one.value:f}, {other.block} says {other.value:f} of the same metric, days and filters"
    return Caution(code, text, one.block)
