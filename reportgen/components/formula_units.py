"""What unit a sum, a product or a quotient of two values is in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reportgen.model import RAW, Unit

if TYPE_CHECKING:
    from reportgen.model import UnitName

# Units of one family measure the same thing in other sizes: neither a sum nor a ratio of two of them is right.
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


def combined(sign: str, one: Unit | None, other: Unit | None) -> Unit | None:
    """Return the unit of two values put together.

    Args:
        sign: One of `+ - * /`.
        one: Of the left value; None for a plain number, which goes with any unit.
        other: Of the right value.

    Raises:
        ValueError: The units do not go together.
    """
    if one is None or other is None:
        return _with_plain(sign, one, other)
    return _summed(one, other) if sign in {"+", "-"} else _multiplied(sign, one, other)


def _with_plain(sign: str, one: Unit | None, other: Unit | None) -> Unit | None:
    """Return the unit where one of the two is a plain number."""
    unit = one or other
    if sign != "/" or unit is None:
        return unit
    if one is None:
        return RATIO if unit.name == "decimal" else RAW
    return RATIO if unit.name == "count" else unit  # a part of a count is no whole number


def _summed(one: Unit, other: Unit) -> Unit:
    """Return the unit of a sum: that of both; where nobody said one of them, nobody says the sum's."""
    if one == other:
        return one
    if None in {one.name, other.name}:
        return RAW
    if {one.name, other.name} == {"count", "decimal"}:
        return RATIO
    if not _same(one, other):
        raise ValueError(_conflict("added or subtracted", one, other))
    return Unit(one.name, one.currency if one.currency == other.currency else None)


def _multiplied(sign: str, one: Unit, other: Unit) -> Unit:
    """Return the unit of a product or a quotient."""
    if sign == "/" and None not in {one.name, other.name}:
        if _same(one, other):
            return RATIO
        if _family(one) == _family(other) is not None:
            raise ValueError(_conflict("divided", one, other))
    if one.name == "count" and sign == "/" and other.name == "decimal":
        return RATIO
    if other.name == "decimal" or (other.name == "count" and _family(one) in _AMOUNTS):
        return Unit(one.name, one.currency)
    if sign == "*" and (one.name == "decimal" or (one.name == "count" and _family(other) in _AMOUNTS)):
        return Unit(other.name, other.currency)
    return RAW


def _family(unit: Unit) -> str | None:
    return _FAMILIES.get(unit.name)


def _same(one: Unit, other: Unit) -> bool:
    """Tell whether two units are one; an amount of which nobody said the currency goes with any."""
    named = {one.currency, other.currency} - {None}
    return one.name == other.name and len(named) < 2  # noqa: PLR2004 - two currencies


def _conflict(done: str, one: Unit, other: Unit) -> str:
    return f"{_said(one)} and {_said(other)} cannot be {done}; give both numbers one format, or leave one out"


def _said(unit: Unit) -> str:
    return unit.currency or str(unit.name)
