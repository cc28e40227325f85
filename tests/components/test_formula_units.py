"""The unit of a metric's field: which currency an amount is in."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from reportgen.components.metric import Metric
from reportgen.model import RAW, Unit
from tests.components.scenes import block_of, scope

if TYPE_CHECKING:
    from pydantic import JsonValue


def currency_of(name: str = "spend", **keys: JsonValue) -> str | None:
    """Return the currency of one field, of a report in reais."""
    block = block_of(
        {"reference_key": "x:y", "component": "number_v1", "metrics": [name], "format": "currency", **keys}
    )
    assert isinstance(block, Metric)
    return block.unit(name, scope()).currency


@pytest.mark.parametrize(
    ("name", "keys", "expected"),
    [
        ("spend", {}, "BRL"),
        ("spend_usd", {}, "USD"),
        ("spend_brl", {"currency": "usd"}, "USD"),
        ("spend", {"currency": "eur"}, "EUR"),
        ("spend", {"currency": "reais"}, "BRL"),
        ("spend", {"currency": True}, "BRL"),
        ("spend_all", {}, "BRL"),
        ("usd", {}, "BRL"),
        ("spend_usd", {"format": {"as": "currency", "currency": "GBP"}}, "GBP"),
        ("spend_usd", {"fields": {"spend_usd": {"format": {"as": "currency", "currency": "JPY"}}}}, "JPY"),
    ],
)
def test_currency(name: str, keys: dict[str, JsonValue], expected: str) -> None:
    """The author's currency stands over the metric's own, and that over the report's."""
    assert currency_of(name, **keys) == expected


def test_no_currency_is_no_symbol() -> None:
    """Where nobody names a currency the amount has none, and what is no amount never has."""
    block = block_of({"reference_key": "x:y", "component": "number_v1", "metrics": ["spend"], "format": "currency"})
    raw = block_of({"reference_key": "x:y", "component": "number_v1", "metrics": ["spend_usd"]})
    assert isinstance(block, Metric)
    assert isinstance(raw, Metric)
    assert block.unit("spend", replace(scope(), currency=None)) == Unit("currency")
    assert raw.unit("spend_usd", scope()) == RAW
