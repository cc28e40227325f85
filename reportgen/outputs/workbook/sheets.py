"""The sheets of a workbook: a summary, a sheet per table and per chart's data, and notes."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from itertools import chain, zip_longest
from typing import TYPE_CHECKING, NamedTuple, TypeVar

from reportgen.formatting import format_value
from reportgen.outputs.text.catalogues import N_, words_of
from reportgen.outputs.text.chart_data import data_of
from reportgen.outputs.text.flat_tables import FlatColumn, flat_table
from reportgen.outputs.text.headings import block_title
from reportgen.outputs.text.spreadsheet_text import column_names
from reportgen.outputs.workbook.chart_ranges import NativeChart, native_chart
from reportgen.outputs.workbook.excel_names import column_reference, sheet_names, table_name
from reportgen.outputs.workbook.sheet_cells import (
    LARGEST_EXACT,
    ChangeKind,
    cell_maker,
    change_maker,
    display_width,
    text_cell,
    with_live_formulas,
)
from reportgen.outputs.workbook.summary_and_notes import NOTES_WIDTHS, notes_rows, summary_rows

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from reportgen.model import Block, Column
    from reportgen.outputs.printed import PrintedReport
    from reportgen.outputs.workbook.sheet_cells import CellMaker, CellStyle, SheetCell, SheetRow

MOST_ROWS = 1_048_574
"""Rows of a table that fit on a sheet of Excel, a heading and a total beside them."""

_T = TypeVar("_T")
_NARROWEST, _WIDEST, _PADDING = 9, 60, 4  # characters; longer text wraps
_SAMPLE = 500  # rows from the top that a column is made wide enough for, and the longest number of all rows
_FLOWING = frozenset({"title", "caption", "fact"})  # styles of text that runs over its neighbours
_BLANK = N_("A blank cell has no value. It is not zero.")
_OTHER_SUM = N_("The source's own total. The rows above add up to %(sum)s.")


class _SheetPart(NamedTuple):
    """A flat table, or the rows of it that stand on a sheet, and their chart."""

    label: str
    columns: tuple[FlatColumn, ...]
    rows: int
    totalled: bool
    whole: bool
    plot: NativeChart | None = None


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet of the workbook.

    Attributes:
        name: Legal and unique.
        rows: From the top; may be walked once only.
        widths: Of its columns, in characters.
        headed: Whether its first row is a heading, kept in sight and repeated on every printed page.
        plot: The native chart of its rows, or None.
        table: Name of the Excel table of its rows; empty without a table.
        table_rows: Count of the rows below the heading that can be filtered and sorted, without the total.
        columns: Of the table; their bars, limits and changes mark its cells.
    """

    name: str
    rows: Iterable[SheetRow]
    widths: tuple[int, ...]
    headed: bool = False
    plot: NativeChart | None = None
    table: str = ""
    table_rows: int = 0
    columns: tuple[FlatColumn, ...] = ()


def sheets_of(printed: PrintedReport, most_rows: int = MOST_ROWS) -> tuple[Sheet, ...]:
    """Return the sheets of a report: summary; tables and charts in the report's order; notes.

    Args:
        printed: The report.
        most_rows: Rows of a table on a sheet; the rest follows on sheets of the same name, numbered.

    Raises:
        OutputError: A table has more columns than a sheet holds.
    """
    report = printed.report
    parts = [part for block in report.blocks for part in _block_parts(block, printed, most_rows)]
    _ = words_of(report.locale).gettext
    names = sheet_names([_("Summary"), _("Notes"), *(part.label for part in parts)])
    summary = tuple(summary_rows(report))
    return (
        Sheet(names[0], summary, _widths(summary)),
        *(
            _table_sheet(name, table_name(name, number), part, report.locale)
            for number, (name, part) in enumerate(zip(names[2:], parts, strict=True), 1)
        ),
        Sheet(names[1], notes_rows(report), NOTES_WIDTHS),
    )


def _block_parts(block: Block, printed: PrintedReport, most_rows: int) -> Iterator[_SheetPart]:
    """Yield the tables of a block, then the data of its charts, each cut into sheets."""
    report = printed.report
    label = block_title(block, report.locale)
    for table in block.tables:
        yield from _parts(label, flat_table(table, report), most_rows)
    for chart in block.charts:
        if chart.kind != "sparkline":
            first, *others = _parts(label, flat_table(data_of(chart, report.locale), report), most_rows)
            yield first._replace(plot=native_chart(block, chart, printed, most_rows))
            yield from others


