"""The value axis of a chart: its scale, and its round ticks."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from typing import TYPE_CHECKING

from reportgen.formatting import SECONDS_IN
from reportgen.model import exact

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from reportgen.model import Number, Unit

_NICE = (Decimal(1), Decimal(2), Decimal("2.5"), Decimal(5), Decimal(10))
_CLOCK = tuple(Decimal(seconds) for seconds in (1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600))
LINES = 4
"""About how many gridlines a plot has."""

_FLAT = 4


@dataclass(frozen=True, slots=True)
class Scale:
    """A value axis.

    Attributes:
        low: Value at its lower end, the first tick.
        high: Value at its upper end, above `low`.
        ticks: Values of the gridlines, ascending.
    """

    low: Decimal
    high: Decimal
    ticks: tuple[Decimal, ...]

    @property
    def step(self) -> Decimal | None:
        """The distance of two ticks; None of fewer."""
        return self.ticks[1] - self.ticks[0] if len(self.ticks) > 1 else None

    def share(self, value: Number | Decimal) -> float:
        """Return the height of a value as a share of the axis: 0 at the lower end, 1 at the upper."""
        return float((exact(value) - self.low) / (self.high - self.low))


def scale_of(values: Iterable[Number | None], unit: Unit, *, from_zero: bool, lines: int = LINES) -> Scale:
    """Return a scale with round ticks that holds every value.

    Args:
        values: None is left out.
        unit: Counts get whole ticks, durations ticks of clock time.
        from_zero: Whether zero must be on it, as bars need. Without it an axis starts at a tick
            near the values only where they differ by less than a quarter of their size.
        lines: About how many ticks it has.
    """
    numbers = [exact(value) for value in values if value is not None] or [Decimal(0)]
    low, high = min(numbers), max(numbers)
    if from_zero or low == high or (high - low) * _FLAT >= max(abs(low), abs(high)):
        low, high = min(low, Decimal(0)), max(high, Decimal(0))
    if low == high:
        return Scale(Decimal(0), Decimal(1), (Decimal(0),))
    step = _step((high - low) / lines, unit)
    first = int((low / step).to_integral_value(ROUND_FLOOR))
    last = max(int((high / step).to_integral_value(ROUND_CEILING)), first + 1)
    ticks = tuple(step * number for number in range(first, last + 1))
    return Scale(ticks[0], ticks[-1], ticks)


def shared_zero(rows: Sequence[tuple[Unit, Sequence[Number | None]]]) -> tuple[Scale, ...]:
    """Return a scale for each row of values, without ticks: the same zero for all, the same scale for a unit."""
    sizes: dict[Unit, Decimal] = {}
    for unit, values in rows:
        sizes[unit] = max([sizes.get(unit, Decimal(0)), *(abs(exact(value)) for value in values if value is not None)])
    shares = [Decimal(0), *(exact(value) / sizes[unit] for unit, values in rows for value in values if value)]
    low, high = min(shares), max(shares)
    span = (low, high) if low < high else (Decimal(0), Decimal(1))
    return tuple(Scale(span[0] * (sizes[unit] or 1), span[1] * (sizes[unit] or 1), ()) for unit, _ in rows)


def _step(least: Decimal, unit: Unit) -> Decimal:
    """Return the smallest round distance of ticks that is not below `least`."""
    seconds = SECONDS_IN.get(unit.name or "")
    if seconds is None:
        return _nice(least, whole=unit.name == "count")
    wanted = least * seconds
    on_clock = next((step for step in _CLOCK if step >= wanted), None)
    return (on_clock or 3600 * _nice(wanted / 3600, whole=True)) / seconds


def _nice(least: Decimal, *, whole: bool) -> Decimal:
    if whole and least <= 1:
        return Decimal(1)
    power = Decimal(1).scaleb(least.adjusted())
    steps = (step * power for step in _NICE)
    return next(step for step in steps if step >= least and not (whole and step != step.to_integral_value()))
