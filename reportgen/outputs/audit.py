"""The audit: finished files are opened again, and what is printed is held against what should be.

A page engine goes on where something is lost and only logs it, if that. A miss found here holds the
report back; a character that no font has degrades it.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING

from reportgen.formatting import babel_locale
from reportgen.model import Caution
from reportgen.outputs.measure import is_set_in
from reportgen.outputs.tables import grids
from reportgen.outputs.workbook import missing_sheets

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from pypdfium2 import PdfDocument, PdfObject, PdfPage, PdfTextPage

    from reportgen.model import Artifact, Block, Report
    from reportgen.outputs.strips import Cell
    from reportgen.outputs.tables import Grid

AUDIT, GLYPH = "W-AUDIT", "W-GLYPH"
"""Codes of cautions: something is not as it should be in a finished file; a character has no glyph."""

_POINTS_A_MM = 72 / 25.4
_TOP, _BOTTOM = 28 * _POINTS_A_MM, 25 * _POINTS_A_MM  # margins of a page, with the running header and footer
_DIRECTED = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
_WHITE = [255, 255, 255]
_DEPTH = 3  # of pictures in pictures
_TOLERANCE = 1.0  # points by which the box of a letter may reach over the edge of the page
_UNREADABLE = re.compile(r"[\s\x00-\x1f\x7f-\xa0\xad\u200b-\u200f\u2028-\u202f\u2060-\u2069\ufeff\ufffe-]+")


def audit(report: Report, artifacts: Sequence[Artifact]) -> tuple[Caution, ...]:
    """Open the finished files and compare them with the report.

    Of a PDF: every block is there, every row of its tables in its order, no page is blank, no text is
    outside its page, every font is embedded. Of a workbook: it opens, with all its sheets. (A link
    whose place is not there already fails the rendering.)

    Args:
        report: What should be in the files.
        artifacts: As they are about to be written; other media are not opened.

    Returns:
        A caution for each miss, naming its block where it has one; none where all is as it should be.
    """
    found = [caution for artifact in artifacts for caution in artifact.cautions]
    for artifact in artifacts:
        if artifact.media_type == "application/pdf":
            found += _misses_of_pdf(report, artifact.content)
        elif artifact.name.endswith(".xlsx"):
            found += [Caution(AUDIT, f"the workbook {said}") for said in missing_sheets(report, artifact.content)]
    return tuple(found)


@dataclass(frozen=True, slots=True)
class _Printed:
    """A PDF as it reads: the names of its places, and the text of all pages without spaces."""

    places: frozenset[str]
    text: str


def _misses_of_pdf(report: Report, content: bytes) -> Iterator[Caution]:
    from pypdfium2 import PdfDocument, PdfiumError  # noqa: PLC0415 - only an audit opens a PDF

    try:
        document = PdfDocument(content)
    except PdfiumError as error:
        yield Caution(AUDIT, f"the PDF cannot be opened: {error}")
        return
    try:
        if not content.rstrip().endswith(b"%%EOF"):
            yield Caution(AUDIT, "the PDF ends early")
        texts = []
        for number, page in enumerate(document, 1):
            text = page.get_textpage()
            yield from (Caution(AUDIT, f"page {number} {said}") for said in _misses_of_page(page, text))
            texts.append(_readable(text.get_text_bounded()))
        printed = _Printed(frozenset(_places(document)), "".join(texts))
        for block in report.blocks:
            yield from (Caution(AUDIT, said, block.name) for said in _misses_of_block(block, report, printed))
    finally:
        document.close()


def _misses_of_page(page: PdfPage, text: PdfTextPage) -> Iterator[str]:
    from ctypes import addressof  # noqa: PLC0415 - see _misses_of_pdf

    from pypdfium2 import PdfTextObj  # noqa: PLC0415 - see _misses_of_pdf

    width, height = page.get_size()
    boxes = (text.get_rect(at) for at in range(text.count_rects()))
    if any(
        left < -_TOLERANCE or bottom < -_TOLERANCE or right > width + _TOLERANCE or top > height + _TOLERANCE
        for left, bottom, right, top in boxes
    ):
        yield "has text outside its edges"
    if not any(_is_inside(mark, height) and _is_drawn(mark) for mark in page.get_objects(max_depth=_DEPTH)):
        yield "is blank"
    fonts = (mark.get_font() for mark in page.get_objects(max_depth=_DEPTH) if isinstance(mark, PdfTextObj))
    each = {addressof(font.raw.contents): font for font in fonts}  # there are a handful, and thousands of texts
    loose = sorted(font.get_base_name() for font in each.values() if not font.is_embedded)
    if loose:
        yield f"uses fonts that are not embedded: {', '.join(loose)}"


def _is_inside(mark: PdfObject, height: float) -> bool:
    """Tell whether a mark reaches into the page between its margins."""
    _, bottom, _, top = mark.get_bounds()
    return bool(bottom < height - _TOP and top > _BOTTOM)


def _is_drawn(mark: PdfObject) -> bool:
    """Tell whether a mark is to be seen: a path may only clip what follows, or be the white of the page itself."""
    from ctypes import byref, c_int, c_uint  # noqa: PLC0415 - the raw interface of pdfium takes pointers

    import pypdfium2.raw as pdfium  # noqa: PLC0415 - see _misses_of_pdf

    if mark.type != pdfium.FPDF_PAGEOBJ_PATH:
        return True
    fill, stroke = c_int(0), c_int(0)
    pdfium.FPDFPath_GetDrawMode(mark, byref(fill), byref(stroke))
    color = [c_uint(0) for _ in range(4)]
    pdfium.FPDFPageObj_GetFillColor(mark, *map(byref, color))
    return bool(stroke.value or (fill.value and [part.value for part in color[:3]] != _WHITE))


def _places(document: PdfDocument) -> Iterator[str]:
    from ctypes import byref, c_long, create_string_buffer  # noqa: PLC0415 - see _is_drawn

    import pypdfium2.raw as pdfium  # noqa: PLC0415 - see _misses_of_pdf

    for at in range(pdfium.FPDF_CountNamedDests(document)):
        size = c_long(0)
        pdfium.FPDF_GetNamedDest(document, at, None, byref(size))
        name = create_string_buffer(size.value)
        pdfium.FPDF_GetNamedDest(document, at, name, byref(size))
        yield name.raw.decode("utf-16-le").rstrip("\0")


def _misses_of_block(block: Block, report: Report, printed: _Printed) -> Iterator[str]:
    if f"block-{block.name}" not in printed.places:
        yield "it is not in the PDF"
        return
    for table in block.tables:
        ordered = babel_locale(report.locale).text_direction == "ltr"  # a PDF is read from left to right
        for shown in grids(table, report, block.width):
            missing = _missing_rows(shown, printed.text, ordered=ordered)
            if missing:
                yield f"{missing} of its {len(shown.rows)} printed rows are not in the PDF"


def _missing_rows(shown: Grid, text: str, *, ordered: bool) -> int:
    """Count the rows that are not found: in their order, each of a row's cells behind the one before, or anywhere."""
    missing, at = 0, 0
    for row in shown.rows:
        end = at
        for cell in row:
            said = _said(cell)
            place = text.find(said, end if ordered else 0)
            if place < 0:
                missing += 1
                break
            end = place + len(said)
        else:
            at = end
    return missing


def _said(cell: Cell) -> str:
    """Return what a cell says as a PDF reads back; empty where letters may come back otherwise.

    That is where the family lacks one, and where marks of direction change the order in which they are set.
    """
    text = cell.move.text if cell.move else cell.text
    readable = _readable(text)
    return readable if is_set_in(readable) and not _DIRECTED.search(text) else ""


def _readable(text: str) -> str:
    """Take out what a PDF does not give back as it was: spaces, marks without a body, hyphens at the ends of lines."""
    return _UNREADABLE.sub("", unicodedata.normalize("NFC", text))
