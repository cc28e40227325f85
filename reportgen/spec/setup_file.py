"""The vendor's setup file beside a payload: labels and formats for the fields of its metrics."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from reportgen.spec.curated_presentation import curated_field_format, curated_format, starter_direction
from reportgen.titles import distinct, literal, readable, title_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from pydantic import JsonValue

# `percentage` is put on a fraction, `add_percentage` on a value that is in percent already.
# Not here: unix_epoch_time_to_client_date, for which the spec has no format.
_FORMATS: dict[str, str] = {
    "add_percentage": "percent_100",
    "capitalize": "text",
    "currency": "currency",
    "format_to_date_full": "date",
    "milliseconds_to_minutes": "milliseconds",
    "milliseconds_to_minutes_with_seconds": "milliseconds",
    "minutes_to_hours": "minutes",
    "percentage": "percent",
    "seconds_to_hours": "seconds",
    "seconds_to_minutes": "seconds",
}
_SAYS_TIME = re.compile(r"\b(?:day|daily|time|history|hour)\b", re.IGNORECASE)
_CURRENCIES = {"currency_brl": "BRL", "currency_usd": "USD"}


@dataclass(frozen=True, slots=True)
class Field:
    """The label and formatting function of a metric or dimension; None where the setup file has none."""

    label: str | None = None
    function: str | None = None


@dataclass(frozen=True, slots=True)
class Setup:
    """A setup file: its metrics and its dimensions, by the API's name."""

    metrics: Mapping[str, Field] = field(default_factory=dict)
    dimensions: Mapping[str, Field] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Presentation:
    """The presentation of an imported block.

    Attributes:
        keys: Presentation keys of the spec, in their order.
        remarks: Remarks for its author.
    """

    keys: Mapping[str, JsonValue]
    remarks: tuple[str, ...]


def read_setup(document: Mapping[str, JsonValue]) -> Setup:
    """Return the fields of a setup file, without malformed entries, which some of the vendor's are."""
    return Setup(_fields(document.get("metrics")), _fields(document.get("dimensions")))


def presentations(metrics: Sequence[Mapping[str, JsonValue]], setup: Setup, integration: str) -> list[Presentation]:
    """Return the presentation of each metric of a payload; no two have the same label.

    Where neither setup file nor metric names a formatting function, formats are those of `curated_presentation`.

    A label is the metric's own title, or the setup's label of a number's field, where no other metric has the
    same; else the reference key made readable.
    """
    labels = distinct([_given_label(metric, setup) for metric in metrics], [_title(metric) for metric in metrics])
    return [_presentation(metric, label, setup, integration) for metric, label in zip(metrics, labels, strict=True)]


def _title(metric: Mapping[str, JsonValue]) -> str:
    """Return the title of a metric by its key; of a chart by day, which often has the key of its number, with that."""
    title = title_of(str(metric["reference_key"]))
    by_day = metric.get("component") == "chart_v1" and metric.get("dimensions") == ["date"]
    return f"{title} per day" if by_day and not _SAYS_TIME.search(title) else title


def _given_label(metric: Mapping[str, JsonValue], setup: Setup) -> str | None:
    references = metric.get("references")
    own = _text(references.get("title")) if isinstance(references, dict) else None
    names = _metric_names(metric)
    # The single value of several metrics means what the reference key says, not its first metric.
    counted = setup.metrics.get(names[0]) if _is_number(metric) and len(names) == 1 else None
    return own or (counted.label if counted else None)


def _presentation(metric: Mapping[str, JsonValue], label: str, setup: Setup, integration: str) -> Presentation:
    function, remarks = _function(metric, setup)
    known = {} if _is_number(metric) else _known_fields(metric, setup)
    keys: dict[str, JsonValue] = {
        "label": literal(label),
        "format": _number_format(function, metric, integration),
        "direction": starter_direction(str(metric["reference_key"]), integration),
        "fields": {
            name: written
            for name, known_field in known.items()
            if (written := _field_keys(name, known_field, metric, integration))
        },
    }
    keys = {key: value for key, value in keys.items() if value}
    functions = {"": function, **{f"{name}: ": known_field.function for name, known_field in known.items()}}
    unknown = [
        f"{place}{name} has no format here; the value is printed as it comes"
        for place, name in functions.items()
        if name and not _format(name, metric)
    ]
    return Presentation(keys, (*remarks, *unknown))


