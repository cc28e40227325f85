"""The parts of a pie or a donut: the largest first, the smallest beyond six added up."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from reportgen.model import exact, sum_of
from reportgen.outputs.text.counts_and_shares import other_text

if TYPE_CHECKING:
    from collections.abc import Sequence
    from decimal import Decimal

    from reportgen.model import Series

_MOST = 6


class ChartPart(NamedTuple):
    """A part of a pie or a donut.

    Attributes:
        label: Its name.
        amount: Its exact size.
        of: Indices of the labels that it stands for: several for "Other".
    """

    label: str
    amount: Decimal
    of: tuple[int, ...]

    @property
    def is_rest(self) -> bool:
        """Whether it is the sum of the small parts."""
        return len(self.of) > 1


def parts_of(series: Series, labels: Sequence[str], locale: str) -> list[ChartPart]:
    """Return the parts of a pie that are not zero, the largest first; more than six become five and "Other"."""
    values = enumerate(zip(labels, series.values, strict=False))
    parts = [ChartPart(label, exact(value), (at,)) for at, (label, value) in values if value]
    parts.sort(key=lambda part: -part.amount)
    if len(parts) <= _MOST:
        return parts
    kept, rest = parts[: _MOST - 1], parts[_MOST - 1 :]
    other = other_text(len(rest), locale)
    amount = sum_of(series.values[at] for part in rest for at in part.of)
    return [*kept, ChartPart(other, amount, tuple(at for part in rest for at in part.of))]
