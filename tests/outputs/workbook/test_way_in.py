"""The way into a workbook: contents, titles, links back, names in formulas, the tidy data and the dictionary."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from io import BytesIO
from zipfile import ZipFile

import pytest
from openpyxl import load_workbook
from openpyxl.utils import get_column_letter

from reportgen.model import Block, Change, Column, ComparedValue, Goal, Reading, Series, Table, Target, Unit
from reportgen.outputs.printed import PrintedReport
from reportgen.outputs.workbook.excel_names import number_names
from reportgen.outputs.workbook.print_layout import FINE, room_of_a_page
from reportgen.outputs.workbook.sheets import names_of_sheets, sheets_of
from reportgen.outputs.workbook.xlsx_writer import workbook_bytes
from tests.outputs import reports
from tests.outputs.reports import COMPARED_TABLE, COUNT, FULL, LINE, NUMBER, TABLE, YEAR_BEFORE, report
from tests.outputs.workbook.reading import HEAD, opened, written
from tests.outputs.workbook.well_formed import faults_of

BRL = Unit("currency", "BRL")
DAYS = "Oct 1 \N{EN DASH} 31, 2026"


def number(name: str, value: float, unit: Unit = COUNT, *, formula: str = "", before: float | None = None) -> Block:
    """Return a number block, of a formula where there is one."""
    reading = Reading(formula or name, unit, value, baseline=before)
    return replace(
        NUMBER, name=name, label=name, readings=(reading,), charts=(), reference_key=None if formula else "x:y"
    )


SPEND, SALES = number("spend", 100.5, BRL, before=90), number("sales", 8, before=6)


def cells_of(*blocks: Block) -> dict[str, object]:
    """Return the cell in which the summary has the value of each number, with its formula if it has one."""
    sheet = opened(report(*blocks), results=False)["Summary"]
    return {str(row[1].value): row[2].value for row in sheet.iter_rows() if row[2].value is not None}


def data_of(*blocks: Block) -> list[tuple[object, ...]]:
    """Return the rows of the data sheet, days without the time that openpyxl reads."""
    rows = opened(report(*blocks))["Data"].iter_rows(values_only=True)
    return [tuple(cell.date() if isinstance(cell, datetime) else cell for cell in row) for row in rows]


def test_the_summary_leads_to_each_sheet() -> None:
    """Each sheet is named by its full title, with its rows and its state, and the link leads there."""
    long = replace(TABLE, label="Where people clicked when they had seen a post")
    sheet = opened(report(LINE, long))["Summary"]
    links = {row[1].value: (row[1].hyperlink.location, row[2].value, row[3].value) for row in sheet if row[1].hyperlink}
    assert links == {
        "Reach by day": ("'Reach by day'!A1", 31, "OK"),
        long.label: ("'Where people clicked when they…'!A1", 2, "OK"),
        "Data": ("'Data'!A1", 66, None),
        "Dictionary": ("'Dictionary'!A1", 4, None),
        "Notes": ("'Notes'!A1", None, None),
    }


def test_each_sheet_says_what_it_is() -> None:
    """Title, source, days, coverage and the way back stand above its heading, which is kept in sight."""
    long = replace(LINE, label="Accounts that were reached on each day of the month")
    sheet = opened(report(long)).worksheets[1]
    assert sheet["A1"].value == long.label
    assert sheet["A2"].value == f"Instagram · {DAYS} (31 days) · data to Oct 31, 2026"
    assert (sheet["A3"].value, sheet["A3"].hyperlink.location) == ("← Summary", "'Summary'!A1")
    assert (sheet.freeze_panes, sheet.print_title_rows) == ("B5", "$4:$4")
    assert sheet.sheet_properties.tabColor is not None
    assert str(sheet.sheet_properties.tabColor.rgb).endswith(report().theme.colors["c1"][1:])


def test_changes_can_be_folded_away() -> None:
    """The changes of each metric are a group of columns, closed where more than two metrics have some."""
    (table,) = COMPARED_TABLE.tables
    fewer = replace(table, columns=table.columns[:3], total=None, total_baseline=None)
    for shown, hidden in ((table, True), (fewer, False)):
        sheet = opened(report(replace(COMPARED_TABLE, tables=(shown,)))).worksheets[1]
        changes = [get_column_letter(at) for at, cell in enumerate(sheet[HEAD], 1) if "(change" in str(cell.value)]
        dimensions = [sheet.column_dimensions[letter] for letter in changes]
        groups = {(dimension.outlineLevel, dimension.hidden) for dimension in dimensions if dimension.outlineLevel}
        assert groups == {(1, hidden)}


def test_the_table_knows_its_formulas() -> None:
    """A new row of the table gets the formulas of its changes from Excel."""
    sheet = opened(report(COMPARED_TABLE), results=False).worksheets[1]
    (table,) = sheet.tables.values()
    known = {column.name: column.calculatedColumnFormula for column in table.tableColumns}
    formulas = {name: formula.attr_text for name, formula in known.items() if formula}
    assert formulas["Views (change)"] == str(sheet["D5"].value).removeprefix("=") == "B5-C5"
    assert formulas["Engagement rate (change, pp)"] == "(F5-G5)*100"
    assert set(formulas) == {str(cell.value) for cell in sheet[HEAD] if "(change" in str(cell.value)}


def test_a_computed_number_is_a_formula_over_names() -> None:
    """Its cell follows the cells that it is made from, and so does its previous value."""
    cost = number("cost", 12.5625, BRL, formula="spend / sales", before=15.0)
    thousand = number("per_thousand", 12562.5, BRL, formula="1000 * (spend / sales)", before=15000.0)
    book = opened(report(SPEND, SALES, cost, thousand), results=False)
    rows = {row[1].value: [row[2].value, row[3].value] for row in book["Summary"].iter_rows()}
    assert rows["cost"] == ["=kpi_spend/kpi_sales", "=previous_spend/previous_sales"]
    assert rows["per_thousand"][0] == "=1000*(kpi_spend/kpi_sales)"
    assert opened(report(SPEND, SALES, cost))["Summary"]["C14"].value is not None


@pytest.mark.parametrize("formula", ["spend * 1.15", "spend / hidden", "spend / watch"])
def test_a_formula_that_is_not_for_the_client_is_a_value(formula: str) -> None:
    """A factor may be the agency's margin; a hidden number has no cell; a duration's cell has another scale."""
    watch = number("watch", 90_000, Unit("milliseconds"))
    cells = cells_of(SPEND, watch, number("billed", 115.575, BRL, formula=formula))
    assert cells["billed"] == 115.575


def test_progress_follows_value_and_goal() -> None:
    """Another goal written into its cell gives another progress."""
    goal = Goal.of(8, Target("at_least", 10), elapsed=1, over_time="sum")
    block = replace(SALES, readings=(replace(SALES.readings[0], goal=goal),))
    sheet = opened(report(block), results=False)["Summary"]
    (row,) = (row for row in sheet.iter_rows() if row[1].value == "sales")
    assert row[7].value == f"=C{row[0].row}/G{row[0].row}"


def test_names_of_numbers_are_told_apart() -> None:
    """A block called like another's previous value, near twins, and endless names have their own."""
    blocks = ["reach", "reach_previous", "a-b", "a_b", "A_b", "x" * 300, "x" * 299]
    names = number_names(blocks)
    every = [name for each in names.values() for name in (each.value, *each.previous)]
    assert names["reach"].previous == ("previous_reach", "previous2_reach")
    assert names["reach_previous"].value == "kpi_reach_previous"
    assert len({name.casefold() for name in every}) == len(every)
    assert max(map(len, every)) <= 255
    opened(report(number("reach", 1), number("reach_previous", 2), number("a-b", 1), number("a_b", 2)))


