"""Tests of reportgen.cli.time_limit."""

from __future__ import annotations

import signal
import subprocess
import sys
import time
from contextlib import suppress
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from reportgen.cli.render_commands import render
from reportgen.cli.time_limit import at_most
from reportgen.errors import OutputError
from reportgen.fleet.report_making import REPORT_SECONDS

if TYPE_CHECKING:
    from pathlib import Path

_STUBBORN = """
import time
from datetime import timedelta
from reportgen.cli.time_limit import at_most
with at_most(timedelta(seconds=0.05), "too late", grace=0.1):
    while True:
        try:
            time.sleep(60)
        except BaseException:
            pass
"""


def _swallow(seconds: float) -> None:
    with suppress(Exception):
        time.sleep(seconds)


def test_what_takes_too_long_is_ended() -> None:
    """The error is ours, and nothing of the limit is left; the code may catch every Exception, as page engines do."""
    before = signal.getsignal(signal.SIGALRM)
    with pytest.raises(OutputError, match="too late"), at_most(timedelta(seconds=0.05), "too late"):
        _swallow(60)
    assert signal.getsignal(signal.SIGALRM) is before


def test_what_is_done_in_time_is_left_alone() -> None:
    """The limit ends with the block."""
    with at_most(timedelta(seconds=0.05), "too late", grace=0.01):
        pass
    time.sleep(0.1)


def test_what_does_not_end_ends_the_process() -> None:
    """Where the exception does not come through, the message is printed all the same."""
    done = subprocess.run([sys.executable, "-c", _STUBBORN], capture_output=True, timeout=60, check=False)
    assert (done.returncode, done.stderr) == (1, b"reportgen: too late\n")


@pytest.mark.thorough
def test_render_gives_up(tmp_path: Path) -> None:
    """It says what to do, writes nothing, and ends with 1; by default after what a worker of a fleet has."""
    path = tmp_path / "spec.yaml"
    passages = f"      - text: {'x' * 7_000}\n" * 40
    path.write_text("version: 1\ntitle: T\nsections:\n  - blocks:\n" + passages)
    out = tmp_path / "out"
    command = ["render", str(path), "--sandbox", "--out", str(out), "--timeout", "1s", "--format", "pdf"]
    done = subprocess.run(  # a busy machine may take the last resort, which ends the process
        [sys.executable, "-m", "reportgen", *command], capture_output=True, text=True, timeout=100, check=False
    )
    assert done.returncode == 1
    assert done.stderr.startswith(f"reportgen: {path}: its files were not made within 1 seconds; ")
    assert not out.exists()
    default = next(option.default for option in render.params if option.name == "timeout")
    assert default == f"{REPORT_SECONDS / 60:g}m"
