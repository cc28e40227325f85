"""What a chart or table is compared with, and whether the API's own comparison agrees with it."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING, TypeVar

from reportgen.model import UNREAD, Caution
from reportgen.queries import ChartAnswer, Failure, TableAnswer

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reportgen.model import Block, Number
    from reportgen.queries import Answer, NumberAnswer

Compared = TypeVar("Compared", ChartAnswer, TableAnswer)

_EXACT = Decimal("1e-12")


def baseline_of(answer: Compared, second: Answer) -> Compared | Failure:
    """Return what an answer is compared with: the second request's answer, else what the first one carried.

    Returns:
        A `Failure` where there is neither, with the second request's reason.
    """
    if isinstance(second, type(answer)) and not _is_empty(second):
        return second
    if answer.baseline is not None and not _is_empty(answer.baseline):
        return answer.baseline
    if isinstance(second, Failure):
        return second
    if isinstance(second, type(answer)):
        return Failure("no_data", "")
    return Failure("failed", f"the compared answer is of another kind, a {type(second).__name__}")


def carried_cautions(answer: ChartAnswer | TableAnswer, second: Answer) -> Iterator[Caution]:
    """Yield a caution where the API sent a comparison with its answer that the second request contradicts."""
    if answer.baseline is None or not isinstance(second, type(answer)):
        return
    carried, asked = (sorted(_numbers(one)) for one in (answer.baseline, second))
    if len(carried) != len(asked) or any(differs(one, other) for one, other in zip(carried, asked, strict=True)):
        text = (
            "the comparison that the API sent with this metric is not what it answered for the compared days; "
            "the answer for the days is used"
        )
        yield Caution("W-COMPARISON", text)


def difference_cautions(answer: NumberAnswer) -> Iterator[Caution]:
    """Yield a caution where the API's own change is not the one that its two values have."""
    stated, absolute = answer.difference, answer.absolute_difference
    value, baseline = answer.value, answer.baseline
    if not (isinstance(value, int | float) and isinstance(baseline, int | float)):
        if stated and value is not None and baseline is None:
            text = f"the API states a change of {stated} but sent no value to compare with; no change is printed"
            yield Caution("W-DIFFERENCE", text)
        return
    moved = Decimal(repr(value)) - Decimal(repr(baseline))
    if absolute is not None and differs(absolute, moved):
        yield Caution("W-DIFFERENCE", f"the API states a difference of {absolute}; {value} less {baseline} is {moved}")
    if stated is None or not baseline:
        return
    percent = 100 * moved / abs(Decimal(repr(baseline)))
    as_fraction = _decimals(stated) > 1 and not differs(stated, percent / 100)
    if differs(stated, percent) and not as_fraction:
        text = f"the API states a change of {stated} %; from {baseline} to {value} it is {percent:.2f} %"
        yield Caution("W-DIFFERENCE", text)


def differs(stated: Number, ours: Number | Decimal) -> bool:
    """Tell whether two numbers differ by more than half a unit of the last digit of the one that was stated."""
    other = ours if isinstance(ours, Decimal) else Decimal(repr(ours))
    return abs(Decimal(repr(stated)) - other) > Decimal("0.5").scaleb(-_decimals(stated)) + abs(other) * _EXACT


def _decimals(number: Number) -> int:
    return max(0, -int(Decimal(repr(number)).normalize().as_tuple().exponent))


def _is_empty(answer: ChartAnswer | TableAnswer) -> bool:
    if isinstance(answer, ChartAnswer):
        return not any(value is not None for series in answer.series for value in series)
    return not answer.rows


def _numbers(answer: ChartAnswer | TableAnswer) -> Iterator[Number]:
    for row in answer.series if isinstance(answer, ChartAnswer) else answer.rows:
        yield from (cell for cell in row if isinstance(cell, int | float))


def with_failed_baseline(block: Block, failure: Failure) -> Block:
    """Return a block that says to staff that its compared days were asked for and not read; else as it is."""
    if failure.missing not in UNREAD:
        return block
    said = f"the compared period: {failure.reason}" if failure.reason else ""
    return replace(block, state="partial", reason="; ".join(filter(None, (block.reason, said))))


def join_caution(why: str) -> Caution:
    """Return the caution for two periods whose labels or rows do not join."""
    return Caution("W-JOIN", f"the two periods cannot be compared: {why}")
