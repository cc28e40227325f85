"""The payloads of get-data, in the documented shapes and no others.

Sources: the API page's example answer for the three components; vendor documentation and clients for
the failures, the comparison and the cells that are objects.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, TypeAlias

from reportgen.sandbox.dimensions import Dimension, buckets, categories, is_media, is_time, part_of, sorted_out
from reportgen.sandbox.odd_answers import as_text, failure, oddity_of, without_zeros
from reportgen.sandbox.period_figures import breakdown, figure
from reportgen.sandbox.synthetic_posts import posts, posts_figure
from reportgen.sandbox.synthetic_tables import table

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from pydantic import JsonValue

    from reportgen.periods import Period
    from reportgen.sandbox.daily_figures import StoryAccount
    from reportgen.sandbox.get_data_requests import MetricsRequest, RequestedMetric

_Shape: TypeAlias = "Callable[[MetricsRequest, RequestedMetric, str | None], JsonValue]"


def answers(
    request: MetricsRequest, *, calm: bool, omits_zeros: bool = False, top_rows: int | None = None
) -> dict[str, JsonValue]:
    """Return the answer of each metric under its id; where not calm, a few are absent or failed.

    Args:
        request: The metrics and days asked for.
        calm: True to leave out absent ids, failures, numeric strings and nulls.
        omits_zeros: Whether charts and tables by day leave out the days of zero, as some sources do.
        top_rows: How many rows tables have at most, the largest; None for all rows.
    """
    shapes: dict[str, _Shape] = {
        "number_v1": _number,
        "chart_v1": _chart,
        "datatable_v1": partial(table, top_rows=top_rows),
    }
    found: dict[str, JsonValue] = {}
    for metric in request.metrics:
        start = request.current.start.isoformat()
        oddity = None if calm else oddity_of(request.integration, metric.reference_key, start)
        if oddity == "absent":
            continue
        if metric.component not in shapes:
            found[metric.id] = failure("internal_error")
        elif oddity in (None, "text", "null"):
            answer = shapes[metric.component](request, metric, oddity)
            by_time = any(map(is_time, _chart_dimensions(metric)[:1]))
            found[metric.id] = without_zeros(answer) if omits_zeros and by_time else answer
        else:
            found[metric.id] = failure(oddity)
    return found


def _number(request: MetricsRequest, metric: RequestedMetric, oddity: str | None) -> JsonValue:
    """Return the answer of a number: the value of the first metric, as the API gives no rule for several."""

    def over(period: Period | None) -> int | float | None:
        return _value(metric.account(request), metric, buckets(None, period)[""]) if period else None

    value, base = (None if oddity == "null" else over(request.current)), over(request.baseline)
    absolute = None if value is None or base is None else round(value - base, 6)
    percent = round(100 * absolute / abs(base), 2) if absolute is not None and base else None
    text = oddity == "text"
    return {
        "values": as_text(value) if text else value,
        "comparison": {
            "values": as_text(base) if text else base,
            "difference": percent,
            "absoluteDifference": absolute,
        },
    }


def _value(account: StoryAccount, metric: RequestedMetric, days: Sequence[int]) -> int | float:
    """Return the value of a number: of posts, of the things that ran, or of a part of the account or all of it."""
    name = metric.names[0]
    media = [dimension.field for dimension in metric.dimensions if is_media(dimension)]
    counts = metric.type.endswith("_count")
    if media:
        return posts_figure(account, "count" if counts else name, posts(account, media, days))
    if counts and "count" not in name and metric.dimensions:
        return len(categories(metric.dimensions[0]))  # `cost_micros` of type `ads_count` asks for the number of ads
    return figure(account, name, days, part_of(metric.dimensions))


def _chart(request: MetricsRequest, metric: RequestedMetric, oddity: str | None) -> JsonValue:
    """Return the answer of a chart: labels and a series for each metric; by date where no dimension is asked.

    With two dimensions the labels are the values of the first and the series those of the second, metric by
    metric. Nothing documents that: it is inferred from `age` and `gender` in a chart of the catalogue.
    """
    dimensions = _chart_dimensions(metric)
    time, splits = sorted_out(dimensions)
    groups = buckets(time, request.current)
    account, part = metric.account(request), part_of(dimensions)
    values = [[breakdown(account, name, days, splits, part) for days in groups.values()] for name in metric.names]
    if dimensions[0] is time:
        labels: Iterable[str] = groups
        series = [list(line) for columns in values for line in zip(*columns, strict=True)]
    else:
        labels = categories(dimensions[0])
        count = len(categories(splits[1])) if len(splits) > 1 else 1
        series = [column[place::count] for columns in values for column in columns for place in range(count)]
    gap = 9 if oddity == "null" else 0
    return {"labels": [*labels], "values": [{"data": _with_gaps(line, gap)} for line in series]}


def _chart_dimensions(metric: RequestedMetric) -> tuple[Dimension, ...]:
    """Return the dimensions of a chart, two at most: days where it has none, or its metrics are named after time."""
    by_time = all(name.endswith(("_over_time", "_by_time")) for name in metric.names)
    return (Dimension("date"),) if by_time or not metric.dimensions else metric.dimensions[:2]


def _with_gaps(points: Sequence[int | float], every: int) -> list[JsonValue]:
    return [None if every and not place % every else point for place, point in enumerate(points)]
