"""The workbook, read back: right values and types, nothing lost, nothing run, the same bytes."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, datetime, timedelta
from decimal import Decimal
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET
from zipfile import ZipFile

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

from reportgen.errors import OutputError
from reportgen.formatting import excel_format, excel_value, format_value
from reportgen.model import RAW, Block, Change, Column, Goal, Reading, Series, Table, Target, ToneRule, Unit
from reportgen.outputs.printed import PrintedReport
from reportgen.outputs.text.block_states import REMARK_WORDS
from reportgen.outputs.workbook import render_workbook
from reportgen.outputs.workbook.excel_names import LONGEST_TEXT, legal_text, sheet_names
from reportgen.outputs.workbook.sheet_cells import change_cells
from reportgen.outputs.workbook.sheets import sheets_of
from tests.excel import as_excel_shows
from tests.outputs.reports import COUNT, FAILED, FULL, LINE, NO_DATA, NUMBER, PIE, TABLE, TEXT, report
from tests.outputs.workbook.reading import HEAD, opened

if TYPE_CHECKING:
    from openpyxl.cell.cell import Cell, MergedCell
    from openpyxl.worksheet.worksheet import Worksheet

    from reportgen.model import Value

BRL = Unit("currency", "BRL")
ROOT = Path(__file__).parents[3]
UNITS = (
    Column("post", "Post", "dimension", RAW, ("A", "B", "C")),
    Column("day", "Day", "dimension", Unit("date"), ("2026-10-01", "2026-10-02", "not a day")),
    Column("reach", "Reach", "metric", COUNT, (0, 1234567, None), baseline=(5, None, 7)),
    Column("rate", "Rate", "metric", Unit("percent"), (0.1, 0.04824165915238954, None)),
    Column("rate100", "Rate 100", "metric", Unit("percent_100"), (4.8, 0, None)),
    Column("spend", "Spend", "metric", BRL, (1234.565, -5, None)),
    Column("watch", "Watch", "metric", Unit("milliseconds"), (90500, 0, None)),
    Column("raw", "Raw", "metric", RAW, (0.0482, 12, "text")),
)
WIDE = Block("wide", "datatable", "Wide", tables=(Table(UNITS, shown=1, of=3),))


def with_values(*values: Value, unit: Unit = RAW, links: tuple[str | None, ...] = ()) -> Block:
    """Return a table of one column."""
    column = Column("x", "X", "dimension", unit, values, links=links)
    return Block("x", "datatable", "Rows", tables=(Table((column,)),))


def only_cell(value: Value, unit: Unit = RAW, link: str | None = None) -> Cell | MergedCell:
    """Return the one cell of a table that holds a value."""
    sheet = opened(report(with_values(value, unit=unit, links=(link,) if link else ())))["Rows"]
    return next(cell for row in sheet.iter_rows(min_row=HEAD + 1) for cell in row)


def plain(value: object) -> object:
    """Return a day for a moment and a fraction of a day for a duration, as Excel holds them."""
    if isinstance(value, datetime):
        return value.date()
    return value / timedelta(days=1) if isinstance(value, timedelta) else value


def row_of(sheet: Worksheet, text: str) -> list[object]:
    """Return the values of the row in which a cell holds a text."""
    return next([cell.value for cell in row] for row in sheet.iter_rows() if text in [cell.value for cell in row])


def test_name_of_the_file() -> None:
    """One .xlsx is made, named by client, spec and period."""
    assert [artifact.name for artifact in render_workbook(PrintedReport(report(*FULL)))] == [
        "padaria-aurora-instagram-2026-10.xlsx"
    ]


def test_order_of_the_sheets() -> None:
    """Summary, tables and charts as in the report, notes; a sparkline has no sheet, a failed block neither."""
    assert opened(report(*FULL)).sheetnames == [
        "Summary",
        "Reach by day",
        "Followers by gender",
        "Where people clicked",
        "Data",
        "Dictionary",
        "Notes",
    ]


def test_every_cell_of_a_table() -> None:
    """Each cell is the report's value as Excel holds it, all rows whatever the page shows."""
    rows = list(opened(report(WIDE))["Wide"].iter_rows(min_row=HEAD + 1, values_only=True))
    flat = [(column.values, column.unit) for column in UNITS]
    compared = UNITS[2]
    moved = [compared.change(now, then) for now, then in zip(compared.values, compared.baseline, strict=True)]
    flat[3:3] = [
        (compared.baseline, COUNT),
        (tuple(one.absolute if one else None for one in moved), COUNT),
        (tuple(one.relative if one else None for one in moved), Unit("percent")),
    ]
    expected = [tuple(excel_value(values[row], unit) for values, unit in flat) for row in range(3)]
    assert [tuple(map(plain, row)) for row in rows] == expected


