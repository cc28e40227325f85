"""A chart joined with the values of the compared period, and the labels and values of an answer in equal length."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, TypeAlias

from reportgen.model import Number

if TYPE_CHECKING:
    from reportgen.components.joined_periods import Join
    from reportgen.model import Chart
    from reportgen.queries import ChartAnswer

Lines: TypeAlias = tuple[tuple[Number | None, ...], ...]
"""The values of each series of a chart."""


def with_compared_values(chart: Chart, labels: tuple[str, ...], series: Lines, found: Join | None) -> Chart | str:
    """Return a chart with the labels and the values of the compared period beside its own."""
    if found is None:
        return "a label stands twice"
    order = (*found.partners, *found.alone)
    dated = chart.label_type == "date"
    names = chart.labels if dated else (*chart.labels, *(labels[index] for index in found.alone))
    padding = (None,) * (len(names) - len(chart.labels))
    return replace(
        chart,
        labels=names,
        series=tuple(
            replace(
                drawn,
                values=(*drawn.values, *padding),
                baseline=tuple(None if index is None else values[index] for index in order),
            )
            for drawn, values in zip(chart.series, series, strict=True)
        ),
        baseline_labels=tuple("" if index is None else labels[index] for index in order),
        alone=len(padding),
    )


def aligned(
    answer: ChartAnswer,
) -> tuple[tuple[str, ...], Lines, str]:
    """Return labels and series of equal length, filled up with missing values or numbered labels, and the reason."""
    lengths = {len(answer.labels), *(len(values) for values in answer.series)}
    if len(lengths) == 1:
        return answer.labels, answer.series, ""
    longest = max(lengths)
    labels = answer.labels + tuple(f"#{index + 1}" for index in range(len(answer.labels), longest))
    series = tuple(values + (None,) * (longest - len(values)) for values in answer.series)
    counts = ", ".join(str(len(values)) for values in answer.series)
    return labels, series, f"{len(answer.labels)} labels came with series of {counts} values"
