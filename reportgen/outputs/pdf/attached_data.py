"""The data of a report as an attachment of its PDF: the printed figures and their sources."""

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

_FOR_STAFF = frozenset({"verdict", "warnings"})


def attached_json(printed: PrintedReport) -> bytes:
    """Return the JSON of a report for its PDF.

    The client opens this file: of the client's edition it holds the rows that are printed and no others, the readings
    of a list but not of a summary, no picture, which the page has anyway, and no verdict. Accounts have their aliases,
    as everywhere in a report.
    """
    edition = printed.report
    travelling = replace(
        edition,
        client=replace(edition.client, logo=None),
        agency=replace(edition.agency, logo=None),
        cover=replace(edition.cover, image=None) if edition.cover else None,
        sections=tuple(replace(part, blocks=tuple(map(_printed_block, part.blocks))) for part in edition.sections),
    )
    unused = _FOR_STAFF if edition.hidden else {*_FOR_STAFF, "hidden"}
    return json_bytes({key: value for key, value in encode_report(travelling).items() if key not in unused})


def read_report(content: bytes) -> Report:
    """Return a report from its JSON or from the PDF that carries it.

    Raises:
        OutputError: It is neither, or the PDF carries no data.
    """
    return decode_report(_attachment(content) if content.startswith(b"%PDF") else content)


def _printed_block(block: Block) -> Block:
    readings = () if block.kind == "summary" else block.readings
    return replace(block, picture=None, readings=readings, tables=tuple(map(_printed_table, block.tables)))


def _printed_table(table: Table) -> Table:
    """Return a table without the rows that are not printed; `of` still counts them."""
    rows = slice(table.shown)
    columns = tuple(
        replace(
            column,
            values=column.values[rows],
            baseline=column.baseline[rows],
            links=column.links[rows],
            thumbnails=(),
            cut=tuple(at for at in column.cut if at < table.shown),
            baseline_cut=tuple(at for at in column.baseline_cut if at < table.shown),
        )
        for column in table.columns
    )
    return replace(table, columns=columns, presence=table.presence[rows])


def _attachment(pdf: bytes) -> bytes:
    data = attached_file(pdf, NAME)
    if data is None:
        raise OutputError("this PDF carries no data of reportgen; give the report's JSON (--format json) instead")
    return data
