"""The audit: finished files are opened again and compared with the report.

A page engine goes on where something is lost and only logs it, if that. A fault found here holds the
report back; a character that no font has degrades it.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from html import unescape
from typing import TYPE_CHECKING

from reportgen.characters import is_ignorable, named_letters
from reportgen.errors import OutputError
from reportgen.formatting import babel_locale
from reportgen.model import Caution
from reportgen.outputs import FORMATS
from reportgen.outputs.page.page_composition import MOST_BLANK
from reportgen.outputs.pdfium import read_pages
from reportgen.outputs.text.bidi import runs_left

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Iterator, Sequence

    from reportgen.model import Artifact, Block, Report
    from reportgen.outputs.drawing.font_metrics import Typeface
    from reportgen.outputs.page.measures import PageMeasures
    from reportgen.outputs.page.table_layout import TableGrid
    from reportgen.outputs.pdfium import PrintedPage, PrintedPages
    from reportgen.outputs.printed import PrintedReport

AUDIT, GLYPH, FONT, BLANK = "W-AUDIT", "W-GLYPH", "W-FONT", "W-BLANK"
"""Codes of cautions: a finished file has a fault; a character has no glyph; a theme's fonts lack a letter; a page is
more than a third empty."""

_OWN_SIGNS = "▲▼△▽→−↑⋯"  # of the program; few fonts have all, and no author can do without them
_UNSEEN = re.compile(r"<(style|script)\b.*?</\1>|<[^>]*>", re.DOTALL)

_BREAKS, _PIECE = 300, 12
"""Letters of a text that may take so many lines that its row breaks over pages; letters that are surely on a line."""

_EDGES = re.compile(r"^\W+|\W+$")
_LEFTWARD = "\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc"  # the letters of Hebrew, Arabic and their neighbours
_RUN = re.compile(rf"[{_LEFTWARD}]+|(?:(?![{_LEFTWARD}])[\w.,:/])+")
_DIRECTED = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
_TOLERANCE = 1.0  # points by which the box of a letter may cross the edge of the page
_INSIDE = 3.0  # points by which the box of a letter may reach into a margin
_UNREADABLE = re.compile(r"[\s\x00-\x1f\x7f-\xa0\xad\u200b-\u200f\u2028-\u202f\u2060-\u2069\ufeff\ufffe-]+")


def audit(printed: PrintedReport, artifacts: Sequence[Artifact]) -> tuple[Caution, ...]:
    """Return the cautions of the finished files, compared with the report.

    Of a PDF: every block is there, every row of its tables in its order, no page is blank, no text is
    outside its page, every font is embedded, no page but the last is too empty. Of a workbook: it opens, with all its
    sheets. (A link to a missing place already fails the rendering.)

    Args:
        printed: The report.
        artifacts: Its files; other media are not opened.

    Returns:
        The artifacts' own cautions and a caution for each fault, with the name of its block if it has a block.
    """
    found = [caution for artifact in artifacts for caution in artifact.cautions]
    for artifact in artifacts:
        if artifact.media_type == FORMATS["pdf"].media_type:
            found += [caution for _, caution in pdf_cautions(printed, artifact.content)]
        elif artifact.media_type == FORMATS["xlsx"].media_type:
            from reportgen.outputs.workbook import missing_sheets  # a report without a workbook needs none of it

            found += [Caution(AUDIT, f"the workbook {fault}") for fault in missing_sheets(printed, artifact.content)]
    media = {artifact.media_type: artifact.content for artifact in artifacts}
    page = media.get(FORMATS["html"].media_type)
    if printed.measures.typefaces.own and page and FORMATS["pdf"].media_type not in media:
        found += _lacked_letters(printed, unescape(_UNSEEN.sub("", page.decode())))
    return tuple(found)


def _lacked_letters(printed: PrintedReport, text: str) -> Iterator[Caution]:
    """Yield a caution that names the letters of titles, and of the text of a page, that the theme's own fonts lack."""
    typefaces, report = printed.measures.typefaces, printed.report
    if not typefaces.own:
        return
    titles = [report.client.name, printed.cover.title, *(section.title for section in report.sections)]
    titles += [block.label for block in report.blocks if block.kind != "number"]
    lacked = {
        letter
        for typeface, used in ((typefaces.titles, "".join(titles)), (typefaces.text, text))
        if typeface.own
        for letter in set(used) - set(_OWN_SIGNS)
        if letter.isprintable() and not (is_ignorable(letter) or typeface.sets(letter))
    }
    if lacked:
        named = named_letters("".join(sorted(lacked)))
        yield Caution(FONT, f"the theme's fonts lack {named}; the built-in family or the system's fonts have them")


