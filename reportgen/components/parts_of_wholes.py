"""Cautions on charts of parts whose values make no whole, which are drawn as bars."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reportgen.model import RATES, Caution

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reportgen.components.metric import Metric
    from reportgen.model import Chart, ChartKind

_OF_PARTS: dict[ChartKind, str] = {"pie": "a pie", "donut": "a ring", "stacked": "a stack"}


def parts_cautions(chart: Chart, metric: Metric) -> Iterator[Caution]:
    """Yield the caution that bars are drawn in place of a pie, a ring or a stack, and what to write.

    Args:
        chart: The chart.
        metric: Its block; where the author wrote that its parts make no whole, nothing is to be said.
    """
    is_stack = chart.kind == "stacked"
    if chart.kind not in _OF_PARTS or (is_stack and len(chart.series) == 1):
        return
    rates = dict.fromkeys(series.field for series in chart.series if series.unit.name in RATES)
    others = dict.fromkeys(
        series.field for series in chart.series if not (series.parts or _is_said(metric, series.field))
    )
    start = f"{_OF_PARTS[chart.kind]} was asked for, and bars are drawn"
    if rates:
        yield Caution("W-FORM", f"{start}: rates make no whole ({', '.join(rates)}); write kind: bar")
    elif others:
        whole = "its series" if is_stack else "its slices"
        text = f"{start}: it is not known whether parts of {', '.join(others)} make a whole"
        yield Caution("W-FORM", f"{text}; write additive: {{parts: true}} where {whole} do, else kind: bar")


def _is_said(metric: Metric, field: str) -> bool:
    """Return whether the author says of a field, or of all, whether its parts make a whole."""
    own = metric.fields[field].additive if field in metric.fields else None
    return any(written is not None and written.parts is not None for written in (own, metric.additive))
