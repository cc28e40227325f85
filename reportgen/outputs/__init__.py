"""The outputs: a format is one file and one line in `FORMATS`."""

from __future__ import annotations

from functools import partial
from pathlib import PurePath
from typing import TYPE_CHECKING

from reportgen.model import client_edition
from reportgen.outputs.comma_separated import render_csv, render_marked_csv
from reportgen.outputs.html import render_html
from reportgen.outputs.pdf import render_pdf, render_plain_pdf
from reportgen.outputs.report_json import render_json
from reportgen.outputs.workbook import render_workbook

if TYPE_CHECKING:
    from collections.abc import Callable

    from reportgen.model import Artifact, Report

_RENDERERS: dict[str, Callable[[Report], tuple[Artifact, ...]]] = {
    "html": render_html,
    "pdf": render_pdf,
    "pdf-plain": render_plain_pdf,
    "xlsx": render_workbook,
    "json": render_json,
    "csv": render_csv,
    "csv-excel": render_marked_csv,
}
FOR_STAFF = frozenset({"json"})
"""Formats that hold the complete report; every other is for the client, and holds what the client is shown."""


def is_for_staff(path: str) -> bool:
    """Tell whether a file that was rendered is for staff alone, by its name."""
    return PurePath(path).suffix.removeprefix(".") in FOR_STAFF


def _of_edition(render: Callable[[Report], tuple[Artifact, ...]], report: Report) -> tuple[Artifact, ...]:
    return render(client_edition(report))


FORMATS: dict[str, Callable[[Report], tuple[Artifact, ...]]] = {
    name: render if name in FOR_STAFF else partial(_of_edition, render) for name, render in _RENDERERS.items()
}
"""Format -> what renders it; each returns its files without writing them."""
