"""Days as texts write them: in digits, with the names of months, in Japanese, as epochs or in an author's pattern."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from typing import TYPE_CHECKING

from babel import Locale

from reportgen.periods.buckets import Bucket

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from reportgen.periods.period import Period

_LOCALES = ("en", "es", "pt_BR", "de", "fr", "ar", "ja")
_BETWEEN = ("de", "er")  # words between a day and its month, as in 1er octobre
_JAPANESE = re.compile(r"(?:(\d{4})年)?(\d{1,2})月(\d{1,2})日")
_DIGITS = re.compile(r"(?P<y>\d{4})(?P<m>\d{2})(?P<d>\d{2})")
_SPLIT_DIGITS = (
    re.compile(r"(?P<d>\d{1,2})[/.\-](?P<m>\d{1,2})[/.\-](?P<y>\d{4})"),
    re.compile(r"(?P<m>\d{1,2})[/.\-](?P<d>\d{1,2})[/.\-](?P<y>\d{4})"),
)
_PATTERN_PARTS = {"yyyy": r"(?P<y>\d{4})", "MM": r"(?P<m>\d{2})", "M": r"(?P<m>\d{1,2})"} | {
    "dd": r"(?P<d>\d{2})",
    "d": r"(?P<d>\d{1,2})",
    "yy": r"(?P<short>\d{2})",
}
_EPOCHS = {10: 1, 13: 1000}  # digits of an epoch -> its parts of a second


def day_readings(texts: Sequence[str], period: Period, *, of_digits: bool) -> Iterator[tuple[Bucket, ...]]:
    """Yield the days of texts in each form that all of them have.

    Args:
        texts: The texts.
        period: The days about which those without a year are.
        of_digits: Whether digits alone may be days.
    """
    forms = (
        _matched(texts, _DIGITS) if of_digits else None,
        _epochs(texts) if of_digits else None,
        *(_matched(texts, form) for form in _SPLIT_DIGITS),
        _named_days(texts, period),
        _japanese_days(texts, period),
    )
    yield from (tuple(days) for days in forms if days)


def days_in_pattern(texts: Sequence[str], pattern: str) -> list[Bucket] | None:
    """Return the days of texts in an author's pattern, such as `dd/MM/yyyy`; None where a text is no such day."""
    return _matched(texts, _compiled(pattern))


def _matched(texts: Sequence[str], form: re.Pattern[str]) -> list[Bucket] | None:
    """Return the days of labels in a form with `y`, `m` and `d`; None where a label is no such day."""
    days = [day_of_match(form.fullmatch(text)) for text in texts]
    return None if any(day is None for day in days) else [day for day in days if day]


@lru_cache(maxsize=4096)
def day_of_digits(text: str) -> date | None:
    """Return the day of eight digits, 20261031, or of an epoch in seconds or milliseconds (UTC); None of other text."""
    if not (text.isdecimal() and text.isascii()):
        return None
    if parts := _EPOCHS.get(len(text)):
        return datetime.fromtimestamp(int(text) / parts, UTC).date()
    day = day_of_match(_DIGITS.fullmatch(text))
    return day.day if day else None


def day_of_match(match: re.Match[str] | None) -> Bucket | None:
    """Return the day of a match with `y` or `short`, `m` and `d`; None without a match, or where it is no day."""
    if match is None:
        return None
    parts = match.groupdict()
    year = int(parts["y"]) if parts.get("y") else 2000 + int(parts["short"])
    try:
        return Bucket(date(year, int(parts["m"]), int(parts["d"])))
    except ValueError:
        return None


def _compiled(pattern: str) -> re.Pattern[str]:
    """Return the regular expression of a pattern of CLDR's letters for day, month and year."""
    parts = re.split(r"(yyyy|yy|MM|M|dd|d)", pattern)
    return re.compile("".join(_PATTERN_PARTS.get(part, re.escape(part)) for part in parts))


def is_day_pattern(pattern: str) -> bool:
    """Return whether a pattern has a day, a month and a year, each once."""
    letters = re.sub(r"[^dMy]", "", pattern)
    parts = re.findall(r"d{1,2}|M{1,2}|y{4}|y{2}", letters)
    return sorted(part[0] for part in parts) == ["M", "d", "y"] and "".join(parts) == letters


def _named_days(texts: Sequence[str], period: Period) -> list[Bucket] | None:
    """Return days whose months are names, such as `Oct 31` or `31 de outubro de 2026`, each once."""
    days = [_named_day(text, period) for text in texts]
    known = [day for day in days if day]
    return known if len(set(known)) == len(texts) else None


def _named_day(text: str, period: Period) -> Bucket | None:
    words = re.findall(r"[^\W\d_]+|\d+", text.casefold())
    months = {number for word in words if (number := _month_names().get(word))}
    numbers = [word for word in words if word.isdecimal()]
    if any(word not in {*numbers, *_BETWEEN, *_month_names()} for word in words):
        return None
    days = [int(number) for number in numbers if len(number) <= 2]  # noqa: PLR2004 - digits of a day
    years = [int(number) for number in numbers if len(number) == 4]  # noqa: PLR2004 - digits of a year
    if len(months) != 1 or len(days) != 1 or len(years) != len(numbers) - 1:
        return None
    return _nearest(months.pop(), days[0], years or range(period.start.year - 1, period.end.year + 2), period)


def _japanese_days(texts: Sequence[str], period: Period) -> list[Bucket] | None:
    matches = [_JAPANESE.fullmatch(text) for text in texts]
    years = range(period.start.year - 1, period.end.year + 2)
    days = [
        _nearest(int(match[2]), int(match[3]), [int(match[1])] if match[1] else years, period)
        for match in matches
        if match
    ]
    known = [day for day in days if day]
    return known if len(set(known)) == len(texts) else None


def _nearest(month: int, day: int, years: Sequence[int], period: Period) -> Bucket | None:
    """Return the day of one of some years that is in the period, or else nearest to it."""
    found = []
    for year in years:
        try:
            found.append(date(year, month, day))
        except ValueError:
            continue
    near = min(found, key=lambda each: max(period.start - each, each - period.end, timedelta()), default=None)
    return Bucket(near) if near else None


@lru_cache(maxsize=1)
def _month_names() -> dict[str, int]:
    """Return the number of each month's name, long and short, in the languages of reports (CLDR)."""
    names: dict[str, set[int]] = {}
    for locale in _LOCALES:
        for context in Locale.parse(locale).months.values():
            for width in ("wide", "abbreviated"):
                for number, name in context[width].items():
                    for word in re.findall(r"[^\W\d_]+", str(name).casefold())[:1]:
                        names.setdefault(word, set()).add(int(number))
    return {name: numbers.pop() for name, numbers in names.items() if len(numbers) == 1}


def _epochs(texts: Sequence[str]) -> list[Bucket] | None:
    """Return the days of epoch seconds or milliseconds, those of the nearest midnight of UTC, each once."""
    lengths = {len(text) for text in texts}
    if len(lengths) != 1 or not all(text.isdecimal() and text.isascii() for text in texts):
        return None
    parts = _EPOCHS.get(lengths.pop())
    if parts is None:
        return None
    moments = [datetime.fromtimestamp(int(text) / parts, UTC) + timedelta(hours=12) for text in texts]
    return [Bucket(moment.date()) for moment in moments]
