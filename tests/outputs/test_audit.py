"""The audit of finished files: each kind of damage is found, and nothing sound is taken for damage."""

from __future__ import annotations

import io
import re
import zipfile
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from reportgen.model import Caution, Column, Section, Table, Unit
from reportgen.outputs import FORMATS
from reportgen.outputs.audit import BLANK, audit
from reportgen.outputs.page.stylesheet import printed_stylesheet
from reportgen.outputs.pdf.engine import print_page
from reportgen.outputs.pdf.pdf_file import render_pdf
from reportgen.outputs.printed import PrintedReport
from reportgen.outputs.workbook import render_workbook
from reportgen.pipeline import write_report
from reportgen.report_rendering import finish
from tests.canaries import unpacked
from tests.machine import needs_japanese
from tests.outputs import reports
from tests.outputs.pages import page, texts

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from reportgen.model import Artifact, Report

REPORT = reports.report(reports.NUMBER, reports.TABLE, reports.LINE)


def printed(report: Report, change: Callable[[str], str], *, drawn: bool = True) -> Artifact:
    """Print a report whose page was changed behind its back, with drawings or without."""
    drawings: dict[str, object] | None = {} if drawn else None
    html = change(page(report, "print", drawings))  # type: ignore[arg-type] # only passed on
    style = printed_stylesheet(report.locale)
    content, _, _ = print_page(html, drawings=drawings, style=style)  # type: ignore[arg-type] # see above
    (artifact,) = render_pdf(PrintedReport(report))
    return replace(artifact, content=content)


def found(artifact: Artifact, report: Report = REPORT) -> list[tuple[str | None, str]]:
    """Return the blocks and texts of what the audit finds."""
    return [(caution.block, caution.text) for caution in audit(PrintedReport(report), [artifact])]


def without(text: str) -> Callable[[str], str]:
    """Return a change that takes the table row with a text away."""

    def change(html: str) -> str:
        start = html.rindex("<tr", 0, html.index(f">{text}"))
        end = html.index("</tr>", start) + len("</tr>")
        return html[:start] + html[end:]

    return change


@pytest.mark.parametrize(
    "locale",
    [
        "en",
        *(pytest.param(locale, marks=pytest.mark.thorough) for locale in ("ar", "pt-BR")),
        pytest.param("ja", marks=[needs_japanese, pytest.mark.thorough]),
    ],
)
def test_a_sound_report_passes(locale: str) -> None:
    """Every component in any locale, with long tables and failed blocks, gives no alarm but of its own page break."""
    for report in (replace(reports.large_report(), locale=locale), reports.compared_report(locale)):
        told = finish(report, ("pdf", "xlsx"))[0]
        assert replace(told, warnings=tuple(one for one in told.warnings if one.code != BLANK)) == report


def test_marks_at_the_edge_of_a_text_may_be_read_on_its_other_side() -> None:
    """In Arabic a reader of the PDF turns "/boots" to "boots/", and the row is there all the same."""
    columns = (
        Column("page", "Page", "dimension", values=("/boots", "/sale", "/", "Which colour?")),
        Column("views", "Views", "metric", Unit("count"), (24_438, 16_046, 88_316, 7)),
        Column("time", "Time", "metric", Unit("seconds"), (107, 123, 120, 61)),
    )
    block = replace(reports.TABLE, tables=(Table(columns, ("current",) * 4, shown=4, of=4),))
    report = reports.report(block, locale="ar")
    (artifact,) = render_pdf(PrintedReport(report))
    assert found(artifact, report) == []


@pytest.mark.parametrize("locale", ["en", "ar"])
@pytest.mark.parametrize("sign", ["2026-10-01", "10\u201312", "-5%", "10/12", "v2.1+b7"])
def test_numbers_behind_arabic_letters_may_be_read_from_their_end(sign: str, locale: str) -> None:
    """A reader of the PDF turns "2026-10-01" to "01-10-2026" there, and the row is there all the same."""
    columns = (
        Column("campaign", "Campaign", "dimension", values=(f"حملة {sign}", "Brand")),
        Column("clicks", "Clicks", "metric", Unit("count"), (5, 2)),
    )
    block = replace(reports.TABLE, tables=(Table(columns, ("current",) * 2, shown=2, of=2),))
    report = reports.report(block, locale=locale)
    (artifact,) = render_pdf(PrintedReport(report))
    assert found(artifact, report) == []


HEBREW, ARABIC = "קמפיין קולקציית הסתיו", "حملة الخريف الجديدة 2026"
GROUPS = ("Search for boots and shoes in all shops of the town", HEBREW, "2026-10-03", "12345")


