"""The heartbeat of a run: a small file that is written anew while the run is alive, for monitors and `status`."""

from __future__ import annotations

import json
import os
import socket
import time
from contextlib import suppress
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from reportgen.errors import OutputError
from reportgen.files import is_running, write_whole

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from reportgen.fleet.run_loop import Progress

HEARTBEAT = "heartbeat.json"
"""Name of the file in the folder of a run; a run that has ended has none."""

BEAT_SECONDS = 15.0
_SILENT_SECONDS = 90.0


class Heartbeat:
    """The heartbeat of a run, called with each progress of it."""

    def __init__(self, folder: Path, on_progress: Callable[[Progress], None] | None = None) -> None:
        """Name the file.

        Args:
            folder: Of the run.
            on_progress: Is called with each progress too.
        """
        self._path = folder / HEARTBEAT
        self._on_progress = on_progress
        self._next = 0.0

    def __call__(self, progress: Progress) -> None:
        """Write the file anew, at most once in `BEAT_SECONDS`; a full disk is the run's own trouble."""
        now = time.monotonic()
        if now >= self._next:
            self._next = now + BEAT_SECONDS
            fields = {
                "at": datetime.now(UTC).isoformat(timespec="seconds"),
                "host": socket.gethostname(),
                "process": os.getpid(),
                "ended": sum(progress.states.values()),
                "total": progress.total,
                "states": progress.states,
                "working": list(progress.working),
            }
            with suppress(OutputError):
                write_whole(self._path, json.dumps(fields, ensure_ascii=False).encode() + b"\n")
        if self._on_progress:
            self._on_progress(progress)

    def end(self) -> None:
        """Remove the file."""
        self._path.unlink(missing_ok=True)


def last_beat(folder: Path, now: datetime) -> str:
    """Return the last heartbeat of a run in words; empty where the run has ended.

    Args:
        folder: Of the run.
        now: The time, in UTC.
    """
    try:
        beat = json.loads((folder / HEARTBEAT).read_bytes())
        seconds = (now - datetime.fromisoformat(beat["at"])).total_seconds()
        text = f"{beat['ended']} of {beat['total']} reports; at work: {', '.join(beat['working'])}"
    except (OSError, ValueError, KeyError, TypeError):
        return ""
    if _is_gone(beat):
        return f"the run was killed, {seconds:.0f} s or less ago; then {text}"
    if seconds > _SILENT_SECONDS:
        return f"the run was killed, or its machine stands still: nothing heard for {seconds / 60:.0f} min; then {text}"
    return f"the run is alive, heard {max(seconds, 0):.0f} s ago with {text}"


def _is_gone(beat: Mapping[str, object]) -> bool:
    """Return whether the process of a heartbeat is known to be gone: it was one of this machine."""
    process = beat.get("process")
    is_here = beat.get("host") == socket.gethostname()
    return is_here and isinstance(process, int) and not is_running(process)
