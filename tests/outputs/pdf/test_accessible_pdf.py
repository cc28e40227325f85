"""The PDF for readers who cannot see, and for archives: what it promises, and what its tags say."""

from __future__ import annotations

import io
from dataclasses import replace
from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING, get_args

import pikepdf
import pytest
from PIL import Image

from reportgen.cli.options import PDF_VARIANTS
from reportgen.errors import OutputError
from reportgen.model import AgencyCard, PdfVariant, Picture, Section, SourceStatus
from reportgen.outputs.pdf.attached_data import read_report
from reportgen.outputs.pdf.engine import print_page
from reportgen.outputs.pdf.pdf_file import render_pdf
from reportgen.outputs.printed import PrintedReport
from reportgen.outputs.text.headings import places
from reportgen.pipeline import write_report
from tests.gallery.cases import KINDS, annotated_chart, chart_block, marked_table, words_blocks
from tests.outputs import reports, tagged
from tests.outputs.conformance import ARCHIVED, READ_BY_EVERYBODY, Rule, breaches
from tests.outputs.structure import Element, structure

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from reportgen.model import Report

PROSE = """## What was done

We **posted** more, see [the plan](https://plan.example).

1. one
   - inner
2. two

#### Next"""
RULES: dict[PdfVariant, tuple[Rule, ...]] = {"pdf/ua-1": READ_BY_EVERYBODY, "pdf/a-3u": ARCHIVED}


@lru_cache(maxsize=4)
def whole(locale: str = "en") -> Report:
    """Return a report of every component, kind of chart and state."""
    pictured = replace(reports.TABLE.tables[0].columns[0], thumbnails=(Picture("image/png", reports.PIXEL), None))
    small = replace(reports.TABLE.tables[0], columns=(pictured, *reports.TABLE.tables[0].columns[1:]))
    charts = tuple(chart_block(kind, "ok") for kind in KINDS)
    large = reports.large_report()
    return replace(
        large,
        locale=locale,
        sources=(*large.sources, SourceStatus("sample", "sample", "failed")),
        sections=(
            *large.sections,
            Section("Charts", (*charts, annotated_chart())),
            Section("", (*words_blocks(), marked_table(), replace(reports.TABLE, name="pictured", tables=(small,)))),
            Section("More words", (replace(reports.TEXT, name="more", prose=PROSE), reports.COMPARED_TABLE)),
        ),
        glossary=(("CTR", "Clicks of a hundred views."), ("Reach", "How many saw something.")),
    )


def printed(variant: PdfVariant | None, *, plain: bool = False, locale: str = "en") -> bytes:
    """Print it, once a process."""
    return _printed(variant, plain, locale)


@lru_cache(maxsize=6)
def _printed(variant: PdfVariant | None, plain: bool, locale: str) -> bytes:  # noqa: FBT001 - the key of the cache
    (artifact,) = render_pdf(PrintedReport(replace(whole(locale), pdf_variant=variant)), plain=plain)
    return artifact.content


@pytest.mark.thorough
@pytest.mark.parametrize(
    ("variant", "plain", "locale"),
    [
        ("pdf/ua-1", False, "en"),
        ("pdf/ua-1", True, "en"),
        ("pdf/ua-1", False, "ar"),
        ("pdf/a-3u", False, "ja"),
        ("pdf/a-3u", True, "en"),
    ],
)
def test_a_variant_keeps_its_rules(variant: PdfVariant, plain: bool, locale: str) -> None:  # noqa: FBT001 - a case
    """Both variants break no rule that is looked up: with and without the fast paths, in scripts of both directions."""
    assert breaches(printed(variant, plain=plain, locale=locale), RULES[variant]) == []


def test_the_rules_can_be_broken() -> None:
    """The same PDF without a variant promises neither; one without tags is told from one that has them."""
    content = printed(None)
    told = [one.partition(":")[0] for one in breaches(content, (*READ_BY_EVERYBODY, *ARCHIVED))]
    assert dict.fromkeys(told) == dict.fromkeys(
        ["says_it_is_accessible", "says_it_can_be_kept", "needs_nothing_else", "carries_its_file"]
    )
    html = "<a href='https://x.example'>a</a><p style='border:1px solid'>words"
    untagged, _, _ = print_page(html)
    assert "marks_everything: page 1: TJ in no mark" in breaches(untagged, READ_BY_EVERYBODY)


def test_every_variant_has_its_rules() -> None:
    """The command, the model and the tests know the same variants."""
    assert tuple(RULES) == PDF_VARIANTS == get_args(PdfVariant)


def test_an_archive_carries_its_data() -> None:
    """PDF/A-3u holds the report's JSON, which can be read back; without data it holds none and keeps its rules."""
    assert read_report(printed("pdf/a-3u", locale="ja")).pdf_variant == "pdf/a-3u"
    (bare,) = render_pdf(
        PrintedReport(replace(reports.report(reports.NUMBER), attach_data=False, pdf_variant="pdf/a-3u"))
    )
    assert breaches(bare.content, ARCHIVED[:2]) == []


