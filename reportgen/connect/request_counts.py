"""Counts of the requests for a report."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(slots=True)
class Tally:
    """Counts of requests that grow while a report is fetched; all in one event loop.

    Attributes:
        requests: Requests sent to the API, with the retries.
        retries: Requests that were sent again.
        reused: Metrics for which no request was needed, because an answer was stored or another report had asked.
    """

    requests: int = 0
    retries: int = 0
    reused: int = 0

    def count(self, *, again: bool) -> None:
        """Count a request that goes out, and as a retry if it goes out again."""
        self.requests += 1
        self.retries += again
