"""The PDF: everything on it, whole pages, and the same bytes anywhere."""

from __future__ import annotations

import hashlib
import inspect
import os
import subprocess
import sys
from dataclasses import replace
from functools import lru_cache
from typing import TYPE_CHECKING

import pypdfium2
import pytest

from reportgen.errors import ConfigurationError, MissingLibrary, OutputError
from reportgen.model import Picture, Section
from reportgen.outputs.pdf import pdf_file
from reportgen.outputs.pdf.embedded_resources import embedded_only
from reportgen.outputs.pdf.engine import load
from reportgen.outputs.pdf.pdf_file import render_pdf
from reportgen.outputs.printed import PrintedReport
from reportgen.report_rendering import audited_verdict
from tests.outputs import reports
from tests.sweeps import swept

if TYPE_CHECKING:
    from collections.abc import Sequence
    from importlib.machinery import ModuleSpec
    from pathlib import Path

    from reportgen.model import Report


def opened(report: Report) -> pypdfium2.PdfDocument:
    """Print a report and open it."""
    return pypdfium2.PdfDocument(render_pdf(PrintedReport(report))[0].content)


@lru_cache(maxsize=1)
def large() -> pypdfium2.PdfDocument:
    """Print the large report once for all tests that only read it."""
    return opened(reports.large_report())


def texts(document: pypdfium2.PdfDocument) -> list[str]:
    """Return the text of every page, spaces and line ends as single spaces."""
    return [" ".join(page.get_textpage().get_text_range().split()) for page in document]


def outline(document: pypdfium2.PdfDocument) -> list[tuple[int, str]]:
    """Return the bookmarks with their depth."""
    return [(bookmark.level, bookmark.get_title()) for bookmark in document.get_toc()]


@pytest.mark.parametrize(
    "words",
    ["214,380", "+18.2%", "R$1,234,567.89", "No data", "Not read", "Reach by day", "autumn campaign", "R$213,285.00"],
)
def test_text_can_be_selected(words: str) -> None:
    """Values, headings and words of missing figures are text of the pages."""
    assert words in " ".join(texts(large()))


def test_pages_are_numbered_but_the_cover() -> None:
    """The cover has no number; every other page says which it is of how many."""
    pages = texts(large())
    numbers = [f"Page {number} of {len(pages)}" in text for number, text in enumerate(pages, 1)]
    assert numbers == [False] + [True] * (len(pages) - 1)


def test_header_names_client_section_and_period() -> None:
    """A page of a section carries who, what and when at its top."""
    assert texts(large())[1].count("Padaria Aurora Instagram October 2026") == 1


def test_cover_says_for_whom_and_when() -> None:
    """The cover names client, report, period, comparison, agency and the day of issue, and no part of them twice."""
    cover = texts(opened(reports.report(reports.TEXT)))[0]
    words = (
        "Prepared by Studio Norte Padaria Aurora Marketing report October 2026 "
        "compared with September 2026 31 days compared with 30 days Issued Nov 1, 2026"
    )
    assert sorted(cover.split()) == sorted(words.split())


def test_table_heads_are_repeated() -> None:
    """A table over several pages has its head on each of them."""
    document = opened(reports.report(reports.LONG_TABLE))
    assert ["Engagement rate Spend" in text for text in texts(document)[1:]] == [True, True]


def test_every_row_is_printed_once() -> None:
    """A table over several pages loses and doubles no row."""
    everything = " ".join(texts(opened(reports.report(reports.LONG_TABLE))))
    assert [everything.count(f"Post number {row}: ") for row in range(1, 61)] == [1] * 60


def test_outline_holds_sections_and_titles() -> None:
    """The bookmarks are the sections, their headings, and below them the blocks."""
    marks = outline(opened(reports.report(reports.NUMBER, reports.HEADING, reports.PIE)))
    assert marks == [
        (0, "Instagram"),
        (1, "Reach"),
        (1, "Audience and timing"),
        (2, "Followers by gender"),
        (0, "About this report"),
    ]


def test_pages_are_a4() -> None:
    """All pages have one size, A4 in points."""
    assert {tuple(round(side) for side in page.get_size()) for page in large()} == {(595, 842)}


def test_no_page_is_blank() -> None:
    """Breaks at the ends of a section, doubled, and between sections leave no empty page."""
    breaks = [replace(reports.PAGE_BREAK, name=f"break-{number}") for number in range(4)]
    section = Section("One", (breaks[0], reports.TEXT, breaks[1], breaks[2], reports.HEADING, breaks[3]))
    document = opened(replace(reports.report(), sections=(section, Section("Two", (reports.TABLE,)))))
    assert [word for word in texts(document)[1:] if len(word.split()) < 12] == []
    assert len(document) == 3


