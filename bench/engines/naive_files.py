"""What one would write first for all three files: the naive page and its PDF, and openpyxl. It stays as first written.

Each chart is drawn once by pyplot for page and PDF; the workbook has a sheet of the numbers, one of each chart with a
chart of Excel's own, and one of each table, with number formats and column widths.
"""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

import weasyprint
from openpyxl import Workbook
from openpyxl.chart import BarChart, DoughnutChart, LineChart, PieChart, Reference
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter

from bench.engines import EXCEL_FORMATS
from bench.engines.naive import page

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from openpyxl.worksheet.worksheet import Worksheet

    from bench.content import Chart, Content, Table

_CHARTS = {"line": LineChart, "bar": BarChart, "pie": PieChart, "donut": DoughnutChart}


def prepare_files(content: Content, _folder: Path, _formats: Sequence[str]) -> Callable[[], dict[str, bytes]]:
    """Return the making of the three files."""
    return lambda: make(content)


def make(content: Content) -> dict[str, bytes]:
    """Fill the template in, print it, write the workbook."""
    html = page(content)
    printed: bytes = weasyprint.HTML(string=html).write_pdf()
    return {"html": html.encode(), "pdf": printed, "xlsx": _workbook(content)}


def _workbook(content: Content) -> bytes:
    book = Workbook()
    book.remove(book["Sheet"])
    numbers = book.create_sheet("Numbers")
    numbers.append(["Metric", "Value", "Before", "Change"])
    for card in content.cards:
        numbers.append([card.label, card.value, card.before, (card.value - card.before) / card.before])
    _format(numbers, ("@", "#,##0", "#,##0", "0.0%"))
    for chart in content.charts:
        _add_chart(book.create_sheet(chart.title), chart)
    for table in content.tables:
        _add_table(book.create_sheet(table.title), table)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def _add_chart(sheet: Worksheet, chart: Chart) -> None:
    sheet.append(["", *(series.name for series in chart.series)])
    for at, label in enumerate(chart.labels):
        sheet.append([label, *(series.values[at] for series in chart.series)])
    _format(sheet, ("@", *["#,##0"] * len(chart.series)))
    drawn = _CHARTS[chart.kind]()
    drawn.title = chart.title
    last = len(chart.labels) + 1
    drawn.add_data(Reference(sheet, 2, 1, len(chart.series) + 1, last), titles_from_data=True)
    drawn.set_categories(Reference(sheet, 1, 2, 1, last))
    sheet.add_chart(drawn, "F2")


def _add_table(sheet: Worksheet, table: Table) -> None:
    sheet.append([column.label for column in table.columns])
    for row in table.rows:
        sheet.append(list(row))
    _format(sheet, [EXCEL_FORMATS[column.unit] for column in table.columns])


def _format(sheet: Worksheet, formats: Sequence[str]) -> None:
    for cell in sheet[1]:
        cell.font = Font(bold=True)
    for row in sheet.iter_rows(min_row=2):
        for cell, code in zip(row, formats, strict=True):
            cell.number_format = code
    for at, column in enumerate(sheet.iter_cols(), 1):
        width = max(len(str(cell.value)) for cell in column)
        sheet.column_dimensions[get_column_letter(at)].width = width + 2
    sheet.freeze_panes = "A2"
