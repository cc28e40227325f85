"""Periods: the days a report covers and the days it compares with. The only date arithmetic.

Both ends of a period are included, as on the wire of the API (a request with start equal to end
returns that day).

Decisions, where calendars leave a choice:

- A calendar period is compared with the calendar period before it, whatever its length: October's
  previous period is September, not the 31 days before 1 October.
- A running period ends yesterday, the last finished day, and its previous period ends on the same
  day of the unit before, clamped to that unit's last day (30 March -> 28 February).
- The same period of the year before a week is the week 52 weeks earlier, so weekdays match.
- `today` is the only period that holds an unfinished day, and is marked incomplete.
"""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Literal, get_args

from reportgen.errors import PeriodError

PeriodWord = Literal[
    "yesterday",
    "today",
    "last_7_days",
    "last_30_days",
    "last_week",
    "last_month",
    "month_to_date",
    "last_quarter",
    "quarter_to_date",
    "last_year",
    "year_to_date",
]
CompareWord = Literal["previous_period", "previous_month", "same_period_last_year", "none"]
Weekday = Literal["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]
Month = Literal[
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
]
Calendar = Literal["days", "week", "month", "quarter", "year"]

PERIOD_WORDS: tuple[str, ...] = get_args(PeriodWord)
COMPARE_WORDS: tuple[str, ...] = get_args(CompareWord)
PERIOD_FORMS = "YYYY, YYYY-MM, YYYY-Qn, YYYY-Wnn or YYYY-MM-DD..YYYY-MM-DD"

_DAY = timedelta(days=1)
_MONTHS: dict[Calendar, int] = {"month": 1, "quarter": 3, "year": 12}


@dataclass(frozen=True, slots=True)
class Period:
    """Consecutive days.

    Attributes:
        start: First day, included.
        end: Last day, included; never before `start`.
        calendar: The unit this period is, or is the finished part of; decides what its previous
            period is. "days" has no calendar: the previous period is the same number
            of days.
        complete: False where the period holds a day that had not ended when it was resolved.
    """

    start: date
    end: date
    calendar: Calendar = "days"
    complete: bool = True

    def __post_init__(self) -> None:
        """Refuse a period that ends before it starts."""
        if self.end < self.start:
            message = f"the period ends on {self.end} before it starts on {self.start}; swap the two dates"
            raise PeriodError(message)

    @property
    def days(self) -> int:
        """Number of days, both ends counted."""
        return (self.end - self.start).days + 1

    @property
    def id(self) -> str:
        """Short name for files and links: `2026-10`, `2026-Q3`, `2026-W40`, `2026`, or `start..end`."""
        if self.start == _first_of_month(self.start) and self.end == _last_of_month(self.end):
            months = _months_between(self.start, self.end) + 1
            if months == 1:
                return f"{self.start:%Y-%m}"
            if months == _MONTHS["quarter"] and (self.start.month - 1) % 3 == 0:
                return f"{self.start:%Y}-Q{(self.start.month + 2) // 3}"
            if months == _MONTHS["year"] and self.start.month == 1:
                return f"{self.start:%Y}"
        if self.calendar == "week" and self.days == 7 and self.start.weekday() == 0:  # noqa: PLR2004 - days of a week
            iso = self.start.isocalendar()
            return f"{iso.year}-W{iso.week:02d}"
        if self.start == self.end:
            return self.start.isoformat()
        return f"{self.start}..{self.end}"


@dataclass(frozen=True, slots=True)
class Window:
    """What a report covers and what it is compared with.

    Attributes:
        current: The days reported on.
        baseline: The days compared with; None where nothing is compared.
    """

    current: Period
    baseline: Period | None = None


def resolve_period(
    word: str,
    today: date,
    *,
    week_starts: Weekday = "monday",
    fiscal_year_starts: Month = "january",
) -> Period:
    """Turn a period of a spec into dates.

    Args:
        word: One of `PERIOD_WORDS`, or an explicit period in one of `PERIOD_FORMS`.
        today: The day of the report in the client's time zone; it counts as not finished.
        week_starts: First day of the week, for `last_week`.
        fiscal_year_starts: First month of the year, for the words with quarter and year.

    Returns:
        The period, ended yesterday where it is still running.

    Raises:
        PeriodError: The word is unknown, the dates do not exist, or no day of the period is over.
    """
    if word == "today":
        return Period(today, today, complete=False)
    first_month = get_args(Month).index(fiscal_year_starts) + 1
    first_weekday = get_args(Weekday).index(week_starts)
    period = _preset(word, today, first_weekday, first_month) or _explicit(word)
    return _finished_part(period, word, today)


def resolve_baseline(word: str, period: Period) -> Period | None:
    """Turn a comparison of a spec into dates.

    Args:
        word: One of `COMPARE_WORDS`, or `YYYY-MM-DD..YYYY-MM-DD`.
        period: The period that is compared.

    Returns:
        The period to compare with; None for `none`.

    Raises:
        PeriodError: The word is unknown or the dates do not exist.
    """
    match word:
        case "none":
            return None
        case "previous_period":
            return _previous(period)
        case "previous_month":
            return _months_earlier(period, 1)
        case "same_period_last_year":
            return _days_earlier(period, 364) if period.calendar == "week" else _months_earlier(period, 12)
        case _ if ".." in word:
            return _explicit(word)
        case _:
            choices = ", ".join(COMPARE_WORDS)
            message = f"{word!r} is no comparison; write one of {choices}, or YYYY-MM-DD..YYYY-MM-DD"
            raise PeriodError(message)


def parse_day(text: str) -> date:
    """Read one ISO day.

    Raises:
        PeriodError: It is not a day of the calendar.
    """
    try:
        return date.fromisoformat(text.strip())
    except ValueError as error:
        message = f"{text!r} is no day of the calendar; write it as YYYY-MM-DD"
        raise PeriodError(message) from error


def is_day(text: str) -> bool:
    """Tell whether a text is an ISO day, `2026-10-31`."""
    return bool(_DAY_FORM.fullmatch(text)) and _exists(text)


def is_period(word: str) -> bool:
    """Tell whether a word is written as a period; `2026-02-30..2026-03-01` is not."""
    if word in PERIOD_WORDS:
        return True
    try:
        _explicit(word)
    except PeriodError:
        return False
    return True


def _exists(day: str) -> bool:
    try:
        date.fromisoformat(day)
    except ValueError:
        return False
    return True


def _preset(word: str, today: date, first_weekday: int, first_month: int) -> Period | None:
    """Resolve a period word from a day; None where the word is not one of them."""
    yesterday = today - _DAY if today > date.min else today
    week = today - timedelta(days=(today.weekday() - first_weekday) % 7)
    month = _first_of_month(today)
    quarter = _shift(month, -((today.month - first_month) % 3))
    year = _shift(month, -((today.month - first_month) % 12))
    presets: dict[str, tuple[date, date, Calendar]] = {
        "yesterday": (yesterday, yesterday, "days"),
        "last_7_days": (today - timedelta(days=7), yesterday, "days"),
        "last_30_days": (today - timedelta(days=30), yesterday, "days"),
        "last_week": (week - timedelta(days=7), week - _DAY, "week"),
        "last_month": (_shift(month, -1), month - _DAY, "month"),
        "month_to_date": (month, _last_of_month(today), "month"),
        "last_quarter": (_shift(quarter, -3), quarter - _DAY, "quarter"),
        "quarter_to_date": (quarter, _shift(quarter, 3) - _DAY, "quarter"),
        "last_year": (_shift(year, -12), year - _DAY, "year"),
        "year_to_date": (year, _shift(year, 12) - _DAY, "year"),
    }
    return Period(*presets[word]) if word in presets else None


_DAY_FORM = re.compile(r"\d{4}-\d{2}-\d{2}")
_YEAR = re.compile(r"(\d{4})")
_MONTH = re.compile(r"(\d{4})-(\d{2})")
_QUARTER = re.compile(r"(\d{4})-Q([1-4])")
_WEEK = re.compile(r"(\d{4})-W(\d{2})")


def _explicit(word: str) -> Period:
    """Read a period written as a year, month, quarter, ISO week or pair of days."""
    try:
        if match := _YEAR.fullmatch(word):
            return Period(date(int(match[1]), 1, 1), date(int(match[1]), 12, 31), "year")
        if match := _MONTH.fullmatch(word):
            start = date(int(match[1]), int(match[2]), 1)
            return Period(start, _last_of_month(start), "month")
        if match := _QUARTER.fullmatch(word):
            start = date(int(match[1]), 3 * int(match[2]) - 2, 1)
            return Period(start, _last_of_month(_shift(start, 2)), "quarter")
        if match := _WEEK.fullmatch(word):
            start = date.fromisocalendar(int(match[1]), int(match[2]), 1)
            return Period(start, start + timedelta(days=6), "week")
    except ValueError as error:
        message = f"{word!r} is not in the calendar: {error}"
        raise PeriodError(message) from error
    start_text, separator, end_text = word.partition("..")
    if not separator:
        choices = ", ".join(PERIOD_WORDS)
        message = f"{word!r} is no period; write one of {choices}, or {PERIOD_FORMS}"
        raise PeriodError(message)
    return _recognised(Period(parse_day(start_text), parse_day(end_text)))


def _recognised(period: Period) -> Period:
    """Give a pair of days the calendar unit it spells out, so that its previous period is one too."""
    if period.start.day != 1 or period.end != _last_of_month(period.end):
        return period
    months = _months_between(period.start, period.end) + 1
    for unit, length in _MONTHS.items():
        if months == length:
            return replace(period, calendar=unit)
    return period


def _finished_part(period: Period, word: str, today: date) -> Period:
    """End a running period yesterday."""
    if period.end < today:
        return period
    if period.start >= today:
        message = (
            f"period {word!r} starts on {period.start} and has no finished day on {today}; "
            "use last_month, or an earlier period"
        )
        raise PeriodError(message)
    return replace(period, end=today - _DAY)


def _previous(period: Period) -> Period:
    """Return the period before: the unit before, or the same number of days."""
    if period.calendar == "week":
        return _days_earlier(period, 7)
    if period.calendar == "days":
        return _days_earlier(period, period.days)
    return _months_earlier(period, _MONTHS[period.calendar])


def _days_earlier(period: Period, days: int) -> Period:
    """Move a period back by days; both ends move, so the length stays."""
    try:
        shift = timedelta(days=days)
        return replace(period, start=period.start - shift, end=period.end - shift, complete=True)
    except OverflowError as error:
        raise _before_the_calendar(period) from error


def _months_earlier(period: Period, months: int) -> Period:
    """Move a period back by months; an end on a month's last day stays on a last day."""
    start, end = _shift(period.start, -months), _shift(period.end, -months)
    if period.start.day == 1 and period.end == _last_of_month(period.end):
        end = _last_of_month(end)
    return replace(period, start=start, end=end, complete=True)


def _shift(day: date, months: int) -> date:
    """Move a day by months, clamped to the last day of the month it lands in."""
    year, month0 = divmod(day.year * 12 + day.month - 1 + months, 12)
    if not date.min.year <= year <= date.max.year:
        raise _before_the_calendar(Period(day, day))
    last = monthrange(year, month0 + 1)[1]
    return date(year, month0 + 1, min(day.day, last))


def _before_the_calendar(period: Period) -> PeriodError:
    return PeriodError(f"the period that begins on {period.start} leads outside the calendar; use a nearer year")


def _months_between(start: date, end: date) -> int:
    return (end.year - start.year) * 12 + end.month - start.month


def _first_of_month(day: date) -> date:
    return day.replace(day=1)


def _last_of_month(day: date) -> date:
    return day.replace(day=monthrange(day.year, day.month)[1])
