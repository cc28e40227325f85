"""Workbooks as programs read them that calculate with their tables: pandas, by openpyxl and by calamine."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, timedelta
from io import BytesIO
from zipfile import ZipFile

import pandas as pd
import pytest
from python_calamine import CalamineWorkbook

from reportgen.model import Column, Table, Unit
from tests.outputs.reports import COMPARED_TABLE, COUNT, LINE, NUMBER, TABLE, report
from tests.outputs.workbook.reading import HEAD, written

TYPED = Table(
    (
        Column("id", "Id", "dimension", Unit("text"), ("0012", "120210987654321098", "a")),
        Column("date", "Day", "dimension", Unit("date"), ("2026-10-01", "2026-10-02", "2026-10-31")),
        Column("n", "Clicks", "metric", COUNT, (5, -3, 1_000_000)),
        Column("cost", "Cost", "metric", Unit("currency", "BRL"), (1.5, None, 0.1 + 0.2)),
        Column("rate", "CTR", "metric", Unit("percent"), (0.048, 0.05, 1.0)),
        Column("time", "Time", "metric", Unit("milliseconds"), (90_500, 0, 86_400_000)),
    ),
    ("current",) * 3,
    total=("Total", None, 1_000_002, None, None, None),
    shown=3,
    of=3,
)
COMPARED = replace(COMPARED_TABLE, label="Compared")
ENGINES = ("openpyxl", "calamine")


@pytest.fixture(scope="module")
def workbook() -> bytes:
    """Return a workbook with a table of each type, and one of compared figures."""
    return written(report(NUMBER, LINE, replace(TABLE, label="Typed", tables=(TYPED,)), COMPARED))


@pytest.mark.parametrize("engine", ENGINES)
def test_the_data_is_a_frame(workbook: bytes, engine: str) -> None:
    """Names are texts, days are days, figures are numbers in the source's own scale; what is missing is missing."""
    frame = pd.read_excel(BytesIO(workbook), sheet_name="Data", engine=engine)
    kinds = {str(name): str(kind).partition("[")[0] for name, kind in frame.dtypes.items()}
    assert {name for name, kind in kinds.items() if kind == "str"} >= {"Section", "Block", "Source", "Metric", "Period"}
    assert (kinds["Day"], kinds["Value"], kinds["Compared value"]) == ("datetime64", "float64", "float64")
    reach = frame[(frame["Block"] == "Reach by day") & (frame["Metric"] == "Reach")]
    assert list(reach["Value"]) == list(LINE.charts[0].series[0].values)
    assert [day.date().isoformat() for day in reach["Day"]] == list(LINE.charts[0].labels)
    typed = frame[frame["Block"] == "Typed"]
    assert list(typed[typed["Metric"] == "Time"]["Value"]) == [90_500, 0, 86_400_000]
    assert list(typed[typed["Metric"] == "Cost"]["Value"].isna()) == [False, True, False]
    assert list(typed["Dimension 1"])[:3] == ["0012", "120210987654321098", "a"]


@pytest.mark.parametrize("engine", ENGINES)
def test_a_table_is_a_frame(workbook: bytes, engine: str) -> None:
    """Each column below the heading has the type of its unit, and every value is the report's."""
    frame = pd.read_excel(BytesIO(workbook), sheet_name="Typed", header=HEAD - 1, nrows=3, engine=engine)
    kinds = [str(kind).partition("[")[0] for kind in frame.dtypes]
    assert kinds == ["str", "datetime64", "int64", "float64", "float64", "timedelta64"]
    assert list(frame["Id"]) == list(TYPED.columns[0].values)
    assert [day.date() for day in frame["Day"]] == [date(2026, 10, 1), date(2026, 10, 2), date(2026, 10, 31)]
    assert list(frame["Clicks"]) == list(TYPED.columns[2].values)
    assert (frame["Cost"][0], frame["Cost"].isna()[1], frame["Cost"][2]) == (1.5, True, 0.1 + 0.2)
    assert list(frame["Time"]) == [timedelta(milliseconds=value) for value in (90_500, 0, 86_400_000)]


def test_tables_are_found_by_name(workbook: bytes) -> None:
    """Every table is there under its name, without the rows above its heading and without its total."""
    book = CalamineWorkbook.from_filelike(BytesIO(workbook), load_tables=True)
    tables = [book.get_table_by_name(name) for name in book.table_names or ()]
    found = {table.sheet: (table.columns or [], len(table.to_python())) for table in tables}
    assert set(found) == {"Reach by day", "Typed", "Compared", "Data", "Dictionary"}
    assert found["Typed"] == (["Id", "Day", "Clicks", "Cost", "CTR", "Time"], 3)
    assert found["Reach by day"][1] == 31
    columns, rows = found["Compared"]
    assert {"Views", "Views (previous)", "Views (change)", "Views (change %)"} <= set(columns)
    assert rows == len(COMPARED.tables[0].columns[0].values)


def test_the_first_row_of_the_data_shows_every_type(workbook: bytes) -> None:
    """DuckDB takes the types of columns from the first row, so none of its cells is left out."""
    with ZipFile(BytesIO(workbook)) as archive:
        parts = [archive.read(name).decode() for name in archive.namelist() if "worksheets/sheet" in name]
    part = max(parts, key=len)  # the data
    cells = re.findall(r'<c r="([A-L])2"[^>]*?(?: t="(\w+)")?(?:/>|>.*?</c>)', part)
    assert "".join(name for name, _ in cells) == "ABCDEFGHIJKL"
    kinds = dict(cells)
    assert {kinds[name] for name in "ABCDEFGJK"} == {"s", "str"}
    assert {kinds[name] for name in "HIL"} == {""}
