"""Tables as CSV: whole, plain and safe to open."""

from __future__ import annotations

import csv
import io
from dataclasses import replace

import pytest

from reportgen.model import Column, Table, Unit
from reportgen.outputs import FORMATS
from reportgen.outputs.csv_files import render_csv
from reportgen.outputs.printed import PrintedReport
from tests.outputs.reports import COMPARED_TABLE, COUNT, LONG_TABLE, TABLE, report


def read(content: bytes) -> list[list[str]]:
    """Return the cells of a CSV file."""
    return list(csv.reader(io.StringIO(content.decode("utf-8"), newline="")))


def test_a_file_for_each_table() -> None:
    """All rows of each table, whatever the page shows, under the headings of the workbook."""
    short, long = render_csv(PrintedReport(report(TABLE, LONG_TABLE)))
    assert short.name.endswith("-clicks.csv")
    assert read(short.content)[0] == ["Link", "Clicks", "CTR"]
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


def test_the_mark_is_an_option() -> None:
    """`csv-excel` begins with the byte-order mark and is the same otherwise."""
    (plain,), (marked,) = (
        FORMATS["csv"].render(PrintedReport(report(TABLE))),
        FORMATS["csv-excel"].render(PrintedReport(report(TABLE))),
    )
    assert marked.content == b"\xef\xbb\xbf" + plain.content


def test_a_report_without_tables_has_no_file() -> None:
    """There is nothing to write."""
    assert render_csv(PrintedReport(report())) == ()
