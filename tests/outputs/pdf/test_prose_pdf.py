"""Passages in the PDF: links inside it, footnotes, boxes and tables, as readers who cannot see have them."""

from __future__ import annotations

import io
from dataclasses import replace

import pikepdf
import pytest

from reportgen.model import Block, Picture
from reportgen.outputs import FORMATS
from reportgen.outputs.printed import PrintedReport
from tests.connect.test_picture_files import PNG
from tests.outputs import reports
from tests.outputs.conformance import READ_BY_EVERYBODY, breaches
from tests.outputs.pages import links, texts
from tests.outputs.structure import structure

WORDS = Block(
    "words",
    "text",
    prose=(
        "See [the number](#block-reach), [nothing](#block-gone) and https://x.example.[^n]\n\n"
        "- [x] done\n- [ ] open\n\n"
        "| Channel | Spend |\n|---|---|\n| Search | 1,200.50 |\n\n![Team](a.png)\n\n[^n]: A note."
    ),
    prose_pictures={"a.png": Picture("image/png", PNG)},
)
OTHER = Block("other", "callout", prose="As well.[^n]\n\n[^n]: The same name.")


def described(pdf: bytes) -> list[str]:
    """Return the descriptions of the links of a PDF."""
    with pikepdf.Pdf.open(io.BytesIO(pdf)) as document:
        return [str(link.Contents) for page in document.pages for link in page.get("/Annots", [])]


@pytest.mark.parametrize("name", ["pdf", "pdf-plain"])
def test_a_passage_is_whole_in_the_pdf(name: str) -> None:
    """Links lead where they say, tables and lists have their structure, footnotes are places of their own."""
    report = replace(reports.report(WORDS, OTHER, reports.NUMBER), pdf_variant="pdf/ua-1")
    (pdf,) = FORMATS[name].render(PrintedReport(report))
    assert pdf.cautions == ()
    words = [word for page in texts(pdf.content) for word in page]
    assert (words[words.index("☑") + 1], words[words.index("☐") + 1]) == ("done", "open")
    assert [target for _, target, _ in links(pdf.content)] == ["https://x.example"]
    assert described(pdf.content) == [
        *(reports.NUMBER.label, "https://x.example", "Footnote 1", "Back to the text"),
        *("Footnote 1", "Back to the text"),
    ]
    (table,) = (table for element in structure(pdf.content) for table in element.all_of("Table"))
    assert table.rows() == [["Channel", "Spend"], ["Search", "1,200.50"]]
    assert breaches(pdf.content, READ_BY_EVERYBODY) == []
