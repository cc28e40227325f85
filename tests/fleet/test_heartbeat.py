"""The heartbeat of a run: a file that is written while it is alive."""

from __future__ import annotations

import json
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from reportgen.fleet.heartbeat import HEARTBEAT, Heartbeat, last_beat
from reportgen.fleet.run_loop import Progress

if TYPE_CHECKING:
    from pathlib import Path

HALF = Progress(4, {"done": 2}, ("a/social", "b/social"))


def test_a_run_that_is_alive(tmp_path: Path) -> None:
    """Each progress goes on to whoever shows it; the file has the first, and is gone at the end."""
    seen: list[Progress] = []
    heartbeat = Heartbeat(tmp_path, seen.append)
    heartbeat(HALF)
    heartbeat(Progress(4, {"done": 3}, ("b/social",)))
    assert len(seen) == 2
    beat = json.loads((tmp_path / HEARTBEAT).read_text())
    assert beat["ended"] == 2, "the second came within fifteen seconds"
    said = last_beat(tmp_path, datetime.fromisoformat(beat["at"]) + timedelta(seconds=12))
    assert said == "the run is alive, heard 12 s ago with 2 of 4 reports; at work: a/social, b/social"
    heartbeat.end()
    assert last_beat(tmp_path, datetime.now(UTC)) == ""


def test_a_run_that_was_killed(tmp_path: Path) -> None:
    """Its file stays, and its age says so; a file that cannot be read says nothing."""
    Heartbeat(tmp_path)(HALF)
    said = last_beat(tmp_path, datetime.now(UTC) + timedelta(minutes=10))
    assert said.startswith("the run was killed, or its machine stands still: nothing heard for 10 min; then 2 of 4")
    (tmp_path / HEARTBEAT).write_text("{}")
    assert last_beat(tmp_path, datetime.now(UTC)) == ""


@pytest.mark.parametrize(("host", "known"), [("", True), ("elsewhere", False)])
def test_a_killed_run_of_this_machine_is_known_at_once(tmp_path: Path, host: str, *, known: bool) -> None:
    """Its process is gone; of a process of another machine nobody knows here."""
    Heartbeat(tmp_path)(HALF)
    with subprocess.Popen([sys.executable, "-c", ""]) as ended:
        pass
    beat = json.loads((tmp_path / HEARTBEAT).read_text())
    beat |= {"process": ended.pid, "host": host or beat["host"]}
    (tmp_path / HEARTBEAT).write_text(json.dumps(beat))
    said = last_beat(tmp_path, datetime.fromisoformat(beat["at"]) + timedelta(seconds=5))
    assert said.startswith("the run was killed, 5 s or less ago; then 2 of 4" if known else "the run is alive")
