"""The tables of the web page: with the rows that are not printed, and with tools to filter and to show them."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from reportgen.outputs.page.page_parts import TableTools
from reportgen.outputs.page.table_parts import grid_parts
from reportgen.outputs.text.catalogues import words_of
from reportgen.outputs.text.counts_and_shares import count_text
from reportgen.outputs.text.table_captions import rows_shown, table_subtitle

if TYPE_CHECKING:
    from reportgen.model import Block, Table
    from reportgen.outputs.page.page_parts import GridParts
    from reportgen.outputs.printed import PrintedReport

_MOST_ROWS = 500  # of a table whose rows are all in the page
_FILTERED_ROWS = 15  # more rows than these are filtered, and scrolled under their heads


def table_parts(table: Table, block: Block, printed: PrintedReport, *, is_first: bool) -> GridParts:
    """Return a table of a block with all of its rows, if they are not too many; the block's title is over the first."""
    typeface, locale = printed.measures.screen.text.typeface, printed.report.locale
    rows = _rows(table)
    shown = table if rows == table.shown else replace(table, shown=rows)
    (grid,) = printed.grids(shown, block.width, paged=False)
    subtitle = table_subtitle(replace(table, shown=table.of), printed.report, 1, 1)  # its count of rows is a tool's
    grid = replace(grid, subtitle=subtitle)
    parts = grid_parts(grid, block, locale, "screen", typeface, is_first=is_first)
    return replace(
        parts,
        frame=f"{parts.frame} long" if rows > _FILTERED_ROWS else parts.frame,
        rows=tuple(replace(row, is_beyond=table.shown <= at < rows) for at, row in enumerate(parts.rows)),
        tools=_tools(table, rows, printed),
    )


def _rows(table: Table) -> int:
    """Return how many rows of a table the page holds."""
    there = min((len(column.values) for column in table.columns), default=0)
    return max(table.shown, there) if there <= _MOST_ROWS else table.shown


def _tools(table: Table, rows: int, printed: PrintedReport) -> TableTools:
    """Return the texts of the tools of a table of which the page has so many rows."""
    locale, workbook = printed.report.locale, printed.beside.get("xlsx", "")
    _, whole = words_of(locale).gettext, {"num": count_text(table.of, locale)}
    is_elsewhere = bool(workbook) and rows < table.of
    return TableTools(
        count=rows_shown(table, printed.report),
        all_rows=_("Show all %(num)s") % whole if rows > table.shown else "",
        found=_("%(shown)s of %(of)s") % {"shown": "%1", "of": "%2"} if rows > _FILTERED_ROWS else "",
        elsewhere=_("All %(num)s rows are in the workbook") % whole if is_elsewhere else "",
        workbook=workbook if is_elsewhere else "",
    )
