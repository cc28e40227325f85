"""An event loop whose time jumps: it waits for nothing, and each task wakes when it asked to."""

from __future__ import annotations

import asyncio
import selectors
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Coroutine

_Result = TypeVar("_Result")


class _Jumping(selectors.DefaultSelector):
    """A selector that adds the time it was to wait to the time of its loop."""

    seconds = 0.0

    def select(self, timeout: float | None = None) -> list[tuple[selectors.SelectorKey, int]]:
        """Return the files that are ready now."""
        self.seconds += timeout or 0.0
        return super().select(0)


class _Loop(asyncio.SelectorEventLoop):
    """A loop by the time of its selector."""

    def __init__(self) -> None:
        """Begin at 0."""
        self.jumping = _Jumping()
        super().__init__(self.jumping)

    def time(self) -> float:
        """Return the seconds that were jumped over."""
        return self.jumping.seconds


@dataclass(frozen=True, slots=True)
class LoopClock:
    """The clock of the running loop."""

    def now(self) -> float:
        """Return the seconds of the loop; 0 outside of any."""
        try:
            return asyncio.get_running_loop().time()
        except RuntimeError:
            return 0.0

    def wall(self) -> datetime:
        """Return the first of November, noon, and the seconds since."""
        return datetime(2026, 11, 1, 12, tzinfo=UTC) + timedelta(seconds=self.now())

    async def sleep(self, seconds: float) -> None:
        """Wait."""
        await asyncio.sleep(seconds)

    def chance(self) -> float:
        """Return the longest wait."""
        return 1.0


def run_jumping(work: Coroutine[object, object, _Result]) -> _Result:
    """Return the result of a coroutine, in a loop of its own."""
    with asyncio.Runner(loop_factory=_Loop) as runner:
        return runner.run(work)
