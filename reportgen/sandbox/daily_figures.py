"""Daily series: the value of a metric of an account on a day, made from a hash of its name.

Metrics depend on each other as in a real account: clicks are a share of impressions, spend a price of clicks,
and a rate is a series divided by another. All amounts are whole numbers (cents for money), so that
sums are exact.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from hashlib import blake2b

_EPOCH = date(2024, 1, 1).toordinal()
_TREND_YEARS = 10  # the trend stops there, so that no century overflows


@dataclass(frozen=True, slots=True)
class Family:
    """A family of metrics with values of the same size.

    Attributes:
        pattern: Searched in the plain name; the first family that matches is the metric's.
        low: Least level: an amount a day or, under a parent, a share of the parent's.
        high: Greatest level.
        parent: Plain name of the series that it is a share of; "" where it has none.
        per_unit: Parts of a whole unit that amounts count: 100 for money, else 1.
    """

    pattern: str
    low: float
    high: float
    parent: str = ""
    per_unit: int = 1


@dataclass(frozen=True, slots=True)
class Ratio:
    """A metric that is a series divided by another, over any days.

    Attributes:
        pattern: Searched in the plain name; the first ratio that matches is the metric's.
        top: Plain name of the numerator's series; "" for a series of the metric's own, `low` to `high` of its bottom.
        bottom: Plain name of the denominator's series; "" for a series of the metric's own.
        times: Factor of the quotient.
        low: Least level of a numerator of the metric's own.
        high: Greatest level of a numerator of the metric's own.
    """

    pattern: str
    top: str = ""
    bottom: str = ""
    times: int = 1
    low: float = 0
    high: float = 0


_ALIASES = {
    **dict.fromkeys(("cost", "cost_micros", "cost_in_local_currency", "amount_spent", "investment"), "spend"),
    **dict.fromkeys(("total_revenue", "purchase_revenue", "conversions_value", "conversion_value"), "revenue"),
    **dict.fromkeys(("impression", "click", "conversion"), ""),  # plural is the canonical form, see plain_name
}

RATIOS = (
    Ratio(r"(^|_)cpm(_|$)", "spend", "impressions", times=1000),
    Ratio(r"(^|_)cpc(_|$)|cost_per_(link_)?click", "spend", "clicks"),
    Ratio(r"roas|return_on_ad|value_per_cost", "revenue", "spend"),
    Ratio(r"cost_per|(^|_)cp[aelv](_|$)", "spend", "conversions"),
    Ratio(r"(^|_)ctr(_|$)|click_?(through_?)?ratio|click_through|clicks_rate", "clicks", "impressions"),
    Ratio(r"engagement_rate", "engagement", "reach"),
    Ratio(r"conversions?_rate", "conversions", "clicks"),
    Ratio(r"^frequency$", "impressions", "reach"),
    Ratio(r"average_(order|purchase|ticket)", "revenue", "conversions"),
    Ratio(r"bounce_rate|opens?(ing)?_rate|open_?ratio|view_rate", low=0.2, high=0.65),
    Ratio(r"(rate|ratio|ptr)(_|$)|percent|retention", low=0.02, high=0.6),
    Ratio(r"(^|_)position(_|$)", low=3, high=40),
    Ratio(r"(^|_)(avg|average|per|duration|frequency)(_|$)|^time_", low=1.3, high=60),
)

FAMILIES = (
    Family(r"^impressions$", 3_000, 45_000),
    Family(r"^reach$", 0.45, 0.75, "impressions"),
    Family(r"^clicks$", 0.012, 0.045, "impressions"),
    Family(r"^engagements?$", 0.02, 0.07, "impressions"),
    Family(r"^spend$", 0.4, 2.4, "clicks", 100),
    Family(r"^conversions$", 0.02, 0.08, "clicks"),
    Family(r"^revenue$", 1.8, 6.5, "spend", 100),
    Family(r"^counts?$", 3, 12),
    Family(r"^online_followers$", 300, 3_000),
    Family(r"^likes$", 0.02, 0.06, "reach"),
    Family(r"^(comments|shares|saved|saves|replies)$", 0.001, 0.008, "reach"),
    Family(r"^profile_(views|visits)$", 0.01, 0.05, "reach"),
    Family(r"^sessions$", 800, 4_000),
    Family(r"^total_users$", 0.78, 0.9, "sessions"),
    Family(r"^active_users$", 0.62, 0.75, "sessions"),
    Family(r"^new_users$", 0.4, 0.55, "sessions"),
    Family(r"^engaged_sessions$", 0.5, 0.75, "sessions"),
    Family(r"^(screen_)?page_?views$", 1.4, 3.6, "sessions"),
    Family(r"#bottom$", 600, 9_000),
    Family(r"spend|cost|revenue|amount|budget|value|price|_(brl|usd)(_|$)", 90, 2_400, per_unit=100),
    Family(r"(^|_)(posts|stories|reels|media|videos?|pins|emails|campaigns|ads)(_count)?$", 0.6, 6),
    Family(r"follow|fan_|subscri", 1.5, 30),
    Family(r"impressions|views|reach|plays", 1_500, 30_000),
    Family(r"clicks|visit|session|users|engage|likes|interactions", 90, 2_500),
    Family(r"", 12, 700),
)
_SNAPSHOT = re.compile(
    r"^(current_|total_)?(followers|fans|subscribers)(_count)?$|^page_(fans|follows)$|^total_boards$"
)
_SNAPSHOT_LEVEL = (4_000, 90_000)


def unit(*parts: str | int) -> float:
    """Return a number from 0 up to 1 (excluded) that depends on the parts alone."""
    text = "\x1f".join(map(str, parts))
    return int.from_bytes(blake2b(text.encode("utf-8", "surrogatepass"), digest_size=6).digest()) / 2**48


def between(low: float, high: float, *parts: str | int) -> float:
    """Return a number from low to high that depends on the parts alone."""
    return low + (high - low) * unit(*parts)


@lru_cache(maxsize=4096)
def plain_name(metric: str) -> str:
    """Return the name of a metric's series: `metrics.cost_micros` and `spend` have the same."""
    last = metric.rsplit(".", 1)[-1]
    snake = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", last).lower()
    plain = re.sub(r"[^\w]+", "_", snake).strip("_")
    return _ALIASES.get(plain, plain) or f"{plain}s"


