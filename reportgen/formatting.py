"""Values to text in a locale, and to Excel cells: the only place that makes either.

Both come from the same unit, so the page and the workbook cannot disagree. Symbols, patterns and
names are CLDR's, through Babel. Halves are rounded away from zero, as Excel rounds them.
"""

from __future__ import annotations

import re
from copy import copy
from datetime import date
from decimal import ROUND_HALF_UP, Decimal, localcontext
from functools import lru_cache
from typing import TYPE_CHECKING, Literal

from babel import Locale, UnknownLocaleError
from babel.dates import format_date, format_interval, format_skeleton
from babel.numbers import (
    format_compact_decimal,
    format_decimal,
    format_scientific,
    get_currency_precision,
    get_currency_symbol,
)
from babel.units import format_unit

from reportgen.model import RATES, RAW, Unit

if TYPE_CHECKING:
    from babel.numbers import NumberPattern

    from reportgen.model import Change, Number, Value
    from reportgen.periods import Period

MINUS = "\N{MINUS SIGN}"
POINTS = "\N{NO-BREAK SPACE}pp"
"""What stands after a move in percentage points."""

SECONDS_IN = {"milliseconds": Decimal("0.001"), "seconds": Decimal(1), "minutes": Decimal(60), "hours": Decimal(3600)}
"""Duration unit -> seconds in one of it."""

_CLOCK = {"hour": 3600, "minute": 60, "second": 1}
"""CLDR's name of a part of a duration -> seconds in one; its first letter is Excel's code."""

_OTHER = Decimal("100.5")  # a number of the plural class `other`, the one form that Excel can print
_SECONDS_A_DAY = 86_400
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}([T ]\d{2}:\d{2}.*)?")
_DIGITS = 700  # of the widest float, and of its smallest fraction
_DECIMALS = {"count": 0, "decimal": 2, "percent": 1, "percent_100": 1}
_CURRENCY_DECIMALS = 2


@lru_cache(maxsize=64)
def babel_locale(name: str) -> Locale:
    """Return the CLDR locale of a hyphenated name (`pt-BR`).

    Raises:
        ValueError: CLDR has no such locale.
    """
    try:
        return Locale.parse(name, sep="-")
    except (UnknownLocaleError, ValueError) as error:
        message = f"{name!r} is no locale of CLDR"
        raise ValueError(message) from error


def format_value(value: Value, unit: Unit, locale: str) -> str:
    """Write a value as a reader of the locale expects it.

    Args:
        value: In the API's own scale: a `percent` is a fraction (0.048), a `percent_100` is not
            (4.8), durations are in the unit's own measure. Text that is not an ISO day under
            `date` is returned as it is. None is the caller's to word.
        unit: What it is measured in; without a name a number keeps every digit it came with.
        locale: Hyphenated CLDR name.

    Raises:
        ValueError: The value is None.
    """
    if value is None:
        message = "a missing value has no text; the output words its reason"
        raise ValueError(message)
    if isinstance(value, str):
        day = _day_of(value) if unit.name == "date" else None
        return format_day(day, locale) if day else value
    if unit.name is None and "e" in repr(value):  # 1e-320 as it came, not in 322 characters
        return str(format_scientific(Decimal(repr(value)), locale=babel_locale(locale))).replace("-", MINUS)
    return _number_text(Decimal(repr(value)), unit, babel_locale(locale)).replace("-", MINUS)


def format_change(change: Change, unit: Unit, locale: str) -> str:
    """Write how far a value moved, with its sign: a percentage, or what stands in for one.

    Rates move in percentage points; a move from zero has no percentage and is written in the
    unit of the value.
    """
    if unit.name in RATES:
        return _signed(points_of(change, unit), points_unit(unit), locale) + POINTS
    if change.relative is not None:
        return _signed(Decimal(repr(change.relative)), Unit("percent"), locale)
    return _signed(Decimal(repr(change.absolute)), unit, locale)


def points_of(change: Change, unit: Unit) -> Decimal:
    """Return how many percentage points a rate moved."""
    return Decimal(repr(change.absolute)) * (100 if unit.name == "percent" else 1)


def points_unit(unit: Unit) -> Unit:
    """Return the unit that a rate's move in percentage points is written in."""
    return Unit("decimal", decimals=1 if unit.decimals is None else unit.decimals)


def format_axis(value: Number, unit: Unit, locale: str) -> str:
    """Write a value beside an axis: short, and only as exact as a tick is."""
    number = Decimal(repr(value))
    if unit.name in SECONDS_IN:
        parts = _clock(number * SECONDS_IN[unit.name], babel_locale(locale))
        return (" ".join(text for amount, text in parts if amount) or parts[-1][1]).replace("-", MINUS)
    if unit.name in RATES:
        exact = number.normalize() * (100 if unit.name == "percent" else 1)
        digits = max(0, -int(exact.normalize().as_tuple().exponent))
        return format_value(value, Unit(unit.name, decimals=digits), locale)
    cldr = babel_locale(locale)
    with localcontext(prec=_DIGITS):
        short = _compact(number, 2, cldr) or _plain_text(number, RAW, cldr)
    return _with_currency(short, unit, cldr).replace("-", MINUS)


