"""Daily series: the value of a metric of an account on a day, made from a hash of its name.

Metrics depend on each other as in a real shop: clicks on ads are a share of the visits, spend a price of clicks,
and a rate is a series divided by another. All amounts are whole numbers (cents for money), so that sums are exact.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from hashlib import blake2b

from reportgen.sandbox.metric_series import family_of, is_snapshot

_EPOCH = date(2024, 1, 1).toordinal()
_TREND_YEARS = 10  # the trend stops there, so that no century overflows
_SNAPSHOT_LEVEL = (4_000, 90_000)
_YEAR = 365.25
_BUSIEST_DAY = 335  # of a year, for a shop: early December
_WEEKS = {
    "site": (1.07, 1.06, 1.04, 1.02, 0.98, 0.9, 0.93),  # Monday first: people buy from their desks
    "social": (0.95, 0.96, 0.98, 1.0, 1.02, 1.04, 1.05),
}
_ROOT_SPREAD = 0.1
_MOST_OF_PARENT = 0.999  # what is a part of its parent stays one on a day that deviates


@dataclass(frozen=True, slots=True)
class StoryAccount:
    """A customer's account at a source.

    Attributes:
        uuid: The customer integration's uuid.
        subject: The subject of its metrics, such as `search_ads`; "" where it is unknown.
        size: Its size beside the largest source of the subject.
        story: Name of the shop, or of its audience at a social network, that all accounts of the story tell of.
    """

    uuid: str
    subject: str = ""
    size: float = 1
    story: str = ""


def unit(*parts: str | int) -> float:
    """Return a number from 0 up to 1 (excluded) that depends on the parts alone."""
    text = "\x1f".join(map(str, parts))
    return int.from_bytes(blake2b(text.encode("utf-8", "surrogatepass"), digest_size=6).digest()) / 2**48


def between(low: float, high: float, *parts: str | int) -> float:
    """Return a number from low to high that depends on the parts alone."""
    return low + (high - low) * unit(*parts)


@lru_cache(maxsize=1 << 17)
def amount(account: StoryAccount, series: str, day: int) -> int:
    """Return the value of a series of an account on a day, in its family's parts of a unit.

    Args:
        account: The account.
        series: The series; not of a ratio.
        day: Proleptic ordinal of the day.
    """
    family = family_of(series)
    if family.plus:
        return sum(amount(account, part, day) for part in family.plus)
    exact = _level(account.story, series, day) * _own_size(account, series) * family.per_unit
    return math.floor(exact + _remainder(account.uuid, day))


@lru_cache(maxsize=1 << 14)
def _remainder(uuid: str, day: int) -> float:
    """Return the fraction added to amounts before they are cut to whole numbers, which keeps means and order."""
    return unit("remainder", uuid, day)


@lru_cache(maxsize=4096)
def _own_size(account: StoryAccount, series: str) -> float:
    """Return a series of an account beside that of its story: accounts differ a little."""
    family = family_of(series)
    own = between(1 - family.spread / 3, 1 + family.spread / 3, "own", account.uuid, series)
    if family.parent and _subject(family.parent) == _subject(series):
        return own * _own_size(account, family_of(family.parent).plus[0] if _is_sum(family.parent) else family.parent)
    return own * account.size * between(0.96, 1.04, "size", account.uuid)


def _subject(series: str) -> str:
    return series.partition("/")[0]


def _is_sum(series: str) -> bool:
    return bool(family_of(series).plus)


@lru_cache(maxsize=1 << 17)
def _level(story: str, series: str, day: int) -> float:
    family = family_of(series)
    noise = 2 * unit(story, series, day) - 1
    if family.plus:
        return sum(_level(story, part, day) for part in family.plus)
    if is_snapshot(series):
        level = _log_between(*_SNAPSHOT_LEVEL, story, series)
        return level * _trend(story, series, day) * (1 + 0.001 * noise)
    level = _log_between(family.low, family.high, story, series)
    if family.parent:
        share = level * _drift(story, series, day, family.spread) * (1 + family.spread * noise)
        most = _MOST_OF_PARENT if family.high < 1 else share
        return min(share, most) * _level(story, family.parent, day)
    peak = 1.35 if unit(story, series, day, "peak") < 1 / 60 else 1.0
    return level * _trend(story, series, day) * _season(story, series, day) * (1 + 0.06 * noise) * peak


@lru_cache(maxsize=4096)
def _log_between(low: float, high: float, *parts: str) -> float:
    """Return a level that is as likely between 10 and 100 as between 100 and 1000."""
    return float(low * (high / low) ** unit("level", *parts))


def _trend(story: str, series: str, day: int) -> float:
    years = max(-_TREND_YEARS, min(_TREND_YEARS, (day - _EPOCH) / _YEAR))
    return math.exp(_yearly_growth(story, _subject(series)) * years)


@lru_cache(maxsize=4096)
def _yearly_growth(story: str, subject: str) -> float:
    return between(0.05, 0.22, "growth", story, subject)


def _season(story: str, series: str, day: int) -> float:
    weekly = _WEEKS.get(_subject(series), _WEEKS["site"])[(day - 1) % 7]  # day 1 is a Monday
    yearly = 1 + 0.15 * math.cos(math.tau * (day - _EPOCH - _BUSIEST_DAY) / _YEAR)
    return weekly * yearly * _drift(story, series, day, _ROOT_SPREAD)


@lru_cache(maxsize=4096)
def _phases(story: str, series: str) -> tuple[float, float]:
    """Return the phases of the slow moves of a series, as parts of a turn."""
    return unit("first", story, series), unit("second", story, series)


def _drift(story: str, series: str, day: int, spread: float) -> float:
    """Return a factor that moves slowly by up to the spread, apart from the calendar, so that months differ."""
    first, second = _phases(story, series)
    slow, slower = math.sin(math.tau * (day / 37 + second)), math.sin(math.tau * (day / 83 + first))
    return 1 + spread * (0.65 * slower + 0.35 * slow)
