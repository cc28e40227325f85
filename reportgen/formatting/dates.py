"""The text of days and periods in a locale."""

from __future__ import annotations

import re
from datetime import date, datetime, time
from functools import lru_cache
from typing import TYPE_CHECKING

from babel.dates import format_date, format_interval, format_skeleton

from reportgen.formatting.cldr import babel_locale
from reportgen.periods import day_of, day_of_digits, explicit_period, is_period

if TYPE_CHECKING:
    from babel import Locale

    from reportgen.model import Number
    from reportgen.periods import BucketUnit, Period

_NAMED_PERIOD = re.compile(r"\d{4}-(\d{2}|Q[1-4]|W\d{2})")
_BESIDE_DASH = re.compile(r"\s*\N{EN DASH}\s*")


@lru_cache(maxsize=1024)
def format_day(day: date, locale: str) -> str:
    """Return a day with its year, `Oct 3, 2026`."""
    return format_date(day, "medium", locale=babel_locale(locale))


@lru_cache(maxsize=1024)  # a page names the same days on its axes, in its texts and behind its charts
def format_short_day(day: date, locale: str, *, spelled: bool = False) -> str:
    """Return a day without its year, `Oct 3`, or with its month spelled out, `October 3`."""
    return str(format_skeleton("MMMMd" if spelled else "MMMd", day, locale=babel_locale(locale)))


_BUCKETS: dict[BucketUnit, str] = {"hour": "Hm", "month": "yMMM", "quarter": "yQQQ", "year": "y"}
"""Unit of time -> the skeleton of CLDR that names a bucket of it."""


@lru_cache(maxsize=1024)
def format_bucket(  # noqa: PLR0913 - each is a part of the name
    unit: BucketUnit, day: date, locale: str, *, hour: int | None = None, several: bool = False, spelled: bool = False
) -> str:
    """Return the name of a month, quarter, year or hour, `Oct 2026`.

    Args:
        unit: The unit of time.
        day: The first day.
        locale: Hyphenated CLDR name.
        hour: Of an hour.
        several: Whether a month needs its year, and an hour its day.
        spelled: Whether the name of a month is written out.
    """
    cldr = babel_locale(locale)
    if unit == "month" and not several:
        return format_date(day, "LLLL" if spelled else "LLL", locale=cldr)
    skeleton = "yMMMM" if unit == "month" and spelled else _BUCKETS[unit]
    text = str(format_skeleton(skeleton, datetime.combine(day, time(hour or 0)), locale=cldr))
    return f"{format_short_day(day, locale)} {text}" if unit == "hour" and several else text


@lru_cache(maxsize=256)
def format_period(period: Period, locale: str, *, brief: bool = False) -> str:
    """Return the shortest text of a period: `October 2026`, `Q3 2026`, `Oct 1 \N{EN DASH} 15, 2026`.

    Several months, quarters and years of a fiscal year are called by their months, `April \N{EN DASH} June 2026`.

    Args:
        period: The period to write.
        locale: Hyphenated CLDR name.
        brief: Whether a month is cut short, `Oct 2026`.
    """
    cldr = babel_locale(locale)
    if period.start == period.end:
        return format_date(period.start, "long", locale=cldr)
    skeletons = {7: "yMMM" if brief else "yMMMM", 4: "y"}  # by the length of `2026-10` and `2026`
    if "Q" in period.id and not period.fiscal:
        return str(format_skeleton("yQQQ", period.start, locale=cldr))
    if (skeleton := skeletons.get(len(period.id))) and not period.fiscal:
        return str(format_skeleton(skeleton, period.start, locale=cldr))
    if period.is_of_months:
        return _interval(period, skeletons[7], cldr)
    return format_dates(period, locale)


@lru_cache(maxsize=256)
def format_dates(period: Period, locale: str) -> str:
    """Return the first and the last day of a period, `Oct 1 \N{EN DASH} 31, 2026`."""
    return _interval(period, "yMMMd", babel_locale(locale))


@lru_cache(maxsize=256)
def format_months(period: Period, locale: str) -> str:
    """Return the first and the last month of a period, `Aug\N{EN DASH}Oct 2026`: no line breaks beside the dash."""
    return _BESIDE_DASH.sub("\N{EN DASH}", _interval(period, "yMMM", babel_locale(locale)))


@lru_cache(maxsize=256)
def format_short_dates(period: Period, locale: str) -> str:
    """Return the first and the last day of a period without their years, `Oct 1 \N{EN DASH} 14`."""
    if period.start == period.end:
        return format_short_day(period.start, locale)
    return _interval(period, "MMMd", babel_locale(locale))


def _interval(period: Period, skeleton: str, cldr: Locale) -> str:
    """Return the first and the last day of a period in a skeleton of CLDR.

    English intervals of CLDR have thin spaces beside their dash, which many fonts lack, and spreadsheets do not find.
    """
    return str(format_interval(period.start, period.end, skeleton, locale=cldr)).replace("\N{THIN SPACE}", " ")


def written_day(value: Number | str) -> date | None:
    """Return the day of a value that its author calls a date; None where it is none.

    It is a day as ISO writes it, with or without a time, in eight digits (20261031), or an epoch in seconds or
    milliseconds, whose day is that of UTC.
    """
    return day_of(value) if isinstance(value, str) and day_of(value) else day_of_digits(str(value))


def format_written_date(value: Number | str, locale: str) -> str:
    """Return a day, a month, a quarter or a week as a reader writes it; any other value as it came.

    Args:
        value: See `written_day`; `2026-10`, `2026-Q4` and `2026-W40` are a month, a quarter and a week, which is
            called by its days.
        locale: Hyphenated CLDR name.
    """
    if day := written_day(value):
        return format_day(day, locale)
    text = str(value)
    is_named = _NAMED_PERIOD.fullmatch(text) and is_period(text)
    return format_period(explicit_period(text), locale, brief=True) if is_named else text
