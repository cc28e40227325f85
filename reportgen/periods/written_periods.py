"""The periods an author may write: words that depend on today, and dates written out."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, timedelta
from typing import Literal, get_args

from reportgen.errors import NothingToReportYet, PeriodError
from reportgen.periods.authors_words import meant_period
from reportgen.periods.buckets import USUAL_STARTS, UnitStarts
from reportgen.periods.foreign_days import is_month_name, iso_forms
from reportgen.periods.period import (
    MONTHS_IN,
    Calendar,
    Period,
    first_of_month,
    is_day,
    last_of_month,
    months_between,
    parse_day,
    shift_months,
)

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

PERIOD_WORDS: tuple[str, ...] = get_args(PeriodWord)
PERIOD_FORMS = (
    "last_N_days, last_N_weeks, last_N_months, last_N_quarters or last_N_years (N from 2), "
    "YYYY, YYYY-MM, YYYY-Qn, YYYY-Wnn or YYYY-MM-DD..YYYY-MM-DD"
)
PERIOD_PATTERN = (
    r"^(last_([2-9]|[1-9]\d{1,3})_(days|weeks|months|quarters|years)"
    r"|\d{4}|\d{4}-\d{2}|\d{4}-Q[1-4]|\d{4}-W\d{2}|\d{4}-\d{2}-\d{2}\.\.\d{4}-\d{2}-\d{2})$"
)
"""The regular expression of `PERIOD_FORMS`, for editors."""

_UNIT_WORDS: dict[str, Calendar] = {
    "days": "days",
    "weeks": "week",
    "months": "month",
    "quarters": "quarter",
    "years": "year",
}
_MOST_UNITS = 10_000
_SEVERAL = re.compile(rf"last_([1-9]\d{{0,3}})_({'|'.join(_UNIT_WORDS)})")
_SINGLE: dict[str, PeriodWord] = {
    "days": "yesterday",
    "weeks": "last_week",
    "months": "last_month",
    "quarters": "last_quarter",
    "years": "last_year",
}
"""Unit -> the word for the last one of it."""

_DAY = timedelta(days=1)
_YEAR = re.compile(r"(\d{4})")
_MONTH = re.compile(r"(\d{4})-(\d{2})")
_QUARTER = re.compile(r"(\d{4})-Q([1-4])")
_WEEK = re.compile(r"(\d{4})-W(\d{2})")


def resolve_period(word: str, today: date, starts: UnitStarts = USUAL_STARTS) -> Period:
    """Return the dates of a period word of a spec.

    Args:
        word: A word of `PERIOD_WORDS`, or an explicit period in one of `PERIOD_FORMS`.
        today: The day of the report in the client's time zone; it counts as not finished.
        starts: The first day of the week, for `last_week`, and the first month of the year, for the words with quarter
            and year.

    Returns:
        The period, ended yesterday where it is still running.

    Raises:
        PeriodError: The word is unknown, the dates do not exist, or no day of the period is over.
        NothingToReportYet: The last of these, where a running unit begins on the day.
    """
    period = whole_period(word, today, starts)
    if word == "today":
        return replace(period, complete=False)
    try:
        return finished_part(period, today, f"period {word!r}", "last_month, or an earlier period")
    except PeriodError as error:
        if word.endswith("_to_date"):
            raise NothingToReportYet(str(error), word, today) from error
        raise


def block_period(word: str, last_day: date, as_of: date, starts: UnitStarts = USUAL_STARTS) -> Period:
    """Return the days of a block whose author wrote a period of its own.

    It is resolved as if the report were made on the day after its last day, and ends on that day at the latest. A
    word for a running unit is the unit that holds the last day, up to that day.

    Args:
        word: A period word but `today`, or an explicit period.
        last_day: The last day of the report.
        as_of: The day of the report; it and the days after it are not over.
        starts: See `resolve_period`.

    Raises:
        PeriodError: The word is unknown, the dates do not exist, or they begin after the report's last day.
    """
    tomorrow = last_day + _DAY
    on = last_day if word.endswith("_to_date") else tomorrow
    whole = whole_period(word, on, starts)
    period = finished_part(whole, tomorrow, f"period {word!r}", "days that begin no later than the report's last")
    return replace(period, complete=period.end < as_of)


def whole_period(word: str, today: date, starts: UnitStarts = USUAL_STARTS) -> Period:
    """Return the dates of a period word of a spec, to the end of its unit; see `resolve_period`."""
    if word == "today":
        return Period(today, today)
    try:
        period = _period_of_word(word, today, starts) or explicit_period(word)
    except OverflowError as error:
        raise PeriodError(f"period {word!r} leads outside the calendar on {today}; use a nearer day") from error
    return replace(period, fiscal=starts.month > 1 and period.calendar in {"quarter", "year"})


def is_period(word: str) -> bool:
    """Return whether a word is a period; `2026-02-30..2026-03-01` is not."""
    try:
        require_period(word)
    except PeriodError:
        return False
    return True


def require_period(word: str) -> None:
    """Refuse a word that is no period.

    Raises:
        PeriodError: It is none, or its dates do not exist; the message has the period that is meant.
    """
    if word not in PERIOD_WORDS and (not _SEVERAL.fullmatch(word) or single_unit(word)):
        explicit_period(word)


def single_unit(word: str) -> PeriodWord | None:
    """Return the word for `last_1_months` and their like, of which there are none; None for any other word."""
    match = _SEVERAL.fullmatch(word)
    return _SINGLE[match[2]] if match and match[1] == "1" else None


def period_words_like(word: str) -> tuple[str, ...]:
    """Return the words that a misspelt word may stand for: the closed words, and several units of its number."""
    numbers = [number for number in re.findall(r"\d+", word) if 1 < int(number) < _MOST_UNITS][:1]
    return (*PERIOD_WORDS, *(f"last_{number}_{unit}" for number in numbers for unit in _UNIT_WORDS))


def explicit_period(word: str) -> Period:
    """Return a period written as a year, month, quarter, ISO week or pair of days."""
    try:
        if match := _YEAR.fullmatch(word):
            return Period(date(int(match[1]), 1, 1), date(int(match[1]), 12, 31), "year")
        if match := _MONTH.fullmatch(word):
            start = date(int(match[1]), int(match[2]), 1)
            return Period(start, last_of_month(start), "month")
        if match := _QUARTER.fullmatch(word):
            start = date(int(match[1]), 3 * int(match[2]) - 2, 1)
            return Period(start, last_of_month(shift_months(start, 2)), "quarter")
        if match := _WEEK.fullmatch(word):
            start = date.fromisocalendar(int(match[1]), int(match[2]), 1)
            return Period(start, start + timedelta(days=6), "week")
    except ValueError as error:
        raise PeriodError(f"{word!r} is not in the calendar: {error}") from error
    start_text, separator, end_text = word.partition("..")
    if not separator or iso_forms(word):
        raise PeriodError(f"{word!r} is no period; {_advice(word)}")
    return _with_calendar(Period(parse_day(start_text), parse_day(end_text)))


def _advice(word: str) -> str:
    """Return the advice for a text that is no period: the period that is meant, or all forms of a period."""
    if is_month_name(word):
        return "a month has its year: write YYYY-MM, such as 2026-10"
    days = [f"{form}..{form}" if is_day(form) else form for form in iso_forms(word) or (word,)]
    meant = single_unit(word) or meant_period(word, period_words_like(word))
    near = [form for form in days if form != word] or list(filter(None, [meant]))
    if near:
        return f"did you mean {' or '.join(map(repr, near))}?"
    return f"write one of {', '.join(PERIOD_WORDS)}, or {PERIOD_FORMS}"


def _period_of_word(word: str, today: date, starts: UnitStarts) -> Period | None:
    """Return the period of a word on a day, or None where it is no period word."""
    yesterday = today - _DAY if today > date.min else today
    week = today - timedelta(days=(today.weekday() - starts.weekday) % 7)
    month = first_of_month(today)
    quarter = shift_months(month, -((today.month - starts.month) % 3))
    year = shift_months(month, -((today.month - starts.month) % 12))
    presets: dict[str, tuple[date, date, Calendar]] = {
        "yesterday": (yesterday, yesterday, "days"),
        "last_7_days": (today - timedelta(days=7), yesterday, "days"),
        "last_30_days": (today - timedelta(days=30), yesterday, "days"),
        "last_week": (week - timedelta(days=7), week - _DAY, "week"),
        "last_month": (shift_months(month, -1), month - _DAY, "month"),
        "month_to_date": (month, last_of_month(today), "month"),
        "last_quarter": (shift_months(quarter, -3), quarter - _DAY, "quarter"),
        "quarter_to_date": (quarter, shift_months(quarter, 3) - _DAY, "quarter"),
        "last_year": (shift_months(year, -12), year - _DAY, "year"),
        "year_to_date": (year, shift_months(year, 12) - _DAY, "year"),
    }
    if word in presets:
        return Period(*presets[word])
    match = _SEVERAL.fullmatch(word)
    if match is None or single_unit(word):
        return None
    number, unit = int(match[1]), _UNIT_WORDS[match[2]]
    if unit == "days":
        return Period(today - timedelta(days=number), yesterday)
    first = {"week": week, "month": month, "quarter": quarter, "year": year}[unit]
    start = first - timedelta(days=7 * number) if unit == "week" else shift_months(first, -number * MONTHS_IN[unit])
    return Period(start, first - _DAY, unit, units=number)


def _with_calendar(period: Period) -> Period:
    """Return a period with the calendar unit that its two days span, so that its previous period is that unit too."""
    if period.start.day != 1 or period.end != last_of_month(period.end):
        return period
    months = months_between(period.start, period.end) + 1
    return replace(period, calendar=next((unit for unit, size in MONTHS_IN.items() if size == months), "days"))


def finished_part(period: Period, today: date, label: str, advice: str) -> Period:
    """Return a period, ended yesterday where it is still running.

    Args:
        period: The whole period.
        today: Counts as not finished.
        label: The period as the error names it.
        advice: What to write instead, for the error.

    Raises:
        PeriodError: No day of the period is over.
    """
    if period.end < today:
        return period
    if period.start >= today:
        raise PeriodError(f"{label} starts on {period.start} and has no finished day on {today}; use {advice}")
    return replace(period, end=today - _DAY, until=period.end)
