"""Finished PDFs, opened again: their pages, the files they carry, pictures of their pages. The only door to pypdfium2.

Two threads in pdfium at once end the process, whichever documents they work on. So each function here opens a document,
takes plain values out of it, and closes it with all its objects, under a lock.
"""

from __future__ import annotations

from array import array
from contextlib import closing, contextmanager
from ctypes import addressof, byref, c_float, c_int, c_long, c_uint, create_string_buffer
from dataclasses import dataclass
from threading import Lock
from typing import TYPE_CHECKING

from reportgen.errors import OutputError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from PIL.Image import Image
    from pypdfium2 import PdfDocument, PdfObject, PdfPage

_lock = Lock()
_WHITE = [255, 255, 255]
_FILLED = 0.25  # the share of a page up to which nobody asks for the lowest of its thousands of marks
_DEPTH = 3  # of pictures in pictures


@dataclass(frozen=True, slots=True)
class PrintedPage:
    """A page of a finished PDF; lengths are in points, from its bottom left corner.

    Attributes:
        text: In the order in which it is read.
        edges: Left, bottom, right and top of each piece of text, one after the other.
        is_blank: Whether nothing is drawn between its upper and its lower margin.
        blank: The share of the room between these margins that is empty below the lowest text in it; below the lowest
            mark of all where that is more than a quarter.
        missing_fonts: Names of the fonts that the file does not hold, sorted.
    """

    width: float
    height: float
    text: str
    edges: array[float]
    is_blank: bool
    blank: float
    missing_fonts: tuple[str, ...]

    @property
    def lines(self) -> list[tuple[float, float, float, float]]:
        """Left, bottom, right and top of each piece of text."""
        edges = iter(self.edges)
        return list(zip(edges, edges, edges, edges, strict=True))


@dataclass(frozen=True, slots=True)
class PrintedPages:
    """The pages of a finished PDF, and the places that links may lead to.

    Attributes:
        places: The index of the page of each, from 0, and its height on it in points, by its name.
    """

    places: Mapping[str, tuple[int, float]]
    pages: tuple[PrintedPage, ...]


def read_pages(pdf: bytes, *, top: float, bottom: float) -> PrintedPages:
    """Return the texts and places of a PDF's pages.

    Args:
        pdf: The file.
        top: Height in points of the upper margin, in which nothing counts as drawn.
        bottom: Height of the lower margin, likewise.

    Raises:
        OutputError: It cannot be opened.
    """
    with _opened(pdf) as document:
        pages = tuple(_read_page(page, top, bottom) for page in _pages(document))
        return PrintedPages({name: (at, y) for name, (at, _, y) in _places(document)}, pages)


def page_count(pdf: bytes) -> int:
    """Return the number of pages, of which none is opened.

    Raises:
        OutputError: It cannot be opened.
    """
    with _opened(pdf) as document:
        return len(document)


def page_sizes(pdf: bytes) -> tuple[tuple[float, float], ...]:
    """Return the width and the height of each page, in points.

    Raises:
        OutputError: It cannot be opened.
    """
    with _opened(pdf) as document:
        return tuple(page.get_size() for page in _pages(document))


def link_places(pdf: bytes) -> dict[str, tuple[int, float, float]]:
    """Return the places that links may lead to by their names: the index of the page, from 0, and x and y in points.

    Raises:
        OutputError: It cannot be opened.
    """
    with _opened(pdf) as document:
        return dict(_places(document))


def page_picture(pdf: bytes, number: int, *, width: float) -> Image:
    """Return a picture of a page.

    Args:
        pdf: The file.
        number: Of the page, from 1.
        width: Of the picture, in pixels.

    Raises:
        OutputError: It cannot be opened.
    """
    with _opened(pdf) as document, closing(document[number - 1]) as page:
        with closing(page.render(scale=width / page.get_width())) as bitmap:
            picture: Image = bitmap.to_pil().copy()  # a copy, as the picture shares pdfium's memory
        return picture


def attached_file(pdf: bytes, name: str) -> bytes | None:
    """Return the content of the first file of a name that a PDF carries; None where it carries none.

    Raises:
        OutputError: It cannot be opened.
    """
    with _opened(pdf) as document:
        files = (document.get_attachment(at) for at in range(document.count_attachments()))
        return next((bytes(file.get_data()) for file in files if file.get_name() == name), None)


@contextmanager
def _opened(pdf: bytes) -> Iterator[PdfDocument]:
    """Open a document; no object of pdfium may outlive the block, as a thread without the lock could then free it."""
    with _lock:
        from pypdfium2 import PdfDocument, PdfiumError  # loads pdfium, which most commands do not need

        try:
            with closing(PdfDocument(pdf)) as document:
                yield document
        except PdfiumError as error:
            raise OutputError(f"the PDF cannot be opened: {error}") from error


