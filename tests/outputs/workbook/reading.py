"""Workbooks read back, each looked through for what Excel would repair."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING

from openpyxl import load_workbook

from reportgen.outputs.printed import PrintedReport
from reportgen.outputs.workbook import render_workbook
from tests.outputs.workbook.well_formed import faults_of

if TYPE_CHECKING:
    from openpyxl.workbook.workbook import Workbook
    from openpyxl.worksheet.worksheet import Worksheet

    from reportgen.model import Report

HEAD = 4
"""Row of the heading of a table."""


def written(made: Report) -> bytes:
    """Return the workbook of a report, which has no faults."""
    (artifact,) = render_workbook(PrintedReport(made))
    assert faults_of(artifact.content) == []
    return artifact.content


def opened(made: Report, *, results: bool = True) -> Workbook:
    """Read a rendered report back: what its formulas come to, or the formulas."""
    return load_workbook(BytesIO(written(made)), data_only=results)


def column(sheet: Worksheet, heading: str) -> list[object]:
    """Return the cells below a heading, the total too."""
    columns: list[list[object]] = [[cell.value for cell in cells] for cells in sheet.iter_cols(min_row=HEAD)]
    return next(cells[1:] for cells in columns if cells[0] == heading)
