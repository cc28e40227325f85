"""The data inside the PDF."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from reportgen.errors import OutputError
from reportgen.model import Block, Caution, Column, Picture, Table
from reportgen.outputs.pdf.attached_data import attached_json, read_report
from reportgen.outputs.pdf.pdf_file import render_pdf
from reportgen.outputs.printed import PrintedReport
from tests.outputs import reports

LONG = Block(
    name="long",
    kind="datatable",
    label="Long",
    reason="the API said a secret thing",
    tables=(
        Table(
            (
                Column("city", "City", "dimension", values=("Salvador", "Recife", "Manaus")),
                Column("clicks", "Clicks", "metric", values=(731, 64, 5), baseline=(700, None, 6)),
            ),
            presence=("both", "current", "both"),
            shown=2,
            of=3,
        ),
    ),
)


def test_it_travels_inside_the_pdf() -> None:
    """What is attached reads back as the report that was printed."""
    report = reports.report(reports.NUMBER)
    assert read_report(render_pdf(PrintedReport(report))[0].content) == report


def test_only_what_is_printed_travels() -> None:
    """Rows beyond the printed ones, reasons for staff, warnings and pictures stay behind."""
    picture = Block(name="team", kind="image", picture=Picture("image/png", b"\x89PNG", "The team"))
    cautions = (Caution("W-FAILED", "a secret thing", "long"),)
    report = replace(reports.report(LONG, picture), warnings=cautions, verdict="degraded")
    text = attached_json(PrintedReport(report)).decode()
    assert "Recife" in text
    for secret in ("Manaus", "secret", "iVBOR", "\\x89PNG", "degraded", "warnings"):
        assert secret not in text
    table = read_report(text.encode()).blocks[0].tables[0]
    assert (table.presence, table.columns[1].values, table.columns[1].baseline, table.of) == (
        ("both", "current"),
        (731, 64),
        (700, None),
        3,
    )


def test_it_can_be_turned_off() -> None:
    """`attach_data: false` leaves a PDF without data, and reading it says what to give instead."""
    content = render_pdf(PrintedReport(replace(reports.report(reports.NUMBER), attach_data=False)))[0].content
    with pytest.raises(OutputError, match="carries no data of reportgen; give the report's JSON"):
        read_report(content)


@pytest.mark.parametrize("content", [b"", b"%PDF-1.7 torn", b"{}", json.dumps({"schema": "other"}).encode(), b"\xff"])
def test_anything_else_is_told(content: bytes) -> None:
    """A torn PDF, an empty file and foreign JSON are errors of ours."""
    with pytest.raises(OutputError):
        read_report(content)
