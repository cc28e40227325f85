"""What came of a run: one record a report, gathered from the journal and told as `run_results.json`."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

from pydantic import ValidationError

from reportgen.errors import OutputError
from reportgen.files import write_whole
from reportgen.fleet.journal import FINISHED, latest, read_events
from reportgen.fleet.record import ReportResult, RunPlan, RunResults

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reportgen.fleet.journal import Event
    from reportgen.fleet.record import PlannedReport, Recorded

PLAN, RESULTS = "run.json", "run_results.json"
_DELIVERIES = ("delivering", "delivered", "undelivered", "uncertain")


def results_of(folder: Path) -> RunResults:
    """Return what is known of a run: every planned report with what happened to it last.

    Raises:
        OutputError: The folder is none of a run, or its journal is broken.
    """
    try:
        plan = RunPlan.model_validate_json((folder / PLAN).read_bytes())
    except (OSError, ValidationError) as error:
        message = (
            f"{folder}: is no folder of a run: {PLAN} cannot be read; name the folder that `reportgen run` printed"
        )
        raise OutputError(message) from error
    events = read_events(folder)
    last, receipts = latest(events), _receipts(events)
    try:
        reports = tuple(_result(job, last.get(job.key), receipts.get(job.key, {})) for job in plan.jobs)
    except ValidationError as error:
        message = f"{folder}: its journal is of another version of reportgen: {error}"
        raise OutputError(message) from error
    counts = Counter(one.state for one in reports)
    return RunResults(run=plan.run, fleet=plan.fleet, root=plan.root, counts=dict(counts), reports=reports)


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


def changed_files(results: RunResults) -> Iterator[tuple[str, str, str]]:
    """Yield the key of each finished report with a file that is not as it was written, the file, and what is wrong."""
    for report in results.reports:
        for file in report.files if report.state in FINISHED else ():
            path = Path(results.root) / file.path
            try:
                same = hashlib.sha256(path.read_bytes()).hexdigest() == file.sha256
            except OSError as error:
                yield report.key, str(path), error.strerror or "cannot be read"
                continue
            if not same:
                yield report.key, str(path), "is not what was written"


def _result(job: PlannedReport, event: Event | None, receipts: dict[str, Event]) -> ReportResult:
    """Return what is told of a job: what it is, the facts of its last event, and its receipts."""
    facts = {key: value for key, value in (event or {}).items() if key not in {"event", "job"}}
    state = event["event"] if event else "not_run"
    return ReportResult.model_validate(
        {**job.as_json(), "state": state, **facts, "deliveries": tuple(receipts.values())}
    )


def _receipts(events: list[Event]) -> dict[str, dict[str, Event]]:
    """Return the last line of each delivery, by the key of its report and its receipt."""
    found: dict[str, dict[str, Event]] = {}
    for event in events:
        if event["event"] in _DELIVERIES:
            told: Event = {name: event[name] for name in ("to", "receipt", "at", "reason") if name in event}
            found.setdefault(str(event["job"]), {})[str(event["receipt"])] = {"state": event["event"], **told}
    return found