def test_types_of_cells() -> None:
    """Numbers are numbers, days and durations are Excel's own, words are words."""
    types = [[cell.data_type for cell in row] for row in opened(report(WIDE))["Wide"].iter_rows(min_row=HEAD + 1)]
    assert types == [list("sdnnnnnnndn"), list("sdnnnnnnndn"), list("ssnnnnnnnns")]


def test_number_formats_of_a_table() -> None:
    """A cell's format is the one its unit gives in the report's locale; changes have their sign."""
    sheet = opened(report(WIDE, locale="pt-BR"))["Wide"]
    plain = [excel_format(column.values[0], column.unit, "pt-BR") for column in UNITS]
    plain[3:3] = [plain[2], "+#,##0;-#,##0;#,##0", "+#,##0.0%;-#,##0.0%;#,##0.0%"]
    assert [cell.number_format for cell in sheet[HEAD + 1]] == plain


@pytest.mark.parametrize("locale", ["en", "pt-BR", "de", "fr", "ja"])
@pytest.mark.parametrize(
    ("value", "unit"),
    [
        (55645, COUNT),
        (-7, COUNT),
        (0, COUNT),
        (0.04825, Unit("percent")),
        (1.5, Unit("percent", decimals=0)),
        (4.85, Unit("percent_100")),
        (1234.565, BRL),
        (-0.5, Unit("currency", "EUR")),
        (1234567, Unit("currency", "JPY")),
        (3.14159, Unit("decimal")),
    ],
)
def test_displayed_as_on_the_page(value: float, unit: Unit, locale: str) -> None:
    """What Excel prints from value and format is what the page prints."""
    cell = opened(report(with_values(value, unit=unit), locale=locale))["Rows"]["A5"]
    assert isinstance(cell.value, int | float)
    shown = as_excel_shows(Decimal(repr(cell.value)), cell.number_format, locale)
    assert shown.replace("-", "\N{MINUS SIGN}") == format_value(value, unit, locale)


def test_missing_is_blank() -> None:
    """A missing value is no zero and no text, and its heading says what a blank is; a zero stays."""
    sheet = opened(report(WIDE))["Wide"]
    assert (sheet["C7"].value, sheet["C5"].value) == (None, 0)
    assert sheet["C4"].comment is not None
    assert "not zero" in sheet["C4"].comment.text
    assert sheet["A4"].comment is None


def test_compared_values_stand_beside() -> None:
    """A compared column follows its current one."""
    assert [cell.value for cell in opened(report(WIDE))["Wide"][HEAD]][2:4] == ["Reach", "Reach (previous)"]


def test_total_row() -> None:
    """The API's total is the last row, set apart by a line and weight."""
    last = opened(report(TABLE))["Where people clicked"][7]
    assert [cell.value for cell in last] == ["Total", 430, 0.048467087466185756]
    assert all(cell.font.b and cell.border.top.style for cell in last)


def test_chart_data() -> None:
    """A chart's points are days and numbers, a gap stays blank, compared values have their own days."""
    series = Series("a", "A", COUNT, (1, None), baseline=(3, 4, 5))
    chart = replace(
        LINE.charts[0],
        labels=("2026-10-01", "2026-10-02"),
        series=(series,),
        baseline_labels=("2026-09-01", "2026-09-02", "2026-09-03"),
    )
    sheet = opened(report(replace(LINE, charts=(chart,))))["Reach by day"]
    assert [tuple(map(plain, row)) for row in sheet.iter_rows(min_row=HEAD, values_only=True)] == [
        ("Date", "Date (previous)", "A", "A (previous)", "A (change)", "A (change %)"),
        (date(2026, 10, 1), date(2026, 9, 1), 1, 3, -2, -2 / 3),
        (date(2026, 10, 2), date(2026, 9, 2), None, 4, None, None),
        (None, date(2026, 9, 3), None, 5, None, None),
    ]


