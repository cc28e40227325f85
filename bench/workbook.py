"""A large table to a workbook, beside openpyxl's write-only mode with the bare values: `python -m bench.workbook ROWS`.

Both run in processes of their own, in turns; printed are medians, their ratio, and the largest memory.
"""

from __future__ import annotations

import io
import resource
import statistics
import subprocess
import sys
import time
from datetime import date

from openpyxl import Workbook

from reportgen.model import AgencyCard, Block, ClientCard, Column, Report, Section, Table, Unit
from reportgen.outputs.workbook import render_workbook
from reportgen.periods import Period
from reportgen.spec.theme import load_theme

METRICS = 10
TURNS = 3


def table(rows: int) -> Table:
    """Return a table of a day, a page and ten counts."""
    days = Column("date", "Day", "dimension", Unit("date"), tuple(f"2026-10-{at % 31 + 1:02d}" for at in range(rows)))
    pages = Column("page", "Page", "dimension", Unit("text"), tuple(f"/page/{at}" for at in range(rows)))
    counts = (
        Column(f"m{one}", f"Metric {one}", "metric", Unit("count"), tuple(at * one % 9973 for at in range(rows)))
        for one in range(1, METRICS + 1)
    )
    return Table((days, pages, *counts), ("current",) * rows, shown=5, of=rows)


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
        baseline=None,
        theme=load_theme("paper"),
        sources=(),
        queries={},
        sections=(Section("", (Block("table", "datatable", "Table", tables=(data,)),)),),
    )
    return render_workbook(report)[0].content


def bare(data: Table) -> bytes:
    """Write the values, and nothing else."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet("Table")
    sheet.append([column.label for column in data.columns])
    for row in zip(*(column.values for column in data.columns), strict=True):
        sheet.append(row)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def once(name: str, rows: int) -> None:
    """Print the seconds and the megabytes of one run."""
    data = table(rows)
    start = time.perf_counter()
    {"ours": ours, "bare": bare}[name](data)
    seconds = time.perf_counter() - start
    print(seconds, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)  # noqa: T201 - a command


def main(rows: int) -> None:
    """Run both in turns and print how they compare."""
    seen: dict[str, list[tuple[float, float]]] = {"bare": [], "ours": []}
    for name in list(seen) * TURNS:
        command = [sys.executable, "-m", "bench.workbook", str(rows), name]
        said = subprocess.run(command, check=True, capture_output=True, text=True).stdout.split()  # noqa: S603 - ourselves
        seen[name].append((float(said[0]), float(said[1])))
    middle = {name: [statistics.median(values) for values in zip(*runs, strict=True)] for name, runs in seen.items()}
    for name, (seconds, megabytes) in middle.items():
        ratio = seconds / middle["bare"][0]
        print(f"{name}: {seconds:.2f} s, {ratio:.2f} x bare, {megabytes:.0f} MB, {rows} rows")  # noqa: T201 - see above


if __name__ == "__main__":
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 20_000
    if len(sys.argv) > 2:  # noqa: PLR2004 - the name of one of the two
        once(sys.argv[2], count)
    else:
        main(count)
