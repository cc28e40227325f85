"""The contact sheet of a large run: `python -m bench.contact_sheet REPORTS`.

A few reports are made of the shipped example for two months, and stand for all the others of a run and of the run
before it. Of a hundred, two failed, two are held, two are degraded, and four are far from the month before.
Printed are the bytes of the page, the median seconds to write it, and, where Chromium is installed, the median
seconds until it has painted the page from the disk, until the page's script has run, and until a search is answered.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import statistics
import sys
import tempfile
import time
import uuid
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from reportgen.fleet.contact_sheet import write_contact_sheet
from reportgen.fleet.fleet_run import plan_fleet, run_fleet
from reportgen.fleet.journal import JOURNAL
from reportgen.fleet.run_results import PLAN, write_results
from reportgen.resources import examples_folder
from reportgen.sandbox.sandbox_server import running_sandbox
from tests.browser import launched, visited

if TYPE_CHECKING:
    from collections.abc import Sequence

TURNS = 3
MADE = 4
FLEET = """\
version: 1
defaults: {api: {token: {env: BENCH_TOKEN}, customer_token: {env: BENCH_CUSTOMER}}}
reports: [{spec: multichannel.yaml, clients: clients.csv}]
"""
SOURCES = ("instagram", "facebook", "ads", "analytics")
CAUTION = {
    "code": "failed",
    "block": "spend_by_day",
    "text": "Google Ads could not be read: it answered 503 three times",
}
PAINTED = """() => new Promise(painted => new PerformanceObserver(
  entries => entries.getEntriesByName('first-contentful-paint').length && painted()
).observe({type: 'paint', buffered: true}))"""  # the page's policy refuses Playwright's own waiting
TIMES = """() => {
  const [page] = performance.getEntriesByType('navigation');
  const [paint] = performance.getEntriesByName('first-contentful-paint');
  const box = document.querySelector('input'), start = performance.now();
  box.value = 'client 7';
  box.dispatchEvent(new Event('input'));
  document.body.getBoundingClientRect();
  return [paint.startTime, page.domContentLoadedEventEnd, performance.now() - start].map(one => one / 1000);
}"""


def make(folder: Path, month: date) -> Path:
    """Make the few reports of a month, and return the folder of the run."""
    shutil.copytree(examples_folder(), folder, dirs_exist_ok=True)
    heads = ",".join(("slug", "name", *(f"sources.{source}" for source in SOURCES)))
    rows = [",".join((f"client-{one}", f"Client {one}", *_accounts(one))) for one in range(MADE)]
    (folder / "clients.csv").write_text("\n".join([heads, *rows]) + "\n")
    (folder / "fleet.yaml").write_text(FLEET)
    plan = plan_fleet(folder / "fleet.yaml", out=folder / "o", as_of=month)
    with running_sandbox(calm=True) as api:
        os.environ |= {"REPORTGEN_API_URL": api.url, "BENCH_TOKEN": api.token, "BENCH_CUSTOMER": api.customer_token}
        run_fleet(plan)
    return plan.folder


def _accounts(client: int) -> list[str]:
    return [str(uuid.uuid5(uuid.NAMESPACE_URL, f"{client} {source}")) for source in SOURCES]


def multiply(folder: Path, count: int) -> None:
    """Make a run one of so many reports: each of its own has its picture, its files and its figures many times."""
    plan = json.loads((folder / PLAN).read_text())
    events = [json.loads(line) for line in (folder / JOURNAL).read_text().splitlines()]
    ended = {event["job"]: event for event in events if event["event"] in {"done", "degraded", "held"}}
    jobs, lines = [], []
    for number in range(count):
        job = plan["jobs"][number % MADE]
        key = f"{number:032x}"
        jobs.append({**job, "key": key, "client": f"client-{number:04}", "name": f"Client {number}"})
        lines.append(json.dumps({**ended[job["key"]], "job": key, **_fate(number, ended[job["key"]])}))
        shutil.copyfile(folder / f"thumbnails/{job['key']}.jpg", folder / f"thumbnails/{key}.jpg")
    (folder / PLAN).write_text(json.dumps({**plan, "jobs": jobs}))
    (folder / JOURNAL).write_text("\n".join(lines) + "\n")
    write_results(folder)


def _fate(number: int, event: dict[str, Any]) -> dict[str, Any]:
    match number % 100:
        case 10 | 60:
            return {
                "event": "failed",
                "class": "service",
                "code": "ConnectError",
                "reason": "the API answered 503 three times",
                "files": [],
                "pages": 0,
                "figures": {},
            }
        case 20 | 70:
            return {"event": "held", "warnings": [CAUTION] * 6}
        case 30 | 80:
            return {"event": "degraded", "warnings": [CAUTION]}
        case 40 | 90 | 45 | 95:
            return {"figures": {name: value and value * 3 for name, value in event["figures"].items()}}
    return {}


def arguments(words: Sequence[str]) -> argparse.Namespace:
    """Return the arguments of a command line, or exit with what is wrong with it."""
    description = (__doc__ or "").partition("\n")[0]
    parser = argparse.ArgumentParser(prog="python -m bench.contact_sheet", description=description)
    parser.add_argument("reports", nargs="?", type=int, default=1_000, help="of the run; 1000 where it is left out")
    return parser.parse_args(words)


def main(count: int) -> None:
    """Print what a page of so many reports weighs and takes."""
    with tempfile.TemporaryDirectory() as name:
        before, folder = (make(Path(name), month) for month in (date(2026, 10, 2), date(2026, 11, 2)))
        multiply(before, count)
        multiply(folder, count)
        sheet = write_contact_sheet(folder)
        seconds = []
        for _turn in range(TURNS):
            start = time.perf_counter()
            write_contact_sheet(folder)
            seconds.append(time.perf_counter() - start)
        written = f"{sheet.stat().st_size / 1e6:.1f} MB, written in {statistics.median(seconds):.2f} s"
        print(f"{count:,} reports: {written}")
        if not shutil.which("chromium"):
            print("Chromium is not installed and not measured")
            return
        opened = []
        with launched() as browser:
            for _turn in range(TURNS):
                with visited(browser, sheet.as_uri()) as visit:
                    visit.page.evaluate(PAINTED)
                    opened.append(visit.page.evaluate(TIMES))
        paint, script, search = map(statistics.median, zip(*opened, strict=True))
        print(f"painted after {paint:.2f} s, script run after {script:.2f} s, a search takes {search:.3f} s")


if __name__ == "__main__":
    main(arguments(sys.argv[1:]).reports)
