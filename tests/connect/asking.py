"""Queries that the tests of the fetcher share."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from reportgen.periods import Period, Window
from reportgen.queries import Query, Source

if TYPE_CHECKING:
    from pydantic import JsonValue

INSTAGRAM = Source("instagram", "instagram_business", "4addc0da-8583-4dbb-a0e9-c7e2e8470f50")
ADS = Source("ads", "google_ads", "9d3c11aa-5a52-4c0e-8a25-0a3a8a6b7f10")
OCTOBER = Period(date(2026, 10, 1), date(2026, 10, 31), "month")
SEPTEMBER = Period(date(2026, 9, 1), date(2026, 9, 30), "month")
COMPARED = Window(OCTOBER, SEPTEMBER)
ALONE = Window(OCTOBER)

REPLIES: dict[str, JsonValue] = {
    "reference_key": "ig:story_replies",
    "component": "number_v1",
    "metrics": ["replies"],
    "dimensions": ["stories"],
}
GENDER: dict[str, JsonValue] = {
    "reference_key": "ig:followers_gender",
    "component": "chart_v1",
    "metrics": ["followers"],
    "dimensions": ["gender"],
}
CLICKS: dict[str, JsonValue] = {
    "reference_key": "ig:clicks_breakdown",
    "component": "datatable_v1",
    "metrics": ["count", "ctr"],
    "dimensions": ["clicks_breakdown"],
}


def asked(structure: dict[str, JsonValue], source: Source = INSTAGRAM, window: Window = ALONE) -> Query:
    """Return a query for a metric structure."""
    return Query.of(source, window, structure)