def format_day(day: date, locale: str) -> str:
    """Write a day with its year, `Oct 3, 2026`."""
    return format_date(day, "medium", locale=babel_locale(locale))


def format_short_day(day: date, locale: str) -> str:
    """Write a day without its year, `Oct 3`."""
    return str(format_skeleton("MMMd", day, locale=babel_locale(locale)))


def format_period(period: Period, locale: str, *, brief: bool = False) -> str:
    """Write a period as briefly as it can be said: `October 2026`, `Q3 2026`, `Oct 1 \N{EN DASH} 15, 2026`.

    Args:
        period: What to write.
        locale: Hyphenated CLDR name.
        brief: Whether a month is cut short, `Oct 2026`.
    """
    cldr = babel_locale(locale)
    if period.start == period.end:
        return format_date(period.start, "long", locale=cldr)
    skeletons = {7: "yMMM" if brief else "yMMMM", 4: "y"}  # by the length of `2026-10` and `2026`
    if "Q" in period.id:
        return str(format_skeleton("yQQQ", period.start, locale=cldr))
    if skeleton := skeletons.get(len(period.id)):
        return str(format_skeleton(skeleton, period.start, locale=cldr))
    return format_dates(period, locale)


def format_dates(period: Period, locale: str) -> str:
    """Write the first and the last day of a period, `Oct 1 \N{EN DASH} 31, 2026`."""
    return str(format_interval(period.start, period.end, "yMMMd", locale=babel_locale(locale)))


def excel_format(value: Value, unit: Unit, locale: str) -> str:
    """Return the Excel number format that prints what `format_value` writes.

    Compact values are printed in full: a workbook is there to calculate with.
    """
    if isinstance(value, str) or value is None:
        return _excel_date(locale) if unit.name == "date" else "@"
    if unit.name in SECONDS_IN:
        return _excel_clock(Decimal(repr(value)) * SECONDS_IN[unit.name], babel_locale(locale))
    if unit.name is None or unit.name in {"text", "date"}:
        return _excel_raw(value)
    return _excel_unit(_excel_digits(_decimals(unit)), unit, babel_locale(locale))


def excel_value(value: Value, unit: Unit) -> Number | str | date | None:
    """Return a value as a typed cell holds it: durations and days as Excel's own, the rest unchanged."""
    if isinstance(value, str):
        return (_day_of(value) or value) if unit.name == "date" else value
    if value is not None and unit.name in SECONDS_IN:
        return float(Decimal(repr(value)) * SECONDS_IN[unit.name] / _SECONDS_A_DAY)
    return value


def _number_text(number: Decimal, unit: Unit, cldr: Locale) -> str:
    with localcontext(prec=_DIGITS):
        return _plain_text(number + 0, unit, cldr)  # adding nothing turns -0 into 0


def _plain_text(number: Decimal, unit: Unit, cldr: Locale) -> str:
    if unit.name in SECONDS_IN:
        parts = [text for _, text in _clock(number * SECONDS_IN[unit.name], cldr)]
        return " ".join(parts)
    if unit.name is None or unit.name in {"text", "date"}:
        return str(cldr.decimal_formats[None].apply(number, cldr, decimal_quantization=False))
    digits = _decimals(unit)
    if unit.name in RATES:
        fraction = number if unit.name == "percent" else number / 100
        return str(_pattern(cldr, "percent", digits).apply(_round(fraction, digits + 2), cldr))
    short = _compact(number, 1, cldr) if unit.compact else None
    return _with_currency(short or _fixed(number, digits, cldr), unit, cldr)


def _fixed(number: Decimal, digits: int, cldr: Locale) -> str:
    return str(_pattern(cldr, "decimal", digits).apply(_round(number, digits), cldr))


def _compact(number: Decimal, digits: int, cldr: Locale) -> str | None:
    """Shorten a number; None where CLDR has no short form of its size, as for 12345 in German."""
    text: str = format_compact_decimal(number, locale=cldr, fraction_digits=digits)
    return text if any(map(str.isalpha, text)) else None


def _with_currency(text: str, unit: Unit, cldr: Locale) -> str:
    """Put the symbol and the minus of an amount where the locale has them."""
    if unit.name != "currency" or not unit.currency:
        return text
    negative = text.startswith("-")
    prefix, suffix = _currency_affixes(unit.currency, cldr, negative=negative)
    return f"{prefix}{text.removeprefix('-')}{suffix}"


@lru_cache(maxsize=256)
def _pattern(cldr: Locale, kind: Literal["decimal", "percent"], digits: int) -> NumberPattern:
    """Return the locale's pattern with a fixed number of decimals."""
    pattern: NumberPattern = copy(cldr.decimal_formats[None] if kind == "decimal" else cldr.percent_formats[None])
    pattern.frac_prec = (digits, digits)
    return pattern


