"""The pruning of old runs: the files of their reports go, and their journals stay, so that nothing is sent again."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from reportgen.files import written
from reportgen.fleet.contact_sheet import SHEET
from reportgen.fleet.journal import FINISHED, JOURNAL, Journal, latest, locked, read_events, written_files
from reportgen.fleet.report_files import THUMBNAILS
from reportgen.fleet.run_folders import RUNS
from reportgen.fleet.run_results import PLAN, write_results

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import timedelta
    from pathlib import Path

    from reportgen.fleet.journal import Event

PRUNED = "pruned"
"""The event, and the state, of a report whose files were removed for their age."""

_NOT_KEPT = frozenset({"at", "event", "job", "files"})


@dataclass(frozen=True, slots=True)
class PrunedRun:
    """A run whose files are removed, or would be.

    Attributes:
        folder: Of the run.
        last: When anything last happened in it.
        files: The files of its reports that are there, with their pictures and contact sheet.
        bytes: Their size together.
    """

    folder: Path
    last: datetime
    files: tuple[Path, ...]
    bytes: int


def prune(root: Path, age: timedelta, now: datetime, *, dry_run: bool = False) -> tuple[PrunedRun, ...]:
    """Remove the files of runs in which nothing has happened for a time.

    Plans, journals and results stay: a report of an old run is not sent again, and the next run still compares its
    figures with those of the run before. A file that a newer run has too stays, and so does every file that no journal
    names.

    Args:
        root: Folder under which everything of the runs is written.
        age: How long ago the last event of a run is, at the least.
        now: The time, in UTC.
        dry_run: Whether nothing is removed.

    Returns:
        The runs with files to remove, the oldest first.

    Raises:
        RunLocked: A run works under the root.
        OutputError: A journal is broken, or a file cannot be removed.
    """
    with locked(root):
        runs = {path.parent: read_events(path.parent) for path in sorted((root / RUNS).glob(f"*/{JOURNAL}"))}
        ends = {folder: _last(events) for folder, events in runs.items() if events and (folder / PLAN).is_file()}
        old = [folder for folder, last in sorted(ends.items(), key=lambda end: end[1]) if now - last >= age]
        needed = {file for folder in runs if folder not in old for file in _files(root, runs[folder])}
        found = tuple(_found(root, folder, ends[folder], runs[folder], needed) for folder in old)
        whole = tuple(run for run in found if run.files)
        for run in () if dry_run else whole:
            _remove(run, root, runs[run.folder])
    return whole


def _last(events: Iterable[Event]) -> datetime:
    times = (datetime.fromisoformat(str(event["at"])) for event in events if event.get("at"))
    return max(times, default=datetime.fromtimestamp(0, UTC))


def _files(root: Path, events: Iterable[Event]) -> Iterator[Path]:
    """Yield the files that a journal names, as far as they are below the root."""
    for event in events:
        for name, _digest in written_files(event):
            path = root / name
            if path.resolve().is_relative_to(root.resolve()) and path != root:
                yield path


def _found(root: Path, folder: Path, last: datetime, events: Iterable[Event], needed: set[Path]) -> PrunedRun:
    own = (path for path in dict.fromkeys(_files(root, events)) if path not in needed)
    pictures = sorted((folder / THUMBNAILS).glob("*.jpg"))
    files = tuple(path for path in (*own, *pictures, folder / SHEET) if path.is_file())
    return PrunedRun(folder, last, files, sum(path.stat().st_size for path in files))


def _remove(run: PrunedRun, root: Path, events: list[Event]) -> None:
    """Remove the files of a run, after its journal says that they go."""
    journal = Journal(run.folder)
    for key, event in latest(events).items():
        if event["event"] in FINISHED:
            facts = {name: value for name, value in event.items() if name not in _NOT_KEPT}
            journal.append(PRUNED, key, **facts)
    journal.close()
    for path in run.files:
        with written(path):
            path.unlink(missing_ok=True)
        _remove_empty(path.parent, root)
    write_results(run.folder)


def _remove_empty(folder: Path, root: Path) -> None:
    """Remove a folder and those above it, up to the root, as far as they are empty."""
    while folder != root and folder.is_relative_to(root) and not any(folder.iterdir()):
        folder.rmdir()
        folder = folder.parent
