"""A large table to a workbook, beside plain scripts that write the same cells: `python -m bench.workbook ROWS`.

- `values`: openpyxl in write-only mode, the bare values: no formats, no widths, no table;
- `cells`: openpyxl in write-only mode, each cell with its named style, as its documentation has it;
- `xlsxwriter`: XlsxWriter in its mode of constant memory, a format a column; left out, and said so, where it is
  not installed.

Ours writes the figures again as rows of its data sheet, which are most of its cells; the others do not.

Each run has a process of its own, in turns. Printed are medians of time and of the largest memory above that of the
table itself, and their ratios to `cells`.
"""

from __future__ import annotations

import argparse
import io
import resource
import statistics
import subprocess
import sys
import time
from datetime import date
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Border, Font, NamedStyle, Side

from reportgen.formatting import excel_value
from reportgen.model import AgencyCard, Block, ClientCard, Column, Report, Section, Table, Unit
from reportgen.outputs.printed import PrintedReport
from reportgen.outputs.workbook import render_workbook
from reportgen.periods import Period
from reportgen.spec.theme import load_theme

if TYPE_CHECKING:
    from collections.abc import Sequence

METRICS = 10
TURNS = 3
FORMATS = ("mmm d, yyyy", "@", *["#,##0"] * METRICS)


def table(rows: int) -> Table:
    """Return a table of a day, a page and ten counts."""
    days = Column("date", "Day", "dimension", Unit("date"), tuple(f"2026-10-{at % 31 + 1:02d}" for at in range(rows)))
    pages = Column("page", "Page", "dimension", Unit("text"), tuple(f"/page/{at}" for at in range(rows)))
    counts = (
        Column(f"m{one}", f"Metric {one}", "metric", Unit("count"), tuple(at * one % 9973 for at in range(rows)))
        for one in range(1, METRICS + 1)
    )
    return Table((days, pages, *counts), tuple("current" for _ in range(rows)), shown=5, of=rows)


def ours(data: Table) -> bytes:
    """Render a report that holds the table."""
    october = Period(date(2026, 10, 1), date(2026, 10, 31), "month")
    report = Report(
        spec="bench",
        title="Bench",
        locale="en",
        timezone="UTC",
        as_of=date(2026, 11, 1),
        client=ClientCard("", "Bench"),
        agency=AgencyCard(""),
        period=october,
        baselines=(),
        theme=load_theme("paper"),
        sources=(),
        queries={},
        sections=(Section("", (Block("table", "datatable", "Table", tables=(data,)),)),),
    )
    return render_workbook(PrintedReport(report))[0].content


def values(data: Table) -> bytes:
    """Write the values, and nothing else."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet("Table")
    sheet.append([column.label for column in data.columns])
    for row in zip(*(column.values for column in data.columns), strict=True):
        sheet.append(row)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def cells(data: Table) -> bytes:
    """Write typed values with the house's font, line and alignment, and a number format."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet("Table")
    line = Border(bottom=Side("thin", "E4E5E7"))
    for at, code in enumerate(FORMATS):
        side = Alignment("left" if at < len(FORMATS) - METRICS else "right", "top")
        look = NamedStyle(
            f"c{at}", Font("Calibri", 11, color="1A1C1E"), border=line, alignment=side, number_format=code
        )
        book.add_named_style(look)
    sheet.append([column.label for column in data.columns])
    for row in zip(*(column.values for column in data.columns), strict=True):
        written = []
        for at, (value, column) in enumerate(zip(row, data.columns, strict=True)):
            cell = WriteOnlyCell(sheet, excel_value(value, column.unit))  # type: ignore[arg-type] # its stub knows no date
            cell.style = f"c{at}"
            written.append(cell)
        sheet.append(written)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def xlsxwriter(data: Table) -> bytes:
    """Write typed values with a format a column."""
    import xlsxwriter as library  # there only where it is installed

    file = io.BytesIO()
    book: Any = library.Workbook(file, {"constant_memory": True, "default_date_format": FORMATS[0]})
    sheet = book.add_worksheet("Table")
    formats = [book.add_format({"num_format": code, "bottom": 1, "font_color": "#1A1C1E"}) for code in FORMATS]
    sheet.write_row(0, 0, [column.label for column in data.columns])
    for number, row in enumerate(zip(*(column.values for column in data.columns), strict=True), 1):
        for at, (value, column) in enumerate(zip(row, data.columns, strict=True)):
            sheet.write(number, at, excel_value(value, column.unit), formats[at])
    book.close()
    return file.getvalue()


WAYS = {"ours": ours, "values": values, "cells": cells, "xlsxwriter": xlsxwriter}


def once(name: str, rows: int) -> None:
    """Print the seconds and the megabytes of one run."""
    data = table(rows)
    before = _megabytes()
    start = time.perf_counter()
    WAYS[name](data)
    print(time.perf_counter() - start, _megabytes() - before)


def _megabytes() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def arguments(words: Sequence[str]) -> argparse.Namespace:
    """Return the arguments of a command line, or exit with what is wrong with it."""
    parser = argparse.ArgumentParser(prog="python -m bench.workbook", description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("rows", nargs="?", type=int, default=20_000, help="of the table; 20000 where it is left out")
    parser.add_argument("way", nargs="?", choices=WAYS, help="that alone, in this process")
    return parser.parse_args(words)


def main(rows: int) -> None:
    """Run all in turns and print how they compare."""
    names = [name for name in WAYS if name != "xlsxwriter" or find_spec("xlsxwriter")]
    if len(names) < len(WAYS):
        print("XlsxWriter is not installed and not measured")
    seen: dict[str, list[tuple[float, float]]] = {name: [] for name in names}
    for name in names * TURNS:
        command = [sys.executable, "-m", "bench.workbook", str(rows), name]
        said = subprocess.run(command, check=True, capture_output=True, text=True).stdout.split()
        seen[name].append((float(said[0]), float(said[1])))
    middle = {name: [statistics.median(runs) for runs in zip(*seen[name], strict=True)] for name in names}
    base = middle["cells"]
    for name, (seconds, megabytes) in middle.items():
        ratios = f"{seconds / base[0]:5.2f} x time, {megabytes / base[1]:5.2f} x memory"
        print(f"{name:10} {seconds:7.2f} s {megabytes:6.0f} MB  {ratios} of cells, {rows:,} rows")


if __name__ == "__main__":
    given = arguments(sys.argv[1:])
    if given.way:
        once(given.way, given.rows)
    else:
        main(given.rows)
