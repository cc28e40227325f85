"""The key of a figure, equal for the figures of a report that ask the same: number, chart by day, total of a table."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, TypeAlias

from reportgen.queries import canonical_json

if TYPE_CHECKING:
    from reportgen.components.component import Scope
    from reportgen.components.metric import Metric

WindowPart: TypeAlias = Literal["current", "baseline"]
"""The current period of a window, or the compared period."""

# Keys of a payload that change how a metric is shown and not what it counts.
_PRESENTATIONAL = """
    component reference_key metrics dimensions sort chart_type added_date formatting_function calculated
    isCalculated container_type widgets table chart type diff_type
"""
_PRESENTATION_KEYS = frozenset(_PRESENTATIONAL.split())


def figure_key(metric: Metric, scope: Scope, field: str, window: WindowPart) -> tuple[str, ...]:
    """Return the key of a figure of one of the two periods of a block; see `dated_figure_key`."""
    period = scope.window.current if window == "current" else scope.window.baseline
    return dated_figure_key(metric, scope, field, period.dates if period else "")


def dated_figure_key(metric: Metric, scope: Scope, field: str, dates: str) -> tuple[str, ...]:
    """Return the key of a figure: its accounts, first and last day and metric, and every key that limits its count.

    By days, because a block may be compared with other days than the report. A number's dimensions limit its
    count (`stories`); those of a chart or table split it, but for objects, which are filters.
    """
    account = " ".join(sorted(account.uuid for account in scope.source.accounts)) if scope.source else ""
    return account, dates, field, metric.limits


def limits_of(metric: Metric) -> str:
    """Return every key that limits the count of a metric, as canonical JSON; see `dated_figure_key`."""
    structure = metric.structure()
    limits = {key: value for key, value in structure.items() if key not in _PRESENTATION_KEYS}
    is_number = metric.component == "number_v1"
    limits["dimensions"] = [dimension for dimension in metric.dimensions if is_number or isinstance(dimension, dict)]
    if isinstance(metric.type, str) and metric.type.endswith("_count"):  # counts something else than its metric
        limits["type"] = metric.type
    return canonical_json(limits)