@dataclass(frozen=True, slots=True)
class _PdfText:
    """The names of a PDF's places, and the text of all pages without spaces."""

    places: Container[str]
    text: str


def pdf_cautions(printed: PrintedReport, content: bytes) -> Iterator[tuple[int | None, Caution]]:
    """Yield the cautions of a finished PDF, see `audit`, each with the page it concerns.

    The first page is 1; the page is None where a caution concerns a block or the file as a whole.
    """
    margins = printed.measures.page
    try:
        read = read_pages(content, top=margins.margin_top.points, bottom=margins.margin_bottom.points)
    except OutputError as error:
        yield None, Caution(AUDIT, str(error))
        return
    if not content.rstrip().endswith(b"%%EOF"):
        yield None, Caution(AUDIT, "the PDF ends early")
    for number, page in enumerate(read.pages, 1):
        is_cover = number == 1 and printed.report.cover is not None
        faults = _faults_of_page(page, None if is_cover else margins)
        yield from ((number, Caution(AUDIT, f"page {number} {fault}")) for fault in faults)
    yield from _blank_pages(printed.report, read)
    text = "".join(_readable(page.text) for page in read.pages)
    yield from ((None, caution) for caution in _lacked_letters(printed, text))
    text = printed.measures.typefaces.text.with_same_letters(text)
    found = _PdfText(read.places, text)
    for block in printed.report.blocks:
        yield from ((None, Caution(AUDIT, fault, block.name)) for fault in _faults_of_block(block, printed, found))


def _blank_pages(report: Report, read: PrintedPages) -> Iterator[tuple[int, Caution]]:
    """Yield each page but the last that is too empty, with a caution of the block that begins the next page."""
    blocks = {f"block-{block.name}": block.name for block in report.blocks}
    places = {name: place for name, place in read.places.items() if name in blocks}
    for number, page in enumerate(read.pages[:-1], 1):
        if page.is_blank or page.blank <= MOST_BLANK:
            continue
        after = [name for name, (at, _) in places.items() if at == number]
        before = [name for name, (at, _) in places.items() if at < number]
        first = max(after, key=lambda name: places[name][1]) if after else None
        going_on = min(before, key=lambda name: (-places[name][0], places[name][1])) if before else None
        text = (
            f"{page.blank:.0%} of page {number} is empty: the next page begins with this block; move it, take its page "
            "break out, or give a chart before it another height"
        )
        yield number, Caution(BLANK, text, blocks.get(first or going_on or ""))


def _faults_of_page(page: PrintedPage, margins: PageMeasures | None) -> Iterator[str]:
    """Yield the faults of a page; `margins` is None for the cover, which has none."""
    if any(
        left < -_TOLERANCE or bottom < -_TOLERANCE or right > page.width + _TOLERANCE or top > page.height + _TOLERANCE
        for left, bottom, right, top in page.lines
    ):
        yield "has text outside its edges"
    elif margins and _reaches_margins(page, margins):
        yield "has text in its margins: what stands there is higher than a page"
    if page.is_blank:
        yield "is blank"
    if page.missing_fonts:
        yield f"uses fonts that are not embedded: {', '.join(page.missing_fonts)}"


def _reaches_margins(page: PrintedPage, margins: PageMeasures) -> bool:
    """Return whether text of a page reaches into its upper or its lower margin, or below the line there.

    The lines in the margins are drawn last, and stand in them whole.
    """
    top, bottom = page.height - margins.margin_top.points, margins.margin_bottom.points
    lines = page.lines
    while lines and (lines[-1][1] >= top or lines[-1][3] <= bottom):
        _, low, _, high = lines.pop()
        if low < margins.foot.points - _INSIDE or high > page.height - margins.head.points + _INSIDE:
            return True
    return any(low < bottom - _INSIDE or high > top + _INSIDE for _, low, _, high in lines)


