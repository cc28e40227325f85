"""CLDR's number patterns and symbols of a locale, through Babel, and the rounding of numbers for them."""

from __future__ import annotations

import unicodedata
from copy import copy
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache
from typing import TYPE_CHECKING, Literal

from babel import Locale, UnknownLocaleError
from babel.numbers import get_currency_precision, get_currency_symbol, get_decimal_symbol, get_group_symbol

if TYPE_CHECKING:
    from babel.numbers import NumberPattern

    from reportgen.model import Unit

NO_BREAK = "\N{NO-BREAK SPACE}"

_DECIMALS = {"count": 0, "decimal": 2, "percent": 1, "percent_100": 1}
_CURRENCY_DECIMALS = 2
_LEFT_TO_RIGHT, _RIGHT_TO_LEFT = "\N{LEFT-TO-RIGHT MARK}", "\N{RIGHT-TO-LEFT MARK}"
_SAMPLES = ("0", "-1", "999.995", "-1234.5", "12345", "123456.7", "-98765432109.876")


@lru_cache(maxsize=64)
def babel_locale(name: str) -> Locale:
    """Return the CLDR locale of a hyphenated name (`pt-BR`).

    Raises:
        ValueError: CLDR has no such locale.
    """
    try:
        return Locale.parse(name, sep="-")
    except (UnknownLocaleError, ValueError) as error:
        raise ValueError(f"{name!r} is no locale of CLDR") from error


@lru_cache(maxsize=256)
def fixed_pattern(cldr: Locale, kind: Literal["decimal", "percent"], digits: int) -> NumberPattern:
    """Return the locale's pattern with a fixed number of decimals."""
    pattern: NumberPattern = copy(cldr.decimal_formats[None] if kind == "decimal" else cldr.percent_formats[None])
    pattern.frac_prec = (digits, digits)
    return pattern


@lru_cache(maxsize=256)
def _separators(cldr: Locale, digits: int) -> dict[int, str] | None:
    """Return the locale's signs for Python's comma and point, or None where they do not make its numbers."""
    separators = {ord(","): get_group_symbol(cldr), ord("."): get_decimal_symbol(cldr)}
    pattern = fixed_pattern(cldr, "decimal", digits)
    samples = (rounded(Decimal(text), digits) for text in _SAMPLES)
    same = (f"{sample:,.{digits}f}".translate(separators) == pattern.apply(sample, cldr) for sample in samples)
    return separators if all(same) else None


def fixed_text(number: Decimal, digits: int, cldr: Locale) -> str:
    """Return a number with a fixed number of decimals in the locale's pattern, halves away from zero.

    Python's own formatting is several times as fast as the pattern, and serves where only the separators differ.
    """
    near, separators = rounded(number, digits), _separators(cldr, digits)
    if separators is None:
        return str(fixed_pattern(cldr, "decimal", digits).apply(near, cldr))
    return f"{near:,.{digits}f}".translate(separators)


@lru_cache(maxsize=64)
def compact_divisors(cldr: Locale) -> tuple[tuple[int, int], ...]:
    """Return the sizes of numbers, the largest first, each with the number that its short form is divided by."""
    patterns = cldr.compact_decimal_formats["short"]["other"].items()
    sizes = ((int(size), int(size) // 10 ** (pattern.pattern.count("0") - 1)) for size, pattern in patterns)
    return tuple(sorted(sizes, reverse=True))


def currency_affixes(currency: str, cldr: Locale, *, negative: bool) -> tuple[str, str]:
    """Return the prefix and suffix of an amount: its symbol and its minus where the locale puts them.

    A symbol of letters stands apart from digits beside it (UTS 35, currency spacing): IDR 1,234.
    """
    pattern = cldr.currency_formats["standard"]
    symbol = get_currency_symbol(currency, locale=cldr)
    # After a mark that turns the symbol the minus would stand behind the digits, as it does nowhere else.
    prefix = pattern.prefix[negative].replace(f"{_RIGHT_TO_LEFT}-", f"{_RIGHT_TO_LEFT}{_LEFT_TO_RIGHT}-")
    suffix = pattern.suffix[negative]
    before = NO_BREAK if prefix.endswith("¤") and _is_word(symbol[-1]) else ""
    behind = NO_BREAK if suffix.startswith("¤") and _is_word(symbol[0]) else ""
    return prefix.replace("¤", symbol) + before, behind + suffix.replace("¤", symbol)


def _is_word(letter: str) -> bool:
    """Return whether a letter of a symbol is no sign such as $ and no space."""
    return unicodedata.category(letter)[0] not in "SZ"


def decimals_of(unit: Unit) -> int:
    """Return the number of decimals of a unit: the author's, else the currency's or the unit name's."""
    if unit.decimals is not None:
        return unit.decimals
    if unit.name == "currency":
        return get_currency_precision(unit.currency) if unit.currency else _CURRENCY_DECIMALS
    return _DECIMALS.get(unit.name or "", 0)


def rounded(number: Decimal, digits: int) -> Decimal:
    """Return a number rounded to some decimals, halves away from zero."""
    near = number.quantize(Decimal(1).scaleb(-digits), rounding=ROUND_HALF_UP)
    return abs(near) if near == 0 else near  # no "-0"
