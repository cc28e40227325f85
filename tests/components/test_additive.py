"""Which metrics add up."""

from __future__ import annotations

import pytest

from reportgen.components.additive import ADDITIVE, is_additive
from reportgen.components.directions import CURATED
from reportgen.components.metric import Metric
from tests.components.scenes import block_of

DECIDED = {name for _, names in CURATED for name in names.split()}


def metric(key: str, **keys: object) -> Metric:
    """Return a number of a reference key."""
    block = block_of({"reference_key": key, "component": "number_v1", "metrics": ["x"], **keys})
    assert isinstance(block, Metric)
    return block


def test_every_name_is_a_name_of_the_catalogues() -> None:
    """The table has no name that the table of directions, which is counted against the catalogues, lacks."""
    assert not ADDITIVE - DECIDED
    assert len(ADDITIVE) > 100


@pytest.mark.parametrize(
    "key",
    [
        "ig:reach", "ig:total_reach", "google_analytics_4:all_users", "google_analytics_4:new_users", "gads:ctr",
        "gads:average_cpc", "search_console:position", "ig:followers_count", "hubspot_marketing:total_contacts",
        "active_campaigns:unique_clicks", "gads:count_ads", "gads:conversions_value_per_cost", "gads:roas",
        "google_analytics_4:all_sessions", "nobody:knows",
    ],
)  # fmt: skip
def test_traps(key: str) -> None:
    """Unique counts, stocks, rates, positions, sessions by channel and unknown metrics do not add up."""
    assert not is_additive(metric(key))


@pytest.mark.parametrize("key", ["ig:impressions", "gads:clicks", "gads:cost_micros", "ig:likes", "gads:conversions"])
def test_counts_add_up(key: str) -> None:
    """What is counted anew every day adds up."""
    assert is_additive(metric(key))


def test_a_range_of_its_own_never_adds_up() -> None:
    """Whatever the table or the author says."""
    assert not is_additive(metric("ig:impressions", additive=True, custom={"custom_period": "30ED"}))
