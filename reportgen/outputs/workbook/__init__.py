"""The workbook: the report as typed cells, one .xlsx that is the same bytes on any day.

    report ──sheets──> sheets of cells ──book──> .xlsx

`cells`, `names` and `sheets` decide what stands where and know no file format; `book` is the one
module that imports openpyxl. A chart's data is written as a table, so there is one kind of sheet
for both.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from reportgen.files import file_stem
from reportgen.model import Artifact
from reportgen.outputs.workbook.sheets import sheets_of

if TYPE_CHECKING:
    from reportgen.model import Report

_MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def render_workbook(report: Report) -> tuple[Artifact, ...]:
    """Return one workbook: a summary, a sheet per table, a sheet per chart's data, and notes.

    Tables have all their rows, whatever the page shows. A missing value is a blank cell, never a zero.
    """
    from reportgen.outputs.workbook.book import workbook_bytes  # noqa: PLC0415 - openpyxl is heavy

    return (Artifact(f"{file_stem(report)}.xlsx", _MEDIA_TYPE, workbook_bytes(report, sheets_of(report))),)


def missing_sheets(report: Report, content: bytes) -> tuple[str, ...]:
    """Open a finished workbook and say what of the report it lacks; empty where it has every sheet."""
    from reportgen.outputs.workbook.book import sheet_names_in  # noqa: PLC0415 - openpyxl is heavy

    names = sheet_names_in(content)
    if names is None:
        return ("cannot be opened",)
    return tuple(f"has no sheet {sheet.name!r}" for sheet in sheets_of(report) if sheet.name not in names)
