"""Which metrics add up."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pytest

from reportgen.components.additive_metrics import ADDITIVE, PARTS_ALONE, QUOTIENTS, adds_up, is_additive, over_time
from reportgen.components.directions import CURATED, name_in_table
from reportgen.components.metric import Metric
from reportgen.model import Unit
from tests.components.scenes import block_of
from tests.components.test_directions import entries_of, keys_of

if TYPE_CHECKING:
    from pathlib import Path

    from reportgen.model import OverTime

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
    assert not QUOTIENTS - DECIDED
    assert len(ADDITIVE) > 100


def test_no_name_is_in_two_tables() -> None:
    """What adds up over parts alone does not add up over time, and a quotient adds up in no way."""
    assert not ADDITIVE & PARTS_ALONE
    assert not (ADDITIVE | PARTS_ALONE) & QUOTIENTS


@pytest.mark.parametrize(
    "key",
    [
        "ig:reach", "ig:total_reach", "google_analytics_4:all_users", "google_analytics_4:new_users", "gads:ctr",
        "gads:average_cpc", "search_console:position", "ig:followers_count", "hubspot_marketing:total_contacts",
        "active_campaigns:unique_clicks", "gads:count_ads", "gads:conversions_value_per_cost", "gads:roas",
        "google_analytics_4:all_sessions", "nobody:knows", "fb_ads:unique_actions_omni_purchase",
    ],
)  # fmt: skip
def test_traps(key: str) -> None:
    """Unique counts, stocks, rates, positions, sessions by channel and unknown metrics do not add up."""
    assert not is_additive(metric(key))


@pytest.mark.parametrize(
    "key",
    [
        "ig:impressions",
        "gads:clicks",
        "gads:cost_micros",
        "ig:likes",
        "gads:conversions",
        "fb_ads:actions_omni_purchase",
    ],
)
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
    assert len(QUOTIENTS.intersection(names)) == 100
    assert len(PARTS_ALONE.intersection(names)) == 66
    reasons = [re.compile(why, re.IGNORECASE) for why in WHY_NOT.values()]
    assert [name for name in others if not any(reason.search(name) for reason in reasons)] == []


def chart_field(field: str, key: str = "x:chart", **keys: object) -> Metric:
    """Return a chart of a field."""
    block = block_of({"reference_key": key, "component": "chart_v1", "metrics": [field], "dimensions": ["d"], **keys})
    assert isinstance(block, Metric)
    return block


@pytest.mark.parametrize(
    ("field", "time", "parts"),
    [
        ("metrics.clicks", True, True),
        ("followers", False, True),
        ("totalUsers", False, False),
        ("reach", False, False),
        ("metrics.average_cpc", False, False),
        ("nobody_knows", False, False),
    ],
)
def test_over_time_and_over_parts(field: str, time: bool, parts: bool) -> None:  # noqa: FBT001 - a table of cases
    """Followers by gender make a whole, and those of two days do not; reach and rates do neither."""
    assert (adds_up(chart_field(field), field, "time"), adds_up(chart_field(field), field)) == (time, parts)


def test_a_chart_of_slices_that_exclude_one_another_makes_a_whole() -> None:
    """A user has a single gender, and may come by two devices."""
    assert adds_up(chart_field("totalUsers", "google_analytics_4:gender"), "totalUsers")
    assert not adds_up(chart_field("activeUsers", "google_analytics_4:users_by_device"), "activeUsers")


@pytest.mark.parametrize(
    ("keys", "time", "parts"),
    [
        ({"additive": True}, True, True),
        ({"additive": {"parts": True}}, False, True),
        ({"additive": {"time": True, "parts": False}}, True, False),
        ({"additive": True, "fields": {"reach": {"additive": False}}}, False, False),
        ({"additive": True, "fields": {"reach": {"additive": {"parts": False}}}}, True, False),
        ({"fields": {"reach": {"additive": True}}}, True, True),
        ({"fields": {"other": {"additive": True}}}, False, False),
    ],
)
def test_the_author_goes_before_the_tables(
    keys: dict[str, Any],
    time: bool,  # noqa: FBT001 - a table of cases
    parts: bool,  # noqa: FBT001 - as above
) -> None:
    """The field's own answer, else the block's, for both or for one; the other is left to the tables."""
    block = chart_field("reach", **keys)
    assert (adds_up(block, "reach", "time"), adds_up(block, "reach")) == (time, parts)


@pytest.mark.parametrize(
    ("key", "unit", "keys", "expected"),
    [
        ("gads:clicks", "count", {}, "sum"),
        ("gads:average_cpc", "currency", {}, "quotient"),
        ("x:whatever", "percent", {}, "quotient"),
        ("ig:reach", "count", {}, "other"),
        ("ig:reach", "count", {"additive": True}, "sum"),
        ("gads:clicks", "count", {"additive": False}, "other"),
        ("gads:clicks", "count", {"additive": {"parts": False}}, "sum"),
    ],
)
def test_how_a_number_follows_from_its_days(key: str, unit: str, keys: dict[str, object], expected: OverTime) -> None:
    """A sum of its days; a quotient, by its name or its unit; or neither."""
    assert over_time(metric(key, **keys), Unit(unit)) == expected  # type: ignore[arg-type] # a table of cases


def test_every_ring_of_the_catalogues_is_decided(catalogues: Path) -> None:
    """Of the 17 rings 16 are of slices that make a whole; a user may come by two devices."""
    rings = [entry for entry in entries_of(catalogues) if entry.get("chart_type") == "pie"]
    broken = [
        entry["reference_key"]
        for entry in rings
        if not all(adds_up(chart_field(field, entry["reference_key"]), field) for field in entry["metrics"])
    ]
    assert (len(rings), broken) == (17, ["google_analytics_4:users_by_device"])
