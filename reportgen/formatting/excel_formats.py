"""The Excel cell of a value: its number format and typed value, from the same unit as the text on the page."""

from __future__ import annotations

from decimal import Decimal
from functools import lru_cache
from typing import TYPE_CHECKING

from reportgen.formatting.cldr import babel_locale, currency_affixes, decimals_of
from reportgen.formatting.dates import day_of
from reportgen.formatting.durations import SECONDS_IN, clock_affixes, clock_parts
from reportgen.model import RATES

if TYPE_CHECKING:
    from datetime import date

    from babel import Locale

    from reportgen.model import Number, Unit, Value

_SECONDS_A_DAY = 86_400


def excel_format(value: Value, unit: Unit, locale: str) -> str:
    """Return the Excel number format that prints what `format_value` writes.

    Compact values are printed in full: a workbook serves to calculate.
    """
    if isinstance(value, str) or value is None:
        return _excel_date(locale) if unit.name == "date" else "@"
    if unit.name in SECONDS_IN:
        return _excel_clock(Decimal(repr(value)) * SECONDS_IN[unit.name], babel_locale(locale))
    if unit.name is None or unit.name in {"text", "date"}:
        return _excel_raw(value)
    return _excel_unit(_excel_digits(decimals_of(unit)), unit, locale)


def excel_value(value: Value, unit: Unit) -> Number | str | date | None:
    """Return a value as a typed cell holds it: durations and days as Excel's own, the rest unchanged."""
    if isinstance(value, str):
        return (day_of(value) or value) if unit.name == "date" else value
    if value is not None and unit.name in SECONDS_IN:
        return float(Decimal(repr(value)) * SECONDS_IN[unit.name] / _SECONDS_A_DAY)
    return value


@lru_cache(maxsize=256)  # asked for each cell, and a table has a handful of units
def _excel_unit(digits: str, unit: Unit, locale: str) -> str:
    """Return the number format with the sign of a rate or currency, and the minus, where the locale puts them."""
    cldr = babel_locale(locale)
    up, down = (_affixes(unit, cldr, negative=negative) for negative in (False, True))
    sections = [_quoted(prefix, unit) + digits + _quoted(suffix, unit) for prefix, suffix in (up, down)]
    leads = down == (f"-{up[0]}", up[1])  # Excel itself puts the minus in front of everything
    return sections[0] if leads else ";".join(sections)


def _affixes(unit: Unit, cldr: Locale, *, negative: bool) -> tuple[str, str]:
    """Return the prefix and suffix of a number, with its minus."""
    if unit.name == "currency" and unit.currency:
        return currency_affixes(unit.currency, cldr, negative=negative)
    pattern = cldr.percent_formats[None] if unit.name in RATES else cldr.decimal_formats[None]
    return pattern.prefix[negative], pattern.suffix[negative]


def _quoted(text: str, unit: Unit | None = None) -> str:
    """Return a quoted literal; the % of a fraction is not quoted, because it makes Excel multiply by a hundred."""
    if unit and unit.name == "percent":
        return "%".join(_quoted(part) for part in text.split("%"))
    return f'"{text}"' if text else ""


def _excel_raw(value: Number) -> str:
    """Return the number format that shows every digit of a number."""
    if "e" in repr(value):
        return "0.###############E+0"
    return _excel_digits(max(0, -int(Decimal(repr(value)).normalize().as_tuple().exponent)))


def _excel_digits(decimals: int) -> str:
    return "#,##0" + ("." + "0" * decimals if decimals else "")


def _excel_date(locale: str) -> str:
    """Return CLDR's medium date pattern in Excel's letters."""
    pattern: str = babel_locale(locale).date_formats["medium"].pattern
    return pattern.replace("M", "m").replace("'", '"').replace("y", "yyyy").replace("\u200f", "")


def _excel_clock(seconds: Decimal, cldr: Locale) -> str:
    """Return the number format of a duration, `[m]"m "s"s"`; Excel itself prints no negative times."""
    _, digits, names = clock_parts(seconds)
    code = ""
    for name in names:
        prefix, suffix = clock_affixes(name, cldr)
        letter = name[0] if code else f"[{name[0]}]"
        decimals = f".{'0' * digits}" if digits else ""
        code += _quoted(f"{' ' if code else ''}{prefix}") + letter + decimals + _quoted(suffix)
    return code.replace('""', "")
