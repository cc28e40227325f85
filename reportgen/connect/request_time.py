"""The time that requests may take together, without that in which none of them may be sent."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reportgen.connect.rate_limits import Traffic


class RequestTime:
    """The time of some requests, such as those of a report; all in one event loop.

    It stands still while one of them waits for leave to be sent: for a rate, for a pause that the API asked for, or
    for a host that is down. How long requests wait so is up to the traffic, which may end before.
    """

    def __init__(self, traffic: Traffic, seconds: float, *, is_patient: bool = True) -> None:
        """Begin the time.

        Args:
            traffic: The traffic that the requests are a part of.
            seconds: How long they may take.
            is_patient: Whether the time stands still as said; else it stands still for a host that is down alone.
        """
        self._traffic = traffic
        self._is_patient = is_patient
        self._ends = traffic.now() + seconds
        self._stopped_at: float | None = None
        self._waiting = self._running = 0

    @property
    def left(self) -> float:
        """The seconds that are left; below 0 where the time is over."""
        return self._ends + self._stopped() - self._traffic.now()

    def allows(self, wait: float, *, is_free: bool = True) -> bool:
        """Return whether a request may wait for some seconds; see `waiting`."""
        longest = self._traffic.patience if is_free and self._is_patient else 0.0
        return wait < max(self.left, longest)

    @contextmanager
    def waiting(self, *, is_free: bool = True) -> Iterator[None]:
        """Let the time stand still in a `with` block in which a request waits.

        Args:
            is_free: Whether it does; a wait that is not free lets the time run also while other requests wait.
        """
        free = int(is_free and self._is_patient)
        self._change(free, 1 - free)
        try:
            yield
        finally:
            self._change(-free, free - 1)

    def _change(self, waiting: int, running: int) -> None:
        self._ends += self._stopped()
        self._waiting += waiting
        self._running += running
        self._stopped_at = self._traffic.patient_now() if self._waiting and not self._running else None

    def _stopped(self) -> float:
        """Return the seconds that the time has been standing still."""
        return 0.0 if self._stopped_at is None else self._traffic.patient_now() - self._stopped_at