def test_summary_of_a_number() -> None:
    """A number stands with its previous value, both changes and its state."""
    row = row_of(opened(report(NUMBER))["Summary"], "Reach")
    assert row == ["Instagram", "Reach", 55645, 50000, 5645, 0.1129, "OK"]


@pytest.mark.parametrize(
    ("target", "elapsed", "cells"),
    [
        (Target("at_most", 50_000), 1, [50_000, 55_645 / 50_000, "over the limit"]),
        (Target("progress", 50_000), 1, [50_000, 55_645 / 50_000, None]),
        (Target("between", 50_000, 60_000), 1, ["50,000 to 60,000", None, "reached"]),
        (Target("about", 40_000), 1, ["about 40,000", 55_645 / 40_000, "missed"]),
        (Target("at_least", -5), 1, [-5, None, "reached"]),
        (Target("at_least", 100_000), 0.5, [100_000, 55_645 / 100_000, "on course"]),
    ],
)
def test_summary_of_a_goal(target: Target, elapsed: float, cells: list[object]) -> None:
    """A goal stands with the progress to it, where it has a percentage, and with its verdict."""
    (reading,) = NUMBER.readings
    goal = Goal.of(55_645, target, elapsed=elapsed, over_time="sum")
    block = replace(NUMBER, readings=(replace(reading, goal=goal),))
    assert row_of(opened(report(block))["Summary"], "Reach")[6:9] == cells


@pytest.mark.parametrize(("block", "state"), [(FAILED, "Not read"), (NO_DATA, "No data")])
def test_summary_of_a_missing_number(block: Block, state: str) -> None:
    """A missing number is blank in every column and says why in words."""
    assert row_of(opened(report(block))["Summary"], block.label)[2:] == [None, None, None, None, state]


def test_summary_of_a_number_that_only_a_list_shows() -> None:
    """A zero divisor is told from missing data, and the remarks on it stand in the notes under its name."""
    undefined = Reading("", COUNT, missing="no_data", label="Cost per lead", remarks=("zero_divisor", "own_period"))
    book = opened(report(Block("list", "metric_list", "In short", readings=(undefined,))))
    assert row_of(book["Summary"], "Cost per lead")[-1] == "Not defined"
    assert row_of(book["Notes"], "Cost per lead")[1:] == ["Cost per lead", REMARK_WORDS["own_period"]]


def test_summary_of_a_missing_baseline() -> None:
    """Where only the compared value is missing, the state says so and the value stays."""
    block = replace(NUMBER, readings=(Reading("reach", COUNT, 5, baseline_missing="no_data"),))
    row = row_of(opened(report(block))["Summary"], "Reach")
    assert (row[2], row[-1]) == (5, "Previous: no data")


def test_change_of_a_rate() -> None:
    """A rate moves in percentage points and has no percentage."""
    unit = Unit("percent")
    change = Change.between(0.5, 0.25, unit, "up_is_good")
    block = replace(NUMBER, readings=(Reading("r", unit, 0.5, baseline=0.25, change=change),))
    sheet = opened(report(block))["Summary"]
    cells = next(row for row in sheet.iter_rows() if row[1].value == "Reach")
    assert cells[4].value == 25
    assert cells[5].value is None
    assert cells[4].number_format.startswith('"▲ "+#,##0.0"\N{NO-BREAK SPACE}pp";"▼ "-')


@pytest.mark.parametrize(("direction", "color"), [("up_is_good", "1B6B43"), ("down_is_good", "AB3127")])
def test_color_of_a_change(direction: str, color: str) -> None:
    """Good and bad news have the theme's colours."""
    change = Change.between(2, 1, COUNT, "up_is_good" if direction == "up_is_good" else "down_is_good")
    block = replace(NUMBER, readings=(Reading("r", COUNT, 2, baseline=1, change=change),))
    cells = next(row for row in opened(report(block))["Summary"].iter_rows() if row[1].value == "Reach")
    assert cells[4].font.color is not None
    assert str(cells[4].font.color.rgb).endswith(color)


