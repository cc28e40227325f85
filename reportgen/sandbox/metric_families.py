"""The metrics of a shop: how its sources' figures follow from each other, and the size of each.

All sources of a customer tell of the same shop. Its visits are the root: the clicks of its ads are near the visits
that analytics counts as paid, its orders are a share of the visits, and what a shop's own system has sold is near what
analytics has seen. A metric of no family here has a plausible size by its name alone.
"""

from __future__ import annotations

from dataclasses import dataclass

PAID_VISITS = 0.22
"""The part of all visits that came by a click on an ad of Google."""


@dataclass(frozen=True, slots=True)
class Family:
    """A family of series with values of the same size.

    Attributes:
        pattern: Searched in the series, `subject/name`; the first family that matches is the series'.
        low: Least level: an amount a day or, under a parent, a share of the parent's.
        high: Greatest level.
        parent: The series that it is a share of, of the same subject where it names none; "" where it has none.
        per_unit: Parts of a whole unit that amounts count: 100 for money, else 1.
        spread: Greatest deviation of a day from the share; that of a category is three times as large.
        unique: Part of the sum of the days that is left when who came on several days counts once; 1 where all is.
        plus: Series that it is the sum of, instead of a share.
        name: Name of the series, where all names that match mean the same; "" where each is a series of its own.
    """

    pattern: str
    low: float = 1
    high: float = 1
    parent: str = ""
    per_unit: int = 1
    spread: float = 0.07
    unique: float = 1
    plus: tuple[str, ...] = ()
    name: str = ""


@dataclass(frozen=True, slots=True)
class Ratio:
    """A metric that is a series divided by another, over any days.

    Attributes:
        pattern: Searched in the series; the first ratio that matches is the metric's.
        top: The numerator's series; "" for a series of the metric's own, `low` to `high` of its bottom.
        bottom: The denominator's series; "" for a series of the metric's own.
        times: Factor of the quotient.
        low: Least level of a numerator of the metric's own.
        high: Greatest level of a numerator of the metric's own.
        complement: Whether it is what the quotient leaves of 1.
    """

    pattern: str
    top: str = ""
    bottom: str = ""
    times: int = 1
    low: float = 0
    high: float = 0
    complement: bool = False


RATIOS = (
    Ratio(r"^site/advertiser_ad_cost_per_click$", "advertiser_ad_cost", "advertiser_ad_clicks"),
    Ratio(r"^site/advertiser_ad_cost_per_conversion$", "advertiser_ad_cost", "advertiser_ad_conversions"),
    Ratio(r"^site/return_on_ad_spend$", "advertiser_ad_revenue", "advertiser_ad_cost"),
    Ratio(r"^site/.*click_through_rate", "organic_google_search_clicks", "organic_google_search_impressions"),
    Ratio(r"^site/bounce_rate$", "engaged_sessions", "sessions", complement=True),
    Ratio(r"^site/engagement_rate$", "engaged_sessions", "sessions"),
    Ratio(r"^site/engaged_sessions_by_users$", "engaged_sessions", "active_users"),
    Ratio(r"^site/(conversion_rate|session_conversion_rate)$", "conversions", "sessions"),
    Ratio(r"^site/sessions_to_transactions$", "orders", "sessions"),
    Ratio(r"^site/(pages_per_visit|screen_page_views_per_session)$", "screen_page_views", "sessions"),
    Ratio(r"^site/events_per_session$", "event_count", "sessions"),
    Ratio(r"^site/event_count_per_user$", "event_count", "active_users"),
    Ratio(
        r"^site/a\w*g\w*(engagement_time|session_duration)_?(per_)?session$|_session_duration$", "seconds", "sessions"
    ),
    Ratio(r"^site/a\w*g\w*engagement_time$", "seconds", "active_users"),
    Ratio(r"^site/average_revenue_per_user$", "revenue", "active_users"),
    Ratio(r"^site/.*paying_user$", "revenue", "total_purchasers"),
    Ratio(r"^site/cart_to_view_rate$", "add_to_carts", "item_view_events"),
    Ratio(r"^social/ctr$", "clicks", "reach"),
    Ratio(r"^social/(\w+_)?engagement_rate$|^social/page_post_rate_engagements$", "engagement", "reach"),
    Ratio(r"^mail/(unique_?)?(email_)?opens?(ing|ings)?_?(rate|ratio)$|^mail/\w*openings?_rate$", "opens", "delivered"),
    Ratio(r"^mail/\w*click\w*(rate|ratio)$", "clicks", "delivered"),
    Ratio(r"^mail/\w*bounces?_?(rate|ratio)$", "bounces", "sent"),
    Ratio(r"^mail/deliver\w*_?(rate|ratio)$", "delivered", "sent"),
    Ratio(r"^mail/unsubscri\w*(rate|ratio)$", "unsubscribes", "delivered"),
    Ratio(r"^shop/.*(avg|average)_(order|ticket)", "net_sales", "orders"),
    Ratio(r"(^|_|/)cpm(_|$)", "spend", "impressions", times=1000),
    Ratio(r"(^|_|/)cpc(_|$)|cost_per_(inline_)?(link_)?click", "spend", "clicks"),
    Ratio(r"roas|return_on_ad|value_per_cost", "revenue", "spend"),
    Ratio(r"cost_per_all_conv", "spend", "all_conversions"),
    Ratio(r"(^|_|/)cpv(_|$)|cost_per_view", "spend", "video_views"),
    Ratio(r"(^|_|/)cpe(_|$)", "spend", "engagement"),
    Ratio(r"_ads/average_cost$", "spend", "interactions"),
    Ratio(r"cost_per|(^|_|/)cp[al](_|$)", "spend", "conversions"),
    Ratio(r"(^|_|/)ctr(_|$)|click_?(through_?)?ratio|click_through|clicks_rate", "clicks", "impressions"),
    Ratio(r"_ads/interaction_rate$", "interactions", "impressions"),
    Ratio(r"_ads/(video_)?view_rate$", "video_views", "impressions"),
    Ratio(r"engagement_rate", "engagement", "impressions"),
    Ratio(r"conversions?(_from_interactions)?_rate", "conversions", "clicks"),
    Ratio(r"/frequency$", "impressions", "reach"),
    Ratio(r"average_(order|purchase|ticket)", "revenue", "orders"),
    Ratio(r"top_impression_percentage$|search_impression_share", low=0.45, high=0.8),
    Ratio(r"bounce_rate|opens?(ing)?_rate|open_?ratio|view_rate", low=0.2, high=0.65),
    Ratio(r"(rate|ratio|ptr)(_|$)|percent|retention", low=0.02, high=0.6),
    Ratio(r"(^|_|/)position(_|$)", low=4, high=18),
    Ratio(r"(^|_|/)(avg|average|per|duration|frequency)(_|$)|/time_", low=1.3, high=60),
)

