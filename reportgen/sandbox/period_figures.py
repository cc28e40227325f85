"""Figures: the values of a metric over days, as a whole or split by categories.

Every figure comes from the same daily series, split day by day and without remainder, so that rows and
points sum to the number. A comparison is the same function over other days.
"""

from __future__ import annotations

import math
from functools import lru_cache
from itertools import accumulate
from typing import TYPE_CHECKING

from reportgen.sandbox.daily_figures import amount, between, family_of, is_snapshot, plain_name, ratio_of, unit
from reportgen.sandbox.dimensions import categories

if TYPE_CHECKING:
    from collections.abc import Sequence

    from reportgen.sandbox.dimensions import Dimension

_WHOLE = 1 << 20  # shares of a split are whole parts of about this many, so that a split is exact


def figure(integration: str, metric: str, days: Sequence[int], scope: str = "") -> int | float:
    """Return the value of a metric over days.

    Args:
        integration: The customer integration's uuid.
        metric: Name of the metric, as the API spells it.
        days: Ordinals of the days, in order.
        scope: The part of the account that a number is limited to, such as `stories`; "" for the whole account.
    """
    return breakdown(integration, metric, days, (), scope)[0]


def breakdown(
    integration: str, metric: str, days: Sequence[int], dimensions: tuple[Dimension, ...], scope: str = ""
) -> list[int | float]:
    """Return the value of a metric over days, for each combination of the dimensions' values.

    Amounts are summed over the days, snapshots are those of the last day, and ratios are the
    quotient of two sums. The first dimension varies slowest.
    """
    name = plain_name(metric)
    ratio = ratio_of(name)
    if ratio is None:
        per_unit = family_of(name).per_unit
        totals = _totals(integration, name, days, dimensions, scope)
        return [total / per_unit for total in totals] if per_unit > 1 else list(totals)
    tops = _totals(integration, ratio.top, days, dimensions, scope)
    bottoms = _totals(integration, ratio.bottom, days, dimensions, scope)
    times = ratio.times * family_of(ratio.bottom).per_unit / family_of(ratio.top).per_unit
    return [_readable(times * top / bottom) if bottom else 0 for top, bottom in zip(tops, bottoms, strict=True)]


def _readable(quotient: float) -> float:
    return float(f"{quotient:.5g}")


def _totals(
    integration: str, name: str, days: Sequence[int], dimensions: tuple[Dimension, ...], scope: str
) -> Sequence[int]:
    counted = days[-1:] if is_snapshot(name) else days
    share = round(_WHOLE * between(0.2, 0.8, integration, scope)) if scope else _WHOLE
    amounts = ((day, amount(integration, name, day) * share // _WHOLE) for day in counted)
    if not dimensions:
        return [sum(whole for _, whole in amounts)]
    columns = zip(*(_split(integration, name, day, dimensions, whole) for day, whole in amounts), strict=True)
    return [sum(column) for column in columns]


def _split(integration: str, name: str, day: int, dimensions: tuple[Dimension, ...], whole: int) -> Sequence[int]:
    """Return the parts of a day's amount, split by the first dimension, each part by the second, and so on."""
    parts: Sequence[int] = (whole,)
    for depth in range(len(dimensions)):
        steps = _steps(integration, name, dimensions[: depth + 1], day // 30)
        # The parts that get the remainder change with the day: small parts would else stay empty for ever.
        offset = int(unit(integration, name, day, depth) * steps[-1])
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
def _steps(integration: str, name: str, dimensions: tuple[Dimension, ...], month: int) -> tuple[int, ...]:
    """Return the running total of the shares of the last dimension's values.

    A category is large or small for all metrics of an account alike, and moves a little with the
    metric and the month.
    """
    *_, dimension = dimensions
    values = categories(dimension)
    weight = _hill if values[0][:1].isdigit() else _long_tail
    shares = (
        between(0.5, 1.5, integration, dimension.field, value)
        * weight(place, len(values))
        * between(0.9, 1.1, integration, dimension.field, value, name)
        * between(0.85, 1.15, integration, dimension.field, value, month)
        for place, value in enumerate(values)
    )
    return tuple(accumulate(1 + round(share * _WHOLE) for share in shares))


def _long_tail(place: int, _count: int) -> float:
    """Return the weight of a channel or a post by its place: a few are large and many small."""
    return 1 / (place + 1)


def _hill(place: int, count: int) -> float:
    """Return the weight of an age or an hour: small at either end, large past the middle."""
    return 0.15 + math.sin(math.pi * ((place + 0.5) / count) ** 1.4) ** 2
