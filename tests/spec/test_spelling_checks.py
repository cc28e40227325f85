"""Words of the API that are written nearly as known ones are cautions of `check`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.spec.checked import cautions_of

if TYPE_CHECKING:
    from pathlib import Path

SPEC = """version: 1
sources: {{here: {{integration: {integration}}}}}
sections:
  - source: here
    blocks:
      - {{reference_key: "{key}", component: number_v1, metrics: ["{metric}"]}}
"""


def cautions(folder: Path, key: str, metric: str = "reach", integration: str = "instagram_business") -> list[str]:
    """Return the cautions of a spec with a number, without the name of its file."""
    return cautions_of(SPEC.format(key=key, metric=metric, integration=integration), folder)


@pytest.mark.parametrize(
    ("key", "said"),
    [
        ("ig:reech", "6:25: sections.0.blocks.0.reference_key: warning: 'ig:reech' is no reference key of Instagram"),
        ("ig:reach_over_tme", "did you mean 'ig:reach_over_time'? [W-KEY]"),
        ("ig:post_shares_cuont", "did you mean 'ig:post_shares_count'? [W-KEY]"),
        ("igg:reach", "did you mean 'ig:reach'? [W-KEY]"),
        ("fb:likes", "'fb:likes' is a metric of Facebook, and its source is an account of Instagram [W-KEY]"),
    ],
)
def test_a_misspelt_reference_key_is_named_with_the_nearest(key: str, said: str, tmp_path: Path) -> None:
    """Keys of the starter, and other known names with the integration's prefix, are proposed."""
    (caution,) = cautions(tmp_path, key)
    assert said in caution


def test_a_misspelt_metric_is_named_with_the_nearest(tmp_path: Path) -> None:
    """The place is that of the metric."""
    (caution,) = cautions(tmp_path, "ig:reach", metric="reech")
    assert caution == (
        "6:69: sections.0.blocks.0.metrics.0: warning: 'reech' is no metric of Instagram that is known; "
        "did you mean 'reach'? [W-KEY]"
    )


@pytest.mark.parametrize(
    ("integration", "meant"),
    [
        ("instagram", "instagram_business"),
        ("instagram_busines", "instagram_business"),
        ("instagram_bussiness", "instagram_business"),
        ("Google Ads", "google_ads"),
        ("GOOGLE-ADS", "google_ads"),
        ("googleads", "google_ads"),
        ("gads", "google_ads"),
        ("meta_ads", "facebook_ads"),
        ("Facebook ads", "facebook_ads"),
        ("GA4", "google_analytics_4"),
        ("Google Business Profile", "google_my_business"),
    ],
)
def test_an_integration_by_another_name_is_named_with_the_right_name(
    integration: str, meant: str, tmp_path: Path
) -> None:
    """A title, a prefix, a name of the trade, a slip, and a word cut short."""
    (caution,) = cautions(tmp_path, "other:reach", metric="any", integration=integration)
    assert caution == (
        f"2:31: sources.here.integration: warning: {integration!r} is no integration that is known; "
        f"did you mean {meant!r}? [W-KEY]"
    )


def test_an_integration_that_is_near_to_none_has_the_known_named(tmp_path: Path) -> None:
    """It may be new to reportgen, so that it is a warning and no problem."""
    (caution,) = cautions(tmp_path, "shopify:orders", "orders", "shopify")
    assert "'shopify' is no integration that is known; known are active_campaign, egoi, facebook, " in caution
    assert caution.endswith(", youtube; leave it where the API has it [W-KEY]")


@pytest.mark.parametrize(
    ("key", "metric", "integration"),
    [
        ("ig:brand_new_key", "something_else", "instagram_business"),
        ("phonetrack:calls", "calls", "phonetrack"),
        ("summary", "x", "linkedin_ads"),
        ("ig:reach", "reach", "instagram_business"),
    ],
)
def test_what_is_near_to_nothing_known_is_left_alone(key: str, metric: str, integration: str, tmp_path: Path) -> None:
    """The API has more than is known here."""
    assert cautions(tmp_path, key, metric, integration) == []
