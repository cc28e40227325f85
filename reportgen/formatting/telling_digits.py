"""Rounding of values that does not mislead.

No value but 0 is written as 0, no part of a whole as 100 %, and none as if it were past a limit that it is not past.
"""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING

from reportgen.formatting.cldr import decimals_of, rounded
from reportgen.formatting.durations import SECONDS_IN, clock_decimals
from reportgen.model import RATES

if TYPE_CHECKING:
    from collections.abc import Callable, Collection

    from reportgen.model import Number, Reading, Unit, Value

_MOST_DECIMALS = 12  # that a figure is given; a smaller number is written as a bound
_PLAIN = frozenset({None, "text", "date"})  # printed with every digit
_WHOLE = 100
_UNMET = frozenset({"missed", "over"})


def telling_unit(value: Value, unit: Unit, *, free: bool | None = None) -> Unit:
    """Return the unit of a value with as many decimals as it takes not to mislead, as on a card: 0.004 %.

    Args:
        value: A number; any other value keeps its unit.
        unit: Its unit.
        free: Whether the decimals of the unit may be changed; None: where its author gave none.
    """
    changeable = unit.decimals is None if free is None else free
    if not changeable or not isinstance(value, int | float) or not value_misleads(value, unit):
        return unit
    shown = shown_number(value, unit)
    more = telling_decimals(shown, unit, printed_decimals(shown, unit))
    return unit if more is None else replace(unit, decimals=more)


def limited_unit(value: Value, unit: Unit, limits: Collection[float]) -> Unit:
    """Return the unit of a value with as many decimals as it takes to tell it from limits: 4.96 % from 5 %.

    Args:
        value: A number; any other value keeps its unit.
        unit: Its unit; decimals of its author are kept.
        limits: Limits in the scale of the value, which are printed with all of their digits.
    """
    if not isinstance(value, int | float):
        return unit
    step = 10.0 ** -decimals_of(unit) / float(_scale(unit))
    ends = [shown_number(limit, unit) for limit in limits if abs(value - limit) < step]
    if not ends:  # as floats decide for most values at once
        return unit

    def suffices(shown: Decimal, digits: int) -> bool:
        near = rounded(shown, digits)
        return all((near < end, near > end) == (shown < end, shown > end) for end in ends)

    return _with_decimals(value, unit, suffices)


def judged_unit(reading: Reading) -> Unit:
    """Return the unit of a reading and its goal with as many decimals as it takes to see that the goal was not met."""
    goal, unit = reading.goal, reading.unit
    if goal is None or goal.standing not in _UNMET:
        return unit
    numbers = [shown_number(number, unit) for number in goal.numbers]

    def suffices(shown: Decimal, digits: int) -> bool:
        # with the digits that are printed of each, which of durations may be more than those of the value
        return rounded(shown, digits) not in {
            rounded(number, max(digits, printed_decimals(number, unit))) for number in numbers
        }

    return _with_decimals(reading.value, unit, suffices)


def _with_decimals(value: Value, unit: Unit, suffices: Callable[[Decimal, int], bool]) -> Unit:
    """Return the unit of a value with the fewest decimals that suffice; the unit itself where none do."""
    changeable = unit.decimals is None and unit.name not in _PLAIN
    if not changeable or not isinstance(value, int | float):
        return unit
    shown = shown_number(value, unit)
    digits = printed_decimals(shown, unit)
    if suffices(shown, digits):
        return unit
    more = next((more for more in range(digits + 1, _MOST_DECIMALS + 1) if suffices(shown, more)), None)
    return unit if more is None else replace(unit, decimals=more)


def value_misleads(value: Number, unit: Unit) -> bool:
    """Return whether a value would mislead with the decimals of its unit."""
    if not _is_near(value, unit, decimals_of(unit)):
        return False
    shown = shown_number(value, unit)
    return misleads(shown, unit, printed_decimals(shown, unit))


def printed_decimals(shown: Decimal, unit: Unit) -> int:
    """Return the number of decimals of a printed number: those of its unit, of a duration those of its seconds."""
    return clock_decimals(shown) if unit.decimals is None and unit.name in SECONDS_IN else decimals_of(unit)


def shown_number(value: Number, unit: Unit) -> Decimal:
    """Return the number that is printed of a value: a rate in percent, a duration in seconds."""
    return Decimal(repr(value)) * _scale(unit)


def misleads(shown: Decimal, unit: Unit, digits: int) -> bool:
    """Return whether a printed number would be rounded to 0, or as a rate to 100 %, and is neither."""
    near = rounded(shown, digits)
    return near != shown and (near == 0 or (unit.name in RATES and abs(near) == _WHOLE))


def telling_decimals(shown: Decimal, unit: Unit, digits: int) -> int | None:
    """Return the fewest decimals with which a number does not mislead; None where these are too many to print."""
    return next((more for more in range(digits, _MOST_DECIMALS + 1) if not misleads(shown, unit, more)), None)


def bound_of(shown: Decimal, digits: int) -> tuple[str, Decimal]:
    """Return `<` or `>`, and the figure that a number above 0 is below or above: `<` and 0.1 for 0.04."""
    near, step = rounded(shown, digits), Decimal(1).scaleb(-digits)
    if near == 0:
        return "<", step
    return ">", near if shown > near else near - step


def _is_near(value: Number, unit: Unit, digits: int) -> bool:
    """Return whether a value may be rounded to 0 or to 100 %, by floats, which decide for most values at once."""
    if unit.name in _PLAIN or (isinstance(value, int) and unit.name not in RATES and unit.name not in SECONDS_IN):
        return False
    shown, close = abs(value) * float(_scale(unit)), 10.0**-digits
    return shown < close or (unit.name in RATES and abs(shown - _WHOLE) < close)


def _scale(unit: Unit) -> Decimal:
    return SECONDS_IN.get(unit.name or "") or Decimal(_WHOLE if unit.name == "percent" else 1)
