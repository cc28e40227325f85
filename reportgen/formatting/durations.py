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

SHORT = {2: 1, 1: 10}
"""Decimals of a short duration whose author gave none -> the seconds that it is below."""

_OTHER = Decimal("100.5")  # a number of the plural class `other`, the only form that Excel can print


def clock(seconds: Decimal, cldr: Locale, decimals: int) -> list[tuple[Decimal, str]]:
    """Return the parts of a duration, each with its text; the first carries the minus."""
    near, names = clock_parts(seconds, decimals)
    parts: list[tuple[Decimal, str]] = []
    rest = abs(near)
    for name in names:
        amount, rest = (rest, Decimal(0)) if name == "second" else divmod(rest, PARTS[name])
        digits = decimals if name == "second" else 0
        number = f"{amount:.{digits}f}".replace(".", cldr.number_symbols["latn"]["decimal"])
        prefix, suffix = clock_affixes(name, cldr)
        parts.append((amount, f"{'-' if near < 0 and not parts else ''}{prefix}{number}{suffix}"))
    return parts


def clock_parts(seconds: Decimal, decimals: int) -> tuple[Decimal, list[str]]:
    """Return a rounded duration and the names of its parts."""
    near = rounded(seconds, decimals)
    return near, [name for name, size in PARTS.items() if name == "second" or abs(near) >= size]


def clock_decimals(seconds: Decimal) -> int:
    """Return the decimals of a duration whose author gave none: those of a short one, but none of whole seconds."""
    if seconds == seconds.to_integral_value():
        return 0
    return next((decimals for decimals, end in SHORT.items() if abs(rounded(seconds, decimals)) < end), 0)


@lru_cache(maxsize=256)
def clock_affixes(name: str, cldr: Locale) -> tuple[str, str]:
    """Return CLDR's prefix and suffix of hours, minutes or seconds: `1m` in English, `1 min` elsewhere."""
    style: Literal["narrow", "short"] = "narrow" if cldr.language == "en" else "short"  # narrow is often missing
    text = format_unit(_OTHER, f"duration-{name}", style, locale=cldr)
    prefix, _, suffix = text.partition(format_decimal(_OTHER, locale=cldr))
    return prefix, suffix
