"""Counts of the requests for a report, and the time that it only waited for them."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reportgen.connect.clock import Clock


@dataclass(slots=True)
class Tally:
    """Counts of requests that grow while a report is fetched; all in one event loop.

    Attributes:
        requests: Requests sent to the API, with the retries.
        retries: Requests that were sent again.
        reused: Metrics for which no request was needed, because an answer was stored or another report had asked.
        waited: Seconds in which requests only waited to be sent: for a rate, a pause or a host that is down.
    """

    requests: int = 0
    retries: int = 0
    reused: int = 0
    waited: float = 0.0
    _waiting: int = 0
    _asking: int = 0
    _since: float = 0.0

    def count(self, *, again: bool) -> None:
        """Count a request that goes out, and as a retry if it goes out again."""
        self.requests += 1
        self.retries += again

    @contextmanager
    def waiting(self, clock: Clock) -> Iterator[None]:
        """Count the time of a `with` block in which a request waits, while none is being answered."""
        self._change(clock, waiting=1)
        try:
            yield
        finally:
            self._change(clock, waiting=-1)

    @contextmanager
    def asking(self, clock: Clock) -> Iterator[None]:
        """Mark the time of a `with` block in which a request is being answered."""
        self._change(clock, asking=1)
        try:
            yield
        finally:
            self._change(clock, asking=-1)

    def _change(self, clock: Clock, *, waiting: int = 0, asking: int = 0) -> None:
        now = clock.now()
        if self._waiting and not self._asking:
            self.waited += now - self._since
        self._since = now
        self._waiting += waiting
        self._asking += asking
