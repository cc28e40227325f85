"""The reports that a run makes, and the reason of each: those that are made and may be sent stay as they are."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, NamedTuple

from reportgen.files import file_fault
from reportgen.fleet.journal import FINISHED, latest, read_events, written_files
from reportgen.fleet.report_key import CHANGES

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

    from pydantic import JsonValue

    from reportgen.fleet.jobs import Job
    from reportgen.fleet.journal import Event

NEW = "not made yet"
FORCED = "made already, and made again by --force"


class ReportToMake(NamedTuple):
    """A report that a run makes, and the reason in words for staff."""

    job: Job
    reason: str


def reports_to_make(
    jobs: Iterable[Job], folder: Path, root: Path, accepted: Sequence[str], *, force: bool = False
) -> tuple[ReportToMake, ...]:
    """Return the reports that are not made yet, not as they may be sent, changed, or whose files are gone or others.

    Args:
        jobs: Of the run.
        folder: Of the run, with its journal.
        root: Folder under which reports are written.
        accepted: Verdicts of reports that may be sent; others are made anew.
        force: Whether finished reports are made again.

    Raises:
        OutputError: The journal is broken.
    """
    events = read_events(folder)
    last, before = latest(events), _parts_made_before(events)
    reasons = ((job, _reason(job, root, accepted, last.get(job.key), before)) for job in jobs)
    return tuple(ReportToMake(job, reason or FORCED) for job, reason in reasons if reason or force)


def identity_facts(job: Job) -> dict[str, JsonValue]:
    """Return the facts by which a later run finds the report again when its key is another."""
    return {"client": job.client, "spec": job.spec, "period": job.period, "parts": dict(job.parts)}


def _parts_made_before(events: Iterable[Event]) -> dict[tuple[object, ...], Mapping[str, str]]:
    """Return the parts of the key with which each report was last made, by client, spec and period."""
    begun: dict[object, Event] = {}
    made: dict[tuple[object, ...], Mapping[str, str]] = {}
    for event in events:
        if event["event"] == "started":
            begun[event["job"]] = event
        start = begun.get(event["job"])
        if event["event"] in FINISHED and start and isinstance(parts := start.get("parts"), dict):
            made[start.get("client"), start.get("spec"), start.get("period")] = {k: str(v) for k, v in parts.items()}
    return made


def _reason(
    job: Job,
    root: Path,
    accepted: Sequence[str],
    event: Event | None,
    before: Mapping[tuple[object, ...], Mapping[str, str]],
) -> str:
    """Return the reason to make a report; empty where it is made."""
    if event is None:
        parts = before.get((job.client, job.spec, job.period), {})
        changed = (text for name, text in CHANGES.items() if parts and parts.get(name) != job.parts[name])
        return "; ".join(changed) or NEW
    state = str(event["event"])
    if state not in accepted:
        return f"{state} before: {event['reason']}" if event.get("reason") else f"{state} before"
    return next(_file_faults(event, root), "")


def _file_faults(event: Event, root: Path) -> Iterator[str]:
    """Yield the fault of each file of a finished report that is gone, or has another content than was written.

    Only files that were touched after the report was finished are read, also where their own time was set back, so
    that a thousand reports are looked over in no time; `reportgen verify` reads them all.
    """
    finished = datetime.fromisoformat(str(event["at"])).timestamp() if event.get("at") else 0.0
    for name, digest in written_files(event):
        path = root / name
        if not path.is_file():
            yield f"its file {name} has gone"
        elif path.stat().st_ctime > finished and (fault := file_fault(path, digest)):
            yield f"its file {name} {fault}"