@lru_cache(maxsize=4096)
def ratio_of(name: str) -> Ratio | None:
    """Return the ratio of a plain name; None where it is an amount of its own."""
    found = next((ratio for ratio in RATIOS if re.search(ratio.pattern, name)), None)
    if found is None or found.top:
        return found
    return Ratio(found.pattern, f"{name}#top", f"{name}#bottom", found.times, found.low, found.high)


@lru_cache(maxsize=4096)
def is_snapshot(name: str) -> bool:
    """Return whether a metric is a level of the day, such as followers, and never summed over days."""
    return _SNAPSHOT.search(name) is not None


@lru_cache(maxsize=4096)
def family_of(name: str) -> Family:
    """Return the family of a plain name; a ratio's own numerator is a share of its denominator."""
    if name.endswith("#top"):
        ratio = ratio_of(name.removesuffix("#top"))
        if ratio:
            return Family("", ratio.low, ratio.high, ratio.bottom)
    return next(family for family in FAMILIES if re.search(family.pattern, name))


@lru_cache(maxsize=1 << 17)
def amount(integration: str, name: str, day: int) -> int:
    """Return the value of a series on a day, in its family's parts of a unit.

    Args:
        integration: The customer integration's uuid.
        name: Plain name of the series; not of a ratio.
        day: Proleptic ordinal of the day.
    """
    return round(_level(integration, name, day) * family_of(name).per_unit)


@lru_cache(maxsize=1 << 17)
def _level(integration: str, name: str, day: int) -> float:
    family = family_of(name)
    noise = unit(integration, name, day)
    if is_snapshot(name):
        level = _log_between(*_SNAPSHOT_LEVEL, integration, name)
        return level * _trend(integration, name, day) * (1 + 0.002 * noise)
    level = _log_between(family.low, family.high, integration, name)
    if family.parent:
        drift = _drift(integration, name, day)
        return level * _level(integration, family.parent, day) * drift * (0.93 + 0.14 * noise)
    peak = 1.6 if unit(integration, name, day, "peak") < 1 / 60 else 1.0
    return level * _trend(integration, name, day) * _season(integration, name, day) * (0.88 + 0.24 * noise) * peak


@lru_cache(maxsize=4096)
def _log_between(low: float, high: float, *parts: str) -> float:
    """Return a level that is as likely between 10 and 100 as between 100 and 1000."""
    return float(low * (high / low) ** unit("level", *parts))


@lru_cache(maxsize=4096)
def _yearly_growth(integration: str, name: str) -> float:
    return between(-0.08, 0.25, "growth", integration, name)


@lru_cache(maxsize=4096)
def _phases(integration: str, name: str) -> tuple[float, float]:
    """Return the phases of a series in the week and in the year, as parts of a turn."""
    return unit("week", integration, name), unit("year", integration, name)


def _trend(integration: str, name: str, day: int) -> float:
    years = max(-_TREND_YEARS, min(_TREND_YEARS, (day - _EPOCH) / 365.25))
    return math.exp(_yearly_growth(integration, name) * years)


def _season(integration: str, name: str, day: int) -> float:
    week, year = _phases(integration, name)
    weekly = 1 + 0.22 * math.sin(math.tau * (day / 7 + week))
    yearly = 1 + 0.15 * math.sin(math.tau * (day / 365.25 + year))
    return weekly * yearly * _drift(integration, name, day)


def _drift(integration: str, name: str, day: int) -> float:
    """Return a factor that moves slowly by up to an eighth, apart from the calendar, so that months differ."""
    first, second = _phases(integration, name)
    return 1 + 0.08 * math.sin(math.tau * (day / 83 + first)) + 0.045 * math.sin(math.tau * (day / 37 + second))