def _faults_of_block(block: Block, printed: PrintedReport, found: _PdfText) -> Iterator[str]:
    if printed.is_silent(block):
        return
    if f"block-{block.name}" not in found.places:
        yield "it is not in the PDF"
        return
    for table in block.tables:
        ordered = babel_locale(printed.report.locale).text_direction == "ltr"
        for shown in printed.grids(table, block.width, paged=True):
            missing = _missing_rows(shown, found.text, printed.measures.typefaces.text, ordered=ordered)
            if missing:
                yield f"{missing} of its {len(shown.rows)} printed rows are not in the PDF"


def _missing_rows(shown: TableGrid, text: str, typeface: Typeface, *, ordered: bool) -> int:
    """Return the count of rows not found.

    Where `ordered`, each cell of a row is searched behind the cell before it, unless letters of the row run to the
    left: a reader of the PDF then turns the whole row, as it does on a page that runs to the left.
    """
    missing, at = 0, 0
    for row, is_tall in zip(shown.rows, shown.tall, strict=True):
        texts = [cell.move.text if cell.move else cell.text for cell in row]
        if ordered and not any(map(runs_left, texts)):
            end = _end_in_order([_searched(words, typeface) for words in texts], text, at, is_tall=is_tall)
        else:
            pieces = (piece for words in texts for piece in _words(words))
            end = _end_in_any_order([_searched(piece, typeface) for piece in pieces], text, at)
        missing += end < 0
        at = max(at, end)
    return missing


def _end_in_order(cells: Iterable[str], text: str, start: int, *, is_tall: bool) -> int:
    """Return the end of a row's cells in a text, from a place on; negative where a cell is not found."""
    end = start
    for cell in cells:
        # beside a text that goes on on the next page, its row's figures stand on the page before
        found = _end_of(cell, text, start if is_tall else end)
        if found < 0:
            return -1
        end = max(end, found)
    return end


def _end_in_any_order(words: Iterable[str], text: str, start: int) -> int:
    """Return an end of a row's words in a text, from a place on, not behind the row's; negative where a word lacks."""
    ends = [_end_of(word, text, start) for word in words]
    return -1 if min(ends, default=start) < 0 else max(ends, default=start)


def _words(text: str) -> Iterator[str]:
    """Yield the words of a cell, parted where their direction changes, and where signs stand in them.

    They have no marks at their edges: a mark without a direction, such as the slash of "/shop", may be read on either
    side of its word. Behind letters that run to the left, the numbers of 2026-10-01 are read from its end, as Unicode's
    algorithm sets them (UAX 9, W2 and W4); those of 1/10/2026 are not. A text that changes the direction of its
    letters itself stays whole.
    """
    if _DIRECTED.search(text):
        yield text
        return
    yield from (_EDGES.sub("", run) for run in _RUN.findall(text))


def _end_of(words: str, text: str, start: int) -> int:
    """Return the end of a cell's words in a text, from a place on; negative where they are not found.

    A long text may go on on the next page, under the heads of its table: each piece of it is looked for behind the
    piece before.
    """
    place = text.find(words, start)
    if place >= 0 or len(words) < _BREAKS:
        return place + len(words) if place >= 0 else -1
    while words:
        place = text.find(words[:_PIECE], start)
        if place < 0:
            return -1
        there = zip(words, text[place : place + len(words)], strict=False)
        same = next((at for at, (letter, other) in enumerate(there) if letter != other), len(words))
        start, words = place + same, words[same:]
    return start


def _searched(text: str, typeface: Typeface) -> str:
    """Return a text as pdfium reads it; empty where its letters may be read differently.

    That is where the typeface lacks a letter, and where marks of direction change the order of letters.
    """
    readable = _readable(text)
    plain = typeface.sets(readable) and not _DIRECTED.search(text)
    return typeface.with_same_letters(readable) if plain else ""


def _readable(text: str) -> str:
    """Return a text without the characters that pdfium may read differently: spaces, invisible marks, hyphens."""
    return _UNREADABLE.sub("", unicodedata.normalize("NFC", text))
