"""Dimensions: the days, and the categories, that a chart or a table is broken down by."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from reportgen.periods import Period


@dataclass(frozen=True, slots=True)
class Dimension:
    """A dimension of a metric.

    Attributes:
        field: Its name.
        values: The values that it is limited to; empty where it is not.
    """

    field: str
    values: tuple[str, ...] = ()


_WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


def _pairs(firsts: Iterable[str], seconds: Iterable[str], joint: str = " ") -> tuple[str, ...]:
    lasts = tuple(seconds)
    return tuple(f"{first}{joint}{last}" for first in firsts for last in lasts)


_THEMES = (
    "new collection",
    "customer story",
    "behind the scenes",
    "how to choose",
    "weekend offer",
    "team of the month",
)
_FORMS = ("carousel", "reel", "photo")
_QUERIES = ("running shoes", "trail shoes", "leather boots", "sandals", "sneakers", "school shoes", "hiking boots")
_INTENTS = ("", " online", " near me", " sale", " women", " men")

# The first pattern found in the dimension's name decides; order matters.
_LISTS: tuple[tuple[str, tuple[str, ...]], ...] = (
    (r"gender", ("Male", "Female", "Unknown")),
    (r"(^|_)ages?(_|$)", ("13-17", "18-24", "25-34", "35-44", "45-54", "55-64", "65+")),
    (r"hour", tuple(f"{hour:02d}" for hour in range(24))),
    (r"device|platform_type", ("mobile", "desktop", "tablet", "connected tv")),
    (r"browser", ("Chrome", "Safari", "Samsung Internet", "Edge", "Firefox", "Opera")),
    (r"operating|(^|_)os(_|$)", ("Android", "iOS", "Windows", "Macintosh", "Linux")),
    (r"clicks_breakdown", ("Email", "Websites", "Directions", "Phone calls")),
    (r"publisher_platform|platform", ("facebook", "instagram", "audience_network", "messenger")),
    (
        r"countr|region$|regions",
        (
            "Brazil",
            "Portugal",
            "United States",
            "Argentina",
            "Spain",
            "Mexico",
            "Chile",
            "Angola",
            "France",
            "Germany",
            "Italy",
            "Uruguay",
        ),
    ),
    (
        r"state|county|metro",
        ("São Paulo", "Rio de Janeiro", "Minas Gerais", "Paraná", "Santa Catarina", "Bahia", "Ceará", "Goiás"),
    ),
    (
        r"city|cities|district",
        (
            "São Paulo",
            "Rio de Janeiro",
            "Belo Horizonte",
            "Curitiba",
            "Porto Alegre",
            "Florianópolis",
            "Salvador",
            "Fortaleza",
            "Recife",
            "Brasília",
            "Goiânia",
            "Campinas",
            "Joinville",
            "Santos",
            "Vitória",
            "Natal",
            "Lisboa",
            "Porto",
        ),
    ),
    (r"language", ("pt-br", "en-us", "es-es", "pt-pt", "fr-fr")),
    (
        r"channel_?group",
        ("Organic Search", "Direct", "Paid Search", "Organic Social", "Paid Social", "Email", "Referral"),
    ),
    (
        r"source_?medium",
        (
            "google / organic",
            "(direct) / (none)",
            "google / cpc",
            "instagram / social",
            "facebook / paid",
            "newsletter / email",
            "bing / organic",
            "partner.example / referral",
        ),
    ),
    (r"source|origin", ("google", "(direct)", "instagram", "facebook", "newsletter", "bing", "partner.example")),
    (r"medium", ("organic", "(none)", "cpc", "social", "email", "referral")),
    (
        r"campaign",
        (
            "Brand | Search",
            "Generic | Search",
            "Remarketing",
            "Prospecting",
            "Autumn collection",
            "Black Friday",
            "Lookalike 1%",
            "Video views",
            "Catalogue sales",
            "Leads | Form",
            "Store visits",
            "Newsletter sign-up",
        ),
    ),
    (
        r"ad_group|ad_?set",
        _pairs(("Brand", "Generic", "Competitors", "Remarketing"), ("exact", "phrase", "broad"), " - "),
    ),
    (r"quer|keyword|search_term|(^|_)term(_|$)|utm", _pairs(_QUERIES, _INTENTS, "")),
    (r"hashtag|tags", _pairs(("#style", "#shoes", "#offer", "#brand"), ("", "2026", "br"), "")),
    (
        r"landing|page_path|url|site|(^|_)pages?$",
        _pairs(("/", "/blog/", "/shop/"), ("", "shoes", "boots", "sale", "about"), ""),
    ),
    (r"page_title", ("Home", "Shop", "Shoes", "Boots", "Sale", "About us", "Contact", "Blog", "Checkout")),
    (r"event", ("page_view", "session_start", "scroll", "view_item", "add_to_cart", "begin_checkout", "purchase")),
    (r"(^|_)posts_type|(^|_)type$|format", ("photo", "video", "carousel", "link")),
    (r"media|post|stor(y|ies)|reels?|igtv|video|(^|_)pins?$|board_pin", _pairs(_THEMES, _FORMS, ": ")),
    (r"e?mail|sms|push|automation|workflow", _pairs(("Welcome", "Weekly news", "Abandoned cart", "Offer"), ("A", "B"))),
    (r"product|item", _pairs(("Shoe", "Boot", "Sandal", "Sneaker"), ("Classic", "Sport", "Kids", "Premium", "Eco"))),
    (r"funnel|stage", ("Visitors", "Leads", "Qualified leads", "Opportunities", "Sales")),
    (r"seniorit", ("Entry", "Senior", "Manager", "Director", "Owner")),
    (r"user_?type|follower", ("new", "returning")),
)
_TEXT_AS_OBJECT = re.compile(r"^(media|posts?|stor(y|ies)|reels?|igtv|page_posts|page_reels)$")


def _isoweek(day: date) -> str:
    iso = day.isocalendar()
    return f"{iso.year}-W{iso.week:02d}"


_BUCKETS: dict[str, Callable[[date], str]] = {
    **dict.fromkeys(("date", "day", "days", "daily", "date_range", "period"), date.isoformat),
    **dict.fromkeys(("week", "year_week", "iso_week"), _isoweek),
    **dict.fromkeys(("month", "year_month"), lambda day: day.isoformat()[:7]),
    "year": lambda day: day.isoformat()[:4],
    **dict.fromkeys(("weekday", "day_of_week", "day_of_week_name"), lambda day: _WEEKDAYS[day.weekday()]),
}


def is_time(dimension: Dimension) -> bool:
    """Return whether a dimension groups days, rather than splitting each of them."""
    return _snake(dimension.field) in _BUCKETS


def is_media(dimension: Dimension) -> bool:
    """Return whether the values of a dimension are posts, which the API sends as objects in tables."""
    return _TEXT_AS_OBJECT.search(_snake(dimension.field)) is not None


def buckets(dimension: Dimension | None, period: Period) -> dict[str, list[int]]:
    """Return the ordinals of a period's days by the label of a dimension of time; under "" where there is none."""
    days = range(period.start.toordinal(), period.end.toordinal() + 1)
    if dimension is None:
        return {"": list(days)}
    label = _BUCKETS[_snake(dimension.field)]
    found: dict[str, list[int]] = {}
    for day in days:
        found.setdefault(label(date.fromordinal(day)), []).append(day)
    return found


@lru_cache(maxsize=1024)
def categories(dimension: Dimension) -> tuple[str, ...]:
    """Return the values of a dimension that is not of time; an unknown dimension has a list named after it."""
    if dimension.values:
        return dimension.values
    name = _snake(dimension.field)
    known = next((values for pattern, values in _LISTS if re.search(pattern, name)), None)
    title = name.replace("_", " ").strip().capitalize() or "Value"
    return known or tuple(f"{title} {number}" for number in range(1, 9))


def moment(period: Period, share: float) -> str:
    """Return a day and time within a period, as the API writes a `created_at`."""
    day = period.start + timedelta(days=int(share * period.days))
    return f"{day.isoformat()} {int(share * 9973) % 24:02d}:{int(share * 99991) % 60:02d}:00"


def _snake(field: str) -> str:
    text = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", field).lower()
    return re.sub(r"[^\w]+", "_", text).strip("_")
