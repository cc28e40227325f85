"""The outputs: a format is one file and one line in `FORMATS`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reportgen.outputs.comma_separated import render_csv, render_marked_csv
from reportgen.outputs.html import render_html
from reportgen.outputs.pdf import render_pdf, render_plain_pdf
from reportgen.outputs.report_json import render_json
from reportgen.outputs.workbook import render_workbook

if TYPE_CHECKING:
    from collections.abc import Callable

    from reportgen.model import Artifact, Report

FORMATS: dict[str, Callable[[Report], tuple[Artifact, ...]]] = {
    "html": render_html,
    "pdf": render_pdf,
    "pdf-plain": render_plain_pdf,
    "xlsx": render_workbook,
    "json": render_json,
    "csv": render_csv,
    "csv-excel": render_marked_csv,
}
"""Format -> what renders it; each returns its files without writing them."""
