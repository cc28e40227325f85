"""The units that values are measured in."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Literal, TypeAlias

from pydantic import Field

Number: TypeAlias = int | float
UnitName: TypeAlias = Literal[
    "count",
    "decimal",
    "percent",
    "percent_100",
    "currency",
    "milliseconds",
    "seconds",
    "minutes",
    "hours",
    "date",
    "text",
]
Value: TypeAlias = Number | str | None

RATES: frozenset[UnitName | None] = frozenset({"percent", "percent_100"})


@dataclass(frozen=True, slots=True)
class Unit:
    """The unit of a value.

    Attributes:
        name: The closed word; None where the unit is unknown, and the value is printed as it came.
        currency: ISO 4217 code, for `currency`; None prints the amount without a symbol.
        decimals: Digits after the decimal sign; None leaves it to the unit and the currency.
        compact: Whether large values are shortened, 12.3K.
    """

    name: Annotated[
        UnitName | None, Field(alias="as", description="The closed word; None where the unit is unknown.")
    ] = None
    currency: str | None = None
    decimals: int | None = None
    compact: bool = False


RAW = Unit()


def number_or_none(value: Value) -> Number | None:
    """Return a value, or None for a text, with which nothing can be calculated."""
    return None if isinstance(value, str) else value
