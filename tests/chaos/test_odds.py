"""Two runs in one place, impatient signals, full disks and folders that cannot be written to."""

from __future__ import annotations

import resource
import signal
import subprocess
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.chaos.agency import Agency
from tests.chaos.api import Night
from tests.chaos.artifacts import text_of
from tests.chaos.command import Command, ends_without_orphans
from tests.chaos.test_kills import at_step
from tests.faultserver import FaultServer, serving

if TYPE_CHECKING:
    from collections.abc import Iterator

_LISTENING = """
import signal, sys
from reportgen.cli import main
signal.signal(signal.SIGINT, signal.default_int_handler)  # a shell's background job has it ignored
raise SystemExit(main(sys.argv[1:]))
"""


@pytest.fixture
def agency(tmp_path: Path) -> Agency:
    """Return an agency that keeps a run busy for some seconds."""
    return Agency(tmp_path, 14, formats=("html",)).write()


@pytest.fixture
def server(agency: Agency) -> Iterator[FaultServer]:
    """Return a server that answers all of it."""
    with serving(Night(agency).script) as running:
        yield running


def test_two_runs_in_one_place(agency: Agency, server: FaultServer, tmp_path: Path) -> None:
    """F05: the second is refused with the name of the first, asks nothing, and the first makes all."""
    command = Command(agency, tmp_path / "o", server.address)
    with command.started("-q") as first:
        assert at_step("started", 1)(command, first)
        first.send_signal(signal.SIGSTOP)  # or it may be done before the second has begun
        second = command.run()
        first.send_signal(signal.SIGCONT)
        assert second.returncode == 4
        assert f"process {first.pid} on " in second.stderr
        _, said = first.communicate()
        assert first.returncode == 0, said
    assert len(server.hits) == agency.clients + 1


@pytest.mark.chaos
@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_impatience(agency: Agency, server: FaultServer, tmp_path: Path, number: signal.Signals) -> None:
    """F12, F14: another signal while a run ends tears no file and leaves no process; the next run makes the rest."""
    command = Command(agency, tmp_path / "o", server.address, program=("-c", _LISTENING))
    with command.started("-q") as run:
        assert at_step("done", 2)(command, run)
        for _ in range(2):
            run.send_signal(number)
            if ended_in(run, 0.3):
                break
        assert run.wait(10) in {128 + number, -number}  # both are one code to a shell; the second hits a bare process
        assert ends_without_orphans(run.pid)
    stamps = command.stamps()
    for path in stamps:
        text_of(path)
    assert command.changed() == []
    assert command.run("-q").returncode == 0
    assert {path: path.stat().st_mtime_ns for path in stamps} == stamps
    assert {one["state"] for one in command.reports().values()} == {"done"}


def ended_in(process: subprocess.Popen[str], seconds: float) -> bool:
    """Tell whether a process ends in time."""
    try:
        process.wait(seconds)
    except subprocess.TimeoutExpired:
        return False
    return True


@pytest.mark.chaos
@pytest.mark.timeout(600)
def test_a_full_disk(tmp_path: Path) -> None:
    """F01: the run ends soon with the reason, no half file stays, and with room again it makes everything."""
    agency = Agency(tmp_path, 40, formats=("html",)).write()
    night = Night(agency)
    with serving(night.script) as server:
        made_without_room_and_with_it(Command(agency, tmp_path / "o", server.address), night)


def made_without_room_and_with_it(command: Command, night: Night) -> None:
    """Run twice, the first time where no file may be as large as a report."""
    most = 60_000  # bytes: less than a report's, more than the journal's
    full = command.run(preexec_fn=partial(resource.setrlimit, resource.RLIMIT_FSIZE, (most, most)))
    assert full.returncode == 1
    assert "could not be written, so the run ends" in full.stderr
    assert "File too large" in full.stderr
    assert [path for path in command.out.glob("out/*/*/*/*") if path.is_file()] == []
    assert sum(night.asked.values()) < command.agency.clients
    assert command.run("-q").returncode == 0
    assert command.verified().returncode == 0


def test_a_folder_that_cannot_be_written_to(agency: Agency, server: FaultServer) -> None:
    """F02: it is told before anything is asked, by its name."""
    refused = Command(agency, Path("/proc/reports"), server.address).run()
    assert refused.returncode == 1
    assert "/proc/reports" in refused.stderr
    assert "cannot be written" in refused.stderr
    assert server.hits == []
