"""The structure tree of a tagged PDF as it reads, by way of pdfium."""

from __future__ import annotations

from collections import defaultdict
from ctypes import c_ulong, create_string_buffer
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pypdfium2
import pypdfium2.raw as pdfium

if TYPE_CHECKING:
    from collections.abc import Iterator


@dataclass(frozen=True, slots=True)
class Element:
    """An element of the tree.

    Attributes:
        kind: Such as `TD`.
        text: What is written in it and below it.
        scope: Of the head of a column or row; empty elsewhere.
        alt: What is said in place of a figure.
        top: Of its highest line, in points from the bottom of the page; 0 where nothing is written.
        kids: The elements below it.
    """

    kind: str
    text: str
    scope: str
    alt: str
    top: float
    kids: tuple[Element, ...]

    def all_of(self, kind: str) -> Iterator[Element]:
        """Yield the elements of a kind at and below this one."""
        if self.kind == kind:
            yield self
        for kid in self.kids:
            yield from kid.all_of(kind)

    def headings(self) -> Iterator[Element]:
        """Yield the headings at and below this one, in the order in which they are read."""
        if self.kind in {"H1", "H2", "H3", "H4", "H5", "H6"}:
            yield self
        for kid in self.kids:
            yield from kid.headings()

    def rows(self) -> list[list[str]]:
        """Return what the cells of a table say, row by row."""
        return [[cell.text.strip() for cell in row.kids] for row in self.all_of("TR")]


def structure(pdf: bytes) -> list[Element]:
    """Return the tree of a PDF, page by page."""
    with pypdfium2.PdfDocument(pdf) as document:
        return [element for page in document for element in _of_page(page)]


def _of_page(page: pypdfium2.PdfPage) -> list[Element]:
    texts: dict[int, str] = defaultdict(str)
    tops: dict[int, float] = defaultdict(float)
    letters = page.get_textpage()
    for found in page.get_objects(filter=(pdfium.FPDF_PAGEOBJ_TEXT,), max_depth=1):
        mark = pdfium.FPDFPageObj_GetMarkedContentID(found)
        texts[mark] += _text(found, letters)
        tops[mark] = max(tops[mark], found.get_bounds()[3])
    tree = pdfium.FPDF_StructTree_GetForPage(page)
    roots = range(pdfium.FPDF_StructTree_CountChildren(tree))
    elements = [_element(pdfium.FPDF_StructTree_GetChildAtIndex(tree, at), texts, tops) for at in roots]
    pdfium.FPDF_StructTree_Close(tree)
    return elements


def _element(raw: object, texts: dict[int, str], tops: dict[int, float]) -> Element:
    kids: list[Element] = []
    text, top = "", 0.0
    for at in range(pdfium.FPDF_StructElement_CountChildren(raw)):
        child = pdfium.FPDF_StructElement_GetChildAtIndex(raw, at)
        if child:
            kids.append(_element(child, texts, tops))
            text, top = text + kids[-1].text, max(top, kids[-1].top)
        else:
            mark = pdfium.FPDF_StructElement_GetChildMarkedContentID(raw, at)
            text, top = (text + texts.get(mark, ""), max(top, tops.get(mark, 0))) if mark >= 0 else (text, top)
    kind, alt = (_said(ask, raw) for ask in (pdfium.FPDF_StructElement_GetType, pdfium.FPDF_StructElement_GetAltText))
    return Element(kind, text, _scope(raw), alt, top, tuple(kids))


def _scope(raw: object) -> str:
    for at in range(max(0, pdfium.FPDF_StructElement_GetAttributeCount(raw))):
        value = pdfium.FPDF_StructElement_Attr_GetValue(
            pdfium.FPDF_StructElement_GetAttributeAtIndex(raw, at), b"Scope"
        )
        size = c_ulong(0)
        if value and pdfium.FPDF_StructElement_Attr_GetStringValue(value, None, 0, size):
            buffer = create_string_buffer(size.value)
            pdfium.FPDF_StructElement_Attr_GetStringValue(value, buffer, size, size)
            return buffer.raw.decode("utf-16-le").rstrip("\0")
    return ""


def _said(ask: object, raw: object) -> str:
    size = ask(raw, None, 0)  # type: ignore[operator] # pypdfium2 ships no types
    buffer = create_string_buffer(size)
    ask(raw, buffer, size)  # type: ignore[operator] # see above
    return buffer.raw.decode("utf-16-le").rstrip("\0")


def _text(found: object, letters: object) -> str:
    size = pdfium.FPDFTextObj_GetText(found, letters, None, 0)
    buffer = (pdfium.FPDF_WCHAR * size)()
    pdfium.FPDFTextObj_GetText(found, letters, buffer, size)
    return bytes(buffer).decode("utf-16-le").rstrip("\0")
