"""The outputs: a format is a file and a line in `FORMATS`."""

from __future__ import annotations

from dataclasses import dataclass
from importlib import import_module
from pathlib import PurePath
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from reportgen.model import Artifact
    from reportgen.outputs.printed import PrintedReport


@dataclass(frozen=True, slots=True)
class Format:
    """A format in which reports are written.

    Attributes:
        module: Module below this package, imported at the first report in this format.
        function: Of that module; returns the files of a `PrintedReport`.
        media_type: Of its files.
        is_default: Whether it is made where nobody names formats.
        is_for_staff: Whether it holds the complete report; the others hold the client's edition.
        remark: For the help of the command, where the name does not say enough.
    """

    module: str
    function: str
    media_type: str
    is_default: bool = False
    is_for_staff: bool = False
    remark: str = ""

    @property
    def path(self) -> str:
        """The whole name of its module."""
        return f"{__name__}.{self.module}"

    def render(self, printed: PrintedReport) -> tuple[Artifact, ...]:
        """Return the files of a report in this format.

        Raises:
            OutputError, MissingLibrary: See the function.
        """
        module = import_module(self.path)
        function: Callable[[PrintedReport], tuple[Artifact, ...]] = getattr(module, self.function)
        return function(printed)


_PDF, _CSV = "application/pdf", "text/csv"
_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

FORMATS = {
    "html": Format("html.web_page", "render_html", "text/html; charset=utf-8", is_default=True),
    "pdf": Format("pdf.pdf_file", "render_pdf", _PDF, is_default=True),
    "pdf-plain": Format("pdf.pdf_file", "render_plain_pdf", _PDF, remark="set by the page engine alone, and slow"),
    "xlsx": Format("workbook", "render_workbook", _XLSX, is_default=True),
    "json": Format("report_json", "render_json", "application/json", is_for_staff=True),
    "csv": Format("csv_files", "render_csv", _CSV),
    "csv-excel": Format("csv_files", "render_excel_csv", _CSV, remark="csv that Excel opens in the report's locale"),
}
"""Name -> format. A name with a hyphen is a variant, whose files end like those of its base."""

DEFAULT_FORMATS = tuple(name for name, entry in FORMATS.items() if entry.is_default)
"""Formats made where nobody names formats."""

FOR_STAFF = frozenset(name for name, entry in FORMATS.items() if entry.is_for_staff)
"""Formats that hold the complete report."""


def format_of(path: str) -> str:
    """Return the format of a file that was rendered, by its name; a variant's is its base."""
    return PurePath(path).suffix.removeprefix(".")


def is_for_staff(path: str) -> bool:
    """Return whether a file that was rendered is for staff alone, by its name."""
    return format_of(path) in FOR_STAFF
