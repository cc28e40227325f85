"""The rows of a table that meet the author's condition, each period on its own values."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from reportgen.components.row_values import operand_units, operand_values, row_values

if TYPE_CHECKING:
    from collections.abc import Sequence

    from reportgen.components.conditions import Condition
    from reportgen.components.row_values import RowValues
    from reportgen.model import Column, Presence


@dataclass(frozen=True, slots=True)
class ChosenRows:
    """The rows that meet a condition, by their indexes.

    Attributes:
        kept: Those that stay in the table: they meet it now, or did before where there is no such row now.
        now: Those that meet it with the values of the current period.
        before: Those that met it with the values of the compared period.
        is_open_now: Whether it is open for a row of the current period, in which a value is missing.
        is_open_before: The same of the compared period.
    """

    kept: tuple[int, ...]
    now: tuple[int, ...]
    before: tuple[int, ...]
    is_open_now: bool = False
    is_open_before: bool = False


def chosen_rows(
    condition: Condition, columns: Sequence[Column], presence: Sequence[Presence], totals: RowValues
) -> ChosenRows:
    """Return the rows that meet a condition; a value that is missing leaves it open, and the row does not meet it.

    Args:
        condition: The author's condition on a row.
        columns: The columns of the table.
        presence: For each row, the periods in which it was found.
        totals: The totals of the columns.

    Raises:
        ValueError: Values are compared that do not go together.
    """
    named = {column.field: column for column in columns}
    settled = condition.settled(operand_units(condition.operands, named))
    kept, now, before = [], [], []
    is_open_now = is_open_before = False
    rows = row_values(columns, len(presence))
    for at, (found, row) in enumerate(zip(presence, rows, strict=True)):
        values = operand_values(condition.operands, row, totals, named)
        truth = settled.truth(values) if found != "baseline" else False
        is_open_now |= truth is None
        if truth:
            now.append(at)
            kept.append(at)
        earlier = operand_values(condition.operands, row.compared(), totals.compared(), named)
        truth = settled.truth(earlier) if found != "current" else False
        is_open_before |= truth is None
        if truth:
            before.append(at)
            if found == "baseline":
                kept.append(at)
    return ChosenRows(tuple(kept), tuple(now), tuple(before), is_open_now, is_open_before)
