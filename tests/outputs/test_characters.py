"""Characters without a glyph, and those that no file may hold, in every place that draws or writes text."""

from __future__ import annotations

import io
import re
import resource
from contextlib import contextmanager
from dataclasses import replace
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING
from unicodedata import combining

import pikepdf
import pytest
from weasyprint import CSS
from weasyprint.text.fonts import FontConfiguration

from reportgen.characters import UNPRINTABLE, is_ignorable
from reportgen.model import Chart, Column, Series, Table, Unit
from reportgen.outputs.csv_files import render_csv
from reportgen.outputs.drawing.charts.label_text import lettered
from reportgen.outputs.drawing.font_metrics import BUILT_IN, WEIGHTS
from reportgen.outputs.html.web_page import render_html
from reportgen.outputs.page.font_faces import linked_faces
from reportgen.outputs.pdf.embedded_resources import embedded_only
from reportgen.outputs.pdf.pdf_file import render_pdf
from reportgen.outputs.pdf.weasyprint70.pango_text import Face, PangoText
from reportgen.outputs.printed import PrintedReport
from reportgen.outputs.report_json import render_json
from reportgen.outputs.workbook import render_workbook
from tests.outputs.pages import texts
from tests.outputs.reports import COUNT, LINE, NUMBER, TABLE, TEXT, report

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reportgen.model import Report

_EVERY = 421  # of all code points
_IN_A_TEXT = 12
_ROOM = 3 << 30  # bytes of address space more than before; a character map without end took twelve

_MAPPED = re.compile(rb"<([0-9a-f]+)> <[0-9a-f]*>")


def sample() -> list[str]:
    """Return some 3,000 characters: all controls, all without a glyph but the tags, and every 421st of all."""
    without = (at for at in range(0xE0000) if is_ignorable(chr(at)))
    return list(map(chr, sorted({*range(0xA1), *without, *range(0xFFF0, 0x10000), *range(0, 0x110000, _EVERY)})))


def strange() -> Report:
    """Return a report whose texts hold the sample: labels of cards, charts and tables, values, titles, names, prose."""
    points = sample()
    words = iter(["a" + "b".join(points[at : at + _IN_A_TEXT]) + "c" for at in range(0, len(points), _IN_A_TEXT)])

    client, agency, title, section = islice(words, 4)
    cards = [replace(NUMBER, name=f"card_{at}", label=label) for at, label in enumerate(islice(words, 8))]
    labels, numbers = tuple(islice(words, 24)), tuple(range(1, 25))
    chart = replace(
        LINE,
        label=next(words),
        charts=(Chart("horizontal_bar", "category", labels, (Series("x", next(words), COUNT, numbers),)),),
    )
    prose = replace(TEXT, prose=" ".join(islice(words, 60)))
    head, count = islice(words, 2)
    cells = tuple(words)
    columns = (
        Column("city", head, "dimension", Unit("text"), cells),
        Column("count", count, "metric", COUNT, tuple(range(len(cells)))),
    )
    table = replace(TABLE, label=cells[0], tables=(Table(columns, shown=len(cells), of=len(cells)),))
    made = report(*cards, chart, prose, table)
    return replace(
        made,
        title=title,
        client=replace(made.client, name=client),
        agency=replace(made.agency, name=agency),
        sections=(replace(made.sections[0], title=section),),
    )


@contextmanager
def little_memory() -> Iterator[None]:
    """Let this process take no more than so much more memory."""
    pages = int(Path("/proc/self/statm").read_text().split()[0])
    before = resource.getrlimit(resource.RLIMIT_AS)
    resource.setrlimit(resource.RLIMIT_AS, (pages * resource.getpagesize() + _ROOM, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_AS, before)


def glyphs(pdf: bytes) -> list[int]:
    """Return the numbers of the glyphs that the fonts of a PDF map to characters."""
    with pikepdf.open(io.BytesIO(pdf)) as document:
        maps = [one["/ToUnicode"].read_bytes() for one in document.objects if _is_mapped(one)]
    return [int(number, 16) for mapping in maps for number in _MAPPED.findall(mapping)]


def _is_mapped(one: pikepdf.Object) -> bool:
    return isinstance(one, pikepdf.Dictionary) and "/ToUnicode" in one


@pytest.mark.parametrize("weight", WEIGHTS)
def test_every_character_that_is_drawn_has_a_glyph(weight: int) -> None:
    """Where text is drawn without the page engine, each of its characters is a glyph of the family itself."""
    fonts = FontConfiguration()
    CSS(string=linked_faces(), font_config=fonts, url_fetcher=embedded_only([]))
    faces = PangoText(fonts, "en", {})
    drawn = [chr(at) for at in range(0x20, 0x10000) if BUILT_IN.sets(chr(at), weight) and not combining(chr(at))]
    assert len(drawn) > 1000
    for letter in drawn:
        (glyph,) = (glyph for run in faces.runs(letter, Face(BUILT_IN, weight)) for glyph in run.glyphs)
        assert (glyph.letters, glyph.number < 0x10000) == (letter, True)


@pytest.mark.thorough
def test_3000_characters_cost_nothing_anywhere(caplog: pytest.LogCaptureFixture) -> None:
    """All files are made, in bounded memory, and no glyph of the PDF has a number that its map cannot hold."""
    made = strange()
    with little_memory():
        (pdf,), (page,), (book,) = (
            render_pdf(PrintedReport(made)),
            render_html(PrintedReport(made)),
            render_workbook(PrintedReport(made)),
        )
        render_csv(PrintedReport(made))
        render_json(PrintedReport(made))
    caplog.clear()  # letters that no font has
    assert max(glyphs(pdf.content)) < 0x10000
    assert not UNPRINTABLE.search(page.content.decode())
    assert max(len(pdf.content), len(page.content), len(book.content)) < 1_000_000


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Herbst\u00adaktion", "Herbstaktion"),
        ("\ufeffReels", "Reels"),
        ("a\u200bb\u2060c\ufe0f", "abc"),
        ("one\u2028two\x0bthree", "one two three"),
        ("\u0915\u094d\u200d\u0937", "\u0915\u094d\u200d\u0937"),
        ("\u0645\u06cc\u200c\u062e", "\u0645\u06cc\u200c\u062e"),
        ("\u2764\ufe0f love", "\u2764\ufe0f love"),
    ],
)
def test_what_has_no_glyph_is_left_out_of_a_label(text: str, shown: str) -> None:
    """A chart's label keeps such a character only where it joins letters or chooses between pictures."""
    assert lettered(text, BUILT_IN) == shown


def test_a_label_with_a_soft_hyphen_reads_as_its_word() -> None:
    """The PDF's text is the label itself, and the chart is drawn as any other."""
    series = (Series("reach", "Reach", COUNT, (10, 20)),)
    chart = replace(LINE, charts=(Chart("horizontal_bar", "category", ("Autumn", "Herbst\u00adaktion"), series),))
    (pdf,) = render_pdf(PrintedReport(report(chart)))
    assert "Herbstaktion" in [word for page in texts(pdf.content) for word in page]
    assert max(glyphs(pdf.content)) < 0x10000
