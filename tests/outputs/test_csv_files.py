"""Tables as CSV: whole, plain and safe to open."""

from __future__ import annotations

import csv
import io
import tracemalloc
from dataclasses import replace

import pytest

from reportgen.model import Column, Table, Unit, Value
from reportgen.outputs import FORMATS
from reportgen.outputs.csv_files import render_csv
from reportgen.outputs.printed import PrintedReport
from reportgen.report_rendering import finish
from tests.outputs.reports import COMPARED_TABLE, COUNT, LONG_TABLE, NUMBER, TABLE, report


def read(content: bytes, separator: str = ",") -> list[list[str]]:
    """Return the cells of a CSV file."""
    return list(csv.reader(io.StringIO(content.decode("utf-8"), newline=""), delimiter=separator))


def test_a_file_for_each_table() -> None:
    """All rows of each table, whatever the page shows, under the headings of the workbook."""
    short, long = render_csv(PrintedReport(report(TABLE, LONG_TABLE)))
    assert short.name.endswith("-clicks.csv")
    assert read(short.content)[0] == ["Link", "Clicks", "CTR [share of 1]"]
    assert len(read(long.content)) == 1 + len(LONG_TABLE.tables[0].columns[0].values)


def test_values_are_plain() -> None:
    """Numbers have a point and every digit, in any locale; what is missing is empty; the total is left out."""
    column = Column("n", "N", "metric", COUNT, (1234567, -0.1, None))
    table = Table(
        (Column("d", "Day", "dimension", Unit("date"), ("2026-10-01", "2026-10-02", "x")), column), shown=3, of=3
    )
    block = replace(TABLE, tables=(replace(table, total=("Total", 9)),))
    (file,) = render_csv(PrintedReport(report(block, locale="pt-BR")))
    assert read(file.content)[1:] == [["2026-10-01", "1234567"], ["2026-10-02", "-0.1"], ["x", ""]]


def test_a_large_file_is_in_memory_once() -> None:
    """The file itself, and neither its text nor its cells beside it."""
    rows = 20_000
    columns = tuple(Column(f"c{at}", f"C{at}", "metric", COUNT, tuple(range(at, at + rows))) for at in range(5))
    printed = PrintedReport(report(replace(TABLE, tables=(Table(columns, shown=1, of=rows),))))
    tracemalloc.start()
    (file,) = render_csv(printed)
    _now, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 1.5 * len(file.content)


def test_compared_values_and_changes_stand_beside() -> None:
    """As in the workbook."""
    (file,) = render_csv(PrintedReport(report(COMPARED_TABLE)))
    assert any("(previous)" in name for name in read(file.content)[0])
    assert any("(change)" in name for name in read(file.content)[0])


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@x", "\t=1", "\n=1", "\N{FULLWIDTH EQUALS SIGN}1"])
def test_formulas_are_defused(text: str) -> None:
    """X01: what a spreadsheet would take for a formula is text, whole behind an apostrophe; headings too."""
    column = Column("d", f"{text.strip()}", "dimension", Unit("text"), (text, 'a, "b"\r\nc'))
    (file,) = render_csv(PrintedReport(report(replace(TABLE, tables=(Table((column,), shown=2, of=2),)))))
    assert read(file.content) == [[f"'{text.strip()}"], [f"'{text}"], ['a, "b"\nc']]


@pytest.mark.parametrize("form", ["csv", "csv-excel"])
@pytest.mark.parametrize("text", ["a;=1+1;@x", "a\t=1+1", "a,=1+1", "a\n=1+1", 'a";=1+1', "=1;=2"])
def test_no_part_of_a_text_becomes_a_cell(form: str, text: str) -> None:
    """X01: a program that splits at another separator takes a text for a single cell all the same."""
    column = Column("d", text, "dimension", Unit("text"), (text, "b"))
    (file,) = FORMATS[form].render(PrintedReport(report(replace(TABLE, tables=(Table((column,), shown=2, of=2),)))))
    for separator in ",;\t":
        held, last = read(file.content.removeprefix(b"\xef\xbb\xbf"), separator)[1:]
        assert [held, last] == [[f"'{text}" if text.startswith("=") else text], ["b"]]


def test_only_what_needs_quotes_has_them() -> None:
    """Numbers with a decimal comma have none, and an empty line is told from none."""
    columns = (
        Column("d", "D", "dimension", Unit("text"), ('say "x"', "a; b", "c", None)),
        Column("n", "N", "metric", COUNT, (0.5, 1, None, -2)),
    )
    table = Table(columns, shown=4, of=4)
    (file,) = FORMATS["csv-excel"].render(PrintedReport(report(replace(TABLE, tables=(table,)), locale="de")))
    assert file.content.decode("utf-8-sig") == 'D;N\r\n"say ""x""";0,5\r\n"a; b";1\r\nc;\r\n;-2\r\n'
    alone = replace(table, columns=columns[:1])
    (file,) = render_csv(PrintedReport(report(replace(TABLE, tables=(alone,)))))
    assert file.content.decode().endswith('\r\nc\r\n""\r\n')


