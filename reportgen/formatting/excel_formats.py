"""The Excel cell of a value: its number format and typed value, from the same unit as the text on the page."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import ROUND_FLOOR, Decimal
from functools import lru_cache
from typing import TYPE_CHECKING

from reportgen.formatting.cldr import babel_locale, currency_affixes, decimals_of, rounded
from reportgen.formatting.dates import written_day
from reportgen.formatting.display_text import format_value
from reportgen.formatting.durations import PARTS, SECONDS_IN, SHORT, clock_affixes, clock_parts
from reportgen.formatting.telling_digits import printed_decimals, shown_number, telling_unit, value_misleads
from reportgen.model import RATES, Unit

if TYPE_CHECKING:
    from datetime import date

    from babel import Locale

    from reportgen.model import Number, Value

_SECONDS_A_DAY = Decimal(86_400)
_SECONDS = Unit("seconds")
_LEAST = Decimal("1e-15")  # that a condition tells from 0
_QUOTE = '"'
_MOST_CLOCK_DECIMALS = 3  # of seconds, in Excel's formats of times
_NEARLY_ALL = 0.995  # from here on, whole percent would say all


def excel_format(value: Value, unit: Unit, locale: str) -> str:
    """Return the Excel number format that prints what `format_value` writes.

    Compact values are printed in full: a workbook serves to calculate. A bound, `<0.1%`, is a section of its own, so
    that another value in the cell prints as itself; a negative value has more decimals, as on the page.
    """
    if value is not None and unit.name == "date":
        return _excel_date(locale) if written_day(value) else "@"
    if isinstance(value, str) or value is None:
        return _excel_date(locale) if unit.name == "date" else "@"
    if unit.name is None or unit.name == "text":
        return _excel_raw(value)
    if unit.decimals is not None or not value_misleads(value, unit):
        return _excel_number(value, unit, locale)
    telling = telling_unit(value, unit)
    return _excel_number(value, telling, locale) if value < 0 else _excel_bound(value, unit, locale)


def excel_seconds(seconds: float, decimals: int | None, locale: str) -> str:
    """Return the number format of seconds held as a number, `#,##0"s"`: Excel prints no negative times."""
    unit = telling_unit(seconds, replace(_SECONDS, decimals=decimals))
    digits = printed_decimals(shown_number(seconds, unit), unit)
    prefix, suffix = clock_affixes("second", babel_locale(locale))
    return _quoted(prefix) + _excel_digits(digits) + _quoted(suffix)


def _excel_number(value: Number, unit: Unit, locale: str) -> str:
    if unit.name in SECONDS_IN:
        return _excel_clock(shown_number(value, unit), unit, babel_locale(locale))
    return _excel_unit(_excel_digits(decimals_of(unit)), unit, locale)


def _excel_bound(value: Number, unit: Unit, locale: str) -> str:
    """Return the number format of a value that the page gives a bound for, `[<=0]0.0%;[<0.0005]"<0.1%";0.0%`.

    Conditions rise from the smallest: the sections of what is greater would lose the minus in LibreOffice.
    """
    shown = shown_number(value, unit)
    digits = printed_decimals(shown, unit)
    near, half = rounded(shown, digits), Decimal(5).scaleb(-digits - 1)
    first, second = (near - half, near) if shown < near else (near, near + half)
    conditions = (f"[<{'=' if shown > near else ''}{_cell_number(first, unit)}]", f"[<{_cell_number(second, unit)}]")
    text = f'"{format_value(value, unit, locale)}"'
    if unit.name in SECONDS_IN:  # never negative here
        above, below = _excel_number(value, unit, locale).split(";")
        return f"{above};[>0]{text};{below}"
    plain = _excel_number(value, unit, locale).partition(";")[0]
    return f"{conditions[0]}{plain};{conditions[1]}{text};{plain}"


def _cell_number(shown: Decimal, unit: Unit) -> str:
    """Return a printed number as a cell holds it, in digits alone, and not above it: it is in its own section."""
    scale = {"percent": Decimal(100)}.get(unit.name or "", _SECONDS_A_DAY if unit.name in SECONDS_IN else Decimal(1))
    return f"{(shown / scale).quantize(_LEAST, ROUND_FLOOR):f}".rstrip("0").rstrip(".")


def excel_value(value: Value, unit: Unit) -> Number | str | date | None:
    """Return a value as a typed cell holds it: durations and days as Excel's own, the rest unchanged."""
    if value is not None and unit.name == "date":
        return written_day(value) or str(value)
    if isinstance(value, str):
        return value
    if value is not None and unit.name in SECONDS_IN:
        return float(shown_number(value, unit) / _SECONDS_A_DAY)
    return value


