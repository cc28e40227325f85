"""The .xlsx file of sheets of cells, by openpyxl. Imported only to render."""

from __future__ import annotations

import re
import zlib
from dataclasses import dataclass
from datetime import datetime, time
from functools import lru_cache
from io import BytesIO
from typing import TYPE_CHECKING, Literal, TypeAlias
from zipfile import BadZipFile

from openpyxl import Workbook, load_workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Border, Font, NamedStyle, Side
from openpyxl.utils import get_column_letter, quote_sheetname
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.filters import AutoFilter
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.table import Table, TableColumn, TableStyleInfo

from reportgen.formatting import babel_locale
from reportgen.outputs.text.spreadsheet_text import FORMULA_STARTS, clean_text
from reportgen.outputs.workbook.cached_results import with_result, workbook_file
from reportgen.outputs.workbook.conditional_formats import add_marks
from reportgen.outputs.workbook.excel_charts import add_chart
from reportgen.outputs.workbook.excel_names import rgb
from reportgen.outputs.workbook.sheet_cells import text_width

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

    from openpyxl.cell import Cell
    from openpyxl.worksheet.worksheet import Worksheet

    from reportgen.model import Number, Paper, Report, Theme
    from reportgen.outputs.workbook.sheet_cells import CellStyle, SheetCell, SheetRow
    from reportgen.outputs.workbook.sheets import Sheet

    # column, style, format; whether quoted, without link, without note
    _CellKey: TypeAlias = tuple[int, CellStyle, str, bool, bool, bool]

_PAPERS: dict[Paper, str] = {"a4": "9", "letter": "1", "slide": "9"}  # by Excel's numbers; a slide is no paper
_PORTRAIT = 120  # characters that an upright page of paper takes at a readable size, 8 points and more
_BODY, _LINE, _HIGHEST = 11, 15.0, 409.0  # points: the size of text, the height of its line, Excel's limit of a row
_MANY_LINES = 10  # of a caption; more would hide the rows below
_NEIGHBOUR = re.compile(r"RC\[(-?\d+)\]")
_ROW = "\0"  # stands for the number of a cell's row
_MOST_LINKS = 65_530  # of a sheet; Excel repairs a file that has more


@dataclass(frozen=True, slots=True)
class _Look:
    """The look of a style of cells: colours by the theme's names, sizes in points."""

    size: int = _BODY
    bold: bool = False
    color: str = "ink"
    align: Literal["left", "right"] = "left"
    top: str = ""
    bottom: str = "hair"
    underline: bool = False
    wrap: bool = True


_LOOKS: dict[CellStyle, _Look] = {
    "title": _Look(size=18, bold=True, bottom="", wrap=False),
    "caption": _Look(color="ink-3", bottom="", wrap=False),
    "fact_name": _Look(color="ink-3", bottom="", wrap=False),
    "fact": _Look(bottom="", wrap=False),
    "heading": _Look(bold=True, bottom="accent"),
    "heading_right": _Look(bold=True, bottom="accent", align="right"),
    "text": _Look(),
    "muted": _Look(color="ink-3"),
    "link": _Look(color="accent", underline=True),
    "number": _Look(align="right", wrap=False),
    "good": _Look(align="right", color="good", wrap=False),
    "bad": _Look(align="right", color="bad", wrap=False),
    "total": _Look(bold=True, top="rule", bottom=""),
    "total_right": _Look(bold=True, top="rule", bottom="", align="right", wrap=False),
}


