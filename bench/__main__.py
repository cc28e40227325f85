"""`make bench`: the reference report, its whole set of files and the big table, by reportgen and others, in turns.

Every document is checked before its time counts. Peers are given their charts; reportgen, naive and plain draw
theirs. The numbers are others in each round, the same for all engines.
"""

from __future__ import annotations

import argparse
import json
import math
import os
import platform
import statistics
import sys
import time
from contextlib import ExitStack
from dataclasses import asdict
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import TYPE_CHECKING

from bench.measuring import Engine, Measured, make_fresh, make_warm, working
from bench.printing import BASES, SET_BASES, lines
from bench.worker import Order

if TYPE_CHECKING:
    from collections.abc import Sequence

ENGINES = (
    Engine("naive, fresh process", "naive", "pictures", fresh=True, table=False),
    Engine("reportgen, fresh process", "ours", "text", fresh=True, table=False),
    Engine("naive code, warm", "naive", "pictures", quick=False),
    Engine("plain WeasyPrint, warm", "plain", "pictures"),
    Engine("Chromium, warm (charts given)", "chromium", "text"),
    Engine("fpdf2, warm (charts given)", "fpdf2", "pictures"),
    Engine("ReportLab, warm (charts given)", "reportlab", "pictures"),
    Engine("Typst, warm (charts given)", "typst", "text"),
    Engine("reportgen, warm, no audit, no tags", "untagged", "text", table=False),
    Engine("reportgen, warm, no audit", "unaudited", "text", table=False),
    Engine("reportgen, warm", "ours", "text"),
)
_SET = ("html", "pdf", "xlsx")
SET_ENGINES = (
    Engine("naive, fresh process", "naive_files", "pictures", fresh=True, formats=_SET),
    Engine("reportgen, fresh process", "ours", "text", fresh=True, formats=_SET),
    Engine("page engine, warm: the PDF", "ours", "text", formats=("pdf-plain",)),
    Engine("peers, warm (charts given)", "peers", "text", formats=_SET),
    Engine("reportgen, warm: the page", "ours", "text", formats=("html",)),
    Engine("reportgen, warm: the PDF", "ours", "text"),
    Engine("reportgen, warm: the workbook", "ours", "text", formats=("xlsx",)),
    Engine("reportgen, warm", "ours", "text", formats=_SET),
)
_SMALL, _SMALL_TURNS = 1000, 3
_SHORT_SECONDS, _SHORT_ROWS = 20, 200
_WARM_UP, _WARM_UP_ROWS = 1_000_000, 50  # a seed of no round
_PACKAGES = ("weasyprint", "matplotlib", "pypdfium2", "playwright", "fpdf2", "reportlab", "typst")
_SETTLED = 50  # reports after which a worker's memory should be flat


def reference_rounds(engines: tuple[Engine, ...], turns: int, seconds: float) -> list[Measured]:
    """Have every engine make a reference report in each round, no more rounds than there is time for."""
    measured = [Measured(engine) for engine in engines]
    end = time.monotonic() + seconds
    with ExitStack() as stack:
        warm = {id(one): stack.enter_context(working(one.engine)) for one in measured if not one.engine.fresh}
        for turn in range(-1, turns):
            begun = time.monotonic()
            for one in measured:
                order = Order(turn if turn >= 0 else _WARM_UP)
                if not one.engine.fresh:
                    make_warm(warm[id(one)], order, one, turn if turn >= 0 else None)
                elif turn >= 0:
                    make_fresh(order, one, turn)
            if turn >= 0 and 2 * time.monotonic() - begun > end:
                break
    return measured


def table_rounds(engines: tuple[Engine, ...], rows: int, turns: int) -> list[Measured]:
    """Have every engine make a table, in a process that has made a small one; its memory is that of this process."""
    measured = [Measured(engine) for engine in engines]
    for turn in range(turns):
        for one in measured:
            with working(one.engine) as worker:
                make_warm(worker, Order(_WARM_UP, _WARM_UP_ROWS), one, None)
                if not one.missing:
                    make_warm(worker, Order(turn, rows), one, turn)
    return measured


