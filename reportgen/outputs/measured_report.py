"""A report whose printed texts are measured as the page engine sets them: where making its files begins."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reportgen.outputs.drawing.font_metrics import typefaces_of
from reportgen.outputs.pdf.text_ruler import PrintedWidths
from reportgen.outputs.printed import PrintedReport

if TYPE_CHECKING:
    from collections.abc import Iterable

    from reportgen.model import Report


def measured_report(report: Report, formats: Iterable[str] = ()) -> PrintedReport:
    """Return a report with the texts of its files, the printed texts measured in the fonts of this machine.

    `formats` are those of the files that are written into one folder.
    """
    return PrintedReport(report, ruler=PrintedWidths(report.locale, typefaces_of(report.theme)), formats=formats)