def test_heading_is_not_left_behind() -> None:
    """A heading stands on the page of what it announces."""
    fillers = tuple(replace(reports.LINE, name=f"line-{number}") for number in range(2))
    filling = replace(reports.TEXT, prose="word\n\n" * 3)
    pages = texts(opened(reports.report(*fillers, filling, reports.HEADING, reports.PIE)))
    (heading,) = [number for number, text in enumerate(pages) if "Audience and timing" in text]
    assert "Followers by gender" in pages[heading]


def test_the_closing_block_pulls_no_row_off_a_page() -> None:
    """Where its last words do not fit below a table that its page holds whole, they go over alone."""
    table = replace(reports.LONG_TABLE.tables[0], shown=30)
    *_, before, last = texts(opened(reports.report(replace(reports.LONG_TABLE, tables=(table,)))))
    assert before.count("Post number") == 30
    assert last.startswith("About this report")


def test_a_note_stays_with_its_figure() -> None:
    """The remark under a table is on the page of the table, which follows the report's last words if it must."""
    filling = replace(reports.TEXT, prose="word\n\n" * 15)
    pages = texts(opened(reports.report(filling, reports.COMPARED_TABLE)))
    (noted,) = [text for text in pages if "The day was not over" in text]
    assert "Formats against the month before" in noted


def test_metadata_holds_no_time() -> None:
    """The file says its title and its author, and neither when nor where nor with what it was made."""
    assert large().get_metadata_dict(skip_empty=True) == {
        "Title": "Padaria Aurora · Instagram and Ads · October 2026",
        "Author": "Studio Norte",
    }


def test_other_reports_have_other_identifiers() -> None:
    """The bytes follow the content."""
    one, two = (
        hashlib.sha256(render_pdf(PrintedReport(reports.report(block)))[0].content)
        for block in (reports.TEXT, reports.HEADING)
    )
    assert one.digest() != two.digest()


def test_fetcher_gives_fonts() -> None:
    """The private addresses lead to font files."""
    refused: list[str] = []
    assert embedded_only(refused).fetch("reportgen-font:Light").read()[:4] == b"\x00\x01\x00\x00"
    assert refused == []


def test_broken_picture_is_no_silence(caplog: pytest.LogCaptureFixture) -> None:
    """A picture that cannot be read stops the PDF instead of leaving a hole."""
    broken = replace(reports.IMAGE, picture=Picture("image/png", b"no picture"))
    with pytest.raises(OutputError, match="image"):
        render_pdf(PrintedReport(reports.report(broken)))
    caplog.clear()


def test_picture_that_loads_from_elsewhere_is_no_silence(caplog: pytest.LogCaptureFixture) -> None:
    """A drawing that refers to an address is refused, and the address is named."""
    svg = (
        b'<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9">'
        b'<image href="http://127.0.0.1/x.png" width="9" height="9"/></svg>'
    )
    (pdf,) = render_pdf(PrintedReport(reports.report(replace(reports.IMAGE, picture=Picture("image/svg+xml", svg)))))
    caplog.clear()
    (caution,) = pdf.cautions
    assert "http://127.0.0.1/x.png is no part of the report" in caution.text


class NoPango:
    """An import hook in whose world WeasyPrint finds no Pango."""

    def find_spec(self, name: str, path: Sequence[str] | None, target: object = None) -> ModuleSpec | None:  # noqa: ARG002 - the hook's signature
        """Fail as dlopen does."""
        if name == "weasyprint":
            message = "cannot load library 'libpango-1.0-0'"
            raise OSError(message)
        return None


