"""A workbook of a table of so many rows beside scripts that write its cells: `python -m bench.workbook ROWS`.

With `reference` or `showcase` in place of the rows, the report is that of `bench`, or the example of each component.

- `ours`: from the report to the file, with widths, tables, charts, rules of colours, bars and printed pages;
- `cells`: openpyxl in write-only mode, as its documentation has it: on every sheet the same cells as ours, the rows of
  the sheet of data too, each a new cell with its named style, number format, formula, link and note;
- `shared`: the same, but cells of one look share an object, which spares openpyxl the search for their styles;
- `values`: openpyxl in write-only mode, the values of the same cells alone, without any style;
- `xlsxwriter`: XlsxWriter in its mode of constant memory, the same cells, formulas with their results, a format for
  each look; left out, and said so, where it is not installed.

The others write cells and nothing else, and are given them: making the cells from the report, which ours does, does not
count for them. Their formulas have no results but in XlsxWriter, as openpyxl cannot write both.

Each way has processes of its own, in turns, which have made some small workbooks before they count. A process tells the
processor time of its workbook of a table, or of the quickest of several of a report, and the memory at its peak above
that of the report. Printed are the medians of the turns, and the median of the ratios to `cells` in the same turn.
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
from itertools import islice, zip_longest
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.comments import Comment
from openpyxl.worksheet.hyperlink import Hyperlink
from pydantic import SecretStr

from bench.content import reference
from bench.engines.ours import AS_OF, answers_file, spec_of
from bench.table_report import report_of_table
from reportgen import build_report, load_client, load_spec
from reportgen.connect.live_answers import live_answers
from reportgen.formatting import excel_format
from reportgen.model import Column, Report, Table, Unit
from reportgen.outputs.printed import PrintedReport
from reportgen.outputs.workbook import render_workbook
from reportgen.outputs.workbook.cell_styles import LOOKS, named_style
from reportgen.outputs.workbook.row_writer import formula_at
from reportgen.outputs.workbook.sheet_cells import SheetCell
from reportgen.outputs.workbook.sheets import sheets_of
from reportgen.sandbox.sandbox_server import running_sandbox

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from openpyxl.cell import Cell

    from reportgen.outputs.workbook.data_sheet import Figures
    from reportgen.outputs.workbook.sheet import Sheet
    from reportgen.outputs.workbook.sheet_cells import SheetRow

METRICS = 10
TURNS = 5
WARM_UP, WARM = 2, 9  # workbooks of a report that a process makes before they count, and those that count
SPECS = Path(__file__).parent.parent / "report-specs"
_CHUNK = 1_000  # rows


def table_report(rows: int) -> Report:
    """Return a report that holds a table of a day, a page and ten counts."""
    days = Column("date", "Day", "dimension", Unit("date"), tuple(f"2026-10-{at % 31 + 1:02d}" for at in range(rows)))
    pages = Column("page", "Page", "dimension", Unit("text"), tuple(f"/page/{at}" for at in range(rows)))
    counts = (
        Column(f"m{one}", f"Metric {one}", "metric", Unit("count"), tuple(at * one % 9973 for at in range(rows)))
        for one in range(1, METRICS + 1)
    )
    table = Table((days, pages, *counts), tuple("current" for _ in range(rows)), shown=5, of=rows)
    return report_of_table(table, "Table")


def reference_report() -> Report:
    """Return the reference report of `bench`."""
    content = reference(1)
    with TemporaryDirectory() as folder:
        return build_report(spec_of(content), answers=answers_file(content, Path(folder)), as_of=AS_OF)


def showcase_report() -> Report:
    """Return the example that has each component, with the sandbox's figures."""
    spec, client = load_spec(SPECS / "showcase.yaml"), load_client(SPECS / "showcase.client.yaml")
    with running_sandbox(calm=True) as sandbox:
        tokens = SecretStr(sandbox.token), SecretStr(sandbox.customer_token)
        return build_report(spec, client, answers=live_answers(sandbox.url, *tokens), as_of=AS_OF)


REPORTS = {"reference": reference_report, "showcase": showcase_report}


def report_of(name: str) -> Report:
    """Return a report by its name, or by the count of rows of its table."""
    return REPORTS[name]() if name in REPORTS else table_report(int(name))


