"""The rows of a sheet, streamed into its part of the file, by openpyxl."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from openpyxl.cell import WriteOnlyCell
from openpyxl.comments import Comment
from openpyxl.utils import get_column_letter, quote_sheetname
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.hyperlink import Hyperlink

from reportgen.outputs.text.spreadsheet_text import FORMULA_STARTS
from reportgen.outputs.workbook.book_archive import with_result
from reportgen.outputs.workbook.cell_styles import BODY, LOOKS
from reportgen.outputs.workbook.print_layout import ROW
from reportgen.outputs.workbook.shared_texts import TEXT_TYPE
from reportgen.outputs.workbook.sheet_cells import FILTER_BUTTON, text_width

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date
    from typing import TypeAlias

    from openpyxl import Workbook
    from openpyxl.cell import Cell
    from openpyxl.worksheet.worksheet import Worksheet

    from reportgen.model import Number
    from reportgen.outputs.workbook.book_archive import BookContents
    from reportgen.outputs.workbook.sheet import Sheet
    from reportgen.outputs.workbook.sheet_cells import CellStyle, SheetCell, SheetRow

    # column, style, format; whether quoted, without link, without note
    _CellKey: TypeAlias = tuple[int, CellStyle, str, bool, bool, bool]

_HIGHEST = 409.0  # points: Excel's limit of a row
_MANY_LINES = 10  # of a caption; more would hide the rows below
_NEIGHBOUR = re.compile(r"RC\[(-?\d+)\]")
_AT_ROW = "\0"  # stands for the number of a cell's row
_MOST_LINKS = 65_530  # of a sheet; Excel repairs a file that has more


class RowWriter:
    """Streams the rows of a sheet.

    Looking a style up by its name takes longer than all else, and openpyxl writes a row before it takes the next: all
    cells of a column with the same look share an object, which gets each value in turn. It gets the value's type too,
    as openpyxl would take some texts for formulas. A text is quoted where editing its cell would make it a formula.

    Attributes:
        height: Of the rows that were written, in points.
    """

    def __init__(self, page: Worksheet, sheet: Sheet, contents: BookContents, author: str) -> None:
        """Begin a sheet; `author` is named by its comments."""
        self._contents = contents
        self._author = author
        self._page = page
        self._sheet = sheet
        self._cells: dict[_CellKey, Cell] = {}
        self._links = 0
        self.height = 0.0

    def write(self, book: Workbook) -> list[str]:
        """Write all rows and enter the names of cells into the workbook; return the texts of the table's heading."""
        heading: list[str] = []
        limits = (*(flat.column.lines for flat in self._sheet.columns), *(None for _ in self._sheet.widths))
        for index, row in enumerate(self._sheet.rows, 1):
            if (height := _height(row, self._sheet.widths, limits)) > ROW:
                self._page.row_dimensions[index].height = height
            self.height += height
            self._page.append([self._openpyxl_cell(cell, index, column) for column, cell in enumerate(row, 1)])
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

    def _openpyxl_cell(self, cell: SheetCell, row: int, column: int) -> Cell:
        value, style, code, link, note, _name, formula = cell
        held, kind = self._typed(value)
        if formula and isinstance(value, int | float):
            self._contents.formulas += 1
            held, kind = with_result(formula_at(formula, column, row), value), "f"
        quoted = isinstance(value, str) and value.startswith(FORMULA_STARTS)
        key = (column, style, code, quoted, not link, not note)
        written = self._cells.get(key) or self._new_cell(key)
        written.value = held
        written.data_type = kind
        if link:
            self._links += 1
            written.hyperlink = _hyperlink(link) if self._links <= _MOST_LINKS else None
        if note:
            written.comment = Comment(note, self._author, height=40, width=260)
        return written

    def style_number(self, style: CellStyle, code: str = "General") -> int:
        """Return the number of a style of cells in the file."""
        return int(self._new_cell((0, style, code, False, True, True)).style_id)

    def _new_cell(self, key: _CellKey) -> Cell:
        """Return a new cell, shared by all cells of its column with the same look."""
        _, style, code, quoted, *_ = key
        cell = self._cells[key] = WriteOnlyCell(self._page)
        cell.style = f"Report {style.replace('_', ' ')}"
        cell.number_format, cell.quotePrefix = code, quoted
        return cell

    def _typed(self, value: Number | str | date | None) -> tuple[int | str | date | None, str]:
        """Return a value and its type as a cell of openpyxl holds them: a text by its number."""
        if isinstance(value, str):
            return self._contents.texts.number(value), TEXT_TYPE
        if isinstance(value, float):
            return repr(value), "n"  # openpyxl itself would write 16 digits of 17
        return value, "n" if value is None or isinstance(value, int) else "d"


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
        if style == "title":
            height = max(height, ROW * LOOKS[style].size / BODY)
        elif isinstance(value, str) and (2 * len(value) >= width or "\n" in value) and LOOKS[style].wrap:
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
