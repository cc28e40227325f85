"""A sheet of the workbook: its cells, widths and parts; knows no file format."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import zip_longest
from typing import TYPE_CHECKING

from reportgen.outputs.workbook.print_layout import READABLE
from reportgen.outputs.workbook.sheet_cells import display_width

if TYPE_CHECKING:
    from collections.abc import Iterable

    from reportgen.outputs.text.flat_tables import FlatColumn
    from reportgen.outputs.workbook.chart_ranges import SheetChart
    from reportgen.outputs.workbook.data_sheet import Figures
    from reportgen.outputs.workbook.sheet_cells import CellStyle, SheetCell, SheetRow

_NARROWEST, _WIDEST = 11, 60  # characters; longer text wraps
_PADDING, _HEADING_PADDING = 4, 2  # characters; a heading breaks, and has room for the button of a filter
_FLOWING: frozenset[CellStyle] = frozenset({"title", "caption", "fact", "back"})
"""Styles of text that runs over its neighbours."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet of the workbook.

    Attributes:
        name: Legal and unique.
        rows: From the top; may be walked once only.
        widths: Of its columns, in characters.
        title: Its full title, also where the name is cut short.
        head: Row of the table's heading, from 1, kept in sight with all above it and repeated on every printed page;
            0 without a table.
        chart: Its native chart, or None.
        table: Name of the Excel table of its rows; empty without a table.
        table_rows: Count of the rows below the heading that can be filtered and sorted, without the total.
        columns: Of the table; their bars, limits and changes mark its cells.
        folded: Columns, from 1, that can be folded away: the changes.
        is_folded: Whether they are to begin with.
        color: Of its tab, RRGGBB.
        kept: How many of its first columns are kept in sight too, and repeated where a row takes several pages.
        figures: Rows of figures below its own rows; may be walked once only.
        least_scale: Of its printed pages.
    """

    name: str
    rows: Iterable[SheetRow]
    widths: tuple[int, ...]
    title: str = ""
    head: int = 0
    chart: SheetChart | None = None
    table: str = ""
    table_rows: int = 0
    columns: tuple[FlatColumn, ...] = ()
    folded: frozenset[int] = frozenset()
    is_folded: bool = False
    color: str = ""
    kept: int = 1
    figures: Iterable[Figures] = ()
    least_scale: float = READABLE

    @property
    def first(self) -> int:
        """Row of the first row of the table, from 1."""
        return self.head + 1

    @property
    def last(self) -> int:
        """Row of the last row of the table, from 1, without the total."""
        return self.head + self.table_rows


def widths_of(rows: Iterable[SheetRow]) -> tuple[int, ...]:
    """Return the widths of columns that rows need, in characters."""
    columns = ([cell for cell in column if cell and cell.style not in _FLOWING] for column in zip_longest(*rows))
    return tuple(min(_WIDEST, max([_NARROWEST, *map(_width, column)])) for column in columns)


def _width(cell: SheetCell) -> int:
    return display_width(cell) + (_HEADING_PADDING if cell.style.startswith("heading") else _PADDING)
