"""Typefaces of a theme: what is measured is what is printed, in the PDF, the web page and the charts."""

from __future__ import annotations

import base64
import io
import re
from dataclasses import replace
from functools import lru_cache

import pikepdf
import pytest
from fontTools.ttLib import TTFont

from reportgen.model import Caution, Chart, FontFamily, Series
from reportgen.outputs.audit import audit
from reportgen.outputs.drawing.charts import draw_chart
from reportgen.outputs.drawing.font_metrics import BOLD, BUILT_IN, LIGHT, NORMAL, Typeface, Typefaces
from reportgen.outputs.drawing.marks import TextMark
from reportgen.outputs.html.web_page import render_html
from reportgen.outputs.page.font_faces import embedded_faces, linked_faces
from reportgen.outputs.page.stylesheet import printed_stylesheet
from reportgen.outputs.pdf.engine import print_page
from reportgen.outputs.pdf.pdf_file import render_pdf
from reportgen.outputs.printed import PrintedReport
from tests.fonts import own_font, postscript_font
from tests.outputs.reports import COUNT, LINE, NUMBER, PAPER, TABLE, report


@lru_cache(maxsize=1)
def wide() -> FontFamily:
    """Return a family for texts."""
    return wide_again()


def wide_again() -> FontFamily:
    """Return the family for texts, made anew."""
    return FontFamily(own_font(wider=1.3), bold=own_font("Semibold", wider=1.3))


@lru_cache(maxsize=1)
def light() -> FontFamily:
    """Return a family for titles."""
    return FontFamily(own_font("Light", wider=1.5))


def themed(*blocks: object, **fonts: FontFamily | None) -> PrintedReport:
    """Return a printed report in an own theme, with other fonts for its `text` and `titles` where these are given."""
    text, titles = ({"text": wide(), "titles": light()} | fonts).values()
    theme = replace(PAPER, name="norte", text_fonts=text, title_fonts=titles)
    return PrintedReport(replace(report(*blocks), theme=theme))  # type: ignore[arg-type] # blocks


def fonts_of(pdf: bytes) -> set[str]:
    """Return the families of the fonts in a PDF, without the tag of their subset."""
    with pikepdf.open(io.BytesIO(pdf)) as document:
        names = [str(part["/BaseFont"]) for part in document.objects if _is_font(part)]
    return {re.sub(r"^/?(?:[A-Z]{6}\+)?", "", name).removesuffix("-Semi-Bold").removesuffix("-Light") for name in names}


def _is_font(part: pikepdf.Object) -> bool:
    return isinstance(part, pikepdf.Dictionary) and "/BaseFont" in part


@pytest.mark.parametrize("text", ["0123456789", "Reach of all posts", "São João – R$ 5"])
@pytest.mark.parametrize("weight", [NORMAL, BOLD, LIGHT])
def test_a_text_is_as_wide_as_its_own_font(text: str, weight: int) -> None:
    """All letters are 1.3 times as wide as the built-in family's; light text is set in the regular font."""
    built_in = BUILT_IN.width(text, 10, NORMAL if weight == LIGHT else weight)
    assert Typeface(wide()).width(text, 10, weight) == pytest.approx(1.3 * built_in, rel=0.003)


def test_letters_that_it_lacks_are_measured_in_the_built_in_family() -> None:
    """Greek letters, which the own font has not, are as wide as the built-in's; those of neither are middling."""
    assert Typeface(wide()).width("Ω") == BUILT_IN.width("Ω")
    assert Typeface(wide()).sets("Reach")
    assert not Typeface(wide()).sets("Reach Ω")


def test_figures_are_measured_as_pages_set_them() -> None:
    """A font whose usual figures differ is measured by its tabular figures, as the stylesheet asks for these."""
    font = own_font(features=("kern", "tnum", "lnum", "pnum", "onum"), widths={"1": 250})
    widths = {Typeface(FontFamily(font)).width(figure) for figure in "023456789"}
    assert len(widths) == 1


def test_two_themes_have_two_names() -> None:
    """Fonts of different files never share a name, and fonts of equal files always do."""
    again = wide_again()
    assert Typeface(wide()).name == Typeface(again).name
    assert len({Typeface(wide()).name, Typeface(light()).name, BUILT_IN.name}) == 3


def test_the_pdf_is_set_in_them_alone() -> None:
    """Cards, tables, charts, titles and margins: with every letter there, no font but the theme's is in the file."""
    whole = FontFamily(own_font(letters="", wider=1.2), bold=own_font("Semibold", letters="", wider=1.2))
    printed = themed(NUMBER, LINE, TABLE, text=whole)
    (pdf,) = render_pdf(printed)
    assert fonts_of(pdf.content) == {typeface.name for typeface in printed.measures.typefaces.own}
    assert pdf.cautions == ()
    assert audit(printed, (pdf,)) == ()


def test_letters_that_it_lacks_are_printed_in_the_built_in_family() -> None:
    """Arrows and Greek are there, in the built-in family, and no box is drawn in their place."""
    printed = themed(NUMBER, LINE, replace(TABLE, label="Posts of Ω"))
    (pdf,), html = render_pdf(printed), render_html(printed)
    assert "Source-Sans-Pro" in fonts_of(pdf.content)
    named = (
        Caution("W-FONT", "the theme's fonts lack Ω (U+03A9); the built-in family or the system's fonts have them"),
    )
    assert audit(printed, (pdf,)) == audit(printed, html) == named