def _function(metric: Mapping[str, JsonValue], setup: Setup) -> tuple[str | None, tuple[str, ...]]:
    """Return the formatting function of a whole block, and remarks where it is in doubt."""
    names, own = _metric_names(metric), _text(metric.get("formatting_function"))
    known = [setup.metrics[name] for name in names if name in setup.metrics]
    if not known:
        return own, ()
    if not _is_number(metric) or len(names) > 1:
        return None, ()
    function = known[0].function
    doubt = f"the metric itself says {own}, the setup file {function or 'nothing'}; check the format"
    return function, (doubt,) if own and own != function else ()


def _number_format(function: str | None, metric: Mapping[str, JsonValue], integration: str) -> JsonValue:
    """Return the format of a whole block: by its formatting function, else by its key."""
    if str(metric.get("type")).endswith("_count"):
        return "count"  # of campaigns, say, which asks for their cost, and has no currency
    if function or not _is_number(metric):
        return _format(function, metric)
    return curated_format(str(metric["reference_key"]), integration)


def _known_fields(metric: Mapping[str, JsonValue], setup: Setup) -> dict[str, Field]:
    """Return the fields of a chart or table by name, each with a label of its own or without a label."""
    fields = {name: setup.dimensions.get(name, Field()) for name in _dimension_names(metric)}
    fields |= {name: setup.metrics.get(name, Field()) for name in _metric_names(metric)}
    labels = distinct([known.label for known in fields.values()], [readable(name) for name in fields])
    return {
        name: Field(label if known.label else None, known.function)
        for label, (name, known) in zip(labels, fields.items(), strict=True)
    }


def _field_keys(name: str, known: Field, metric: Mapping[str, JsonValue], integration: str) -> dict[str, JsonValue]:
    written = _format(known.function, metric)
    if not known.function and name in _metric_names(metric):
        written = curated_field_format(name, str(metric["reference_key"]), integration)
    return {**({"label": literal(known.label)} if known.label else {}), **({"format": written} if written else {})}


def _format(function: str | None, metric: Mapping[str, JsonValue]) -> JsonValue:
    """Return the spec's format of a formatting function; an amount may be in the metric's own currency."""
    word, currency = _FORMATS.get(function or ""), metric.get("currency")
    if function in _CURRENCIES:
        return {"as": "currency", "currency": _CURRENCIES[function]}
    if word == "currency" and isinstance(currency, str) and re.fullmatch("[A-Za-z]{3}", currency):
        return {"as": "currency", "currency": currency.upper()}
    return word


def _fields(part: JsonValue) -> dict[str, Field]:
    if not isinstance(part, dict):
        return {}
    return {
        name: Field(_text(entry.get("label")), _text(entry.get("formatting_function")))
        for name, entry in part.items()
        if isinstance(entry, dict)
    }


def _text(value: JsonValue) -> str | None:
    return value.strip() or None if isinstance(value, str) else None


def _is_number(metric: Mapping[str, JsonValue]) -> bool:
    return metric.get("component") == "number_v1"


def _metric_names(metric: Mapping[str, JsonValue]) -> list[str]:
    names = metric.get("metrics")
    return [str(name) for name in names] if isinstance(names, list) else []


def _dimension_names(metric: Mapping[str, JsonValue]) -> list[str]:
    """Return the names of a metric's dimensions; the API also takes objects with a `field`."""
    dimensions = metric.get("dimensions")
    if not isinstance(dimensions, list):
        return []
    return [str(name.get("field", "dimension")) if isinstance(name, dict) else str(name) for name in dimensions]
