"""Periods: the days a report covers and the days it compares with. The only date arithmetic.

Both ends of a period are included, as on the wire of the API (a request with start equal to end
returns that day).

Decisions, where calendars leave a choice:

- A calendar period is compared with the calendar period before it, whatever its length: October's
  previous period is September, not the 31 days before 1 October.
- The last 13 months are 13 whole months, and their previous period is the 13 months before them.
- A running period ends yesterday, the last finished day, and its previous period ends on the same
  day of the unit before, clamped to that unit's last day (30 March -> 28 February).
- The same period of the year before a week is the week of the same number (ISO 8601).
- `today` is the only period that holds an unfinished day, and is marked incomplete: it is not
  comparable with whole days.
- Dates to compare with that are still running end yesterday too.
- A day that a month lacks becomes its last day, and the period is marked clamped: 29 February is
  compared with 28 February. Whole months become whole months, which is no clamping.
- Week 53, which the year before lacks, is compared with the days 52 weeks before it, as weeks from Sunday are.
- With `align: weekday` the year before is the days 364 days earlier, so that weekdays match.
- A day is the zone's own, of 23, 24 or 25 hours.
"""

from __future__ import annotations

from reportgen.periods.authors_words import meant_comparison
from reportgen.periods.baselines import COMPARE_WORDS, CompareWord, begins_in_week_53, resolve_baseline
from reportgen.periods.bucket_labels import (
    TIME_NAMES,
    ReadLabels,
    bucket_name,
    is_bare_year,
    is_time_alone,
    read_buckets,
    read_labels,
)
from reportgen.periods.buckets import (
    SECOND_HOUR,
    USUAL_STARTS,
    Bucket,
    BucketKind,
    BucketUnit,
    UnitStarts,
    parts_of_period,
)
from reportgen.periods.days_by_unit import days_by_month, days_by_unit_length, month_length
from reportgen.periods.foreign_days import day_advice, is_month_name, iso_forms
from reportgen.periods.period import Calendar, Period, day_at, day_of, has_hour, is_day, parse_day
from reportgen.periods.window import Window, WindowNote, window_notes
from reportgen.periods.written_days import day_of_digits, is_day_pattern
from reportgen.periods.written_periods import (
    PERIOD_FORMS,
    PERIOD_PATTERN,
    PERIOD_WORDS,
    Month,
    PeriodWord,
    Weekday,
    block_period,
    explicit_period,
    is_period,
    require_period,
    resolve_period,
    whole_period,
)

__all__ = [
    "COMPARE_WORDS",
    "PERIOD_FORMS",
    "PERIOD_PATTERN",
    "PERIOD_WORDS",
    "SECOND_HOUR",
    "TIME_NAMES",
    "USUAL_STARTS",
    "Bucket",
    "BucketKind",
    "BucketUnit",
    "Calendar",
    "CompareWord",
    "Month",
    "Period",
    "PeriodWord",
    "ReadLabels",
    "UnitStarts",
    "Weekday",
    "Window",
    "WindowNote",
    "begins_in_week_53",
    "block_period",
    "bucket_name",
    "day_advice",
    "day_at",
    "day_of",
    "day_of_digits",
    "days_by_month",
    "days_by_unit_length",
    "explicit_period",
    "has_hour",
    "is_bare_year",
    "is_day",
    "is_day_pattern",
    "is_month_name",
    "is_period",
    "is_time_alone",
    "iso_forms",
    "meant_comparison",
    "month_length",
    "parse_day",
    "parts_of_period",
    "read_buckets",
    "read_labels",
    "require_period",
    "resolve_baseline",
    "resolve_period",
    "whole_period",
    "window_notes",
]
