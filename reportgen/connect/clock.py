"""Time and chance as the connection uses them, so that a test can stand in for both."""

from __future__ import annotations

import asyncio
import random
import time
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Protocol


class Clock(Protocol):
    """What tells the time, waits and throws dice."""

    def now(self) -> float:
        """Return seconds that only grow, whatever happens to the wall clock."""
        ...

    def wall(self) -> datetime:
        """Return the time of day, in UTC."""
        ...

    async def sleep(self, seconds: float) -> None:
        """Wait."""
        ...

    def chance(self) -> float:
        """Return a random number from 0 to 1."""
        ...


@dataclass(frozen=True, slots=True)
class SystemClock:
    """The machine's own."""

    def now(self) -> float:
        """Return the monotonic clock."""
        return time.monotonic()

    def wall(self) -> datetime:
        """Return the wall clock."""
        return datetime.now(UTC)

    async def sleep(self, seconds: float) -> None:
        """Let other requests go on meanwhile."""
        await asyncio.sleep(seconds)

    def chance(self) -> float:
        """Return a random number; it spreads retries and decides nothing else."""
        return random.random()  # noqa: S311 - spreads retries in time, guards nothing
