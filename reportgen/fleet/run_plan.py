"""The plan of a run in `run.json`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reportgen.fleet.delivery_channels import addresses_of, channels_of
from reportgen.fleet.jobs import all_variables, not_due_lines
from reportgen.fleet.journal import FINISHED, latest, read_events
from reportgen.fleet.run_folders import fleet_path
from reportgen.fleet.run_records import PlannedReport, RunPlan
from reportgen.fleet.run_results import PLAN, plan_in, write_record

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence
    from pathlib import Path

    from reportgen.errors import Problem
    from reportgen.fleet.jobs import Job, NotDue
    from reportgen.fleet.run_records import AskedDays
    from reportgen.spec.fleet_file import Fleet


def plan_of(  # noqa: PLR0913 - each is a part of the record
    folder: Path,
    file: Path,
    jobs: Sequence[Job],
    fleet: Fleet,
    *,
    problems: Iterable[Problem] = (),
    asked: AskedDays | None = None,
    not_due: Iterable[NotDue] = (),
) -> RunPlan:
    """Return the plan of a run.

    Args:
        folder: Of the run.
        file: The fleet file.
        jobs: All of the fleet.
        fleet: The fleet, with its deliveries.
        problems: Problems of clients whose reports are left out.
        asked: The days that were asked for.
        not_due: The reports of which no day is over yet.
    """
    delivery, channels = fleet.deliver, channels_of(fleet, file)
    reports = tuple(
        PlannedReport(
            key=job.key,
            client=job.client,
            client_id=job.plan.client.lasting_id if job.plan.client else None,
            name=job.plan.client.name if job.plan.client else job.client,
            spec=job.spec,
            title=job.plan.title,
            period=job.period,
            folder=str(job.folder),
            formats=job.formats,
            locale=job.plan.locale,
            variables=all_variables(job.plan),
        )
        for job in jobs
    )
    return RunPlan(
        run=folder.name,
        fleet=fleet_path(file, folder),
        sends=delivery.when if delivery else (),
        channels=len(channels),
        approval=delivery is not None and delivery.approval == "required",
        jobs=tuple(report.model_copy(update={"to": addresses_of(channels, report)}) for report in reports),
        problems=tuple(str(problem) for problem in problems),
        asked=asked,
        not_due=tuple(not_due_lines(not_due)),
    )


def with_made_reports(plan: RunPlan, folder: Path, keys: Collection[str]) -> RunPlan:
    """Return a plan in which reports that are not chosen stay as they were made, also where their spec has changed.

    Args:
        plan: The plan.
        folder: Of the run, with the plan and the journal of earlier calls.
        keys: The keys of the chosen reports.

    Raises:
        OutputError: The earlier plan or the journal cannot be read.
    """
    if not (folder / PLAN).exists():
        return plan
    ends = latest(read_events(folder))
    made = {
        _identity(report): report
        for report in plan_in(folder).jobs
        if report.key in ends and ends[report.key]["event"] in FINISHED
    }
    reports = (
        report
        if report.key in keys or _identity(report) not in made
        else made[_identity(report)].model_copy(update={"to": report.to})
        for report in plan.jobs
    )
    return plan.model_copy(update={"jobs": tuple(reports)})


def _identity(report: PlannedReport) -> tuple[str, ...]:
    """Return what a report is known by when its key is another."""
    return report.client, report.spec, report.period, report.folder


def write_plan(folder: Path, plan: RunPlan) -> None:
    """Write `run.json` into the folder of a run, before its first report is begun."""
    write_record(folder / PLAN, plan)
