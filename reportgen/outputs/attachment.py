"""The data of a report inside its PDF, as an attachment: what is printed, and where it came from."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from reportgen.errors import OutputError
from reportgen.outputs.report_json import decode_report, json_bytes

if TYPE_CHECKING:
    from reportgen.model import Block, Report, Table

NAME = "report.json"
"""Name of the attachment."""


def attached_json(report: Report) -> bytes:
    """Return the JSON of a report as it travels inside the PDF.

    The client opens this file: it holds the rows that are printed and no others, no reason that is
    for staff, no warning, and no picture, which the page has anyway. Accounts have their aliases, as
    everywhere in a report.
    """
    sections = tuple(replace(part, blocks=tuple(map(_printed, part.blocks))) for part in report.sections)
    travelling = replace(
        report,
        client=replace(report.client, logo=None),
        agency=replace(report.agency, logo=None),
        sections=sections,
        warnings=(),
    )
    return json_bytes(travelling)


def read_report(content: bytes) -> Report:
    """Read a report from its JSON or from the PDF that carries it.

    Raises:
        OutputError: It is neither, or the PDF carries no data.
    """
    return decode_report(_attachment(content) if content.startswith(b"%PDF") else content)


def _printed(block: Block) -> Block:
    return replace(block, reason="", picture=None, tables=tuple(map(_cut, block.tables)))


def _cut(table: Table) -> Table:
    """Leave out the rows that are not printed; `of` still says how many there are."""
    rows = slice(table.shown)
    columns = tuple(
        replace(
            column,
            values=column.values[rows],
            baseline=column.baseline[rows],
            links=column.links[rows],
            thumbnails=(),
        )
        for column in table.columns
    )
    return replace(table, columns=columns, presence=table.presence[rows])


def _attachment(pdf: bytes) -> bytes:
    from pypdfium2 import PdfDocument, PdfiumError  # noqa: PLC0415 - only `explain` reads a PDF

    try:
        document = PdfDocument(pdf)
    except PdfiumError as error:
        message = f"is no PDF that can be opened: {error}"
        raise OutputError(message) from error
    try:
        found = [document.get_attachment(index) for index in range(document.count_attachments())]
        data = next((bytes(one.get_data()) for one in found if one.get_name() == NAME), None)
    finally:
        document.close()
    if data is None:
        message = "this PDF carries no data of reportgen; give the report's JSON (--format json) instead"
        raise OutputError(message)
    return data
