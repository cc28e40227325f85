"""Pages that are laid out: their bookmarks and numbers for drawn blocks, and the drawings in their margins."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pydyf
from weasyprint.formatting_structure.boxes import ReplacedBox

from reportgen.outputs.page.lengths import POINTS_A_PIXEL
from reportgen.outputs.pdf.weasyprint70.actual_texts import ReadablePage
from reportgen.outputs.pdf.weasyprint70.content_operators import Pen
from reportgen.outputs.pdf.weasyprint70.marked_content import release_numbers
from reportgen.outputs.pdf.weasyprint70.pdf_objects import compress

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from weasyprint import Document, Page
    from weasyprint.formatting_structure.boxes import Box
    from weasyprint.pdf.stream import Stream

    from reportgen.outputs.drawing.marks import Mark
    from reportgen.outputs.pdf.blocks.block import OutlineEntry
    from reportgen.outputs.pdf.blocks.page_margins import RunningHeads
    from reportgen.outputs.pdf.weasyprint70.actual_texts import ActualTexts
    from reportgen.outputs.pdf.weasyprint70.pango_text import PangoText


def add_bookmarks(document: Document, entries: Mapping[object, OutlineEntry]) -> None:
    """Add anchors and bookmarks of drawn blocks, whose outline entries are given by their images in the page."""
    for page in document.pages:
        known, bookmarks = iter(page.bookmarks), []
        for box in _boxes(page._page_box):  # noqa: SLF001 - WeasyPrint has no public way
            entry = entries.get(box.replacement) if isinstance(box, ReplacedBox) else None
            if entry:
                left, top = box.position_x, box.position_y
                page.anchors.setdefault(entry.place, (left, top, left + box.width, top + box.height))
                bookmarks.append((entry.level - 1, entry.title, (left, top), "open"))  # the report's title has none
            elif box.bookmark_label and box.style["bookmark_level"] != "none":
                bookmarks.append(next(known))
        page.bookmarks = bookmarks


def _boxes(box: Box) -> Iterator[Box]:
    """Yield a box and all in it in the order in which WeasyPrint gathers bookmarks."""
    yield box
    for child in box.all_children():
        yield from _boxes(child)


def number_places(document: Document, faces: PangoText) -> None:
    """Set the page number of each place, the first of several."""
    for number, page in enumerate(document.pages, 1):
        for place in page.anchors:
            faces.pages.setdefault(place, number)


def keep_outer_links(document: Document) -> None:
    """Remove the links of boxes inside of links: an entry of the contents has five boxes, and is a single link."""
    for page in document.pages:
        inside: set[Box] = set()
        kept = []
        for link in page.links:
            if link[-1] not in inside:
                kept.append(link)
                inside.update(_boxes(link[-1]))
        page.links = kept


def add_margins(
    document: Document, heads: RunningHeads | None, faces: PangoText, texts: ActualTexts, *, tagged: bool
) -> None:
    """Add the running heads to each page from the first section on, as artifacts that no reader hears.

    `texts` is given the texts behind the pages' glyphs.

    A page names the section that goes on from the page before, unless it begins with another.
    """
    titles = heads.titles if heads else {}
    last: str | None = None
    pages = len(document.pages)
    for number, page in enumerate(document.pages, 1):
        begun = [(page.anchors[place][1], title) for place, title in titles.items() if place in page.anchors]
        at_top = [title for top, title in begun if top <= page._page_box.content_box_y() + 1]  # noqa: SLF001
        title = at_top[0] if at_top else begun[0][1] if begun and last is None else last
        last = begun[-1][1] if begun else last
        is_cover = title is None and bool(heads and heads.has_cover)
        width, height = page.width * POINTS_A_PIXEL, page.height * POINTS_A_PIXEL
        marks = () if heads is None or is_cover else tuple(heads.marks(title or "", number, pages, width, height))
        document.pages[number - 1] = _DrawnPage(page, texts, marks, faces, tagged=tagged)


class _DrawnPage(ReadablePage):
    """A page with marked content, which paints the texts in its margins last."""

    def __init__(
        self, page: Page, texts: ActualTexts, marks: Sequence[Mark], faces: PangoText, *, tagged: bool
    ) -> None:
        """Take over a page, and the marks in its margins."""
        super().__init__(page, texts)
        self._marks, self._faces, self._tagged = marks, faces, tagged

    def paint(self, stream: Stream, scale: float = 1) -> None:
        """Append the page and its margins to a page's content."""
        super().paint(stream, scale)
        release_numbers(stream)
        if self._marks:
            with stream.stacked():
                stream.stream += [b"/Artifact <</Type/Pagination>> BDC"] if self._tagged else []
                stream.stream += Pen(self._faces, stream).draw(self._marks)
                stream.stream += [b"EMC"] if self._tagged else []
        if not any(isinstance(part, pydyf.Dictionary) for part in stream.stream):
            compress(stream)  # a page of drawn rows, of which a long table has hundreds; marks of others are mended yet
