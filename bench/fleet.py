"""A fleet, beside one process that makes the same reports in a loop: `python -m bench.fleet --help`.

- `loop`: one process, one report after the other: `build_report` and `write_report`;
- `run 1`, `run 2`: `reportgen run` with one and two processes that render.

Each makes the same reports (a number, a chart and a table; HTML, PDF and workbook) from a sandbox on this machine,
in a process of its own, in turns, from its start to its end. Printed are medians of reports a minute and their ratios
to `loop`, the largest memory of the process that leads a run, and by how much a process that renders grows with each
report: the slope of a straight line through its memory after each report, the first fifth left out.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
import uuid
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from reportgen import build_report, write_report
from reportgen.fleet.render_worker import render_text
from reportgen.outputs.report_json import encode_report
from reportgen.sandbox.sandbox_server import Sandbox, running_sandbox
from reportgen.spec.fleet_members import load_members

if TYPE_CHECKING:
    from collections.abc import Sequence

DAY = date(2026, 11, 3)
WORKERS = (1, 2)
DIFFERENT = 20  # reports that a renderer is given in turns
LOOK_SECONDS = 0.1
FORMATS = ("html", "pdf", "xlsx")
SPEC = """\
version: 1
title: "Social {client.name}"
period: last_month
compare: none
sources:
  instagram: {integration: instagram_business}
sections:
  - title: Numbers
    source: instagram
    blocks:
      - {component: number_v1, reference_key: "ig:reach", name: reach, metrics: [reach], label: Reach}
      - {component: chart_v1, reference_key: "ig:reach_over_time", metrics: [reach], dimensions: [date]}
      - {component: datatable_v1, reference_key: "ig:top_posts", metrics: [reach, likes], dimensions: [post]}
"""
FLEET = """\
version: 1
period: "2026-10"
formats: [html, pdf, xlsx]
defaults:
  api: {token: {env: BENCH_TOKEN}, customer_token: {env: BENCH_CUSTOMER}}
reports:
  - {spec: social.yaml, clients: clients.csv}
