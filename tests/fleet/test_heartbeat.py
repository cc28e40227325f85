"""The heartbeat of a run: a file that is written while it is alive."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

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
    assert json.loads((tmp_path / HEARTBEAT).read_text())["ended"] == 2, "the second came within fifteen seconds"
    assert last_beat(tmp_path, datetime.now(UTC)) == "the run is alive: 2 of 4 reports; at work: a/social, b/social"
    heartbeat.end()
    assert last_beat(tmp_path, datetime.now(UTC)) == ""


def test_a_run_that_was_killed(tmp_path: Path) -> None:
    """Its file stays, and its age says so; a file that cannot be read says nothing."""
    Heartbeat(tmp_path)(HALF)
    said = last_beat(tmp_path, datetime.now(UTC) + timedelta(minutes=10))
    assert said.startswith("the run was killed, or its machine stands still: nothing heard for 10 min; then 2 of 4")
    (tmp_path / HEARTBEAT).write_text("{}")
    assert last_beat(tmp_path, datetime.now(UTC)) == ""
