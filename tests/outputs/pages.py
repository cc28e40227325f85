"""The pages of a PDF as they look, read and lead."""

from __future__ import annotations

from ctypes import byref, c_int, create_string_buffer
from typing import TYPE_CHECKING

import pypdfium2
import pypdfium2.raw as pdfium
from PIL import ImageChops

from reportgen.outputs.html import web_page
from reportgen.outputs.html.screen_parts import screen_parts
from reportgen.outputs.page.measures import MEASURES
from reportgen.outputs.pdf.print_parts import print_parts
from reportgen.outputs.printed import PrintedReport

if TYPE_CHECKING:
    from PIL import Image

    from reportgen.model import Report
    from reportgen.outputs.page.measures import Measures
    from reportgen.outputs.page.stylesheet import Medium
    from reportgen.outputs.pdf.print_parts import DrawnPart

_SCALE, _AREA = 2, 8  # pixels of a point, and of the areas that are compared: 4 points, as in the gallery


def texts(pdf: bytes) -> list[list[str]]:
    """Return the words of each page in the order in which they are read."""
    with pypdfium2.PdfDocument(pdf) as document:
        return [page.get_textpage().get_text_bounded().split() for page in document]


def outline(pdf: bytes) -> list[tuple[int, str]]:
    """Return the level and the title of each bookmark."""
    with pypdfium2.PdfDocument(pdf) as document:
        return [(mark.level, mark.get_title()) for mark in document.get_toc()]


def links(pdf: bytes) -> list[tuple[int, str, tuple[float, ...]]]:
    """Return where each page leads out of the document, and from where on it, in points."""
    with pypdfium2.PdfDocument(pdf) as document:
        return sorted(
            (number, *found) for number, page in enumerate(document) for found in _links(document, page) if found[0]
        )


def differences(one: bytes, other: bytes) -> list[int]:
    """Return of each page by how much an area of 4 x 4 points differs at the most, of 255.

    Raises:
        AssertionError: They have not as many pages.
    """
    with pypdfium2.PdfDocument(one) as first, pypdfium2.PdfDocument(other) as second:
        return [_difference(*map(_picture, pages)) for pages in zip(first, second, strict=True)]


def _picture(page: pypdfium2.PdfPage) -> Image.Image:
    picture: Image.Image = page.render(scale=_SCALE).to_pil()
    return picture.convert("RGB").reduce(_AREA)


def _difference(one: Image.Image, other: Image.Image) -> int:
    channels = ImageChops.difference(one, other).split()
    return max(at for channel in channels for at, count in enumerate(channel.histogram()) if count)


def _links(document: pypdfium2.PdfDocument, page: pypdfium2.PdfPage) -> list[tuple[str, tuple[float, ...]]]:
    found: list[tuple[str, tuple[float, ...]]] = []
    at, link = c_int(0), pdfium.FPDF_LINK()
    while pdfium.FPDFLink_Enumerate(page, byref(at), byref(link)):
        action, box = pdfium.FPDFLink_GetAction(link), pdfium.FS_RECTF()
        pdfium.FPDFLink_GetAnnotRect(link, byref(box))
        size = pdfium.FPDFAction_GetURIPath(document, action, None, 0)
        address = create_string_buffer(size)
        pdfium.FPDFAction_GetURIPath(document, action, address, size)
        low, high = sorted((box.bottom, box.top))
        found.append((address.value.decode(), (box.left, low, box.right, high)))
    return found


def page(
    report: Report,
    medium: Medium,
    drawings: dict[str, DrawnPart] | None = None,
    measures: Measures = MEASURES,
) -> str:
    """Return a report as HTML, see `web_page.page`; `drawings` is given what is drawn of a printed page."""
    printed = PrintedReport(report, measures)
    parts = screen_parts(printed) if medium == "screen" else print_parts(printed, drawings)
    return web_page.page(printed, medium, parts)