class Clock:
    """Processor time, which stands still while cells are made."""

    def __init__(self) -> None:
        """Begin to count."""
        self._given, self._start = 0.0, time.process_time()

    def rows(self, rows: Iterable[SheetRow]) -> Iterator[SheetRow]:
        """Yield rows that are made while the clock stands still."""
        rows = iter(rows)
        while chunk := self.apart(lambda: list(islice(rows, _CHUNK))):
            yield from chunk

    def apart(self, make: Callable[[], Any]) -> Any:  # noqa: ANN401 - whatever is made
        """Return what is made while the clock stands still."""
        begun = time.process_time()
        made = make()
        self._given += time.process_time() - begun
        return made

    def seconds(self) -> float:
        """Return what it has counted."""
        return time.process_time() - self._start - self._given


def ours(report: Report, clock: Clock) -> bytes:
    """Render the workbook of a report."""
    del clock  # all of it counts
    return render_workbook(PrintedReport(report))[0].content


def sheets_with_rows(report: Report, clock: Clock) -> Iterator[tuple[Sheet, Iterator[SheetRow]]]:
    """Yield the sheets of a report with the cells of all their rows, made while the clock stands still."""
    day = excel_format(report.as_of.isoformat(), Unit("date"), report.locale)
    for sheet in clock.apart(lambda: sheets_of(PrintedReport(report))):
        yield sheet, clock.rows(_all_rows(sheet, day))


def _all_rows(sheet: Sheet, day: str) -> Iterator[SheetRow]:
    yield from sheet.rows
    for figures in sheet.figures:
        yield from _rows_of(figures, day)


def _rows_of(figures: Figures, day_format: str) -> Iterator[SheetRow]:
    """Yield the rows of figures; a cell that has nothing is not written, as in ours."""
    named = [SheetCell(text, "plain") for text in figures.named]
    unit, period = SheetCell(figures.unit, "plain"), SheetCell(figures.period, "plain")
    numbers = zip_longest(figures.places, figures.values, figures.compared, figures.further)
    for (*names, day), value, *others in islice(numbers, len(figures.places)):
        place = [SheetCell(name or None, "plain") for name in names]
        compared = [SheetCell(other, "figure") for other in others]
        yield (*named, *place, SheetCell(day, "plain", day_format), SheetCell(value, "figure"), unit, period, *compared)


def _is_written(cell: SheetCell, sheet: Sheet, row: int) -> bool:
    return cell.value is not None or row <= sheet.head or not sheet.figures


def _held(cell: SheetCell, row: int, column: int) -> object:
    return f"={formula_at(cell.formula, column, row)}" if cell.formula else cell.value


def _styled_book(report: Report) -> Workbook:
    book = Workbook(write_only=True)
    for style, look in LOOKS.items():
        book.add_named_style(named_style(style, look, report.theme, turned=False))
    return book


def _finish(cell: Cell, given: SheetCell, row: int, column: int) -> Cell:
    cell.value = _held(given, row, column)  # type: ignore[assignment] # its stub knows no date
    if isinstance(given.value, str) and not given.formula:
        cell.data_type = "s"  # whatever it begins with
    if given.link:
        inside = given.link.startswith("#")
        cell.hyperlink = Hyperlink(ref="", location=given.link[1:]) if inside else given.link
    if given.note:
        cell.comment = Comment(given.note, "Bench", height=40, width=260)
    return cell


def cells(report: Report, clock: Clock) -> bytes:
    """Write the cells, each with its style."""
    book = _styled_book(report)
    for sheet, rows in sheets_with_rows(report, clock):
        page = book.create_sheet(sheet.name)
        for at, row in enumerate(rows, 1):
            written: list[Cell | None] = []
            for column, given in enumerate(row, 1):
                if not _is_written(given, sheet, at):
                    written.append(None)
                    continue
                cell = WriteOnlyCell(page)
                cell.style = f"Report {given.style.replace('_', ' ')}"
                cell.number_format = given.format
                written.append(_finish(cell, given, at, column))
            page.append(written)
    return _saved(book)


def shared(report: Report, clock: Clock) -> bytes:
    """Write the cells, of which those of a column with one look share an object."""
    book = _styled_book(report)
    for sheet, rows in sheets_with_rows(report, clock):
        page = book.create_sheet(sheet.name)
        looks: dict[tuple[object, ...], Cell] = {}
        for at, row in enumerate(rows, 1):
            written: list[Cell | None] = []
            for column, given in enumerate(row, 1):
                if not _is_written(given, sheet, at):
                    written.append(None)
                    continue
                look = (column, given.style, given.format, not given.link, not given.note)
                if (cell := looks.get(look)) is None:
                    cell = looks[look] = WriteOnlyCell(page)
                    cell.style = f"Report {given.style.replace('_', ' ')}"
                    cell.number_format = given.format
                written.append(_finish(cell, given, at, column))
            page.append(written)
    return _saved(book)


