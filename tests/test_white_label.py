"""No file that a client gets names the programs that made it."""

from __future__ import annotations

import io
import re
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

import pikepdf
import pytest
from pydantic import SecretStr

from reportgen import build_report, load_client, load_spec
from reportgen.connect.live_answers import live_answers
from reportgen.fleet.letter import LetterHead, attach, write_letter
from reportgen.fleet.letter_texts import LetterContent, NumberGroup, letter_texts
from reportgen.fleet.mail_server import Mailbox
from reportgen.model import AgencyCard, PdfVariant
from reportgen.outputs import FOR_STAFF, FORMATS
from reportgen.outputs.pdf.pdf_file import render_pdf
from reportgen.outputs.printed import PrintedReport
from reportgen.outputs.text.headline_numbers import HeadlineNumber
from reportgen.resources import examples_folder
from reportgen.sandbox.sandbox_server import running_sandbox
from tests.canaries import unpacked

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from reportgen.model import Report

TOOLS = re.compile(
    rb"reportgen|weasyprint|pydyf|openpyxl|matplotlib|made with|"
    + b"|".join(re.escape(name.encode("utf-16-be")) for name in ("reportgen", "WeasyPrint")),
    re.IGNORECASE,
)
SCHEMA = b'"schema": "reportgen.report/2"'
"""The name of the format of a PDF's data, by which `reportgen explain` reads them again."""


@pytest.fixture(scope="module")
def report() -> Report:
    """Build an example that has charts, tables, words and logos."""
    folder = examples_folder()
    with running_sandbox(calm=True) as sandbox:
        api = live_answers(sandbox.url, SecretStr(sandbox.token), SecretStr(sandbox.customer_token))
        spec, client = load_spec(folder / "multichannel.yaml"), load_client(folder / "multichannel.client.yaml")
        return build_report(spec, client, answers=api, as_of=date(2026, 11, 3))


def named(content: bytes) -> Iterator[bytes]:
    """Yield the names of tools in a file and in what it packs, each with the bytes before it."""
    for part in unpacked(content):
        yield from (match[0] for match in TOOLS.finditer(part.replace(SCHEMA, b"")))


@pytest.mark.parametrize("name", [name for name in FORMATS if name not in FOR_STAFF])
def test_no_file_names_a_tool(report: Report, name: str) -> None:
    """Neither visible text nor properties, comments of styles, notes of cells or types of files."""
    artifacts = FORMATS[name].render(PrintedReport(report))
    assert artifacts
    assert [found for artifact in artifacts for found in named(artifact.content)] == []


@pytest.mark.thorough
@pytest.mark.parametrize(("variant", "plain"), [("pdf/ua-1", True), ("pdf/a-3u", False)])
def test_no_standard_names_a_tool(report: Report, variant: PdfVariant, plain: bool) -> None:  # noqa: FBT001 - a case
    """The metadata of a standard agree with the properties, also where the page engine sets everything."""
    (artifact,) = render_pdf(PrintedReport(replace(report, pdf_variant=variant)), plain=plain)
    assert list(named(artifact.content)) == []
    with pikepdf.open(io.BytesIO(artifact.content)) as pdf:
        assert sorted(pdf.docinfo) == ["/Author", "/Title"]
        metadata = pdf.open_metadata()
        assert metadata["dc:title"] == str(pdf.docinfo["/Title"])
        assert "pdf:Producer" not in metadata
        assert "xmp:CreatorTool" not in metadata


def test_an_agency_without_a_name_is_nobody(report: Report) -> None:
    """Where there is no agency, no program stands in its place."""
    unnamed = PrintedReport(replace(report, agency=AgencyCard()))
    for name in ("html", "pdf", "xlsx"):
        (artifact,) = FORMATS[name].render(unnamed)
        assert list(named(artifact.content)) == []


def test_what_an_author_writes_stays(report: Report) -> None:
    """The search finds a name at all: a client may be called so."""
    called = replace(report, client=replace(report.client, name="Reportgen Ltda"))
    for name in ("html", "xlsx"):
        (artifact,) = FORMATS[name].render(PrintedReport(called))
        assert list(named(artifact.content))


def test_a_letter_names_no_tool(tmp_path: Path) -> None:
    """No header tells the program that wrote a letter, nor does the type of an attached file."""
    path = tmp_path / "aurora-social-2026-10.pdf"
    path.write_bytes(b"%PDF-1.7")
    ana, agency = Mailbox("ana@x.example"), Mailbox("reports@mail.example")
    head = LetterHead("<1@mail.example>", (), agency, [ana], [], [], datetime(2026, 11, 1, tzinfo=UTC))
    content = LetterContent({}, (NumberGroup("", (HeadlineNumber("reach", "Reach", "12"),)),), "en")
    letter = write_letter(head, letter_texts("October", "Hello.", "", content))
    attach(letter, [path])
    assert list(named(letter.as_bytes())) == []
    assert not {"X-Mailer", "User-Agent"} & set(letter)
