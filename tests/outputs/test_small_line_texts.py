"""The small line of a card, told in the card's own format wherever it is told."""

from __future__ import annotations

import io
from dataclasses import replace

import pikepdf

from reportgen.model import Unit
from reportgen.outputs.pdf.pdf_file import render_pdf
from reportgen.outputs.printed import PrintedReport
from tests.outputs import reports
from tests.outputs.pages import page

(READING,), (LINE,) = reports.NUMBER.readings, reports.NUMBER.charts
SHORT = Unit("count", compact=True)
CARD = replace(
    reports.NUMBER,
    readings=(replace(READING, unit=SHORT),),
    charts=(replace(LINE, series=(replace(LINE.series[0], unit=SHORT, values=(12_345, 55_645) * 7),)),),
)


def test_a_small_line_is_told_as_its_card() -> None:
    """A card of 55.6K has a line between 12.3K and 55.6K: in its readouts, its alternative text and the PDF's."""
    report = reports.report(CARD)
    html = page(report, "screen")
    assert "Highest 55.6K (Oct 2), lowest 12.3K (Oct 1)." in html
    assert 'aria-label="Oct 1\nReach: 12.3K"' in html.replace("&#10;", "\n")
    (file,) = render_pdf(PrintedReport(report))
    with pikepdf.open(io.BytesIO(file.content)) as document:
        told = [str(one.get("/Alt", "")) for one in document.objects if isinstance(one, pikepdf.Dictionary)]
    assert any("highest 55.6k" in one.lower() and "lowest 12.3k" in one.lower() for one in told)
    assert not any("12,345" in one or "55,645" in one for one in (html, *told))
