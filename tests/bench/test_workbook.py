"""The workbooks of the benchmark: what is compared has the same cells."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING

import pytest
from openpyxl import load_workbook

from bench.workbook import Clock, cells, ours, shared, table_report, values
from tests.outputs.reports import compared_report

if TYPE_CHECKING:
    from reportgen.model import Report

REPORTS = {"table": table_report(20), "compared": compared_report()}


def content(workbook: bytes, *, styles: bool = True) -> dict[tuple[str, str], tuple[object, ...]]:
    """Return what stands in each cell that has anything, by sheet and place, with its look, link and note."""
    return {
        (sheet.title, cell.coordinate): (rounded(cell.value), *look) if styles else (rounded(cell.value),)
        for sheet in load_workbook(BytesIO(workbook))
        for row in sheet.iter_rows()
        for cell in row
        if cell.value is not None
        for link in [cell.hyperlink and (cell.hyperlink.location or cell.hyperlink.target)]
        for look in [(cell.style, cell.number_format, link, cell.comment and cell.comment.text)]
    }


def rounded(value: object) -> object:
    """Return a value as openpyxl writes it, which knows 16 digits of a number."""
    return float(f"{value:.15g}") if isinstance(value, float) else value


@pytest.mark.parametrize("name", REPORTS)
def test_every_way_writes_the_same_cells(name: str) -> None:
    """Values, formulas, styles, number formats, links and notes of all sheets, those of the data too."""
    report: Report = REPORTS[name]
    expected = content(ours(report, Clock()))
    assert "Data" in {sheet for sheet, _place in expected}
    assert content(cells(report, Clock())) == expected
    assert content(shared(report, Clock())) == expected


def test_the_values_alone_are_the_same() -> None:
    """The way without styles writes no less than the others."""
    report = REPORTS["table"]
    bare, ours_too = (content(way(report, Clock()), styles=False) for way in (values, ours))
    assert bare == ours_too
