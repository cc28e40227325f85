"""Two periods of one chart or table, joined: days by their place in the period, everything else by its name."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import TYPE_CHECKING

from reportgen.periods import is_day

if TYPE_CHECKING:
    from collections.abc import Hashable, Sequence

    from reportgen.periods import Period, Window


@dataclass(frozen=True, slots=True)
class Join:
    """What belongs together.

    Attributes:
        partners: For each item of the current period the index of its partner in the compared one;
            None where it has none.
        alone: Indexes of the items of the compared period that have no partner, in their order.
    """

    partners: tuple[int | None, ...]
    alone: tuple[int, ...]


def join(current: Sequence[Hashable], baseline: Sequence[Hashable]) -> Join | None:
    """Join items by their keys; None where a key stands twice, so that nobody can tell which belongs to which."""
    places = {key: index for index, key in enumerate(baseline)}
    if len(places) < len(baseline) or len(set(current)) < len(current):
        return None
    partners = tuple(places.get(key) for key in current)
    taken = set(partners)
    return Join(partners, tuple(index for index in range(len(baseline)) if index not in taken))


def are_days(*labels: Sequence[str]) -> bool:
    """Tell whether every label of every row of them is an ISO day; rows without any are none."""
    return all(row and all(map(is_day, row)) for row in labels)


def day_places(current: Sequence[str], baseline: Sequence[str], window: Window) -> tuple[list[int], list[int]]:
    """Return the place of each day in its own period, for `join`.

    Days in a row are counted from the first day of their period, so that one that is missing does not
    move the others. Other rows of days, such as the firsts of months, are counted as they stand.
    """
    if window.baseline and _in_a_row(current, window.current) and _in_a_row(baseline, window.baseline):
        return _from_start(current, window.current), _from_start(baseline, window.baseline)
    return list(range(len(current))), list(range(len(baseline)))


def _in_a_row(labels: Sequence[str], period: Period) -> bool:
    days = [date.fromisoformat(label) for label in labels]
    steps = [(after - one).days for one, after in pairwise(days)]
    inside = period.start <= min(days) and max(days) <= period.end
    return inside and (not steps or min(steps) == 1)


def _from_start(labels: Sequence[str], period: Period) -> list[int]:
    return [(date.fromisoformat(label) - period.start).days for label in labels]
