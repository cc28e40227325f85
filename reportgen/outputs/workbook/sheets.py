"""What stands on which sheet: a summary, a sheet per table and per chart's data, and notes."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import chain, zip_longest
from typing import TYPE_CHECKING, TypeVar

from reportgen.errors import OutputError
from reportgen.formatting import format_period, points_of, points_unit
from reportgen.model import RATES, Column, Table, ToneRule, Unit
from reportgen.outputs.language import N_, words_of
from reportgen.outputs.workbook.cells import display_width, text_cell, value_cell
from reportgen.outputs.workbook.front import NOTES_WIDTHS, notes_rows, summary_rows
from reportgen.outputs.workbook.names import column_names, sheet_names
from reportgen.outputs.workbook.plots import Plot, plot_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from reportgen.model import Change, Chart, Report, Value
    from reportgen.outputs.workbook.cells import Cell, Row, Style

MOST_ROWS = 1_048_574
"""Rows of a table that fit on one sheet of Excel, a heading and a total beside them."""

_T = TypeVar("_T")
_MOST_COLUMNS = 16_384  # of a sheet of Excel
_NARROWEST, _WIDEST, _PADDING = 9, 60, 4  # characters; longer text wraps
_SAMPLE = 500  # rows from the top that a column is made wide enough for, and the longest number of all rows
_FLOWING = frozenset({"title", "caption", "fact"})  # styles of text that runs over its neighbours
_BLANK = N_("A blank cell has no value. It is not zero.")


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet.

    Attributes:
        name: Legal and unique.
        rows: From the top; may be walked once only.
        widths: Of its columns, in characters.
        headed: Whether its first row is a heading, kept in sight and repeated on every printed page.
        plot: The native chart of its rows; None where it has none.
        table_rows: How many rows below the heading are an Excel table, which can be filtered and sorted; a total
            is not one of them.
        columns: Those of the table, by which its cells are marked.
    """

    name: str
    rows: Iterable[Row]
    widths: tuple[int, ...]
    headed: bool = False
    plot: Plot | None = None
    table_rows: int = 0
    columns: tuple[Column, ...] = ()


def sheets_of(report: Report, most_rows: int = MOST_ROWS) -> tuple[Sheet, ...]:
    """Lay a report out: summary; tables, then charts, in the report's order; notes.

    Args:
        report: What is laid out.
        most_rows: Rows of a table on one sheet; the rest follows on sheets of the same name, numbered.

    Raises:
        OutputError: A table has more columns than a sheet holds.
    """
    tables = [(block, table) for block in report.blocks for table in block.tables]
    charts = [(block, chart) for block in report.blocks for chart in block.charts if chart.kind != "sparkline"]
    parts: list[tuple[str, Table, Plot | None]] = [
        (block.label or block.name, part, None)
        for block, table in tables
        for part in _parts(flat_table(table, report), most_rows)
    ]
    parts += [
        (block.label or block.name, part, None if at else plot_of(block, chart, report.theme, report.locale, most_rows))
        for block, chart in charts
        for at, part in enumerate(_parts(flat_table(_data(chart, report.locale), report), most_rows))
    ]
    _ = words_of(report.locale).gettext
    names = sheet_names([_("Summary"), _("Notes"), *(label for label, _part, _plot in parts)])
    summary = tuple(summary_rows(report))
    return (
        Sheet(names[0], summary, _widths(summary)),
        *(
            replace(_table_sheet(name, part, report.locale), plot=plot)
            for name, (_, part, plot) in zip(names[2:], parts, strict=True)
        ),
        Sheet(names[1], notes_rows(report), NOTES_WIDTHS),
    )


def _data(chart: Chart, locale: str) -> Table:
    """Return a chart's data as a table, a row a point; days have the days they are compared with beside them."""
    _ = words_of(locale).gettext
    dated = chart.label_type == "date"
    heading, unit = (_("Date"), Unit("date")) if dated else (_("Category"), Unit("text"))
    compared = tuple(label or None for label in chart.baseline_labels) if dated else ()
    points = Column("", heading, "dimension", unit, chart.labels, compared)
    series = (Column(one.field, one.label, "metric", one.unit, one.values, one.baseline) for one in chart.series)
    return Table((points, *series))


def flat_table(table: Table, report: Report) -> Table:
    """Give the compared values of a column, and their changes, columns of their own, right of it."""
    columns: list[Column] = []
    totals: list[Value] = []
    nothing = (None,) * len(table.columns)
    for column, total, before in zip(
        table.columns, table.total or nothing, table.total_baseline or nothing, strict=True
    ):
        columns.append(replace(column, baseline=()))
        totals.append(total)
        if column.baseline:
            columns += _beside(column, report.locale)
            moved = column.change(total, before) if column.role == "metric" else None
            totals += [before, *([_moved(moved, column.unit)] if column.is_numeric else [])]
    if "baseline" in table.presence or ("current" in table.presence and "both" in table.presence):
        columns.append(_presence(table, report))
        totals.append(None)
    if len(columns) > _MOST_COLUMNS:
        message = (
            f"a table of {len(columns):,} columns: a sheet of a workbook has {_MOST_COLUMNS:,}; ask for fewer metrics"
        )
        raise OutputError(message)
    return Table(tuple(columns), total=tuple(totals) if table.total else None)