def test_periods_of_the_summary() -> None:
    """Both periods have typed first and last days and their number of days."""
    sheet = opened(report())["Summary"]
    days = [[plain(value) for value in row_of(sheet, name)[1:5]] for name in ("Period", "Compared with")]
    assert days == [
        ["October 2026", date(2026, 10, 1), date(2026, 10, 31), 31],
        ["September 2026", date(2026, 9, 1), date(2026, 9, 30), 30],
    ]


def test_notes_name_what_is_missing() -> None:
    """What could not be read is named in the client's words; the reason for staff is not there."""
    made = report(FAILED, replace(TEXT, notes=("A note.",)), verdict="degraded")
    text = "\n".join(str(value) for row in opened(made)["Notes"].values for value in row if value)
    for expected in ("Profile views", "Could not be read this time.", "A note.", "America/Sao_Paulo", "• one"):
        assert expected in text
    assert "invalid_metrics_combination" not in text
    assert "**" not in text


@pytest.mark.parametrize(
    "text",
    ['=HYPERLINK("http://x","y")', "+1", "-1+1", "@SUM(A1)", "\t=1", "\N{FULLWIDTH EQUALS SIGN}1", "=", "'=1"],
)
def test_formulas_stay_text(text: str) -> None:
    """X01: text that begins like a formula is text and whole, also after it was edited."""
    cell = only_cell(text)
    assert (cell.value, cell.data_type) == (text, "s")
    assert bool(cell.quotePrefix) is not text.startswith("'")


@pytest.mark.parametrize("text", ["#N/A", "#REF!", "TRUE", "00123", "1e5"])
def test_words_stay_words(text: str) -> None:
    """X02: text that reads like an error, a truth value or a number stays text."""
    cell = only_cell(text)
    assert (cell.value, cell.data_type) == (text, "s")


def test_formula_in_every_other_place() -> None:
    """X01: titles, headings, labels and notes are text as well."""
    evil = "=1+1"
    table = Table((Column("x", evil, "dimension", RAW, (evil,)),), total=(evil,))
    block = replace(NUMBER, label=evil, tables=(table,), notes=(evil,), prose=evil)
    made = replace(report(block), title=evil, timezone=evil)
    cells = [cell for sheet in opened(made) for row in sheet.iter_rows() for cell in row if cell.value == evil]
    assert len(cells) == 16
    assert {(cell.data_type, bool(cell.quotePrefix)) for cell in cells} == {("s", True)}


@pytest.mark.parametrize("text", ["=1+1", "-1", "\N{FULLWIDTH COMMERCIAL AT}x", "1-1", "'=1", "a=1"])
def test_formulas_stay_text_in_the_data(text: str) -> None:
    """X01: a name on the sheet of data stays text when its cell is edited, as it does on the sheet of its table."""
    table = Table(
        (Column("x", "X", "dimension", RAW, (text, "b")), Column("n", "N", "metric", COUNT, (1, -2))), shown=2, of=2
    )
    rows = [*opened(report(replace(TABLE, tables=(table,))))["Data"].iter_rows(min_row=2)]
    named, other = (row[4] for row in rows)
    assert (named.value, named.data_type, bool(named.quotePrefix)) == (text, "s", text[0] not in "1'a")
    assert (other.value, bool(other.quotePrefix)) == ("b", False)
    assert [bool(row[8].quotePrefix) for row in rows] == [False, False]


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("a\x00\x0b\x1fb", "ab"),
        ("a\ud800b\ufffe\uffff", "ab"),
        ("a\r\nb\rc", "a\nb\nc"),
        ("_x000D_", "_x000D_"),
        (" <b>&amp; ]]> ", " <b>&amp; ]]> "),
        ("\N{BREAD}é漢", "\N{BREAD}é漢"),
    ],
)
def test_characters_that_a_file_cannot_hold(text: str, kept: str) -> None:
    """X06: they are taken out or escaped, and nothing else changes."""
    assert only_cell(text).value == kept


def test_text_that_is_too_long() -> None:
    """X05: it is cut to what a cell holds, and the cut shows."""
    cell = only_cell("\N{BREAD}" * 20_000)
    assert isinstance(cell.value, str)
    assert len(cell.value.encode("utf-16-le")) // 2 <= LONGEST_TEXT
    assert cell.value.endswith("\N{BREAD}…")


