"""The contract with WeasyPrint's undocumented drawing protocol: a version that breaks it fails here."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pypdfium2
import pytest
from weasyprint import CSS, HTML
from weasyprint.text.fonts import FontConfiguration

from reportgen.errors import OutputError
from reportgen.outputs.drawing.font_metrics import Typeface
from reportgen.outputs.drawing.marks import Drawing, PathMark, TextMark, box
from reportgen.outputs.drawing.svg import placeholder
from reportgen.outputs.page.font_faces import linked_faces
from reportgen.outputs.page.stylesheet import printed_stylesheet
from reportgen.outputs.pdf.blocks.table_rows import TableRows
from reportgen.outputs.pdf.embedded_resources import embedded_only
from reportgen.outputs.pdf.engine import print_page
from reportgen.outputs.pdf.weasyprint70.drawn_images import DrawnImages
from reportgen.outputs.pdf.weasyprint70.pdf_objects import number_of, object_of
from reportgen.outputs.pdf.weasyprint70.pdf_writer import pdf_bytes
from reportgen.outputs.pdf.weasyprint70.structure_tree import element_data
from tests.outputs.pages import page
from tests.outputs.reports import LINE, LONG_TABLE, TABLE, report

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pydyf import PDF, Object

    from reportgen.outputs.drawing.marks import PathStep
    from reportgen.outputs.pdf.print_parts import DrawnPart

ADDRESS = "reportgen-drawing:0"
RED = "#FF0000"


def printed(drawing: Drawing, content: str = "", places: int = 1) -> pypdfium2.PdfDocument:
    """Print a page of a drawing, in one or more places, and open it."""
    style = "@page{size:300pt;margin:0}body{margin:0;font-family:'Source Sans Pro'}"
    place = placeholder(drawing, ADDRESS, [])
    html = f"<style>{linked_faces()}{style}</style>{content}{place * places}"
    pdf, failures, _ = print_page(html, drawings={ADDRESS: drawing})
    assert failures == []
    return pypdfium2.PdfDocument(pdf)


def colors(document: pypdfium2.PdfDocument, points: list[tuple[int, int]]) -> list[tuple[int, ...]]:
    """Return the colours of some points of the first page, counted from its top left corner."""
    picture = document[0].render(scale=2).to_pil().convert("RGB")
    return [picture.getpixel((2 * x, 2 * y)) for x, y in points]


def test_text_is_text_where_it_stands() -> None:
    """A line of text can be read and searched, and stands where it was drawn, by its anchor."""
    marks = (
        TextMark("Left", 150, 50, 10, "#000000"),
        TextMark("Mid – ▲", 150, 100, 10, "#000000", 600, "center"),
        TextMark("Right", 150, 150, 10, "#000000", 300, "right"),
    )
    document = printed(Drawing(300, 200, marks))
    page = document[0].get_textpage()
    assert page.get_text_bounded().split("\r\n") == ["Left", "Mid – ▲", "Right"]
    first, last = page.get_charbox(0), page.get_charbox(page.count_chars() - 1)
    assert first[0] == pytest.approx(150, abs=1.5)
    assert first[1] == pytest.approx(250, abs=0.5)
    assert last[2] == pytest.approx(150, abs=1.5)


def test_fonts_are_those_of_the_page() -> None:
    """A drawing's letters are in the same font as the page's, which is cut down to both."""
    document = printed(Drawing(300, 50, (TextMark("xyz", 0, 40, 10, "#000000"),)), "<p>abc</p>")
    fonts = {
        found.get_font().get_base_name()
        for found in document[0].get_objects()
        if isinstance(found, pypdfium2.PdfTextObj)
    }
    assert len(fonts) == 1


def test_paths_are_filled_and_stroked() -> None:
    """Areas, outlines, curves and dashes come out in their colours, scaled to their place."""
    curve: tuple[PathStep, ...] = ("M", (0.0, 100.0)), ("Q", (50.0, 0.0, 100.0, 100.0)), ("Z", ())
    drawing = Drawing(
        300,
        200,
        (
            PathMark(box(200, 20, 280, 80), RED, "#0000FF", 4),
            PathMark(curve, "#00FF00"),
            PathMark((("M", (0, 150)), ("L", (300, 150))), stroke=RED, weight=4, dashes=(50, 50)),
        ),
    )
    found = colors(printed(drawing), [(240, 50), (200, 50), (50, 90), (50, 40), (25, 150), (75, 150)])
    red, blue, green, white = (255, 0, 0), (0, 0, 255), (0, 255, 0), (255, 255, 255)
    assert found == [red, blue, green, white, red, white]


def test_a_drawing_is_drawn_in_each_of_its_places() -> None:
    """The same address twice is the same picture twice."""
    found = colors(printed(Drawing(300, 100, (PathMark(box(0, 0, 50, 50), RED),)), places=2), [(20, 20), (20, 120)])
    assert found == [(255, 0, 0)] * 2


def test_an_unknown_address_is_a_failure(caplog: pytest.LogCaptureFixture) -> None:
    """A place whose drawing is not there is told, not left empty."""
    html = placeholder(Drawing(9, 9, ()), "reportgen-drawing:7", [])
    _, failures, _ = print_page(html)
    assert any("reportgen-drawing:7 is no part of the report" in failure for failure in failures)
    caplog.clear()


def test_another_font_is_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where Pango substitutes the family, glyph numbers would mean other letters: nothing is printed."""
    monkeypatch.setattr(Typeface, "name", "No Such Family")
    with pytest.raises(OutputError, match="No Such Family"):
        printed(Drawing(300, 50, (TextMark("xyz", 0, 40, 10, "#000000"),)))


