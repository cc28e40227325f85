"""The text behind glyphs: Arabic for readers who hear a page, Hindi also for readers who copy from it."""

from __future__ import annotations

import io
from dataclasses import replace

import pikepdf
import pypdfium2
import pytest

from reportgen.outputs.pdf.pdf_file import render_pdf
from reportgen.outputs.printed import PrintedReport
from tests.machine import needs_scripts
from tests.outputs.reports import NUMBER, report

pytestmark = needs_scripts

ARABIC, HINDI = "التواصل الاجتماعي", "क्लिक प्रति विज्ञापन"


def printed(label: str, locale: str, *, plain: bool) -> bytes:
    """Return a PDF with a card of a label."""
    made = replace(report(replace(NUMBER, label=label)), locale=locale)
    return render_pdf(PrintedReport(made), plain=plain)[0].content


def spoken(pdf: bytes) -> list[str]:
    """Return the texts that the structure tree has for glyphs."""
    with pikepdf.open(io.BytesIO(pdf)) as document:
        elements = (item for item in document.objects if isinstance(item, pikepdf.Dictionary) and "/ActualText" in item)
        return [str(item.ActualText) for item in elements]


@pytest.mark.parametrize("plain", [False, True])
def test_arabic_is_heard_in_the_order_of_its_letters(plain: bool) -> None:  # noqa: FBT001 - a case
    """The element of each run has its text, ligatures included; a run of figures alone needs none."""
    texts = spoken(printed(ARABIC, "ar", plain=plain))
    assert ARABIC in texts
    assert not [text for text in texts if text.replace(",", "").isdigit()]


@pytest.mark.parametrize("plain", [False, True])
def test_hindi_is_copied_as_it_was_written(plain: bool) -> None:  # noqa: FBT001 - a case
    """A vowel sign that is set before its letter stands behind it in the text that a viewer finds."""
    with pypdfium2.PdfDocument(printed(HINDI, "hi", plain=plain)) as document:
        pages = [page.get_textpage().get_text_bounded() for page in document]
    assert any(HINDI in text for text in pages)


def test_latin_has_no_second_text() -> None:
    """A page of letters that stand as they are written is as small as before."""
    assert spoken(printed("Reach", "en", plain=False)) == []
