"""Buckets of time that figures are counted in: hours, days, weeks, months, quarters and years."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING, Literal, NamedTuple, TypeAlias

from reportgen.periods.period import Period, first_of_month, last_of_month, months_between, shift_months

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from reportgen.periods.period import Calendar

BucketUnit: TypeAlias = Literal["hour", "day", "week", "month", "quarter", "year"]

_MONTHS: dict[BucketUnit, int] = {"month": 1, "quarter": 3, "year": 12}
_CALENDARS: dict[BucketUnit, Calendar] = {"week": "week", "month": "month", "quarter": "quarter", "year": "year"}
_A_WEEK, _A_MONTH = 7, 31  # days
_DAY = timedelta(days=1)
SECOND_HOUR = " (2)"
"""The end of the label of the second of two hours of one name."""
_WEEK_STARTS = (0, 5, 6)  # Monday, Saturday, Sunday


class Bucket(NamedTuple):
    """A bucket: its first day, and its hour where it is one.

    Attributes:
        second: Whether it is the second of two hours of one name, as there are on the day when clocks go back.
    """

    day: date
    hour: int = 0
    second: bool = False

    def iso_week(self, *, years_on: int = 0) -> tuple[int, int]:
        """Return the year and the number of a week that begins on this day (ISO 8601), or those some years on."""
        year, week, _ = self.day.isocalendar()
        return year + years_on, week


@dataclass(frozen=True, slots=True)
class BucketKind:
    """The kind of the buckets of an answer.

    Attributes:
        unit: The unit of time.
        weekday: The day that its weeks begin on, 0 for Monday.
        first_month: The month that its quarters and years begin with, 1 to 12.
    """

    unit: BucketUnit
    weekday: int = 0
    first_month: int = 1

    def containing(self, bucket: Bucket) -> Bucket:
        """Return the bucket of this kind that a moment lies in."""
        day = bucket.day
        if self.unit == "hour":
            return bucket
        if self.unit == "week":
            return Bucket(_earlier(day, (day.weekday() - self.weekday) % _A_WEEK))
        if self.unit == "day":
            return Bucket(day)
        back = (day.month - self.first_month) % _MONTHS[self.unit]
        return Bucket(shift_months(first_of_month(day), -back))

    def length(self, bucket: Bucket) -> int:
        """Return how many days a bucket has."""
        return (self.last_day(bucket) - bucket.day).days + 1

    def after(self, bucket: Bucket) -> Bucket:
        """Return the next bucket."""
        if self.unit == "hour" and bucket.hour < 23:  # noqa: PLR2004 - the last hour of a day
            return Bucket(bucket.day, bucket.hour + 1)
        if self.unit in {"hour", "day"}:
            return Bucket(bucket.day + _DAY)
        if self.unit == "week":
            return Bucket(bucket.day + _A_WEEK * _DAY)
        return Bucket(shift_months(bucket.day, _MONTHS[self.unit]))

    def last_day(self, bucket: Bucket) -> date:
        """Return the last day of a bucket."""
        if self.unit in {"hour", "day"}:
            return bucket.day
        if self.unit == "week":
            return bucket.day + (_A_WEEK - 1) * _DAY
        return last_of_month(shift_months(bucket.day, _MONTHS[self.unit] - 1))

    def overlaps(self, bucket: Bucket, period: Period) -> bool:
        """Return whether a day of a bucket is a day of a period."""
        return bucket.day <= period.end and period.start <= self.last_day(bucket)

    def is_cut(self, bucket: Bucket, period: Period) -> bool:
        """Return whether a period has some days of a bucket, but not all."""
        is_whole = period.start <= bucket.day and self.last_day(bucket) <= period.end
        return self.overlaps(bucket, period) and not is_whole

    def whole(self, period: Period) -> Iterator[Bucket]:
        """Yield the buckets whose days are all days of a period, in their order; of hours those of a week at most."""
        if self.unit == "hour" and period.days > _A_WEEK:
            return
        bucket = self.containing(Bucket(period.start))
        while bucket.day <= period.end and self.last_day(bucket) <= period.end:
            if bucket.day >= period.start:
                yield bucket
            bucket = self.after(bucket)

    def place(self, bucket: Bucket, period: Period) -> int:
        """Return the place of a bucket, counted from the bucket of the first day of a period; hours have two each."""
        first = self.containing(Bucket(period.start)).day
        if self.unit in _MONTHS:
            return months_between(first, bucket.day) // _MONTHS[self.unit]
        days = (bucket.day - first).days
        hours = 2 * (24 * days + bucket.hour) + bucket.second
        return {"hour": hours, "day": days, "week": days // _A_WEEK}[self.unit]

    def label(self, bucket: Bucket) -> str:
        """Return the label of a bucket: its first day as ISO writes it, with the hour of an hour, `T01:00 (2)`."""
        hour = f"T{bucket.hour:02}:00{SECOND_HOUR * bucket.second}"
        return f"{bucket.day}{hour}" if self.unit == "hour" else bucket.day.isoformat()


@lru_cache(maxsize=256)
def parts_of_period(period: Period, kind: BucketKind) -> tuple[tuple[Period, bool], ...]:
    """Return the days of a period by bucket, from weeks on, and whether they are all the days of their bucket.

    They are the same for all histories of a report, and of all reports of a month.
    """
    bucket = kind.containing(Bucket(period.start))
    parts = []
    while bucket.day <= period.end:
        last = kind.last_day(bucket)
        start, end = max(bucket.day, period.start), min(last, period.end)
        unit = _CALENDARS.get(kind.unit, "days") if start == bucket.day else "days"
        complete = period.complete or end < period.end
        part = Period(start, end, unit, complete=complete, until=last if last > end else None)
        parts.append((part, (start, end) == (bucket.day, last)))
        bucket = kind.after(bucket)
    return tuple(parts)


@dataclass(frozen=True, slots=True)
class UnitStarts:
    """The days that an author's units of time begin on.

    Attributes:
        weekday: The first day of a week, 0 for Monday.
        month: The first month of a year, 1 to 12, from which quarters are counted.
    """

    weekday: int = 0
    month: int = 1

    def kind(self, unit: BucketUnit) -> BucketKind:
        """Return the kind of buckets of such units."""
        return BucketKind(unit, self.weekday, self.month)


USUAL_STARTS = UnitStarts()
"""Weeks from Monday, years from January."""


def kind_of_days(buckets: Sequence[Bucket], period: Period) -> BucketKind:
    """Return the kind of buckets that are written by their first days.

    They are months, quarters or years where all are such first days, and weeks where all are the same first
    weekday of a week; the first may be cut by the first day of the period. A single first day of a month in a period
    no longer than a month is a day.
    """
    days, start = sorted({bucket.day for bucket in buckets}), period.start
    whole = days[1:] if days[:1] == [start] else days
    if len(days) < 2 or not whole:  # noqa: PLR2004 - one label alone is a day
        return BucketKind("day")
    if all(day.day == 1 for day in whole) and (len(whole) > 1 or period.days > _A_MONTH):
        return BucketKind(_unit_of_months({day.month for day in whole}))
    weekdays = {day.weekday() for day in whole}
    cut = len(whole) < len(days) and days[0].weekday() not in weekdays
    gaps = [(after - day).days for day, after in pairwise(whole if cut else days)]
    begins = weekdays == {start.weekday()} or weekdays <= set(_WEEK_STARTS)
    if len(weekdays) == 1 and begins and gaps and all(gap % _A_WEEK == 0 for gap in gaps):
        return BucketKind("week", weekdays.pop())
    return BucketKind("day")


def _unit_of_months(months: set[int]) -> BucketUnit:
    if months == {1}:
        return "year"
    return "quarter" if {month % _MONTHS["quarter"] for month in months} == {1} else "month"


def _earlier(day: date, days: int) -> date:
    return day - timedelta(days=days)
