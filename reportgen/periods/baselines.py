"""What a period is compared with."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Literal, get_args

from reportgen.errors import PeriodError
from reportgen.periods.period import MONTHS_IN, Period, last_of_month, outside_the_calendar, shift_months
from reportgen.periods.presets import explicit_period

CompareWord = Literal["previous_period", "previous_month", "same_period_last_year", "none"]

COMPARE_WORDS: tuple[str, ...] = get_args(CompareWord)


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
            return explicit_period(word)
        case _:
            choices = ", ".join(COMPARE_WORDS)
            message = f"{word!r} is no comparison; write one of {choices}, or YYYY-MM-DD..YYYY-MM-DD"
            raise PeriodError(message)


def _previous(period: Period) -> Period:
    """Return the period before: the unit before, or the same number of days."""
    if period.calendar == "week":
        return _days_earlier(period, 7)
    if period.calendar == "days":
        return _days_earlier(period, period.days)
    return _months_earlier(period, MONTHS_IN[period.calendar])


def _days_earlier(period: Period, days: int) -> Period:
    """Move a period back by days; both ends move, so the length stays."""
    try:
        shift = timedelta(days=days)
        return replace(period, start=period.start - shift, end=period.end - shift, complete=True)
    except OverflowError as error:
        raise outside_the_calendar(period) from error


def _months_earlier(period: Period, months: int) -> Period:
    """Move a period back by months; an end on a month's last day stays on a last day."""
    start, end = shift_months(period.start, -months), shift_months(period.end, -months)
    if period.start.day == 1 and period.end == last_of_month(period.end):
        end = last_of_month(end)
    return replace(period, start=start, end=end, complete=True)
