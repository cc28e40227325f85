"""Get-data requests, read and checked: a request that cannot be answered gets messages by field (422)."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING
from uuid import UUID

from reportgen.errors import PeriodError
from reportgen.periods import Period, parse_day
from reportgen.sandbox.daily_figures import StoryAccount
from reportgen.sandbox.dimensions import Dimension
from reportgen.sandbox.metric_series import size_of, subject_of

if TYPE_CHECKING:
    from pydantic import JsonValue

LONGEST_DAYS = 20_000


@dataclass(frozen=True, slots=True)
class RequestedMetric:
    """A metric structure of a request.

    Attributes:
        id: The key of its answer.
        reference_key: Its general name.
        component: The shape of its answer.
        names: The metrics asked for; the reference key where it names none.
        dimensions: Dimensions that they are broken down by, or a number is limited to.
        type: The catalogue's `type`; "" where it has none.
    """

    id: str
    reference_key: str
    component: str
    names: tuple[str, ...]
    dimensions: tuple[Dimension, ...]
    type: str

    def account(self, request: MetricsRequest) -> StoryAccount:
        """Return the account that is asked, whose kind the reference key tells."""
        subject = subject_of(self.reference_key)
        story = self.reference_key.partition(":")[0] if subject == "social" else ""
        return StoryAccount(request.integration, subject, size_of(self.reference_key), story)


@dataclass(frozen=True, slots=True)
class MetricsRequest:
    """A get-data request that can be answered.

    Attributes:
        integration: The customer integration's uuid.
        current: The days asked for.
        baseline: The days to compare with; None where none are.
        metrics: The metrics, not empty, their ids all different.
    """

    integration: str
    current: Period
    baseline: Period | None
    metrics: tuple[RequestedMetric, ...]


class Unprocessable(Exception):  # noqa: N818 - named after the status 422 that it becomes, never seen outside
    """A request cannot be answered; carries Laravel's `errors`, messages by field."""

    def __init__(self, errors: dict[str, list[str]]) -> None:
        """Take the messages, not empty."""
        self.errors = errors
        super().__init__("the request cannot be answered")

    @property
    def body(self) -> dict[str, JsonValue]:
        """The answer's JSON, as Laravel writes it: the first message, and the number of the others."""
        messages = [message for field in self.errors.values() for message in field]
        more = len(messages) - 1
        also = f" (and {more} more error{'s' if more > 1 else ''})" if more else ""
        return {"message": messages[0] + also, "errors": {field: [*texts] for field, texts in self.errors.items()}}


def read_request(content: bytes) -> MetricsRequest:
    """Return the request in the body of a get-data call.

    Raises:
        Unprocessable: Fields are missing or wrong; all of them are named.
    """
    body = _body(content)
    errors: dict[str, list[str]] = {}
    integration = _uuid(body, errors)
    current = _period(body, "start", "end", errors)
    compares = any(body.get(field) for field in ("comparison_start", "comparison_end"))
    baseline = _period(body, "comparison_start", "comparison_end", errors) if compares else None
    metrics = _metrics(body.get("metrics"), errors)
    if errors or current is None:
        raise Unprocessable(errors)
    return MetricsRequest(integration, current, baseline, metrics)


def read_webhook_url(content: bytes) -> str:
    """Return the address that the answer of a get-data-async request is to be posted to.

    Raises:
        Unprocessable: The field is missing or no address.
    """
    errors: dict[str, list[str]] = {}
    url = _text(_body(content), "metrics_webhook_url", "metrics_webhook_url", errors)
    if url and not url.startswith(("http://", "https://")):
        errors["metrics_webhook_url"] = ["The metrics webhook url field must be a valid URL."]
    if errors:
        raise Unprocessable(errors)
    return url


def _body(content: bytes) -> dict[str, JsonValue]:
    """Return the JSON object sent; as in Laravel, anything else is an empty object."""
    try:
        body = json.loads(content)
    except (ValueError, RecursionError):
        return {}
    return body if isinstance(body, dict) else {}


def _uuid(body: dict[str, JsonValue], errors: dict[str, list[str]]) -> str:
    value = _text(body, "customer_integration", "customer_integration", errors)
    try:
        return str(UUID(value)) if value else ""
    except ValueError:
        errors["customer_integration"] = ["The customer integration field must be a valid UUID."]
        return ""


def _text(record: dict[str, JsonValue], key: str, field: str, errors: dict[str, list[str]]) -> str:
    value = record.get(key)
    if isinstance(value, str) and value:
        return value
    problem = "is required" if value in (None, "") else "must be a string"
    errors[field] = [f"The {field.replace('_', ' ')} field {problem}."]
    return ""


def _period(body: dict[str, JsonValue], first: str, last: str, errors: dict[str, list[str]]) -> Period | None:
    texts = {field: _text(body, field, field, errors) for field in (first, last)}
    days = []
    for field, text in texts.items():
        try:
            days += [parse_day(text)] if text else []
        except PeriodError:
            errors[field] = [f"The {field.replace('_', ' ')} field must be a valid date."]
    if len(days) < len(texts):
        return None
    start, end = days
    name = last.replace("_", " ")
    if end < start:
        errors[last] = [f"The {name} field must be a date after or equal to {first.replace('_', ' ')}."]
    elif (end - start).days >= LONGEST_DAYS:
        errors[last] = [f"The {name} field must be within {LONGEST_DAYS} days of {first.replace('_', ' ')}."]
    else:
        return Period(start, end)
    return None


def _metrics(value: JsonValue, errors: dict[str, list[str]]) -> tuple[RequestedMetric, ...]:
    if not isinstance(value, list) or not value:
        errors["metrics"] = ["The metrics field must be an array." if value else "The metrics field is required."]
        return ()
    metrics = []
    seen: set[str] = set()
    for place, structure in enumerate(value):
        if not isinstance(structure, dict):
            errors[f"metrics.{place}"] = [f"The metrics.{place} field must be an array."]
            continue
        metric = _metric(structure, f"metrics.{place}", errors)
        if metric.id and metric.id in seen:
            errors[f"metrics.{place}.id"] = [f"The metrics.{place}.id field has a duplicate value."]
        seen.add(metric.id)
        metrics.append(metric)
    return tuple(metrics)


def _metric(structure: dict[str, JsonValue], place: str, errors: dict[str, list[str]]) -> RequestedMetric:
    ident, key, component = (
        _text(structure, name, f"{place}.{name}", errors) for name in ("id", "reference_key", "component")
    )
    names = structure.get("metrics")
    if not isinstance(names, list) or not all(isinstance(name, str) for name in names):
        problem = "is required" if names is None else "must be an array of strings"
        errors[f"{place}.metrics"] = [f"The {place}.metrics field {problem}."]
        names = []
    dimensions = structure.get("dimensions")
    kind = structure.get("type")
    return RequestedMetric(
        id=ident,
        reference_key=key,
        component=component,
        names=tuple(str(name) for name in names) or (key,),
        dimensions=tuple(map(_dimension, dimensions)) if isinstance(dimensions, list) else (),
        type=kind if isinstance(kind, str) else "",
    )


def _dimension(value: JsonValue) -> Dimension:
    """Return a dimension from its name, or from an object with `field` and maybe the `value` that it is limited to."""
    if not isinstance(value, dict):
        return Dimension(str(value))
    limits = value.get("value")
    values = tuple(str(limit) for limit in limits) if isinstance(limits, list) else ()
    return Dimension(str(value.get("field", "value")), values)