def _beside(column: Column, locale: str) -> list[Column]:
    """Return the compared values of a column, and for numbers how far each moved."""
    _ = words_of(locale).gettext
    before = replace(
        column,
        label=_("%(label)s (previous)") % {"label": column.label},
        values=column.baseline,
        baseline=(),
        links=(),
        bar=False,
        tones=(),
    )
    if not column.is_numeric:
        return [before]
    rate = column.unit.name in RATES
    label = (_("%(label)s (change, pp)") if rate else _("%(label)s (change)")) % {"label": column.label}
    unit = points_unit(column.unit) if rate else Unit("percent")
    changes = (column.change(now, then) for now, then in zip_longest(column.values, column.baseline))
    moved = tuple(_moved(one, column.unit) for one in changes)
    return [before, Column(column.field, label, "metric", unit, moved, tones=_judged(column))]


def _judged(column: Column) -> tuple[ToneRule, ...]:
    """Return from where a change of a column is good or bad."""
    if column.direction == "neutral":
        return ()
    band = 0 if column.unit.name in RATES else column.band
    if column.direction == "up_is_good":
        return ToneRule("good", ">", band), ToneRule("bad", "<", -band)
    return ToneRule("bad", ">", band), ToneRule("good", "<", -band)


def _moved(change: Change | None, unit: Unit) -> Value:
    """Return a change as it stands in a cell: percentage points of a rate, else a fraction of the compared value."""
    if change is None:
        return None
    return float(points_of(change, unit)) if unit.name in RATES else change.relative


def _presence(table: Table, report: Report) -> Column:
    """Return the column that marks the rows of one period alone."""
    _ = words_of(report.locale).gettext
    names = {
        "current": format_period(report.period, report.locale),
        "baseline": format_period(report.baseline, report.locale) if report.baseline else "",
    }
    marks = (_("Only in %(period)s") % {"period": names[one]} if one in names else None for one in table.presence)
    return Column("", _("Periods"), "dimension", Unit("text"), tuple(marks))


def _parts(table: Table, most_rows: int) -> Iterator[Table]:
    """Cut a flat table into what single sheets hold; the total stands under the last rows."""
    count = _rows(table)
    for start in range(0, max(count, 1), most_rows):
        rows = slice(start, start + most_rows)
        columns = (replace(column, values=column.values[rows], links=column.links[rows]) for column in table.columns)
        yield Table(tuple(columns), total=table.total if start + most_rows >= count else None)


def _table_sheet(name: str, table: Table, locale: str) -> Sheet:
    labels = column_names(column.label for column in table.columns)
    table = replace(
        table, columns=tuple(replace(one, label=label) for one, label in zip(table.columns, labels, strict=True))
    )
    heading = tuple(_heading(column, locale) for column in table.columns)
    total = [_total(table.columns, table.total, locale)] if table.total else []
    count = _rows(table)
    sample = _body(table.columns, sorted({*range(min(count, _SAMPLE)), *_longest_numbers(table.columns)}), locale)
    widths = _widths([heading, *sample, *total])
    rows = chain([heading], _body(table.columns, range(count), locale), total)
    return Sheet(name, rows, widths, headed=True, table_rows=count, columns=table.columns)


def _heading(column: Column, locale: str) -> Cell:
    style: Style = "heading_right" if column.is_numeric else "heading"
    return text_cell(column.label, style, note=words_of(locale).gettext(_BLANK) if None in column.values else "")


def _body(columns: tuple[Column, ...], rows: Iterable[int], locale: str) -> Iterator[Row]:
    """Yield rows by their index; a column that ends earlier than another is blank from there."""
    styles: tuple[Style, ...] = tuple("number" if column.is_numeric else "text" for column in columns)
    for row in rows:
        yield tuple(
            value_cell(_at(column.values, row), column.unit, locale, style, _at(column.links, row))
            for column, style in zip(columns, styles, strict=True)
        )


def _total(columns: tuple[Column, ...], total: tuple[Value, ...], locale: str) -> Row:
    styles: tuple[Style, ...] = tuple("total_right" if column.is_numeric else "total" for column in columns)
    cells = zip(total, columns, styles, strict=True)
    return tuple(value_cell(value, column.unit, locale, style) for value, column, style in cells)


def _longest_numbers(columns: Iterable[Column]) -> Iterator[int]:
    """Yield the row of the largest number of each numeric column, whatever its sign."""
    for column in columns:
        sizes = [abs(value) if isinstance(value, int | float) else -1 for value in column.values]
        if sizes:
            yield sizes.index(max(sizes))


def _rows(table: Table) -> int:
    return max((len(column.values) for column in table.columns), default=0)


def _at(values: Sequence[_T], row: int) -> _T | None:
    return values[row] if row < len(values) else None


def _widths(rows: Iterable[Row]) -> tuple[int, ...]:
    columns = ([cell for cell in column if cell and cell.style not in _FLOWING] for column in zip_longest(*rows))
    return tuple(
        min(_WIDEST, _PADDING + max([_NARROWEST, *(display_width(cell) for cell in column)])) for column in columns
    )
