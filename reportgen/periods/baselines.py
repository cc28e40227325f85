"""The baseline: the period that another period is compared with."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Literal, get_args

from reportgen.errors import PeriodError
from reportgen.periods.period import MONTHS_IN, Period, last_of_month, outside_the_calendar, shift_months
from reportgen.periods.written_periods import explicit_period, finished_part

CompareWord = Literal["previous_period", "previous_month", "same_period_last_year", "none"]

_52_WEEKS = 364  # days
_WEEKS_OF_EVERY_YEAR = 52

COMPARE_WORDS: tuple[str, ...] = get_args(CompareWord)


def resolve_baseline(
    word: str, period: Period, today: date, *, align: Literal["weekday"] | None = None
) -> Period | None:
    """Return the dates of a comparison word of a spec.

    Args:
        word: A word of `COMPARE_WORDS`, or `YYYY-MM-DD..YYYY-MM-DD`.
        period: The period that is compared.
        today: The day of the report in the client's time zone; it counts as not finished.
        align: `weekday` moves the year before by 52 whole weeks, so that weekdays are compared with weekdays.

    Returns:
        The period to compare with, ended yesterday where it is still running; None for `none`.

    Raises:
        PeriodError: The word is unknown, the dates do not exist, or no day of them is over.
    """
    match word:
        case "none":
            return None
        case "previous_period":
            return _previous(period)
        case "previous_month":
            return _months_earlier(period, 1)
        case "same_period_last_year":
            return _a_year_earlier(period, align)
        case _ if ".." in word:
            written = replace(explicit_period(word), fiscal=period.fiscal)
            return finished_part(written, today, f"comparison {word!r}", "previous_period, or earlier days")
        case _:
            choices = ", ".join(COMPARE_WORDS)
            raise PeriodError(f"{word!r} is no comparison; write one of {choices}, or YYYY-MM-DD..YYYY-MM-DD")


def begins_in_week_53(period: Period) -> bool:
    """Return whether weeks from Monday begin with a 53rd week, which has no partner in the year before.

    A report of it alone is compared with the days 52 weeks before; in a row of weeks these are another week's partner.
    """
    return period.start.isocalendar()[1:] == (_WEEKS_OF_EVERY_YEAR + 1, 1)


def _a_year_earlier(period: Period, align: Literal["weekday"] | None) -> Period:
    """Return the same days of the year before, the week of the same number, or the days 52 weeks before."""
    if align:
        return replace(_days_earlier(period, _52_WEEKS), calendar="days", units=1)
    if period.calendar != "week":
        return _months_earlier(period, 12)
    iso = period.start.isocalendar()
    if iso.weekday != 1 or begins_in_week_53(period) or iso.year == 1:
        return _days_earlier(period, _52_WEEKS)
    start = date.fromisocalendar(iso.year - 1, iso.week, 1)
    return _days_earlier(period, (period.start - start).days)


def _previous(period: Period) -> Period:
    """Return the period before: as many units before, or the same number of days."""
    if period.calendar == "week":
        return _days_earlier(period, 7 * period.units)
    if period.calendar == "days":
        return _days_earlier(period, period.days)
    return _months_earlier(period, MONTHS_IN[period.calendar] * period.units)


def _days_earlier(period: Period, days: int) -> Period:
    """Move a period back by days; both ends move, so the length stays."""
    try:
        shift = timedelta(days=days)
        return replace(period, start=period.start - shift, end=period.end - shift, complete=True, until=None)
    except OverflowError as error:
        raise outside_the_calendar(period) from error


def _months_earlier(period: Period, months: int) -> Period:
    """Move a period back by months; an end on a month's last day stays on a last day."""
    start, end = shift_months(period.start, -months), shift_months(period.end, -months)
    if period.start.day == 1 and period.end == last_of_month(period.end):
        return replace(period, start=start, end=last_of_month(end), complete=True, until=None)
    clamped = start.day < period.start.day or end.day < period.end.day
    return replace(period, start=start, end=end, complete=True, until=None, clamped=clamped)
