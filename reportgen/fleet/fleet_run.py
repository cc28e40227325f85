"""A run from its fleet file to its results: the functions that the command and a scheduler's script call."""

from __future__ import annotations

import os
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from reportgen.components.did_you_mean import nearest
from reportgen.errors import SpecError, UnknownName
from reportgen.files import sweep
from reportgen.fleet.contact_sheet import outcome_as_far_as_written
from reportgen.fleet.fleet_collisions import refuse_collisions
from reportgen.fleet.jobs import make_jobs, run_name
from reportgen.fleet.journal import Journal, locked
from reportgen.fleet.report_files import THUMBNAILS, clear_empty, places
from reportgen.fleet.report_making import Making, make_reports
from reportgen.fleet.reports_to_make import reports_to_make
from reportgen.fleet.run_folders import RUNS
from reportgen.fleet.run_plan import plan_of, with_made_reports, write_plan
from reportgen.fleet.run_readiness import check_ready, secret_names
from reportgen.fleet.run_records import AskedDays
from reportgen.spec.fleet_members import read_members

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from datetime import date
    from os import PathLike

    from reportgen.errors import Problem
    from reportgen.fleet.jobs import Job, NotDue
    from reportgen.fleet.reports_to_make import ReportToMake
    from reportgen.fleet.run_loop import Progress
    from reportgen.fleet.run_records import RunResults
    from reportgen.model import PdfVariant
    from reportgen.spec.client_file import Client
    from reportgen.spec.fleet_file import Fleet
    from reportgen.spec.fleet_members import LeftOut

RUN_SECONDS = 6 * 3600.0
"""How long a run begins reports, and waits while the API is down."""


@dataclass(frozen=True, slots=True)
class FleetPlan:
    """A fleet, read and planned; nothing is asked or written yet.

    Attributes:
        file: The fleet file.
        fleet: The content of the file.
        jobs: Every report of it, those of a client one after the other.
        chosen: The reports to make.
        root: Folder under which reports are written.
        folder: Of the run.
        problems: Problems of single clients, whose reports are left out.
        is_strict: Whether a problem of a single client refuses the whole run.
        asked: The days that were asked for, and the standard of the PDFs.
        variables: Variables of the environment that hold secrets of any client of the fleet.
        not_due: The reports of which no day is over yet, which are not among the jobs.
    """

    file: Path
    fleet: Fleet
    jobs: tuple[Job, ...]
    chosen: tuple[Job, ...]
    root: Path
    folder: Path
    problems: tuple[Problem, ...] = ()
    is_strict: bool = False
    asked: AskedDays | None = None
    variables: frozenset[str] = frozenset()
    not_due: tuple[NotDue, ...] = ()

    @property
    def keys(self) -> frozenset[str]:
        """The keys of the reports to make."""
        return frozenset(job.key for job in self.chosen)

    @property
    def clients(self) -> tuple[Client, ...]:
        """The clients of the reports to make."""
        return tuple(job.plan.client for job in self.chosen if job.plan.client)

    def to_make(self, *, force: bool = False) -> tuple[ReportToMake, ...]:
        """Return the reports that a run would make now, each with its reason; see `reports_to_make`."""
        return reports_to_make(self.chosen, self.folder, self.root, self.fleet.accepted, force=force)

    @property
    def secrets(self) -> frozenset[str]:
        """The environment variables that hold secrets of the fleet, also of clients without a report to make."""
        return secret_names(self.fleet) | self.variables


def plan_fleet(  # noqa: PLR0913 - each is an option of the command
    path: str | PathLike[str],
    *,
    out: str | PathLike[str] | None = None,
    period: str | None = None,
    compare: str | Sequence[str] | None = None,
    as_of: date | None = None,
    pdf_variant: PdfVariant | None = None,
    only: Iterable[str] = (),
    limit: int | None = None,
    strict: bool = False,
) -> FleetPlan:
    """Return a fleet, read with all its files, and its planned reports.

    A problem of a single client, such as a wrong row, leaves out the reports of this client and is among the problems
    of the plan. A report of a running month, quarter or year that begins on its day is left out too, without a problem.

    Args:
        path: The fleet file.
        out: Folder under which reports are written; None is the folder of the fleet file.
        period: In place of the fleet's and the specs' period.
        compare: In place of the fleet's and the specs' comparison: a word, or two.
        as_of: The day of the reports; None is today in each client's time zone.
        pdf_variant: The standard that the PDFs conform to, in place of the specs'.
        only: Slugs of the clients to make; none makes all.
        limit: Most reports to make, of whole clients; the reports of the first client are made as far as it allows.
        strict: Whether a problem of a single client refuses the whole run.

    Raises:
        SpecError: With every problem of every file: of the fleet file, a list of clients or a spec, of every client,
            or where `strict` is given of a single client.
        UnknownName: A slug of `only` is no client's, or that of a client that is left out.
    """
    file, slugs = Path(path), tuple(only)
    read = read_members(file)
    planned = make_jobs(
        file,
        read.fleet,
        read.members,
        period=period,
        compare=compare,
        as_of=as_of,
        pdf_variant=pdf_variant,
        unmade=read.unmade,
    )
    problems = (*read.problems, *planned.problems)
    if problems and strict:
        raise SpecError(problems)
    jobs = planned.jobs
    known = {job.client for job in jobs}.union(each.client for each in planned.not_due)
    _require_known(slugs, file, read.fleet, known, (*read.left_out, *planned.left_out))
    chosen = _whole_clients([job for job in jobs if not slugs or job.client in slugs], limit or len(jobs))
    root = Path(out) if out else file.parent
    folder = root / RUNS / run_name(file, planned.periods)
    compared = compare if compare is None or isinstance(compare, str) else tuple(compare)
    asked = AskedDays(period=period, compare=compared, as_of=_usual_day(jobs) or as_of, pdf_variant=pdf_variant)
    not_due = tuple(each for each in planned.not_due if not slugs or each.client in slugs)
    return FleetPlan(file, read.fleet, jobs, chosen, root, folder, problems, strict, asked, read.variables, not_due)


