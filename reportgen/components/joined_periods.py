"""The two periods of a chart or table, joined by equal keys: buckets of time by their place or date, rows by name."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Hashable, Sequence


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
