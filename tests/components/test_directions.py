"""Directions: the spec's, the payload's, the table's, and none."""

from __future__ import annotations

import json
import re
from collections import Counter
from typing import TYPE_CHECKING, Any

import pytest

from reportgen.components.directions import CURATED, curated_direction, name_in_table
from reportgen.components.metric import Metric
from reportgen.queries import NumberAnswer
from tests.components.scenes import block_of, resolved

if TYPE_CHECKING:
    from pathlib import Path

    from reportgen.model import Direction

NUMBER = {"reference_key": "gads:average_cpc", "component": "number_v1", "metrics": ["metrics.average_cpc"]}
NAMES = [name for _, names in CURATED for name in names.split()]
WORDS = re.compile(
    "(?i)spend|cost|cp[acelmv]|bounce|unsub|unfollow|position|lost|refund|chargeback|cancel|spam|complain|abandon|exit"
    "|dropped|report"
)


@pytest.mark.parametrize(
    ("reference_key", "direction"),
    [
        ("gads:clicks", "up_is_good"),
        ("ig:reach", "up_is_good"),
        ("google_analytics_4:total_revenue", "up_is_good"),
        ("fb_ads:spend", "neutral"),
        ("gads:cost_micros", "neutral"),
        ("li_ads:cost", "neutral"),
        ("gads:average_cpc", "down_is_good"),
        ("fb_ads:cpm", "down_is_good"),
        ("li_ads:costPerLead", "down_is_good"),
        ("google_analytics_4:bounce_rate", "down_is_good"),
        ("active_campaigns:unsubscribes", "down_is_good"),
        ("search_console:position", "down_is_good"),
        ("pipedrive:total_lost_deals", "down_is_good"),
        ("ht:refunded_brl", "down_is_good"),
        ("rdstation_experiment_marked_as_spam", "down_is_good"),
    ],
)
def test_what_the_table_says(reference_key: str, direction: Direction) -> None:
    """Results are better high, spend is neither, and costs of a result, losses and positions are better low."""
    assert curated_direction(reference_key) == direction


@pytest.mark.parametrize(
    ("reference_key", "direction"),
    [
        ("gads:conversions_value_per_cost", "up_is_good"),
        ("gads:all_conversions_value_per_cost", "up_is_good"),
        ("google_analytics_4:return_on_ad_spend", "up_is_good"),
        ("gads:cost_per_device", "neutral"),
        ("gads:count_campaigns", "neutral"),
        ("hubspot_marketing:exits_landing_pages", "neutral"),
        ("hubspot_marketing:exitsPerPageview_landing_pages", "down_is_good"),
    ],
)
def test_traps(reference_key: str, direction: Direction) -> None:
    """A name that sounds like another kind of metric is decided for what it is."""
    assert curated_direction(reference_key) == direction


@pytest.mark.parametrize("reference_key", ["x:value_per_cost", "x:lost_clicks", "x:Clicks", "x:y:clicks", "x:", "new"])
def test_nothing_is_guessed(reference_key: str) -> None:
    """A name that is not in the table as a whole is neutral, whatever words it holds."""
    assert curated_direction(reference_key) == "neutral"


def test_each_name_is_decided_once() -> None:
    """No name stands in two rows of the table, of which the last would win."""
    assert not [name for name, times in Counter(NAMES).items() if times > 1]


@pytest.mark.parametrize(
    ("written", "direction"),
    [
        ({"direction": "neutral", "diff_type": "positive_bad"}, "neutral"),
        ({"direction": "up_is_good"}, "up_is_good"),
        ({"diff_type": "positive_bad", "reference_key": "fb_ads:clicks"}, "down_is_good"),
        ({"diff_type": "unheard_of"}, "down_is_good"),
        ({}, "down_is_good"),
        ({"reference_key": "fb_ads:something"}, "neutral"),
    ],
)
def test_who_decides(written: dict[str, str], direction: Direction) -> None:
    """The spec goes before the payload's `diff_type`, that before the table; a word nobody knows decides nothing."""
    block = block_of({**NUMBER, **written})
    assert isinstance(block, Metric)
    assert block.resolved_direction() == direction


def test_a_change_is_judged_without_a_word_of_the_author() -> None:
    """A dearer click is bad news in a block that says nothing of its direction."""
    change = resolved(NUMBER, NumberAnswer(3, 2)).readings[0].change
    assert change is not None
    assert change.judgement == "bad"


def entries_of(catalogues: Path) -> list[dict[str, Any]]:
    """Return the entries of all catalogues."""
    return [
        entry
        for path in sorted(catalogues.glob("*/metrics.json"))
        for listed in json.loads(path.read_text()).values()
        for entry in listed
    ]


def keys_of(catalogues: Path, component: str = "") -> list[str]:
    """Return the reference keys of all catalogues, or those of one component."""
    return [entry["reference_key"] for entry in entries_of(catalogues) if component in {"", entry["component"]}]


def test_every_number_of_the_catalogues_is_decided(catalogues: Path) -> None:
    """No number key is neutral for want of a decision, and none of their number has gone missing."""
    keys = keys_of(catalogues, "number_v1")
    assert [key for key in keys if name_in_table(key) not in NAMES] == []
    assert Counter(map(curated_direction, keys)) == {"up_is_good": 354, "down_is_good": 69, "neutral": 41}


def test_every_cost_and_loss_of_the_catalogues_is_decided(catalogues: Path) -> None:
    """Of 81 keys that name a cost, a bounce, a loss or a position, these 12 are not better low."""
    keys = [key for key in keys_of(catalogues) if WORDS.search(key)]
    assert [key for key in keys if name_in_table(key) not in NAMES] == []
    assert len(keys) == 81
    assert {key: curated_direction(key) for key in keys if curated_direction(key) != "down_is_good"} == {
        "gads:all_conversions_value_per_cost": "up_is_good",
        "gads:conversions_value_per_cost": "up_is_good",
        "gads:cost_average_cpc_per_day": "neutral",
        "gads:cost_micros": "neutral",
        "gads:cost_per_device": "neutral",
        "gads:video_cost_by_time": "neutral",
        "google_analytics_4:return_on_ad_spend": "up_is_good",
        "hubspot_marketing:exits_landing_pages": "neutral",
        "li_ads:cost": "neutral",
        "pipedrive:deals_won_and_lost": "neutral",
        "search_console:ctr_and_position_over_time": "neutral",
        "tads:spend": "neutral",
    }