@pytest.mark.parametrize(
    ("locale", "row"),
    [
        ("en", "Email,2,0.5"),
        ("ja", "Email,2,0.5"),
        ("pt-BR", "Email;2;0,5"),
        ("es", "Email;2;0,5"),
        ("de", "Email;2;0,5"),
        ("fr", "Email;2;0,5"),
        ("es-MX", "Email,2,0.5"),
        ("he", "Email,2,0.5"),
        ("ar", "Email;2;0.5"),
        ("fa", "Email;2;0.5"),
        ("de-CH", "Email;2;0.5"),
    ],
)
def test_excel_opens_a_file_in_the_locale(locale: str, row: str) -> None:
    """Behind the mark of UTF-8 stand the separator and the decimal sign that Excel expects there, and no `sep=`."""
    (table,) = TABLE.tables
    link, count, rate = table.columns
    made = replace(table, columns=(link, count, replace(rate, values=(-1.25, 0.5))))
    (file,) = FORMATS["csv-excel"].render(PrintedReport(report(replace(TABLE, tables=(made,)), locale=locale)))
    lines = file.content.removeprefix(b"\xef\xbb\xbf").decode().splitlines()
    assert file.content.startswith(b"\xef\xbb\xbfLink")
    assert lines[2] == row


@pytest.mark.parametrize(
    ("value", "cell"),
    [
        ("120210987654321098", '="120210987654321098"'),
        (120210987654321098, '="120210987654321098"'),
        ("0012", '="0012"'),
        ("10-12", '="10-12"'),
        ("1E5", '="1E5"'),
        ("2024", "2024"),
        ("2026-10-01", "2026-10-01"),
        (-12, "-12"),
        (12.5, "12,5"),
        (1e16, "1e+16"),
    ],
)
def test_excel_makes_no_other_value_of_a_text(value: Value, cell: str) -> None:
    """Ids keep every digit and ranges stay ranges in Excel; the plain form has them as they are."""
    column = Column("d", "D", "dimension", Unit("text"), (value,))
    printed = PrintedReport(report(replace(TABLE, tables=(Table((column,), shown=1, of=1),)), locale="de"))
    (marked,), (plain,) = (FORMATS[name].render(printed) for name in ("csv-excel", "csv"))
    assert read(marked.content, ";")[1] == [cell]
    assert read(plain.content)[1] == [str(value)]


def test_both_forms_have_files_of_their_own() -> None:
    """`csv` and `csv-excel` together are two files."""
    (plain,), (marked,) = (FORMATS[name].render(PrintedReport(report(TABLE))) for name in ("csv", "csv-excel"))
    assert (plain.name, marked.name) == (
        "padaria-aurora-instagram-2026-10-clicks.csv",
        "padaria-aurora-instagram-2026-10-clicks.excel.csv",
    )


def test_headings_name_the_unit() -> None:
    """A cell is a plain number, so its heading says of what; counts and words need no unit."""
    columns = (
        Column("a", "Name", "dimension", Unit("text"), ("x",)),
        Column("b", "Clicks", "metric", COUNT, (1,)),
        Column("c", "Cost", "metric", Unit("currency", "BRL"), (1.5,), (2.0,)),
        Column("d", "CTR", "metric", Unit("percent"), (0.1,)),
        Column("e", "Time", "metric", Unit("milliseconds"), (90_500,)),
    )
    table = Table(columns, ("both",), shown=1, of=1)
    (file,) = render_csv(PrintedReport(report(replace(TABLE, tables=(table,)))))
    assert read(file.content)[0] == [
        *("Name", "Clicks", "Cost [BRL]", "Cost (previous) [BRL]", "Cost (change) [BRL]"),
        *("Cost (change %) [share of 1]", "CTR [share of 1]", "Time [milliseconds]"),
    ]


def test_a_report_without_tables_has_no_file() -> None:
    """There is nothing to write, and staff are told so; the report is as good as it was."""
    assert render_csv(PrintedReport(report())) == ()
    finished, files = finish(report(NUMBER), ["csv", "csv-excel"])
    assert (finished.verdict, files) == ("done", ())
    assert [(caution.code, caution.text) for caution in finished.warnings] == [
        ("W-EMPTY", "csv: the report has no table, so there is nothing to write"),
        ("W-EMPTY", "csv-excel: the report has no table, so there is nothing to write"),
    ]