def values(report: Report, clock: Clock) -> bytes:
    """Write the values, and nothing else."""
    book = Workbook(write_only=True)
    for sheet, rows in sheets_with_rows(report, clock):
        page = book.create_sheet(sheet.name)
        for at, row in enumerate(rows, 1):
            page.append([_held(given, at, column) for column, given in enumerate(row, 1)])
    return _saved(book)


def _saved(book: Workbook) -> bytes:
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def xlsxwriter(report: Report, clock: Clock) -> bytes:
    """Write the cells with a format for each look."""
    import xlsxwriter as library  # there only where it is installed

    file = io.BytesIO()
    book: Any = library.Workbook(file, {"constant_memory": True})
    looks: dict[tuple[str, str], object] = {}
    for sheet, rows in sheets_with_rows(report, clock):
        page = book.add_worksheet(sheet.name)
        for at, row in enumerate(rows, 1):
            for column, given in enumerate(row, 1):
                if not _is_written(given, sheet, at):
                    continue
                look = looks.get((given.style, given.format)) or looks.setdefault(
                    (given.style, given.format), book.add_format(_xlsxwriter_look(given))
                )
                _write_by_xlsxwriter(page, given, at, column, look)
    book.close()
    return file.getvalue()


def _xlsxwriter_look(given: SheetCell) -> dict[str, object]:
    look = LOOKS[given.style]
    lines = {"bottom": 1} if look.bottom else {}
    return {"num_format": given.format, "align": look.align, "bold": look.bold, "text_wrap": look.wrap, **lines}


def _write_by_xlsxwriter(page: Any, given: SheetCell, row: int, column: int, look: object) -> None:  # noqa: ANN401 - of a library without types
    place = row - 1, column - 1
    if given.formula:
        page.write_formula(*place, f"={formula_at(given.formula, column, row)}", look, given.value)
    elif given.link:
        page.write_url(*place, given.link.replace("#", "internal:", 1), look, str(given.value))
    elif isinstance(given.value, str):
        page.write_string(*place, given.value, look)
    elif isinstance(given.value, date):
        page.write_datetime(*place, given.value, look)
    else:
        page.write(*place, given.value, look)
    if given.note:
        page.write_comment(*place, given.note)


WAYS = {"ours": ours, "cells": cells, "shared": shared, "values": values, "xlsxwriter": xlsxwriter}


def once(name: str, way: str) -> None:
    """Print the seconds and the megabytes of a way in this process."""
    report, warm_up = report_of(name), table_report(50)
    for _ in range(WARM_UP):
        WAYS[way](warm_up if name not in REPORTS else report, Clock())
    before, counted = _megabytes(), []
    for _ in range(WARM if name in REPORTS else 1):
        clock = Clock()
        WAYS[way](report, clock)
        counted.append(clock.seconds())
    print(min(counted), _megabytes() - before)


def _megabytes() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def arguments(words: Sequence[str]) -> argparse.Namespace:
    """Return the arguments of a command line, or exit with what is wrong with it."""
    parser = argparse.ArgumentParser(prog="python -m bench.workbook", description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("report", nargs="?", type=_report, default="20000", help="or rows of a table, 20000 by default")
    parser.add_argument("way", nargs="?", choices=WAYS, help="that alone, in this process")
    parser.add_argument("--turns", type=int, default=TURNS, help="processes of each way")
    return parser.parse_args(words)


def _report(word: str) -> str:
    if word not in REPORTS and not word.isdecimal():
        raise argparse.ArgumentTypeError(f"{word!r} is no count of rows and none of {', '.join(REPORTS)}")
    return word


def main(report: str, turns: int) -> None:
    """Run all in turns and print how they compare."""
    names = [name for name in WAYS if name != "xlsxwriter" or find_spec("xlsxwriter")]
    if len(names) < len(WAYS):
        print("XlsxWriter is not installed and not measured")
    seen: dict[str, list[tuple[float, float]]] = {name: [] for name in names}
    for name in names * turns:
        command = [sys.executable, "-m", "bench.workbook", report, name]
        said = subprocess.run(command, check=True, capture_output=True, text=True).stdout.split()
        seen[name].append((float(said[0]), float(said[1])))
    for name, runs in seen.items():
        seconds, megabytes = (statistics.median(figures) for figures in zip(*runs, strict=True))
        ratio = statistics.median(run[0] / base[0] for run, base in zip(runs, seen["cells"], strict=True))
        print(f"{name:10} {1000 * seconds:9,.0f} ms {megabytes:6.1f} MB  {ratio:5.2f} x the time of cells, {report}")


if __name__ == "__main__":
    given = arguments(sys.argv[1:])
    if given.way:
        once(given.report, given.way)
    else:
        main(given.report, given.turns)
