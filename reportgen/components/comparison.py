"""The compared periods of charts, tables and numbers, and cautions where the API's own comparison contradicts them."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING, TypeVar

from reportgen.model import UNREAD, Caution, Chart, ComparedValue, Table, change_of
from reportgen.queries import ChartAnswer, Failure, TableAnswer

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from reportgen.model import Block, Number, Reading
    from reportgen.periods import Period
    from reportgen.queries import Answer, NumberAnswer

_Compared = TypeVar("_Compared", ChartAnswer, TableAnswer)
_Figures = TypeVar("_Figures", Chart, Table)

_EXACT = Decimal("1e-12")


def compared(
    block: Block, figures: _Figures, answer: _Compared, second: Answer, join: Callable[[_Compared], _Figures | str]
) -> tuple[Block, _Figures]:
    """Return a block and its chart or table, joined with the compared period or with the reason why not.

    Args:
        block: The block before its comparison.
        figures: Its chart or table.
        answer: The answer that the figures were made from.
        second: The answer for the compared days.
        join: Returns the figures joined with a compared answer, or the reason why they do not join.
    """
    block = replace(block, cautions=(*block.cautions, *carried_cautions(answer, second)))
    baseline = baseline_of(answer, second)
    if isinstance(baseline, Failure):
        return with_failed_baseline(block, baseline), replace(figures, baseline_missing=baseline.missing)
    joined = join(baseline)
    if isinstance(joined, str):
        caution = Caution("W-JOIN", f"the two periods cannot be compared: {joined}")
        return replace(block, cautions=(*block.cautions, caution)), replace(figures, baseline_missing="not_comparable")
    return block, joined


def baseline_of(answer: _Compared, second: Answer) -> _Compared | Failure:
    """Return the compared answer: the second request's, else the comparison that the first answer carried.

    Returns:
        A `Failure` where there is neither, with the second request's reason.
    """
    if isinstance(second, type(answer)) and not is_empty(second):
        return second
    if answer.baseline is not None and not is_empty(answer.baseline):
        return answer.baseline
    if isinstance(second, Failure):
        return second
    if isinstance(second, type(answer)):
        return Failure("no_data", "")
    return Failure("failed", f"the compared answer is of another kind, a {type(second).__name__}")


def carried_cautions(answer: ChartAnswer | TableAnswer, second: Answer) -> Iterator[Caution]:
    """Yield a caution where the comparison inside an answer differs from the answer for the compared days."""
    if answer.baseline is None or not isinstance(second, type(answer)):
        return
    carried, asked = (sorted(_numbers(comparison)) for comparison in (answer.baseline, second))
    if len(carried) != len(asked) or any(map(differs, carried, asked)):
        text = (
            "the comparison that the API sent with this metric is not what it answered for the compared days; "
            "the answer for the days is used"
        )
        yield Caution("W-COMPARISON", text)


def difference_cautions(answer: NumberAnswer) -> Iterator[Caution]:
    """Yield a caution where the API's own change is not the change between its two values."""
    stated, absolute = answer.difference, answer.absolute_difference
    value, baseline = answer.value, answer.baseline
    if not (isinstance(value, int | float) and isinstance(baseline, int | float)):
        if stated and value is not None and baseline is None:
            text = f"the API states a change of {stated} but sent no value to compare with; no change is printed"
            yield Caution("W-DIFFERENCE", text)
        return
    moved = Decimal(repr(value)) - Decimal(repr(baseline))
    size = max(abs(Decimal(repr(value))), abs(Decimal(repr(baseline))))
    if absolute is not None and moved < 0 < absolute and not differs(absolute, -moved, size):  # no signs are sent
        moved, absolute, stated = -moved, None, abs(stated) if stated else stated
    if absolute is not None and differs(absolute, moved, size):
        yield Caution("W-DIFFERENCE", f"the API states a difference of {absolute}; {value} less {baseline} is {moved}")
    if stated is None or not baseline:
        return
    percent, size = (100 * amount / abs(Decimal(repr(baseline))) for amount in (moved, size))
    as_fraction = _decimals(stated) > 1 and not differs(stated, percent / 100, size / 100)
    if differs(stated, percent, size) and not as_fraction:
        text = f"the API states a change of {stated} %; from {baseline} to {value} it is {percent:.2f} %"
        yield Caution("W-DIFFERENCE", text)


def further_comparison(reading: Reading, days: Period, answer: NumberAnswer | Failure, band: float) -> ComparedValue:
    """Return the comparison of a reading with the answer for further days; `band` is the neutral band."""
    if isinstance(answer, Failure):
        return ComparedValue(days, baseline_missing=answer.missing)
    if answer.value is None:
        return ComparedValue(days, baseline_missing="no_data")
    return ComparedValue(
        days, answer.value, change=change_of(reading.value, answer.value, reading.unit, reading.direction, band)
    )


def differs(stated: Number, ours: Number | Decimal, size: Number | Decimal = 0) -> bool:
    """Return whether a stated number differs from ours by more than half a unit of its last digit.

    Args:
        stated: The number that the API states.
        ours: The number that it is to be.
        size: Of what a difference is taken of, whose last binary digits are lost in it; 0 for any other number.
    """
    other, of = (part if isinstance(part, Decimal) else Decimal(repr(part)) for part in (ours, size))
    lost = max(abs(other), of) * _EXACT
    return abs(Decimal(repr(stated)) - other) > Decimal("0.5").scaleb(-_decimals(stated)) + lost


def _decimals(number: Number) -> int:
    return max(0, -int(Decimal(repr(number)).normalize().as_tuple().exponent))


def is_empty(answer: ChartAnswer | TableAnswer) -> bool:
    """Return whether a chart has no value or a table no row."""
    if isinstance(answer, ChartAnswer):
        return not any(value is not None for series in answer.known or answer.series for value in series)
    return not answer.rows


def _numbers(answer: ChartAnswer | TableAnswer) -> Iterator[Number]:
    for row in answer.series if isinstance(answer, ChartAnswer) else answer.rows:
        yield from (cell for cell in row if isinstance(cell, int | float))


def with_failed_baseline(block: Block, failure: Failure, days: Period | None = None) -> Block:
    """Return a block as partial where its compared days were asked for and not read.

    The reason names the `days` of a further comparison.
    """
    if failure.missing not in UNREAD:
        return block
    which = f" {days.dates}" if days else ""
    reason = f"the compared period{which}: {failure.reason}" if failure.reason else ""
    return replace(block, state="partial", reason="; ".join(filter(None, (block.reason, reason))))
