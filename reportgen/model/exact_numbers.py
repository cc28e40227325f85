"""Exact arithmetic on the values of charts and tables, which are floats as they came."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from reportgen.model.units import Number


def meant(value: Number) -> Number:
    """Return a number with the first 15 of its digits, which are those that a float keeps: 0.3 for 0.1 + 0.2.

    Whole numbers have all of theirs.
    """
    return value if isinstance(value, int) or value.is_integer() else float(f"{value:.15g}")


def exact(value: Number | Decimal) -> Decimal:
    """Return a number as the decimal that it is written as; no range is too wide for it."""
    return value if isinstance(value, Decimal) else Decimal(repr(value))


def sum_of(values: Iterable[Number | None]) -> Decimal:
    """Return the exact sum of the values that are there; 0 without any."""
    return sum((exact(value) for value in values if value is not None), Decimal(0))


def number_of(value: Decimal) -> Number:
    """Return a decimal as an integer where it is whole, else as a float."""
    return int(value) if value == value.to_integral_value() else float(value)
