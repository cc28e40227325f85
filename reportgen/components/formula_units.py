"""The unit of a sum, a product or a quotient of two values."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reportgen.model import RAW, Unit

if TYPE_CHECKING:
    from collections.abc import Iterable

    from reportgen.model import UnitName

# Units of a family measure the same thing in other sizes: neither a sum nor a ratio of two of them is right.
_FAMILIES: dict[UnitName | None, str] = {
    "percent": "rate",
    "percent_100": "rate",
    "currency": "money",
    "milliseconds": "time",
    "seconds": "time",
    "minutes": "time",
    "hours": "time",
}
_AMOUNTS = frozenset({"money", "time"})
RATIO = Unit("decimal")


def combined(sign: str, left: Unit | None, right: Unit | None) -> Unit | None:
    """Return the unit of two combined values.

    Args:
        sign: `+`, `-`, `*` or `/`.
        left: The unit of the left value; None for a plain number, which goes with any unit.
        right: The unit of the right value.

    Raises:
        ValueError: The units do not go together.
    """
    if left is None or right is None:
        return _unit_with_number(sign, left, right)
    return _sum_unit(left, right) if sign in {"+", "-"} else _product_unit(sign, left, right)


def _unit_with_number(sign: str, left: Unit | None, right: Unit | None) -> Unit | None:
    """Return the unit of two values of which at least one is a plain number."""
    unit = left or right
    if sign != "/" or unit is None:
        return unit
    if left is None:
        return RATIO if unit.name == "decimal" else RAW
    return RATIO if unit.name == "count" else unit  # a part of a count is no whole number


def _sum_unit(left: Unit, right: Unit) -> Unit:
    """Return the unit of a sum: the unit of both values, unknown where either unit is unknown."""
    if left == right:
        return left
    if None in {left.name, right.name}:
        return RAW
    if {left.name, right.name} == {"count", "decimal"}:
        return RATIO
    if not _same(left, right):
        raise ValueError(conflict("added or subtracted", left, right))
    return Unit(left.name, left.currency if left.currency == right.currency else None)


def _product_unit(sign: str, left: Unit, right: Unit) -> Unit:
    """Return the unit of a product or a quotient."""
    if sign == "/" and None not in {left.name, right.name}:
        if _same(left, right):
            return RATIO
        if _family(left) == _family(right) is not None:
            raise ValueError(conflict("divided", left, right))
    if left.name == "count" and sign == "/" and right.name == "decimal":
        return RATIO
    if right.name == "decimal" or (right.name == "count" and _family(left) in _AMOUNTS):
        return Unit(left.name, left.currency)
    if sign == "*" and (left.name == "decimal" or (left.name == "count" and _family(right) in _AMOUNTS)):
        return Unit(right.name, right.currency)
    return RAW


def _family(unit: Unit) -> str | None:
    return _FAMILIES.get(unit.name)


def _same(left: Unit, right: Unit) -> bool:
    """Return whether two units are the same; an amount without a currency goes with any currency."""
    currencies = {left.currency, right.currency}
    return left.name == right.name and (left.currency == right.currency or None in currencies)


def conflict(operation: str, left: Unit, right: Unit) -> str:
    """Return the message that two values cannot be `operation`: added or subtracted, divided or compared."""
    first, second = (unit.currency or str(unit.name) for unit in (left, right))
    return f"{first} and {second} cannot be {operation}; give both numbers one format, or leave one out"


def shared_currency(units: Iterable[Unit | None]) -> str | None:
    """Return the currency of the amounts among the numbers of a formula, also where its result has no unit of theirs.

    Raises:
        ValueError: They are in several.
    """
    found = {unit.currency for unit in units if unit and unit.currency}
    if len(found) > 1:
        raise ValueError(f"{' and '.join(sorted(found))} cannot be calculated with together; leave one out")
    return next(iter(found), None)
