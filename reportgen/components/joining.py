"""The two periods of a chart or table, joined: days by their place in the period, other rows by name."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import TYPE_CHECKING

from reportgen.periods import is_day

if TYPE_CHECKING:
    from collections.abc import Hashable, Sequence

    from reportgen.periods import Period, Window

_A_WEEK = 7  # days


@dataclass(frozen=True, slots=True)
class Join:
    """The pairs of items of two periods.

    Attributes:
        partners: For each item of the current period the index of its partner in the compared period;
            None where it has no partner.
        alone: Indexes of the items of the compared period without a partner, in their order.
    """

    partners: tuple[int | None, ...]
    alone: tuple[int, ...]


def join(current: Sequence[Hashable], baseline: Sequence[Hashable]) -> Join | None:
    """Return the pairs of items with equal keys, or None where a repeated key makes the pairs ambiguous."""
    places = {key: index for index, key in enumerate(baseline)}
    if len(places) < len(baseline) or len(set(current)) < len(current):
        return None
    partners = tuple(places.get(key) for key in current)
    taken = set(partners)
    return Join(partners, tuple(index for index in range(len(baseline)) if index not in taken))


def are_days(*labels: Sequence[str]) -> bool:
    """Return whether every label of every row is an ISO day, and no row is empty."""
    return all(row and all(map(is_day, row)) for row in labels)


def day_places(current: Sequence[str], baseline: Sequence[str], window: Window) -> tuple[list[int], list[int]]:
    """Return the place of each day in its own period, for `join`; it does not depend on the order of the rows.

    Single days are counted from the first day of their period, so that a missing day does not move the
    others. Weeks and months, which begin on other days of the two periods, are numbered in order.
    """
    now, then = ([date.fromisoformat(label) for label in labels] for labels in (current, baseline))
    gaps = (_gaps(now), _gaps(then))
    singly = not any(gaps) or any(gap < _A_WEEK for period in gaps for gap in period[1:] or period)
    if singly and window.baseline and _inside(now, window.current) and _inside(then, window.baseline):
        return _days_from(now, window.current.start), _days_from(then, window.baseline.start)
    return _ranks(now), _ranks(then)


def _gaps(days: Sequence[date]) -> list[int]:
    """Return the number of days from each day to the next; the first may be short, where a period cuts a week."""
    return [(later - day).days for day, later in pairwise(sorted(set(days)))]


def _inside(days: Sequence[date], period: Period) -> bool:
    return period.start <= min(days) and max(days) <= period.end


def _days_from(days: Sequence[date], start: date) -> list[int]:
    return [(day - start).days for day in days]


def _ranks(days: Sequence[date]) -> list[int]:
    ranks = {day: rank for rank, day in enumerate(sorted(set(days)))}
    return [ranks[day] for day in days]
