"""The audit: finished files are opened again, and what is printed is held against what should be.

A page engine goes on where something is lost and only logs it, if that. A miss found here holds the
report back; a character that no font has degrades it.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING

from reportgen.errors import OutputError
from reportgen.formatting import babel_locale
from reportgen.model import Caution
from reportgen.outputs import FORMATS
from reportgen.outputs.drawing.font_metrics import is_set_in
from reportgen.outputs.pdfium import read_pages
from reportgen.outputs.workbook import missing_sheets

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from reportgen.model import Artifact, Block
    from reportgen.outputs.page.table_layout import TableGrid
    from reportgen.outputs.pdfium import PrintedPage
    from reportgen.outputs.printed import PrintedReport
    from reportgen.outputs.text.table_columns import TableCell

AUDIT, GLYPH = "W-AUDIT", "W-GLYPH"
"""Codes of cautions: something is not as it should be in a finished file; a character has no glyph."""

_DIRECTED = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
_TOLERANCE = 1.0  # points by which the box of a letter may reach over the edge of the page
_UNREADABLE = re.compile(r"[\s\x00-\x1f\x7f-\xa0\xad\u200b-\u200f\u2028-\u202f\u2060-\u2069\ufeff\ufffe-]+")


def audit(printed: PrintedReport, artifacts: Sequence[Artifact]) -> tuple[Caution, ...]:
    """Open the finished files and compare them with the report.

    Of a PDF: every block is there, every row of its tables in its order, no page is blank, no text is
    outside its page, every font is embedded. Of a workbook: it opens, with all its sheets. (A link
    whose place is not there already fails the rendering.)

    Args:
        printed: The report that should be in the files.
        artifacts: As they are about to be written; other media are not opened.

    Returns:
        A caution for each miss, naming its block where it has one; none where all is as it should be.
    """
    found = [caution for artifact in artifacts for caution in artifact.cautions]
    for artifact in artifacts:
        if artifact.media_type == FORMATS["pdf"].media_type:
            found += _misses_of_pdf(printed, artifact.content)
        elif artifact.media_type == FORMATS["xlsx"].media_type:
            found += [Caution(AUDIT, f"the workbook {said}") for said in missing_sheets(printed, artifact.content)]
    return tuple(found)


@dataclass(frozen=True, slots=True)
class _ReadText:
    """A PDF as it reads: the names of its places, and the text of all pages without spaces."""

    places: frozenset[str]
    text: str


def _misses_of_pdf(printed: PrintedReport, content: bytes) -> Iterator[Caution]:
    margins = printed.measures.page
    try:
        read = read_pages(content, top=margins.margin_top.points, bottom=margins.margin_bottom.points)
    except OutputError as error:
        yield Caution(AUDIT, str(error))
        return
    if not content.rstrip().endswith(b"%%EOF"):
        yield Caution(AUDIT, "the PDF ends early")
    for number, page in enumerate(read.pages, 1):
        yield from (Caution(AUDIT, f"page {number} {said}") for said in _misses_of_page(page))
    found = _ReadText(read.places, "".join(_readable(page.text) for page in read.pages))
    for block in printed.report.blocks:
        yield from (Caution(AUDIT, said, block.name) for said in _misses_of_block(block, printed, found))


def _misses_of_page(page: PrintedPage) -> Iterator[str]:
    if any(
        left < -_TOLERANCE or bottom < -_TOLERANCE or right > page.width + _TOLERANCE or top > page.height + _TOLERANCE
        for left, bottom, right, top in page.lines
    ):
        yield "has text outside its edges"
    if page.is_blank:
        yield "is blank"
    if page.loose_fonts:
        yield f"uses fonts that are not embedded: {', '.join(page.loose_fonts)}"


def _misses_of_block(block: Block, printed: PrintedReport, found: _ReadText) -> Iterator[str]:
    if f"block-{block.name}" not in found.places:
        yield "it is not in the PDF"
        return
    for table in block.tables:
        ordered = babel_locale(printed.report.locale).text_direction == "ltr"  # a PDF is read from left to right
        for shown in printed.grids(table, block.width, paged=True):
            missing = _missing_rows(shown, found.text, ordered=ordered)
            if missing:
                yield f"{missing} of its {len(shown.rows)} printed rows are not in the PDF"


def _missing_rows(shown: TableGrid, text: str, *, ordered: bool) -> int:
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


def _said(cell: TableCell) -> str:
    """Return what a cell says as a PDF reads back; empty where letters may come back otherwise.

    That is where the family lacks one, and where marks of direction change the order in which they are set.
    """
    text = cell.move.text if cell.move else cell.text
    readable = _readable(text)
    return readable if is_set_in(readable) and not _DIRECTED.search(text) else ""


def _readable(text: str) -> str:
    """Take out what a PDF does not give back as it was: spaces, marks without a body, hyphens at the ends of lines."""
    return _UNREADABLE.sub("", unicodedata.normalize("NFC", text))
