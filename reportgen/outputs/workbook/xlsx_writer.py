"""The .xlsx file of sheets of cells, by openpyxl. Imported only to render."""

from __future__ import annotations

from datetime import datetime, time
from itertools import chain
from typing import TYPE_CHECKING

from openpyxl import Workbook
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.filters import AutoFilter
from openpyxl.worksheet.pagebreak import Break, ColBreak
from openpyxl.worksheet.properties import Outline, PageSetupProperties
from openpyxl.worksheet.table import Table, TableColumn, TableFormula, TableStyleInfo

from reportgen.formatting import babel_locale, excel_format
from reportgen.model import Unit
from reportgen.outputs.text.spreadsheet_text import clean_text
from reportgen.outputs.workbook.book_archive import BookContents, workbook_file
from reportgen.outputs.workbook.cell_styles import LOOKS, StyleNumbers, named_style
from reportgen.outputs.workbook.conditional_formats import add_marks
from reportgen.outputs.workbook.data_rows import DataRows
from reportgen.outputs.workbook.excel_charts import add_chart
from reportgen.outputs.workbook.print_layout import (
    BOTTOM,
    FOOTER,
    MARGIN,
    ROW,
    TOP,
    centimetres,
    fits_on_a_page,
    in_centimetres,
    print_layout,
)
from reportgen.outputs.workbook.row_store import RowStore
from reportgen.outputs.workbook.row_writer import RowWriter, formula_at
from reportgen.outputs.workbook.sheet_additions import SheetAdditions

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from openpyxl.worksheet.worksheet import Worksheet

    from reportgen.model import Paper, Report
    from reportgen.outputs.workbook.cell_styles import StyleKey
    from reportgen.outputs.workbook.print_layout import PrintLayout
    from reportgen.outputs.workbook.sheet import Sheet

_PAPERS: dict[Paper, str] = {"a4": "9", "letter": "1", "slide": "9"}  # by Excel's numbers; a slide is no paper
_CENTIMETRES = 2.54  # of an inch


def workbook_bytes(report: Report, sheets: Iterable[Sheet]) -> bytes:
    """Return the .xlsx file of the sheets, the same bytes on any day."""
    with RowStore() as rows:
        book = _Book(report, rows)
        for sheet in sheets:
            book.add(sheet)
        return book.file()


class _Book:
    """A workbook in the making: that of openpyxl, and the additions to its file."""

    def __init__(self, report: Report, rows: RowStore) -> None:
        """Begin without sheets."""
        self._report, self._rows, self._contents = report, rows, BookContents()
        self._turned = babel_locale(report.locale).text_direction == "rtl"
        self._author, self._tables = clean_text(report.agency.name), 0
        self._book = Workbook()
        self._book.remove(self._book.worksheets[0])
        for style, look in LOOKS.items():
            self._book.add_named_style(named_style(style, look, report.theme, turned=self._turned))
        self._styles = StyleNumbers(self._book)

    def add(self, sheet: Sheet) -> None:
        """Add a sheet."""
        page, paper = self._book.create_sheet(sheet.name), self._report.page.paper
        _set_up(page, sheet, turned=self._turned)
        layout = _set_up_print(page, sheet, paper)
        writer = RowWriter(page, sheet, self._styles, self._contents.texts, self._author)
        headings = writer.write(self._rows, self._book)
        if fits_on_a_page(max(writer.height, sheet.last * ROW), _lower_edge(sheet), layout, paper):
            page.page_setup.fitToHeight = 1
        bars = add_marks(page, sheet, self._report.theme)
        if sheet.table_rows and sheet.table:
            self._tables += 1
            page.tables.add(_table(sheet, headings, self._tables))
        if sheet.chart:
            add_chart(page, sheet.chart)
            plot = sheet.chart.plot
            self._contents.chart_texts += [clean_text(plot.alternative_text)] if plot.shape != "map" else []
        quiet, stored = _area(sheet, sheet.last + 1) if sheet.head else "", self._rows.end_sheet()
        rows = chain(stored.pieces(), self._data_rows(sheet))
        self._contents.additions.append(SheetAdditions(rows, stored.size, bars, quiet))

    def _data_rows(self, sheet: Sheet) -> Iterator[bytes]:
        """Return the rows of figures of a sheet as they stand in its part."""
        day, plain = excel_format(self._report.as_of.isoformat(), Unit("date"), self._report.locale), "General"
        keys: tuple[StyleKey, ...] = ("plain", plain, False), ("plain", plain, True), ("plain", day, False)
        text, quoted, dated = (self._styles[key] for key in keys)
        styles = text, quoted, dated, self._styles["figure", plain, False]
        rows = DataRows(self._contents.texts, styles, len(sheet.widths))
        return rows.pieces(sheet.figures, sheet.first, sheet.table_rows)

    def file(self) -> bytes:
        """Return the file of the workbook."""
        _set_properties(self._book, self._report, self._author)
        return workbook_file(self._book, self._contents)


