"""Queries that the tests of the fetcher share."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING

from reportgen.connect.rate_limits import Traffic
from reportgen.periods import Period, Window
from reportgen.queries import Query, Source, structure_text

if TYPE_CHECKING:
    from pydantic import JsonValue

    from reportgen.connect.account_traffic import RateLimit

INSTAGRAM = Source("instagram", "instagram_business", "4addc0da-8583-4dbb-a0e9-c7e2e8470f50")
ADS = Source("ads", "google_ads", "9d3c11aa-5a52-4c0e-8a25-0a3a8a6b7f10")
OCTOBER = Period(date(2026, 10, 1), date(2026, 10, 31))
SEPTEMBER = Period(date(2026, 9, 1), date(2026, 9, 30))
COMPARED = Window(OCTOBER, SEPTEMBER)
ALONE = Window(OCTOBER)

REPLIES: dict[str, JsonValue] = {
    "reference_key": "ig:story_replies",
    "component": "number_v1",
    "metrics": ["replies"],
    "dimensions": ["stories"],
}
GENDER: dict[str, JsonValue] = {
    "reference_key": "ig:followers_gender",
    "component": "chart_v1",
    "metrics": ["followers"],
    "dimensions": ["gender"],
}
CLICKS: dict[str, JsonValue] = {
    "reference_key": "ig:clicks_breakdown",
    "component": "datatable_v1",
    "metrics": ["count", "ctr"],
    "dimensions": ["clicks_breakdown"],
}


def asked(structure: dict[str, JsonValue], source: Source = INSTAGRAM, window: Window = ALONE) -> Query:
    """Return a query for a metric structure."""
    return Query.of(source, window, structure_text(structure))


@dataclass(slots=True)
class FakeClock:
    """A clock that jumps where others wait, and always throws the same number.

    Attributes:
        slept: The seconds of each wait, in order.
        thrown: What `chance` returns.
    """

    slept: list[float] = field(default_factory=list)
    thrown: float = 1.0
    seconds: float = 0.0

    def now(self) -> float:
        """Return the seconds waited so far."""
        return self.seconds

    def wall(self) -> datetime:
        """Return the first of November, noon, and the seconds waited since."""
        return datetime(2026, 11, 1, 12, tzinfo=UTC) + timedelta(seconds=self.seconds)

    async def sleep(self, seconds: float) -> None:
        """Jump."""
        self.slept.append(seconds)
        self.seconds += seconds

    def chance(self) -> float:
        """Return the number given."""
        return self.thrown


def hasty(*limits: RateLimit) -> Traffic:
    """Return a run that waits on a clock which jumps."""
    return Traffic(limits, FakeClock())
