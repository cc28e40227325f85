"""Odd answers: the failures and odd values of live answers, for a few metrics and days.

A hash of account, reference key and first day decides which metrics have one. A calm sandbox has none.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from reportgen.sandbox.daily_figures import unit

if TYPE_CHECKING:
    from pydantic import JsonValue

Oddity = Literal[
    "absent", "no_data_in_period", "invalid_metrics_combination", "internal_error", "expired_token", "text", "null"
]

# The share of all metrics and first days that have each of them.
_RATES: dict[Oddity, float] = {
    "absent": 0.008,
    "no_data_in_period": 0.012,
    "invalid_metrics_combination": 0.006,
    "internal_error": 0.006,
    "expired_token": 0.004,
    "text": 0.05,
    "null": 0.015,
}
_MESSAGES: dict[str, str] = {
    "no_data_in_period": "There is no data in the selected period",
    "invalid_metrics_combination": "The metrics and dimensions cannot be combined",
    "internal_error": "The metric could not be collected",
    "expired_token": "The integration must be connected again",
}


def oddity_of(integration: str, reference_key: str, start: str) -> Oddity | None:
    """Return the oddity of a metric's answer; None where it has none.

    Args:
        integration: The customer integration's uuid.
        reference_key: The metric's.
        start: First day asked for, as an ISO day.
    """
    chance = unit("mischief", integration, reference_key, start)
    for oddity, rate in _RATES.items():
        chance -= rate
        if chance < 0:
            return oddity
    return None


def failure(kind: str) -> dict[str, JsonValue]:
    """Return the answer to a metric that failed while the request did not."""
    return {"message": _MESSAGES[kind], "type": kind}


def as_text(value: JsonValue) -> JsonValue:
    """Return a number as a numeric string, as some platforms send it; any other value unchanged."""
    return str(value) if isinstance(value, int | float) else value


def without_zeros(answer: JsonValue) -> JsonValue:
    """Return a chart without the labels, or a table without the rows, all of whose values are zero."""
    if not isinstance(answer, dict) or not isinstance(values := answer.get("values"), list):
        return answer
    labels = answer.get("labels")
    if not isinstance(labels, list):
        rows = [row for row in values if not (isinstance(row, list) and all(map(_is_zero, row[1:])))]
        return {**answer, "values": rows}
    lines = [line["data"] for line in values if isinstance(line, dict) and isinstance(line["data"], list)]
    kept = [at for at in range(len(labels)) if not all(_is_zero(line[at]) for line in lines)]
    return {
        **answer,
        "labels": [labels[at] for at in kept],
        "values": [{"data": [line[at] for at in kept]} for line in lines],
    }


def _is_zero(value: JsonValue) -> bool:
    return value in {0, "0"} if isinstance(value, int | float | str) else False
