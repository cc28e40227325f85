"""How often Python looks for garbage: in a process of our own, seldom."""

from __future__ import annotations

import gc
from functools import cache

_THRESHOLDS = 50_000, 20, 100
"""New objects before the youngest are looked through, and how many such looks before the older ones are.

A page engine makes a million objects a report and lets nearly all of them go by itself; looking for circles among
them at Python's usual pace takes a fifth of the time.
"""


@cache
def collect_seldom() -> None:
    """Let what is loaded be, and look for garbage seldom; for processes that do nothing but reports."""
    gc.freeze()
    gc.set_threshold(*_THRESHOLDS)