"""


def write_fleet(folder: Path, reports: int) -> Path:
    """Write a fleet of so many clients and return its file."""
    accounts = ((one, uuid.uuid5(uuid.NAMESPACE_URL, str(one))) for one in range(reports))
    rows = [f"client-{one:04d},Client {one},{account}" for one, account in accounts]
    (folder / "clients.csv").write_text("\n".join(["slug,name,sources.instagram", *rows]) + "\n")
    (folder / "social.yaml").write_text(SPEC)
    (folder / "fleet.yaml").write_text(FLEET)
    return folder / "fleet.yaml"


def loop(fleet: Path, out: Path) -> None:
    """Make every report of a fleet in this process."""
    for member in load_members(fleet)[1]:
        report = build_report(member.spec, member.client, period="2026-10", as_of=DAY)
        write_report(report, out / member.client.id, FORMATS)


def slope(fleet: Path, reports: int) -> None:
    """Render in this process, as a worker does, and print the megabytes a report that it grows by, and its memory."""
    members = load_members(fleet)[1][:DIFFERENT]
    made = [build_report(one.spec, one.client, period="2026-10", as_of=DAY) for one in members]
    files: dict[str, bytes] = {}
    texts = [(one.client.slug, json.dumps(encode_report(one, files))) for one in made]
    sizes: list[tuple[float, float]] = []
    for number in range(1, reports + 1):
        client, text = texts[number % len(texts)]
        render_text(client, text, FORMATS, files)
        sizes.append((number, _megabytes(Path("/proc/self/status"), "VmRSS")))
    settled = sizes[len(sizes) // 5 :]
    line = statistics.linear_regression(*zip(*settled, strict=True))
    print(line.slope, sizes[-1][1])


def _megabytes(status: Path, name: str) -> float:
    lines = (line.split() for line in status.read_text().splitlines())
    return next((int(line[1]) / 1024 for line in lines if line and line[0] == f"{name}:"), 0.0)


def timed(arguments: list[str], environment: dict[str, str]) -> tuple[float, float]:
    """Run Python and return its seconds and the largest memory, in megabytes, of the process itself."""
    start, most = time.perf_counter(), 0.0
    with subprocess.Popen([sys.executable, *arguments], env=environment, stdout=subprocess.DEVNULL) as process:
        while process.poll() is None:
            most = max(most, _megabytes(Path(f"/proc/{process.pid}/status"), "VmHWM"))
            time.sleep(LOOK_SECONDS)
    if process.returncode:
        raise SystemExit(process.returncode)
    return time.perf_counter() - start, most


def measure(folder: Path, sandbox: Sandbox, reports: int, rounds: int, rendered: int) -> dict[str, Any]:
    """Run everything in turns and return the medians."""
    tokens = {"BENCH_TOKEN": sandbox.token, "BENCH_CUSTOMER": sandbox.customer_token}
    environment = {**os.environ, **tokens, "REPORTGEN_API_URL": sandbox.url}
    fleet = write_fleet(folder, reports)
    seen: dict[str, list[tuple[float, float]]] = {"loop": [], **{f"run {one}": [] for one in WORKERS}}
    for turn in range(rounds):
        out = folder / f"loop-{turn}"
        seen["loop"].append(timed(["-m", "bench.fleet", "--loop", str(fleet), str(out)], environment))
        for workers in WORKERS:
            where = ["--out", str(folder / f"run-{workers}-{turn}"), "--workers", str(workers)]
            command = ["-m", "reportgen", "run", str(fleet), *where, "--as-of", DAY.isoformat(), "-q"]
            seen[f"run {workers}"].append(timed(command, environment))
    command = [sys.executable, "-m", "bench.fleet", "--slope", str(fleet), str(rendered)]
    said = subprocess.run(command, env=environment, check=True, stdout=subprocess.PIPE, text=True).stdout.split()
    rates = {name: 60 * reports / statistics.median(one[0] for one in runs) for name, runs in seen.items()}
    return {
        "reports": reports,
        "rounds": rounds,
        "reports_per_minute": rates,
        "ratio_to_loop": {name: rate / rates["loop"] for name, rate in rates.items()},
        "largest_megabytes": {name: statistics.median(one[1] for one in runs) for name, runs in seen.items()},
        "worker": {"reports": rendered, "megabytes_a_report": float(said[0]), "megabytes": float(said[1])},
    }


def arguments(words: Sequence[str]) -> argparse.Namespace:
    """Return the arguments of a command line, or exit with what is wrong with it."""
    parser = argparse.ArgumentParser(prog="python -m bench.fleet", description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--reports", type=int, default=40, help="of each run")
    parser.add_argument("--rounds", type=int, default=3, help="of all, in turns")
    parser.add_argument("--rendered", type=int, default=200, help="reports over which a worker's growth is measured")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the figures there too")
    parser.add_argument("--loop", nargs=2, type=Path, help=argparse.SUPPRESS)
    parser.add_argument("--slope", nargs=2, help=argparse.SUPPRESS)
    given = parser.parse_args(words)
    least = {"reports": 1, "rounds": 1, "rendered": 2}  # a line needs two points
    for name, number in least.items():
        if getattr(given, name) < number:
            parser.error(f"--{name} is at least {number}")
    return given


def main() -> None:
    """Measure, print a table, and write it as JSON where that is wanted."""
    given = arguments(sys.argv[1:])
    if given.loop:
        loop(*given.loop)
        return
    if given.slope:
        slope(Path(given.slope[0]), int(given.slope[1]))
        return
    with tempfile.TemporaryDirectory() as folder, running_sandbox(calm=True) as sandbox:
        figures = measure(Path(folder), sandbox, given.reports, given.rounds, given.rendered)
    for name, rate in figures["reports_per_minute"].items():
        ratio, most = figures["ratio_to_loop"][name], figures["largest_megabytes"][name]
        said = f"{ratio:5.2f} x loop, {most:5.0f} MB at most in its first process"
        print(f"{name:6} {rate:7.1f} reports a minute, {said}")
    worker = figures["worker"]
    growth = f"{worker['megabytes_a_report']:+.3f} MB a report over {worker['reports']:,} reports"
    print(f"worker {growth}, {worker['megabytes']:.0f} MB at the end")
    if given.json:
        given.json.write_text(json.dumps(figures, indent=1) + "\n")


if __name__ == "__main__":
    main()