def test_a_cut_text_is_a_caution() -> None:
    """X05: staff is told of which block a text was cut, and nothing is told where all is whole."""
    (whole,) = render_workbook(PrintedReport(report(with_values("x" * LONGEST_TEXT))))
    (cut,) = render_workbook(PrintedReport(report(with_values("x" * (LONGEST_TEXT + 1)))))
    assert whole.cautions == ()
    assert [(one.code, one.block) for one in cut.cautions] == [("W-CELL", "x")]


@given(st.text(st.characters()))
def test_legal_text_is_xml(text: str) -> None:
    """X06: any text can be written into XML and read back equal."""
    legal = legal_text(text)
    element = ET.Element("t")
    element.text = legal
    assert (ET.fromstring(ET.tostring(element)).text or "") == legal  # noqa: S314 - made on the line above


@pytest.mark.parametrize("value", [float("nan"), float("inf"), float("-inf"), None])
def test_no_number_is_blank(value: float | None) -> None:
    """X07: what is no number is a blank cell."""
    assert only_cell(value, COUNT).value is None


@pytest.mark.parametrize(
    ("value", "unit", "text"),
    [
        (17900000000000001, RAW, "17900000000000001"),
        (2**63 + 1, COUNT, str(2**63 + 1)),
        ("1899-12-31", Unit("date"), "Dec 31, 1899"),
        (-12, Unit("seconds"), "\N{MINUS SIGN}12s"),
    ],
)
def test_numbers_that_excel_cannot_hold(value: Value, unit: Unit, text: str) -> None:
    """X07: an integer past 15 digits, a day before 1900, a negative duration are text, and whole."""
    cell = only_cell(value, unit)
    assert (cell.value, cell.data_type) == (text, "s")


@pytest.mark.parametrize("value", [999_999_999_999_999, 1e308, 1e-320, -0.1, 0.1 + 0.2, 0.048467087466185756])
def test_numbers_are_exact(value: float) -> None:
    """A number comes back as the same number, to its last bit."""
    assert only_cell(value).value == value


@pytest.mark.parametrize(
    ("link", "kept"),
    [
        ("https://example.com/p?a=1&b=2", "https://example.com/p?a=1&b=2"),
        ("HTTP://example.com", "http://example.com"),
        (
            "https://café.example/ação/a b?q=é&r=1%2F2#c d",
            "https://xn--caf-dma.example/a%C3%A7%C3%A3o/a%20b?q=%C3%A9&r=1%2F2#c%20d",
        ),
        ("https://example.com/100%?a=50%", "https://example.com/100%25?a=50%25"),
        ("https://example.com:8443/a", "https://example.com:8443/a"),
        ("https://[2001:db8::1]/a", "https://[2001:db8::1]/a"),
        ("https://example.com:99999/a", None),
        ("https://example.com:a/", None),
        ("https://example.com:0/", None),
        ("https://[::1/", None),
        ("https://a..b/", None),
        ("https:///a", None),
        ("https://exa mple.com/", None),
        ("https://user:secret@example.com/", None),
        ("https://" + "a" * 64 + ".example/", None),
        ("javascript:alert(1)", None),
        ("file:///etc/passwd", None),
        ("https://example.com/" + "a" * 2059, "https://example.com/" + "a" * 2059),
        ("https://example.com/" + "a" * 2060, None),
        ("https://example.com/" + "é" * 400, None),
        ("https://example.com/\x00", None),
    ],
)
def test_links(link: str, kept: str | None) -> None:
    """Addresses of the web are encoded as Excel takes them, and others lead nowhere; the text stays either way."""
    cell = only_cell("Post", link=link)
    assert cell.value == "Post"
    assert (cell.hyperlink.target if cell.hyperlink else None) == kept


@given(st.lists(st.text(st.characters()) | st.sampled_from(["History", "notes", "SUMMARY", "a" * 40, "'", "a/b"])))
def test_sheet_names(labels: list[str]) -> None:
    """X03: any labels give names that Excel accepts, one each."""
    names = sheet_names(labels)
    assert len(names) == len(labels)
    assert len({name.casefold() for name in names} | {"history"}) == len(names) + 1
    for name in names:
        assert 1 <= len(name.encode("utf-16-le")) // 2 <= 31
        assert not re.search(r"[\[\]:*?/\\\x00-\x1f\ud800-\udfff\ufffe\uffff]|^'|'$|^ | $", name)


