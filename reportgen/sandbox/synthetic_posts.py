"""Posts of social accounts: on some days a reel, a carousel, a photo or a story, with a part of the day's figures."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING

from reportgen.sandbox.daily_figures import amount, between, unit
from reportgen.sandbox.metric_series import family_of, is_snapshot, ratio_of, series_of
from reportgen.sandbox.period_figures import measured
from reportgen.sandbox.post_pictures import PICTURES
from reportgen.sandbox.word_columns import has_words

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from pydantic import JsonValue

    from reportgen.sandbox.daily_figures import StoryAccount

_A_WEEK = {"post": (3, 4), "story": (5, 7)}
"""The least and the greatest number of posts a week."""
_MOST_SHARE = 0.95
_FORMS = {"reel": (0.62, 0.9), "carousel": (0.42, 0.7), "photo": (0.3, 0.5)}
"""Forms of posts, and the part of a day's figures that a post of the form has."""

_CAPTIONS = (
    ("pair", "New in: the autumn collection is here. Which pair is yours?"),
    ("laces", "From the first cut to the last stitch: a day with our shoemaker."),
    ("still", "Three ways to wear white sneakers this season."),
    ("hills", "Rain is no excuse. These boots stay dry."),
    ("portrait", "Meet Ana, who has run 1,200 km in the same pair."),
    ("colours", "Swipe to find your size: our guide in five steps."),
    ("shop", "This weekend only: free exchange in every shop."),
    ("still", "How to clean suede without ruining it."),
    ("portrait", "Behind the scenes of our new photos."),
    ("colours", "Which colour would you choose: sand or moss green?"),
    ("laces", "Made to be repaired: we resole your favourite boots."),
    ("hills", "First run at dawn? Here is what to wear."),
    ("pair", "Our team picks: six pairs for long days on your feet."),
    ("pair", "Small feet, big adventures: school shoes that last."),
    ("colours", "You asked, we answer: leather or canvas?"),
    ("shop", "A walk through the old town in our lightest sandals."),
    ("laces", "The story of a sole: cork, rubber and a little patience."),
    ("still", "Back in stock: the trail shoe that sold out in a week."),
    ("shop", "Thank you for 500 reviews. Our favourite is in the comments."),
    ("laces", "Tie it like this: a lace trick that holds all day."),
    ("colours", "Sand, moss, midnight: the colours of the season."),
    ("pair", "One pair, three looks. Save this for Monday."),
    ("hills", "Our cork comes from trees that are never felled."),
    ("shop", "New opening hours: we now stay until eight on Thursdays."),
    ("portrait", "What our customers wore this week."),
    ("still", "Two years, two soles, one pair of boots."),
    ("hills", "How to choose a trail shoe in one minute."),
    ("shop", "Find us at the spring market on Saturday."),
    ("colours", "Gift cards for those who always know better."),
    ("laces", "The first sketch, the last sample, and all that went wrong between them."),
    ("still", "Light as a letter: 180 grams on the scales."),
    ("portrait", "Tag someone who needs new laces."),
)
_ENDINGS = (
    "",
    " Link in bio.",
    " #madetolast",
    " Save this for later.",
    "",
    " #shoecare",
    " Tell us below.",
    " #newin",
    "",
    " See you in the shop.",
    " #shoes",
)


