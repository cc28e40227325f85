"""The fleet that is measured: its files, and the work of a loop and of a worker on it, each in this process.

`python -m bench.fleet_files loop FLEET OUT` makes every report one after the other; `python -m bench.fleet_files
renders FLEET REPORTS` renders as a worker does that is never replaced, and prints its memory after each report.
"""

from __future__ import annotations

import json
import shutil
import sys
import uuid
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from bench.processes import held_memory

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

DAY, PERIOD = date(2026, 11, 3), "2026-10"
FORMATS = ("html", "pdf", "xlsx")
_DIFFERENT = 20  # reports that a worker is given in turns
_SPEC = """\
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
_FLEET = """\
version: 1
period: "{period}"
formats: [{formats}]
defaults:
  api: {{token: {{env: BENCH_TOKEN}}}}
reports:
  - {{spec: {spec}, clients: {clients}}}
"""
_CLIENTS = ("clients.csv", "first.csv")


def write_fleet(folder: Path, reports: int, spec: Path | None = None) -> dict[str, Path]:
    """Write a fleet of so many clients, each with an account and a token of its own.

    Args:
        folder: Where.
        reports: How many.
        spec: Its spec, with which its folder is copied; None is a number, a chart and a table.

    Returns:
        The fleet file; one of its first client alone, `first`; and one that is only fetched, `fetched`.
    """
    name, sources = "social.yaml", ["instagram"]
    if spec:
        name, sources = f"specs/{spec.name}", _sources(spec)
        shutil.copytree(spec.parent, folder / "specs", ignore=shutil.ignore_patterns("*out*"))
    else:
        (folder / name).write_text(_SPEC)
    heading = ["slug", "name", "api.customer_token.env", *(f"sources.{source}" for source in sources)]
    rows = [_client(number, sources) for number in range(reports)]
    found = {}
    for clients, shown in zip(_CLIENTS, (rows, rows[:1]), strict=True):
        (folder / clients).write_text("\n".join(map(",".join, [heading, *shown])) + "\n")
    for word, clients, formats in zip(
        ("fleet", "first", "fetched"), (*_CLIENTS, _CLIENTS[0]), (FORMATS, FORMATS, ("json",)), strict=True
    ):
        found[word] = folder / f"{word}.yaml"
        found[word].write_text(_FLEET.format(period=PERIOD, formats=", ".join(formats), spec=name, clients=clients))
    return found


def tokens(reports: int) -> dict[str, str]:
    """Return the variables of a fleet's tokens; the API that answers it looks at none."""
    return {"BENCH_TOKEN": "merchant", **{_token(number): f"customer-{number}" for number in range(reports)}}


def _token(number: int) -> str:
    return f"BENCH_CUSTOMER_{number}"


def _client(number: int, sources: Sequence[str]) -> list[str]:
    accounts = (str(uuid.uuid5(uuid.NAMESPACE_URL, f"{number} {source}")) for source in sources)
    return [f"client-{number:04d}", f"Client {number}", _token(number), *accounts]


def _sources(spec: Path) -> list[str]:
    from reportgen.spec.loading import load_spec

    return [*load_spec(spec).sources]


def loop(fleet: Path, out: Path | None) -> None:
    """Make every report of a fleet in this process; without a folder they are only fetched."""
    from reportgen import build_report, write_report
    from reportgen.spec.fleet_members import load_members

    for member in load_members(fleet)[1]:
        report = build_report(member.spec, member.client, period=PERIOD, as_of=DAY)
        if out:
            write_report(report, out / member.client.id, FORMATS)


def memory_by_report(fleet: Path, reports: int) -> Iterator[float]:
    """Render in this process, as a worker does, and yield its memory in MB after each report."""
    from reportgen import build_report
    from reportgen.fleet.render_worker import render_text
    from reportgen.garbage_collection import collect_seldom
    from reportgen.outputs.report_json import encode_report
    from reportgen.spec.fleet_members import load_members

    collect_seldom()
    members = load_members(fleet)[1][:_DIFFERENT]
    made = [build_report(one.spec, one.client, period=PERIOD, as_of=DAY) for one in members]
    files: dict[str, bytes] = {}
    texts = [(one.client.slug, json.dumps(encode_report(one, files))) for one in made]
    for number in range(reports):
        client, text = texts[number % len(texts)]
        render_text(client, text, FORMATS, files)
        yield held_memory()


def main(work: str, fleet: Path, argument: str) -> None:
    """Do the work that the command names."""
    if work == "loop":
        loop(fleet, Path(argument) if argument else None)
    elif work == "renders":
        print(json.dumps([*memory_by_report(fleet, int(argument))]))


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]), sys.argv[3])