@pytest.mark.parametrize("locale", ["en", pytest.param("ar", marks=pytest.mark.thorough)])
def test_names_of_both_directions_stand_in_one_table(locale: str) -> None:
    """A row with Hebrew or Arabic is read from its other end, and is there all the same; a lost row is still found."""
    columns = (
        Column("campaign", "Campaign", "dimension", values=(HEBREW, "Brand", ARABIC, "Brand")),
        Column("group", "Group", "dimension", values=GROUPS),
        Column("clicks", "Clicks", "metric", Unit("count"), (5501, 37, 52, 719)),
        Column("cost", "Cost", "metric", Unit("currency", "USD"), (12.5, 112.5, 1, 3)),
    )
    block = replace(reports.TABLE, tables=(Table(columns, ("current",) * 4, shown=4, of=4),))
    report = reports.report(block, locale=locale)
    (artifact,) = render_pdf(PrintedReport(report))
    assert found(artifact, report) == []
    lost = printed(report, without("2026-10-03"), drawn=False)
    assert found(lost, report) == [("clicks", "1 of its 4 printed rows are not in the PDF")]


def without_second(html: str) -> str:
    """Take the second row of a drawn table away."""
    return re.sub(r'(<tbody class="drawn.*?<img[^>]*>)<img[^>]*>', r"\1", html, count=1, flags=re.DOTALL)


@pytest.mark.parametrize(("drawn", "change"), [(True, without_second), (False, without("Post number 2: what happens"))])
def test_a_lost_row_is_found(change: Callable[[str], str], *, drawn: bool) -> None:
    """D01: a row that is not on the page is counted, with its block."""
    report = reports.report(reports.LONG_TABLE)
    lost = printed(report, change, drawn=drawn)
    assert found(lost, report) == [("posts", "1 of its 60 printed rows are not in the PDF")]


REVIEW = "Great place, friendly staff, and quick service. " * 90


@pytest.mark.parametrize(
    ("name", "width", "review"),
    [
        ("pdf", 6, REVIEW),
        pytest.param("pdf-plain", 12, REVIEW, marks=pytest.mark.thorough),
        pytest.param("pdf", 12, f"{REVIEW} Ωμέγα и", marks=pytest.mark.thorough),
        ("pdf", 12, "line\n" * 150),
    ],
)
def test_a_text_higher_than_a_page_holds_nothing_back(name: str, width: int, review: str) -> None:
    """Its row goes on on the next page under the heads of its table; no page is empty, and every row is there."""
    columns = (
        Column("review", "Review", "dimension", values=(review, "Good", review)),
        Column("stars", "Stars", "metric", Unit("count"), (5, 4, 3)),
    )
    block = replace(reports.TABLE, width=width, tables=(Table(columns, ("current",) * 3, shown=3, of=3),))
    report = reports.report(block)
    (artifact,) = FORMATS[name].render(PrintedReport(report))
    assert found(artifact, report) == []
    pages = texts(artifact.content)
    assert all(len(words) > 60 for words in pages[1:-1])
    assert all("Stars" in words for words in pages[1:-1])
    lost = printed(report, lambda html: html.replace(">Good<", "><"), drawn=False)
    assert found(lost, report) == [("clicks", "1 of its 3 printed rows are not in the PDF")]


def test_a_lost_block_is_found() -> None:
    """D01: a block without its place in the PDF is named."""
    lost = printed(REPORT, lambda html: re.sub('<img class="panel"[^>]*>', "", html, count=1))
    assert found(lost) == [("reach", "it is not in the PDF")]


def test_a_blank_page_is_found() -> None:
    """D01: a page of a header and a footer alone is blank."""
    gap = '<div style="break-before:page;break-after:page;height:1mm"></div>'
    blank = printed(REPORT, lambda html: html.replace('<section class="about"', f'{gap}<section class="about"'))
    assert [text for _, text in found(blank)] == ["page 3 is blank"]


def test_text_outside_a_page_is_found() -> None:
    """D01: what an edge cuts off is told with its page."""
    note = '<p style="position:absolute;left:160mm;white-space:nowrap">a very long line that leaves the page</p>'
    over = printed(REPORT, lambda html: html.replace('<section class="about"', f'{note}<section class="about"'))
    assert [text for _, text in found(over)] == ["page 2 has text outside its edges"]


@pytest.mark.parametrize(("gap", "lines"), [(17, 2), (2, 2), (2, 6)])
def test_text_in_a_margin_is_found(gap: int, lines: int) -> None:
    """What reaches below a page's body is told though it is still on the sheet: it may stand over the page's number."""
    notes = "a note<br>" * lines
    note = f'<p style="position:absolute;left:20mm;top:{297 - 28 - 25 - gap}mm;font:8pt/4mm sans-serif">{notes}</p>'
    over = printed(REPORT, lambda html: html.replace('<section class="about"', f'{note}<section class="about"'))
    said = ["page 2 has text in its margins: what stands there is higher than a page"]
    assert [text for _, text in found(over)] == ([] if 4 * lines <= gap else said)


