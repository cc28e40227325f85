"""The days of a period by the calendar units that they are in."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta
from typing import TYPE_CHECKING

from reportgen.periods.buckets import Bucket, BucketKind
from reportgen.periods.period import Period, parse_day

if TYPE_CHECKING:
    from reportgen.periods.period import Calendar


def days_by_month(period: Period) -> Counter[str]:
    """Return how many days of a period are in each month, `2026-10`."""
    return Counter(f"{day:%Y-%m}" for day in _days(period))


def days_by_unit_length(period: Period, unit: Calendar | int, first_month: int) -> Counter[int]:
    """Return how many days of a period are in units of each length, in days.

    Args:
        period: The period.
        unit: A calendar unit, or a count of days; `days` for single days.
        first_month: The month, 1 to 12, that fiscal quarters and years begin with.
    """
    return Counter(_unit_length(day, unit, first_month) for day in _days(period))


def month_length(month: str) -> int:
    """Return the days of a month, `2026-10`."""
    return _unit_length(parse_day(f"{month}-01"), "month", 1)


def _unit_length(day: date, unit: Calendar | int, first_month: int) -> int:
    if isinstance(unit, int):
        return unit
    kind = BucketKind("day" if unit == "days" else unit, first_month=first_month)
    return kind.length(kind.containing(Bucket(day)))


def _days(period: Period) -> tuple[date, ...]:
    return tuple(period.start + timedelta(days=number) for number in range(period.days))
