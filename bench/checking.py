"""What a document has to hold before its time counts: pages that are numbered, every row, every chart, every card."""

from __future__ import annotations

import re
from bisect import bisect_right
from itertools import accumulate
from typing import TYPE_CHECKING, Literal

from pypdfium2 import PdfDocument, PdfiumError
from pypdfium2.raw import FPDF_PAGEOBJ_IMAGE

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from bench.content import Content, Table

Charts = Literal["text", "pictures"]

_FEWEST_PAGES, _MOST_PAGES = 7, 13
_FEWEST_ROWS, _MOST_ROWS = 20, 75
_FOLIO = re.compile(r"Page(\d+)of(\d+)")
_UNREADABLE = re.compile(r"[\s\x00-\x1f\xad\u200b\ufffe]+")  # a line that is broken at a hyphen ends with U+FFFE


def misses(content: Content, pdf: bytes, charts: Charts) -> tuple[str, ...]:
    """Return what a PDF lacks; nothing where it is right.

    Args:
        content: What it should show.
        pdf: The file.
        charts: Whether the words of its charts are text, or each chart is a picture.
    """
    try:
        document = PdfDocument(pdf)
    except PdfiumError as error:
        return (f"it cannot be opened: {error}",)
    try:
        texts = [_readable(page.get_textpage().get_text_bounded()) for page in document]
        pictures = 0 if charts == "text" else _pictures(document)
    finally:
        document.close()
    whole = "".join(texts)
    words = _missing_words(content, whole) if charts == "text" else _missing_pictures(content, pictures)
    found = (_wrong_count(content, len(texts)), _wrong_folios(texts), _missing_cards(content, whole), words)
    return tuple(miss for told in (*found, *(_wrong_table(table, texts) for table in content.tables)) for miss in told)


def _wrong_count(content: Content, pages: int) -> Iterator[str]:
    """A reference report has about nine pages; a page of a big table holds about as many rows whoever sets it."""
    rows = sum(len(table.rows) for table in content.tables)
    fewest = _FEWEST_PAGES if content.cards else rows // _MOST_ROWS
    most = _MOST_PAGES if content.cards else rows // _FEWEST_ROWS + 3
    if not fewest <= pages <= most:
        yield f"it has {pages} pages, not {fewest} to {most}"


def _wrong_folios(texts: list[str]) -> Iterator[str]:
    """Each page but the cover says which it is, of how many."""
    for number, text in enumerate(texts[1:], 2):
        if (str(number), str(len(texts))) not in _FOLIO.findall(text):
            yield f"page {number} does not say Page {number} of {len(texts)}"


def _missing_cards(content: Content, text: str) -> Iterator[str]:
    for card in content.cards:
        parts = (card.label, f"{card.value:,}", card.change)
        if not _in_order(map(_readable, parts), text):
            yield f"the card {card.label} is not there with its value and change"


def _missing_words(content: Content, text: str) -> Iterator[str]:
    for chart in content.charts:
        lost = [word for word in (chart.title, *chart.words) if _readable(word) not in text]
        if lost:
            yield f"the chart {chart.title} lacks {', '.join(lost)}"


def _missing_pictures(content: Content, pictures: int) -> Iterator[str]:
    if pictures < len(content.charts):
        yield f"{pictures} pictures of {len(content.charts)} charts"


def _wrong_table(table: Table, texts: list[str]) -> Iterator[str]:
    """All rows are there in their order, and each page that has rows has the headings above them."""
    head = _readable("".join(column.label for column in table.columns))
    starts = list(accumulate(map(len, texts), initial=0))
    whole = "".join(texts)
    at = lost = 0
    pages = set()
    for row in table.texts():
        place = whole.find(_readable("".join(row)), at)
        if place < 0:
            lost += 1
        else:
            at = place + 1
            pages.add(bisect_right(starts, place) - 1)
    if lost:
        yield f"{lost} of {len(table.rows)} rows of {table.title} are not there in their order"
    bare = sum(head not in texts[page] for page in pages)
    if bare:
        yield f"{bare} pages with rows of {table.title} have no headings"


def _in_order(parts: Iterable[str], text: str) -> bool:
    """Tell whether there is a place where parts stand one behind the other, no more than a card apart."""
    return re.search(".{0,40}?".join(map(re.escape, parts)), text) is not None


def _pictures(document: PdfDocument) -> int:
    return sum(1 for page in document for mark in page.get_objects(max_depth=5) if mark.type == FPDF_PAGEOBJ_IMAGE)


def _readable(text: str) -> str:
    return _UNREADABLE.sub("", text)
