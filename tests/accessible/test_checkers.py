"""What `make accessible` runs: every checker over all that readers and staff are given, each file read by each."""

from __future__ import annotations

import os
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import httpx
import pytest

from reportgen import build_report, load_spec
from reportgen.outputs.pdf.pdf_file import render_pdf
from reportgen.outputs.printed import PrintedReport
from reportgen.spec.payload_import import import_payload
from tests.accessible.checkers import CHECKERS, Checker
from tests.browser import complaints, visited
from tests.fleet.test_contact_sheet import made
from tests.fleet.test_run_loop import Bench
from tests.gallery.cases import THEMES, gallery
from tests.outputs.pages import page
from tests.preview.test_preview import previewed
from tests.shipped_examples import example
from tests.test_accessible import EXAMPLES

if TYPE_CHECKING:
    from playwright.sync_api import Browser

    from reportgen.connect import AnswerSource
    from reportgen.model import Report

PAYLOADS = os.environ.get("REPORTGEN_PAYLOADS")
CATALOGUES = sorted(path.name for path in Path(PAYLOADS).iterdir() if path.is_dir()) if PAYLOADS else []
pytestmark = [pytest.mark.accessible, pytest.mark.timeout(900)]


def report_of(name: str, api: AnswerSource, folder: Path) -> Report:
    """Return an example, the gallery in a theme, or the report of a catalogue."""
    if name in EXAMPLES:
        return example(name, api)
    if name in THEMES:
        return gallery(name)
    payload, setup = ((Path(PAYLOADS or "") / name / f"{part}.json").read_text() for part in ("metrics", "setup"))
    spec = folder / f"{name}.yaml"
    spec.write_text(import_payload(payload, "metrics.json", setup=setup).text)
    return build_report(load_spec(spec), answers=api, as_of=date(2026, 11, 3), compare="previous_period")


def found_in(file: Path) -> list[str]:
    """Return what the programs that are installed find in a file."""
    return [one for checker in CHECKERS if checker.suffix == file.suffix for one in checker.found(file)]


def found_on_screens(browser: Browser, file: Path) -> list[str]:
    """Return what all checkers find in a page; axe-core reads it on a desk and on a phone."""
    found = found_in(file)
    with visited(browser, file.as_uri()) as visit:
        for width in (1440, 390):
            visit.page.set_viewport_size({"width": width, "height": 844})
            found += [f"axe at {width}: {one}" for one in complaints(visit.page)]
    return found


@pytest.mark.parametrize("name", [*EXAMPLES, *THEMES, *CATALOGUES])
def test_a_report_hinders_nobody(name: str, browser: Browser, api: AnswerSource, tmp_path: Path) -> None:
    """No checker finds a fault in the web page of a report, or in its PDF for readers who cannot see."""
    report = report_of(name, api, tmp_path)
    html, pdf = tmp_path / "page.html", tmp_path / "report.pdf"
    html.write_text(page(report, "screen"), "utf-8")
    pdf.write_bytes(render_pdf(PrintedReport(replace(report, pdf_variant="pdf/ua-1")))[0].content)
    assert [*found_on_screens(browser, html), *found_in(pdf)] == []


def test_the_contact_sheet_hinders_nobody(browser: Browser, tmp_path: Path) -> None:
    """No checker finds a fault in a contact sheet with a report of each state."""
    assert found_on_screens(browser, made(Bench(tmp_path, clients=5), ("html", "pdf"))) == []


def test_the_preview_hinders_nobody(tmp_path: Path) -> None:
    """No program finds a fault in the preview's own page; `tests/preview` has axe-core read it while it runs."""
    file = tmp_path / "preview.html"
    with previewed(tmp_path / "project") as running:
        file.write_text(httpx.get(running.address).text, "utf-8")
    assert found_in(file) == []


@pytest.mark.parametrize("checker", CHECKERS, ids=lambda checker: checker.name)
def test_a_checker_finds_faults(checker: Checker, tmp_path: Path) -> None:
    """The tests above are able to fail: a page without a language and a PDF without tags are complained of."""
    if not checker.command:
        pytest.skip(f"{checker.name} is not installed ({checker.of}), so nothing was read by it")
    file = tmp_path / f"faulty{checker.suffix}"
    if checker.suffix == ".html":
        file.write_text("<!doctype html><html><title>x</title><p><img src=a.png></div></html>")
    else:
        file.write_bytes(render_pdf(PrintedReport(gallery("paper")))[0].content.replace(b"/StructTreeRoot", b"/NoTree"))
    assert checker.found(file) != []