def _parts(label: str, columns: tuple[FlatColumn, ...], most_rows: int) -> Iterator[_SheetPart]:
    """Yield the parts of a flat table that fit a sheet each; the total stands under the last rows."""
    count = _rows(columns)
    totalled = any(flat.total is not None for flat in columns)
    if count <= most_rows:
        yield _SheetPart(label, columns, count, totalled=totalled, whole=True)
        return
    for start in range(0, count, most_rows):
        rows = slice(start, start + most_rows)
        cut = tuple(
            replace(flat, column=replace(flat.column, values=flat.column.values[rows], links=flat.column.links[rows]))
            for flat in columns
        )
        last = start + most_rows >= count
        yield _SheetPart(label, cut, _rows(cut), totalled=totalled and last, whole=False)


def _table_sheet(name: str, table: str, part: _SheetPart, locale: str) -> Sheet:
    labels = column_names(flat.column.label for flat in part.columns)
    columns = tuple(
        replace(flat, column=replace(flat.column, label=label))
        for flat, label in zip(part.columns, labels, strict=True)
    )
    heading = tuple(_heading(flat.column, locale) for flat in columns)
    whole_table = table if part.whole else ""
    totals = [tuple(_total(flat, whole_table, locale) for flat in columns)] if part.totalled else []
    total = [with_live_formulas(row) for row in totals]
    sample = _cell_rows(columns, sorted({*range(min(part.rows, _SAMPLE)), *_longest_numbers(columns)}), locale)
    widths = _widths([heading, *sample, *total])
    rows = chain([heading], _cell_rows(columns, range(part.rows), locale), total)
    return Sheet(name, rows, widths, headed=True, table=table, table_rows=part.rows, columns=columns, plot=part.plot)


def _heading(column: Column, locale: str) -> SheetCell:
    style: CellStyle = "heading_right" if column.is_numeric else "heading"
    return text_cell(column.label, style, note=words_of(locale).gettext(_BLANK) if None in column.values else "")


def _cell_rows(columns: tuple[FlatColumn, ...], rows: Iterable[int], locale: str) -> Iterator[SheetRow]:
    """Yield rows by their index; a column that ends earlier than another is blank from there."""
    makers = [_maker(flat, locale, "number" if flat.column.is_numeric else "text") for flat in columns]
    cells = [(make, flat.column.values, flat.column.links) for make, flat in zip(makers, columns, strict=True)]
    formulas = any(flat.formula for flat in columns)
    for row in rows:
        made = tuple([make(_at(values, row), _at(links, row) if links else None) for make, values, links in cells])
        yield with_live_formulas(made) if formulas else made


def _maker(flat: FlatColumn, locale: str, style: CellStyle) -> CellMaker:
    """Return the maker of a column's cells; those of a change show their sign and have a formula."""
    if not flat.formula:
        return cell_maker(flat.column.unit, locale, style)
    return change_maker(ChangeKind(flat.column.unit, flat.formula, flat.rounded), locale, style)


def _total(flat: FlatColumn, table: str, locale: str) -> SheetCell:
    """Return the API's total; where the rows add up to it, as a formula that follows the filters of their table.

    `table` is the name of the Excel table, empty where its rows stand on several sheets.
    """
    column = flat.column
    make = _maker(flat, locale, "total_right" if column.is_numeric else "total")
    cell = make(flat.total)
    numbers = [value for value in column.values if isinstance(value, int | float)]
    if not (table and column.additive and numbers and isinstance(flat.total, int | float)):
        return cell
    added = sum(numbers) if all(isinstance(value, int) for value in numbers) else math.fsum(numbers)
    shown = format_value(added, column.unit, locale)
    if shown == format_value(flat.total, column.unit, locale):
        held = all(abs(number) <= LARGEST_EXACT for number in numbers)  # a longer integer is text, which no sum has
        rows = column_reference(table, column.label) if held else ""
        return make(added)._replace(formula=f"SUBTOTAL(109,{rows})") if rows else cell
    return cell._replace(note=words_of(locale).gettext(_OTHER_SUM) % {"sum": shown})


def _longest_numbers(columns: Iterable[FlatColumn]) -> Iterator[int]:
    """Yield the row of the largest number of each numeric column, whatever its sign."""
    for flat in columns:
        sizes = [abs(value) if isinstance(value, int | float) else -1 for value in flat.column.values]
        if sizes:
            yield sizes.index(max(sizes))


def _rows(columns: tuple[FlatColumn, ...]) -> int:
    return max((len(flat.column.values) for flat in columns), default=0)


def _at(values: Sequence[_T], row: int) -> _T | None:
    return values[row] if row < len(values) else None


def _widths(rows: Iterable[SheetRow]) -> tuple[int, ...]:
    columns = ([cell for cell in column if cell and cell.style not in _FLOWING] for column in zip_longest(*rows))
    return tuple(
        min(_WIDEST, _PADDING + max([_NARROWEST, *(display_width(cell) for cell in column)])) for column in columns
    )
