"""What a document has to hold before its time counts: every row, every chart, every card; numbered pages in a PDF."""

from __future__ import annotations

import io
import re
import zipfile
from bisect import bisect_right
from html.parser import HTMLParser
from itertools import accumulate
from typing import TYPE_CHECKING, Literal

from openpyxl import load_workbook
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


def misses(content: Content, form: str, file: bytes, charts: Charts) -> tuple[str, ...]:
    """Return what a file lacks; nothing where it is right.

    Args:
        content: What it should show.
        form: The file's format: `html`, `xlsx`, or a PDF's.
        file: The file.
        charts: Whether the words of its charts are text, or each chart is a picture.
    """
    return tuple({"html": _page_misses, "xlsx": _workbook_misses}.get(form, _pdf_misses)(content, file, charts))


def _pdf_misses(content: Content, pdf: bytes, charts: Charts) -> Iterator[str]:
    try:
        document = PdfDocument(pdf)
    except PdfiumError as error:
        yield f"it cannot be opened: {error}"
        return
    try:
        texts = [_readable(page.get_textpage().get_text_bounded()) for page in document]
        pictures = 0 if charts == "text" else _pictures(document)
    finally:
        document.close()
    yield from _wrong_count(content, len(texts))
    yield from _wrong_folios(texts)
    yield from _shown_misses(content, texts, charts, pictures)


def _page_misses(content: Content, page: bytes, charts: Charts) -> Iterator[str]:
    text = _PageText()
    text.feed(page.decode())
    yield from _shown_misses(content, [_readable("".join(text.parts))], charts, text.pictures)


def _workbook_misses(content: Content, book: bytes, _: Charts) -> Iterator[str]:
    """Every value of a card stands in a cell, every row of a table in a row, and each chart is one of Excel's own."""
    with zipfile.ZipFile(io.BytesIO(book)) as archive:
        charts = sum(name.startswith("xl/charts/chart") for name in archive.namelist())
    if charts < len(content.charts):
        yield f"the workbook has {charts} charts of {len(content.charts)}"
    sheets = load_workbook(io.BytesIO(book), read_only=True, data_only=True)
    rows = [row for sheet in sheets for row in sheet.iter_rows(values_only=True)]
    values = {value for row in rows for value in row}
    lost = [card.label for card in content.cards if card.value not in values]
    if lost:
        yield f"the workbook lacks the values of {', '.join(lost)}"
    for table in content.tables:
        width = len(table.columns)
        there = {row[at : at + width] for row in rows for at in range(len(row) - width + 1)}
        missing = sum(row not in there for row in table.rows)
        if missing:
            yield f"the workbook lacks {missing} of {len(table.rows)} rows of {table.title}"


def _shown_misses(content: Content, texts: list[str], charts: Charts, pictures: int) -> Iterator[str]:
    """Yield what pages do not show, given their texts without spaces."""
    whole = "".join(texts)
    yield from _missing_cards(content, whole)
    yield from _missing_words(content, whole) if charts == "text" else _missing_pictures(content, pictures)
    for table in content.tables:
        yield from _wrong_table(table, texts)


_SILENT = {"style", "script"}


class _PageText(HTMLParser):
    """The text of a web page that is shown, and how many raster pictures it has."""

    def __init__(self) -> None:
        """Begin with nothing."""
        super().__init__()
        self.parts: list[str] = []
        self.pictures = 0
        self._silent = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Count pictures, and leave styles and scripts out."""
        self._silent = tag in _SILENT
        self.pictures += tag == "img" and (dict(attrs).get("src") or "").startswith("data:image/png")

    def handle_endtag(self, tag: str) -> None:
        """Read on behind a style or a script."""
        self._silent = self._silent and tag not in _SILENT

    def handle_data(self, data: str) -> None:
        """Keep a piece of text."""
        if not self._silent:
            self.parts.append(data)


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
