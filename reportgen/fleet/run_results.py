"""What came of a run: one record a report, gathered from the journal and told as `run_results.json`."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from typing import TYPE_CHECKING

from pydantic import ValidationError

from reportgen.errors import OutputError
from reportgen.files import write_whole
from reportgen.fleet.delivery_receipts import about, receipts_of
from reportgen.fleet.journal import FINISHED, latest, read_events
from reportgen.fleet.run_records import ReportResult, RunPlan, RunResults

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from reportgen.fleet.journal import Event
    from reportgen.fleet.run_records import PlannedReport, Recorded

PLAN, RESULTS = "run.json", "run_results.json"


def results_of(folder: Path) -> RunResults:
    """Return what is known of a run: every planned report with what happened to it last.

    Raises:
        OutputError: The folder is none of a run, or its journal is broken.
    """
    plan = plan_in(folder)
    events = read_events(folder)
    last, receipts = latest(events), receipts_of(events)
    try:
        reports = tuple(
            _result(plan, job, last.get(job.key), (*receipts.get(about(job), ()), *receipts.get(job.key, ())))
            for job in plan.jobs
        )
    except ValidationError as error:
        message = f"{folder}: its journal is of another version of reportgen: {error}"
        raise OutputError(message) from error
    counts = Counter(one.state for one in reports)
    return RunResults(
        run=plan.run, fleet=plan.fleet, counts=dict(counts), deliveries=_deliveries(reports), reports=reports
    )


def plan_in(folder: Path) -> RunPlan:
    """Return what a run was to do.

    Raises:
        OutputError: The folder is none of a run.
    """
    try:
        return RunPlan.model_validate_json((folder / PLAN).read_bytes())
    except (OSError, ValidationError) as error:
        message = (
            f"{folder}: is no folder of a run: {PLAN} cannot be read; name the folder that `reportgen run` printed"
        )
        raise OutputError(message) from error


def write_results(folder: Path) -> RunResults:
    """Write `run_results.json` and return what is in it."""
    results = results_of(folder)
    write_record(folder / RESULTS, results)
    return results


def write_record(path: Path, record: Recorded) -> None:
    """Write a record as JSON, whole.

    Raises:
        OutputError: It cannot be written.
    """
    write_whole(path, json.dumps(record.as_json(), ensure_ascii=False, indent=1).encode() + b"\n")


def changed_files(results: RunResults, root: Path) -> Iterator[tuple[str, str, str]]:
    """Yield the key of each finished report with a file that is not as it was written, the file, and what is wrong."""
    for report in results.reports:
        for file in report.files if report.state in FINISHED else ():
            try:
                same = hashlib.sha256((root / file.path).read_bytes()).hexdigest() == file.sha256
            except OSError as error:
                yield report.key, file.path, error.strerror or "cannot be read"
                continue
            if not same:
                yield report.key, file.path, "is not what was written"


def _result(plan: RunPlan, job: PlannedReport, event: Event | None, receipts: tuple[Event, ...]) -> ReportResult:
    """Return what is told of a job: what it is, the facts of its last event, and its receipts."""
    facts = {key: value for key, value in (event or {}).items() if key not in {"event", "job"}}
    state = event["event"] if event else "not_run"
    tried = {one["receipt"] if one.get("channel") is None else one["channel"] for one in receipts}
    waiting = max(0, plan.channels - len(tried)) if state in plan.sends else 0
    told: Event = {**job.as_json(), "state": state, **facts, "waiting": waiting}
    return ReportResult.model_validate({**told, "deliveries": receipts})


def _deliveries(reports: Iterable[ReportResult]) -> dict[str, int]:
    """Return how many deliveries are in which state."""
    counts: Counter[str] = Counter(receipt.state for report in reports for receipt in report.deliveries)
    counts["waiting"] = sum(report.waiting for report in reports)
    return {state: count for state, count in counts.items() if count}