def test_data_has_a_row_for_each_figure() -> None:
    """Section, block, source, metric, dimensions, day, value, unit, period and compared value, typed."""
    series = Series("reach", "Reach", COUNT, (1, None), (3, 4))
    days = ("2026-10-01", "2026-10-02")
    line = replace(LINE, charts=(replace(LINE.charts[0], labels=days, series=(series,)),))
    rows = data_of(NUMBER, line, TABLE)
    assert rows[0] == (
        *("Section", "Block", "Source", "Metric", "Dimension 1", "Dimension 2", "Dimension 3", "Day"),
        *("Value", "Unit", "Period", "Compared value"),
    )
    none = (None, None, None)
    assert rows[1:4] == [
        ("Instagram", "Reach", "Instagram", "Reach", *none, None, 55645, None, "October 2026", 50000),
        ("Instagram", "Reach by day", "Instagram", "Reach", *none, date(2026, 10, 1), 1, None, "October 2026", 3),
        (
            "Instagram",
            "Reach by day",
            "Instagram",
            "Reach",
            *none,
            date(2026, 10, 2),
            None,
            None,
            "October 2026",
            4,
        ),
    ]
    websites = ("Instagram", "Where people clicked", "Instagram", "CTR", "Websites", None, None, None)
    assert (*websites, 0.04824165915238954, "share of 1", "October 2026", None) in rows
    assert len(rows) == 1 + 1 + 2 + 4


