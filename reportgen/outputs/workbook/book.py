"""Sheets of cells to an .xlsx file: with `charts` the one place that knows openpyxl. Imported only to render."""

from __future__ import annotations

import zlib
from copy import copy
from dataclasses import dataclass
from datetime import datetime, time
from io import BytesIO
from typing import TYPE_CHECKING, Literal
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
from reportgen.outputs.workbook.cells import text_width
from reportgen.outputs.workbook.charts import add_plot
from reportgen.outputs.workbook.finishing import finished
from reportgen.outputs.workbook.marking import add_marks
from reportgen.outputs.workbook.names import FORMULA_STARTS, clean_text, table_name

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from typing import TypeAlias

    from openpyxl.cell.cell import Cell as OpenpyxlCell
    from openpyxl.styles.cell_style import StyleArray
    from openpyxl.worksheet.worksheet import Worksheet

    from reportgen.model import Report, Theme
    from reportgen.outputs.workbook.cells import Cell, Row, Style
    from reportgen.outputs.workbook.sheets import Sheet

    _Styles: TypeAlias = dict[tuple[Style, str, bool], StyleArray]

_A4 = "9"
_PORTRAIT = 120  # characters that an upright page of A4 takes at a readable size, 8 points and more
_BODY, _LINE, _HIGHEST = 11, 15.0, 409.0  # points: the size of text, the height of its line, Excel's limit of a row
_MOST_LINKS = 65_530  # of a sheet; Excel repairs a file that has more


@dataclass(frozen=True, slots=True)
class _Look:
    """How cells of one style look: colours by the theme's names, sizes in points."""

    size: int = _BODY
    bold: bool = False
    color: str = "ink"
    align: Literal["left", "right"] = "left"
    top: str = ""
    bottom: str = "hair"
    underline: bool = False
    wrap: bool = True