def workbook_bytes(report: Report, sheets: Iterable[Sheet]) -> bytes:
    """Return the .xlsx file of the sheets, the same bytes on any day."""
    book = Workbook(write_only=True)
    turned = babel_locale(report.locale).text_direction == "rtl"
    for style, look in _LOOKS.items():
        book.add_named_style(_named_style(style, look, report.theme, turned=turned))
    chart_texts: list[str] = []
    formulas = 0
    for sheet in sheets:
        page = book.create_sheet(sheet.name)
        _set_up(page, sheet, _PAPERS[report.page.paper], turned=turned)
        writer = _RowWriter(page, sheet, clean_text(report.agency.name))
        headings = writer.write(book)
        formulas += writer.formulas
        if sheet.table_rows:
            page.tables.add(_table(sheet, headings, len(book.worksheets) - 1))
            add_marks(page, sheet, report.theme)
        if sheet.plot:
            add_chart(page, sheet.plot, len(sheet.widths))
            chart_texts += [clean_text(sheet.plot.alternative_text)] if sheet.plot.series else []
    book.properties.title = clean_text(report.title)
    book.properties.creator = clean_text(report.agency.name) or None
    book.properties.created = book.properties.modified = datetime.combine(report.as_of, time())
    return workbook_file(book, chart_texts, formulas)


def sheet_names_in(content: bytes) -> frozenset[str] | None:
    """Return the names of a workbook's sheets that have rows; None where it cannot be opened."""
    try:
        book = load_workbook(BytesIO(content), read_only=True)
        names = frozenset(sheet.title for sheet in book.worksheets if next(iter(sheet.values), ()))
        book.close()
    except (OSError, ValueError, KeyError, BadZipFile, SyntaxError, zlib.error):
        return None
    return names


def _named_style(style: CellStyle, look: _Look, theme: Theme, *, turned: bool) -> NamedStyle:
    """Return a style; in a turned sheet texts begin at the right, and figures end there still, so that they line up."""

    def edge(name: str) -> Side | None:
        return Side("thin" if name in {"hair", "rule"} else "medium", rgb(theme, name)) if name else None

    return NamedStyle(
        f"Report {style.replace('_', ' ')}",
        font=Font(
            "Calibri", look.size, look.bold, color=rgb(theme, look.color), u="single" if look.underline else None
        ),
        border=Border(top=edge(look.top), bottom=edge(look.bottom)),
        alignment=Alignment(
            "right" if turned else look.align,
            "bottom" if "heading" in style else "top",
            wrap_text=look.wrap,
            indent=1 if look.align == "left" else 0,  # else text touches the number left of it
        ),
    )


def _table(sheet: Sheet, headings: Sequence[str], number: int) -> Table:
    """Return the Excel table of a sheet's rows, without a style of its own: the cells have the report's."""
    area = f"A1:{get_column_letter(len(headings))}{sheet.table_rows + 1}"
    columns = [TableColumn(at, name=heading) for at, heading in enumerate(headings, 1)]
    look = TableStyleInfo(name=None, showRowStripes=False)
    return Table(number, sheet.table, ref=area, autoFilter=AutoFilter(area), tableColumns=columns, tableStyleInfo=look)


def _set_up(page: Worksheet, sheet: Sheet, paper: str, *, turned: bool) -> None:
    """Set a sheet's view and print options; a streamed sheet must know its columns before its rows."""
    page.sheet_view.rightToLeft = turned
    page.sheet_view.showGridLines = False
    for index, width in enumerate(sheet.widths, 1):
        page.column_dimensions[get_column_letter(index)].width = width
    page.page_setup.paperSize = paper
    page.page_setup.orientation = "landscape" if sheet.plot or sum(sheet.widths) > _PORTRAIT else "portrait"
    page.page_setup.fitToWidth, page.page_setup.fitToHeight = 1, 0  # as many pages long as it takes
    page.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    if (foot := page.oddFooter) is not None:  # each new sheet has an empty footer
        foot.left.text, foot.right.text = "&A", "&P / &N"
    if sheet.headed:
        page.freeze_panes = "A2"
        page.print_title_rows = "1:1"