def test_dimensions_and_durations_of_the_data() -> None:
    """Days have their column, names of numbers stay text, a fourth name stands behind the third, times are numbers."""
    columns = (
        Column("date", "Day", "dimension", Unit(), ("2026-10-05",)),
        Column("a", "A", "dimension", Unit(), (2024,)),
        *(Column(name, name, "dimension", Unit(), (name,)) for name in "xyz"),
        Column("t", "Time", "metric", Unit("milliseconds"), (90_500,)),
    )
    table = Table(columns, ("current",), shown=1, of=1)
    _heading, row = data_of(replace(TABLE, tables=(table,)))
    assert row[4:10] == ("2024", "x", "y · z", date(2026, 10, 5), 90_500, "milliseconds")


def test_names_of_the_data_are_not_cut() -> None:
    """A column is as wide as its names while a page has room for all columns; longer names are set smaller.

    A cut would take their beginning in a sheet from right to left.
    """
    columns = Column("a", "A", "dimension", Unit(), ("x" * 200,)), Column("b", "x" * 200, "metric", COUNT, (1,))
    many = replace(TABLE, label="x" * 200, tables=(Table(columns, ("current",), shown=1, of=1),))
    short, long = (opened(report(block))["Data"] for block in (replace(LINE, label="x" * 36), many))
    assert short.column_dimensions["B"].width == 36 + 2
    assert sum(column.width for column in long.column_dimensions.values()) == room_of_a_page(12, "a4", FINE)
    assert (long["B2"].alignment.shrink_to_fit, long.page_setup.fitToWidth) == (True, 1)


def test_the_data_past_the_limit_of_a_sheet() -> None:
    """What does not fit is left out, and the notes say where it is."""
    made = report(LINE, TABLE)
    content = workbook_bytes(made, sheets_of(PrintedReport(made), most_rows=40))
    assert faults_of(content) == []
    book = load_workbook(BytesIO(content))
    assert (book["Data"].max_row, book["Data"].tables["Data"].ref) == (41, "A1:L41")
    notes = [str(cell.value) for row in book["Notes"].rows for cell in row]
    assert "Only the first 40 rows of the data stand on their sheet; the CSV files have all of them." in notes


def test_the_dictionary_explains_each_metric() -> None:
    """Meaning from the glossary, unit, field, name in formulas, whether it adds up, and the declared direction."""
    fallen = replace(NUMBER.readings[0], baseline=None, change=None, direction="up_is_good")
    glossed = replace(
        report(replace(NUMBER, readings=(fallen,)), LINE, TABLE), glossary=(("reach", "People who saw a post."),)
    )
    rows = list(opened(glossed)["Dictionary"].iter_rows(min_row=HEAD + 1, values_only=True))
    assert rows[0] == (
        *("Reach", "Instagram", "People who saw a post.", None, "reach", "kpi_reach", "no", "yes", "a rise"),
    )
    assert rows[-1][:5] == ("CTR", "Instagram", None, "share of 1", "ctr")


def test_names_of_sheets_are_known_without_their_cells() -> None:
    """The audit looks for the sheets that are made."""
    printed = PrintedReport(report(*FULL))
    assert names_of_sheets(printed) == tuple(sheet.name for sheet in sheets_of(printed))


