"""A table that is compared with two periods: its columns on the page and in sheets, and the origin of its figures."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from reportgen.model import ComparedCells, Presence
from reportgen.outputs.page.table_layout import TableLayout
from reportgen.outputs.text.flat_tables import flat_table
from reportgen.outputs.text.table_captions import rows_shown
from reportgen.outputs.text.table_columns import change_column
from reportgen.periods import Period
from reportgen.provenance import figures
from tests.outputs import reports
from tests.outputs.workbook.reading import HEAD, opened

(FIRST,) = reports.COMPARED_TABLE.tables
YEAR_BEFORE = Period(date(2025, 10, 1), date(2025, 10, 31), "month")
CELLS = ComparedCells(
    YEAR_BEFORE,
    tuple(() if column.role == "dimension" else (4,) * len(column.values) for column in FIRST.columns),
)
TWICE = replace(reports.COMPARED_TABLE, label="Twice", tables=(replace(FIRST, further=(CELLS,)),))


def test_the_page_has_a_column_of_changes_for_each_comparison() -> None:
    """The second is named by its days; values stand as they did."""
    report = reports.report(TWICE)
    (grid,) = TableLayout(TWICE.tables[0], report).grids(paged=False)
    heads = [head.text.replace("\N{NO-BREAK SPACE}", " ") for head in grid.heads]
    assert heads.count("Change, Oct 2025") == 1
    assert heads.index("Change, Oct 2025") == heads.index("Change") + 1


def test_sheets_have_the_values_and_changes_of_each_comparison() -> None:
    """Under headings that name the days, with live formulas over the current value, which stands further left."""
    columns = flat_table(TWICE.tables[0], reports.report(TWICE))
    labels = [flat.column.label for flat in columns]
    at = labels.index("Views, October 2025")
    assert labels[at + 1 : at + 3] == ["Views, October 2025 (change)", "Views, October 2025 (change %)"]
    assert columns[at].column.values == CELLS.baselines[1]
    sheet = opened(reports.report(TWICE), results=False)["Twice"]
    head = [cell.value for cell in sheet[HEAD]]
    made = sheet.cell(HEAD + 1, head.index("Views, October 2025 (change)") + 1).value
    assert made == "=B5-F5"


def test_both_comparisons_have_an_origin() -> None:
    """`explain` finds the values of the second with its days."""
    found = {(figure.role, figure.value, figure.period) for figure in figures(reports.report(TWICE))}
    assert ("cell", 4, YEAR_BEFORE) in found


def test_rows_of_a_single_day_are_on_it() -> None:
    """Rows that stand in one period alone are named with the preposition of a day, in notes, captions and sheets."""
    both: Presence = "both"
    presence: tuple[Presence, ...] = ("baseline", "current", *(both for _ in FIRST.columns[0].values[2:]))
    table = replace(FIRST, presence=presence)
    report = replace(reports.report(TWICE), baselines=(Period.of_dates("2026-09-30..2026-09-30"),))
    at = next(index for index, column in enumerate(FIRST.columns) if column.role == "metric")
    notes = [cell.text for cell in change_column(table, at, report, leading=True).cells[:2]]
    assert notes == ["only on September 30, 2026", "not on September 30, 2026"]
    hidden = replace(table, presence=(*presence[2:], *presence[:2]), shown=1, total=None, total_baseline=None)
    assert rows_shown(hidden, report).endswith(", and 1 only on September 30, 2026")
    assert "Only on September 30, 2026" in [mark for flat in flat_table(table, report) for mark in flat.column.values]
