"""Mischief: the ways in which live answers are not what one hoped for, on a few metrics and days.

Which metric is hit is decided by a hash of account, reference key and first day. A calm sandbox does none of it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from reportgen.sandbox.daily_series import unit

if TYPE_CHECKING:
    from pydantic import JsonValue

Mischief = Literal[
    "absent", "no_data_in_period", "invalid_metrics_combination", "internal_error", "expired_token", "text", "null"
]

# The part of all metrics and first days that each of them hits.
_RATES: dict[Mischief, float] = {
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


def mischief_of(integration: str, reference_key: str, start: str) -> Mischief | None:
    """Return what goes wrong with one metric; None where nothing does.

    Args:
        integration: The customer integration's uuid.
        reference_key: The metric's.
        start: First day asked for, as an ISO day.
    """
    chance = unit("mischief", integration, reference_key, start)
    for mischief, rate in _RATES.items():
        chance -= rate
        if chance < 0:
            return mischief
    return None


def failure(kind: str) -> dict[str, JsonValue]:
    """Return the answer for a metric that failed while the request did not."""
    return {"message": _MESSAGES[kind], "type": kind}


def as_text(value: JsonValue) -> JsonValue:
    """Return a number as a numeric string, as some platforms send them; anything else as it is."""
    return str(value) if isinstance(value, int | float) else value
