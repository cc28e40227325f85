"""The times of Python's garbage collection: in a process that makes reports, after each report.

A page engine makes a million objects a report and frees nearly all of them by itself; repeated collections among
them take a fifth of the time.
"""

from __future__ import annotations

import gc
from contextlib import contextmanager
from functools import cache
from itertools import count
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

_THRESHOLDS = 50_000, 20, 20
"""New objects before the youngest are collected, and such collections before older objects are."""
_FIRST_REPORTS = 3
_reports = count(1)


@cache
def collect_seldom() -> None:
    """Exempt the loaded objects and collect garbage seldom, in a process that only makes reports."""
    gc.freeze()
    gc.set_threshold(*_THRESHOLDS)


@contextmanager
def collected_afterwards() -> Iterator[None]:
    """Collect garbage after a report, so that none of its objects stays.

    What outlives a process's first reports was loaded or is kept for all others, and is exempt from then on.
    """
    try:
        yield
    finally:
        gc.collect()
        if next(_reports) <= _FIRST_REPORTS:
            gc.freeze()
