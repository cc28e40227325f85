"""The figures of all sources tell of one shop: over random accounts, months and days."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, cast
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reportgen.periods import Period
from reportgen.sandbox.dimensions import Dimension
from reportgen.sandbox.get_data_requests import MetricsRequest, RequestedMetric
from reportgen.sandbox.synthetic_answers import answers

if TYPE_CHECKING:
    from collections.abc import Sequence

accounts = st.uuids().map(str)
months = st.builds(
    lambda first, days: Period(first, first + timedelta(days=days)),
    st.dates(date(2012, 1, 1), date(2040, 12, 1)),
    st.integers(27, 92),
)
ADS = ["gads", "fb_ads", "tiktok_ads"]


def _answer(  # noqa: PLR0913, PLR0917 - the parts of a question
    account: str, key: str, component: str, names: Sequence[str], period: Period, dimensions: Sequence[str] = ()
) -> dict[str, list[list[float]]]:
    asked = RequestedMetric("a", f"{key}:x", component, tuple(names), tuple(map(Dimension, dimensions)), "")
    found = answers(MetricsRequest(account, period, None, (asked,)), calm=True)["a"]
    return cast("dict[str, list[list[float]]]", found)


def _numbers(account: str, key: str, names: Sequence[str], period: Period, *dimensions: str) -> list[float]:
    """Return the numbers of an account over a period."""
    found = [_answer(account, key, "number_v1", [name], period, dimensions)["values"] for name in names]
    return cast("list[float]", found)


def _chart(account: str, key: str, name: str, period: Period, dimension: str = "date") -> dict[str, float]:
    """Return the points of a chart by their labels."""
    found = _answer(account, key, "chart_v1", [name], period, [dimension])
    line = cast("list[dict[str, list[float]]]", found["values"])[0]["data"]
    return dict(zip(cast("list[str]", found["labels"]), line, strict=True))


def _rows(account: str, key: str, names: Sequence[str], period: Period, dimension: str) -> list[list[float]]:
    return _answer(account, key, "datatable_v1", names, period, [dimension])["values"]


@settings(max_examples=40)
@given(accounts, accounts, months, st.sampled_from(ADS))
def test_from_an_impression_to_an_order_each_step_is_smaller(ads: str, site: str, month: Period, kind: str) -> None:
    """Few impressions are clicked, few clicks convert, and ads bring no more orders than the site has."""
    impressions, reach, clicks, conversions = _numbers(
        ads, kind, ["impressions", "reach", "clicks", "conversions"], month
    )
    orders, sessions = _numbers(site, "google_analytics_4", ["transactions", "sessions"], month)
    assert impressions > reach > clicks > conversions
    assert conversions < orders < sessions


@settings(max_examples=40)
@given(accounts, accounts, months, st.sampled_from([("gads", "Paid Search"), ("fb_ads", "Paid Social")]))
def test_paid_visits_are_near_the_clicks_on_ads(ads: str, site: str, month: Period, kind: tuple[str, str]) -> None:
    """The visits that analytics counts as paid are those that the ads' clicks brought, give or take a fifth."""
    (clicks,) = _numbers(ads, kind[0], ["clicks"], month)
    paid = _chart(site, "google_analytics_4", "sessions", month, "sessionDefaultChannelGroup")[kind[1]]
    assert paid == pytest.approx(clicks, rel=0.2)


@settings(max_examples=40)
@given(accounts, months)
def test_visits_are_more_than_visitors_and_new_visitors(site: str, month: Period) -> None:
    """A visitor comes at least once, and not each is new."""
    names = ["screenPageViews", "sessions", "totalUsers", "activeUsers", "newUsers"]
    found = _numbers(site, "google_analytics_4", names, month)
    assert found == sorted(found, reverse=True)


@settings(max_examples=40)
@given(accounts, months)
def test_bounces_and_engaged_visits_are_all_visits(site: str, month: Period) -> None:
    """The two rates make a whole."""
    assert sum(_numbers(site, "google_analytics_4", ["bounceRate", "engagementRate"], month)) == pytest.approx(1)