def test_the_drawn_page_looks_as_the_page_engine_sets_it() -> None:
    """The widths of texts in drawn blocks are those of the page engine: both PDFs have the same lines of text."""
    printed = themed(NUMBER, LINE, TABLE)
    (drawn,), (plain,) = render_pdf(printed), render_pdf(printed, plain=True)
    assert fonts_of(drawn.content) == fonts_of(plain.content)


def test_the_web_page_holds_them_and_what_they_lack() -> None:
    """The text's and the title's fonts are in it, and of the built-in family the letters that they lack alone."""
    html = render_html(themed(NUMBER, LINE))[0].content.decode()
    faces = re.findall(r'@font-face\{font-family:"([^"]+)";font-weight:(\d+);[^}]*base64,([^)]+)\)', html)
    own = themed().measures.typefaces
    assert [(name, weight) for name, weight, _ in faces if name == own.text.name] == [
        (own.text.name, "400"),
        (own.text.name, "600"),
    ]
    built_in = next(content for name, _, content in faces if name == "Source Sans Pro")
    with TTFont(io.BytesIO(base64.b64decode(built_in))) as font:
        assert ord("▲") in font.getBestCmap()
        assert ord("a") not in font.getBestCmap()
    assert f'--family:"{own.text.name}", "Source Sans Pro"' in html
    assert f'--titles:"{own.titles.name}", "Source Sans Pro"' in html


def test_a_page_without_own_fonts_is_as_before() -> None:
    """The built-in family has its four faces, and nothing forbids browsers to imitate a weight."""
    assert embedded_faces("Reach").count("@font-face") == 4
    assert "font-synthesis" not in embedded_faces("Reach")


def test_titles_are_set_in_their_own_font() -> None:
    """The cover's names and the titles of sections, chapters and blocks; everything else in the font of the text."""
    measures = themed().measures
    css = printed_stylesheet("en", measures)
    typefaces = measures.typefaces
    for selector in (r"\.headline", "h2", r"\.chapter", r"\.title", r"\.display"):
        assert typefaces.titles.name in re.search(rf"(?m)^{selector} {{[^}}]*}}", css)[0]  # type: ignore[index] # found
    assert typefaces.text.name in re.search(r"(?m)^body {[^}]*}", css)[0]  # type: ignore[index] # found


def test_charts_are_drawn_in_it() -> None:
    """Each text of a chart is measured and set in the font of the text."""
    theme = replace(PAPER, text_fonts=wide())
    series = (Series("reach", "Reach of all", COUNT, (10, 2000)),)
    chart = Chart("horizontal_bar", "category", ("Autumn campaign", "Winter"), series)
    drawings = [draw_chart(chart, each, "en", width=300, height=100) for each in (theme, PAPER)]
    own, built_in = ([mark for mark in drawing.marks if isinstance(mark, TextMark)] for drawing in drawings)
    assert {mark.typeface for mark in own} == {Typeface(wide())}
    values = [next(mark.x for mark in marks if mark.text == "10") for marks in (own, built_in)]
    assert values[0] > values[1]  # wider labels leave less room, so bars begin farther right


def test_postscript_outlines_are_printed_and_embedded() -> None:
    """An OpenType font with PostScript outlines is in the PDF and in the web page."""
    printed = themed(NUMBER, text=FontFamily(postscript_font()), titles=None)
    (pdf,), (html,) = render_pdf(printed), render_html(printed)
    assert printed.measures.typefaces.text.name in fonts_of(pdf.content)
    assert printed.measures.typefaces.text.name in html.content.decode()


def test_another_theme_s_font_is_refused(caplog: pytest.LogCaptureFixture) -> None:
    """A page gets the fonts of its own theme and of no other from the page engine's fetcher."""
    address = re.search(r"url\((reportgen-font:[0-9a-f]{64})\)", _linked())
    assert address
    html = f"<style>@font-face{{font-family:x;src:url({address[1]})}}p{{font-family:x}}</style><p>x</p>"
    _, refused, _ = print_page(html)
    assert any("is no part of the report" in fault for fault in refused)
    caplog.clear()


def _linked() -> str:
    return linked_faces(Typefaces(Typeface(wide()), Typeface(light())))


def test_the_same_theme_gives_the_same_bytes() -> None:
    """Also after another theme was printed in the same process, and from other copies of the same fonts."""
    again = wide_again()
    (first,) = render_pdf(themed(NUMBER, LINE))
    render_pdf(themed(NUMBER, text=light()))
    render_pdf(themed(NUMBER, text=None, titles=None))
    assert render_pdf(themed(NUMBER, LINE, text=again))[0].content == first.content


def test_a_wide_title_keeps_its_words_whole() -> None:
    """The cover's names are measured in the fonts of titles: in a wide font they are set smaller."""
    name = replace(report(NUMBER).client, name="Farmacêuticosindependentes")
    wide = replace(themed().report, client=name)
    usual = replace(wide, theme=PAPER)
    assert PrintedReport(wide).cover.fit < PrintedReport(usual).cover.fit


def test_a_total_in_a_wide_bold_font_has_its_room() -> None:
    """A column is as wide as its total in the theme's own bold, which may be much wider than the regular font."""
    bold = FontFamily(own_font(), bold=own_font("Semibold", wider=1.6))
    plain = FontFamily(own_font(), bold=own_font())
    table = replace(
        TABLE.tables[0], total=tuple(10**9 if column.is_numeric else None for column in TABLE.tables[0].columns)
    )
    shares = []
    for family in (bold, plain):
        (grid,) = themed(text=family).grids(table, 12, paged=True)
        shares.append(max(head.share for head in grid.heads if head.numeric))
    assert shares[0] > shares[1]
