"""What the answers of one report cost."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(slots=True)
class Tally:
    """Counts that grow while a report is fetched; all in one event loop.

    Attributes:
        requests: Sent to the API, with those that were sent again.
        retries: Requests that were sent again.
        reused: Metrics for which no request was needed, because an answer was kept or another report had asked.
    """

    requests: int = 0
    retries: int = 0
    reused: int = 0

    def count(self, *, again: bool) -> None:
        """Count a request that goes out, and whether it went out before."""
        self.requests += 1
        self.retries += again
