"""The rates and averages of a total row, worked out from the totals of their parts, or left out where rows differ.

The API is reported to add up the rows of every column, also where these are quotients.
"""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING, NamedTuple

from reportgen.components.exact_sums import exact_sum, numbers_of
from reportgen.model import RATES, Caution

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from reportgen.model import Column, Number, Table, Unit, Value

_AVERAGE = re.compile(
    r"(?i:(?:^|[._:])(?:average|avg|mean|median|cost_?per|cp[a-z]$)|_per_|"
    r"(?:rate|ratio|percentage|position|ctr|cp[acmv]|roas)$)|Per[A-Z]"
)
_PREFIX = re.compile(r"^(?:average|avg|advertiserad)")
_CLICKS, _IMPRESSIONS = ("clicks", "linkclicks"), ("impressions", "impression")
_COST, _CONVERSIONS = ("cost", "spend", "costmicros", "costinlocalcurrency", "adspend"), ("conversions",)
_VALUE = ("conversionsvalue", "conversionvalue", "conversionvalueinlocalcurrency", "purchasevalue", "value", "revenue")


class _Quotient(NamedTuple):
    """A rate as parts by wholes times a factor, each under the names that it has in the API."""

    names: tuple[str, ...]
    parts: tuple[str, ...]
    wholes: tuple[str, ...]
    factor: int = 1


_QUOTIENTS = (
    _Quotient(("ctr", "clickthroughrate", "clickthroughratio"), _CLICKS, _IMPRESSIONS),
    _Quotient(("cpc", "costperclick"), _COST, _CLICKS),
    _Quotient(("cpm", "costperthousandimpressions"), _COST, _IMPRESSIONS, 1000),
    _Quotient(("conversionrate", "conversionsrate"), _CONVERSIONS, _CLICKS),
    _Quotient(("costperconversion", "cpa"), _COST, _CONVERSIONS),
    _Quotient(("roas", "returnonadspend", "conversionsvaluepercost"), _VALUE, _COST),
)
_SCALES = (Decimal(1), Decimal(100), Decimal("1e-6"), Decimal("1e6"))  # fractions, percent, micros of a currency
_LIKENESS = Decimal("0.01")  # of a row's rate to its parts, which were rounded themselves


def is_rate(field: str, unit: Unit) -> bool:
    """Return whether a metric is a rate or an average, whose rows never add up."""
    known = any(_plain_name(field) in quotient.names for quotient in _QUOTIENTS)
    return known or unit.name in RATES or bool(_AVERAGE.search(field))


def with_true_rates(table: Table) -> tuple[Table, tuple[Caution, ...]]:
    """Return a table whose total has no rate that its rows contradict, and the cautions on the rates replaced.

    A rate whose parts are columns too is worked out from their totals; another is left out where it does not lie
    between the least and the largest of its rows.
    """
    total, cautions = _true_total(table, table.total, compared=False)
    before, more = _true_total(table, table.total_baseline, compared=True)
    return replace(table, total=total, total_baseline=before), (*cautions, *more)


def _true_total(
    table: Table, total: tuple[Value, ...] | None, *, compared: bool
) -> tuple[tuple[Value, ...] | None, tuple[Caution, ...]]:
    if total is None:
        return None, ()
    rows = [column.baseline if compared else column.values for column in table.columns]
    cells, wrong = list(total), []
    for at, column in enumerate(table.columns):
        if column.role != "metric" or column.additive or not is_rate(column.field, column.unit):
            continue
        made = _worked_out(table.columns, at, rows, total)
        stated = total[at]
        if made is not None:
            cells[at] = made
            if isinstance(stated, int | float) and exact_sum([stated]).differs(exact_sum([made])):
                wrong.append(f"{column.field} is {stated}, by its parts {made:.6g}, which is printed")
        elif isinstance(stated, int | float) and _is_outside(stated, numbers_of(rows[at])):
            cells[at] = None
            wrong.append(f"{column.field} is {stated}, outside of its rows, and left out")
    when = "of the compared period " if compared else ""
    text = f"the total row {when}has rates that its rows contradict: {'; '.join(wrong)}"
    return tuple(cells), (Caution("W-TOTAL", text),) if wrong else ()


def _is_outside(rate: Number, rows: Sequence[Number]) -> bool:
    """Return whether a rate is below the least or above the largest of its rows, by more than its own rounding."""
    if not rows:
        return False
    stated, least, most = exact_sum([rate]), exact_sum([min(rows)]), exact_sum([max(rows)])
    slack = stated.rounding + stated.noise
    return not least.value - slack <= stated.value <= most.value + slack


def _worked_out(
    columns: Sequence[Column], at: int, rows: Sequence[Sequence[Value]], total: Sequence[Value]
) -> Number | None:
    """Return the rate of the totals of its parts; None where no two columns are its parts in every row."""
    for part, whole, factor in _parts(columns, at):
        scale = _scale(zip(rows[part], rows[whole], rows[at], strict=False), factor)
        rate = _quotient(total[part], total[whole], scale) if scale else None
        if rate is not None:
            return _as_number(rate, columns[at].unit, numbers_of(rows[at]))
    return None


def _parts(columns: Sequence[Column], at: int) -> Iterator[tuple[int, int, int]]:
    """Yield the indexes of the columns that may be the parts of a rate, and the factor of their quotient."""
    names = [_plain_name(column.field) if column.role == "metric" else "" for column in columns]
    for quotient in _QUOTIENTS:
        if names[at] in quotient.names:
            for part in (index for index, name in enumerate(names) if name in quotient.parts):
                for whole in (index for index, name in enumerate(names) if name in quotient.wholes):
                    yield part, whole, quotient.factor


def _plain_name(field: str) -> str:
    """Return the API's name of a metric without prefix and underscores: `metrics.average_cpc` is `cpc`."""
    return _PREFIX.sub("", field.rpartition(".")[2].replace("_", "").lower())


def _scale(rows: Iterator[tuple[Value, Value, Value]], factor: int) -> Decimal | None:
    """Return what the quotient of each row is multiplied by to be its rate; None where that differs between rows."""
    known = [
        (quotient, rate)
        for part, whole, rate in rows
        if isinstance(rate, int | float) and (quotient := _quotient(part, whole, Decimal(factor))) is not None
    ]
    scales = (scale for scale in _SCALES if all(_is_like(quotient * scale, rate) for quotient, rate in known))
    scale = next(scales, None) if any(rate for _, rate in known) else None
    return scale * factor if scale else None


def _quotient(part: Value, whole: Value, factor: Decimal) -> Decimal | None:
    if not (isinstance(part, int | float) and isinstance(whole, int | float) and whole):
        return None
    return factor * Decimal(repr(part)) / Decimal(repr(whole))


def _is_like(quotient: Decimal, rate: Number) -> bool:
    stated = exact_sum([rate])
    return abs(quotient - stated.value) <= max(stated.rounding, abs(quotient) * _LIKENESS)


def _as_number(rate: Decimal, unit: Unit, rows: Sequence[Number]) -> Number:
    """Return a rate as a number; without a unit it is printed whole, so it has no more digits than its rows."""
    if unit.name is not None:
        return float(rate)
    digits = max((-int(Decimal(repr(value)).as_tuple().exponent) for value in rows), default=0)
    return float(round(rate, max(digits, 0)))