def test_missing_pango_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without Pango the error is the command that installs it."""
    monkeypatch.delitem(sys.modules, "weasyprint", raising=False)
    monkeypatch.setattr(sys, "meta_path", [NoPango(), *sys.meta_path])
    monkeypatch.setattr(pdf_file, "load", inspect.unwrap(load))  # for this process has it from another test
    with pytest.raises(MissingLibrary, match=r"apt-get install .*libpango-1\.0-0"):
        render_pdf(PrintedReport(reports.report()))


@pytest.mark.parametrize(("locale", "reach", "profile_views"), [("en", 20.0, 63.5), ("ar", 190.0, 146.5)])
def test_cards_run_with_the_script(locale: str, reach: float, profile_views: float) -> None:
    """The first card of a row stands at the left margin, or at the right one in a script that runs to the left."""
    pages = opened(reports.report(reports.NUMBER, replace(reports.FAILED, width=6), locale=locale))
    words = pages[1].get_textpage()
    for label, edge in (("Reach", reach), ("Profile views", profile_views)):
        found = words.search(label).get_next()
        assert found is not None
        start, count = found
        boxes = [words.get_charbox(at, loose=True) for at in range(start, start + count)]
        place = max(box[2] for box in boxes) if locale == "ar" else min(box[0] for box in boxes)
        assert place * 25.4 / 72 == pytest.approx(edge, abs=0.5)  # millimetres


@pytest.mark.parametrize("place", swept(["worker"], ["main", "daemon"]))
def test_a_process_ends_well_and_leaves_nothing(place: str, tmp_path: Path) -> None:
    """What fonts are loaded into is let go of in time, and the folder of its files with it.

    So it is in a worker, and where no garbage is collected, so that documents are still there at the end.
    """
    program = (
        "import gc, multiprocessing, threading, sys\n"
        "gc.disable()\n"
        "from reportgen.outputs.pdf.pdf_file import letters_without_a_font as page\n"
        "done = threading.Event()\n"
        "def print_one():\n    page('x')\n    done.set()\n    threading.Event().wait(60 if stays else 0)\n"
        "stays = sys.argv[1] == 'daemon'\n"
        "if sys.argv[1] == 'worker':\n"
        "    process = multiprocessing.get_context('fork').Process(target=print_one)\n"
        "    process.start()\n    process.join(60)\n    sys.exit(process.exitcode)\n"
        "threading.Thread(target=print_one, daemon=True).start() if stays else print_one()\n"
        "done.wait(60)\n"
    )
    environment = {**os.environ, "TMPDIR": str(tmp_path)}
    command = [sys.executable, "-c", program, place]
    ended = subprocess.run(command, env=environment, check=True, capture_output=True, text=True)
    assert (ended.stderr, list(tmp_path.iterdir())) == ("", [])


UNDRAWABLE = Picture(
    "image/svg+xml", b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><rect width="9" opacity="x"/></svg>'
)


def test_a_picture_that_cannot_be_drawn_costs_its_block(caplog: pytest.LogCaptureFixture) -> None:
    """The other blocks are printed, staff are told, and the block says that it could not be read."""
    lost = replace(reports.IMAGE, name="lost", picture=UNDRAWABLE)
    made = reports.report(lost, reports.IMAGE, reports.TEXT)
    (pdf,) = render_pdf(PrintedReport(made))
    caplog.clear()
    assert [(caution.code, caution.block) for caution in pdf.cautions] == [("W-FAILED", "lost")]
    assert "autumn campaign" in " ".join(texts(pypdfium2.PdfDocument(pdf.content)))
    assert audited_verdict("done", pdf.cautions) == "degraded"


def test_a_passage_loses_a_picture_that_cannot_be_drawn(caplog: pytest.LogCaptureFixture) -> None:
    """Its words are printed instead, and the rest of the passage with them."""
    words = replace(reports.TEXT, prose="Before ![a plan](a.svg) after", prose_pictures={"a.svg": UNDRAWABLE})
    (pdf,) = render_pdf(PrintedReport(reports.report(words)))
    caplog.clear()
    assert [(caution.code, caution.block) for caution in pdf.cautions] == [("W-FAILED", words.name)]
    assert "Before a plan after" in " ".join(texts(pypdfium2.PdfDocument(pdf.content)))


def test_a_logo_that_cannot_be_drawn_is_named(caplog: pytest.LogCaptureFixture) -> None:
    """It stands on the cover of each report, so it is the configuration that is wrong."""
    made = reports.report(reports.TEXT)
    with pytest.raises(ConfigurationError, match="the client's logo cannot be drawn"):
        render_pdf(PrintedReport(replace(made, client=replace(made.client, logo=UNDRAWABLE))))
    caplog.clear()


def test_a_word_wider_than_its_place_is_parted_at_a_syllable() -> None:
    """The label of a narrow card breaks as German does; words that have room for a line of their own do not break."""
    card = replace(reports.NUMBER, width=2, label="Weiterempfehlungsbereitschaftsindex")
    beside = replace(reports.NUMBER, name="beside", width=3, label="Reichweite der Weiterempfehlungen")
    with opened(replace(reports.report(card, beside), locale="de")) as document:
        text = " ".join(texts(document))
    parted = "\ufffe"  # PDFium's character for a hyphen at the end of a line
    assert f"Weiterempfeh{parted}lungsbereitschaft{parted}sindex" in text
    assert "Reichweite der Weiterempfehlungen" in text