def test_the_library_takes_a_variant(tmp_path: Path) -> None:
    """`write_report` puts a variant in place of the report's own; the same input gives the same bytes."""
    small = replace(reports.report(reports.NUMBER), pdf_variant="pdf/a-3u")
    wanted: tuple[PdfVariant | None, ...] = ("pdf/ua-1", "pdf/ua-1", None)
    one, two, other = (
        write_report(small, tmp_path / str(at), ("pdf",), pdf_variant=variant)[0].read_bytes()
        for at, variant in enumerate(wanted)
    )
    assert one == two != other
    assert (breaches(one, READ_BY_EVERYBODY), breaches(other, ARCHIVED)) == ([], [])


def test_a_picture_without_words_has_some() -> None:
    """A logo or a picture that nobody named does not stop the PDF: it is told as what it is."""
    mute, pixel = replace(reports.LOGO, alt=""), Picture("image/png", reports.PIXEL)
    nameless = replace(
        reports.report(replace(reports.IMAGE, label="", picture=pixel)), pdf_variant="pdf/ua-1", title=""
    )
    nameless = replace(nameless, agency=AgencyCard("", mute), client=replace(nameless.client, name="", logo=mute))
    (made,) = render_pdf(PrintedReport(nameless))
    assert breaches(made.content, READ_BY_EVERYBODY) == []
    assert [one.alt for top in structure(made.content) for one in top.all_of("Figure")] == ["Logo", "Logo", "Picture"]


def test_an_archive_refuses_the_colours_of_a_press() -> None:
    """A CMYK picture has no place in PDF/A with a screen's profile; the error says what to do."""
    file = io.BytesIO()
    Image.new("CMYK", (4, 4)).save(file, "JPEG")
    block = replace(reports.IMAGE, picture=Picture("image/jpeg", file.getvalue(), "Ink"))
    with pytest.raises(OutputError, match="save the logos and images of the report as RGB"):
        render_pdf(PrintedReport(replace(reports.report(block), pdf_variant="pdf/a-3u")))
    assert render_pdf(PrintedReport(reports.report(block)))


def test_an_unknown_engine_promises_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    """With a WeasyPrint whose tags are not known here a variant is an error, not a guess."""
    monkeypatch.setattr("weasyprint.VERSION", "71.0")
    with pytest.raises(OutputError, match=r"pdf/ua-1 cannot be promised: .*weasyprint 70"):
        render_pdf(PrintedReport(replace(reports.report(reports.NUMBER), pdf_variant="pdf/ua-1")))


def tree() -> Iterator[pikepdf.Object]:
    """Yield the elements of the PDF without a variant: tags are always there."""
    with pikepdf.open(io.BytesIO(printed(None))) as pdf:
        yield from tagged.elements(pdf)


def test_elements_stand_where_they_may() -> None:
    """Tables hold rows of cells, lists hold items of labels and bodies, and no kind of element is unknown."""
    for element in tree():
        kind, kids = str(element.S), [str(kid.S) for kid in tagged.kids_of(element)]
        assert kind in tagged.STANDARD
        assert set(kids) <= tagged.KIDS.get(kind, set(kids)), kind
        assert all(kind in tagged.PARENTS.get(kid, {kind}) for kid in kids), kind


def test_headings_are_in_order() -> None:
    """The first is the report's title, none is more than a level below the one before, and none is empty."""
    headings = [one for top in structure(printed(None)) for one in top.headings()]
    levels = [0, *(int(one.kind[1:]) for one in headings)]
    assert all(below - above <= 1 for above, below in pairwise(levels))
    assert {1, 2, 3, 4} <= set(levels)
    assert all(one.text.strip() for one in headings)
    assert [one.text for one in headings if one.kind == "H1"] == ["Padaria AuroraInstagram and Ads"]  # in two lines
    sections = [one.text.strip() for one in headings if one.kind == "H2"]
    assert sections[:3] == ["Instagram", "Posts and formats", "Commentary"]
    assert sections[-1] == "About this report"


def in_order(element: Element) -> Iterator[Element]:
    """Yield an element and all below it."""
    yield element
    for kid in element.kids if element.kind != "TR" else ():  # cells stand beside one another
        yield from in_order(kid)


def test_lists_have_labels_and_bodies() -> None:
    """Terms are labels and what they mean is their body; numbers are labels, too, and lists stand in lists."""
    lists = [one for top in structure(printed(None)) for one in top.all_of("L")]
    terms = {
        tuple(kid.text.strip() for kid in item.kids)
        for one in lists
        for item in one.kids
        if item.kind == "LI" and len(item.kids) == 2
    }
    assert {("CTR", "Clicks of a hundred views."), ("Time zone", "America/Sao_Paulo"), ("1.", "one")} <= terms
    assert any(kid.kind == "L" for one in lists for kid in one.kids)


