"""The tables of a report as CSV files for other programs: plain numbers and ISO days."""

from __future__ import annotations

import csv
import io
from functools import partial
from itertools import zip_longest
from typing import TYPE_CHECKING

from reportgen.files import file_stem, slug
from reportgen.model import Artifact
from reportgen.outputs import FORMATS
from reportgen.outputs.text.flat_tables import flat_table
from reportgen.outputs.text.spreadsheet_text import FORMULA_STARTS, clean_text, column_names

if TYPE_CHECKING:
    from reportgen.model import Report, Table, Value
    from reportgen.outputs.printed import PrintedReport

_MARK = "\N{ZERO WIDTH NO-BREAK SPACE}"  # at the start of a file, by which Excel knows UTF-8


def render_csv(printed: PrintedReport, *, marked: bool = False) -> tuple[Artifact, ...]:
    """Return a CSV file for each table: all rows, printed or not, compared values and changes beside them.

    UTF-8, commas, CRLF (RFC 4180). The total is left out, because a sum over the column would count it
    twice. A text that a spreadsheet would take for a formula has an apostrophe before it, as OWASP
    advises; numbers, also negative numbers, are left as they are.

    Args:
        printed: The report.
        marked: Whether the files begin with a byte-order mark, without which Excel reads UTF-8 as another
            encoding.
    """
    report, start = printed.report, _MARK if marked else ""
    return tuple(
        Artifact(
            f"{file_stem(report)}-{slug(block.name)}.csv",
            FORMATS["csv"].media_type,
            (start + _text(table, report)).encode(),
        )
        for block in report.blocks
        for table in block.tables
    )


render_marked_csv = partial(render_csv, marked=True)


def _text(table: Table, report: Report) -> str:
    columns = [flat.column for flat in flat_table(table, report)]
    file = io.StringIO()
    writer = csv.writer(file)
    writer.writerow(map(_cell, column_names(column.label for column in columns)))
    writer.writerows(map(_cell, row) for row in zip_longest(*(column.values for column in columns)))
    return file.getvalue()


def _cell(value: Value) -> str:
    if value is None:
        return ""
    if not isinstance(value, str):
        return repr(value)
    text = clean_text(value)
    return f"'{text}" if text.startswith(FORMULA_STARTS) else text
