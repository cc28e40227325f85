"""The journal of a run: a line for each change of state, on the disk before anything follows from it.

The folder of a run has `run.json` (its plan), `journal.jsonl` (its events) and `run_results.json` (its results). A
lock allows a single process at a time to write.
"""

from __future__ import annotations

import fcntl
import json
import os
import socket
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import TYPE_CHECKING, TypeAlias, get_args

from reportgen.errors import OutputError, RunLocked
from reportgen.files import written
from reportgen.fleet.run_folders import LOCK
from reportgen.model import Verdict

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pydantic import JsonValue

    Event: TypeAlias = dict[str, JsonValue]

JOURNAL = "journal.jsonl"
FINISHED: frozenset[str] = frozenset(get_args(Verdict))
"""Events after which a report has its files."""


class Journal:
    """The journal of a run, open for writing."""

    def __init__(self, folder: Path, *, is_dry: bool = False) -> None:
        """Open the journal; an unfinished last line, from a crash, is cut off.

        Args:
            folder: Of the run.
            is_dry: Whether nothing is written, as in a dry run.

        Raises:
            OutputError: It cannot be opened, or a line in it is broken.
        """
        self._path, self._file = folder / JOURNAL, None
        read_events(folder)
        if is_dry:
            return
        with written(self._path):
            self._file = self._path.open("ab")
            self._file.truncate(_end_of_lines(self._path.read_bytes()))

    def append(self, event: str, job: str = "", **facts: JsonValue) -> None:
        """Write a line and wait until it is on the disk.

        Raises:
            OutputError: The disk is full, or gone.
        """
        line = {"at": datetime.now(UTC).isoformat(timespec="milliseconds"), "event": event, "job": job, **facts}
        if self._file is None:
            return
        with written(self._path):
            self._file.write(json.dumps(line, ensure_ascii=False).encode() + b"\n")
            self._file.flush()
            os.fsync(self._file.fileno())

    def close(self) -> None:
        """Close the file."""
        if self._file:
            self._file.close()


def read_events(folder: Path) -> list[Event]:
    """Return the events of a journal, in order; without a journal, none.

    An unfinished last line, from a crash, is left out.

    Raises:
        OutputError: Another line is broken.
    """
    path = folder / JOURNAL
    if not path.exists():
        return []
    content = path.read_bytes()
    events: list[Event] = []
    for number, line in enumerate(content[: _end_of_lines(content)].splitlines(), 1):
        try:
            event = json.loads(line)
            events.append({"event": event["event"], "job": event["job"], **event})
        except (ValueError, KeyError, TypeError) as error:
            raise OutputError(
                f"{path}: line {number} is broken; nothing is done until someone has looked at it"
            ) from error
    return events


def latest(events: list[Event]) -> dict[str, Event]:
    """Return the event with which each job last ended, by its key.

    A finished job is left out whose files another job wrote over with another content, as the same report does with
    another comparison: nothing of it is there any more.
    """
    ends = FINISHED | {"failed", "lost", "interrupted", "pruned"}
    last = {str(event["job"]): event for event in events if event["job"] and event["event"] in ends}
    finished = [event for event in events if event["event"] in FINISHED]
    contents = {path: digest for event in finished for path, digest in written_files(event)}
    return {
        key: event
        for key, event in last.items()
        if event["event"] not in FINISHED or all(contents[path] == digest for path, digest in written_files(event))
    }


def written_files(event: Event) -> Iterator[tuple[str, str]]:
    """Yield the path below the root and the SHA-256 digest of each file that an event says was written."""
    files = event.get("files")
    for file in files if isinstance(files, list) else ():
        if isinstance(file, dict) and "path" in file:
            yield str(file["path"]), str(file.get("sha256"))


@contextmanager
def locked(root: Path) -> Iterator[None]:
    """Lock a folder for the time of a `with` block; the lock of a dead process is no lock.

    Raises:
        RunLocked: Another process is in it; the message names it.
        OutputError: The folder cannot be written to, or its file system knows no locks.
    """
    path = root / LOCK
    with written(path):
        root.mkdir(parents=True, exist_ok=True)
        handle = os.open(path, os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW, 0o600)
    with os.fdopen(handle, "r+") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            holder = file.read(200).strip() or "another process"
            raise RunLocked(f"{root}: {holder} works here; wait for it to end, or run with another --out") from error
        except OSError as error:
            raise OutputError(
                f"{root}: this file system keeps no locks ({error.strerror}); run with --out on a local disk"
            ) from error
        file.truncate()
        file.write(f"process {os.getpid()} on {socket.gethostname()} since {datetime.now(UTC):%Y-%m-%d %H:%M} UTC")
        file.flush()
        yield


def _end_of_lines(content: bytes) -> int:
    """Return the number of bytes of a journal's finished lines."""
    return content.rfind(b"\n") + 1
