"""The series behind the names of metrics: `metrics.cost_micros` of Google Ads is the series `search_ads/spend`."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import lru_cache
from typing import TYPE_CHECKING, TypeVar

from reportgen.sandbox.metric_families import BY_NAME, RATIOS, SPECIFIC, Family, Ratio

if TYPE_CHECKING:
    from collections.abc import Iterable

_Kind = TypeVar("_Kind", Family, Ratio)

_SUBJECTS = (
    (r"^(gads|google_ad)", "search_ads"),
    (r"ads(_|$)", "social_ads"),
    (r"analytics|^ga4", "site"),
    (r"search_console", "search"),
    (r"^(woo|shop|nuvem|vtex|tray|magento|ht$|hotmart)", "shop"),
    (r"mail|egoi|active_campaign|klaviyo|rdstation_experiment", "mail"),
    (r"crm|pipedrive|hubspot|rdstation|rd_station", "crm"),
    (r"^(ig|fb|tiktok|pinterest|youtube|yt|linkedin|li|tw|instagram|facebook)(_|$)", "social"),
)
"""Patterns of the first part of a reference key, and the subject that the source's metrics have."""

_EVERY_SUBJECT = ("search_ads", "site", "social", "shop", "mail", "crm", "search", "social_ads")

_SIZES = {
    "tiktok_ads": 0.2,
    "li_ads": 0.1,
    "linkedin_ads": 0.1,
    "pinterest_ads": 0.05,
    "tads": 0.05,
    "fb": 0.6,
    "pinterest": 0.2,
}
"""Sizes of sources beside the largest of their subject; clicks on social ads are those of Meta."""

_ALIASES = {
    **dict.fromkeys(("cost", "cost_micros", "cost_in_local_currency", "amount_spent", "investment"), "spend"),
    **dict.fromkeys(
        ("total_revenue", "purchase_revenue", "conversions_value", "conversion_value", "event_value"), "revenue"
    ),
    **dict.fromkeys(("conversion_value_in_local_currency", "purchase_value", "omni_purchase_value"), "revenue"),
    **dict.fromkeys(("omni_purchase", "purchase", "purchases", "external_website_conversions"), "conversions"),
    **dict.fromkeys(("ecommerce_purchases", "transactions", "orders_total", "total_orders", "order_count"), "orders"),
    **dict.fromkeys(("total_sales", "revenue_total"), "net_sales"),
    **dict.fromkeys(("active_user_engagement_duration", "user_engagement_duration"), "seconds"),
    "page_impressions_organic_unique": "organic_reach",
    "page_impressions_paid_unique": "paid_reach",
    **dict.fromkeys(("page_impressions_unique", "total_reach", "post_impressions_unique"), "reach"),
    **dict.fromkeys(("page_impressions", "views_total"), "impressions"),
    **dict.fromkeys(("page_posts_impressions_unique", "posts_organic_reach"), "page_posts_reach"),
    **dict.fromkeys(("total_interactions", "page_post_engagements", "total_engagements", "engagements"), "engagement"),
    **dict.fromkeys(("saves", "save"), "saved"),
    **dict.fromkeys(("like_count", "total_reactions", "reactions", "page_posts_reactions"), "likes"),
    **dict.fromkeys(("page_posts_all_reactions", "post_video_likes_by_reaction_type"), "likes"),
    **dict.fromkeys(("comment_count", "page_posts_comments", "post_video_social_actions_comments"), "comments"),
    **dict.fromkeys(("share_count", "page_posts_shares", "post_video_social_actions_shares"), "shares"),
    **dict.fromkeys(("view_count", "plays", "video_views", "page_video_views", "post_video_views"), "video_views"),
    **dict.fromkeys(("blue_reels_play_count", "reels_plays"), "video_views"),
    **dict.fromkeys(("follows", "new_followers_count"), "new_followers"),
    **dict.fromkeys(("inline_link_clicks", "link_click", "url_clicks", "landing_page_clicks"), "link_clicks"),
    **dict.fromkeys(("page_views", "pageviews", "screen_page_view"), "screen_page_views"),
    **dict.fromkeys(("key_events", "conversion_count"), "conversions"),
    "daily_views": "total_views",
    "count": "clicks",  # on the parts of a profile; posts are counted apart
    **dict.fromkeys(("impression", "click", "conversion"), ""),  # plural is the canonical form, see plain_name
}

_SNAPSHOT = re.compile(
    r"/((current_|total_)?(followers|fans|subscribers|contacts)(_count)?|page_(fans|follows)|total_boards)$"
)


@lru_cache(maxsize=4096)
def plain_name(metric: str) -> str:
    """Return the plain name of a metric: `metrics.cost_micros` and `spend` have the same."""
    last = metric.rsplit(".", 1)[-1].removeprefix("actions:")
    snake = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", last).lower()
    plain = re.sub(r"[^\w]+", "_", snake).strip("_")
    return _ALIASES.get(plain, plain) or f"{plain}s"


def subject_of(reference_key: str) -> str:
    """Return the subject of a source, by the first part of a reference key; "" where it is unknown."""
    prefix = reference_key.partition(":")[0]
    return next((subject for pattern, subject in _SUBJECTS if re.search(pattern, prefix)), "")


def size_of(reference_key: str) -> float:
    """Return the size of a source beside the largest of its subject."""
    return _SIZES.get(reference_key.partition(":")[0], 1)


@lru_cache(maxsize=4096)
def series_of(subject: str, metric: str) -> str:
    """Return the series of a metric, `subject/name`: of the first subject that knows its name, the given one before.

    A name with a subject is a series already.
    """
    if metric.partition("/")[0] in _EVERY_SUBJECT:
        return metric
    name = plain_name(metric)
    for each in dict.fromkeys((subject or _EVERY_SUBJECT[0], *_EVERY_SUBJECT)):
        family = _first(SPECIFIC, f"{each}/{name}")
        if _first(RATIOS, f"{each}/{name}"):
            return f"{each}/{name}"
        if family:
            return f"{each}/{family.name or name}"
    return f"{subject}/{name}"


@lru_cache(maxsize=4096)
def ratio_of(series: str) -> Ratio | None:
    """Return the ratio of a series; None where it is an amount of its own."""
    found = None if "#" in series else _first(RATIOS, series)
    if found is None:
        return None
    subject = series.partition("/")[0]
    if found.top:
        tops = series_of(subject, found.top), series_of(subject, found.bottom)
    else:
        tops = f"{series}#top", f"{series}#bottom"
    return Ratio(found.pattern, *tops, found.times, found.low, found.high, found.complement)


@lru_cache(maxsize=4096)
def is_snapshot(series: str) -> bool:
    """Return whether a metric is a level of the day, such as followers, and never summed over days."""
    return _SNAPSHOT.search(series) is not None


@lru_cache(maxsize=4096)
def family_of(series: str) -> Family:
    """Return the family of a series, its parent and its summands as series."""
    if series.endswith("#top"):
        ratio = _first(RATIOS, series.removesuffix("#top")) or RATIOS[-1]
        return Family("", ratio.low, ratio.high, f"{series.removesuffix('#top')}#bottom", spread=0.05)
    found = _first((*SPECIFIC, *BY_NAME), series) or BY_NAME[-1]
    subject = series.partition("/")[0]
    parent = found.parent and series_of(subject, found.parent)
    plus = tuple(series_of(subject, name) for name in found.plus)
    return replace(found, parent=parent, plus=plus)


def _first(families: Iterable[_Kind], series: str) -> _Kind | None:
    """Return the first family or ratio whose pattern a series matches."""
    return next((family for family in families if re.search(family.pattern, series)), None)