@pytest.mark.parametrize("text", ["نص", "日本", "नमस्ते", "e\u0301"])
def test_text_that_needs_shaping_is_left_to_the_page(text: str) -> None:
    """What the family lacks, or what joins, is set by Pango over the drawing; the rest stays in it."""
    marks = (TextMark(text, 0, 40, 10, "#000000"), TextMark("Total", 0, 90, 10, "#000000"))
    simple, spans = Drawing(300, 100, marks).with_simple_text()
    assert simple.marks == marks[1:]
    assert (len(spans), text in spans[0]) == (1, True)


def test_each_mark_knows_its_element() -> None:
    """In a tagged PDF each number of a page's marks leads to the element that names it, and a link to its own."""
    whole = report(LONG_TABLE, LINE)
    drawings: dict[str, DrawnPart] = {}
    html, fonts = page(whole, "print", drawings), FontConfiguration()
    embedding = DrawnImages(drawings, fonts, "en", {}, {})
    wrong: list[str] = []
    freed: set[int] = set()  # elements in whose place drawings stand, and which take memory yet

    def finish(pdf: PDF) -> None:
        embedding.finish(pdf)
        wrong.extend(wrong_parents(pdf))
        freed.update(id(item) for item in pdf.objects[1:] if item.free == "f" and item is not pdf.objects[0])

    style = CSS(string=printed_stylesheet("en"))
    document = HTML(string=html, url_fetcher=embedded_only([])).render(
        font_config=fonts, stylesheets=[style], cache=embedding.images
    )
    embedding.paginate(document, tagged=True)
    pdf_bytes(document, finish, {"pdf_tags": True, "pdf_variant": None, "attachments": []})
    assert (wrong, freed, len(drawings)) == ([], set(), 64)


def wrong_parents(pdf: PDF) -> Iterator[str]:
    """Yield the entries of the parent tree whose element does not hold them."""
    root = object_of(pdf, pdf.catalog["StructTreeRoot"])
    numbers = object_of(pdf, root["ParentTree"])["Nums"]
    for key, held in zip(numbers[::2], numbers[1::2], strict=True):
        owners = held if isinstance(held, list) else listed(pdf.objects[number_of(held)])
        if owners is None:
            if "OBJR" not in kids(pdf, held):
                yield f"{key}: {kids(pdf, held)}"
            continue
        for at, owner in enumerate(owners):
            if owner != b"null" and str(at) not in kids(pdf, owner):  # null: it was made an artifact
                yield f"{key}: {at} in {kids(pdf, owner)}"


def listed(item: Object) -> list[bytes] | None:
    """Return the elements that a page's own list holds; None for an element."""
    return re.findall(rb"\d+ 0 R|null", item.data) if item.data.startswith(b"[") else None


def kids(pdf: PDF, reference: bytes) -> list[str]:
    """Return what an element holds: numbers of marks, and kinds of what it refers to."""
    data = element_of(pdf, number_of(reference)).decode("latin-1")
    held = data[data.index("/K") :].partition("[")[2].partition("]")[0]
    held = re.sub(r"<</Type/OBJR.*?>>", " OBJR ", held)
    referred = [element_of(pdf, number_of(found.encode())) for found in re.findall(r"\d+ 0 R", held)]
    return [*re.sub(r"\d+ 0 R", "", held).split(), *("OBJR" for data in referred if b"/OBJR" in data)]


def element_of(pdf: PDF, number: int) -> bytes:
    """Return the element of a number as it is written."""
    return element_data(number, pdf.objects[number])


def test_a_band_that_is_no_figure_is_an_error() -> None:
    """Where WeasyPrint does not mark a band as a figure, as in a background, nothing is printed."""
    drawings: dict[str, DrawnPart] = {}
    page(report(TABLE), "print", drawings)
    address = next(address for address, drawn in drawings.items() if isinstance(drawn, TableRows))
    html = f'<style>{linked_faces()}</style><p style="background:url({address})">x</p>'
    with pytest.raises(OutputError, match="unknown way"):
        print_page(html, drawings=drawings, tagged=True)
