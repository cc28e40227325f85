"""Reports on each paper: A4, US Letter and slides, upright or on their long side."""

from __future__ import annotations

import io
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from openpyxl import load_workbook

from reportgen.model import Column, PageSetup, Table, Unit
from reportgen.outputs.audit import BLANK, audit
from reportgen.outputs.html.web_page import render_html
from reportgen.outputs.page.papers import measures_of
from reportgen.outputs.pdf.pdf_file import render_pdf
from reportgen.outputs.pdfium import page_sizes, read_pages
from reportgen.outputs.printed import PrintedReport
from reportgen.outputs.workbook import render_workbook
from tests.outputs import reports

if TYPE_CHECKING:
    from reportgen.model import Report

MILLIMETRES = {
    PageSetup(): (210, 297),
    PageSetup("a4", landscape=True): (297, 210),
    PageSetup("letter"): (215.9, 279.4),
    PageSetup("letter", landscape=True): (279.4, 215.9),
    PageSetup("slide"): (254, 142.875),
    PageSetup("slide", landscape=True): (254, 142.875),
}


def on(page: PageSetup) -> Report:
    """Return a report of cards, charts, words and a table that wants a turned page, on a paper."""
    money = tuple(Column(f"m{at}", "Spend", "metric", Unit("currency", "BRL"), (9_200_000, 81_000)) for at in range(12))
    names = Column("name", "Network", "dimension", Unit(), ("w" * 22, "x"))
    turned = replace(reports.TABLE, tables=(Table((names, *money), shown=2, of=2, landscape=True),))
    whole = reports.report(reports.GOAL, reports.TEXT, reports.BAR, turned)
    return replace(whole, page=page, attach_data=False)


@pytest.mark.parametrize("page", MILLIMETRES)
def test_pages_have_the_size_of_their_paper(page: PageSetup) -> None:
    """Every page of the PDF has the paper's size, a turned table its own; nothing is cut or outside."""
    printed = PrintedReport(on(page))
    (pdf,) = render_pdf(printed)
    sizes = [tuple(round(points / 72 * 25.4, 1) for points in size) for size in page_sizes(pdf.content)]
    width, height = (round(length, 1) for length in MILLIMETRES[page])
    upright = [size for size in sizes if size == (width, height)]
    others = {size for size in sizes if size != (width, height)}
    assert upright[:2]
    assert others == ({(height, width)} if height > width else set())
    assert [caution for caution in audit(printed, [pdf]) if caution.code != BLANK] == []


@pytest.mark.parametrize("page", MILLIMETRES)
def test_a_wide_table_keeps_its_columns_on_every_paper(page: PageSetup) -> None:
    """A table that no page can turn for is set smaller or in parts; none of its heads and figures is lost."""
    (pdf,) = render_pdf(PrintedReport(on(page)))
    measures = measures_of(page).page
    read = read_pages(pdf.content, top=measures.margin_top.points, bottom=measures.margin_bottom.points)
    text = "".join(page.text for page in read.pages)
    assert text.count("Spend") == 12


def test_a_browser_prints_on_the_same_paper() -> None:
    """The web page asks a browser's printer for the paper of the PDF."""
    (page,) = render_html(PrintedReport(on(PageSetup("slide"))))
    assert "@page{size:254mm 142.875mm;margin:20mm 16mm 16mm}" in page.content.decode()


@pytest.mark.parametrize(("page", "number"), [(PageSetup(), 9), (PageSetup("letter"), 1), (PageSetup("slide"), 9)])
def test_the_workbook_is_printed_on_the_reader_s_paper(page: PageSetup, number: int) -> None:
    """The workbook's sheets are set up for Letter where the report is, else for A4."""
    (workbook,) = render_workbook(PrintedReport(on(page)))
    sheets = load_workbook(io.BytesIO(workbook.content)).worksheets
    assert {str(sheet.page_setup.paperSize) for sheet in sheets} == {str(number)}


@pytest.mark.parametrize("page", MILLIMETRES)
@pytest.mark.parametrize("width", [6, 12])
def test_a_tall_chart_stands_below_the_title_of_its_section(width: int, page: PageSetup) -> None:
    """No section's title stands alone on a page because its first chart is tall: not even on a slide."""
    tall = replace(reports.LINE, height="tall", width=width)
    (pdf,) = render_pdf(PrintedReport(replace(reports.report(tall), page=page, attach_data=False)))
    pages = [read.text for read in read_pages(pdf.content, top=0, bottom=0).pages]
    assert next(at for at, text in enumerate(pages[1:]) if tall.label in text) == 0
    assert not [caution for caution in audit(PrintedReport(reports.report(tall)), [pdf]) if caution.code == BLANK]
