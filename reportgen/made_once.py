"""Objects that are made once, at their first use: by a process for all of its threads, or by their owner."""

from __future__ import annotations

from functools import lru_cache, wraps
from threading import RLock
from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable

_Made = TypeVar("_Made")


def made_once(make: Callable[[], _Made]) -> Callable[[], _Made]:
    """Let the first thread that calls a function make its object; the threads after it wait, and are given the same.

    `lru_cache` alone lets threads that come at the same time make it at the same time. That takes longer, and tables
    that a library fills while it does so, for all threads, would be read half full.
    """
    lock, kept = RLock(), lru_cache(maxsize=1)(make)

    @wraps(make)
    def waiting() -> _Made:
        with lock:
            return kept()

    return waiting


class KeptResults:
    """The results that an owner, such as a report, has worked out of its parts, kept as long as the owner."""

    def __init__(self) -> None:
        """Begin without a result."""
        self._made: dict[Hashable, tuple[object, Any]] = {}

    def once(self, key: Hashable, part: object, make: Callable[[], _Made]) -> _Made:
        """Return the kept result of a key, made at its first use; keeping the part keeps its id its own."""
        if key not in self._made:
            self._made[key] = part, make()
        made: _Made = self._made[key][1]
        return made
