"""The tables of get-data: rows of dimensions and metrics as asked, without heads, unsorted, maybe with a total."""

from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING

from reportgen.sandbox.daily_figures import unit
from reportgen.sandbox.dimensions import (
    WHOLE_ACCOUNT,
    Dimension,
    buckets,
    categories,
    is_media,
    is_time,
    part_of,
    sorted_out,
)
from reportgen.sandbox.odd_answers import as_text
from reportgen.sandbox.period_figures import breakdown, figure
from reportgen.sandbox.synthetic_posts import post_figures, posts
from reportgen.sandbox.word_columns import has_words, word

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from pydantic import JsonValue

    from reportgen.sandbox.get_data_requests import MetricsRequest, RequestedMetric

_MOST_ROWS = 47  # of a table with several dimensions that are not of time


def table(request: MetricsRequest, metric: RequestedMetric, oddity: str | None, *, top_rows: int | None) -> JsonValue:
    """Return the answer of a table: rows of dimensions and metrics as asked, without heads, unsorted, maybe a total.

    With `top_rows` it has the rows with the most of the first metric alone, and still the total of all.
    """
    if len(metric.dimensions) == 1 and is_media(metric.dimensions[0]):
        return _table_of_posts(request, metric, oddity, top_rows or _MOST_ROWS)
    dimensions = _limited(metric.dimensions)
    time, splits = sorted_out(dimensions)
    account, part = metric.account(request), part_of(dimensions)
    lines: list[tuple[tuple[str, ...], list[int | float]]] = []
    for label, days in buckets(time, request.current).items():
        columns = [breakdown(account, name, days, splits, part) for name in metric.names]
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
        rows.append(["Total", *(figure(account, name, days) for name in metric.names)])
    return {"values": rows}


def _table_of_posts(request: MetricsRequest, metric: RequestedMetric, oddity: str | None, most: int) -> JsonValue:
    """Return the answer of a table of posts: those published in the period with the largest figures, latest first."""
    account, days = metric.account(request), buckets(None, request.current)[""]
    found = posts(account, (metric.dimensions[0].field,), days)
    figures = zip(*(post_figures(account, name, found) for name in metric.names), strict=True)
    texts = [tuple(post.word(name) for name in metric.names) for post in found]
    rows = [
        (post, [value if text is None else text for value, text in zip(values, words, strict=True)])
        for post, values, words in zip(found, figures, texts, strict=True)
    ]
    rows.sort(key=lambda row: [cell for cell in row[1] if not isinstance(cell, str)], reverse=True)
    latest = sorted(rows[:most], key=lambda row: row[0].day, reverse=True)
    return {
        "values": [[post.cell(), *_oddly(cells, oddity, metric.reference_key, post.ident)] for post, cells in latest]
    }


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
    cells: list[int | float | str] = []
    for name, value in zip(metric.names, figures, strict=True):
        text = word(request.current, name, dimensions, labels)
        cells.append(value if text is None else text)
    return [*labels, *_oddly(cells, oddity, metric.reference_key, *labels)]


def _oddly(
    cells: Sequence[int | float | str], oddity: str | None, reference_key: str, *labels: str
) -> Iterable[JsonValue]:
    """Return the cells of a row with its oddity: all of them texts, or the last of some rows empty."""
    if oddity == "text":
        return map(as_text, cells)
    if oddity == "null" and unit("null", reference_key, *labels) < 1 / 2:
        return [*cells[:-1], None]
    return cells


def _has_total(request: MetricsRequest, metric: RequestedMetric) -> bool:
    """Return whether the API adds a total row: to some tables with a single dimension, of the whole account.

    A table with columns of words has none.
    """
    if any(map(has_words, metric.names)) or part_of(metric.dimensions) != WHOLE_ACCOUNT:
        return False
    return len(metric.dimensions) == 1 and unit("total", request.integration, metric.reference_key) < 2 / 5
