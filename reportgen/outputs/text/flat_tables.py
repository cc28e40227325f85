"""A table as a sheet or a CSV file has it: beside each compared column the previous value, the change, the percent."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reportgen.formatting import (
    points_of,
    points_unit,
)
from reportgen.model import RATES, Unit

if TYPE_CHECKING:
    from reportgen.model import Value


from dataclasses import dataclass, replace
from itertools import zip_longest
from typing import TYPE_CHECKING

from reportgen.errors import OutputError
from reportgen.formatting import NO_BREAK, format_period
from reportgen.model import Column, ToneRule
from reportgen.outputs.text.catalogues import words_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reportgen.model import Report, Table, Value

_MOST_COLUMNS = 16_384  # of a sheet of Excel


@dataclass(frozen=True, slots=True)
class FlatColumn:
    """One column.

    Attributes:
        column: Its heading, unit and values, without anything to compare with.
        total: Its cell in the row of the total; None where that is blank or there is none.
        formula: Makes each of its values from others of its row, in the R1C1 notation of spreadsheets
            (`RC[-1]` is the cell to the left); empty where they are the API's own.
    """

    column: Column
    total: Value = None
    formula: str = ""


def flat_table(table: Table, report: Report) -> tuple[FlatColumn, ...]:
    """Give compared values, differences and percentages columns of their own, right of what they belong to.

    Raises:
        OutputError: There are more columns than a sheet holds.
    """
    nothing = (None,) * len(table.columns)
    totals = zip(table.columns, table.total or nothing, table.total_baseline or nothing, strict=True)
    columns = [flat for column, total, before in totals for flat in _flat(column, total, before, report.locale)]
    if "baseline" in table.presence or ("current" in table.presence and "both" in table.presence):
        columns.append(FlatColumn(_presence(table, report)))
    if len(columns) > _MOST_COLUMNS:
        message = (
            f"a table of {len(columns):,} columns: a sheet of a workbook has {_MOST_COLUMNS:,}; ask for fewer metrics"
        )
        raise OutputError(message)
    return tuple(columns)


def _flat(column: Column, total: Value, before: Value, locale: str) -> Iterator[FlatColumn]:
    """Yield a column and, where it is compared, what stands beside it."""
    yield FlatColumn(replace(column, baseline=()), total)
    if not column.baseline:
        return
    _ = words_of(locale).gettext
    label = _("%(label)s (previous)") % {"label": column.label}
    plain = replace(column, label=label, baseline=(), links=(), bar=False, tones=())
    yield FlatColumn(replace(plain, values=column.baseline), before)
    if column.is_numeric:
        yield from _moves(column, total, before, locale)


def _moves(column: Column, total: Value, before: Value, locale: str) -> Iterator[FlatColumn]:
    """Yield how far each value moved: a rate in percentage points, anything else in its unit and in percent."""
    _ = words_of(locale).gettext
    changes = [column.change(now, then) for now, then in zip_longest(column.values, column.baseline)]
    of_total = column.change(total, before) if column.role == "metric" else None
    moved = Column(column.field, "", "metric", tones=_judged(column))
    if column.unit.name in RATES:
        label = _("%(label)s (change, pp)") % {"label": column.label}
        points = [float(points_of(change, column.unit)) if change else None for change in (*changes, of_total)]
        moved = replace(moved, label=label, unit=points_unit(column.unit), values=tuple(points[:-1]))
        yield FlatColumn(moved, points[-1], difference_formula(column.unit))
        return
    label, percent = _("%(label)s (change)"), _("%(label)s (change %%)")
    amounts = [change.absolute if change else None for change in (*changes, of_total)]
    shares = [change.relative if change else None for change in (*changes, of_total)]
    named = {"label": column.label}
    # The limits of good and bad are a share of the previous value, so a difference has its sign alone to go by.
    signs = tuple(replace(rule, limit=0) for rule in moved.tones) if column.band == 0 else ()
    amount = replace(moved, label=label % named, unit=column.unit, values=tuple(amounts[:-1]), tones=signs)
    share = replace(
        moved, label=(percent % named).replace(" %)", f"{NO_BREAK}%)"), unit=Unit("percent"), values=tuple(shares[:-1])
    )
    yield FlatColumn(amount, amounts[-1], difference_formula(column.unit))
    yield FlatColumn(share, shares[-1], SHARE_FORMULA)


def _judged(column: Column) -> tuple[ToneRule, ...]:
    """Return from where a change of a column is good or bad."""
    if column.direction == "neutral":
        return ()
    band = 0 if column.unit.name in RATES else column.band
    if column.direction == "up_is_good":
        return ToneRule("good", ">", band), ToneRule("bad", "<", -band)
    return ToneRule("bad", ">", band), ToneRule("good", "<", -band)


def _presence(table: Table, report: Report) -> Column:
    """Return the column that marks the rows of one period alone."""
    _ = words_of(report.locale).gettext
    names = {
        "current": format_period(report.period, report.locale),
        "baseline": format_period(report.baseline, report.locale) if report.baseline else "",
    }
    marks = (_("Only in %(period)s") % {"period": names[one]} if one in names else None for one in table.presence)
    return Column("", _("Periods"), "dimension", Unit("text"), tuple(marks))


SHARE_FORMULA = 'IF(RC[-2]=0,"",RC[-1]/ABS(RC[-2]))'
"""The difference, left of it, as a part of the previous value, which stands left of that."""


def difference_formula(unit: Unit) -> str:
    """Return current less previous, which stand left of it; rates move in percentage points."""
    return "(RC[-2]-RC[-1])*100" if unit.name == "percent" else "RC[-2]-RC[-1]"
