"""Objects that a process makes once, at their first use, for all of its threads."""

from __future__ import annotations

from functools import lru_cache, wraps
from threading import RLock
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable

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
