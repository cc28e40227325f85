"""Labels of answers read as buckets of time: which texts are days, weeks, months, quarters, years or hours."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, TypeAlias

from reportgen.periods.buckets import Bucket, BucketKind, kind_of_days
from reportgen.periods.written_days import day_of_match, day_readings, days_in_pattern

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

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
_BESIDE = 31  # days at least that a label may lie beside its period
_NEAR = 92  # days that a month, a week or a quarter may lie beside it where its dimension is not called by time
_TIME = r"(?:[T ](?P<h>\d{2}):(?P<min>\d{2})(?::\d{2}(?:\.\d+)?)?\s*(?P<zone>Z|UTC|[+-]\d{2}:?\d{2})?)?"
_ISO_DAY = re.compile(rf"(?P<y>\d{{4}})-(?P<m>\d{{2}})-(?P<d>\d{{2}}){_TIME}")
_ISO_UNITS: dict[BucketUnit, re.Pattern[str]] = {
    "month": re.compile(r"(\d{4})-(\d{2})"),
    "week": re.compile(r"(\d{4})-?W(\d{2})"),
    "quarter": re.compile(r"(\d{4})-?Q([1-4])"),
}
_TIME_WORDS = re.compile(r"date|day|week|month|quarter|year|hour|time|period", re.IGNORECASE)
_TIME_ALONE = re.compile(rf"(?:_|s|iso|fiscal|calendar|stat|{_TIME_WORDS.pattern})*|date_start", re.IGNORECASE)
_SIX_DIGITS = re.compile(r"(\d{4})(\d{2})")
_MANY = 7  # days that ids do not hit by chance

_Read: TypeAlias = "Sequence[Bucket]"


@dataclass(frozen=True, slots=True)
class ReadLabels:
    """Labels read as buckets.

    Attributes:
        kind: The kind of the buckets.
        buckets: A bucket for each label, in the order of the labels.
        is_iso: Whether the labels were written as ISO days.
        is_guessed: Whether they are days, and their kind follows from these alone, not from the dimension's name.
    """

    kind: BucketKind
    buckets: tuple[Bucket, ...]
    is_iso: bool = False
    is_guessed: bool = False


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
    if pattern and (days := days_in_pattern(texts, pattern)):
        return _of_days(days, period, dimension)
    if read := _iso_days(texts, period, dimension) or _iso_units(texts, period, dimension):
        return read
    if _is_of_time(dimension) and (years := _years(texts, period, dimension)):
        return ReadLabels(BucketKind("year"), tuple(years))
    found = _only_reading(texts, period, dimension)
    return _of_days(found, period, dimension) if found else None


def _of_days(days: _Read, period: Period, dimension: str, *, is_iso: bool = False) -> ReadLabels:
    """Return labels that were read as days, which may be the first days of weeks or months."""
    kind = _kind(days, period, dimension)
    return ReadLabels(kind, tuple(days), is_iso=is_iso, is_guessed=kind.unit not in dimension.casefold())


def read_buckets(labels: Sequence[str], period: Period, dimension: str = "", pattern: str = "") -> ReadLabels | None:
    """Return labels as the buckets that figures are counted in, as `read_labels` does; None where they name others.

    A dimension that is not called by time alone, such as `start_date`, may tell a day of what each row stands for. That
    is sure where one of these days is no day of the period.
    """
    read = read_labels(labels, period, dimension, pattern)
    if read is None or pattern or is_time_alone(dimension):
        return read
    return read if all(read.kind.overlaps(read.kind.containing(each), period) for each in read.buckets) else None


def _kind(days: _Read, period: Period, dimension: str) -> BucketKind:
    """Return the kind of buckets written by their first days: by the name of the dimension, else by the days."""
    unit = _UNITS.get(dimension.casefold())
    if unit and len({BucketKind(unit).containing(day) for day in days}) == len(set(days)):
        return BucketKind(unit)
    return kind_of_days(days, period)


def _iso_days(texts: Sequence[str], period: Period, dimension: str) -> ReadLabels | None:
    matches = [_ISO_DAY.fullmatch(text) for text in texts]
    days = [day_of_match(match) for match in matches]
    if any(day is None for day in days):
        return None
    known = [day for day in days if day is not None]
    hours = _hours([(day.day, match) for day, match in zip(known, matches, strict=True) if match])
    is_hourly = len(set(hours)) > len(set(known)) and all(match and match["min"] in {None, "00"} for match in matches)
    if is_hourly:
        return ReadLabels(BucketKind("hour"), tuple(hours), is_iso=True)
    return _of_days(known, period, dimension, is_iso=True)


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


def is_time_alone(dimension: str) -> bool:
    """Return whether a dimension is called by a unit of time and nothing else, unlike `birth_year` and `start_date`."""
    return _TIME_ALONE.fullmatch(re.split(r"[:.]", dimension)[-1]) is not None


def _iso_units(texts: Sequence[str], period: Period, dimension: str) -> ReadLabels | None:
    """Return labels as months, weeks or quarters; those of a dimension that is not called by time lie near its period.

    A number of an article may look like a month: `1234-05`.
    """
    for unit, form in _forms_of_units(dimension):
        matches = [form.fullmatch(text) for text in texts]
        if all(matches):
            buckets = [_bucket_of_unit(unit, int(match[1]), int(match[2])) for match in matches if match]
            read = [bucket for bucket in buckets if bucket]
            is_read = len(read) == len(texts) and (_is_of_time(dimension) or _are_near(read, period))
            return ReadLabels(BucketKind(unit), tuple(read)) if is_read else None
    return None


def _forms_of_units(dimension: str) -> Iterator[tuple[BucketUnit, re.Pattern[str]]]:
    """Yield the forms of months, weeks and quarters; six digits are those by which the dimension is called."""
    yield from _ISO_UNITS.items()
    units: tuple[BucketUnit, ...] = ("week", "month")
    yield from ((unit, _SIX_DIGITS) for unit in units if unit in dimension.casefold() and is_time_alone(dimension))


def bucket_name(label: str, unit: BucketUnit) -> str | None:
    """Return the name of a month, a quarter or a week, `2026-10`, `2026-Q4` or `2026-W40`.

    Args:
        label: A label in one of the forms of ISO, in six digits, or with the first day of the unit.
        unit: The unit of time.

    Returns:
        None where the label is of none of these forms.
    """
    text = label.strip()
    forms = (form.fullmatch(text) for form in (_ISO_UNITS[unit], *((_SIX_DIGITS,) if unit != "quarter" else ())))
    found = next((_bucket_of_unit(unit, int(match[1]), int(match[2])) for match in forms if match), None)
    found = found or _first_day(_ISO_DAY.fullmatch(text), unit)
    if found is None:
        return None
    if unit == "week":
        return "{}-W{:02d}".format(*found.iso_week())
    return f"{found.day:%Y-%m}" if unit == "month" else f"{found.day.year}-Q{(found.day.month + 2) // 3}"


def _first_day(match: re.Match[str] | None, unit: BucketUnit) -> Bucket | None:
    """Return the day of a label where a unit of the calendar begins with it; weeks are those of ISO."""
    day = day_of_match(match)
    return day if day and BucketKind(unit).containing(day) == day else None


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
    if len(beside) == len(texts) or not (is_time_alone(dimension) or set(beside) <= {-1, 1}):
        return None
    return [Bucket(date(int(text), 1, 1)) for text in texts]


def _only_reading(texts: Sequence[str], period: Period, dimension: str) -> _Read | None:
    """Return the days of the one form that all labels have and that fits the period; None where two forms do.

    Digits alone are days of a dimension that is called by time, or where they are many: ids of campaigns and orders
    look like them.
    """
    of_digits = _is_of_time(dimension) or len(set(texts)) >= _MANY
    readings = dict.fromkeys(day_readings(texts, period, of_digits=of_digits))
    for margin in (0, max(_BESIDE, period.days)):
        fitting = [days for days in readings if _are_near(days, period, margin)]
        if fitting:
            return fitting[0] if len(fitting) == 1 else None
    return None