@pytest.mark.parametrize("word", ["reportgen", "openpyxl"])
def test_the_file_names_no_tool(word: str) -> None:
    """Properties, comments, styles and cells name the agency and the client, and no program."""
    with ZipFile(BytesIO(written(report(*FULL)))) as packed:
        assert [name for name in packed.namelist() if word in packed.read(name).decode().casefold()] == []


def twice(block: Block, before: float) -> Block:
    """Return a number that is also compared with the October before."""
    (reading,) = block.readings
    change = Change.between(float(str(reading.value)), before, reading.unit, "up_is_good")
    return replace(block, readings=(replace(reading, further=(ComparedValue(YEAR_BEFORE, before, change=change),)),))


def test_a_second_comparison_has_columns_of_its_own() -> None:
    """Both are named by their days, and their changes, progress and computed numbers are formulas over their cells."""
    goal = Goal.of(8, Target("at_least", 10), elapsed=1, over_time="sum")
    sales = twice(replace(SALES, readings=(replace(SALES.readings[0], goal=goal),)), 4)
    cost = twice(number("cost", 12.5625, BRL, formula="spend / sales", before=15.0), 20.0)
    other = number("other", 5, before=4)
    whole = report(twice(SPEND, 80), sales, cost, other)
    book = opened(replace(whole, baselines=(*whole.baselines, YEAR_BEFORE)), results=False)
    rows = {row[1].value: [cell.value for cell in row[2:13]] for row in book["Summary"].iter_rows()}
    assert rows["Measure"][:7] == [
        *("Value", "Sep 2026", "Sep 2026 (change)", "Sep 2026 (change %)"),
        *("Oct 2025", "Oct 2025 (change)", "Oct 2025 (change %)"),
    ]
    at = next(row[0].row for row in book["Summary"].iter_rows() if row[1].value == "sales")
    assert rows["sales"][4:7] == [
        4,
        f"=C{at}-G{at}",
        f'=IF(OR(G{at}<=0,C{at}<0,C{at}>11*G{at}),"",(C{at}-G{at})/G{at})',
    ]
    assert rows["sales"][7:9] == [10, f"=C{at}/J{at}"]
    assert rows["cost"][4] == "=previous2_spend/previous2_sales"
    assert rows["other"][4:7] == [None, None, None]
    assert {"kpi_spend", "previous_spend", "previous2_spend"} <= set(book.defined_names)


def test_second_comparisons_of_other_days_are_not_named_by_days() -> None:
    """A heading names no days that a row beneath it has not."""
    (reading,) = SALES.readings
    own = replace(reading, further=(ComparedValue(reports.report().period, 3),))
    whole = report(twice(SPEND, 80), replace(SALES, readings=(own,)))
    book = opened(replace(whole, baselines=(*whole.baselines, YEAR_BEFORE)))
    (heading,) = (row for row in book["Summary"].iter_rows(values_only=True) if row[1] == "Measure")
    assert heading[6:8] == ("Previous 2", "Previous 2 (change)")


def test_data_has_a_column_for_second_comparisons() -> None:
    """Only where a number has one."""
    rows = data_of(twice(SPEND, 80), SALES)
    assert [row[11:] for row in rows] == [("Compared value", "Compared value 2"), (90, 80), (6, None)]
    assert len(data_of(SPEND)[0]) == 12


def test_goals_of_a_chart_stand_in_a_column_behind_its_data() -> None:
    """As numbers, and in words where one is a range; the chart is bound to the same cells as without them."""
    aimed = Goal.of(1, Target("at_least", 5), elapsed=1, over_time="sum")
    wide = Goal.of(1, Target("between", 2, 3), elapsed=1, over_time="sum")
    for goals, held in (((aimed, None), (5, None)), ((wide, aimed), ("2 to 3", "5"))):
        series = Series("reach", "Reach", COUNT, (1, 4), (3, 4), goals=goals)
        chart = replace(LINE.charts[0], labels=("2026-09-01", "2026-10-01"), series=(series,), bucket="month")
        sheet = opened(report(replace(LINE, charts=(chart,)))).worksheets[1]
        columns = list(sheet.iter_cols(min_row=HEAD, max_row=HEAD + 2, values_only=True))
        assert columns[-1] == ("Goal", *held)
        assert columns[1][1:] == (1, 4)
