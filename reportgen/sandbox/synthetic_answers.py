"""The payloads of get-data, in the documented shapes and no others.

Sources: the API page's example answer for the three components; vendor documentation and clients for
the failures, the comparison and the cells that are objects.
"""

from __future__ import annotations

import re
from functools import partial
from itertools import product
from typing import TYPE_CHECKING, TypeAlias

from reportgen.sandbox.daily_figures import plain_name, unit
from reportgen.sandbox.dimensions import Dimension, buckets, categories, is_media, is_time, moment
from reportgen.sandbox.odd_answers import as_text, failure, oddity_of, without_zeros
from reportgen.sandbox.period_figures import breakdown, figure

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from pydantic import JsonValue

    from reportgen.periods import Period
    from reportgen.sandbox.get_data_requests import MetricsRequest, RequestedMetric

_Shape: TypeAlias = "Callable[[MetricsRequest, RequestedMetric, str | None], JsonValue]"
_MOST_ROWS = 47  # of a table with several dimensions that are not of time
_WHOLE_ACCOUNT = {"total", "summary", "account", "advertiser_id", "campaign_id"}  # on numbers of ads accounts
_DATE_COLUMN = re.compile(r"(^|_)(created|cdate|date|lastedmodified)(_|$)|_at$|^create_time$")
_WORD_COLUMNS: dict[str, tuple[str, ...]] = {
    "status": ("active", "paused"),
    "type": ("image", "video", "carousel"),
    "advertising_channel_type": ("SEARCH", "DISPLAY", "PERFORMANCE_MAX"),
}
_LABEL_COLUMNS = ("name", "title", "description")


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
        "datatable_v1": partial(_table, top_rows=top_rows),
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
            by_time = any(map(is_time, metric.dimensions[:1] or (Dimension("date"),)))
            found[metric.id] = without_zeros(answer) if omits_zeros and by_time else answer
        else:
            found[metric.id] = failure(oddity)
    return found


def _number(request: MetricsRequest, metric: RequestedMetric, oddity: str | None) -> JsonValue:
    """Return the answer of a number: the value of the first metric, as the API gives no rule for several."""
    name, scope = _measured(metric), _scope(metric)

    def over(period: Period | None) -> int | float | None:
        return figure(request.integration, name, buckets(None, period)[""], scope) if period else None

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


def _measured(metric: RequestedMetric) -> str:
    """Return the name of the metric of a number: `cost_micros` of type `ads_count` asks for the number of ads."""
    first = metric.names[0]
    return metric.type if metric.type.endswith("_count") and "count" not in first else first


def _scope(metric: RequestedMetric) -> str:
    """Return the scope of a number: its dimensions limit it in the catalogues, and do not break it down."""
    return "|".join(
        ",".join((dimension.field, *dimension.values))
        for dimension in metric.dimensions
        if not is_time(dimension) and dimension.field not in _WHOLE_ACCOUNT
    )


def _chart(request: MetricsRequest, metric: RequestedMetric, oddity: str | None) -> JsonValue:
    """Return the answer of a chart: labels and a series for each metric; by date where no dimension is asked.

    With two dimensions the labels are the values of the first and the series those of the second, metric by
    metric. Nothing documents that: it is inferred from `age` and `gender` in a chart of the catalogue.
    """
    dimensions = metric.dimensions[:2] or (Dimension("date"),)
    time, splits = _sorted_out(dimensions)
    groups = buckets(time, request.current)
    values = [[breakdown(request.integration, name, days, splits) for days in groups.values()] for name in metric.names]
    if dimensions[0] is time:
        labels: Iterable[str] = groups
        series = [list(line) for columns in values for line in zip(*columns, strict=True)]
    else:
        labels = categories(dimensions[0])
        count = len(categories(splits[1])) if len(splits) > 1 else 1
        series = [column[place::count] for columns in values for column in columns for place in range(count)]
    gap = 9 if oddity == "null" else 0
    return {"labels": [*labels], "values": [{"data": _with_gaps(line, gap)} for line in series]}


def _with_gaps(points: Sequence[int | float], every: int) -> list[JsonValue]:
    return [None if every and not place % every else point for place, point in enumerate(points)]


