"""Durations in hours, minutes and seconds, as CLDR writes their parts."""

from __future__ import annotations

from decimal import Decimal
from functools import lru_cache
from typing import TYPE_CHECKING, Literal

from babel.numbers import format_decimal
from babel.units import format_unit

from reportgen.formatting.cldr import rounded

if TYPE_CHECKING:
    from babel import Locale

SECONDS_IN = {"milliseconds": Decimal("0.001"), "seconds": Decimal(1), "minutes": Decimal(60), "hours": Decimal(3600)}
"""Duration unit -> its seconds."""

PARTS = {"hour": 3600, "minute": 60, "second": 1}
"""CLDR's name of a part of a duration -> its seconds; its first letter is Excel's code."""

BELOW_A_SECOND = 2
"""Decimals of a duration below a second, the only duration that has any."""

_OTHER = Decimal("100.5")  # a number of the plural class `other`, the only form that Excel can print


def clock(seconds: Decimal, cldr: Locale, decimals: int) -> list[tuple[Decimal, str]]:
    """Return the parts of a duration, each with its text; the first carries the minus."""
    whole, digits, names = clock_parts(seconds, decimals)
    parts: list[tuple[Decimal, str]] = []
    rest = abs(whole)
    for name in names:
        amount, rest = (rest, Decimal(0)) if name == "second" else divmod(rest, PARTS[name])
        number = f"{amount:.{digits}f}".replace(".", cldr.number_symbols["latn"]["decimal"])
        prefix, suffix = clock_affixes(name, cldr)
        parts.append((amount, f"{'-' if whole < 0 and not parts else ''}{prefix}{number}{suffix}"))
    return parts


def clock_parts(seconds: Decimal, decimals: int) -> tuple[Decimal, int, list[str]]:
    """Return a rounded duration, its decimals and the names of its parts: decimals only below a second."""
    fine = rounded(seconds, decimals)
    digits = decimals if seconds and abs(fine) < 1 else 0
    whole = fine if digits else rounded(seconds, 0)
    return whole, digits, [name for name, size in PARTS.items() if name == "second" or abs(whole) >= size]


@lru_cache(maxsize=256)
def clock_affixes(name: str, cldr: Locale) -> tuple[str, str]:
    """Return CLDR's prefix and suffix of hours, minutes or seconds: `1m` in English, `1 min` elsewhere."""
    style: Literal["narrow", "short"] = "narrow" if cldr.language == "en" else "short"  # narrow is often missing
    text = format_unit(_OTHER, f"duration-{name}", style, locale=cldr)
    prefix, _, suffix = text.partition(format_decimal(_OTHER, locale=cldr))
    return prefix, suffix