def soak(reports: int) -> dict[str, object]:
    """Have one worker make many reports, and fit a line to the memory that it holds."""
    engine = next(one for one in ENGINES if one.name == "ours" and not one.fresh)
    one = Measured(engine)
    with working(engine) as worker:
        for turn in range(reports):
            make_warm(worker, Order(turn), one, turn)
            if turn + 1 in {1, 10} or (turn + 1) % 50 == 0:
                print(
                    f"after {turn + 1:4} reports {one.runs[turn].held if turn in one.runs else 0:7.1f} MB", flush=True
                )
    settled = {turn: run.held for turn, run in one.runs.items() if turn >= _SETTLED}
    slope = statistics.linear_regression([*settled], [*settled.values()]).slope if len(settled) > 1 else None
    said = "not known" if slope is None else f"{slope:+.4f} MB"
    print(f"grows by {said} a report after the first {_SETTLED}; {len(one.wrong)} documents were wrong")
    return {"slope": slope, **asdict(one)}


def _machine() -> dict[str, object]:
    found: dict[str, object] = {
        "python": platform.python_version(),
        "system": platform.platform(),
        "cores": os.cpu_count(),
    }
    for name in _PACKAGES:
        try:
            found[name] = version(name)
        except PackageNotFoundError:
            found[name] = None
    return found


def arguments(words: Sequence[str]) -> argparse.Namespace:
    """Return the arguments of a command line, or exit with what is wrong with it."""
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("--turns", type=int, default=7, help="rounds of the reference report")
    parser.add_argument("--rows", default="200,1000,5000,20000", help="sizes of the big table; empty for none")
    parser.add_argument("--short", action="store_true", help="some engines, few rounds, a table of 200 rows")
    parser.add_argument("--only", default="", help="engines to run, by their files in bench/engines; empty for all")
    parser.add_argument("--soak", type=int, default=0, metavar="N", help="instead: N reports by one worker")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write everything measured there")
    return parser.parse_args(words)


def main() -> None:
    """Measure, print, write."""
    wanted = arguments(sys.argv[1:])
    found: dict[str, object] = {"machine": _machine()}
    found |= {"soak": soak(wanted.soak)} if wanted.soak else _compared(wanted)
    if wanted.json:
        wanted.json.write_text(json.dumps(found, indent=1) + "\n", "utf-8")


def _compared(wanted: argparse.Namespace) -> dict[str, object]:
    """Measure and print the reference report and the tables."""
    seconds = _SHORT_SECONDS if wanted.short else math.inf
    engines, set_engines = _wanted(ENGINES, wanted), _wanted(SET_ENGINES, wanted)
    measured = reference_rounds(engines, wanted.turns, seconds)
    print("The reference report as a PDF", *lines(measured, BASES), sep="\n", flush=True)
    sets = reference_rounds(set_engines, wanted.turns, seconds)
    print("\nIts web page, PDF and workbook", *lines(sets, SET_BASES), sep="\n", flush=True)
    sizes = [_SHORT_ROWS] if wanted.short else [int(rows) for rows in wanted.rows.split(",") if rows]
    tables = {}
    for rows in sizes:
        turns = _SMALL_TURNS if rows <= _SMALL and not wanted.short else 1
        tables[rows] = table_rounds(tuple(one for one in engines if one.table), rows, turns)
        print(f"\nA table of {rows:,} rows", *lines(tables[rows], BASES), sep="\n", flush=True)
    return {
        "reference": [asdict(one) for one in measured],
        "set": [asdict(one) for one in sets],
        "tables": {rows: [asdict(one) for one in table] for rows, table in tables.items()},
    }


def _wanted(engines: tuple[Engine, ...], wanted: argparse.Namespace) -> tuple[Engine, ...]:
    names = set(filter(None, wanted.only.split(",")))
    return tuple(one for one in engines if (one.name in names or not names) and (one.quick or not wanted.short))


if __name__ == "__main__":
    main()
