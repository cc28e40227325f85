"""The fonts of a PDF are small, and whole when they are read."""

from __future__ import annotations

import io

import pikepdf
import pydyf
import pytest

from reportgen.outputs.pdf.pdf_file import render_pdf
from reportgen.outputs.pdf.weasyprint70.font_programs import shrink_fonts
from reportgen.outputs.pdf.weasyprint70.pdf_objects import compress
from reportgen.outputs.pdf.weasyprint70.pdf_writer import file_bytes
from reportgen.outputs.printed import PrintedReport
from tests.outputs.conformance import letters_of_glyphs
from tests.outputs.reports import LINE, report

PLACES = b"".join(place.to_bytes(3, "big") for place in range(60_000))
OUTLINES = bytes(place * place * 7 % 251 for place in range(5_000))


def shrunk(content: bytes) -> tuple[bytes, int]:
    """Return a font of PostScript outlines as it is read from a PDF, and the count of its bytes there."""
    pdf = pydyf.PDF()
    font = pydyf.Stream([content], pydyf.Dictionary({"Subtype": "/OpenType"}))
    pdf.add_object(font)
    shrink_fonts(pdf)
    pdf.catalog["Font"] = font.reference
    with pikepdf.open(io.BytesIO(file_bytes(pdf, None))) as read:
        return read.Root.Font.read_bytes(), len(read.Root.Font.read_raw_bytes())


@pytest.mark.parametrize("content", [b"OTTO" + PLACES + OUTLINES, b"OTTO" + OUTLINES])
def test_a_font_of_postscript_outlines_is_read_as_it_was(content: bytes) -> None:
    """What is compressed as differences of rows is the font, and at most zeros behind it."""
    read, _ = shrunk(content)
    assert read[: len(content)] == content
    assert set(read[len(content) :]) <= {0}


def test_places_of_glyphs_take_no_room() -> None:
    """The places of 60,000 empty glyphs take less than a hundredth of what they take compressed as they are."""
    plain = pydyf.Stream([PLACES])
    compress(plain)
    _, size = shrunk(b"OTTO" + PLACES)
    assert size < len(plain.stream[0]) / 100


def test_letters_of_glyphs_are_ranges() -> None:
    """A range is of glyphs and letters that count up together, below a byte that would be full; others stand alone."""
    letters = {
        0x41: "a",
        0x42: "b",
        0x43: "c",
        0x45: "e",
        0x46: "ff",
        0xFF: "x",
        0x100: "y",
        0x102: "\u00ff",
        0x103: "\u0100",
    }
    lines = [b"<%04x> <%s>" % (glyph, text.encode("utf-16-be").hex().encode()) for glyph, text in letters.items()]
    program = [b"/CIDInit /ProcSet findresource begin", b"%d beginbfchar" % len(lines), *reversed(lines), b"endbfchar"]
    pdf = pydyf.PDF()
    stream = pydyf.Stream(program)
    pdf.add_object(stream)
    shrink_fonts(pdf)
    (written,) = stream.stream
    assert written.count(b"\n<") == 7
    assert letters_of_glyphs(written) == letters


def test_fonts_of_a_report_have_what_draws_their_glyphs() -> None:
    """No font file in a report's PDF has tables that no reader of PDFs uses."""
    (artifact,) = render_pdf(PrintedReport(report(LINE)))
    with pikepdf.open(io.BytesIO(artifact.content)) as pdf:
        fonts = [
            each.FontFile2 for each in pdf.objects if isinstance(each, pikepdf.Dictionary) and "/FontFile2" in each
        ]
        contents = [font.read_bytes() for font in fonts]
        assert [int(font.Length1) for font in fonts] == [len(content) for content in contents]
    assert contents
    assert not [content for content in contents if b"name" in content[:200] or b"cmap" in content[:200]]
