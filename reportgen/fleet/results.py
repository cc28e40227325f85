"""What came of a run: one record a report, gathered from the journal and told as `run_results.json`."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

from reportgen.errors import OutputError
from reportgen.files import write_whole
from reportgen.fleet.journal import FINISHED, latest, read_events

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from pydantic import JsonValue

    from reportgen.fleet.journal import Event

SCHEMA = "reportgen.run/1"
PLAN, RESULTS = "run.json", "run_results.json"


def results_of(folder: Path) -> dict[str, JsonValue]:
    """Return what is known of a run: every planned report with what happened to it last.

    Raises:
        OutputError: The folder is none of a run, or its journal is broken.
    """
    try:
        plan = json.loads((folder / PLAN).read_text("utf-8"))
    except (OSError, ValueError) as error:
        message = (
            f"{folder}: is no folder of a run: {PLAN} cannot be read; name the folder that `reportgen run` printed"
        )
        raise OutputError(message) from error
    last = latest(read_events(folder))
    reports = [_record(job, last.get(job["key"])) for job in plan["jobs"]]
    counts = Counter(str(one["state"]) for one in reports)
    of_run = {name: plan[name] for name in ("run", "fleet", "root")}
    return {"schema": SCHEMA, **of_run, "counts": dict(counts), "reports": reports}


def write_results(folder: Path) -> dict[str, JsonValue]:
    """Write `run_results.json` and return what is in it."""
    results = results_of(folder)
    write_whole(folder / RESULTS, json.dumps(results, ensure_ascii=False, indent=1).encode() + b"\n")
    return results


def changed_files(results: Mapping[str, JsonValue]) -> Iterator[tuple[str, str, str]]:
    """Yield the key of each finished report with a file that is not as it was written, the file, and what is wrong."""
    for report in _dicts(results["reports"]):
        for file in _dicts(report.get("files", [])) if report["state"] in FINISHED else ():
            path = Path(str(results["root"])) / str(file["path"])
            try:
                same = hashlib.sha256(path.read_bytes()).hexdigest() == file["sha256"]
            except OSError as error:
                yield str(report["key"]), str(path), error.strerror or "cannot be read"
                continue
            if not same:
                yield str(report["key"]), str(path), "is not what was written"


def _record(job: Event, event: Event | None) -> dict[str, JsonValue]:
    """Return what is told of a job: what it is, and the facts of its last event."""
    facts = {key: value for key, value in (event or {}).items() if key not in {"event", "job"}}
    return {**job, "state": event["event"] if event else "not_run", **facts}


def _dicts(value: JsonValue) -> list[dict[str, JsonValue]]:
    return [one for one in value if isinstance(one, dict)] if isinstance(value, list) else []
