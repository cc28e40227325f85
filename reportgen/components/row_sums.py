"""The rows of a table, added up and held against its total."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from reportgen.components.exact_sums import exact_sum, numbers_of
from reportgen.model import Caution

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from reportgen.model import Column, Presence, Table, Value

_FEWEST_ROWS, _FEWEST_COLUMNS = 3, 2  # that make a sum more than a chance
_Contradiction = Literal["W-SUM", "W-ROWS", ""]
_TEXTS: tuple[tuple[_Contradiction, str], ...] = (
    ("W-SUM", "the rows contradict the total"),
    ("W-ROWS", "the rows are incomplete"),
)


def sum_cautions(table: Table, *, must_equal: bool) -> Iterator[Caution]:
    """Yield a caution where the rows of additive columns do not add up to the API's total.

    Rows that add up to more contradict the total; rows that add up to less are the first of more, unless the
    author says that they are all.

    Args:
        table: All rows that came, now and in the compared period.
        must_equal: Whether the author says that the rows add up to the total.
    """
    periods: tuple[tuple[tuple[Value, ...] | None, Presence, str], ...] = (
        (table.total, "baseline", ""),
        (table.total_baseline, "current", "in the compared period "),
    )
    for total, alone, when in periods:
        found: dict[_Contradiction, list[str]] = {}
        for column, whole in zip(table.columns, total or (), strict=False):
            values = _values(column, table.presence, without=alone)
            if column.additive and isinstance(whole, int | float) and numbers_of(values):
                text = (
                    f"{column.field} adds up to {exact_sum(numbers_of(values)).value:f} of {exact_sum([whole]).value:f}"
                )
                found.setdefault(_contradiction(values, whole, must_equal=must_equal), []).append(text)
        for code, text in _TEXTS:
            if code in found:
                yield Caution(code, f"{text}: {when}{'; '.join(found[code])}")


def _values(column: Column, presence: Sequence[Presence], *, without: Presence) -> list[Value]:
    """Return the values of the rows of a period: of those that are not in the other period alone."""
    values = column.values if without == "baseline" else column.baseline
    return [value for value, found in zip(values, presence, strict=False) if found != without]


def _contradiction(values: Sequence[Value], whole: float, *, must_equal: bool) -> _Contradiction:
    rows, total = exact_sum(numbers_of(values)), exact_sum([whole])
    if not rows.differs(total):
        return ""
    if rows.value > total.value:
        return "W-SUM"
    if len(numbers_of(values)) < len(values):  # a missing value may be the rest
        return ""
    return "W-SUM" if must_equal else "W-ROWS"


def unnamed_total_cautions(table: Table, row: int | None) -> Iterator[Caution]:
    """Yield the caution that a row of a table without a total seems to be its total, under a name of its own.

    Args:
        table: The table.
        row: Of the API's last row, in the order of the table; None where it is not to be a total.
    """
    if row is None or table.total:
        return
    if is_sum_of_others([column.values for column in table.columns if column.additive], row):
        yield unnamed_total_caution(table.columns[0].values[row])


def unnamed_total_caution(name: object) -> Caution:
    """Return the caution on a last row that seems to be a total under a name of its own."""
    text = f"the last row, {name!r}, is the sum of the others, and printed as a row"
    return Caution("W-TOTAL", f"{text}; write total_row with its name, or total_row: false")


def is_sum_of_others(columns: Iterable[Sequence[Value]], row: int) -> bool:
    """Return whether a row is the sum of at least three others in at least two columns that add up, not zero.

    Args:
        columns: The values of the columns that add up.
        row: Index of the row.
    """
    sums = 0
    for values in columns:
        value, others = values[row], (*values[:row], *values[row + 1 :])
        numbers = numbers_of(others)
        if isinstance(value, int | float) and value and len(numbers) == len(others) >= _FEWEST_ROWS:
            sums += not exact_sum(numbers).differs(exact_sum([value]))
    return sums >= _FEWEST_COLUMNS
