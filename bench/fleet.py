"""A fleet, beside one process that makes the same reports in a loop: `python -m bench.fleet --help`.

- `loop`: one process, one report after the other: `build_report` and `write_report`;
- `run 1`, `run 2`: `reportgen run` with one and two processes that render.

Each makes the same reports (a number, a chart and a table, or those of `--spec`; HTML, PDF and workbook), in turns,
from its start to its end. The API answers with bytes that a sandbox gave before (`bench.prepared_api`), and is a
process of its own. In each round each also makes the first report alone, so that what a start costs is told from what
a further report costs.

Processors' seconds are those that the system counts for each process, told at its end (`wait4`, see
`bench.processes`): of the parent, which reads, fetches, resolves and writes, and of the workers, which render and
audit, with the process that they are copies of. Only those of the API, which goes on, are read from `/proc`, to a
hundredth of a second. On a busy machine the rates say little, and the ratios of processors' seconds all.

The memory of a process at its end is its growth: the slope of a straight line through its memory by the reports that
were finished, the first fifth left out. A run replaces its workers after every hundred reports; the last line is of
one that is never replaced.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from bench.fleet_files import DAY, PERIOD, tokens, write_fleet
from bench.fleet_printing import Figures, Runs, goals, lines
from bench.prepared_api import running_api
from bench.processes import cost_of, ticked_seconds, usual_environment

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence


@dataclass(slots=True)
class Bench:
    """A fleet in a folder, and the ways to make it.

    Attributes:
        folder: For everything that is written.
        fleets: Its files; see `write_fleet`.
        environment: Of every process.
    """

    folder: Path
    fleets: Mapping[str, Path]
    environment: dict[str, str]
    _outs: int = field(default=0)

    def make(self, way: str, fleet: str, server: int) -> Runs:
        """Make a fleet in a way, `loop` or the number of workers, and return what it cost."""
        self._outs += 1
        out = self.folder / f"out-{self._outs}"
        before = ticked_seconds(server)
        cost = cost_of(self._command(way, fleet, out), self.environment, _finished(way, out))
        return Runs(cost, ticked_seconds(server) - before)

    def record(self, answers: Path) -> None:
        """Ask all that a loop and a run ask, and keep the answers."""
        with running_api("record", answers) as (url, _):
            self.environment["REPORTGEN_API_URL"] = url
            for way in ("loop", "1"):
                cost_of(
                    self._command(way, "fetched", self.folder / "fetched" if way == "1" else None), self.environment
                )

    def _command(self, way: str, fleet: str, out: Path | None) -> list[str]:
        file = str(self.fleets[fleet])
        if way == "loop":
            return ["-m", "bench.fleet_files", "loop", file, str(out or "")]
        return ["-m", "reportgen", "run", file, "--out", str(out), "--workers", way, "--as-of", DAY.isoformat(), "-q"]

    def memory_of_a_worker(self, reports: int) -> list[float]:
        """Return the memory of a process that renders so many reports, in MB after each."""
        command = [sys.executable, "-m", "bench.fleet_files", "renders", str(self.fleets["fleet"]), str(reports)]
        said = subprocess.run(command, env=self.environment, check=True, stdout=subprocess.PIPE).stdout
        return [float(one) for one in json.loads(said)]


def _finished(way: str, out: Path) -> Callable[[], int]:
    """Return a function that counts the finished reports of a loop or a run."""
    if way == "loop":
        return lambda: len([*out.iterdir()]) if out.exists() else 0
    journal, seen = out / "runs" / f"fleet-{PERIOD}" / "journal.jsonl", [0, 0]

    def count() -> int:
        if journal.exists():
            with journal.open("rb") as file:
                file.seek(seen[1])
                new = file.read()
            seen[0] += new.count(b'"event": "done"')
            seen[1] += new.rfind(b"\n") + 1 if new.endswith(b"\n") else 0
        return seen[0]

    return count


def measure(folder: Path, given: argparse.Namespace) -> Figures:
    """Run everything in turns."""
    fleets = write_fleet(folder, given.reports, given.spec)
    environment = {**usual_environment(), **tokens(given.reports), "XDG_STATE_HOME": str(folder / "state")}
    bench, answers = Bench(folder, fleets, environment), folder / "answers.json"
    bench.record(answers)
    ways = {"loop": "loop", **{f"run {workers}": workers for workers in given.workers.split(",")}}
    figures = Figures(given.reports, {name: [] for name in ways}, {name: [] for name in ways})
    with running_api("serve", answers) as (url, server):
        bench.environment["REPORTGEN_API_URL"] = url
        for turn in range(given.rounds):
            for name, way in ways.items():
                figures.first[name].append(bench.make(way, "first", server))
                figures.all[name].append(bench.make(way, "fleet", server))
            print(f"round {turn + 1} of {given.rounds}", file=sys.stderr)
        figures.worker = bench.memory_of_a_worker(given.rendered)
    return figures


def arguments(words: Sequence[str]) -> argparse.Namespace:
    """Return the arguments of a command line, or exit with what is wrong with it."""
    parser = argparse.ArgumentParser(prog="python -m bench.fleet", description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--reports", type=int, default=40, help="of each run")
    parser.add_argument("--rounds", type=int, default=5, help="of all, in turns")
    parser.add_argument("--workers", default="1,2", help="numbers of processes that render")
    parser.add_argument("--rendered", type=int, default=200, help="reports over which a worker's growth is measured")
    parser.add_argument("--spec", type=Path, metavar="FILE", help="what each report holds; its clients are made up")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the figures there too")
    given = parser.parse_args(words)
    least = {"reports": 2, "rounds": 1, "rendered": 2}  # a line needs two points
    for name, number in least.items():
        if getattr(given, name) < number:
            parser.error(f"--{name} is at least {number}")
    if not all(one.isdecimal() and int(one) for one in given.workers.split(",")):
        parser.error("--workers is numbers with commas between them")
    return given


def main() -> None:
    """Measure, print a table, and write it as JSON where that is wanted."""
    given = arguments(sys.argv[1:])
    with tempfile.TemporaryDirectory() as folder:
        figures = measure(Path(folder), given)
    print(*lines(figures), *goals(figures), sep="\n")
    if given.json:
        given.json.write_text(json.dumps(figures.as_json(), indent=1) + "\n")


if __name__ == "__main__":
    main()