@settings(max_examples=40)
@given(accounts, months, st.sampled_from(ADS))
def test_costs_and_returns_of_ads_are_quotients_of_what_is_shown(ads: str, month: Period, kind: str) -> None:
    """CPC, CTR, CPM, cost per conversion and ROAS follow from the amounts; ROAS is 2 to 8."""
    spend, clicks, impressions, conversions, revenue = _numbers(
        ads, kind, ["spend", "clicks", "impressions", "conversions", "conversion_value"], month
    )
    shown = _numbers(ads, kind, ["cpc", "ctr", "cpm", "cost_per_conversion", "roas"], month)
    assert shown == pytest.approx(
        [spend / clicks, clicks / impressions, 1000 * spend / impressions, spend / conversions, revenue / spend],
        rel=1e-3,
    )
    assert 2 < shown[-1] < 8


@settings(max_examples=40)
@given(accounts, months)
def test_revenue_is_orders_times_a_basket(site: str, month: Period) -> None:
    """An order is worth what a pair of shoes costs."""
    revenue, orders, basket = _numbers(
        site, "google_analytics_4", ["totalRevenue", "transactions", "averagePurchaseRevenue"], month
    )
    assert basket == pytest.approx(revenue / orders, rel=1e-3)
    assert 130 < basket < 200


@settings(max_examples=40)
@given(accounts, accounts, months, st.integers(0, 27))
def test_a_shop_has_sold_what_analytics_has_seen(shop: str, site: str, month: Period, day: int) -> None:
    """Net sales and orders are near analytics' revenue and purchases, in a month and on each day of it."""
    first = month.start + timedelta(days=day)
    for period, near in ((month, 0.2), (Period(first, first), 0.35)):
        sold = _numbers(shop, "woo_commerce", ["net_sales", "orders_total"], period, "orders")
        assert sold == pytest.approx(
            _numbers(site, "google_analytics_4", ["purchaseRevenue", "ecommercePurchases"], period), rel=near
        )


@settings(max_examples=40)
@given(accounts, months, st.sampled_from(["ig", "fb", "tiktok", "pinterest"]))
def test_engagement_is_its_parts_and_a_few_percent_of_those_reached(social: str, month: Period, kind: str) -> None:
    """Likes, comments, saves and shares are all engagement; of those reached some hundredths engage."""
    parts = _numbers(social, kind, ["likes", "comments", "saved", "shares"], month)
    engagement, reach, impressions, rate = _numbers(
        social, kind, ["engagement", "reach", "impressions", "engagement_rate"], month
    )
    assert engagement == sum(parts)
    assert rate == pytest.approx(engagement / reach, rel=1e-3)
    assert 0.01 < rate < 0.1
    assert reach < impressions


@settings(max_examples=40)
@given(
    accounts,
    months,
    st.sampled_from(
        [
            ("google_analytics_4", "activeUsers itemViewEvents addToCarts checkouts ecommercePurchases"),
            ("rdstation", "visitors_count contacts_count qualified_contacts_count opportunities_count sales_count"),
            ("hubspot_marketing", "sites_visits sites_contacts sites_customers"),
            ("mailchimp", "emails_sent delivered opens clicks unsubscribed"),
            ("gads", "clicks conversion_add_to_cart conversion_begin_checkout conversion_purchase"),
        ]
    ),
)
def test_funnels_narrow(account: str, month: Period, steps: tuple[str, str]) -> None:
    """Each step of a funnel has fewer than the step before."""
    kind, names = steps
    found = _numbers(account, kind, names.split(), month)
    assert found == sorted(set(found), reverse=True)


@settings(max_examples=25)
@given(accounts, months, st.integers(0, 20), st.sampled_from(["clicks", "spend", "reach", "sessions", "followers"]))
def test_a_day_has_the_same_figure_in_any_window(account: str, month: Period, later: int, name: str) -> None:
    """A day is the same in a long chart, in a short chart and as a number of its own."""
    inner = Period(month.start + timedelta(days=later), month.end)
    long, short = _chart(account, "ig", name, month), _chart(account, "ig", name, inner)
    assert {label: long[label] for label in short} == short
    assert [short[inner.start.isoformat()]] == _numbers(account, "ig", [name], Period(inner.start, inner.start))


