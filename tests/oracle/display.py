"""Values and changes as a reader of a locale expects them: decimals, halves away from zero, and CLDR through Babel."""

from __future__ import annotations

import re
from decimal import ROUND_HALF_UP, Decimal, localcontext
from typing import TYPE_CHECKING, TypeAlias

from babel import Locale
from babel.numbers import format_currency, format_decimal, format_percent, get_currency_precision
from babel.units import format_unit

if TYPE_CHECKING:
    from collections.abc import Iterable

Number: TypeAlias = "int | float"
MINUS = "\N{MINUS SIGN}"
LOCALES = ("en", "pt-BR", "es", "ar", "ja", "de", "fr")
DURATIONS = {"milliseconds": Decimal("0.001"), "seconds": Decimal(1), "minutes": Decimal(60), "hours": Decimal(3600)}
POINTS = {"ar": "نقطة مئوية", "de": "PP", "es": "p.p.", "fr": "pt", "ja": "ポイント", "pt": "p.p."}
RATES = {"percent": 100, "percent_100": 1}

_BIDI = re.compile("[\u200e\u200f\u061c\u2066-\u2069\u202a-\u202e]")
_DECIMALS = {"count": 0, "decimal": 2, "percent": 1, "percent_100": 1}


def exact(value: Number) -> Decimal:
    """Return a number as the decimal that JSON writes it as."""
    return Decimal(repr(value))


def total(values: Iterable[Number]) -> Decimal:
    """Add numbers as they are written."""
    return sum((exact(value) for value in values), Decimal(0))


def rounded(number: Decimal, digits: int) -> Decimal:
    """Round to so many decimals, halves away from zero."""
    with localcontext(prec=60):
        near = number.quantize(Decimal(1).scaleb(-digits), rounding=ROUND_HALF_UP)
    return near or abs(near)  # no minus before 0


def quotient(part: Decimal, whole: Decimal) -> Decimal:
    """Divide with digits to spare."""
    with localcontext(prec=60):
        return part / whole


def plain(text: str) -> str:
    """Return a text without marks of direction, its spaces single and ordinary, to compare texts of a page by."""
    return re.sub(r"\s+", " ", _BIDI.sub("", text)).strip()


def value_text(
    value: Number | Decimal, unit: str, locale: str, currency: str = "USD", decimals: int | None = None
) -> str:
    """Write a value of a unit, as it must be printed."""
    number = value if isinstance(value, Decimal) else exact(value)
    cldr = Locale.parse(locale, sep="-")
    if unit in DURATIONS:
        seconds = quotient(number * DURATIONS[unit], Decimal(1))
        digits = _clock_digits(abs(seconds)) if decimals is None else decimals
        return plain(_duration(seconds, digits, cldr)).replace("-", MINUS)
    if unit == "raw":
        return plain(str(format_decimal(number, locale=cldr, decimal_quantization=False))).replace("-", MINUS)
    digits = _DECIMALS.get(unit, 0) if decimals is None else decimals
    if unit in RATES:
        near = rounded(number * RATES[unit], digits)
        return plain(_fixed_percent(near, digits, cldr)).replace("-", MINUS)
    if unit == "currency":
        digits = get_currency_precision(currency) if decimals is None else decimals
        text = format_currency(
            rounded(number, digits), currency, _currency_pattern(cldr, digits), cldr, currency_digits=False
        )
        text = re.sub(r"(?<=[A-Z])(?=\d)", " ", text)  # CLDR, spacing of currencies: a code stands apart
        return plain(text).replace("-", MINUS)
    return plain(_fixed(rounded(number, digits), digits, cldr)).replace("-", MINUS)


def change_text(value: Number, before: Number, unit: str, locale: str, currency: str = "USD") -> str:
    """Write how far a value moved: percent up to eleven times a value above zero, points for rates, else the gap."""
    moved = exact(value) - exact(before)
    if unit in RATES:
        points = rounded(moved * RATES[unit], 1)
        word = POINTS.get(locale[:2], "pp")
        return f"{_sign(points)}{value_text(points, 'decimal', locale, decimals=1)} {word}"
    if before > 0 and value >= 0 and moved <= 10 * exact(before):
        percent = rounded(quotient(100 * moved, abs(exact(before))), 1)
        return _sign(percent) + value_text(percent, "percent_100", locale)
    text = value_text(moved, unit, locale, currency)
    return f"+{text}" if moved > 0 and re.search("[1-9]", text) else text


def _sign(number: Decimal) -> str:
    return "+" if number > 0 else ""


def _fixed(number: Decimal, digits: int, cldr: Locale) -> str:
    return format_decimal(number, _with_digits(cldr.decimal_formats[None].pattern, digits), cldr)


def _fixed_percent(number: Decimal, digits: int, cldr: Locale) -> str:
    return format_percent(number / 100, _with_digits(cldr.percent_formats[None].pattern, digits), cldr)


def _currency_pattern(cldr: Locale, digits: int) -> str:
    return _with_digits(cldr.currency_formats["standard"].pattern, digits)


def _with_digits(pattern: str, digits: int) -> str:
    """Give a CLDR pattern so many decimals."""
    return re.sub(r"0(?:\.[0#]+)?", "0" + ("." + "0" * digits if digits else ""), pattern)


def _clock_digits(seconds: Decimal) -> int:
    """Return hundredths below a second and tenths below ten, but for whole seconds."""
    if seconds % 1 == 0:
        return 0
    if rounded(seconds, 2) < 1:
        return 2
    return 1 if rounded(seconds, 1) < 10 else 0


def _duration(seconds: Decimal, digits: int, cldr: Locale) -> str:
    """Write hours, minutes and seconds, the seconds with so many decimals."""
    near = rounded(seconds, digits)
    rest, parts = abs(near), list[str]()
    for name, size in (("hour", 3600), ("minute", 60), ("second", 1)):
        amount, rest = (rest, Decimal(0)) if name == "second" else divmod(rest, size)
        if name == "second" or abs(near) >= size:
            parts.append(_part(amount, digits if name == "second" else 0, name, cldr))
    return ("-" if near < 0 else "") + " ".join(parts)


def _part(amount: Decimal, digits: int, name: str, cldr: Locale) -> str:
    style = "narrow" if cldr.language == "en" else "short"
    sample = format_unit(Decimal("100.5"), f"duration-{name}", style, locale=cldr)  # type: ignore[arg-type] # a literal
    prefix, _, suffix = sample.partition(format_decimal(Decimal("100.5"), locale=cldr))
    number = f"{amount:.{digits}f}".replace(".", cldr.number_symbols["latn"]["decimal"])
    return f"{prefix}{number}{suffix}"
