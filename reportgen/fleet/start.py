"""A run from its fleet file to its results: what the command and a scheduler's script call."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from reportgen.connect.traffic import Traffic
from reportgen.errors import ConfigurationError
from reportgen.fetching import client_answers, learn_limits
from reportgen.fleet.contact_sheet import write_contact_sheet
from reportgen.fleet.engines import LocalEngine
from reportgen.fleet.jobs import make_jobs, run_name
from reportgen.fleet.journal import Journal, locked
from reportgen.fleet.results import write_results
from reportgen.fleet.running import Run, unfinished, write_plan
from reportgen.pipeline import report_of
from reportgen.spec.members import load_members

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from datetime import date
    from os import PathLike

    from pydantic import JsonValue

    from reportgen.fleet.jobs import Job
    from reportgen.fleet.running import Progress
    from reportgen.model import Report
    from reportgen.spec.fleet import Fleet

RUNS = "runs"
"""Folder under the root with a folder for each run."""

SECONDS = 120.0
"""Most that the rendering of one report may take."""


@dataclass(frozen=True, slots=True)
class FleetPlan:
    """A fleet, read and planned; nothing is asked or written yet.

    Attributes:
        file: The fleet file.
        fleet: What it holds.
        jobs: Every report of it.
        chosen: Those that this call is about.
        root: Under which reports are written.
        folder: Of the run.
    """

    file: Path
    fleet: Fleet
    jobs: tuple[Job, ...]
    chosen: tuple[Job, ...]
    root: Path
    folder: Path


def plan_fleet(  # noqa: PLR0913 - each is one option of the command
    path: str | PathLike[str],
    *,
    out: str | PathLike[str] | None = None,
    period: str | None = None,
    compare: str | None = None,
    as_of: date | None = None,
    only: Iterable[str] = (),
    limit: int | None = None,
) -> FleetPlan:
    """Read a fleet with all its files, and plan every report.

    Args:
        path: The fleet file.
        out: Under which reports are written; None is the folder of the fleet file.
        period: In place of the fleet's and the specs' period.
        compare: In place of the fleet's and the specs' comparison.
        as_of: The day of the reports; None is today in each client's time zone.
        only: Slugs of the clients to make; none makes all.
        limit: Most reports to make.

    Raises:
        SpecError: With every problem of every file.
        ConfigurationError: A slug of `only` is no client's.
    """
    file = Path(path)
    fleet, members = load_members(file)
    jobs = make_jobs(file, fleet, members, period=period, compare=compare, as_of=as_of)
    slugs = tuple(only)
    unknown = sorted(set(slugs) - {job.client for job in jobs})
    if unknown:
        message = f"--only {', '.join(unknown)}: no client of {file} has this slug"
        raise ConfigurationError(message)
    root = Path(out) if out else file.parent
    chosen = tuple(job for job in jobs if not slugs or job.client in slugs)[:limit]
    return FleetPlan(file, fleet, jobs, chosen, root, root / RUNS / run_name(file, jobs))


def run_fleet(
    plan: FleetPlan,
    *,
    workers: int | None = None,
    force: bool = False,
    told: Callable[[Progress], None] | None = None,
) -> dict[str, JsonValue]:
    """Make the reports of a fleet that are not made yet.

    Args:
        plan: See `plan_fleet`.
        workers: Processes that render; None is one for each processor.
        force: Whether reports that are made are made again.
        told: Called after each change.

    Returns:
        The content of `run_results.json`.

    Raises:
        RunLocked: Another process works under the same root.
        ConfigurationError: A token is missing.
        AuthenticationFailed: The account's token is refused.
        OutputError: The journal, or several reports in a row, could not be written.
    """
    with locked(plan.root):
        clients = [job.plan.client for job in plan.jobs if job.plan.client]
        for client in clients:
            client.tokens()  # the ones that are missing are told before anything starts
        plan.folder.mkdir(parents=True, exist_ok=True)
        write_plan(plan.folder, plan.root, plan.file, plan.jobs)
        journal = Journal(plan.folder)
        try:
            todo = plan.chosen if force else unfinished(plan.chosen, plan.folder, plan.root, plan.fleet.accepted)
            if todo:
                _make(plan, todo, journal, workers or os.cpu_count() or 1, told)
        finally:
            journal.close()
            results = write_results(plan.folder)
            write_contact_sheet(plan.folder)
    return results


def _make(
    plan: FleetPlan, todo: tuple[Job, ...], journal: Journal, workers: int, told: Callable[[Progress], None] | None
) -> None:
    clients = {job.plan.client.id: job.plan.client for job in todo if job.plan.client}
    traffic = Traffic(holds=True)
    learn_limits(clients.values(), traffic)

    def ask(job: Job) -> Report:
        source = client_answers(job.plan.client, traffic=traffic) if job.plan.client else None
        return report_of(job.plan, source)

    secrets = {
        place.env
        for client in clients.values()
        if client.api
        for place in (client.api.token, client.api.customer_token)
        if place.env
    }
    engine = LocalEngine(min(workers, len(todo)), SECONDS, secrets)
    journal.append("run", reports=len(todo), process=os.getpid())
    Run(plan.root, plan.folder, journal, engine, ask, told=told).make(todo)
