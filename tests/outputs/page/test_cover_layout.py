"""Covers, mastheads in place of covers, margins and last pages, printed and on screen."""

from __future__ import annotations

import io
from dataclasses import replace
from functools import lru_cache

import pikepdf
import pypdfium2
import pytest
from PIL import Image

from reportgen.model import AgencyCard, Contact, CoverPage, Picture, Report, ReportHeading, SourceStatus
from reportgen.outputs.audit import BLANK, audit
from reportgen.outputs.drawing.cover_chart import leading_days
from reportgen.outputs.page.cover_layout import cover_of, masthead_fit
from reportgen.outputs.pdf.pdf_file import render_pdf
from reportgen.outputs.printed import PrintedReport
from reportgen.outputs.text.last_page import closing_entries, closing_remarks
from tests.outputs import reports, tagged
from tests.outputs.conformance import ARCHIVED, READ_BY_EVERYBODY, breaches
from tests.outputs.pages import differences, outline, page, texts
from tests.outputs.structure import structure

LONG = "Fundação Municipal de Desenvolvimento do Turismo, Cultura e Esporte da Região Metropolitana"
WORD = "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft"
JAPANESE = "株式会社東京都市圏総合開発研究所附属観光文化スポーツ振興財団日本橋本部営業企画課横浜"
ARABIC = "مؤسسة التنمية الحضرية للسياحة والثقافة والرياضة في منطقة العاصمة الكبرى وضواحيها"


def photograph() -> Picture:
    """Return a picture of green alone."""
    content = io.BytesIO()
    Image.new("RGB", (30, 20), "#0B5D4E").save(content, "PNG")
    return Picture("image/png", content.getvalue())


@lru_cache(maxsize=2)
def bare(locale: str = "en") -> Report:
    """Return a report without a cover and without its last page, of three sections."""
    large = reports.large_report()
    contact = Contact("Ana", "ana+x@norte.example", "+55 (11) 5555-0100", "https://norte.example/")
    return replace(
        large,
        locale=locale,
        cover=None,
        has_about=False,
        footer="norte.example",
        agency=AgencyCard("Studio Norte", reports.LOGO, show_name=False, contact=contact),
        left_out=("Saves",),
    )


def test_the_covers_chart_says_which_series_it_draws() -> None:
    """Of a chart of several series the first is drawn alone: the caption names it behind the chart's title."""
    block = replace(reports.LINE, label="Reach and clicks per day")
    chart = block.charts[0]
    first = replace(chart.series[0], label="Reach")
    several = replace(block, charts=(replace(chart, series=(first, replace(first, label="Clicks"))),))
    alone = replace(block, charts=(replace(chart, series=(first,)),))
    captions = [cover_of(report, leading_days(report)).caption[0] for report in map(reports.report, (several, alone))]
    assert [caption.partition(",")[0] for caption in captions] == [
        "Reach and clicks per day (Reach)",
        "Reach and clicks per day",
    ]


def test_the_covers_chart_says_for_how_many_days_no_figures_came() -> None:
    """A day without a bar has no figure or nothing to show: the caption tells how many have none."""
    line = reports.LINE.charts[0]
    first, *others = line.series
    gaps = replace(line, series=(replace(first, values=(None, None, *first.values[2:])), *others))
    report = reports.report(replace(reports.LINE, charts=(gaps,)))
    assert cover_of(report, leading_days(report)).caption[-1] == f"No figures for 2 of {len(line.labels)} days."
    whole = reports.report(reports.LINE)
    assert "figures" not in " ".join(cover_of(whole, leading_days(whole)).caption)


def printed(report: Report, *, plain: bool = False) -> bytes:
    """Print a report; the audit finds nothing in it but what an author's page break leaves empty."""
    (artifact,) = render_pdf(PrintedReport(report), plain=plain)
    assert [one for one in audit(PrintedReport(report), [artifact]) if one.code != BLANK] == []
    return artifact.content


@lru_cache(maxsize=1)
def bare_pages() -> bytes:
    """Print the report without a cover and without its last page, once a process."""
    return printed(bare())


