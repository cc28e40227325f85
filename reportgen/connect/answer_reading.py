"""The answer to a metric, from the API's JSON to a typed `Answer`.

Shapes: the API page, "Example JSON Response". A value of the wrong type never becomes another value:
the metric fails, and the reason names the place.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from reportgen.connect.answer_values import (
    MistypedError,
    cell_of,
    label_at,
    lenient_number,
    leniently,
    list_at,
    member_of,
    number_at,
    object_at,
    value_at,
)
from reportgen.connect.error_replies import read_refusal
from reportgen.connect.strict_json import without_nan
from reportgen.model import Caution
from reportgen.queries import ChartAnswer, Failure, NumberAnswer, TableAnswer

if TYPE_CHECKING:
    from collections.abc import Callable

    from pydantic import JsonValue

    from reportgen.model import Number
    from reportgen.queries import Answer, Query


def read_answer(query: Query, payload: JsonValue) -> Answer:
    """Return the typed answer to a metric, by the component that was asked for.

    Args:
        query: The query of the metric.
        payload: The JSON that the API sent under the metric's id.

    Returns:
        The answer; a `Failure` where the API reports one, sends a value of the wrong type (the
        reason has its JSON pointer), or was asked for a component that has no documented shape.
    """
    if _is_failure(payload) and (refusal := read_refusal(payload)):
        return refusal.as_failure()
    metric = query.metric
    component = metric.get("component")
    reader = _READERS.get(component) if isinstance(component, str) else None
    if reader is None:
        return Failure("failed", f"answers of the component {component!r} have no documented shape")
    finite, count = without_nan(payload)
    try:
        answer = reader(object_at(finite, ""), metric)
    except MistypedError as error:
        return Failure("failed", f"{component}: {error}")
    if not count or isinstance(answer, Failure):
        return answer
    lost = Caution("W-NOT-FINITE", f"{count} of its values are NaN or infinite in the API's answer, and so missing")
    return replace(answer, cautions=(*answer.cautions, lost))


def is_answer(payload: JsonValue) -> bool:
    """Return whether JSON has the shape of an answer, rather than of a group of answers."""
    return not isinstance(payload, dict) or "values" in payload or _is_failure(payload)


def _is_failure(payload: JsonValue) -> bool:
    if not isinstance(payload, dict) or not isinstance(payload.get("message"), str):
        return False
    return "values" not in payload or isinstance(payload.get("type"), str)


def _read_number(payload: dict[str, JsonValue], _metric: dict[str, JsonValue]) -> Answer:
    value = value_at(member_of(payload, "values"), "/values")
    try:
        # no comparison is an object of nulls on the page, but PHP writes an empty object as []
        comparison = object_at(payload.get("comparison") or {}, "/comparison")
        baseline = value_at(comparison.get("values"), "/comparison/values")
    except MistypedError as error:  # it costs the comparison, not the number
        return NumberAnswer(value, baseline_missing="failed", cautions=(Caution("W-TEXT", f"number_v1: {error}"),))
    return NumberAnswer(
        value=value,
        baseline=baseline,
        # the API's own changes are only checked against ours, so an odd one fails nothing
        difference=lenient_number(comparison.get("difference")),
        absolute_difference=lenient_number(comparison.get("absoluteDifference")),
    )


def _read_chart(payload: dict[str, JsonValue], _metric: dict[str, JsonValue]) -> Answer:
    values = member_of(payload, "values")
    if values is None:
        return Failure("no_data", "the API sent null for the chart")
    labels = member_of(payload, "labels")
    answer = _chart(values, labels)
    compared = _comparison(payload)
    if compared is None:
        return answer
    return replace(answer, baseline=leniently(lambda: _chart(compared["values"], compared.get("labels") or labels)))


def _read_table(payload: dict[str, JsonValue], metric: dict[str, JsonValue]) -> Answer:
    values = member_of(payload, "values")
    if values is None:
        return Failure("no_data", "the API sent null for the table")
    dimensions = metric.get("dimensions")
    width = len(dimensions) if isinstance(dimensions, list) else 0
    order = _column_order(payload.get("headers"), metric)
    answer = _table(values, width, order)
    compared = _comparison(payload)
    return replace(answer, baseline=leniently(lambda: _table(compared["values"], width, order))) if compared else answer


def _column_order(headers: JsonValue, metric: dict[str, JsonValue]) -> tuple[int, ...]:
    """Return the places of the columns asked for, where `headers` name them in another order; else nothing."""
    asked = [
        column["field"] if isinstance(column, dict) and "field" in column else column
        for key in ("dimensions", "metrics")
        for column in list_at(metric.get(key) or [], f"/{key}")
    ]
    names = list(headers) if isinstance(headers, dict) else []
    if len(names) != len(asked) or not all(name in names for name in asked):
        return ()
    places = tuple(names.index(name) for name in asked if isinstance(name, str))
    return places if places != tuple(range(len(names))) else ()


def _comparison(payload: dict[str, JsonValue]) -> dict[str, JsonValue] | None:
    compared = payload.get("comparison")
    return compared if isinstance(compared, dict) and compared.get("values") is not None else None


def _chart(values: JsonValue, labels: JsonValue) -> ChartAnswer:
    """Return a chart whose texts among numbers, such as `n/a`, are missing points, unless most of it is text."""
    names = tuple(label_at(label, f"/labels/{index}") for index, label in enumerate(list_at(labels, "/labels")))
    texts: list[MistypedError] = []
    lines = enumerate(list_at(values, "/values"))
    series = tuple(_series(line, f"/values/{index}", texts) for index, line in lines)
    if not texts:
        return ChartAnswer(names, series)
    count = sum(map(len, series))
    if 2 * len(texts) > count:
        raise texts[0]
    lost = f"chart_v1: {len(texts)} of its {count} points are text and count as missing; the first: {texts[0]}"
    return ChartAnswer(names, series, cautions=(Caution("W-TEXT", lost),))


def _table(values: JsonValue, width: int, order: tuple[int, ...]) -> TableAnswer:
    """Return a table of so many dimensions; `order` has the places of its columns where they came in another order."""
    rows = (list_at(row, f"/values/{index}") for index, row in enumerate(list_at(values, "/values")))
    if order:
        rows = ([row[at] for at in order] if len(row) == len(order) else row for row in rows)
    return TableAnswer(
        tuple(tuple(cell_of(cell, is_metric=index >= width) for index, cell in enumerate(row)) for row in rows)
    )


_READERS: dict[str, Callable[[dict[str, JsonValue], dict[str, JsonValue]], Answer]] = {
    "number_v1": _read_number,
    "chart_v1": _read_chart,
    "datatable_v1": _read_table,
}


def _series(line: JsonValue, pointer: str, texts: list[MistypedError]) -> tuple[Number | None, ...]:
    points = list_at(member_of(object_at(line, pointer), "data", pointer), f"{pointer}/data")
    return tuple(_point(point, f"{pointer}/data/{index}", texts) for index, point in enumerate(points))


def _point(point: JsonValue, pointer: str, texts: list[MistypedError]) -> Number | None:
    """Return a point; None for a text that is no number, whose error is added to those of the chart."""
    try:
        return number_at(point, pointer)
    except MistypedError as error:
        if not isinstance(point, str):
            raise
        texts.append(error)
        return None