_LOOKS: dict[Style, _Look] = {
    "title": _Look(size=18, bold=True, bottom="", wrap=False),
    "caption": _Look(color="ink-3", bottom="", wrap=False),
    "fact_name": _Look(color="ink-3", bottom="", wrap=False),
    "fact": _Look(bottom="", wrap=False),
    "heading": _Look(bold=True, bottom="accent"),
    "heading_right": _Look(bold=True, bottom="accent", align="right"),
    "text": _Look(),
    "muted": _Look(color="ink-3"),
    "link": _Look(color="accent", underline=True, wrap=False),
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
        book.add_named_style(_named(style, look, report.theme, turned=turned))
    described: list[str] = []
    styles: _Styles = {}
    for sheet in sheets:
        page = book.create_sheet(sheet.name)
        page.sheet_view.rightToLeft = turned
        headings = _write(page, sheet, book, styles)
        if sheet.table_rows:
            number = len(book.worksheets) - 1
            page.tables.add(_table(table_name(sheet.name, number), headings, sheet.table_rows, number))
            add_marks(page, sheet, report.theme)
        if sheet.plot:
            add_plot(page, sheet.plot, len(sheet.widths))
            described += [sheet.plot.alt] if sheet.plot.series else []
    book.properties.title = clean_text(report.title)
    book.properties.creator = clean_text(report.agency.name) or "reportgen"
    book.properties.created = datetime.combine(report.as_of, time())
    file = BytesIO()
    book.save(file)
    return finished(file, report.as_of, [clean_text(text) for text in described])


def sheet_names_in(content: bytes) -> frozenset[str] | None:
    """Return the names of a workbook's sheets, each of which opens; None where it cannot be opened."""
    try:
        book = load_workbook(BytesIO(content), read_only=True)
        names = frozenset(sheet.title for sheet in book.worksheets if next(iter(sheet.values), ()))
        book.close()
    except (OSError, ValueError, KeyError, BadZipFile, SyntaxError, zlib.error):
        return None
    return names


def _named(style: Style, look: _Look, theme: Theme, *, turned: bool) -> NamedStyle:
    """Return a style; in a turned sheet texts begin at the right, and figures end there still, so that they line up."""

    def color(name: str) -> str:
        return theme.colors[name].removeprefix("#")

    def edge(name: str) -> Side | None:
        return Side("thin" if name in {"hair", "rule"} else "medium", color(name)) if name else None

    return NamedStyle(
        f"Report {style.replace('_', ' ')}",
        font=Font("Calibri", look.size, look.bold, color=color(look.color), u="single" if look.underline else None),
        border=Border(top=edge(look.top), bottom=edge(look.bottom)),
        alignment=Alignment(
            "right" if turned else look.align,
            "bottom" if "heading" in style else "top",
            wrap_text=look.wrap,
            indent=1 if look.align == "left" else 0,  # else text touches the number left of it
        ),
    )


def _table(name: str, headings: Sequence[str], rows: int, number: int) -> Table:
    """Return the Excel table of a sheet's rows, without the look of Excel's own: the cells have the house's."""
    area = f"A1:{get_column_letter(len(headings))}{rows + 1}"
    columns = [TableColumn(at, name=heading) for at, heading in enumerate(headings, 1)]
    look = TableStyleInfo(name=None, showRowStripes=False)
    return Table(number, name, ref=area, autoFilter=AutoFilter(area), tableColumns=columns, tableStyleInfo=look)


def _write(page: Worksheet, sheet: Sheet, book: Workbook, styles: _Styles) -> list[str]:
    """Set a sheet up, then stream its rows: in this mode what concerns columns must come first.

    Returns:
        What its first row says.
    """
    page.sheet_view.showGridLines = False
    for index, width in enumerate(sheet.widths, 1):
        page.column_dimensions[get_column_letter(index)].width = width
    page.page_setup.paperSize = _A4
    page.page_setup.orientation = "landscape" if sheet.plot or sum(sheet.widths) > _PORTRAIT else "portrait"
    page.page_setup.fitToWidth, page.page_setup.fitToHeight = 1, 0  # as many pages long as it takes
    page.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    page.oddFooter.left.text = "&A"  # type: ignore[union-attr] # openpyxl fills both on construction
    page.oddFooter.right.text = "&P / &N"  # type: ignore[union-attr] # see above
    if sheet.headed:
        page.freeze_panes = "A2"
        page.print_title_rows = "1:1"
    links = 0
    first: list[str] = []
    for index, row in enumerate(sheet.rows, 1):
        if (height := _height(row, sheet.widths)) > _LINE:
            page.row_dimensions[index].height = height
        links += sum(1 for cell in row if cell.link)
        page.append([_written(page, cell, styles, linked=links <= _MOST_LINKS) for cell in row])
        for column, cell in enumerate(row, 1):
            if cell.name:
                place = f"{quote_sheetname(sheet.name)}!${get_column_letter(column)}${index}"
                book.defined_names.add(DefinedName(cell.name, attr_text=place))
        first = first or [str(cell.value) for cell in row]
    return first


def _height(row: Row, widths: tuple[int, ...]) -> float:
    """Return the points that a row needs: not every viewer measures wrapped text by itself."""
    lines = [
        sum(-(-text_width(line) // (width - 1)) or 1 for line in cell.value.split("\n"))
        for cell, width in zip(row, widths, strict=False)
        if isinstance(cell.value, str) and _LOOKS[cell.style].wrap
    ]
    sizes = [_LINE * _LOOKS[cell.style].size / _BODY for cell in row]
    return min(_HIGHEST, max([_LINE * max(lines, default=1), *sizes]))


def _style(page: Worksheet, cell: Cell, styles: _Styles, *, quoted: bool) -> StyleArray:
    """Return openpyxl's record of how a cell looks, looked up once for all cells of the workbook that look so."""
    key = (cell.style, cell.format, quoted)
    if key not in styles:
        sample = WriteOnlyCell(page)
        sample.style = f"Report {cell.style.replace('_', ' ')}"
        sample.number_format, sample.quotePrefix = cell.format, quoted
        styles[key] = sample._style  # type: ignore[attr-defined]  # noqa: SLF001 - see _written
    return styles[key]


def _written(page: Worksheet, cell: Cell, styles: _Styles, *, linked: bool) -> OpenpyxlCell:
    quoted = isinstance(cell.value, str) and cell.value.startswith(FORMULA_STARTS)
    written = WriteOnlyCell(page)
    # Looking a style up by its name for each cell takes longer than all else.
    written._style = copy(_style(page, cell, styles, quoted=quoted))  # type: ignore[attr-defined]  # noqa: SLF001
    if isinstance(cell.value, int | float):
        written.value, written.data_type = repr(cell.value), "n"  # openpyxl itself would write 16 digits of 17
    else:
        written.value = cell.value
    if isinstance(cell.value, str):
        written.data_type = "s"  # never a formula, and #N/A is no error; nor does editing make it one: it is quoted
    if cell.link and linked:
        written.hyperlink = cell.link
    if cell.note:
        written.comment = Comment(cell.note, "reportgen", height=40, width=260)
    return written