def test_sheet_names_of_equal_labels() -> None:
    """X03: equal names, names of the fixed sheets and overlong ones are told apart by a number."""
    labels = ["Summary", "summary", "History", "a" * 40, "a" * 40, "", "Clicks / views?"]
    expected = ("Summary", "summary (2)", "History (2)", "a" * 30 + "…", "a" * 26 + "… (2)", "Sheet", "Clicks views")
    assert sheet_names(labels) == expected


def test_rows_past_the_limit() -> None:
    """X04: rows that one sheet cannot hold follow on the next, and the total stands under the last."""
    table = Table((Column("n", "N", "metric", COUNT, (1, 2, 3, 4, 5)),), total=(15,))
    sheets = sheets_of(PrintedReport(report(Block("n", "datatable", "N", tables=(table,)))), most_rows=2)[1:4]
    assert [(sheet.name, [row[0].value for row in list(sheet.rows)[HEAD - 1 :]]) for sheet in sheets] == [
        ("N", ["N", 1, 2]),
        ("N (2)", ["N", 3, 4]),
        ("N (3)", ["N", 5, 15]),
    ]


def test_columns_past_the_limit() -> None:
    """X04: a table that is too wide for a sheet is refused, not cut."""
    table = Table(tuple(Column(f"c{index}", "C", "metric") for index in range(16_385)))
    with pytest.raises(OutputError, match="16,384"):
        sheets_of(PrintedReport(report(Block("n", "datatable", "N", tables=(table,)))))


@pytest.mark.parametrize("blocks", [(), (TEXT,), (replace(TABLE, tables=(Table(()),)),), (replace(PIE, charts=()),)])
def test_reports_without_content(blocks: tuple[Block, ...]) -> None:
    """A report without a number, a table or a column still makes a workbook with its own sheets."""
    names = opened(report(*blocks)).sheetnames
    assert (names[0], *names[-2:]) == ("Summary", "Dictionary", "Notes")


def test_every_part_is_well_formed() -> None:
    """X06: every XML part parses, with hostile text in every place."""
    evil = "</t>&<![CDATA[\x00\ud800]]>\"'\N{BREAD}"
    column = Column("x", evil, "dimension", RAW, (evil, None), links=("https://e.example/?a=<&>", None))
    block = replace(NUMBER, label=evil, tables=(Table((column,)),), notes=(evil,), prose=evil)
    made = replace(report(block), title=evil, agency=replace(report().agency, name=evil))
    (artifact,) = render_workbook(PrintedReport(made))
    with ZipFile(BytesIO(artifact.content)) as archive:
        for name in archive.namelist():
            ET.fromstring(archive.read(name))  # noqa: S314 - our own file


def test_print_set_up() -> None:
    """A sheet prints on A4, as wide as the page, its heading on each; a wide one lies on its side."""
    book = opened(report(WIDE, TABLE))
    wide, narrow = book["Wide"], book["Where people clicked"]
    assert (wide.page_setup.orientation, narrow.page_setup.orientation) == ("landscape", "portrait")
    assert (wide.page_setup.paperSize, wide.page_setup.fitToWidth, wide.page_setup.fitToHeight) == (9, 1, 1)
    assert (wide.freeze_panes, wide.print_title_rows) == ("B5", "$4:$4")


def test_no_clock_in_the_file() -> None:
    """The file is dated by the report, and names nobody but the agency."""
    (artifact,) = render_workbook(PrintedReport(report(*FULL)))
    properties = load_workbook(BytesIO(artifact.content)).properties
    assert properties.created is not None
    assert properties.modified is not None
    assert {properties.created.date(), properties.modified.date()} == {date(2026, 11, 1)}
    assert (properties.creator, properties.lastModifiedBy) == ("Studio Norte", None)
    with ZipFile(BytesIO(artifact.content)) as archive:
        assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_texts_of_an_arabic_sheet_begin_at_the_right() -> None:
    """Texts and figures are aligned to the right: texts begin there, figures line up by their last digit."""
    cells = opened(report(WIDE, locale="ar"))["Wide"][HEAD + 1]
    assert {cell.alignment.horizontal for cell in cells} == {"right"}