def excel_share(largest: float, locale: str) -> str:
    """Return the number format of the shares of a whole, `[<0.0005]"<0.1%";[<0.01]0.0%;0%`: none prints as 0 or all.

    Args:
        largest: The largest of the shares, 0 to 1; where it is nearly all, the others have decimals too.
        locale: Hyphenated CLDR name.
    """
    rate = Unit("percent")
    whole, fine = (_excel_unit(digits, rate, locale).partition(";")[0] for digits in ("0", "0.0"))
    least = f'[<0.0005]"{format_value(0.0004, rate, locale)}"'
    if _NEARLY_ALL <= largest < 1:
        return f'{least};[<0.9995]{fine};"{format_value(0.9996, rate, locale)}"'
    return f"{least};[<0.01]{fine};{whole}"


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


def excel_short_day(locale: str) -> str:
    """Return the number format of a day without its year, `mmm d`, for an axis of days."""
    pattern = str(babel_locale(locale).datetime_skeletons["MMMd"].pattern).replace("'", '"').replace("\u200f", "")
    return re.sub('"[^"]*"|[^\x00-\x7f]+', lambda text: f'"{text[0].strip(_QUOTE)}"', pattern).replace("M", "m")


def _excel_date(locale: str) -> str:
    """Return CLDR's medium date pattern in Excel's letters."""
    pattern: str = babel_locale(locale).date_formats["medium"].pattern
    return pattern.replace("M", "m").replace("'", '"').replace("y", "yyyy").replace("\u200f", "")


def _excel_clock(seconds: Decimal, unit: Unit, cldr: Locale) -> str:
    """Return the number format of a duration, `[m]"m "s"s"`; Excel itself prints no negative times.

    Decimals below a minute have sections of their own, for the durations that have as many: LibreOffice knows none
    behind `[s]`, and behind `s` rounds 1.96 down to 1.9 rather than up to the next second.
    """
    digits = min(printed_decimals(seconds, unit), _MOST_CLOCK_DECIMALS)
    near, names = clock_parts(seconds, digits)
    zeros = "0" * digits
    code = _clock_code(names, f".{zeros}" if digits else "", cldr)
    if not digits or len(names) > 1:
        return code
    fine = code.replace("[s]", f"s.{zeros}")
    if seconds < near == near.to_integral_value():
        half, sign = Decimal(5).scaleb(-digits - 1), cldr.number_symbols["latn"]["decimal"]
        up = code.replace("[s]", f'[s]"{sign}{zeros}"').replace('""', "")
        return f"[>={_cell_number(near, _SECONDS)}]{code};[>={_cell_number(near - half, _SECONDS)}]{up};{fine}"
    end = Decimal(SHORT[digits] if unit.decimals is None else PARTS["minute"])
    return f"[>={_cell_number(end, _SECONDS)}]{code};{fine}"


def _clock_code(names: list[str], fraction: str, cldr: Locale) -> str:
    """Return the code of the parts of a duration; seconds that follow minutes have a fraction."""
    code = ""
    for name in names:
        prefix, suffix = clock_affixes(name, cldr)
        letter = name[0] + (fraction if name == "second" else "") if code else f"[{name[0]}]"
        code += _quoted(f"{' ' if code else ''}{prefix}") + letter + _quoted(suffix)
    return code.replace('""', "")
