"""A period of consecutive days, and the arithmetic of days and months."""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from typing import Literal
from zoneinfo import ZoneInfo

from reportgen.errors import PeriodError
from reportgen.periods.foreign_days import day_advice

Calendar = Literal["days", "week", "month", "quarter", "year"]

MONTHS_IN: dict[Calendar, int] = {"month": 1, "quarter": 3, "year": 12}
"""Calendar unit -> how many months it has; weeks and days have no whole number of them."""

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}([T ]\d{2}:\d{2}.*)?")


@dataclass(frozen=True, slots=True)
class Period:
    """A period of consecutive days.

    Attributes:
        start: First day, included.
        end: Last day, included; never before `start`.
        calendar: The unit this period is, or is the finished part of; decides its previous
            period. "days" has no calendar: the previous period is the same number of days.
        complete: False where the period holds a day that had not ended when it was resolved.
        until: Last day of the whole unit, where it is still running and `end` is yesterday; None
            where it is over.
        clamped: Whether a day was moved to the last day of a shorter month, 30 March to 28 February.
        fiscal: Whether it is a quarter or a year of a spec whose year does not begin in January: it is called by its
            months, as its number would be read as that of the calendar.
        units: How many of its calendar unit it is, 13 for the last 13 months; 1 where it has no calendar.
    """

    start: date
    end: date
    calendar: Calendar = "days"
    complete: bool = True
    until: date | None = None
    clamped: bool = False
    fiscal: bool = False
    units: int = 1

    def __post_init__(self) -> None:
        """Refuse a period that ends before it starts."""
        if self.end < self.start:
            raise PeriodError(f"the period ends on {self.end} before it starts on {self.start}; swap the two dates")

    @classmethod
    def of_dates(cls, dates: str) -> Period:
        """Return the period of two days, `2026-10-01..2026-10-31`; see `dates`."""
        start, _, end = dates.partition("..")
        return cls(parse_day(start), parse_day(end))

    @property
    def days(self) -> int:
        """Number of days, both ends counted."""
        return (self.end - self.start).days + 1

    @property
    def dates(self) -> str:
        """The first and the last day, `2026-10-01..2026-10-31`."""
        return f"{self.start}..{self.end}"

    @property
    def elapsed(self) -> float:
        """Share of the whole unit that is over, at most 1; 0 for an unfinished day."""
        over = self.days if self.complete else self.days - 1
        return over / Period(self.start, self.until or self.end).days

    @property
    def is_of_months(self) -> bool:
        """Whether it is made of whole months."""
        return self.start == first_of_month(self.start) and self.end == last_of_month(self.end)

    @property
    def id(self) -> str:
        """Short name for files and links: `2026-10`, `2026-Q3`, `2026-W40`, `2026`, or `start..end`."""
        if self.is_of_months:
            months = months_between(self.start, self.end) + 1
            if months == 1:
                return f"{self.start:%Y-%m}"
            if months == MONTHS_IN["quarter"] and (self.start.month - 1) % 3 == 0:
                return f"{self.start:%Y}-Q{(self.start.month + 2) // 3}"
            if months == MONTHS_IN["year"] and self.start.month == 1:
                return f"{self.start:%Y}"
        if self.calendar == "week" and self.start.weekday() == 0 and self.end == self.start + timedelta(days=6):
            iso = self.start.isocalendar()
            return f"{iso.year}-W{iso.week:02d}"
        if self.start == self.end:
            return self.start.isoformat()
        return self.dates


def parse_day(text: str) -> date:
    """Return the date of an ISO day.

    Raises:
        PeriodError: It is not a day of the calendar.
    """
    try:
        return date.fromisoformat(text.strip())
    except ValueError as error:
        raise PeriodError(f"{text!r} is no day of the calendar; {day_advice(text)}") from error


def is_day(text: str) -> bool:
    """Return whether a text is an ISO day, `2026-10-31`."""
    try:
        return date.fromisoformat(text).isoformat() == text  # `20261031` and `2026-W44-6` are read too
    except ValueError:
        return False


@lru_cache(maxsize=4096)  # a table has the same days in many rows, and each is asked for several times
def day_of(text: str) -> date | None:
    """Return the day of a text that is an ISO day, with or without a time; None for any other text."""
    return date.fromisoformat(text[:10]) if _DAY.fullmatch(text) and is_day(text[:10]) else None


def day_at(instant: datetime, zone: str) -> date:
    """Return the date of a moment in a time zone.

    A day is the zone's own, however many hours it has: 23 or 25 where clocks are put forward or
    back, and none at all where a zone left a day out (Samoa, 30 December 2011).

    Args:
        instant: A moment, with its offset from UTC.
        zone: IANA name, `America/Sao_Paulo`.

    Raises:
        PeriodError: The moment has no offset, or no zone has that name.
    """
    if instant.utcoffset() is None:
        raise PeriodError(f"{instant} is a different moment in every time zone; give it one, such as UTC")
    try:
        return instant.astimezone(ZoneInfo(zone)).date()
    except (KeyError, ValueError, OSError) as error:  # what zoneinfo raises for a name that it cannot find
        raise PeriodError(f"{zone!r} is no time zone; write an IANA name such as America/Sao_Paulo") from error


def has_hour(day: date, hour: int, zone: str) -> bool:
    """Return whether a day of a time zone has an hour: not where clocks go forward over it.

    Args:
        day: The day.
        hour: The hour, 0 to 23.
        zone: IANA name, `America/Sao_Paulo`.
    """
    place = ZoneInfo(zone)
    ends = [datetime.combine(day, time(hour, minute), place) for minute in (0, 59)]  # some clocks move by half an hour
    return any(end.astimezone(UTC).astimezone(place).time() == end.time() for end in ends)


def shift_months(day: date, months: int) -> date:
    """Return a day moved by months, clamped to the last day of the month it lands in."""
    year, month0 = divmod(day.year * 12 + day.month - 1 + months, 12)
    if not date.min.year <= year <= date.max.year:
        raise outside_the_calendar(Period(day, day))
    last = monthrange(year, month0 + 1)[1]
    return date(year, month0 + 1, min(day.day, last))


def outside_the_calendar(period: Period) -> PeriodError:
    """Return the error for a move that leaves the years 1 to 9999."""
    return PeriodError(f"the period that begins on {period.start} leads outside the calendar; use a nearer year")


def months_between(start: date, end: date) -> int:
    """Return the number of months from the first day's month to the second's."""
    return (end.year - start.year) * 12 + end.month - start.month


def first_of_month(day: date) -> date:
    """Return the first day of a day's month."""
    return day.replace(day=1)


def last_of_month(day: date) -> date:
    """Return the last day of a day's month."""
    return day.replace(day=monthrange(day.year, day.month)[1])