def test_a_report_without_a_cover_begins_with_its_title() -> None:
    """The first page has the logos, the title, the period and the first section; no contents and no running head."""
    pages = [" ".join(words) for words in texts(bare_pages())]
    assert pages[0].startswith("Prepared by Padaria Aurora Instagram and Ads")  # no running head above it
    for words in ("October 2026 compared with September 2026", "Issued Nov 1, 2026", "Prepared by", "Views 214,380"):
        assert words in pages[0]
    assert "Studio Norte" not in pages[0]
    assert "Padaria Aurora" in pages[1]
    assert all(f"norte.example Page {number} of {len(pages)}" in page for number, page in enumerate(pages, 1))
    assert outline(bare_pages())[0] == (0, "Instagram")


def test_necessary_remarks_stand_after_the_last_block() -> None:
    """Without its last page a report still says which source is missing and what was left out, and whom to ask."""
    last = " ".join(texts(bare_pages())[-1])
    assert "About this report" not in last
    for words in (
        "The periods differ in length",
        "Google Ads No account is connected, so its figures are left out.",
        "Left out Saves",
        "Contact Ana · ana+x@norte.example · +55 (11) 5555-0100 · norte.example",
    ):
        assert words in last
    terms = [entry.term for entry in closing_remarks(bare())]
    assert terms == [
        "Compared with",
        "Google Ads",
        "Days without figures",
        "Could not be read",
        "Without data",
        "Left out",
        "Contact",
    ]
    assert closing_entries(bare()) == ()
    quiet = replace(reports.report(reports.NUMBER), has_about=False, baselines=())
    assert closing_remarks(quiet) == ()
    assert '<section class="about' not in page(quiet, "screen")


def test_a_contact_leads_to_its_addresses() -> None:
    """The e-mail address, the number and the web address are links, on the last page and in the remarks."""
    for report in (bare(), replace(bare(), has_about=True)):
        html = page(report, "screen")
        for address in ("mailto:ana+x@norte.example", "tel:+551155550100", "https://norte.example/"):
            assert f'<a href="{address}"' in html
    odd = replace(bare(), agency=AgencyCard("", contact=Contact(email="a&b?cc=c@x.example")))
    assert 'href="mailto:a%26b%3Fcc%3Dc@x.example"' in page(odd, "screen")


def test_the_web_page_has_the_footer_and_no_contents() -> None:
    """The foot of the web page has the author's text; without a cover a report has no contents there either."""
    html = page(bare(), "screen")
    assert '<footer class="page-foot">norte.example</footer>' in html
    assert "<nav" not in html
    assert "<nav" in page(replace(bare(), cover=CoverPage()), "screen")
    assert "page-foot" not in page(replace(bare(), footer=None), "screen").partition("<body>")[2]


def test_a_footer_may_be_empty() -> None:
    """An empty footer leaves the margin to the page's number; without the key the agency's name stands there."""
    small = reports.report(reports.NUMBER)
    empty, usual = (" ".join(texts(printed(replace(small, footer=text)))[1]) for text in ("", None))
    assert "Studio Norte" not in empty
    assert "Studio Norte Page 2 of 2" in usual


@pytest.mark.parametrize("shown", [True, False])
def test_a_logo_may_stand_for_the_name(shown: bool) -> None:  # noqa: FBT001 - a case
    """The name beside the logo is left out where the author says so; the logo is still called by it."""
    report = replace(
        reports.report(), agency=AgencyCard("Studio Norte", replace(reports.LOGO, alt=""), show_name=shown)
    )
    cover = cover_of(report, None)
    assert (cover.agency, cover.agency_logo) == ("Studio Norte" if shown else "", "Studio Norte")
    assert ("<b>Studio Norte</b>" in page(report, "screen").partition("<nav")[0]) is shown


def test_an_image_is_the_ground_of_no_text() -> None:
    """The cover's image stands in place of the chart of days, where no text is; it is told to nobody."""
    report = replace(reports.report(reports.LINE), cover=CoverPage(photograph()))
    content = printed(report)
    assert "short line" not in " ".join(texts(content)[0])
    assert [one.alt for one in structure(content)[0].all_of("Figure")] == []
    green = [
        number
        for number, difference in enumerate(differences(content, printed(reports.report(reports.LINE))))
        if difference > 100
    ]
    assert green[0] == 0
    html = page(report, "screen")
    assert 'class="cover-image"' in html
    assert 'class="strip"' not in html


