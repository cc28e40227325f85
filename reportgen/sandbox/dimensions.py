"""Dimensions: the days, and the categories, that a chart or a table is broken down by."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from typing import TYPE_CHECKING

from reportgen.sandbox.category_lists import LISTS, CategoryList
from reportgen.sandbox.metric_families import PAID_VISITS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

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
_MEDIA = re.compile(r"^(media|posts?|stor(y|ies)|reels?|igtv|page_posts|page_reels|video_reels)$")

WHOLE_ACCOUNT = (0.0, 1.0)
"""The part of an account that is all of it."""

_PARTS = {
    "organic": (0, 0.78),
    "ad": (0.78, 1),
    "paid": (0.78, 1),
    "follower": (0, 0.62),
    "non_follower": (0.62, 1),
    "video": (0, 0.15),
    "popup": (0, 0.2),
    "embeddable": (0.2, 0.55),
    "landing_page": (0.55, 1),
}
"""Parts of an account that a number is limited to by a dimension, where they begin and end."""


def _isoweek(day: date) -> str:
    iso = day.isocalendar()
    return f"{iso.year}-W{iso.week:02d}"


_BUCKETS: tuple[tuple[str, Callable[[date], str]], ...] = (
    (r"dates?|days?|daily|date_range|period|time_increment|created(_at)?", date.isoformat),
    (r"(date|day|period)_(start|stop|end|created|placed|paid)", date.isoformat),
    (r"(start|stop|end|order|created|event|post|payment)_(date|day)", date.isoformat),
    (r"week_start|week_of|(start|first_day)_of_week", lambda day: (day - timedelta(day.weekday())).isoformat()),
    (r"week_?day(_name)?|day_of_week(_name)?", lambda day: _WEEKDAYS[day.weekday()]),
    (r"(iso_)?(year_)?(iso_)?weeks?|weekly", _isoweek),
    (r"(year_)?months?|monthly|month_(start|of_year)", lambda day: day.isoformat()[:7]),
    (r"(year_)?quarters?|quarterly", lambda day: f"{day.year}-Q{(day.month + 2) // 3}"),
    (r"(iso_)?years?|yearly", lambda day: day.isoformat()[:4]),
)
"""Patterns of the names of dimensions of time, and the label of a day in each."""


@lru_cache(maxsize=1024)
def _label(field: str) -> Callable[[date], str] | None:
    name = _snake(field)
    return next((label for pattern, label in _BUCKETS if re.fullmatch(pattern, name)), None)


def is_time(dimension: Dimension) -> bool:
    """Return whether a dimension groups days, rather than splitting each of them."""
    return _label(dimension.field) is not None


def is_media(dimension: Dimension) -> bool:
    """Return whether the values of a dimension are posts, which the API sends as objects in tables."""
    return _MEDIA.search(_snake(dimension.field)) is not None


def buckets(dimension: Dimension | None, period: Period) -> dict[str, list[int]]:
    """Return the ordinals of a period's days by the label of a dimension of time; under "" where there is none."""
    days = range(period.start.toordinal(), period.end.toordinal() + 1)
    label = _label(dimension.field) if dimension else None
    if label is None:
        return {"": list(days)}
    found: dict[str, list[int]] = {}
    for day in days:
        found.setdefault(label(date.fromordinal(day)), []).append(day)
    return found


@lru_cache(maxsize=1024)
def _list(field: str) -> CategoryList:
    """Return the list of a dimension; an unknown dimension has a list named after it."""
    name = _snake(field)
    title = name.replace("_", " ").strip().capitalize() or "Value"
    known = next((each for each in LISTS if re.search(each.pattern, name)), None)
    return known or CategoryList("", tuple(f"{title} {number}" for number in range(1, 9)))


def categories(dimension: Dimension) -> tuple[str, ...]:
    """Return the values of a dimension that is not of time."""
    return dimension.values or _list(dimension.field).values


def weights(dimension: Dimension) -> tuple[tuple[float, float], ...]:
    """Return the weight of each value of a dimension, and the greatest deviation from it, as a part of it."""
    known = _list(dimension.field)
    if known.weights:
        fixed = dict(zip(known.values, known.weights, strict=True))
        least = min(known.weights)
        return tuple((fixed.get(value, least), 0.03) for value in categories(dimension))
    return tuple((1 / (place + 1), 0.4) for place, _ in enumerate(categories(dimension)))


def sorted_out(dimensions: Sequence[Dimension]) -> tuple[Dimension | None, tuple[Dimension, ...]]:
    """Return the dimension that groups days, or None, and the dimensions that split each day."""
    time = next((dimension for dimension in dimensions if is_time(dimension)), None)
    return time, tuple(dimension for dimension in dimensions if dimension is not time)


def part_of(dimensions: Iterable[Dimension]) -> tuple[float, float]:
    """Return the part of an account that dimensions limit it to, where it begins and ends."""
    for dimension in dimensions:
        if "googleads" in dimension.field.lower():
            return (0, PAID_VISITS)  # its dimensions are those of the visits that came by its ads
        if found := _PARTS.get(dimension.field.rpartition(":")[2].lower()):
            return found
    return WHOLE_ACCOUNT


def _snake(field: str) -> str:
    text = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", field).lower()
    return re.sub(r"[^\w]+", "_", text).strip("_")
