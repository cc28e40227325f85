"""The blank shares of pages."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from bench.composition import blank_shares, inner_pages, lines, main
from reportgen.outputs.pdf.engine import print_page
from reportgen.outputs.pdf.pdf_file import render_pdf
from reportgen.outputs.printed import PrintedReport
from tests.outputs import reports

if TYPE_CHECKING:
    from pathlib import Path

    import pytest

PAGES = "".join(
    f'<div style="break-after:page;height:{height}mm;background:#1E2227"></div>' for height in ("244", "122", "61")
)
PAPER = "<style>@page{size:210mm 297mm;margin:28mm 20mm 25mm} body{margin:0}</style>"


def test_the_share_below_the_lowest_ink_is_blank() -> None:
    """What stands in the margins counts for nothing, and a page without ink is blank."""
    content, _, _ = print_page(f"{PAPER}{PAGES}<p>&nbsp;</p>")
    assert [round(share, 2) for share in blank_shares(content)] == [0, 0.5, 0.75, 1]


def test_the_last_page_is_no_inner_page() -> None:
    """A report ends where it ends."""
    assert inner_pages([0.0, 0.5, 0.9]) == [0.0, 0.5]
    assert lines("a.pdf", [0.0, 0.5, 0.9])[-1] == "  over a third: 1 of 2 inner pages, mean 25.0 %"


def test_pdfs_are_measured_by_the_command(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """It prints each PDF and all together, and tells of empty inner pages by its exit code."""
    report = replace(reports.report(reports.NUMBER, reports.PAGE_BREAK, reports.LINE))
    (tmp_path / "a.pdf").write_bytes(render_pdf(PrintedReport(report))[0].content)
    assert main([str(tmp_path / "a.pdf")]) == 1
    assert "over a third: 1 of 2 inner pages" in capsys.readouterr().out
    assert main([]) == 2
    assert "usage" in capsys.readouterr().err
