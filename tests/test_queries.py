"""Queries: the identity of what is asked."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from reportgen.periods import Period, Window
from reportgen.queries import Query, Source, canonical_json, request_fields, structure_text

if TYPE_CHECKING:
    from pydantic import JsonValue

SOURCE = Source("instagram", "instagram_business", "4addc0da-8583-4dbb-a0e9-c7e2e8470f50")
OCTOBER = Period(date(2026, 10, 1), date(2026, 10, 31), "month")
SEPTEMBER = Period(date(2026, 9, 1), date(2026, 9, 30), "month")


def query(source: Source, window: Window, structure: dict[str, JsonValue]) -> Query:
    """Return the query for a metric structure."""
    return Query.of(source, window, structure_text(structure))


def test_order_of_keys_and_id_do_not_matter() -> None:
    """The same structure written differently is one query."""
    one = query(SOURCE, Window(OCTOBER), {"id": "a", "reference_key": "ig:reach", "metrics": ["reach"]})
    two = query(SOURCE, Window(OCTOBER), {"metrics": ["reach"], "reference_key": "ig:reach", "id": "b"})
    assert (one, one.digest) == (two, two.digest)


def test_the_same_days_are_one_query() -> None:
    """A month and its days ask the same, so that blocks, buckets and comparisons share an answer."""
    days = Window(Period(OCTOBER.start, OCTOBER.end), Period(SEPTEMBER.start, SEPTEMBER.end))
    structure: dict[str, JsonValue] = {"reference_key": "ig:reach", "metrics": ["reach"]}
    assert query(SOURCE, days, structure) == query(SOURCE, Window(OCTOBER, SEPTEMBER, by_date=True), structure)


def test_reference_key_tells_equal_bodies_apart() -> None:
    """Two keys with one body are two queries."""
    one = query(SOURCE, Window(OCTOBER), {"reference_key": "li:posts", "metrics": ["posts"]})
    two = query(SOURCE, Window(OCTOBER), {"reference_key": "li:all_posts", "metrics": ["posts"]})
    assert one.digest != two.digest


@pytest.mark.parametrize(
    "other",
    [
        query(SOURCE, Window(SEPTEMBER), {"metrics": ["reach"]}),
        query(SOURCE, Window(OCTOBER, SEPTEMBER), {"metrics": ["reach"]}),
        query(Source("instagram", "instagram_business", "0" * 8), Window(OCTOBER), {"metrics": ["reach"]}),
    ],
)
def test_digest_holds_account_and_dates(other: Query) -> None:
    """Another account, period or comparison is another digest."""
    assert query(SOURCE, Window(OCTOBER), {"metrics": ["reach"]}).digest != other.digest


def test_comparison_dates_come_together_or_not_at_all() -> None:
    """Without a baseline neither date is sent."""
    assert set(request_fields(SOURCE.uuid, Window(OCTOBER))) == {"customer_integration", "start", "end"}
    assert request_fields(SOURCE.uuid, Window(OCTOBER, SEPTEMBER))["comparison_end"] == "2026-09-30"


def test_canonical_json() -> None:
    """Sorted keys, no spaces, letters as they are."""
    assert canonical_json({"b": 1, "a": ["ã"]}) == '{"a":["ã"],"b":1}'