def _pages(document: PdfDocument) -> Iterator[PdfPage]:
    """Yield each page, and close it: an open page may hold thousands of objects."""
    for at in range(len(document)):
        with closing(document[at]) as page:
            yield page


def _read_page(page: PdfPage, top: float, bottom: float) -> PrintedPage:
    width, height = page.get_size()
    with closing(page.get_textpage()) as text:
        lines = tuple(text.get_rect(at) for at in range(text.count_rects()))
        words = text.get_text_bounded()
    is_blank = not any(
        _is_between(mark, bottom, height - top) and _is_drawn(mark) for mark in page.get_objects(max_depth=_DEPTH)
    )
    blank = _blank_share(page, lines, height - top, bottom)
    edges = array("f", (edge for line in lines for edge in line))  # the size that pdfium itself works in
    return PrintedPage(width, height, words, edges, is_blank, blank, tuple(_missing_fonts(page)))


def _blank_share(page: PdfPage, lines: Iterable[tuple[float, float, float, float]], top: float, bottom: float) -> float:
    """Return the share of a page between two heights that is empty, see `PrintedPage`; texts are known already."""
    room = top - bottom
    lowest = min((low for _, low, _, high in lines if low < top and high > bottom), default=top)
    if lowest - bottom > _FILLED * room:
        drawn = (mark for mark in page.get_objects(max_depth=_DEPTH) if _is_between(mark, bottom, top))
        lowest = min((mark.get_bounds()[1] for mark in drawn if _is_drawn(mark)), default=top)
    return max(0.0, lowest - bottom) / room


def _missing_fonts(page: PdfPage) -> list[str]:
    from pypdfium2 import PdfFont, raw

    fonts: dict[int, PdfFont] = {}  # there are a handful, and thousands of texts
    for text in _texts(page, raw.FPDFPage_CountObjects, raw.FPDFPage_GetObject):
        font = raw.FPDFTextObj_GetFont(text)
        place = addressof(font.contents)
        if place not in fonts:
            fonts[place] = PdfFont(font)
    return sorted(font.get_base_name() for font in fonts.values() if not font.is_embedded)


def _texts(
    holder: object, count: Callable[[object], int], get: Callable[[object, int], object], depth: int = _DEPTH
) -> Iterator[object]:
    """Yield the texts of a page or of a picture in it, by pdfium's functions: objects of Python are slow."""
    from pypdfium2 import PdfiumError, raw

    if (marks := count(holder)) < 0:
        raise PdfiumError("a page's marks cannot be counted")
    for at in range(marks):
        mark = get(holder, at)
        if not mark:
            raise PdfiumError("a page's mark cannot be read")
        kind = raw.FPDFPageObj_GetType(mark)
        if kind == raw.FPDF_PAGEOBJ_TEXT:
            yield mark
        elif kind == raw.FPDF_PAGEOBJ_FORM and depth > 1:
            yield from _texts(mark, raw.FPDFFormObj_CountObjects, raw.FPDFFormObj_GetObject, depth - 1)


def _is_between(mark: PdfObject, bottom: float, top: float) -> bool:
    """Return whether a mark reaches between two heights of a page."""
    _, low, _, high = mark.get_bounds()
    return bool(low < top and high > bottom)


def _is_drawn(mark: PdfObject) -> bool:
    """Return whether a mark is visible: a path may only clip later marks, or be the white of the page itself."""
    from pypdfium2 import raw

    if mark.type != raw.FPDF_PAGEOBJ_PATH:
        return True
    fill, stroke = c_int(0), c_int(0)
    raw.FPDFPath_GetDrawMode(mark, byref(fill), byref(stroke))
    color = [c_uint(0) for _ in range(4)]
    raw.FPDFPageObj_GetFillColor(mark, *map(byref, color))
    return bool(stroke.value or (fill.value and [part.value for part in color[:3]] != _WHITE))


def _places(document: PdfDocument) -> Iterator[tuple[str, tuple[int, float, float]]]:
    from pypdfium2 import raw

    has, x, y, zoom = c_int(0), c_float(0), c_float(0), c_float(0)

    for at in range(raw.FPDF_CountNamedDests(document)):
        size = c_long(0)
        raw.FPDF_GetNamedDest(document, at, None, byref(size))
        name = create_string_buffer(size.value)
        place = raw.FPDF_GetNamedDest(document, at, name, byref(size))
        raw.FPDFDest_GetLocationInPage(place, byref(has), byref(has), byref(has), byref(x), byref(y), byref(zoom))
        page = raw.FPDFDest_GetDestPageIndex(document, place)
        yield name.raw.decode("utf-16-le").rstrip("\0"), (page, x.value, y.value)
