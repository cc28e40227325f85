"""A table as a sheet or a CSV file has it: beside each compared column the previous values and the changes."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from reportgen.errors import OutputError
from reportgen.formatting import SECONDS_IN, format_period, points_of, points_unit
from reportgen.model import MOST_TIMES, RATES, Column, Unit
from reportgen.outputs.text.catalogues import words_of
from reportgen.outputs.text.period_notes import compared_days, compared_period, days_of_part, form_of_days
from reportgen.outputs.text.table_columns import named_total

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from reportgen.model import Change, Direction, Judgement, Report, Table, Value
    from reportgen.outputs.text.period_notes import DaysForm

_MOST_COLUMNS = 16_384  # of a sheet of Excel


@dataclass(frozen=True, slots=True)
class FlatColumn:
    """A column of a sheet.

    Attributes:
        column: Its heading, unit and values, without compared values.
        total: Its cell in the total row; None where that is blank or there is no such row.
        formula: Makes each value from others of its row, in the R1C1 notation of spreadsheets
            (`RC[-1]` is the cell to the left); empty where the values are the API's own.
        computed: The same of a column that the author computes, whose cells are no changes; empty in others.
        rounded: Whether an author chose the decimals of its values.
        judged: Whether a rise is good, of changes that are coloured.
        band: Changes of less than this share of the previous value are not.
        judgements: The verdict on each change; None without a change, and empty where no change is judged.
        is_total_made: Whether the total is worked out from rows, and not the source's own.
    """

    column: Column
    total: Value = None
    formula: str = ""
    computed: str = ""
    rounded: bool = True
    judged: Direction = "neutral"
    band: float = 0
    judgements: tuple[Judgement | None, ...] = ()
    is_total_made: bool = False


def flat_table(table: Table, report: Report) -> tuple[FlatColumn, ...]:
    """Return the columns of a table, each with its compared values, differences and percentages to its right.

    Raises:
        OutputError: There are more columns than a sheet holds.
    """
    nothing = (None,) * len(table.columns)
    total = named_total(table.total, report.locale)
    totals = zip(table.columns, total or nothing, table.total_baseline or nothing, strict=True)
    columns = [
        flat
        for at, (column, total, before) in enumerate(totals)
        for flat in (
            *_with_comparison(table, column, (total, before), report.locale),
            *_further(table, at, total, report),
        )
    ]
    columns = [replace(flat, is_total_made=table.is_total_made) for flat in columns]
    if "baseline" in table.presence or ("current" in table.presence and "both" in table.presence):
        columns.append(FlatColumn(_presence(table, report)))
    if len(columns) > _MOST_COLUMNS:
        limit = f"a sheet of a workbook has {_MOST_COLUMNS:,}"
        raise OutputError(f"a table of {len(columns):,} columns: {limit}; ask for fewer metrics")
    return tuple(columns)


def _with_comparison(table: Table, column: Column, totals: tuple[Value, Value], locale: str) -> Iterator[FlatColumn]:
    """Yield a column of a table and, where it is compared, its previous values and its changes."""
    total, before = totals
    yield FlatColumn(replace(column, baseline=()), total)
    if not column.baseline:
        return
    _ = words_of(locale).gettext
    label = _("%(label)s (previous)") % {"label": column.label}
    plain = replace(column, label=label, baseline=(), links=(), bar=False, tones=())
    yield FlatColumn(replace(plain, values=column.baseline), before)
    if column.is_numeric:
        yield from _changes(column, [*table.changes(column), column.change(*totals)], locale)


def _further(table: Table, at: int, total: Value, report: Report) -> Iterator[FlatColumn]:
    """Yield the values of a column in each further comparison, named by their days, and the changes against them."""
    _, apart = words_of(report.locale).gettext, 2 if table.columns[at].unit.name in RATES else 3
    for number, cells in enumerate(table.further):
        compared = table.against(cells)
        column, before = compared.columns[at], cells.total[at] if cells.total else None
        if not column.baseline:
            continue
        named = {"label": column.label, "period": compared_period(report, compared)}
        dated = replace(column, label=_("%(label)s, %(period)s") % named, links=(), bar=False, tones=())
        yield FlatColumn(replace(dated, values=column.baseline, baseline=()), before)
        if column.is_numeric:  # they are not coloured, as their value stands further left than rules of colours look
            changes = [*table.changes(dated), dated.change(total, before)]
            made = _changes(dated, changes, report.locale, apart * (number + 1))
            yield from (replace(flat, judged="neutral") for flat in made)


def _changes(column: Column, changes: Sequence[Change | None], locale: str, apart: int = 0) -> Iterator[FlatColumn]:
    """Yield the columns of a column's changes: of rates in percentage points, of others in their unit and in percent.

    Args:
        column: The column.
        changes: The change in each row, and that of the total.
        locale: The report's locale.
        apart: How many columns stand between the current value and the previous.
    """
    _, named = words_of(locale).gettext, {"label": column.label}
    judgements = tuple(change.judgement if change else None for change in changes[:-1])

    def flat(label: str, unit: Unit, values: list[Value], formula: str, *, rounded: bool) -> FlatColumn:
        made = Column(column.field, label, "metric", unit, tuple(values[:-1]))
        return FlatColumn(
            made,
            values[-1],
            formula,
            rounded=rounded,
            judged=column.direction,
            band=column.band,
            judgements=judgements,
        )

    difference, rounded = difference_formula(column.unit, apart), column.unit.decimals is not None
    if column.unit.name in RATES:
        points: list[Value] = [float(points_of(change, column.unit)) if change else None for change in changes]
        yield flat(_("%(label)s (change, pp)") % named, points_unit(column.unit), points, difference, rounded=rounded)
        return
    amounts: list[Value] = [change.absolute if change else None for change in changes]
    yield flat(_("%(label)s (change)") % named, column.unit, amounts, difference, rounded=rounded)
    shares: list[Value] = [change.printed_share if change else None for change in changes]
    yield flat(_("%(label)s (change %%)") % named, Unit("percent"), shares, share_formula(apart), rounded=False)


def _presence(table: Table, report: Report) -> Column:
    """Return the column that marks the rows found in a single period."""
    _ = words_of(report.locale).gettext
    names = {
        "current": format_period(days_of_part(report, table), report.locale),
        "baseline": compared_period(report, table),
    }
    days = {"current": days_of_part(report, table), "baseline": compared_days(report, table)}
    said: dict[DaysForm, str] = {
        "day": _("Only on %(period)s"),
        "months": _("Only in %(period)s"),
        "days": _("Only %(period)s"),
    }
    words = {found: said[form_of_days(days[found])] for found in names}
    marks = (words[found] % {"period": names[found]} if found in names else None for found in table.presence)
    return Column("", _("Periods"), "dimension", Unit("text"), tuple(marks))


def share_formula(apart: int = 0) -> str:
    """Return the formula of a change in percent: the current value less the previous, by the previous.

    The difference stands between it and the previous value.

    Args:
        apart: How many columns stand between the current value and the previous.
    """
    now, then = f"RC[-{3 + apart}]", "RC[-2]"
    return f'IF(OR({then}<=0,{now}<0,{now}>{MOST_TIMES}*{then}),"",({now}-{then})/{then})'


SHARE_FORMULA = share_formula()
"""The formula of a change in percent whose previous value stands beside the current."""


def difference_formula(unit: Unit, apart: int) -> str:
    """Return the formula of a difference: the current value less the previous, to its left.

    Rates are in points; durations, which are parts of a day in their cells, in seconds.

    Args:
        unit: The unit of both values.
        apart: How many columns stand between the current value and the previous.
    """
    difference = f"RC[-{2 + apart}]-RC[-1]"
    factor = {"percent": "*100"}.get(unit.name or "", "*86400" if unit.name in SECONDS_IN else "")
    return f"({difference}){factor}" if factor else difference
