"""What CLDR knows of a locale, through Babel: its patterns, its symbols, and how numbers are rounded for them."""

from __future__ import annotations

from copy import copy
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache
from typing import TYPE_CHECKING, Literal

from babel import Locale, UnknownLocaleError
from babel.numbers import get_currency_precision, get_currency_symbol, get_decimal_symbol, get_group_symbol

if TYPE_CHECKING:
    from babel.numbers import NumberPattern

    from reportgen.model import Unit

_DECIMALS = {"count": 0, "decimal": 2, "percent": 1, "percent_100": 1}
_CURRENCY_DECIMALS = 2
_TRIED = ("0", "-1", "999.995", "-1234.5", "12345", "123456.7", "-98765432109.876")


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


@lru_cache(maxsize=256)
def fixed_pattern(cldr: Locale, kind: Literal["decimal", "percent"], digits: int) -> NumberPattern:
    """Return the locale's pattern with a fixed number of decimals."""
    pattern: NumberPattern = copy(cldr.decimal_formats[None] if kind == "decimal" else cldr.percent_formats[None])
    pattern.frac_prec = (digits, digits)
    return pattern


@lru_cache(maxsize=256)
def _separators(cldr: Locale, digits: int) -> dict[int, str] | None:
    """Return what stands for Python's comma and point; None where a locale writes numbers in another way."""
    separators = {ord(","): get_group_symbol(cldr), ord("."): get_decimal_symbol(cldr)}
    pattern = fixed_pattern(cldr, "decimal", digits)
    tried = (rounded(Decimal(text), digits) for text in _TRIED)
    same = (f"{one:,.{digits}f}".translate(separators) == pattern.apply(one, cldr) for one in tried)
    return separators if all(same) else None


def fixed_text(number: Decimal, digits: int, cldr: Locale) -> str:
    """Write a number with so many decimals as the locale's pattern has it, halves away from zero.

    Python itself is several times as fast where all that differs is which separators are used.
    """
    near, separators = rounded(number, digits), _separators(cldr, digits)
    if separators is None:
        return str(fixed_pattern(cldr, "decimal", digits).apply(near, cldr))
    return f"{near:,.{digits}f}".translate(separators)


def currency_affixes(currency: str, cldr: Locale, *, negative: bool = False) -> tuple[str, str]:
    """Return what stands before and after an amount: the symbol and the minus where the locale puts them."""
    pattern = cldr.currency_formats["standard"]
    symbol = get_currency_symbol(currency, locale=cldr)
    return pattern.prefix[negative].replace("¤", symbol), pattern.suffix[negative].replace("¤", symbol)


def decimals_of(unit: Unit) -> int:
    """Return how many decimals a unit is written with: the author's, else the currency's or the kind's."""
    if unit.decimals is not None:
        return unit.decimals
    if unit.name == "currency":
        return get_currency_precision(unit.currency) if unit.currency else _CURRENCY_DECIMALS
    return _DECIMALS.get(unit.name or "", 0)


def rounded(number: Decimal, digits: int) -> Decimal:
    """Round to so many decimals, halves away from zero."""
    near = number.quantize(Decimal(1).scaleb(-digits), rounding=ROUND_HALF_UP)
    return abs(near) if near == 0 else near  # no "-0"
