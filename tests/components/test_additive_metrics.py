"""Which metrics add up."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from reportgen.components.additive_metrics import ADDITIVE, is_additive
from reportgen.components.directions import CURATED, name_in_table
from reportgen.components.metric import Metric
from tests.components.scenes import block_of
from tests.components.test_directions import keys_of

if TYPE_CHECKING:
    from pathlib import Path

# Why a number of the catalogues is not in the table, by what its name says.
WHY_NOT = {
    "a quotient": "rate|ratio|ctr|cp[cemv]$|average|avg|per[A-Z_]|percentage|cost|roas|return|ptr|position|retention",
    "people, counted once each": "unique|reach|users|visitors|purchasers|sessions?|customers|clients",
    "a stock, as it is on the last day": "followers|subscri|contacts|total_|_count$|_follows|net_likes|archived|leads"
    "|deals_values|^count_",
    "of posts, which may be dated by the post": "insights|media_|reels_|stories_|post_|taps_|^exits$"
    "|interactions|engage",
    "of mails, which may be unique": "opens|^send$|_emails$",
    "of pages of a site, each by itself": "_(landing_pages|blogs|sites)$",
}
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


def test_every_number_of_the_catalogues_is_decided(catalogues: Path) -> None:
    """Of the 464 number keys 217 add up; each of the others is kept out for a reason that its name tells."""
    names = [name_in_table(key) for key in keys_of(catalogues, "number_v1")]
    others = [name for name in names if name not in ADDITIVE]
    assert (len(names), len(others)) == (464, 247)
    reasons = [re.compile(why, re.IGNORECASE) for why in WHY_NOT.values()]
    assert [name for name in others if not any(reason.search(name) for reason in reasons)] == []
