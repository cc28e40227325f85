"""When Python looks for garbage: in a process that makes reports, after each of them.

A page engine makes a million objects a report and lets nearly all of them go by itself; looking for circles among
them again and again takes a fifth of the time.
"""

from __future__ import annotations

import gc
from contextlib import contextmanager
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

_THRESHOLDS = 50_000, 20, 20
"""New objects before the youngest are looked through, and how many such looks before the older ones are."""


@cache
def collect_seldom() -> None:
    """Let what is loaded be, and look for garbage seldom; for a process that does nothing but reports."""
    gc.freeze()
    gc.set_threshold(*_THRESHOLDS)


@contextmanager
def collected_afterwards() -> Iterator[None]:
    """Look for garbage when a report is made, so that nothing of it stays."""
    try:
        yield
    finally:
        gc.collect()
