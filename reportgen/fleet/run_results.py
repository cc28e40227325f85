"""The results of a run: a record of each report, from the journal, written as `run_results.json`."""

from __future__ import annotations

import json
from collections import Counter
from typing import TYPE_CHECKING

from pydantic import ValidationError

from reportgen.errors import OutputError
from reportgen.files import file_fault, write_whole
from reportgen.fleet.delivery_states import DeliveryHistory
from reportgen.fleet.journal import FINISHED, latest, read_events
from reportgen.fleet.run_records import ReportResult, RunPlan, RunResults

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from reportgen.fleet.journal import Event
    from reportgen.fleet.run_records import PlannedReport, Recorded

PLAN, RESULTS = "run.json", "run_results.json"
_SHAPE = RunPlan.model_fields["schema_"].default
_KNOWN = {field.alias or name for name, field in ReportResult.model_fields.items()}


def results_of(folder: Path) -> RunResults:
    """Return the results of a run: every planned report with its last event.

    Raises:
        OutputError: The folder is no folder of a run, or its journal is broken.
    """
    plan = plan_in(folder)
    events = read_events(folder)
    last, history = latest(events), DeliveryHistory.of(events)
    try:
        reports = tuple(_result(plan, job, last.get(job.key), history) for job in plan.jobs)
    except ValidationError as error:
        raise OutputError(f"{folder}: its journal cannot be read by this version of reportgen: {error}") from error
    counts = Counter(report.state for report in reports)
    return RunResults(
        run=plan.run,
        fleet=plan.fleet,
        counts=dict(counts),
        deliveries=_deliveries(reports),
        reports=reports,
        problems=plan.problems,
        not_due=plan.not_due,
    )


def plan_in(folder: Path) -> RunPlan:
    """Return the plan of a run.

    Raises:
        OutputError: The folder is no folder of a run, or of one of a version whose files have another shape.
    """
    try:
        content = (folder / PLAN).read_bytes()
        if (shape := json.loads(content).get("schema")) not in {None, _SHAPE}:
            raise OutputError(f"{folder}: {PLAN} is {shape}, of a newer version of reportgen; this one reads {_SHAPE}")
        return RunPlan.model_validate_json(content)
    except (OSError, ValueError, AttributeError) as error:
        raise OutputError(
            f"{folder}: is no folder of a run: {PLAN} cannot be read; name the folder that `reportgen run` printed"
        ) from error


def write_results(folder: Path) -> RunResults:
    """Write `run_results.json` and return the results."""
    results = results_of(folder)
    write_record(folder / RESULTS, results)
    return results


def write_record(path: Path, record: Recorded) -> None:
    """Write a record as JSON.

    Raises:
        OutputError: It cannot be written.
    """
    write_whole(path, json.dumps(record.as_json(), ensure_ascii=False, indent=1).encode() + b"\n")


def changed_files(results: RunResults, root: Path) -> Iterator[tuple[str, str, str]]:
    """Yield the key of each finished report with a changed file, the path of the file, and its fault."""
    for report in results.reports:
        for file in report.files if report.state in FINISHED else ():
            if fault := file_fault(root / file.path, file.sha256):
                yield report.key, file.path, fault


def faults_of_files(results: RunResults, root: Path) -> dict[str, str]:
    """Return the fault of the files of each finished report that has a changed file, by the report's key."""
    return {key: f"{path} {fault}" for key, path, fault in changed_files(results, root)}


def _result(plan: RunPlan, job: PlannedReport, event: Event | None, history: DeliveryHistory) -> ReportResult:
    """Return the result of a report from the facts of its last event, its approval and its deliveries."""
    facts = {key: value for key, value in (event or {}).items() if key not in {"event", "job"}}
    state = str(event["event"]) if event else "not_run"
    report = _made(job, state, facts)
    approval = history.approval(plan, job, report.files)
    deliveries = history.deliveries(plan, job, state, report.files)
    waiting = sum(receipt.state == "waiting" for receipt in deliveries)
    if job.to is None and state in plan.sends:  # planned by an older version
        waiting = max(0, plan.channels - len(deliveries))
    return report.model_copy(update={"approval": approval, "deliveries": deliveries, "waiting": waiting})


def _made(job: PlannedReport, state: str, facts: Event) -> ReportResult:
    """Return the result of a report without its deliveries; facts of a newer version are named."""
    unknown = tuple(sorted(facts.keys() - _KNOWN))
    fields = {**job.as_json(), "state": state, **facts, "unknown": unknown}
    try:
        return ReportResult.model_validate(fields)
    except ValidationError as error:  # a kind of value that came with a newer version
        unread = {str(detail["loc"][0]) for detail in error.errors()} & facts.keys()
        known = {name: value for name, value in fields.items() if name not in unread}
        return ReportResult.model_validate({**known, "unknown": sorted({*unknown, *unread})})


def _deliveries(reports: Iterable[ReportResult]) -> dict[str, int]:
    """Return the number of deliveries by state."""
    states = (receipt.state for report in reports for receipt in report.deliveries if receipt.state != "waiting")
    counts: Counter[str] = Counter(states)
    counts["waiting"] = sum(report.waiting for report in reports)
    return {state: count for state, count in counts.items() if count}
