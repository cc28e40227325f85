"""The bytes of a PDF are those of a sound file, and small."""

from __future__ import annotations

import io
import re
from dataclasses import replace

import pikepdf
import pydyf
import pytest
from weasyprint import HTML

from reportgen.model import Column, Table, Unit
from reportgen.outputs.pdf.pdf_file import render_pdf
from reportgen.outputs.pdf.weasyprint70 import pdf_writer
from reportgen.outputs.pdf.weasyprint70.actual_texts import make_readable
from reportgen.outputs.pdf.weasyprint70.pdf_writer import file_bytes, pdf_bytes
from reportgen.outputs.printed import PrintedReport
from tests.outputs.reports import COUNT, LINE, LONG_TABLE, report


def document(objects: int) -> pydyf.PDF:
    """Return a document of a page that lists numbered objects, every seventh of them free."""
    pdf = pydyf.PDF()
    content = pydyf.Stream([b"0 0 10 10 re f"])
    pdf.add_object(content)
    notes = [pydyf.Dictionary({"Note": number}) for number in range(objects)]
    for note in notes:
        pdf.add_object(note)
    for note in notes[::7]:
        note.free = "f"
    listed = pydyf.Array(note.reference for note in notes if note.free == "n")
    page = {"Type": "/Page", "Parent": pdf.pages.reference, "MediaBox": pydyf.Array([0, 0, 9, 9]), "Notes": listed}
    pdf.add_page(pydyf.Dictionary({**page, "Contents": content.reference, "Resources": pydyf.Dictionary()}))
    pdf.info["Title"] = pydyf.String("Notes")
    return pdf


def written(pdf: pydyf.PDF) -> bytes:
    """Return the bytes of a document."""
    return file_bytes(pdf, None)


@pytest.mark.parametrize("objects", [0, 1, 995, 5000])
def test_every_object_is_found(objects: int) -> None:
    """Objects in one stream or in several are read in their order, and the file has its page, title and identifier."""
    content = written(document(objects))
    with pikepdf.open(io.BytesIO(content)) as pdf:
        assert pdf.check_pdf_syntax() == []
        (page,) = pdf.pages
        assert [int(note.Note) for note in page.Notes] == [number for number in range(objects) if number % 7]
        assert page.Contents.read_bytes().strip() == b"0 0 10 10 re f"
        assert str(pdf.docinfo.Title) == "Notes"
        assert len(bytes(pdf.trailer.ID[0])) == 32
    assert content.count(b"/ObjStm") == objects * 6 // 7 // 2000 + 1


def test_the_same_document_is_the_same_file() -> None:
    """The file's identifier is the hash of its content."""
    assert written(document(9)) == written(document(9)) != written(document(8))


def test_a_report_has_no_error() -> None:
    """A tagged report with a long table and a chart is read without a complaint, and is smaller than pydyf's."""
    (artifact,) = render_pdf(PrintedReport(report(LONG_TABLE, LINE)))
    with pikepdf.open(io.BytesIO(artifact.content)) as pdf:
        assert pdf.check_pdf_syntax() == []
        again = io.BytesIO()
        pdf.save(again, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    assert len(artifact.content) < 1.05 * len(again.getvalue())


@pytest.mark.parametrize("at_once", [100, 1000])
def test_differences_are_read_as_they_were(monkeypatch: pytest.MonkeyPatch, at_once: int) -> None:
    """Also where they are worked out in several parts, which begin with the last row of the part before."""
    whole = render_pdf(PrintedReport(report(LONG_TABLE)))[0].content
    monkeypatch.setattr(pdf_writer, "_AT_ONCE", at_once)
    assert render_pdf(PrintedReport(report(LONG_TABLE)))[0].content == whole
    with pikepdf.open(io.BytesIO(whole)) as pdf:
        assert pdf.check_pdf_syntax() == []


def size_of_objects(rows: int) -> int:
    """Return the bytes of the objects in streams of a PDF with a table of so many rows and five columns of numbers."""
    names = Column("page", "Page", "dimension", Unit("text"), tuple(f"/page/{at}" for at in range(rows)))
    counts = tuple(Column(f"m{at}", f"M{at}", "metric", COUNT, tuple(range(rows))) for at in range(5))
    table = Table((names, *counts), shown=rows, of=rows)
    (artifact,) = render_pdf(PrintedReport(report(replace(LONG_TABLE, tables=(table,)))))
    return sum(map(int, re.findall(rb"/ObjStm[^\n]*/Length (\d+)", artifact.content)))


def test_the_cells_of_a_long_table_take_little() -> None:
    """Their elements stand below each other as differences, of which nearly nothing is left: four bytes a cell."""
    assert size_of_objects(400) - size_of_objects(100) < 300 * 6 * 4


def test_pages_are_released_while_tags_are_made() -> None:
    """A tagged page has its boxes until WeasyPrint has read them for its tags, and no longer."""
    document = HTML(string='<html lang="en"><p>One<p style="break-before:page">Two').render()
    make_readable(document, {})
    pages = [*document.pages]
    assert all("_page_box" in vars(page) for page in pages)
    pdf_bytes(document, lambda _: None, {"pdf_tags": True, "pdf_variant": None, "attachments": []})
    assert not any("_page_box" in vars(page) for page in pages)


def test_the_elements_of_a_page_are_listed_beside_them() -> None:
    """What a page's marks belong to is an object behind these elements: rows list them too, and repeat it."""
    (artifact,) = render_pdf(PrintedReport(report(LONG_TABLE)))
    with pikepdf.open(io.BytesIO(artifact.content)) as pdf:
        numbers = list(pdf.Root.StructTreeRoot.ParentTree.Nums)
        lists = [each for each in numbers[1::2] if isinstance(each, pikepdf.Array) and each.is_indirect]
        lasts = [
            max(element.objgen[0] for element in each if isinstance(element, pikepdf.Dictionary)) for each in lists
        ]
        assert [each.objgen[0] for each in lists] == [last + 1 for last in lasts]
        assert len(lists) > 1