def _currency_affixes(currency: str, cldr: Locale, *, negative: bool = False) -> tuple[str, str]:
    """Return what stands before and after an amount: the symbol and the minus where the locale puts them."""
    pattern = cldr.currency_formats["standard"]
    symbol = get_currency_symbol(currency, locale=cldr)
    return pattern.prefix[negative].replace("¤", symbol), pattern.suffix[negative].replace("¤", symbol)


def _decimals(unit: Unit) -> int:
    if unit.decimals is not None:
        return unit.decimals
    if unit.name == "currency":
        return get_currency_precision(unit.currency) if unit.currency else _CURRENCY_DECIMALS
    return _DECIMALS.get(unit.name or "", 0)


def _round(number: Decimal, digits: int) -> Decimal:
    rounded = number.quantize(Decimal(1).scaleb(-digits), rounding=ROUND_HALF_UP)
    return abs(rounded) if rounded == 0 else rounded  # no "-0"


def _clock(seconds: Decimal, cldr: Locale) -> list[tuple[Decimal, str]]:
    """Return the parts of a duration, each with its text; the first carries the minus."""
    rounded, digits, names = _clock_parts(seconds)
    parts: list[tuple[Decimal, str]] = []
    rest = abs(rounded)
    for name in names:
        amount, rest = (rest, Decimal(0)) if name == "second" else divmod(rest, _CLOCK[name])
        number = f"{amount:.{digits}f}".replace(".", cldr.number_symbols["latn"]["decimal"])
        prefix, suffix = _clock_affixes(name, cldr)
        parts.append((amount, f"{'-' if rounded < 0 and not parts else ''}{prefix}{number}{suffix}"))
    return parts


def _clock_parts(seconds: Decimal) -> tuple[Decimal, int, list[str]]:
    """Return a duration rounded, its decimals, and its parts: hundredths below a second, hours from one on."""
    fine = _round(seconds, 2)
    digits = 2 if seconds and abs(fine) < 1 else 0
    rounded = fine if digits else _round(seconds, 0)
    return rounded, digits, [name for name, size in _CLOCK.items() if name == "second" or abs(rounded) >= size]


@lru_cache(maxsize=256)
def _clock_affixes(name: str, cldr: Locale) -> tuple[str, str]:
    """Return what CLDR writes around hours, minutes or seconds: `1m` in English, `1 min` elsewhere."""
    style: Literal["narrow", "short"] = "narrow" if cldr.language == "en" else "short"  # narrow is often missing
    text = format_unit(_OTHER, f"duration-{name}", style, locale=cldr)
    prefix, _, suffix = text.partition(format_decimal(_OTHER, locale=cldr))
    return prefix, suffix


def _excel_clock(seconds: Decimal, cldr: Locale) -> str:
    """Return the number format of a duration, `[m]"m "s"s"`; Excel itself prints no negative times."""
    _, digits, names = _clock_parts(seconds)
    code = ""
    for name in names:
        prefix, suffix = _clock_affixes(name, cldr)
        letter = name[0] if code else f"[{name[0]}]"
        decimals = f".{'0' * digits}" if digits else ""
        code += _quoted(f"{' ' if code else ''}{prefix}") + letter + decimals + _quoted(suffix)
    return code.replace('""', "")


def _signed(number: Decimal, unit: Unit, locale: str) -> str:
    text = _number_text(number, unit, babel_locale(locale)).replace("-", MINUS)
    moved = number > 0 and any(digit in text for digit in "123456789")  # not what is rounded to nothing
    return f"+{text}" if moved else text


def _day_of(text: str) -> date | None:
    """Return the day a text is, with or without a time behind it; None where it is anything else."""
    if not _DAY.fullmatch(text):
        return None
    try:
        return date.fromisoformat(text[:10])
    except ValueError:
        return None


def _excel_unit(digits: str, unit: Unit, cldr: Locale) -> str:
    """Put the sign of a rate or a currency where the locale has it."""
    prefix, suffix = "", ""
    if unit.name in RATES:
        prefix, suffix = cldr.percent_formats[None].prefix[0], cldr.percent_formats[None].suffix[0]
        if unit.name == "percent":  # a bare % makes Excel multiply by a hundred
            return f"{prefix}{digits}{suffix}"
    elif unit.name == "currency" and unit.currency:
        prefix, suffix = _currency_affixes(unit.currency, cldr)
    return _quoted(prefix) + digits + _quoted(suffix)


def _quoted(text: str) -> str:
    return f'"{text}"' if text else ""


def _excel_raw(value: Number) -> str:
    """Show every digit that a number came with."""
    if "e" in repr(value):
        return "0.###############E+0"
    return _excel_digits(max(0, -int(Decimal(repr(value)).normalize().as_tuple().exponent)))


def _excel_digits(decimals: int) -> str:
    return "#,##0" + ("." + "0" * decimals if decimals else "")


def _excel_date(locale: str) -> str:
    """Turn CLDR's medium date pattern into Excel's letters."""
    pattern: str = babel_locale(locale).date_formats["medium"].pattern
    return pattern.replace("M", "m").replace("'", '"').replace("y", "yyyy").replace("\u200f", "")
