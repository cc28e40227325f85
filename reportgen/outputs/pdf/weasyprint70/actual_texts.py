"""The text behind glyphs that stand in another order than their letters: what a reader hears, copies and searches.

A PDF holds glyphs from left to right (ISO 32000-1, 14.9.4). The signs of Hindi that stand before their letter, and all
letters of Arabic and Hebrew, have another order in their text. That of Hindi stands beside the glyphs. That of Arabic
and Hebrew stands in the structure tree, for screen readers: viewers such as PDFium and Poppler turn the letters of a
line round themselves, and would turn such a text round once more.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pydyf
from weasyprint import Page
from weasyprint.formatting_structure.boxes import TextBox

from reportgen.outputs.drawing.text_shaping import needs_shaping
from reportgen.outputs.text.bidi import runs_left

if TYPE_CHECKING:
    from collections.abc import Iterator

    from weasyprint import Document
    from weasyprint.formatting_structure.boxes import PageBox
    from weasyprint.pdf.stream import Stream

    ActualTexts = dict[int, dict[int, str]]
    """Number of a page's content -> number of a marked content -> the text behind it, for the structure tree."""


class ReadablePage(Page):
    """A page that keeps the texts of its marked content, where letters change beside one another."""

    def __init__(self, page: Page, texts: ActualTexts) -> None:
        """Take over all attributes of a page: WeasyPrint would gather its links anew. `texts` are added to."""
        vars(self).update(vars(page))
        self._texts, self._is_painted = texts, False

    @property
    def _page_box(self) -> PageBox:
        """The boxes of the page, given away when it is painted: WeasyPrint reads them once more, for the tags.

        Tags are made page by page, and those of a long table take as much memory as its boxes.
        """
        own: dict[str, PageBox] = vars(self)
        return own.pop("_page_box") if self._is_painted else own["_page_box"]

    def paint(self, stream: Stream, scale: float = 1) -> None:
        """Append the page to a page's content."""
        super().paint(stream, scale)
        shaped = dict(_shaped_texts(stream))
        self._texts[stream.number] = {mark: text for mark, text in shaped.items() if runs_left(text)}
        beside = shaped.keys() - self._texts[stream.number].keys()
        for properties in stream.stream if beside else ():
            if isinstance(properties, pydyf.Dictionary) and properties.get("MCID") in beside:
                properties["ActualText"] = pydyf.String(shaped[properties["MCID"]])
        self._is_painted = True


def make_readable(document: Document, texts: ActualTexts) -> None:
    """Replace the pages of a document by readable pages."""
    document.pages[:] = [ReadablePage(page, texts) for page in document.pages]


def _shaped_texts(stream: Stream) -> Iterator[tuple[int, str]]:
    """Yield the number of each marked content whose letters change beside one another, and its text."""
    for box, mark in (stream._tags or {}).items():  # noqa: SLF001 - WeasyPrint has no public way
        if isinstance(box, TextBox) and needs_shaping(box.text):
            yield mark["mcid"], box.text
