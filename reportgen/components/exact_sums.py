"""Exact sums of values, and how far rounding and floating point may have moved them."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from reportgen.model import Number, Value

_NOISE = Decimal("1e-9")  # of a sum of floats, as a share: 37 may come as 37.000000000000002


@dataclass(frozen=True, slots=True)
class ExactSum:
    """A sum of values.

    Attributes:
        value: The sum of the values as they came.
        rounding: The most that the rounding of its values may have moved it: half a unit of the last digit of each.
        noise: The most that floating point may have moved it; zero for whole numbers.
    """

    value: Decimal
    rounding: Decimal = Decimal(0)
    noise: Decimal = Decimal(0)

    def differs(self, other: ExactSum) -> bool:
        """Return whether two sums differ by more than rounding and floating point explain."""
        slack = self.rounding + other.rounding + self.noise + other.noise
        return abs(self.value - other.value) > slack

    def is_another_value(self, other: ExactSum) -> bool:
        """Return whether two sums differ by more than floating point explains."""
        return abs(self.value - other.value) > self.noise + other.noise


def exact_sum(values: Iterable[Number]) -> ExactSum:
    """Return the exact sum of values."""
    numbers = [Decimal(repr(value)) for value in values]
    exponents = [min(0, int(number.as_tuple().exponent)) for number in numbers]
    rounding = sum((Decimal(5).scaleb(exponent - 1) for exponent in exponents if exponent), Decimal(0))
    size = sum(map(abs, numbers), Decimal(0))
    return ExactSum(sum(numbers, Decimal(0)), rounding, size * _NOISE if any(exponents) else Decimal(0))


def numbers_of(values: Sequence[Value]) -> list[Number]:
    """Return the numbers among values."""
    return [value for value in values if isinstance(value, int | float)]