def _require_known(
    slugs: Iterable[str], file: Path, fleet: Fleet, known: set[str], left_out: Sequence[LeftOut]
) -> None:
    """Refuse slugs without a report, each with the problems for which its client is left out, or with a near slug.

    Raises:
        UnknownName: With every such slug.
    """
    named = sorted(known.union(each.client for each in left_out if each.client))
    unread = [str(each.problem) for each in left_out if not each.client]
    texts: list[str] = []
    for slug in sorted(set(slugs) - known):
        own = [str(each.problem) for each in left_out if each.client == slug]
        if own:
            texts += (f"--only {slug}: this client is left out, since it is wrong:", *dict.fromkeys(own))
        elif any(slug in entry.except_ for entry in fleet.reports):
            texts.append(f"--only {slug}: {file} leaves this client out by `except`")
        else:
            advice = nearest(slug, named, f"`reportgen run {file} --dry-run` lists the clients")
            texts += (f"--only {slug}: no client of {file} has this slug; {advice}", *unread)
    if texts:
        raise UnknownName("\n".join(texts))


def _usual_day(jobs: Sequence[Job]) -> date | None:
    """Return the day of most reports: without `as_of` it is another in a few clients' time zones."""
    days = Counter(job.plan.as_of for job in jobs)
    return max(days, key=lambda day: days[day], default=None)


def _whole_clients(jobs: Sequence[Job], most: int) -> tuple[Job, ...]:
    """Return the first reports of a number at most, without those of a client who would have only some of its own."""
    after = jobs[most].client if most < len(jobs) else None
    whole = tuple(job for job in jobs[:most] if job.client != after)
    return whole or tuple(jobs[:most])


def run_fleet(  # noqa: PLR0913 - each is an option of the command
    plan: FleetPlan,
    *,
    workers: int | None = None,
    engine: str = "local",
    force: bool = False,
    fresh: bool = False,
    delivers: bool = False,
    seconds: float = RUN_SECONDS,
    on_progress: Callable[[Progress], None] | None = None,
) -> RunResults:
    """Make the reports of a fleet that are not made yet. Nothing is sent; see `deliver`.

    Args:
        plan: See `plan_fleet`.
        workers: Processes that render; None is the number of processors.
        engine: `local`, `dask`, `dask+tls://HOST:PORT` or, on this machine, `dask://localhost:PORT`.
        force: Whether finished reports are made again.
        fresh: Whether months of histories whose answers are kept are asked for too.
        delivers: Whether `deliver` is to follow, so that its secrets and addresses have to be there now.
        seconds: How long reports are begun, and the API is waited for while it is down; after that the rest is not run.
        on_progress: Called after each change.

    Returns:
        The content of `run_results.json`; where it or the contact sheet could not be written, also why.

    Raises:
        RunLocked: Another process works under the same root.
        ConfigurationError: Tokens, secrets, addresses or the engine are missing; with all of them.
        AuthenticationFailed: The account's token, or the customer token that all clients share, is refused.
        OutputError: The journal, or several reports in a row, could not be written.
    """
    with locked(plan.root):
        written = plan_of(
            plan.folder,
            plan.file,
            plan.jobs,
            plan.fleet,
            problems=plan.problems,
            asked=plan.asked,
            not_due=plan.not_due,
        )
        refuse_collisions(plan.root, plan.folder, plan.file, written)
        plans = (job.plan for job in plan.chosen)
        check_ready(plan.fleet, plan.file, plan.clients, plans, delivers=delivers, strict=plan.is_strict)
        plan.folder.mkdir(parents=True, exist_ok=True)
        for folder in {plan.folder, plan.folder / THUMBNAILS}.union(*(places(plan.root, job) for job in plan.jobs)):
            sweep(folder)  # half-written files of a run that was killed
        write_plan(plan.folder, with_made_reports(written, plan.folder, plan.keys))
        journal = Journal(plan.folder)
        try:
            todo = tuple(job for job, _reason in plan.to_make(force=force))
            if todo:
                making = Making(
                    workers or os.cpu_count() or 1, engine, seconds, on_progress, "renew" if fresh else "use"
                )
                make_reports(plan, todo, journal, making)
        finally:
            journal.close()
            clear_empty(plan.root)
            results = outcome_as_far_as_written(plan.folder)
    return results
