"""The fastest of others for each file: Jinja for the page, Typst for the PDF, XlsxWriter for the workbook.

All stay warm, and their charts are given to them as SVG; those of the workbook are Excel's own.
"""

from __future__ import annotations

import io
from functools import lru_cache
from typing import TYPE_CHECKING

import jinja2
import xlsxwriter
from markupsafe import Markup

from bench.content import CLIENT, TITLE
from bench.engines import EXCEL_FORMATS, FOLDER, typst
from bench.engines.given import chart_svg, sparkline_svg

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

    from bench.content import Chart, Content, Table

_CHARTS = {"line": "line", "bar": "column", "pie": "pie", "donut": "doughnut"}


def prepare_files(content: Content, folder: Path, _formats: Sequence[str]) -> Callable[[], dict[str, bytes]]:
    """Return the making of the three files."""
    cards = [(card, Markup(sparkline_svg(card))) for card in content.cards]  # noqa: S704 - our own drawing
    charts = [(chart, Markup(chart_svg(chart))) for chart in content.charts]  # noqa: S704 - our own drawing
    make_pdf = typst.prepare(content, folder)

    def make() -> dict[str, bytes]:
        style = Markup((FOLDER / "document.css").read_text("utf-8"))  # noqa: S704 - our own file
        html = _template().render(
            title=TITLE, client=CLIENT, style=style, cards=cards, charts=charts, tables=content.tables
        )
        return {"html": html.encode(), "pdf": make_pdf(), "xlsx": _workbook(content)}

    return make


@lru_cache(maxsize=1)
def _template() -> jinja2.Template:
    return jinja2.Environment(autoescape=True).from_string((FOLDER / "document.html").read_text("utf-8"))


def _workbook(content: Content) -> bytes:
    file = io.BytesIO()
    book = xlsxwriter.Workbook(file, {"in_memory": True})
    formats = {unit: book.add_format({"num_format": code}) for unit, code in EXCEL_FORMATS.items()}
    numbers = _sheet(book, "Numbers", ("Metric", "Value", "Before", "Change"))
    for at, card in enumerate(content.cards, 1):
        numbers.write_string(at, 0, card.label, formats["text"])
        numbers.write_number(at, 1, card.value, formats["count"])
        numbers.write_number(at, 2, card.before, formats["count"])
        numbers.write_number(at, 3, (card.value - card.before) / card.before, formats["percent"])
    for chart in content.charts:
        _add_chart(book, chart, formats)
    for table in content.tables:
        _add_table(book, table, formats)
    book.close()
    return file.getvalue()


def _sheet(book: xlsxwriter.Workbook, title: str, heads: Sequence[str]) -> Worksheet:
    sheet = book.add_worksheet(title)
    bold = book.add_format({"bold": True})
    sheet.write_row(0, 0, heads, bold)
    sheet.freeze_panes(1, 0)
    sheet.set_column(0, 0, 32)
    sheet.set_column(1, len(heads) - 1, 12)
    return sheet


def _add_chart(book: xlsxwriter.Workbook, chart: Chart, formats: dict[str, Format]) -> None:
    sheet = _sheet(book, chart.title, ("", *(series.name for series in chart.series)))
    sheet.write_column(1, 0, chart.labels, formats["text"])
    drawn = book.add_chart({"type": _CHARTS[chart.kind]})
    drawn.set_title({"name": chart.title})
    last = len(chart.labels)
    for at, series in enumerate(chart.series, 1):
        sheet.write_column(1, at, series.values, formats["count"])
        places = {"categories": [chart.title, 1, 0, last, 0], "values": [chart.title, 1, at, last, at]}
        drawn.add_series({"name": [chart.title, 0, at], **places})
    sheet.insert_chart("F2", drawn)


def _add_table(book: xlsxwriter.Workbook, table: Table, formats: dict[str, Format]) -> None:
    sheet = _sheet(book, table.title, [column.label for column in table.columns])
    for at, column in enumerate(table.columns):
        sheet.write_column(1, at, [row[at] for row in table.rows], formats[column.unit])
