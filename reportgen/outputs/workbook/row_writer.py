"""The rows of a sheet as they stand in its part of the file; their links, notes and names by openpyxl."""

from __future__ import annotations

import math
import re
from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape

from openpyxl.comments import Comment
from openpyxl.utils import get_column_letter, quote_sheetname
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.hyperlink import Hyperlink

from reportgen.errors import OutputError
from reportgen.outputs.text.spreadsheet_text import FORMULA_STARTS
from reportgen.outputs.workbook.cell_styles import BODY, LOOKS
from reportgen.outputs.workbook.data_rows import day_number
from reportgen.outputs.workbook.print_layout import ROW
from reportgen.outputs.workbook.sheet_cells import FILTER_BUTTON, text_width

if TYPE_CHECKING:
    from collections.abc import Sequence

    from openpyxl import Workbook
    from openpyxl.worksheet.worksheet import Worksheet

    from reportgen.model import Number
    from reportgen.outputs.workbook.cell_styles import StyleNumbers
    from reportgen.outputs.workbook.row_store import RowStore
    from reportgen.outputs.workbook.shared_texts import SharedTexts
    from reportgen.outputs.workbook.sheet import Sheet
    from reportgen.outputs.workbook.sheet_cells import SheetCell, SheetRow

_HIGHEST = 409.0  # points: Excel's limit of a row
_MANY_LINES = 10  # of a caption; more would hide the rows below
_NEIGHBOUR = re.compile(r"RC\[(-?\d+)\]")
_AT_ROW = "\0"  # stands for the number of a cell's row
_MOST_LINKS = 65_530  # of a sheet; Excel repairs a file that has more


class RowWriter:
    """Writes the rows of a sheet as they stand in its part of the file.

    openpyxl takes microseconds for a cell. It is given those alone that have a link or a note, which stand elsewhere in
    the file; what it writes of them among the rows is left out.

    Attributes:
        height: Of the rows that were written, in points.
    """

    def __init__(self, page: Worksheet, sheet: Sheet, styles: StyleNumbers, texts: SharedTexts, author: str) -> None:
        """Begin a sheet; `author` is named by its comments."""
        self._page, self._sheet = page, sheet
        self._styles, self._texts, self._author = styles, texts, author
        self._links = 0
        self.height = 0.0

    def write(self, store: RowStore, book: Workbook) -> list[str]:
        """Write all rows and enter the names of cells into the workbook; return the texts of the table's heading."""
        heading: list[str] = []
        limits = (*(flat.column.lines for flat in self._sheet.columns), *(None for _ in self._sheet.widths))
        for index, row in enumerate(self._sheet.rows, 1):
            height = _height(row, self._sheet.widths, limits)
            self.height += height
            size = f' ht="{height:.16g}" customHeight="1"' if height > ROW else ""
            cells = "".join([self._cell(cell, index, column) for column, cell in enumerate(row, 1)])
            store.add(f'<row r="{index}"{size}>{cells}</row>')
            if index == self._sheet.head:
                heading = [str(cell.value) for cell in row]
            if not self._sheet.head:  # no cell of a table has a name
                self._name(book, row, index)
        return heading

    def _name(self, book: Workbook, row: SheetRow, index: int) -> None:
        for column, cell in enumerate(row, 1):
            if cell.name:
                place = f"{quote_sheetname(self._sheet.name)}!${get_column_letter(column)}${index}"
                book.defined_names.add(DefinedName(cell.name, attr_text=place))

    def _cell(self, cell: SheetCell, row: int, column: int) -> str:
        """Return a cell; a text is quoted where editing its cell would make it a formula."""
        value, style, code, link, note, _name, formula = cell
        if link or note:
            self._attach(link, note, row, column)
        place, quoted = f"{get_column_letter(column)}{row}", isinstance(value, str) and value.startswith(FORMULA_STARTS)
        begin = f'<c r="{place}" s="{self._styles[style, code, quoted]}"'
        if isinstance(value, str):
            return f'{begin} t="s"><v>{self._texts.number(value)}</v></c>'
        if value is None:
            return f'{begin} t="n"></c>'
        held = day_number(value) if isinstance(value, date) else _digits(value)
        if formula and not isinstance(value, date):
            return f"{begin}><f>{escape(formula_at(formula, column, row))}</f><v>{held}</v></c>"
        return f'{begin} t="n"><v>{held}</v></c>'

    def _attach(self, link: str | None, note: str, row: int, column: int) -> None:
        """Give openpyxl the link and the note of a cell."""
        if link and self._links < _MOST_LINKS:
            self._links += 1
            self._page.cell(row, column).hyperlink = _hyperlink(link)
        if note:
            self._page.cell(row, column).comment = Comment(note, self._author, height=40, width=260)


def _digits(value: Number) -> int | str:
    """Return a number with all of its digits, of which openpyxl would write 16.

    Raises:
        OutputError: It is infinite or not a number.
    """
    if isinstance(value, int):
        return int(value)
    if not math.isfinite(value):
        raise OutputError(f"{value} is no number of a cell")
    return repr(value)


def _hyperlink(link: str) -> Hyperlink:
    """Return a link to a web address, or inside the workbook to a place behind a #."""
    return Hyperlink(ref="", location=link[1:]) if link.startswith("#") else Hyperlink(ref="", target=link)


def formula_at(formula: str, column: int, row: int) -> str:
    """Return a formula in R1C1 notation as a cell of a column and a row has it."""
    return _a1(formula, column).replace(_AT_ROW, str(row))


@lru_cache(maxsize=1024)
def _a1(formula: str, column: int) -> str:
    """Return a formula in R1C1 notation as the file has it, but for the number of its row."""
    return _NEIGHBOUR.sub(lambda place: get_column_letter(column + int(place[1])) + _AT_ROW, formula)


def _height(row: SheetRow, widths: tuple[int, ...], limits: Sequence[int | None]) -> float:
    """Return the height of a row in points: not every viewer measures wrapped text by itself.

    A text of which the page shows a few lines has at most some more here; its cell holds all of it.
    """
    height = ROW
    for cell, width, limit in zip(row, widths, limits, strict=False):
        value, style = cell.value, cell.style
        if not isinstance(value, str):
            continue
        if style == "title":
            height = max(height, ROW * LOOKS[style].size / BODY)
        elif (2 * len(value) >= width or "\n" in value) and LOOKS[style].wrap:
            room = width - (FILTER_BUTTON if "heading" in style else 0) - 1
            lines = sum(_lines(line, room) for line in value.split("\n"))
            height = max(height, ROW * min(lines, max(limit, _MANY_LINES) if limit else lines))
    return min(_HIGHEST, height)


def _lines(text: str, room: int) -> int:
    """Return the count of lines that a text takes; a word that is longer than a line is broken."""
    lines, used = 1, 0
    for word in text.split(" "):
        width = text_width(word)
        if used and used + 1 + width > room:
            lines, used = lines + 1, 0
        used += width + bool(used)
        lines, used = lines + max(0, used - 1) // room, (used - 1) % room + 1 if used else 0
    return lines