def test_a_long_footer_stands_beside_the_day_of_issue() -> None:
    """A footer of 150 letters, the most there may be, wraps on the cover instead of covering the day."""
    report = replace(reports.report(reports.TEXT), footer="Footer " + "of many words " * 10)
    with pypdfium2.PdfDocument(printed(report)) as document:
        letters = document[0].get_textpage()
        (day, _), (footer, _) = (letters.search(words).get_next() for words in ("Issued", "Footer"))
        assert letters.get_charbox(day)[1] == pytest.approx(letters.get_charbox(footer)[1], abs=1)
        issued = letters.get_text_range(day, footer - day).rstrip()
        assert letters.get_charbox(day + len(issued) - 1)[2] < letters.get_charbox(footer)[0]


@pytest.mark.thorough
@pytest.mark.parametrize("plain", [False, True])
def test_tags_keep_their_rules(plain: bool) -> None:  # noqa: FBT001 - a case
    """Masthead, image, remarks and footer break no rule of either standard; the title is the first heading."""
    pictured = replace(bare(), cover=CoverPage(photograph()), has_about=True)
    read, kept = (pictured, bare()) if plain else (bare(), pictured)
    for report in (replace(read, pdf_variant="pdf/ua-1"), replace(kept, pdf_variant="pdf/a-3u")):
        content = printed(report, plain=plain)
        assert breaches(content, READ_BY_EVERYBODY if report.pdf_variant == "pdf/ua-1" else ARCHIVED) == []
        first, second, *_ = [one for top in structure(content) for one in top.headings()]
        assert (first.kind, second.kind, second.text.strip()) == ("H1", "H2", "Instagram")
        with pikepdf.open(io.BytesIO(content)) as pdf:
            assert any(one.S == "/TOC" for one in tagged.elements(pdf)) == (report.cover is not None)


def test_plain_pages_look_the_same() -> None:
    """The page engine alone sets the masthead, the margins and the remarks in the same places."""
    assert max(differences(bare_pages(), printed(bare(), plain=True))) <= 32


@pytest.mark.parametrize(("client", "locale"), [(LONG, "en"), (WORD, "en"), (JAPANESE, "ja"), (ARABIC, "ar")])
@pytest.mark.parametrize("cover", [CoverPage(), None])
def test_long_names_stay_on_the_page(client: str, locale: str, cover: CoverPage | None) -> None:
    """A client's name of seventy letters and more stays inside the margins of covers, mastheads and running heads."""
    small = reports.report(reports.LINE, reports.PAGE_BREAK, reports.TABLE, locale=locale)
    named = replace(small, client=replace(small.client, name=client), cover=cover, title=f"{client} 2026")
    content = printed(named)
    with pikepdf.open(io.BytesIO(content)) as pdf:
        assert str(pdf.docinfo["/Title"]) == f"{client} 2026"
    tops = [one.top for one in structure(content)[-1].headings()]
    assert max(tops) < 842 - 28 / 25.4 * 72  # the head stands above the text


@pytest.mark.parametrize(
    ("heading", "fit"),
    [(("Casa Verde", "Marketing report"), 0.8), (("Mark", "Ads"), 1.0), ((WORD, "Ads"), 0.5), (("", "Ads"), 1.0)],
)
def test_a_masthead_has_a_line_if_it_can(heading: tuple[str, str], fit: float) -> None:
    """Its heading is set a little smaller before it takes a second line."""
    assert masthead_fit(heading) == fit


def test_a_title_that_names_its_client_stands_alone() -> None:
    """The client's name does not stand before a title that has it, and is not taken out of it."""
    heading = ReportHeading("Padaria Aurora on Instagram", names_client=True)
    html = page(replace(reports.report(), heading=heading), "print")
    assert '<h1 class="display">\n<span>Padaria Aurora on Instagram</span>\n</h1>' in html


def test_absent_sources_are_told_in_every_form() -> None:
    """A source that the client lacks is told on the last page, and after the last block without that page."""
    absent = replace(reports.report(), sources=(SourceStatus("ads", "google_ads", "absent"),))
    told = "No account is connected, so its figures are left out."
    assert all(told in page(replace(absent, has_about=about), "screen") for about in (True, False))