def test_a_link_to_nowhere_fails(caplog: pytest.LogCaptureFixture) -> None:
    """D01: a link inside the document whose place is not there is a failure of the rendering."""
    _, failures, _ = print_page('<a href="#nowhere">x</a>')
    caplog.clear()  # WeasyPrint logs it
    assert failures == ["No anchor #nowhere for internal URI reference"]


@pytest.mark.parametrize("content", [b"", b"%PDF-1.7\n", b"not a PDF"])
def test_a_broken_pdf_is_found(content: bytes) -> None:
    """D01: what is no PDF is told, and not delivered."""
    (artifact,) = render_pdf(PrintedReport(REPORT))
    assert [text.partition(":")[0] for _, text in found(replace(artifact, content=content))] == [
        "the PDF cannot be opened"
    ]


def test_a_pdf_without_its_end_is_found() -> None:
    """D01: a PDF that was cut is told, also where a reader mends it."""
    (artifact,) = render_pdf(PrintedReport(REPORT))
    cut = replace(artifact, content=artifact.content[:-20])
    assert any("cannot be opened" in text or "ends early" in text for _, text in found(cut))


def test_a_workbook_without_a_sheet_is_found() -> None:
    """D01: each sheet of the report has to be in the workbook, and the workbook has to open."""
    (artifact,) = render_workbook(PrintedReport(REPORT))
    other = replace(reports.TABLE, label="Another table")
    larger = replace(REPORT, sections=(*REPORT.sections, Section("More", (other,))))
    assert found(artifact, larger) == [(None, "the workbook has no sheet 'Another table'")]
    assert found(replace(artifact, content=artifact.content[:200])) == [(None, "the workbook cannot be opened")]
    torn = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(artifact.content)) as whole, zipfile.ZipFile(torn, "w") as part:
        for name in whole.namelist():
            part.writestr(name, whole.read(name)[: 10 if "sheet2" in name else None])
    assert found(replace(artifact, content=torn.getvalue())) == [(None, "the workbook cannot be opened")]


def test_letters_without_a_font_are_named(caplog: pytest.LogCaptureFixture) -> None:
    """D02, P14: a letter that no font has degrades the report and is named; it is not silently a box."""
    report = reports.report(replace(reports.TEXT, prose="Reach \u0378"))
    finished, _ = finish(report, ("pdf",))
    caplog.clear()  # WeasyPrint warns of each
    assert finished.verdict == "degraded"
    (caution,) = finished.warnings
    assert caution.code == "W-GLYPH"
    assert "(U+0378)" in caution.text


def test_files_name_neither_machine_nor_user() -> None:
    """D03: title and author come from the report alone, and no path or user of this machine is in a file."""
    for (artifact,) in (render_pdf(PrintedReport(REPORT)), render_workbook(PrintedReport(REPORT))):
        everything = b"\n".join(unpacked(artifact.content))
        assert b"Studio Norte" in everything
        assert not [place for place in (b"/home/", b"/tmp/", b"/root/") if place in everything]


def test_a_miss_holds_the_report(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What the audit finds keeps the files from what is delivered, and is told in them."""
    miss = Caution("W-AUDIT", "it is not in the PDF", "reach")
    monkeypatch.setattr("reportgen.report_rendering.audit", lambda *_: (miss,))
    finished, _ = finish(REPORT, ("json",))
    (path,) = write_report(REPORT, tmp_path, ("json",))
    assert (finished.verdict, finished.warnings[-1]) == ("held", miss)
    assert path.parent == tmp_path / "held"
    assert "it is not in the PDF" in path.read_text("utf-8")


def test_words_that_a_pdf_changes_are_no_alarm() -> None:
    """Hyphens at the ends of lines, ligatures, hard spaces and marks without a body are read as they were."""
    words = (
        "office-first efficiency " * 6,
        "12\u00a0345\u202fkm",
        "soft\u00adhyphen\u200b",
        "naïve – “quoted” …",
        "a\u0301",
    )
    column = Column("a", "Name", "dimension", Unit(), words)
    table = replace(reports.TABLE.tables[0], columns=(column,), presence=("current",) * 5, total=None, shown=5, of=5)
    report = reports.report(replace(reports.TABLE, tables=(table,), width=3))
    assert audit(PrintedReport(report), render_pdf(PrintedReport(report))) == ()
