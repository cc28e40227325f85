"""The structure tree of a report has no elements that tell a reader nothing."""

from __future__ import annotations

import io

import pikepdf
import pytest

from reportgen.outputs.pdf.pdf_file import render_pdf
from reportgen.outputs.printed import PrintedReport
from tests.outputs.reports import LINE, LONG_TABLE, report
from tests.outputs.tagged import elements, kids_of, marks_of

TEXTS = {"/P", "/H1", "/H2", "/H3", "/Lbl", "/LBody", "/Caption"}


@pytest.mark.parametrize("plain", [False, True])
def test_boxes_of_the_page_engine_are_no_elements(*, plain: bool) -> None:
    """Nothing wraps nothing, a text holds its lines itself, no frame stands around a frame; no mark is lost."""
    (artifact,) = render_pdf(PrintedReport(report(LONG_TABLE, LINE)), plain=plain)
    with pikepdf.open(io.BytesIO(artifact.content)) as pdf:
        known = list(elements(pdf))
        assert [str(one.S) for one in known if one.S in {"/Div", "/NonStruct", "/Span"} and not list(one.K)] == []
        lines = [line for one in known if one.S in TEXTS for line in kids_of(one) if line.S == "/Span"]
        assert [line for line in lines if "/Alt" not in line and line.Pg.objgen == line.P.Pg.objgen] == []
        frames = [frame for one in known if one.S == "/Div" for frame in kids_of(one) if frame.S == "/Div"]
        assert [frame for frame in frames if len(kids_of(frame.P)) == 1] == []
        listed = [
            each for each in list(pdf.Root.StructTreeRoot.ParentTree.Nums)[1::2] if isinstance(each, pikepdf.Array)
        ]
        named = sum(1 for each in listed for element in each if isinstance(element, pikepdf.Dictionary))
        assert sum(len(marks) for marks in marks_of(pdf).values()) == named > 100