class _RowWriter:
    """Streams the rows of a sheet.

    Looking a style up by its name takes longer than all else, and openpyxl writes a row before it takes the next: all
    cells of a column with the same look share an object, which gets each value in turn. It gets the value's type too,
    as openpyxl would take some texts for formulas. A text is quoted where editing its cell would make it a formula.

    Attributes:
        formulas: Count of the formulas written.
    """

    def __init__(self, page: Worksheet, sheet: Sheet, author: str) -> None:
        self.formulas = 0
        self._author = author
        self._page = page
        self._sheet = sheet
        self._cells: dict[_CellKey, Cell] = {}
        self._links = 0

    def write(self, book: Workbook) -> list[str]:
        """Write all rows and enter the names of cells into the workbook; return the texts of the first row."""
        first: list[str] = []
        limits = (*(flat.column.lines for flat in self._sheet.columns), *(None for _ in self._sheet.widths))
        for index, row in enumerate(self._sheet.rows, 1):
            if (height := _height(row, self._sheet.widths, limits)) > _LINE:
                self._page.row_dimensions[index].height = height
            self._page.append([self._openpyxl_cell(cell, index, column) for column, cell in enumerate(row, 1)])
            if index == 1:
                first = [str(cell.value) for cell in row]
            if not self._sheet.headed:  # no cell of a table has a name
                self._name(book, row, index)
        return first

    def _name(self, book: Workbook, row: SheetRow, index: int) -> None:
        for column, cell in enumerate(row, 1):
            if cell.name:
                place = f"{quote_sheetname(self._sheet.name)}!${get_column_letter(column)}${index}"
                book.defined_names.add(DefinedName(cell.name, attr_text=place))

    def _openpyxl_cell(self, cell: SheetCell, row: int, column: int) -> Cell:
        value, style, code, link, note, _name, formula = cell
        held, kind = _typed(value)
        if formula and isinstance(value, int | float):
            self.formulas += 1
            held, kind = with_result(_a1(formula, column).replace(_ROW, str(row)), value), "f"
        quoted = isinstance(value, str) and value.startswith(FORMULA_STARTS)
        key = (column, style, code, quoted, not link, not note)
        written = self._cells.get(key) or self._new_cell(key)
        written.value = held
        written.data_type = kind
        if link:
            self._links += 1
            written.hyperlink = link if self._links <= _MOST_LINKS else None
        if note:
            written.comment = Comment(note, self._author, height=40, width=260)
        return written

    def _new_cell(self, key: _CellKey) -> Cell:
        """Return a new cell, shared by all cells of its column with the same look."""
        _, style, code, quoted, *_ = key
        cell = self._cells[key] = WriteOnlyCell(self._page)
        cell.style = f"Report {style.replace('_', ' ')}"
        cell.number_format, cell.quotePrefix = code, quoted
        return cell


def _typed(value: Number | str | date | None) -> tuple[int | str | date | None, str]:
    """Return a value and its type as a cell of openpyxl holds them: text is never a formula, and #N/A is no error."""
    if isinstance(value, str):
        return value, "s"
    if isinstance(value, float):
        return repr(value), "n"  # openpyxl itself would write 16 digits of 17
    return value, "n" if value is None or isinstance(value, int) else "d"


@lru_cache(maxsize=1024)
def _a1(formula: str, column: int) -> str:
    """Return a formula in R1C1 notation as the file has it, but for the number of its row."""
    return _NEIGHBOUR.sub(lambda place: get_column_letter(column + int(place[1])) + _ROW, formula)


def _height(row: SheetRow, widths: tuple[int, ...], limits: Sequence[int | None]) -> float:
    """Return the height of a row in points: not every viewer measures wrapped text by itself.

    A text of which the page shows a few lines has at most some more here; its cell holds all of it.
    """
    height = _LINE
    for cell, width, limit in zip(row, widths, limits, strict=False):
        value, style = cell.value, cell.style
        if style == "title":
            height = max(height, _LINE * _LOOKS[style].size / _BODY)
        elif isinstance(value, str) and (2 * len(value) >= width or "\n" in value) and _LOOKS[style].wrap:
            lines = sum(-(-text_width(line) // (width - 1)) or 1 for line in value.split("\n"))
            height = max(height, _LINE * min(lines, max(limit, _MANY_LINES) if limit else lines))
    return min(_HIGHEST, height)