def test_tables_have_header_cells() -> None:
    """The first row of a table is of heads with their scope, or each row begins with one; rows are equally long."""
    tables = [one for top in structure(printed(None)) for one in top.all_of("Table")]
    assert len(tables) >= 8
    for table in tables:
        heads = [head.scope for head in table.all_of("TH")]
        assert heads
        assert set(heads) <= {"Column", "Row"}
    with pikepdf.open(io.BytesIO(printed(None))) as pdf:
        lengths = [row_lengths(one) for one in tagged.elements(pdf) if one.S == "/Table"]
    assert all(len(set(one)) == 1 for one in lengths)


@pytest.mark.parametrize(
    ("variant", "plain"), [(None, False), pytest.param("pdf/ua-1", True, marks=pytest.mark.thorough)]
)
def test_a_row_begins_with_its_head(variant: PdfVariant | None, plain: bool) -> None:  # noqa: FBT001 - a case
    """The first cell of every row below the heads of columns is the head of its row, also of the total row."""
    tables = [one for top in structure(printed(variant, plain=plain)) for one in top.all_of("Table")]
    rows = [row for table in tables for row in table.all_of("TR") if row.kids[0].scope != "Column"]
    said = [(row.kids[0].scope, {cell.kind for cell in row.kids[1:]}) for row in rows if len(row.kids) > 1]
    assert len(said) > 60
    assert all(first == "Row" and others == {"TD"} for first, others in said)
    assert any(row.kids[0].text.strip() == "Total" for row in rows)


def row_lengths(table: pikepdf.Object) -> list[int]:
    """Return over how many columns each row of a table goes."""
    rows = [row for group in tagged.kids_of(table) for row in tagged.kids_of(group)]
    return [sum(int(tagged.at(cell, "/A", "/ColSpan") or 1) for cell in tagged.kids_of(row)) for row in rows]


def test_figures_say_what_they_show() -> None:
    """Every figure has an alternative text and its place on its page."""
    figures = [(str(one.get("/Alt", "")), [float(at) for at in one.A.BBox]) for one in tree() if one.S == "/Figure"]
    assert len(figures) > 20
    for alt, (left, bottom, right, top) in figures:
        assert len(alt) > 3
        assert 0 <= left < right <= 842
        assert 0 <= bottom < top <= 842


def test_links_say_where_they_lead() -> None:
    """The contents lead to sections by their titles, other links by their addresses."""
    said = set()
    with pikepdf.open(io.BytesIO(printed(None))) as pdf:
        said |= {str(one.Contents) for page in pdf.pages for one in page.get("/Annots", ())}
    assert {"Posts and formats", "About this report", "https://plan.example", "https://posts.example/1"} <= said
    assert not [one for one in said if one.startswith(("#", "section-"))]


def test_it_is_read_as_it_is_seen() -> None:
    """What is read later stands lower on its page, where blocks are as wide as the page."""
    blocks = (reports.HEADING, reports.TEXT, reports.TABLE, reports.COMPARED_TABLE, reports.LINE)
    (content,) = (one.content for one in render_pdf(PrintedReport(reports.report(*blocks))))
    pages = structure(content)
    leaves = [[one for one in in_order(top) if one.top and (one.kind == "TR" or not one.kids)] for top in pages]
    body = [one for one in leaves if len(one) > 20]
    assert body
    for page in body:
        assert [(one.text, after.text) for one, after in pairwise(page) if after.top > one.top + LINE] == []


LINE = 7.0  # points that letters of one line may stand apart


@pytest.mark.parametrize(
    ("variant", "plain", "locale"),
    [
        (None, False, "en"),
        ("pdf/a-3u", False, "ja"),
        pytest.param("pdf/ua-1", True, "en", marks=pytest.mark.thorough),
        pytest.param("pdf/ua-1", False, "ar", marks=pytest.mark.thorough),
    ],
)
def test_the_contents_are_entries_of_a_link_each(variant: PdfVariant | None, plain: bool, locale: str) -> None:  # noqa: FBT001 - a case
    """An entry is the title and the number of its page, and a single link that leads there."""
    with pikepdf.open(io.BytesIO(printed(variant, plain=plain, locale=locale))) as pdf:
        (contents,) = (one for one in tagged.elements(pdf) if one.S == "/TOC")
        links = [link for entry in tagged.kids_of(contents) for link in tagged.kids_of(tagged.kids_of(entry)[0])]
        held = tagged.annotations_of(pdf)
        leading = [
            [kid.Obj for kid in link.K if isinstance(kid, pikepdf.Dictionary) and "/Obj" in kid] for link in links
        ]
        assert [len(found) for found in leading] == [1] * len(links)
        assert all(held[found[0].objgen] == "/Link" for found in leading)
        names = [str(found[0].Dest) for found in leading]
        assert names == [place for place, title in places(whole(locale)).items() if title]
        page = pdf.pages[1]
        assert sum("/Dest" in one for one in page.Annots) == len(links)
