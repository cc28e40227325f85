"""Labels of answers read as buckets of time: which texts are days, weeks, months, quarters, years or hours."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from typing import TYPE_CHECKING, TypeAlias

from babel import Locale

from reportgen.periods.buckets import Bucket, BucketKind, kind_of_days

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from reportgen.periods.buckets import BucketUnit
    from reportgen.periods.period import Period

TIME_NAMES = frozenset({"date", "day", "week", "month"})
"""Names of dimensions whose labels are expected to read as buckets of time."""

_UNITS: dict[str, BucketUnit] = {
    "day": "day",
    "month": "month",
    "quarter": "quarter",
    "year": "year",
}
_LOCALES = ("en", "es", "pt_BR", "de", "fr", "ar", "ja")
_BESIDE = 31  # days at least that a label may lie beside its period
_NEAR = 92  # days that a month, a week or a quarter may lie beside it where its dimension is not called by time
_TIME = r"(?:[T ](?P<h>\d{2}):(?P<min>\d{2})(?::\d{2}(?:\.\d+)?)?\s*(?P<zone>Z|UTC|[+-]\d{2}:?\d{2})?)?"
_ISO_DAY = re.compile(rf"(?P<y>\d{{4}})-(?P<m>\d{{2}})-(?P<d>\d{{2}}){_TIME}")
_ISO_UNITS: dict[BucketUnit, re.Pattern[str]] = {
    "month": re.compile(r"(\d{4})-(\d{2})"),
    "week": re.compile(r"(\d{4})-?W(\d{2})"),
    "quarter": re.compile(r"(\d{4})-?Q([1-4])"),
}
_BETWEEN = ("de", "er")  # words between a day and its month, as in 1er octobre
_JAPANESE = re.compile(r"(?:(\d{4})年)?(\d{1,2})月(\d{1,2})日")
_SPLIT = r"[/.\-]"
_PATTERN_PARTS = {"yyyy": r"(?P<y>\d{4})", "MM": r"(?P<m>\d{2})", "M": r"(?P<m>\d{1,2})"} | {
    "dd": r"(?P<d>\d{2})",
    "d": r"(?P<d>\d{1,2})",
    "yy": r"(?P<short>\d{2})",
}
_TIME_WORDS = re.compile(r"date|day|week|month|quarter|year|hour|time|period", re.IGNORECASE)
_TIME_ALONE = re.compile(rf"(?:_|s|iso|fiscal|calendar|{_TIME_WORDS.pattern})*", re.IGNORECASE)
_MANY = 7  # days that ids do not hit by chance
_EPOCHS = {10: 1, 13: 1000}  # digits of an epoch -> its parts of a second

_Read: TypeAlias = "Sequence[Bucket]"


@dataclass(frozen=True, slots=True)
class ReadLabels:
    """Labels read as buckets.

    Attributes:
        kind: The kind of the buckets.
        buckets: A bucket for each label, in the order of the labels.
        is_iso: Whether the labels were written as ISO days.
    """

    kind: BucketKind
    buckets: tuple[Bucket, ...]
    is_iso: bool = False


def read_labels(labels: Sequence[str], period: Period, dimension: str = "", pattern: str = "") -> ReadLabels | None:
    """Return labels as buckets of time; None where a label is none, or where they read in two ways.

    Args:
        labels: The labels of an answer.
        period: The days asked for; other forms than those of ISO have to lie in or beside it.
        dimension: The name of the dimension, which decides whether a bare number is a year, and whether `4711-12` may
            be a month of any year.
        pattern: The author's pattern of days, such as `dd/MM/yyyy`; it goes before all other forms.
    """
    texts = [label.strip() for label in labels]
    if not texts:
        return None
    if pattern and (days := _matched(texts, _compiled(pattern))):
        return ReadLabels(_kind(days, period, dimension), tuple(days))
    if read := _iso_days(texts, period, dimension) or _iso_units(texts, period, dimension):
        return read
    if _is_of_time(dimension) and (years := _years(texts, period, dimension)):
        return ReadLabels(BucketKind("year"), tuple(years))
    found = _only_reading(texts, period, dimension)
    return ReadLabels(_kind(found, period, dimension), tuple(found)) if found else None


def _kind(days: _Read, period: Period, dimension: str) -> BucketKind:
    """Return the kind of buckets written by their first days: by the name of the dimension, else by the days."""
    unit = _UNITS.get(dimension.casefold())
    if unit and len({BucketKind(unit).containing(day) for day in days}) == len(set(days)):
        return BucketKind(unit)
    return kind_of_days(days, period)


def _iso_days(texts: Sequence[str], period: Period, dimension: str) -> ReadLabels | None:
    matches = [_ISO_DAY.fullmatch(text) for text in texts]
    days = [_bucket(match) for match in matches]
    if any(day is None for day in days):
        return None
    known = [day for day in days if day is not None]
    hours = _hours([(day.day, match) for day, match in zip(known, matches, strict=True) if match])
    is_hourly = len(set(hours)) > len(set(known)) and all(match and match["min"] in {None, "00"} for match in matches)
    if is_hourly:
        return ReadLabels(BucketKind("hour"), tuple(hours), is_iso=True)
    return ReadLabels(_kind(known, period, dimension), tuple(known), is_iso=True)


def _hours(found: Sequence[tuple[date, re.Match[str]]]) -> list[Bucket]:
    """Return the hours of matches of `_ISO_DAY`; of two of one name in different zones the western is the second."""
    hours = [Bucket(day, int(match["h"] or 0)) for day, match in found]
    zones: dict[Bucket, set[int]] = {}
    for hour, (_, match) in zip(hours, found, strict=True):
        zones.setdefault(hour, set()).add(_minutes_east(match["zone"]))
    return [
        hour._replace(second=_minutes_east(match["zone"]) < max(zones[hour]))
        for hour, (_, match) in zip(hours, found, strict=True)
    ]


def _minutes_east(zone: str | None) -> int:
    """Return by how many minutes the clocks of a zone, such as `-04:00`, are before those of UTC."""
    if not zone or zone in {"Z", "UTC"}:
        return 0
    minutes = 60 * int(zone[1:3]) + int(zone[-2:])
    return -minutes if zone[0] == "-" else minutes


def _is_of_time(dimension: str) -> bool:
    return not dimension or bool(_TIME_WORDS.search(dimension))


def _is_time_alone(dimension: str) -> bool:
    """Return whether a dimension is called by a unit of time and nothing else, unlike `birth_year`."""
    return _TIME_ALONE.fullmatch(re.split(r"[:.]", dimension)[-1]) is not None


def _iso_units(texts: Sequence[str], period: Period, dimension: str) -> ReadLabels | None:
    """Return labels as months, weeks or quarters; those of a dimension that is not called by time lie near its period.

    A number of an article may look like a month: `1234-05`.
    """
    for unit, form in _ISO_UNITS.items():
        matches = [form.fullmatch(text) for text in texts]
        if all(matches):
            buckets = [_bucket_of_unit(unit, int(match[1]), int(match[2])) for match in matches if match]
            read = [bucket for bucket in buckets if bucket]
            is_read = len(read) == len(texts) and (_is_of_time(dimension) or _are_near(read, period))
            return ReadLabels(BucketKind(unit), tuple(read)) if is_read else None
    return None


def _bucket_of_unit(unit: BucketUnit, year: int, number: int) -> Bucket | None:
    try:
        if unit == "week":
            return Bucket(date.fromisocalendar(year, number, 1))
        return Bucket(date(year, 3 * number - 2 if unit == "quarter" else number, 1))
    except ValueError:
        return None


def _are_near(days: _Read, period: Period, margin: int = _NEAR) -> bool:
    """Return whether days lie in a period, or so many days beside it at most."""
    near = timedelta(days=margin)
    return all(period.start - near <= each.day <= period.end + near for each in days)


def is_bare_year(text: str) -> bool:
    """Return whether a text may be a year, from 1000 to 2999."""
    return re.fullmatch(r"[12]\d{3}", text) is not None


def _years(texts: Sequence[str], period: Period, dimension: str) -> list[Bucket] | None:
    """Return bare years, of which one at least is a year of the period; all of `birth_year` lie in it or beside it."""
    if not all(map(is_bare_year, texts)):
        return None
    beside = [int(text) - period.start.year for text in texts if int(text) < period.start.year]
    beside += [int(text) - period.end.year for text in texts if int(text) > period.end.year]
    if len(beside) == len(texts) or not (_is_time_alone(dimension) or set(beside) <= {-1, 1}):
        return None
    return [Bucket(date(int(text), 1, 1)) for text in texts]


def _only_reading(texts: Sequence[str], period: Period, dimension: str) -> _Read | None:
    """Return the days of the one form that all labels have and that fits the period; None where two forms do.

    Digits alone are days of a dimension that is called by time, or where they are many: ids of campaigns and orders
    look like them.
    """
    of_digits: tuple[Callable[[Sequence[str]], _Read | None], ...] = (
        lambda every: _matched(every, re.compile(r"(?P<y>\d{4})(?P<m>\d{2})(?P<d>\d{2})")),
        _epochs,
    )
    forms: tuple[Callable[[Sequence[str]], _Read | None], ...] = (
        *(of_digits if _is_of_time(dimension) or len(set(texts)) >= _MANY else ()),
        lambda every: _matched(every, re.compile(rf"(?P<d>\d{{1,2}}){_SPLIT}(?P<m>\d{{1,2}}){_SPLIT}(?P<y>\d{{4}})")),
        lambda every: _matched(every, re.compile(rf"(?P<m>\d{{1,2}}){_SPLIT}(?P<d>\d{{1,2}}){_SPLIT}(?P<y>\d{{4}})")),
        lambda every: _named_days(every, period),
        lambda every: _japanese_days(every, period),
    )
    readings = {tuple(days): None for form in forms if (days := form(texts))}
    for margin in (0, max(_BESIDE, period.days)):
        fitting = [days for days in readings if _are_near(days, period, margin)]
        if fitting:
            return fitting[0] if len(fitting) == 1 else None
    return None


def _matched(texts: Sequence[str], form: re.Pattern[str]) -> list[Bucket] | None:
    """Return the days of labels in a form with `y`, `m` and `d`; None where a label is no such day."""
    days = [_bucket(form.fullmatch(text)) for text in texts]
    return None if any(day is None for day in days) else [day for day in days if day]


def _bucket(match: re.Match[str] | None) -> Bucket | None:
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
