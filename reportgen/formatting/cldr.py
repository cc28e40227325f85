"""What CLDR knows of a locale, through Babel: its patterns, its symbols, and how numbers are rounded for them."""

from __future__ import annotations

from copy import copy
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache
from typing import TYPE_CHECKING, Literal

from babel import Locale, UnknownLocaleError
from babel.numbers import get_currency_precision, get_currency_symbol

if TYPE_CHECKING:
    from babel.numbers import NumberPattern

    from reportgen.model import Unit

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


@lru_cache(maxsize=256)
def fixed_pattern(cldr: Locale, kind: Literal["decimal", "percent"], digits: int) -> NumberPattern:
    """Return the locale's pattern with a fixed number of decimals."""
    pattern: NumberPattern = copy(cldr.decimal_formats[None] if kind == "decimal" else cldr.percent_formats[None])
    pattern.frac_prec = (digits, digits)
    return pattern


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