@settings(max_examples=20)
@given(accounts, months)
def test_the_days_of_a_profile_are_those_of_its_number(account: str, month: Period) -> None:
    """The views of a Google profile by day add up to its views, under the other name that the API has for them."""
    days = _chart(account, "gmb", "daily_views", month)
    assert [sum(days.values())] == _numbers(account, "gmb", ["total_views"], month)


@settings(max_examples=40)
@given(accounts, months, st.sampled_from([("ig", "reach"), ("gads", "reach"), ("google_analytics_4", "totalUsers")]))
def test_who_came_on_several_days_counts_once(account: str, month: Period, metric: tuple[str, str]) -> None:
    """A unique count is more than that of each day, less than the sum of all, and never less in a longer period."""
    kind, name = metric
    days = _chart(account, kind, name, month).values()
    shorter = Period(month.start, month.end - timedelta(days=5))
    whole, part = (_numbers(account, kind, [name], period)[0] for period in (month, shorter))
    assert max(days) < part <= whole < sum(days)


@settings(max_examples=25)
@given(accounts, months, st.sampled_from(["campaign", "device", "keyword_view", "geographic_view_city"]))
def test_a_rate_of_a_table_is_the_quotient_of_its_columns(ads: str, month: Period, dimension: str) -> None:
    """In each row, and in the total, whose parts are the totals of theirs."""
    names = ["impressions", "clicks", "spend", "conversions", "ctr", "average_cpc", "cost_per_conversion"]
    *rows, last = _rows(ads, "gads", names, month, dimension)
    for _, impressions, clicks, spend, conversions, ctr, cpc, cpa in [*rows, last]:
        assert impressions >= clicks >= conversions
        assert ctr == pytest.approx(clicks / impressions, rel=1e-3)
        assert cpc == pytest.approx(spend / clicks, rel=1e-3)
        assert cpa == pytest.approx(spend / conversions if conversions else 0, rel=1e-3)
    if str(last[0]) == "Total":
        sums = [sum(column) for column in zip(*(row[1:5] for row in rows), strict=True)]
        assert last[1:5] == pytest.approx(sums, abs=0.001)


@settings(max_examples=25)
@given(accounts, months, st.sampled_from(["device", "age_range_view", "gender_view", "date", "hour"]))
def test_parts_add_up_to_their_whole(ads: str, month: Period, dimension: str) -> None:
    """Devices, ages, hours and days together have the clicks of the account."""
    assert [sum(_chart(ads, "gads", "clicks", month, dimension).values())] == _numbers(ads, "gads", ["clicks"], month)


@settings(max_examples=25)
@given(accounts, months)
def test_organic_and_paid_reach_are_all_reach_on_a_day(page: str, month: Period) -> None:
    """On a day a person is reached by the one or by the other."""
    day = Period(month.start, month.start)
    whole, *parts = _numbers(
        page,
        "fb",
        ["page_impressions_unique", "page_impressions_organic_unique", "page_impressions_paid_unique"],
        day,
    )
    assert whole == sum(parts)


@pytest.mark.parametrize("kind", ["gads", "google_analytics_4", "ig"])
def test_a_shop_has_its_seasons(kind: str) -> None:
    """Each year is larger than the one before, and December larger than June."""
    account = str(UUID(int=7))
    name = {"gads": "clicks", "google_analytics_4": "sessions", "ig": "impressions"}[kind]
    years = [
        _numbers(account, kind, [name], Period(date(year, 1, 1), date(year, 12, 31)))[0] for year in range(2020, 2027)
    ]
    assert years == sorted(years)
    june, december = (
        _numbers(account, kind, [name], Period(date(2026, month, 1), date(2026, month, 30)))[0] for month in (6, 12)
    )
    assert june < december


def test_people_visit_a_shop_on_working_days() -> None:
    """A Saturday has fewer visits than a Monday."""
    days = _chart(
        str(UUID(int=7)), "google_analytics_4", "sessions", Period(date(2026, 1, 1), date(2026, 12, 31)), "dayOfWeek"
    )
    assert days["Saturday"] < days["Monday"] * 0.95
