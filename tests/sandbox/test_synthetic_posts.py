"""The posts of social accounts: the same post in every window, with its day, its words and its figures."""

from __future__ import annotations

from datetime import date, timedelta
from typing import cast

from hypothesis import given, settings
from hypothesis import strategies as st

from reportgen.periods import Period
from reportgen.sandbox.dimensions import Dimension
from reportgen.sandbox.get_data_requests import MetricsRequest, RequestedMetric
from reportgen.sandbox.synthetic_answers import answers

accounts = st.uuids().map(str)
starts = st.dates(date(2012, 1, 1), date(2040, 1, 1))
_NAMES = ("type", "created_at", "reach", "likes", "engagement", "engagement_rate")

_Row = tuple[dict[str, str], str, str, int, int, int, float]


def _asked(
    account: str, component: str, names: tuple[str, ...], period: Period, *fields: str, kind: str = ""
) -> object:
    metric = RequestedMetric("a", "ig:x", component, names, tuple(map(Dimension, fields)), kind)
    found = cast("dict[str, object]", answers(MetricsRequest(account, period, None, (metric,)), calm=True)["a"])
    return found["values"]


def _posts(account: str, period: Period, field: str = "media") -> list[_Row]:
    return cast("list[_Row]", _asked(account, "datatable_v1", _NAMES, period, field))


@settings(max_examples=25)
@given(accounts, starts)
def test_posts_are_of_the_period_and_differ_in_their_words(account: str, start: date) -> None:
    """Each post has its day, the latest first, is a reel, a carousel or a photo, and says what no other says."""
    period = Period(start, start + timedelta(days=60))
    rows = _posts(account, period)
    days = [date.fromisoformat(row[2][:10]) for row in rows]
    assert days == sorted(days, reverse=True)
    assert all(period.start <= day <= period.end for day in days)
    assert {row[1] for row in rows} <= {"reel", "carousel", "photo"}
    assert len({row[0]["text"] for row in rows}) == len({row[0]["id"] for row in rows}) == len(rows) > 10


@settings(max_examples=25)
@given(accounts, starts, st.integers(0, 20))
def test_a_post_is_the_same_in_any_window(account: str, start: date, later: int) -> None:
    """A shorter period has fewer posts, with the same words and figures."""
    end = start + timedelta(days=30)
    long, short = _posts(account, Period(start, end)), _posts(account, Period(start + timedelta(days=later), end))
    assert short == [row for row in long if date.fromisoformat(row[2][:10]) >= start + timedelta(days=later)]


@settings(max_examples=25)
@given(accounts, starts)
def test_numbers_of_posts_are_the_sum_of_the_posts(account: str, start: date) -> None:
    """Likes of posts, and how many there are, are those of the table; reels and the others are all posts."""
    period = Period(start, start + timedelta(days=30))
    rows = _posts(account, period)
    likes = _asked(account, "number_v1", ("likes",), period, "media")
    count = _asked(account, "number_v1", ("count",), period, "media", kind="total_posts_count")
    assert (likes, count) == (sum(row[4] for row in rows), len(rows))
    assert len(_posts(account, period, "reels")) + len(_posts(account, period, "post")) == len(rows)


@settings(max_examples=25)
@given(accounts, starts)
def test_the_rate_of_a_post_is_the_quotient_of_its_figures(account: str, start: date) -> None:
    """Engagement by those reached, and a post has less than its account had on the day."""
    for *_, created, reach, likes, engagement, rate in _posts(account, Period(start, start + timedelta(days=30))):
        assert abs(rate - engagement / reach) < 1e-4
        assert likes <= engagement < reach
        day = date.fromisoformat(created[:10])
        assert reach < cast("int", _asked(account, "number_v1", ("reach",), Period(day, day)))


def test_a_period_without_posts_has_an_empty_table() -> None:
    """On a day without a post there is no row, and the number of posts is 0."""
    account = "4addc0da-8583-4dbb-a0e9-c7e2e8470f50"
    days = [Period(date(2026, 10, day), date(2026, 10, day)) for day in range(1, 32)]
    empty = next(day for day in days if not _posts(account, day))
    assert _asked(account, "number_v1", ("likes",), empty, "media") == 0