def _set_properties(book: Workbook, report: Report, author: str) -> None:
    book.properties.title = clean_text(report.title)
    book.properties.creator = author or None
    book.properties.created = book.properties.modified = datetime.combine(report.as_of, time())


def _area(sheet: Sheet, last: int) -> str:
    """Return the area of a table from its heading to a row."""
    return f"A{sheet.head}:{get_column_letter(max(1, len(sheet.widths)))}{last}"


def _table(sheet: Sheet, headings: Sequence[str], number: int) -> Table:
    """Return the Excel table of a sheet's rows, without a style of its own: the cells have the report's."""
    area = f"A{sheet.head}:{get_column_letter(len(headings))}{sheet.last}"
    columns = [TableColumn(at, name=heading) for at, heading in enumerate(headings, 1)]
    for at, (column, flat) in enumerate(zip(columns, sheet.columns, strict=False), 1):
        if formula := flat.formula or flat.computed:
            text = formula_at(formula, at, sheet.first)
            column.calculatedColumnFormula = TableFormula(attr_text=text)
    look = TableStyleInfo(name=None, showRowStripes=False)
    return Table(number, sheet.table, ref=area, autoFilter=AutoFilter(area), tableColumns=columns, tableStyleInfo=look)


def _set_up(page: Worksheet, sheet: Sheet, *, turned: bool) -> None:
    """Set a sheet's view and columns, which a streamed sheet must know before its rows."""
    page.sheet_view.rightToLeft = turned
    page.sheet_view.showGridLines = False
    page.sheet_properties.outlinePr = Outline(summaryRight=False)  # the button stands over the figures that changed
    if sheet.color:
        page.sheet_properties.tabColor = sheet.color
    for index, width in enumerate(sheet.widths, 1):
        column = page.column_dimensions[get_column_letter(index)]
        column.width = width
        if index in sheet.folded:
            column.outlineLevel, column.hidden = 1, sheet.is_folded
        elif sheet.is_folded and index + 1 in sheet.folded:
            column.collapsed = True
    if sheet.head:
        page.freeze_panes = f"{get_column_letter(sheet.kept + 1)}{sheet.first}"


def _set_up_print(page: Worksheet, sheet: Sheet, paper: Paper) -> PrintLayout:
    """Set a sheet's printed pages: headings on each, the columns of names too where a row takes several."""
    beside = sheet.chart and sheet.chart.plot.shape != "map" and sheet.head
    chart = sheet.chart.width if sheet.chart and beside else 0
    layout = print_layout(_printed_widths(sheet), chart, paper, sheet.least_scale)
    page.page_setup.paperSize = _PAPERS[paper]
    page.page_setup.orientation = "landscape" if layout.landscape else "portrait"
    _set_edges(page)
    if layout.scale is None:
        page.page_setup.fitToWidth, page.page_setup.fitToHeight = 1, 0  # as many pages long as it takes
        page.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    else:
        page.page_setup.scale = layout.scale
        if sheet.kept and layout.several:
            page.print_title_cols = f"A:{get_column_letter(sheet.kept)}"
        if layout.chart_apart and sheet.chart:
            page.col_breaks = ColBreak()
            page.col_breaks.append(Break(id=len(sheet.widths)))
    if sheet.head:
        page.print_title_rows = f"{sheet.head}:{sheet.head}"
    return layout


def _set_edges(page: Worksheet) -> None:
    """Set the margins of a sheet's printed pages, and the footer: the sheet's name, the page and their count."""
    edges = page.page_margins
    edges.left = edges.right = MARGIN / _CENTIMETRES
    edges.top, edges.bottom, edges.footer = TOP / _CENTIMETRES, BOTTOM / _CENTIMETRES, FOOTER / _CENTIMETRES
    if (foot := page.oddFooter) is not None:  # each new sheet has an empty footer
        foot.left.text, foot.right.text = "&A", "&P / &N"


def _printed_widths(sheet: Sheet) -> list[float]:
    """Return the widths that are printed: of the columns that are seen, and of what a chart above them sticks out."""
    seen = [float(width) for at, width in enumerate(sheet.widths, 1) if not (sheet.is_folded and at in sheet.folded)]
    if sheet.chart is None or sheet.head:
        return seen
    under = sum(map(centimetres, sheet.widths[sheet.chart.column - 1 :]))
    return [*seen, max(0.0, sheet.chart.width - under) / centimetres(1)]


def _lower_edge(sheet: Sheet) -> float:
    """Return the place of the lower edge of a sheet's chart, in centimetres; 0 without a chart."""
    return in_centimetres((sheet.chart.row - 1) * ROW) + sheet.chart.height if sheet.chart else 0.0