@dataclass(frozen=True, slots=True)
class Post:
    """A post of an account.

    Attributes:
        day: Ordinal of the day on which it was published.
        form: `reel`, `carousel`, `photo` or `story`.
        ident: Its id at the network.
    """

    day: int
    form: str
    ident: str

    @property
    def caption(self) -> str:
        """The text below the picture."""
        # No text comes twice within a quarter.
        return _CAPTIONS[self._place][1] + _ENDINGS[(self.day + 2 * (self.day // len(_CAPTIONS))) % len(_ENDINGS)]

    @property
    def published(self) -> str:
        """The day and time of publication, as the API writes a `created_at`."""
        share = unit("time", self.ident)
        return f"{date.fromordinal(self.day)} {9 + int(share * 12):02d}:{int(share * 7200) % 60:02d}:00"

    def word(self, metric: str) -> str | None:
        """Return the post's text in a column of words; None where the column has figures."""
        if metric == "type":
            return self.form
        return self.published if has_words(metric) else None

    def cell(self) -> dict[str, JsonValue]:
        """Return the post as a cell of a table."""
        return {
            "id": self.ident,
            "text": self.caption,
            "url": f"https://example.com/p/{self.ident}",
            "cdn_image": f"{PICTURES}/{self._scene}-{self.ident}.png",
        }

    @property
    def _scene(self) -> str:
        return _CAPTIONS[self._place][0]

    @property
    def _place(self) -> int:
        return self.day * 7 % len(_CAPTIONS)


def posts(account: StoryAccount, fields: Iterable[str], days: Sequence[int]) -> list[Post]:
    """Return the posts of an account that were published in some days and belong to dimensions of posts.

    Args:
        account: The account.
        fields: Names of dimensions of posts: reels, stories, or posts of other forms.
        days: Ordinals of the days.
    """
    names = [field.lower() for field in fields]
    if any("stor" in name for name in names):
        return [Post(day, "story", _ident(account, "story", day)) for day in days if _has(account, "story", day)]
    found = (Post(day, _form(account, day), _ident(account, "post", day)) for day in days if _has(account, "post", day))
    if any(re.search("reel|igtv|video", name) for name in names):
        return [post for post in found if post.form == "reel"]
    return [post for post in found if not (names == ["post"] and post.form == "reel")]


@lru_cache(maxsize=1 << 14)
def _has(account: StoryAccount, kind: str, day: int) -> bool:
    """Return whether an account published on a day: on some days of each week, of about as many in each."""
    first, (least, most) = day - day % 7, _A_WEEK[kind]
    ranked = sorted(range(first, first + 7), key=lambda each: unit("editorial", kind, account.uuid, each))
    return day in ranked[: least + int(unit("editorial", "week", kind, account.uuid, first) * (most - least + 1))]


def _form(account: StoryAccount, day: int) -> str:
    return (*_FORMS, "reel")[int(unit("form", account.uuid, day) * (len(_FORMS) + 1))]


def _ident(account: StoryAccount, kind: str, day: int) -> str:
    return f"17{int(unit('ident', kind, account.uuid, day) * 10**15):015d}"


def post_figures(account: StoryAccount, metric: str, found: Sequence[Post]) -> list[int | float]:
    """Return the value of a metric for each of some posts."""
    if _counts_posts(metric):
        return [1] * len(found)
    series = series_of(account.subject, metric.partition(":")[0])
    return measured(series, lambda each: [_post_amount(account, each, post) for post in found])


def posts_figure(account: StoryAccount, metric: str, found: Sequence[Post]) -> int | float:
    """Return the value of a metric for some posts together; `likes:average` is the average of a post."""
    name, _, kind = metric.partition(":")
    if _counts_posts(metric):
        return len(found)
    if not found:
        return 0
    series = series_of(account.subject, name)
    value = measured(series, lambda each: [sum(_post_amount(account, each, post) for post in found)])[0]
    return round(value / len(found), 1) if kind == "average" and ratio_of(series) is None else value


def _counts_posts(metric: str) -> bool:
    return re.search(r"(^|_)count$", metric) is not None and not metric.startswith(("like", "comment", "share", "view"))


@lru_cache(maxsize=1 << 14)
def _post_amount(account: StoryAccount, series: str, post: Post) -> int:
    """Return the part of a day's amount that a post has."""
    family = family_of(series)
    if family.plus:
        return sum(_post_amount(account, part, post) for part in family.plus)
    low, high = _FORMS.get(post.form, (0.2, 0.4))
    own = between(1 - family.spread, 1 + family.spread, "post", series, post.ident)
    share = min(between(low, high, "share", post.ident) * (1 if is_snapshot(series) else own), _MOST_SHARE)
    return round(amount(account, series, post.day) * share)
