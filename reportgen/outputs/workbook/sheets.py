"""The sheets of a workbook: a summary, a sheet per table and per chart's data, all data, a dictionary and notes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reportgen.outputs.text.catalogues import words_of
from reportgen.outputs.workbook.column_formulas import formulas_of_columns
from reportgen.outputs.workbook.data_sheet import count_of_figures, data_sheet
from reportgen.outputs.workbook.dictionary_sheet import dictionary_sheet
from reportgen.outputs.workbook.excel_names import rgb, sheet_names, table_name
from reportgen.outputs.workbook.notes_sheet import notes_sheet
from reportgen.outputs.workbook.number_rows import NumberRows
from reportgen.outputs.workbook.summary_sheet import ListedSheet, summary_sheet
from reportgen.outputs.workbook.table_sheets import MOST_ROWS, SheetNames, sheet_parts, table_sheet

if TYPE_CHECKING:
    from reportgen.outputs.printed import PrintedReport
    from reportgen.outputs.workbook.sheet import Sheet

_COLORS = 6  # of sections, from the first again where there are more


class _Plan:
    """The sheets of a report and their names, before their cells are made."""

    def __init__(self, printed: PrintedReport, most_rows: int) -> None:
        self.report, formulas = printed.report, formulas_of_columns(printed.complete.blocks)
        self.parts = [
            (at, section.title, part)
            for at, section in enumerate(self.report.sections)
            for block in section.blocks
            for part in sheet_parts(block, printed, most_rows, formulas.get(block.name))
        ]
        self.figures = count_of_figures(self.report)
        _ = words_of(self.report.locale).gettext
        fixed = [_("Summary"), _("Notes"), _("Data"), _("Dictionary")]
        names = sheet_names([*fixed, *(part.label for _at, _title, part in self.parts)])
        self.summary, self.notes, self.data, self.dictionary, *self.tables = names


def names_of_sheets(printed: PrintedReport) -> tuple[str, ...]:
    """Return the names of the sheets of a report, as `sheets_of` gives them."""
    plan = _Plan(printed, MOST_ROWS)
    data = [plan.data] if plan.figures else []
    return plan.summary, *plan.tables, *data, plan.dictionary, plan.notes


def sheets_of(printed: PrintedReport, most_rows: int = MOST_ROWS) -> tuple[Sheet, ...]:
    """Return the sheets of a report: summary; tables and charts in the report's order; data, dictionary and notes.

    Args:
        printed: The report.
        most_rows: Rows of a table on a sheet; the rest follows on sheets of the same name, numbered.

    Raises:
        OutputError: A table has more columns than a sheet holds.
    """
    plan, report, numbers = _Plan(printed, most_rows), printed.report, NumberRows(printed)
    listed = []
    for number, (name, (at, title, part)) in enumerate(zip(plan.tables, plan.parts, strict=True), 1):
        names = SheetNames(name, table_name(name, number), plan.summary)
        sheet = table_sheet(names, part, report, rgb(report.theme, f"c{at % _COLORS + 1}"))
        listed.append(ListedSheet(sheet, title, part.block))
    cut = most_rows if plan.figures > most_rows else None
    of_all = [
        *([data_sheet(plan.data, report, most_rows)] if plan.figures else []),
        dictionary_sheet(plan.dictionary, plan.summary, report, numbers.names),
        notes_sheet(plan.notes, plan.summary, report, data_rows=cut),
    ]
    summary = summary_sheet(plan.summary, printed, numbers, [*listed, *map(ListedSheet, of_all)])
    return summary, *(each.sheet for each in listed), *of_all
