"""Tests of reportgen.connect.error_replies."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from reportgen.connect.error_replies import read_refusal

if TYPE_CHECKING:
    from pydantic import JsonValue


@pytest.mark.parametrize(
    ("payload", "said"),
    [
        ({"message": "Invalid Customer Token"}, "Invalid Customer Token"),
        (
            {"error": {"code": "validation", "message": "Bad fields", "details": {"start": ["is required"]}}},
            "validation: Bad fields (start: is required)",
        ),
        (
            {"message": "The given data was invalid.", "errors": {"metrics.0.component": ["is unknown", "is long"]}},
            "The given data was invalid. (metrics.0.component: is unknown is long)",
        ),
        ({"message": "Refused", "extra": {"a": 1}}, "Refused"),
        ({"code": "integration_expired", "exception": {"message": "Reconnect"}}, "integration_expired: Reconnect"),
        ({"data": {"rows": 0, "exception": "Boom"}, "message": ""}, "Boom"),
        ({"type": "no_data_in_period"}, "no_data_in_period"),
    ],
)
def test_reads_every_error_shape(payload: JsonValue, said: str) -> None:
    """Each error shape of the API becomes its code and its message on one line."""
    assert str(read_refusal(payload)) == said


@pytest.mark.parametrize("payload", [None, [], "message", {}, {"data": {}}, {"message": 5}, {"values": 1}])
def test_other_payloads_are_no_refusal(payload: JsonValue) -> None:
    """What says nothing is not taken for an error."""
    assert read_refusal(payload) is None


@pytest.mark.parametrize(
    ("code", "missing"),
    [
        ("no_data_in_period", "no_data"),
        ("expired_token", "expired"),
        ("integration_expired", "expired"),
        ("internal_error", "failed"),
        ("never heard of", "failed"),
    ],
)
def test_codes_have_closed_words(code: str, missing: str) -> None:
    """The API's codes become the closed words for a missing value."""
    refusal = read_refusal({"message": "m", "type": code})
    assert refusal is not None
    assert refusal.missing == missing
