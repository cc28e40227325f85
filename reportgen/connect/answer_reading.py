"""The answer to a metric, from the API's JSON to a typed `Answer`.

Shapes: the API page, "Example JSON Response". A value of the wrong type never becomes another value:
the metric fails, and the reason names the place.
"""

from __future__ import annotations

import json
import re
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING, TypeVar
from urllib.parse import urlsplit

from reportgen.connect.cleaned_text import clean_lines, clean_text, one_line
from reportgen.connect.error_replies import read_refusal
from reportgen.connect.strict_json import without_nan
from reportgen.model import Caution, meant
from reportgen.queries import (
    ChartAnswer,
    Failure,
    NumberAnswer,
    RichCell,
    TableAnswer,
    canonical_json,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from pydantic import JsonValue

    from reportgen.model import Number
    from reportgen.queries import Answer, Cell, Query

_Read = TypeVar("_Read")

# A JSON number without an exponent: "1,234" and "1.234,5" differ by locale and are never guessed
_DECIMAL = re.compile(r"-?(?:0|[1-9][0-9]{0,307})(?P<fraction>\.[0-9]{1,308})?")
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}(?:[T ].+)?")
_LINK = re.compile(r"https?://[^\s\x00-\x20\x7f-\x9f<>\"\\\ud800-\udfff]+", re.IGNORECASE)
_PICTURE = re.compile(r"https://[\x21\x23-\x3b\x3d\x3f-\x5b\x5d\x5f\x61-\x7a\x7e]{1,2000}")


class _MistypedError(Exception):
    """A value without the type that the contract gives it; never leaves this module."""

    def __init__(self, pointer: str, expected: str, value: JsonValue) -> None:
        shown = one_line(json.dumps(value, ensure_ascii=False), 80)
        super().__init__(f"expected {expected} at {pointer or 'the top'}, the API sent {shown}")


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
        answer = reader(_object(finite, ""), metric)
    except _MistypedError as error:
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
    value = _value(_member(payload, "values"), "/values")
    try:
        # no comparison is an object of nulls on the page, but PHP writes an empty object as []
        comparison = _object(payload.get("comparison") or {}, "/comparison")
        baseline = _value(comparison.get("values"), "/comparison/values")
    except _MistypedError as error:  # it costs the comparison, not the number
        return NumberAnswer(value, baseline_missing="failed", cautions=(Caution("W-TEXT", f"number_v1: {error}"),))
    return NumberAnswer(
        value=value,
        baseline=baseline,
        # the API's own changes are only checked against ours, so an odd one fails nothing
        difference=_lenient_number(comparison.get("difference")),
        absolute_difference=_lenient_number(comparison.get("absoluteDifference")),
    )


def _read_chart(payload: dict[str, JsonValue], _metric: dict[str, JsonValue]) -> Answer:
    values = _member(payload, "values")
    if values is None:
        return Failure("no_data", "the API sent null for the chart")
    labels = _member(payload, "labels")
    answer = _chart(values, labels)
    compared = _comparison(payload)
    if compared is None:
        return answer
    return replace(answer, baseline=_leniently(lambda: _chart(compared["values"], compared.get("labels") or labels)))


def _read_table(payload: dict[str, JsonValue], metric: dict[str, JsonValue]) -> Answer:
    values = _member(payload, "values")
    if values is None:
        return Failure("no_data", "the API sent null for the table")
    dimensions = metric.get("dimensions")
    width = len(dimensions) if isinstance(dimensions, list) else 0
    order = _column_order(payload.get("headers"), metric)
    answer = _table(values, width, order)
    compared = _comparison(payload)
    return (
        replace(answer, baseline=_leniently(lambda: _table(compared["values"], width, order))) if compared else answer
    )


