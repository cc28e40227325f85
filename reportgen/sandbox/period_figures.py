"""Figures: the values of a metric over days, as a whole or split by categories.

Every figure comes from the same daily series, split day by day and without remainder, so that rows and
points sum to the number. A comparison is the same function over other days.
"""

from __future__ import annotations

from functools import lru_cache
from itertools import accumulate
from typing import TYPE_CHECKING

from reportgen.sandbox.daily_figures import amount, between, unit
from reportgen.sandbox.dimensions import WHOLE_ACCOUNT, Dimension, categories, weights
from reportgen.sandbox.metric_series import family_of, is_snapshot, ratio_of, series_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from reportgen.sandbox.daily_figures import StoryAccount

_WHOLE = 1 << 20  # shares of a split are whole parts of about this many, so that a split is exact
_THOUSAND = 1_000
_MONTH_SPREAD = 0.25  # of the deviation of a category from its weight, how much is that of a month
_LEAST_WEIGHT = 0.05


def figure(
    account: StoryAccount, metric: str, days: Sequence[int], part: tuple[float, float] = WHOLE_ACCOUNT
) -> int | float:
    """Return the value of a metric over days.

    Args:
        account: The account.
        metric: Name of the metric, as the API spells it.
        days: Ordinals of the days, in order.
        part: Where the part of the account that a number is limited to begins and ends; parts that meet make a whole.
    """
    return breakdown(account, metric, days, (), part)[0]


def breakdown(
    account: StoryAccount,
    metric: str,
    days: Sequence[int],
    dimensions: tuple[Dimension, ...],
    part: tuple[float, float],
) -> list[int | float]:
    """Return the value of a metric over days, for each combination of the dimensions' values.

    Amounts are summed over the days, snapshots are those of the last day, unique counts are less than the sum of
    several days, and ratios are the quotient of two values. The first dimension varies slowest. Clicks and costs of
    ads in analytics are never limited: all of them are of the ads.
    """

    def values(series: str) -> list[int]:
        start, end = (round(edge * _WHOLE) for edge in (WHOLE_ACCOUNT if "advertiser" in series else part))
        counted = days[-1:] if is_snapshot(series) else days
        wholes = ((day, amount(account, series, day)) for day in counted)
        parts = ((day, whole * end // _WHOLE - whole * start // _WHOLE) for day, whole in wholes)
        columns = zip(*(_split(account.story, series, day, dimensions, whole) for day, whole in parts), strict=True)
        return [over_days(series, column) for column in columns]

    return measured(series_of(account.subject, metric), values)


def measured(series: str, values: Callable[[str], list[int]]) -> list[int | float]:
    """Return the values of a series as the API gives them: ratios as quotients, money in whole units.

    Args:
        series: The series of an amount or a ratio.
        values: Returns the values of an amount, in its family's parts of a unit.
    """
    ratio = ratio_of(series)
    if ratio is None:
        per_unit = family_of(series).per_unit
        return [value / per_unit if per_unit > 1 else value for value in values(series)]
    times = ratio.times * family_of(ratio.bottom).per_unit / family_of(ratio.top).per_unit
    pairs = zip(values(ratio.top), values(ratio.bottom), strict=True)
    quotients = [_readable(times * top / bottom) if bottom else 0 for top, bottom in pairs]
    return [round(1 - quotient, 6) for quotient in quotients] if ratio.complement else [*quotients]


def over_days(series: str, amounts: Iterable[int]) -> int:
    """Return the value of several days; who came on several days counts once in a unique count."""
    found = list(amounts)
    kept, most = round(family_of(series).unique * _THOUSAND), max(found)
    return (kept * sum(found) + (_THOUSAND - kept) * most) // _THOUSAND


def _readable(quotient: float) -> float:
    return float(f"{quotient:.5g}")


def _split(story: str, series: str, day: int, dimensions: tuple[Dimension, ...], whole: int) -> Sequence[int]:
    """Return the parts of a day's amount, split by the first dimension, each part by the second, and so on."""
    parts: Sequence[int] = (whole,)
    for depth, dimension in enumerate(dimensions):
        steps = _steps(story, series, dimension, day // 30)
        # The parts that get the remainder change with the day: small parts would else stay empty for ever.
        offset = int(unit(story, day, depth) * steps[-1])
        parts = [piece for part in parts for piece in _cut(part, steps, offset)]
    return parts


def _cut(whole: int, steps: Sequence[int], offset: int) -> list[int]:
    """Return whole parts that sum to a whole amount, each less than 1 from its share.

    Args:
        whole: The amount, 0 or more.
        steps: Running total of the shares.
        offset: From 0 up to the sum of the shares (excluded); decides where the rounding falls.
    """
    last = steps[-1]
    marks = [(whole * step + offset) // last for step in steps]
    return [mark - before for before, mark in zip([0, *marks], marks, strict=False)]


@lru_cache(maxsize=4096)
def _steps(story: str, series: str, dimension: Dimension, month: int) -> tuple[int, ...]:
    """Return the running total of the shares of a dimension's values."""
    return tuple(accumulate(1 + round(share * _WHOLE) for share in _shares(story, series, dimension, month)))


@lru_cache(maxsize=4096)
def _shares(story: str, series: str, dimension: Dimension, month: int) -> tuple[float, ...]:
    """Return the shares of a dimension's values.

    A category is large or small for all series alike and moves a little with the month; a series deviates from its
    parent, so that a campaign's rates are its own.
    """
    family = family_of(series)
    values = categories(dimension)
    above = family.plus[0] if family.plus else family.parent
    if above:
        own = 0 if family.plus else 3 * family.spread
        shares = _shares(story, above, dimension, month)
        return tuple(
            share * between(1 - own, 1 + own, story, value, series) for share, value in zip(shares, values, strict=True)
        )
    return tuple(
        max(_LEAST_WEIGHT, weight)
        * between(1 - spread, 1 + spread, story, value)
        * between(1 - _MONTH_SPREAD * spread, 1 + _MONTH_SPREAD * spread, story, value, month)
        for value, (weight, spread) in zip(values, weights(dimension), strict=True)
    )