@pytest.mark.parametrize(("locale", "turned", "arrow"), [("ar", True, "→"), ("he", True, "→"), ("ja", False, "←")])
def test_every_sheet_runs_as_its_language_does(locale: str, turned: bool, arrow: str) -> None:  # noqa: FBT001 - a table
    """The first column is at the right in Arabic and Hebrew, and the way back points to where the summary is."""
    book = opened(report(*FULL, locale=locale))
    assert {sheet.sheet_view.rightToLeft for sheet in book.worksheets} == {turned}
    assert str(book.worksheets[1]["A3"].value).startswith(arrow)


@pytest.mark.parametrize("locale", ["en", "nl", "ar", "de-CH"])
def test_a_change_of_an_amount_has_three_sections(locale: str) -> None:
    """Excel takes at most one format each for plus, minus and zero, also where the minus has a place of its own."""
    change = Change.between(-5.0, 10.0, Unit("currency", "EUR"), "neutral")
    absolute, _ = change_cells(change, Unit("currency", "EUR"), locale)
    plus, minus, _zero = absolute.format.split(";")
    assert plus.startswith("+")
    assert "-" in minus
    assert "--" not in minus.replace('"', "")


def test_the_format_of_a_change_has_no_condition_however_small_it_is() -> None:
    """Excel takes two conditions at most, and nothing before them; a bound of the page has two."""
    change = Change.between(10**15 + 1, 10**15, Unit("count"), "up_is_good")
    absolute, relative = change_cells(change, Unit("count"), "en")
    assert (absolute.format, relative.format) == (
        '"▲ "+#,##0;"▼ "-#,##0;#,##0',
        '"▲ "+#,##0.0%;"▼ "-#,##0.0%;#,##0.0%',
    )


def test_rows_are_an_excel_table() -> None:
    """Rows can be filtered and sorted; the total is none of them, and headings are those of the cells."""
    sheet = opened(report(TABLE))["Where people clicked"]
    (table,) = sheet.tables.values()
    assert table.ref == "A4:C6"
    assert sheet["A7"].value == "Total"
    assert [column.name for column in table.tableColumns] == [cell.value for cell in sheet[HEAD]]
    assert re.fullmatch(r"[A-Za-z]\w*", table.displayName)


def test_headings_of_a_table_are_legal() -> None:
    """Equal, blank and broken headings are told apart, because Excel repairs a file whose table has twins."""
    labels = ("Clicks", "clicks", "", "Cost\nper click", "")
    columns = tuple(Column(f"c{at}", label, "metric", COUNT, (1,)) for at, label in enumerate(labels))
    sheet = opened(report(replace(TABLE, tables=(Table(columns, shown=1, of=1),))))["Where people clicked"]
    (table,) = sheet.tables.values()
    names = [cell.value for cell in sheet[HEAD]]
    assert names == ["Clicks", "clicks (2)", "#3", "Cost per click", "#5"]
    assert [column.name for column in table.tableColumns] == names


def test_names_of_tables_differ() -> None:
    """Sheets whose names have the same letters get tables of different names."""
    book = opened(report(TABLE, replace(TABLE, name="other", label="Where people clicked?")))
    names = [table.displayName.casefold() for sheet in book for table in sheet.tables.values()]
    assert len(names) == len(set(names)) == 4  # the data and the dictionary too


def test_numbers_have_names() -> None:
    """A formula of the analyst finds a number and what it is compared with by the block's name."""
    book = opened(report(NUMBER))
    for name, value in (("kpi_reach", 55645), ("previous_reach", 50000)):
        ((sheet, cell),) = book.defined_names[name].destinations
        assert (sheet, book[sheet][cell].value) == ("Summary", value)