def _sorted_out(dimensions: Sequence[Dimension]) -> tuple[Dimension | None, tuple[Dimension, ...]]:
    """Return the dimension that groups days, or None, and the dimensions that split each day."""
    time = next((dimension for dimension in dimensions if is_time(dimension)), None)
    return time, tuple(dimension for dimension in dimensions if dimension is not time)


def _table(request: MetricsRequest, metric: RequestedMetric, oddity: str | None, *, top_rows: int | None) -> JsonValue:
    """Return the answer of a table: rows of dimensions and metrics as asked, without heads, unsorted, maybe a total.

    With `top_rows` it has the rows with the most of the first metric alone, and still the total of all.
    """
    dimensions = _limited(metric.dimensions)
    time, splits = _sorted_out(dimensions)
    lines: list[tuple[tuple[str, ...], list[int | float]]] = []
    for label, days in buckets(time, request.current).items():
        columns = [breakdown(request.integration, name, days, splits) for name in metric.names]
        for combination, figures in zip(product(*map(categories, splits)), zip(*columns, strict=True), strict=True):
            values = iter(combination)
            labels = tuple(label if dimension is time else next(values) for dimension in dimensions)
            lines.append((labels, list(figures)))
    if time is None:
        lines = sorted(lines, key=lambda line: line[1], reverse=True)[:top_rows]
        lines.sort(key=lambda line: unit("order", request.integration, metric.reference_key, *line[0]))
    rows: list[JsonValue] = [_row(request, metric, dimensions, *line, oddity) for line in lines]
    if _has_total(request, metric):
        days = buckets(None, request.current)[""]
        rows.append(["Total", *(figure(request.integration, name, days) for name in metric.names)])
    return {"values": rows}


def _limited(dimensions: tuple[Dimension, ...]) -> tuple[Dimension, ...]:
    """Return the dimensions of a table, with fewer values where their combinations would be too many rows."""
    room, limited = _MOST_ROWS, []
    for dimension in dimensions:
        if is_time(dimension):
            limited.append(dimension)
            continue
        values = categories(dimension)[: max(room, 2)]
        room //= len(values)
        limited.append(Dimension(dimension.field, values))
    return tuple(limited)


def _row(  # noqa: PLR0913, PLR0917 - the request, the content of the row and its oddity
    request: MetricsRequest,
    metric: RequestedMetric,
    dimensions: tuple[Dimension, ...],
    labels: tuple[str, ...],
    figures: list[int | float],
    oddity: str | None,
) -> JsonValue:
    heads: list[JsonValue] = [
        _post(label) if is_media(dimension) else label for dimension, label in zip(dimensions, labels, strict=True)
    ]
    cells: list[JsonValue] = []
    for name, value in zip(metric.names, figures, strict=True):
        word = _word(request, name, labels)
        cells.append(value if word is None else word)
    if oddity == "text":
        cells = [as_text(cell) for cell in cells]
    if oddity == "null" and unit("null", metric.reference_key, *labels) < 1 / 2:
        cells[-1] = None
    return [*heads, *cells]


def _post(text: str) -> JsonValue:
    ident = f"17{int(unit('post', text) * 10**15):015d}"
    return {
        "id": ident,
        "text": text,
        "url": f"https://example.com/p/{ident}",
        "cdn_image": f"https://cdn.example.com/{ident}.jpg",
    }


def _word(request: MetricsRequest, metric: str, labels: tuple[str, ...]) -> str | None:
    """Return the text of a column without figures, such as `created_at`; None where it has figures."""
    name, share = plain_name(metric), unit("word", metric, *labels)
    if name in _LABEL_COLUMNS and labels:
        return labels[0]
    if name in _WORD_COLUMNS:
        words = _WORD_COLUMNS[name]
        return words[int(share * len(words))]
    return moment(request.current, share) if _DATE_COLUMN.search(name) else None


def _has_total(request: MetricsRequest, metric: RequestedMetric) -> bool:
    """Return whether the API adds a total row: to some tables with a single dimension, and never beside words."""
    wordless = all(_word(request, name, ("",)) is None for name in metric.names)
    return wordless and len(metric.dimensions) == 1 and unit("total", request.integration, metric.reference_key) < 2 / 5