def _column_order(headers: JsonValue, metric: dict[str, JsonValue]) -> tuple[int, ...]:
    """Return the places of the columns asked for, where `headers` name them in another order; else nothing."""
    asked = [
        column["field"] if isinstance(column, dict) and "field" in column else column
        for key in ("dimensions", "metrics")
        for column in _list(metric.get(key) or [], f"/{key}")
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
    names = tuple(_label(label, f"/labels/{index}") for index, label in enumerate(_list(labels, "/labels")))
    texts: list[_MistypedError] = []
    lines = enumerate(_list(values, "/values"))
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
    rows = (_list(row, f"/values/{index}") for index, row in enumerate(_list(values, "/values")))
    if order:
        rows = ([row[at] for at in order] if len(row) == len(order) else row for row in rows)
    return TableAnswer(
        tuple(tuple(_cell(cell, is_metric=index >= width) for index, cell in enumerate(row)) for row in rows)
    )


def _leniently(read: Callable[[], _Read]) -> _Read | None:
    """Return a value that no page documents; None where it has another shape, without failing the answer."""
    try:
        return read()
    except _MistypedError:
        return None


_READERS: dict[str, Callable[[dict[str, JsonValue], dict[str, JsonValue]], Answer]] = {
    "number_v1": _read_number,
    "chart_v1": _read_chart,
    "datatable_v1": _read_table,
}


def _value(value: JsonValue, pointer: str) -> Number | str | None:
    """Return a card's value: a number, a day, or None."""
    return value if isinstance(value, str) and _is_day(value) else _number(value, pointer)


def _lenient_number(value: JsonValue) -> Number | None:
    return _leniently(lambda: _number(value, ""))


def _series(line: JsonValue, pointer: str, texts: list[_MistypedError]) -> tuple[Number | None, ...]:
    points = _list(_member(_object(line, pointer), "data", pointer), f"{pointer}/data")
    return tuple(_point(point, f"{pointer}/data/{index}", texts) for index, point in enumerate(points))


def _point(point: JsonValue, pointer: str, texts: list[_MistypedError]) -> Number | None:
    """Return a point; None for a text that is no number, whose error is added to those of the chart."""
    try:
        return _number(point, pointer)
    except _MistypedError as error:
        if not isinstance(point, str):
            raise
        texts.append(error)
        return None


def _label(label: JsonValue, pointer: str) -> str:
    if isinstance(label, dict | list):
        raise _MistypedError(pointer, "a text", label)
    return _scalar_text(label)


def _cell(cell: JsonValue, *, is_metric: bool) -> Cell:
    """Return a table cell; a cell that is no number becomes text, so none fails. Names are text: 2024 is no amount."""
    if isinstance(cell, str):
        number = decimal_of(cell) if is_metric else None
        return clean_lines(cell) if number is None else number
    if isinstance(cell, bool):
        return _scalar_text(cell)
    if isinstance(cell, dict) and cell.keys() & {"text", "value", "url"}:
        return _rich_cell(cell, is_metric=is_metric)
    if isinstance(cell, dict | list) or not (is_metric or cell is None):
        return clean_text(canonical_json(cell))
    return cell if cell is None else meant(cell)


def _rich_cell(cell: dict[str, JsonValue], *, is_metric: bool) -> RichCell:
    """Return the cell of `{text, value}` or of a post's `{id, text, url, cdn_image}`."""
    value, url, picture = cell.get("value"), cell.get("url"), cell.get("cdn_image")
    number = _lenient_number(value)
    text = value if cell.get("text") is None and (number is None or not is_metric) else cell.get("text")
    link = _link(url) if isinstance(url, str) else None
    return RichCell(
        text=link if link and text == url else None if text is None else _cell_text(text),
        value=number,
        url=link,
        picture=picture if isinstance(picture, str) and _PICTURE.fullmatch(picture) else None,
    )


def _cell_text(value: JsonValue) -> str:
    return clean_lines(value) if isinstance(value, str) else _scalar_text(value)


def _link(url: str) -> str | None:
    """Return a web address without query, fragment, user name and password, which may hold tokens.

    None where it is no such address: a broken address would stop the page it stands on.
    """
    try:
        parts = urlsplit(url)
        if not (_LINK.fullmatch(url) and parts.hostname):
            return None
        host = parts.netloc.rpartition("@")[2]
    except ValueError:
        return None
    return f"{parts.scheme}://{host}{parts.path}"


def _scalar_text(value: JsonValue) -> str:
    if value is None:
        return ""
    return clean_text(value if isinstance(value, str) else canonical_json(value))


def _number(value: JsonValue, pointer: str) -> Number | None:
    if value is None:
        return None
    if isinstance(value, int | float) and not isinstance(value, bool):
        return meant(value)
    number = decimal_of(value) if isinstance(value, str) else None
    if number is None:
        raise _MistypedError(pointer, "a number", value)
    return number


def decimal_of(text: str) -> Number | None:
    """Return the number of a plain decimal; None where the text is anything else."""
    match = _DECIMAL.fullmatch(text)
    if match is None:
        return None
    return meant(float(text)) if match["fraction"] else int(text)


def _is_day(text: str) -> bool:
    if not _DAY.fullmatch(text):
        return False
    try:
        datetime.fromisoformat(text)
    except ValueError:
        return False
    return True


def _member(node: dict[str, JsonValue], key: str, pointer: str = "") -> JsonValue:
    if key not in node:
        raise _MistypedError(pointer, f"an object with {key!r}", node)
    return node[key]


def _object(node: JsonValue, pointer: str) -> dict[str, JsonValue]:
    if not isinstance(node, dict):
        raise _MistypedError(pointer, "an object", node)
    return node


def _list(node: JsonValue, pointer: str) -> list[JsonValue]:
    if not isinstance(node, list):
        raise _MistypedError(pointer, "a list", node)
    return node
