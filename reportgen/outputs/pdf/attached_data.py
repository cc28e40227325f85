"""The data of a report inside its PDF, as an attachment: what is printed, and where it came from."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from reportgen.errors import OutputError
from reportgen.outputs.pdfium import attached_file
from reportgen.outputs.report_json import decode_report, encode_report, json_bytes

if TYPE_CHECKING:
    from reportgen.model import Block, Report, Table
    from reportgen.outputs.printed import PrintedReport

NAME = "report.json"
"""Name of the attachment."""

_FOR_STAFF = frozenset({"verdict", "warnings", "hidden"})


def attached_json(printed: PrintedReport) -> bytes:
    """Return the JSON of a report as it travels inside the PDF.

    The client opens this file: of the client's edition it holds the rows that are printed and no others, what a list
    shows of its numbers but not what a summary makes its sentences from, no picture, which the page has anyway, and
    no verdict. Accounts have their aliases, as everywhere in a report.
    """
    edition = printed.report
    travelling = replace(
        edition,
        client=replace(edition.client, logo=None),
        agency=replace(edition.agency, logo=None),
        sections=tuple(replace(part, blocks=tuple(map(_printed, part.blocks))) for part in edition.sections),
    )
    return json_bytes({key: value for key, value in encode_report(travelling).items() if key not in _FOR_STAFF})


def read_report(content: bytes) -> Report:
    """Read a report from its JSON or from the PDF that carries it.

    Raises:
        OutputError: It is neither, or the PDF carries no data.
    """
    return decode_report(_attachment(content) if content.startswith(b"%PDF") else content)


def _printed(block: Block) -> Block:
    readings = () if block.kind == "summary" else block.readings
    return replace(block, picture=None, readings=readings, tables=tuple(map(_cut, block.tables)))


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
    data = attached_file(pdf, NAME)
    if data is None:
        message = "this PDF carries no data of reportgen; give the report's JSON (--format json) instead"
        raise OutputError(message)
    return data
