"""The sheets of tables and of charts' data: each with its heading, rows, total and chart."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from itertools import chain, repeat
from typing import TYPE_CHECKING, TypeVar

from reportgen.formatting import format_value
from reportgen.model import number_of
from reportgen.outputs.text.catalogues import N_, words_of
from reportgen.outputs.text.chart_data import data_of
from reportgen.outputs.text.flat_tables import SHARE_FORMULA, FlatColumn, flat_table
from reportgen.outputs.text.headings import block_title
from reportgen.outputs.text.spreadsheet_text import clean_text, column_names
from reportgen.outputs.workbook.chart_ranges import ChartPlace, NativeChart, SheetChart, native_chart
from reportgen.outputs.workbook.column_formulas import with_live_columns
from reportgen.outputs.workbook.excel_names import column_reference
from reportgen.outputs.workbook.sheet import Sheet, widths_of
from reportgen.outputs.workbook.sheet_cells import (
    LARGEST_EXACT,
    ChangeKind,
    cell_maker,
    change_maker,
    computed_maker,
    text_cell,
    toned_maker,
    with_live_formulas,
)
from reportgen.outputs.workbook.sheet_heads import HEAD_ROWS, block_facts, head_rows

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from reportgen.model import Block, Report
    from reportgen.outputs.printed import PrintedReport
    from reportgen.outputs.workbook.sheet_cells import CellMaker, CellStyle, SheetCell, SheetRow

MOST_ROWS = 1_048_560
"""Rows of a table that fit on a sheet of Excel beside what stands above and below them."""

_T = TypeVar("_T")
_SAMPLE = 500  # rows from the top that a column is made wide enough for, and the longest number of all rows
_SHORT = 100  # rows of a table whose cells are made once, for the widths of the columns and for the file
_MOST_UNFOLDED = 2  # compared metrics whose changes are seen from the start
_HEAD = HEAD_ROWS + 1  # row of a table's heading
_GAP = 2  # columns between a table and its chart
_BLANK = N_("A blank cell has no value. It is not zero.")
_OTHER_SUM = N_("The source's own total. The rows above add up to %(sum)s.")
_DRAWN = N_("Drawn in the chart")


@dataclass(frozen=True, slots=True)
class SheetPart:
    """A flat table, or the rows of it that stand on a sheet, and their chart.

    Attributes:
        label: Title of its block.
        block: Its block.
        columns: Of the rows on this sheet.
        rows: Their count.
        totalled: Whether the total stands under them.
        whole: Whether they are all rows of the table.
        plot: The chart of a chart's data, or None.
    """

    label: str
    block: Block
    columns: tuple[FlatColumn, ...]
    rows: int
    totalled: bool
    whole: bool
    plot: NativeChart | None = None


@dataclass(frozen=True, slots=True)
class SheetNames:
    """The names of a sheet: its own, that of its Excel table, and that of the summary, to which it leads back."""

    sheet: str
    table: str
    summary: str


def sheet_parts(
    block: Block, printed: PrintedReport, most_rows: int, formulas: Mapping[str, str] | None
) -> Iterator[SheetPart]:
    """Yield the tables of a block, then the data of its charts, each cut into sheets; see `with_live_columns`."""
    report = printed.report
    label = block_title(block, report.locale)
    for table in block.tables:
        columns = with_live_columns(flat_table(table, report), formulas or {})
        yield from _parts(label, block, columns, most_rows)
    for chart in block.charts:
        if chart.kind != "sparkline":
            first, *others = _parts(label, block, flat_table(data_of(chart, report.locale), report), most_rows)
            yield replace(first, plot=native_chart(block, chart, printed, most_rows))
            yield from others


def _parts(label: str, block: Block, columns: tuple[FlatColumn, ...], most_rows: int) -> Iterator[SheetPart]:
    """Yield the parts of a flat table that fit a sheet each; the total stands under the last rows."""
    count = _rows(columns)
    totalled = any(flat.total is not None for flat in columns)
    if count <= most_rows:
        yield SheetPart(label, block, columns, count, totalled=totalled, whole=True)
        return
    for start in range(0, count, most_rows):
        rows = slice(start, start + most_rows)
        cut = tuple(
            replace(
                flat,
                column=replace(flat.column, values=flat.column.values[rows], links=flat.column.links[rows]),
                judgements=flat.judgements[rows],
            )
            for flat in columns
        )
        last = start + most_rows >= count
        yield SheetPart(label, block, cut, _rows(cut), totalled=totalled and last, whole=False)


def table_sheet(names: SheetNames, part: SheetPart, report: Report, color: str) -> Sheet:
    """Return the sheet of a table or of a chart's data.

    Raises:
        OutputError: See `flat_table`.
    """
    locale, columns = report.locale, _named_columns(part)
    heading = tuple(_heading(flat, locale) for flat in columns)
    totals = [tuple(_total(flat, names.table if part.whole else "", locale) for flat in columns)]
    below = [with_live_formulas(row) for row in totals if part.totalled]
    sample = list(_sample_rows(part, columns, locale))
    rows = sample if part.rows <= _SHORT else _cell_rows(columns, range(part.rows), locale)
    above, drawn = (
        head_rows(part.label, block_facts(part.block, report), names.summary, locale),
        _drawn_rows(part, locale),
    )
    return Sheet(
        names.sheet,
        chain(above, [heading], rows, below, drawn),
        widths_of([heading, *sample, *below, *drawn]),
        title=part.label,
        head=_HEAD,
        chart=_chart(part, names.sheet, columns, _HEAD + part.rows + len(below)),
        table=names.table,
        table_rows=part.rows,
        columns=columns,
        folded=frozenset(at for at, flat in enumerate(columns, 1) if flat.formula),
        is_folded=sum(flat.formula not in {"", SHARE_FORMULA} for flat in columns) > _MOST_UNFOLDED,
        color=color,
        kept=int(len(columns) > 1),
    )


def _sample_rows(part: SheetPart, columns: tuple[FlatColumn, ...], locale: str) -> Iterator[SheetRow]:
    """Yield the rows that columns are made wide enough for, which are all rows of a short table."""
    return _cell_rows(columns, sorted({*range(min(part.rows, _SAMPLE)), *_longest_numbers(columns)}), locale)


def _named_columns(part: SheetPart) -> tuple[FlatColumn, ...]:
    """Return the columns of a part under headings that an Excel table may have."""
    labels = column_names(flat.column.label for flat in part.columns)
    named = zip(part.columns, labels, strict=True)
    return tuple(replace(flat, column=replace(flat.column, label=label)) for flat, label in named)


def _chart(part: SheetPart, sheet: str, columns: Sequence[FlatColumn], last: int) -> SheetChart | None:
    """Return the chart of a part beside its table; `last` is the row of the total, or of the last row without one."""
    if part.plot is None:
        return None
    place = ChartPlace(sheet, _HEAD, tuple(flat.column.label for flat in columns))
    if part.plot.parts:  # below the table and a blank row
        place = ChartPlace(sheet, last + 2, ("", part.plot.names[0]))
    return SheetChart(part.plot, place, len(columns) + _GAP, _HEAD + 1)


def _heading(flat: FlatColumn, locale: str) -> SheetCell:
    column = flat.column
    style: CellStyle = "heading_filtered" if column.is_numeric else "heading"
    return text_cell(column.label, style, note=words_of(locale).gettext(_BLANK) if None in column.values else "")


def _drawn_rows(part: SheetPart, locale: str) -> list[SheetRow]:
    """Return the rows below a table of what its chart draws in place of it: the largest parts and "Other"."""
    if part.plot is None or not part.plot.parts:
        return []
    values = part.columns[1].column
    make = cell_maker(values.unit, locale, "number")
    title = words_of(locale).gettext(_DRAWN)
    heading = text_cell(title, "heading"), text_cell(clean_text(values.label), "heading_right")
    parts = ((text_cell(label, "text"), make(number_of(amount))) for label, amount, _of in part.plot.parts)
    return [(), heading, *parts]


def _cell_rows(columns: tuple[FlatColumn, ...], rows: Iterable[int], locale: str) -> Iterator[SheetRow]:
    """Yield rows by their index; a column that ends earlier than another is blank from there."""
    makers = [_maker(flat, locale, "number" if flat.column.is_numeric else "text") for flat in columns]
    count, formulas = _rows(columns), any(flat.formula or flat.computed for flat in columns)
    values = [_filled(flat.column.values, count) for flat in columns]
    beside = [_filled(flat.judgements or flat.column.links, count) for flat in columns]
    cells = list(zip(makers, values, beside, strict=True))
    for row in rows:
        made = tuple([make(of_column[row], aside[row]) for make, of_column, aside in cells])
        yield with_live_formulas(made) if formulas else made


def _maker(flat: FlatColumn, locale: str, style: CellStyle) -> CellMaker:
    """Return the maker of a column's cells from their values and links, of changes from values and verdicts."""
    if flat.formula:
        kind = ChangeKind(flat.column.unit, flat.formula, flat.rounded, judged=flat.judged)
        return change_maker(kind, locale, style)
    toned = flat.column.tones and style == "number"
    make = toned_maker(flat.column, locale) if toned else cell_maker(flat.column.unit, locale, style)
    return computed_maker(make, flat.computed) if flat.computed else make


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
        # Of a longer integer the cell is text, which no sum has; and a sum of that length loses its last digits.
        held = all(abs(number) <= LARGEST_EXACT for number in (*numbers, sum(map(abs, numbers))))
        rows = column_reference(table, column.label) if held else ""
        return make(added)._replace(formula=f"SUBTOTAL(109,{rows})") if rows else cell
    return cell if flat.is_total_made else cell._replace(note=words_of(locale).gettext(_OTHER_SUM) % {"sum": shown})


def _longest_numbers(columns: Iterable[FlatColumn]) -> Iterator[int]:
    """Yield the row of the largest number of each numeric column, whatever its sign."""
    for flat in columns:
        sizes = [abs(value) if isinstance(value, int | float) else -1 for value in flat.column.values]
        if sizes:
            yield sizes.index(max(sizes))


def _rows(columns: tuple[FlatColumn, ...]) -> int:
    return max((len(flat.column.values) for flat in columns), default=0)


def _filled(values: tuple[_T, ...], count: int) -> Sequence[_T | None]:
    """Return values that end earlier than their table with blanks up to its end."""
    return values if len(values) == count else (*values, *repeat(None, count - len(values)))
