"""The workbook: the report as typed cells, an .xlsx file that is the same bytes on any day.

    report ──sheets──> sheets of cells ──xlsx_writer──> .xlsx

`sheets` and its parts (`summary_sheet` and `number_rows`, `table_sheets`, `data_sheet`, `dictionary_sheet`,
`notes_sheet`; their cells in `sheet_cells`, their names in `excel_names`, their charts in `chart_ranges`) place the
values and know no file format. `xlsx_writer` and its parts (`cell_styles`, `excel_charts`, `conditional_formats`)
import openpyxl. Rows stand in the file as `row_writer` and `data_rows` write them, since openpyxl is slow at cells;
`book_archive` adds them to its file, with what it does not know: shared texts, bars from zero (`sheet_additions`). A
chart's data is written as a table, so both have the same kind of sheet.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from reportgen.files import file_stem
from reportgen.model import Artifact, Caution
from reportgen.outputs import FORMATS
from reportgen.outputs.workbook.excel_names import LONGEST_TEXT
from reportgen.outputs.workbook.listed_sheets import sheet_names_in
from reportgen.outputs.workbook.sheets import names_of_sheets, sheets_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reportgen.model import Report
    from reportgen.outputs.printed import PrintedReport


def render_workbook(printed: PrintedReport) -> tuple[Artifact, ...]:
    """Return the workbook: a summary, a sheet per table and per chart's data, all data, a dictionary and notes.

    Tables have all their rows, however many the page shows. A missing value is a blank cell, never a zero.
    A text that is longer than a cell holds is cut with an ellipsis, which is a caution to staff.
    """
    from reportgen.outputs.workbook.xlsx_writer import workbook_bytes  # openpyxl is heavy

    content = workbook_bytes(printed.report, sheets_of(printed))
    cautions = tuple(_cut_texts(printed.report))
    return (Artifact(f"{file_stem(printed.report)}.xlsx", FORMATS["xlsx"].media_type, content, cautions),)


def _cut_texts(report: Report) -> Iterator[Caution]:
    for block in report.blocks:
        cells = (value for table in block.tables for column in table.columns for value in column.values)
        longest = max((len(cell) for cell in cells if isinstance(cell, str)), default=0)
        if longest > LONGEST_TEXT:
            text = f"a text of {longest:,} letters is cut to the {LONGEST_TEXT:,} that a cell of a workbook holds"
            yield Caution("W-CELL", text, block.name)


def missing_sheets(printed: PrintedReport, content: bytes) -> tuple[str, ...]:
    """Return the faults of a finished workbook: sheets of the report that it lacks, or that it cannot be opened."""
    names = sheet_names_in(content)
    if names is None:
        return ("cannot be opened",)
    return tuple(f"has no sheet {name!r}" for name in names_of_sheets(printed) if name not in names)
