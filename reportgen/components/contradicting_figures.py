"""Cautions about figures of a report that contradict each other.

Clients notice first when a number stands twice in a report and differs, or when a chart or a table does
not add up to the number above it.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from itertools import chain
from typing import TYPE_CHECKING, NamedTuple

from reportgen.components.additive_metrics import is_additive
from reportgen.components.chart import ChartBlock
from reportgen.components.datatable import DatatableBlock
from reportgen.components.exact_sums import exact_sum, numbers_of
from reportgen.components.figure_keys import dated_figure_key, figure_key
from reportgen.components.number import NumberBlock
from reportgen.model import Caution

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from reportgen.components.component import Scope
    from reportgen.components.exact_sums import ExactSum
    from reportgen.components.figure_keys import WindowPart
    from reportgen.components.history import HistoryBlock
    from reportgen.components.metric import Metric
    from reportgen.model import Block, Chart, Number, Series, Value

DISAGREEMENTS = frozenset({"W-TWICE", "W-SUM", "W-COMPARISON", "W-DIFFERENCE"})
"""Codes of cautions about figures that contradict each other."""


@dataclass(frozen=True, slots=True)
class _Figure:
    """The figure of a block for a metric in a period: the number, the sum of a chart's points or a table's total.

    Attributes:
        block: Name of the block.
        sum: Of the parts that are known.
        whole: Whether all of its parts are known.
    """

    block: str
    sum: ExactSum
    whole: bool = True


def disagreements(
    blocks: Sequence[tuple[Metric, Scope, Block]], histories: Sequence[tuple[HistoryBlock, Scope, Block]] = ()
) -> Iterator[Caution]:
    """Yield a caution for each pair of figures that should be equal and are not.

    Args:
        blocks: Every metric of a report, hidden or not, with its scope and its block.
        histories: Every history of the report, likewise.
    """
    yield from _printed_twice((*_number_blocks(blocks), *_numbers_of_histories(histories)))
    numbers: dict[tuple[str, ...], list[_Figure]] = defaultdict(list)
    sums: dict[tuple[str, ...], list[_Figure]] = defaultdict(list)
    for metric, scope, block in blocks:
        if isinstance(metric, NumberBlock) and len(metric.metrics) == 1 and is_additive(metric):
            for dates, value in _numbers(scope, block):
                numbers[dated_figure_key(metric, scope, metric.metrics[0], dates)].append(_figure(block, [value]))
        for window in ("current", "baseline"):
            for field, found in _part_sums(metric, block, window):
                sums[figure_key(metric, scope, field, window)].append(found)
    for key, found_numbers in numbers.items():
        for number in found_numbers[:1]:
            others = (other for other in sums.get(key, ()) if _differ(number, other))
            yield from (_contradiction("W-SUM", number, other, key[1]) for other in others)


class _Printed(NamedTuple):
    """A value of a number in some days, and the block that prints it."""

    metric: NumberBlock
    scope: Scope
    dates: str
    value: Number
    block: Block

    @property
    def figure(self) -> _Figure:
        """The figure of the value."""
        return _figure(self.block, [self.value])


def _printed_twice(values: Iterable[_Printed]) -> Iterator[Caution]:
    """Yield a caution for each metric that is printed of the same days with different values."""
    first: dict[tuple[str, ...], _Printed] = {}
    for printed in values:
        metric = printed.metric
        names = ",".join(metric.metrics)
        key = (*dated_figure_key(metric, printed.scope, names, printed.dates), metric.reference_key, str(metric.type))
        earlier = first.setdefault(key, printed)
        if earlier is not printed and earlier.figure.sum.is_another_value(printed.figure.sum):
            yield _contradiction("W-TWICE", earlier.figure, printed.figure, printed.dates)


def _number_blocks(blocks: Iterable[tuple[Metric, Scope, Block]]) -> Iterator[_Printed]:
    """Yield the values of numbers, those of their small lines too."""
    for metric, scope, block in blocks:
        if isinstance(metric, NumberBlock):
            lines = [(chart, series) for chart in block.charts for series in chart.series]
            points = (point for chart, series in lines for point in _in_windows(chart, series))
            for dates, value in chain(_numbers(scope, block), points):
                yield _Printed(metric, scope, dates, value, block)


def _numbers_of_histories(histories: Iterable[tuple[HistoryBlock, Scope, Block]]) -> Iterator[_Printed]:
    """Yield the values of the numbers of histories; those of formulas follow from them."""
    for history, scope, block in histories:
        operands = [scope.operands[name] for name in history.history if name in scope.operands]
        for chart in block.charts:
            for (number, own), series in zip(operands, chart.series, strict=True):
                if isinstance(number, NumberBlock):
                    for dates, value in _in_windows(chart, series):
                        yield _Printed(number, own, dates, value, block)


def _in_windows(chart: Chart, series: Series) -> Iterator[tuple[str, Number]]:
    """Yield the values of a series with the days that each was asked for, and those of the year before."""
    for windows, values in ((chart.windows, series.values), (chart.baseline_windows, series.baseline)):
        for dates, value in zip(windows, values, strict=False):
            if dates and value is not None:
                yield dates, value


def _numbers(scope: Scope, block: Block) -> Iterator[tuple[str, Number]]:
    """Yield the values of a number with their days: its own and those that it is compared with."""
    reading, window = block.readings[0], scope.window
    dated = [(window.current, reading.value), (window.baseline, reading.baseline)]
    for period, value in (*dated, *((each.compared, each.baseline) for each in reading.further)):
        if period and isinstance(value, int | float):
            yield period.dates, value


def _part_sums(metric: Metric, block: Block, window: WindowPart) -> Iterator[tuple[str, _Figure]]:
    """Yield the sum of each metric of a chart by days, and each total of a table; of the parts that are known."""
    if metric.own_range():
        return
    if isinstance(metric, ChartBlock):
        for chart in block.charts:
            yield from _chart_sums(chart, block, window)
    elif isinstance(metric, DatatableBlock):
        for table in block.tables:
            total = table.total if window == "current" else table.total_baseline
            for column, value in zip(table.columns, total or (), strict=False):
                if column.role == "metric" and isinstance(value, int | float):
                    yield column.field, _figure(block, [value])


def _chart_sums(chart: Chart, block: Block, window: WindowPart) -> Iterator[tuple[str, _Figure]]:
    if chart.label_type != "date":
        return
    labels = chart.labels if window == "current" else chart.baseline_labels
    values: dict[str, list[Value]] = defaultdict(list)
    for series in chart.series:
        points = series.values if window == "current" else series.baseline
        values[series.field] += [value for label, value in zip(labels, points, strict=False) if label]
    for field, parts in values.items():
        if numbers_of(parts):
            yield field, _figure(block, parts)


def _figure(block: Block, values: Sequence[Value]) -> _Figure:
    known = numbers_of(values)
    return _Figure(block.name, exact_sum(known), whole=len(known) == len(values))


def _differ(number: _Figure, parts: _Figure) -> bool:
    """Return whether parts do not make a number: the known parts alone are never more than the number of all."""
    return number.sum.differs(parts.sum) and (parts.whole or parts.sum.value > number.sum.value)


def _contradiction(code: str, first: _Figure, second: _Figure, dates: str) -> Caution:
    figures = f"{first.block} says {first.sum.value:f}, {second.block} says {second.sum.value:f}"
    return Caution(code, f"{figures} of the same metric and filters in {dates}", first.block)