SPECIFIC = (
    # What people do on the site; a person who comes on several days is one visitor.
    Family(r"^site/sessions$", 1_500, 3_000),
    Family(r"^site/total_users$", 0.80, 0.86, "sessions", spread=0.01, unique=0.85),
    Family(r"^site/active_users$", 0.965, 0.985, "total_users", spread=0.002, unique=0.85),
    Family(r"^site/new_users$", 0.58, 0.66, "active_users", spread=0.03),
    Family(r"^site/engaged_sessions$", 0.56, 0.68, "sessions", spread=0.03),
    Family(r"^site/screen_page_views$", 2.4, 3.3, "sessions", spread=0.04),
    Family(r"^site/event_count$", 3.5, 4.5, "screen_page_views", spread=0.03),
    Family(r"^site/seconds$", 70, 110, "sessions", spread=0.05),
    Family(r"^site/item_view_events$", 0.5, 0.6, "sessions", spread=0.04),
    Family(r"^site/items_viewed$", 1.3, 1.8, "item_view_events", spread=0.02),
    Family(r"^site/add_to_carts$", 0.17, 0.21, "item_view_events"),
    Family(r"^site/items_added_to_cart$", 1.2, 1.5, "add_to_carts", spread=0.02),
    Family(r"^site/abandoned_carts$", 0.55, 0.65, "add_to_carts"),
    Family(r"^site/checkouts$", 0.47, 0.53, "add_to_carts"),
    Family(r"^site/orders$", 0.44, 0.5, "checkouts"),
    Family(r"^site/items_purchased$", 1.3, 1.6, "orders", spread=0.02),
    Family(r"^site/total_purchasers$", 0.94, 0.97, "orders", spread=0.005, unique=0.96),
    Family(r"^site/first_time_purchasers$", 0.55, 0.65, "total_purchasers", spread=0.03),
    Family(r"^site/conversions$", 1.25, 1.5, "orders"),
    Family(r"^site/revenue$", 150, 175, "orders", 100, spread=0.04),
    Family(r"^site/item_revenue$", 0.91, 0.95, "revenue", 100, spread=0.005),
    Family(r"^site/gross_purchase_revenue$", 1.02, 1.04, "revenue", 100, spread=0.005),
    Family(r"^site/advertiser_ad_clicks$", parent="search_ads/clicks", spread=0),
    Family(r"^site/advertiser_ad_cost$", parent="search_ads/spend", per_unit=100, spread=0),
    Family(r"^site/advertiser_ad_conversions$", PAID_VISITS, PAID_VISITS, "conversions", spread=0),
    Family(r"^site/advertiser_ad_revenue$", PAID_VISITS, PAID_VISITS, "revenue", 100, spread=0),
    Family(r"^site/organic_google_search_clicks$", parent="search/clicks", spread=0),
    Family(r"^site/organic_google_search_impressions$", parent="search/impressions", spread=0),
    # Ads: a click more or less is a paid visit.
    Family(r"^search_ads/clicks$", 0.235, 0.245, "site/sessions", spread=0.03),
    Family(r"^social_ads/clicks$", 0.125, 0.13, "site/sessions", spread=0.03),
    Family(r"^search_ads/impressions$", 22, 32, "clicks", spread=0.08),
    Family(r"^social_ads/impressions$", 70, 110, "clicks", spread=0.06),
    Family(r"^search_ads/spend$", 0.85, 1.2, "clicks", 100),
    Family(r"^social_ads/spend$", 0.55, 0.75, "clicks", 100),
    Family(r"^search_ads/conversions$", 0.023, 0.029, "clicks", spread=0.1),
    Family(r"^social_ads/conversions$", 0.015, 0.018, "clicks", spread=0.1),
    Family(r"_ads/revenue$", 150, 175, "conversions", 100, spread=0.04),
    Family(r"_ads/all_conversions$", 1.15, 1.3, "conversions", spread=0.01),
    Family(r"_ads/all_conversions_value$", 1.04, 1.08, "revenue", 100, spread=0.01),
    Family(r"_ads/reach$", 0.5, 0.6, "impressions", spread=0.02, unique=0.5),
    Family(r"_ads/link_clicks$", 0.8, 0.85, "clicks", spread=0.02),
    Family(r"_ads/(landing_page_views?|approximate_member_reach)$", 0.8, 0.86, "link_clicks", spread=0.02),
    Family(r"_ads/interactions$", 1.03, 1.06, "clicks", spread=0.003),
    Family(r"_ads/engagement$", 1.2, 1.5, "clicks", spread=0.03),
    Family(r"_ads/(video_views|video_starts)$", 0.12, 0.2, "impressions"),
    Family(r"_ads/video_first_quartile", 0.7, 0.8, "video_starts", spread=0.02),
    Family(r"_ads/video_midpoint", 0.7, 0.8, "video_first_quartile_completions", spread=0.02),
    Family(r"_ads/video_third_quartile", 0.75, 0.85, "video_midpoint_completions", spread=0.02),
    Family(r"_ads/video_completions$", 0.75, 0.85, "video_third_quartile_completions", spread=0.02),
    Family(r"_ads/(conversion|actions|omni)_?\w*_?(add_to_cart|page_view|view_content)$", 3.6, 4.4, "conversions"),
    Family(r"_ads/\w*(begin_|initiated?_)checkout$", 1.8, 2.2, "conversions"),
    Family(r"_ads/conversion_purchase$", 0.9, 0.94, "conversions", spread=0.01),
    Family(r"_ads/(conversion_\w+|\w*leads?|phone_calls)$", 0.05, 0.3, "conversions"),
    # Organic search, mails and the shop's own system see the same visits and orders.
    Family(r"^search/clicks$", 0.32, 0.34, "site/sessions", spread=0.03),
    Family(r"^search/impressions$", 26, 38, "clicks"),
    Family(r"^shop/orders$", 0.99, 1.01, "site/orders", spread=0.005),
    Family(r"^shop/(net_sales|revenue)$", 0.97, 0.99, "site/revenue", 100, spread=0.01),
    Family(r"^shop/gross_sales$", 1.08, 1.1, "net_sales", 100, spread=0.005),
    Family(r"^shop/(items_sold|products_sold|num_items_sold)$", 1.4, 1.6, "orders", spread=0.02),
    Family(r"^shop/(final_)?revenue_brl$", 0.97, 0.99, "site/revenue", 100, spread=0.01),
    Family(r"^shop/(final_)?revenue_usd$", 0.182, 0.186, "revenue_brl", 100, spread=0.005),
    Family(r"^shop/(refund|chargeback|canceled)\w*(brl|usd|amount|total)$", 0.01, 0.02, "net_sales", 100),
    Family(r"^shop/(sales_count|final_sales_amount)$", 0.99, 1.01, "site/orders", spread=0.005, name="orders"),
    Family(r"^shop/\w*count$", 0.01, 0.03, "orders"),
    Family(r"^mail/\w*(sent|send)s?(_\w+)?$", plus=("delivered", "bounces"), name="sent"),
    Family(r"^mail/\w*deliver\w*$", 1.9, 2.3, "site/sessions", spread=0.05, name="delivered"),
    Family(r"^mail/\w*bounce\w*$", 0.012, 0.025, "delivered"),
    Family(r"^mail/\w*open\w*$", 0.27, 0.35, "delivered", spread=0.03, name="opens"),
    Family(r"^mail/\w*click\w*$", 0.09, 0.11, "opens", name="clicks"),
    Family(r"^mail/\w*unsubscri\w*$", 0.001, 0.003, "delivered", name="unsubscribes"),
    Family(r"^mail/\w*(spam|complaint)\w*$", 0.0001, 0.0004, "delivered"),
    # From a visitor to a customer, step by step.
    Family(r"^crm/\w*(visitors|visits)\w*$", 0.80, 0.86, "site/sessions", spread=0.01, name="visitors"),
    Family(r"^crm/\w*qualified\w*$", 0.38, 0.45, "leads", name="qualified_leads"),
    Family(
        r"^crm/(\w*opportunit\w*|deals_count|total_deals|created_deals)$",
        0.42,
        0.5,
        "qualified_leads",
        name="opportunities",
    ),
    Family(
        r"^crm/(\w*sales_count|\w*clients_\w*|\w*customers|won_count|won_deals)$",
        0.28,
        0.35,
        "opportunities",
        name="won_count",
    ),
    Family(r"^crm/(lost_count|lost_deals)$", 0.3, 0.4, "opportunities", name="lost_count"),
    Family(r"^crm/total_value$", 850, 1_100, "opportunities", 100, spread=0.04),
    Family(r"^crm/won_value$", 850, 1_100, "won_count", 100, spread=0.04),
    Family(r"^crm/lost_value$", 850, 1_100, "lost_count", 100, spread=0.04),
    Family(
        r"^crm/(leads|leads_\w+|\w*_leads_\w+|(?!total_)\w*contacts(_count)?|submissions)$",
        0.02,
        0.03,
        "site/sessions",
        name="leads",
    ),
    # Social networks: who was reached, and what they did.
    Family(r"^social/reach$", plus=("organic_reach", "paid_reach"), unique=0.45),
    Family(r"^social/organic_reach$", 3_500, 6_500, unique=0.45),
    Family(r"^social/paid_reach$", 0.24, 0.36, "organic_reach", spread=0.12, unique=0.45),
    Family(r"^social/page_posts_reach$", 0.7, 0.8, "reach", spread=0.03, unique=0.45),
    Family(r"^social/impressions$", 1.35, 1.6, "reach", spread=0.03),
    Family(r"^social/(page|page_posts)_impressions(_organic)?$", 0.75, 0.85, "impressions", spread=0.03),
    Family(r"^social/video_views$", 0.7, 0.9, "impressions", spread=0.06),
    Family(r"^social/page_video_views_organic$", 0.75, 0.8, "video_views", spread=0.03),
    Family(r"^social/page_video_views_paid$", 0.2, 0.25, "video_views", spread=0.03),
    Family(r"^social/engagement$", plus=("likes", "comments", "saved", "shares")),
    Family(r"^social/likes$", 0.014, 0.02, "reach", spread=0.1),
    Family(r"^social/comments$", 0.0008, 0.0014, "reach", spread=0.15),
    Family(r"^social/saved$", 0.0014, 0.0024, "reach", spread=0.15),
    Family(r"^social/shares$", 0.0012, 0.002, "reach", spread=0.15),
    Family(r"^social/(profile_(views|visits|activity)|total_views)$", 0.02, 0.035, "reach"),
    Family(r"^social/new_followers$", 0.0014, 0.0022, "reach", spread=0.12),
    Family(r"^social/clicks$", 0.014, 0.022, "reach", spread=0.1),
)
"""Families of series that belong together."""

BY_NAME = (
    Family(r"/counts?$", 3, 12),
    Family(r"/online_followers$", 300, 3_000),
    Family(r"#bottom$", 600, 9_000),
    Family(r"spend|cost|revenue|amount|budget|value|price|sales$|_(brl|usd)(_|$)", 90, 2_400, per_unit=100),
    Family(r"(_|/)(posts|stories|reels|media|videos?|pins|emails|campaigns|ads)(_count)?$", 0.6, 6),
    Family(r"follow|fan_|subscri", 1.5, 30),
    Family(r"impressions|views|reach|plays", 1_500, 30_000),
    Family(r"clicks|visit|session|users|engage|likes|interactions", 90, 2_500),
    Family(r"", 12, 700),
)
"""Families of all other series."""
