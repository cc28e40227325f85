"""The workbooks of the gallery and of every catalogue, computed anew by LibreOffice in one call."""

from __future__ import annotations

import io
import re
from datetime import date
from typing import TYPE_CHECKING
from zipfile import ZIP_DEFLATED, ZipFile

import openpyxl
import pytest
from pydantic import SecretStr

from reportgen import build_report, load_spec
from reportgen.connect.live_answers import live_answers
from reportgen.outputs.printed import PrintedReport
from reportgen.outputs.workbook import render_workbook
from reportgen.sandbox.sandbox_server import running_sandbox
from reportgen.spec.payload_import import import_payload
from tests.gallery.cases import gallery
from tests.machine import office
from tests.outputs.workbook.libreoffice import cells, differing, recalculate

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from reportgen.model import Report

SECONDS = 900


def catalogue_reports(catalogues: Path, folder: Path) -> Iterator[tuple[str, Report]]:
    """Yield a report of each catalogue, compared with the period before."""
    with running_sandbox(calm=True) as sandbox:
        source = live_answers(sandbox.url, SecretStr(sandbox.token), SecretStr(sandbox.customer_token))
        for catalogue in sorted(path for path in catalogues.iterdir() if path.is_dir()):
            payload, setup = ((catalogue / f"{name}.json").read_text() for name in ("metrics", "setup"))
            spec = folder / f"{catalogue.name}.yaml"
            spec.write_text(import_payload(payload, "metrics.json", setup=setup).text)
            day = date(2026, 11, 3)
            yield catalogue.name, build_report(load_spec(spec), answers=source, as_of=day, compare="previous_period")


@pytest.mark.office
@pytest.mark.timeout(SECONDS + 120)
def test_every_formula_comes_to_what_we_wrote(catalogues: Path, tmp_path: Path) -> None:
    """Each cell of each workbook of the gallery and the catalogues, and among them formulas of every kind."""
    command, files = office(), []
    for name, made in [("gallery", gallery("paper")), *catalogue_reports(catalogues, tmp_path)]:
        file = tmp_path / f"{name}.xlsx"
        file.write_bytes(without_charts(render_workbook(PrintedReport(made))[0].content))
        files.append(file)
    recalculate(command, files, tmp_path, seconds=SECONDS)
    found = {file.stem: differing(cells(file), cells(tmp_path / "out" / file.name)) for file in files}
    assert {name: dict(list(cells_of.items())[:5]) for name, cells_of in found.items() if cells_of} == {}
    kinds = {kind for file in files for kind in formula_kinds(file)}
    assert kinds == {"difference", "share", "points", "total"}


def without_charts(workbook: bytes) -> bytes:
    """Return a workbook whose sheets show no charts: they have no formulas, and LibreOffice takes minutes for them."""
    made = io.BytesIO()
    with ZipFile(io.BytesIO(workbook)) as before, ZipFile(made, "w", ZIP_DEFLATED) as after:
        for part in before.infolist():
            content = before.read(part)
            is_sheet = part.filename.startswith("xl/worksheets/sheet")
            after.writestr(part.filename, re.sub(rb"<drawing [^>]*/>", b"", content) if is_sheet else content)
    return made.getvalue()


def formula_kinds(file: Path) -> set[str]:
    """Return the kinds of the formulas of a workbook."""
    book = openpyxl.load_workbook(file, read_only=True)
    formulas = [str(cell.value) for sheet in book for row in sheet.iter_rows() for cell in row if cell.data_type == "f"]
    signs = {"difference": "-", "share": ">11*", "points": "*100", "total": "SUBTOTAL("}
    return {kind for kind, sign in signs.items() if any(sign in formula for formula in formulas)}