def test_changes_within_the_neutral_band_have_no_colour() -> None:
    """The band is a share of the previous value, for rates and differences too, as it is on the page."""
    columns = (
        Column("a", "A", "dimension", RAW, ("x", "y")),
        Column("r", "R", "metric", Unit("percent"), (0.5, 0.3), (0.4, 0.3), direction="up_is_good", band=0.02),
        Column("b", "B", "metric", COUNT, (5, 3), (4, 4), direction="up_is_good", band=0.02),
    )
    table = Table(columns, ("both",) * 2, shown=2, of=2)
    sheet = opened(report(replace(TABLE, tables=(table,))))["Where people clicked"]
    assert {str(area.sqref): area.rules[0].formula for area in sheet.conditional_formatting} == {
        "D5:D6": ["AND(ISNUMBER(D5),D5>0,ABS(B5-C5)>=0.02*ABS(C5))"],
        "G5:G6": ["AND(ISNUMBER(G5),G5>0,ABS(E5-F5)>=0.02*ABS(F5))"],
        "H5:H6": ["AND(ISNUMBER(H5),H5>0,ABS(E5-F5)>=0.02*ABS(F5))"],
    }


def test_a_value_beside_a_limit_has_the_digits_of_the_page() -> None:
    """5.0% without the sign of "at least 5%" would contradict itself."""
    rules = (ToneRule("good", ">=", 0.05),)
    columns = (
        Column("a", "A", "dimension", RAW, ("x", "y")),
        Column("b", "B", "metric", Unit("percent"), (0.0496, 0.05), tones=rules),
    )
    sheet = opened(report(replace(TABLE, tables=(Table(columns, ("both",) * 2, shown=2, of=2),))))[
        "Where people clicked"
    ]
    assert [sheet[cell].number_format for cell in ("B5", "B6")] == ["#,##0.00%", '"✓ "#,##0.0%']


def test_cells_are_marked_by_their_values() -> None:
    """Bars where the author wants some, limits in the scale of the cells, changes by their direction."""
    columns = (
        Column("a", "A", "dimension", RAW, ("x", "y")),
        Column("b", "B", "metric", COUNT, (5, 3), (4, 4), direction="down_is_good", bar=True),
        Column("c", "C", "metric", Unit("minutes"), (5, 3), tones=(ToneRule("warn", ">=", 4.0),)),
    )
    table = Table(columns, ("both",) * 2, shown=2, of=2)
    sheet = opened(report(replace(TABLE, tables=(table,))))["Where people clicked"]
    marks = {str(area.sqref): area.rules for area in sheet.conditional_formatting}
    assert {area: [rule.type for rule in rules] for area, rules in marks.items()} == {
        "B5:B6": ["dataBar"],
        "D5:D6": ["expression", "expression"],
        "E5:E6": ["expression", "expression"],
        "F5:F6": ["cellIs"],
    }
    risen, fallen = marks["D5:D6"]
    colors = report().theme.colors
    assert risen.formula == ["AND(ISNUMBER(D5),D5>0,ABS(B5-C5)>=0*ABS(C5))"]
    assert fallen.formula == ["AND(ISNUMBER(D5),D5<0,ABS(B5-C5)>=0*ABS(C5))"]
    assert (risen.dxf.font.color.rgb[2:], fallen.dxf.font.color.rgb[2:]) == (colors["bad"][1:], colors["good"][1:])
    assert float(marks["F5:F6"][0].formula[0]) == pytest.approx(4 / 60 / 24)


def test_a_long_text_is_whole_with_its_lines() -> None:
    """A cell has every line of a caption, also of one that is a link; its row is no higher than ten lines."""
    caption = "Win a basket!\n\n1. Follow us\n2. Like this post" + " and bread" * 90
    rows = (caption, "Short")
    names = Column("media", "Post", "dimension", RAW, rows, links=("https://x.example/1", None), lines=3)
    tables = (Table((names, Column("reach", "Reach", "metric", COUNT, (2, 1))), shown=2, of=2),)
    sheet = opened(report(replace(TABLE, tables=tables))).worksheets[1]
    cell = sheet.cell(HEAD + 1, 1)
    assert (cell.value, cell.alignment.wrap_text) == (caption, True)
    assert sheet.row_dimensions[HEAD + 1].height == 150
    free = replace(names, lines=None)
    tables = (Table((free, Column("reach", "Reach", "metric", COUNT, (2, 1))), shown=2, of=2),)
    assert (opened(report(replace(TABLE, tables=tables))).worksheets[1].row_dimensions[HEAD + 1].height or 0) > 200
