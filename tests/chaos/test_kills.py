"""Processes that die: the parent and its workers, at every kind of step and at any moment."""

from __future__ import annotations

import os
import signal
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from reportgen.cli import main
from tests.chaos.agency import DAY, Agency
from tests.chaos.api import KINDS, Night
from tests.chaos.artifacts import text_of
from tests.chaos.command import LOOK, Command, ends_without_orphans, session, suppress_gone, wait_until, workers
from tests.faultserver import serving

if TYPE_CHECKING:
    import subprocess
    from collections.abc import Callable
    from random import Random

    from tests.chaos.command import Running

_DYING = """
import os, signal, sys
from pathlib import Path
from reportgen.cli import main

replace = Path.replace

def dying(self, target):
    if Path(target).suffix == ".xlsx" and "out" in Path(target).parts:
        os.kill(os.getpid(), signal.SIGKILL)
    return replace(self, target)

Path.replace = dying
raise SystemExit(main(sys.argv[1:]))
"""
"""Dies with the first report written whole, but not under its name yet."""

FULL = [pytest.mark.chaos, pytest.mark.timeout(7200)]
STEPS = ("run", "started", "fetched", "done", "degraded", "held", "failed")
_LONGEST = 4.0  # seconds after which a run is killed that is killed by the clock
_EVENTS, _A_STEP = 60, 0.5  # new events, and seconds after the last of them, after which others are at the latest
_FAULTS = {1: "refused token", 2: "a broken metric", 3: "403"}  # one report each that fails, is degraded, is held


@dataclass
class Siege:
    """Runs of one fleet that are killed, one after the other, until nothing is left to do.

    Attributes:
        command: What is run; a new folder is taken once all is made.
        night: What the server does.
        stamps: When the finished files were written.
    """

    command: Command
    night: Night
    stamps: dict[Path, int] = field(default_factory=dict)
    folders: int = 0
    kills: int = 0

    def kill(self, when: Callable[[Command, subprocess.Popen[str]], bool]) -> None:
        """Start a run, kill its parent at a moment, and look at what it leaves.

        Args:
            when: Waits for the moment, and tells whether it came before the run ended.
        """
        with self.command.started("-q") as process:
            came = when(self.command, process)
            process.kill()
            process.communicate()
            assert ends_without_orphans(process.pid)
        self.kills += came
        self.look()
        if not came:
            self.finish()
            self.renew()

    def look(self) -> None:
        """Prove that no file is torn, and that what was finished is as it was."""
        if not self.command.journal.exists():
            return
        now = self.command.stamps()
        assert {path: now.get(path) for path in self.stamps} == self.stamps
        self.stamps = now
        for path in self.command.out.glob("out/*/*/*/*"):
            if not path.name.startswith("."):
                text_of(path)
        assert self.command.changed() == []

    def finish(self) -> None:
        """Let the last run go to its end, with what was broken healed: nothing is lost, nothing made twice."""
        self.night.faults.clear()
        ended = self.command.run("-q")
        assert ended.returncode == 0, ended.stderr
        self.look()
        assert {one["state"] for one in self.command.reports().values()} == {"done"}
        assert self.command.verified().returncode == 0
        strays = [path for path in self.command.out.rglob("*.tmp") if path.is_file()]
        assert strays == []

    def renew(self) -> None:
        """Begin again in another folder."""
        self.folders += 1
        self.night.faults.update(_FAULTS)
        out = self.command.out.with_name(f"o{self.folders}")
        self.command = Command(self.command.agency, out, self.command.address)
        self.stamps = {}


def at_step(kind: str, count: int) -> Callable[[Command, subprocess.Popen[str]], bool]:
    """Return what waits for the n-th new event of a kind, or of any where it is empty."""

    def when(command: Command, process: subprocess.Popen[str]) -> bool:
        size = command.journal.stat().st_size if command.journal.exists() else 0
        while process.poll() is None:
            if sum(event["event"] == (kind or event["event"]) for event in command.events(size)) >= count:
                return True
            time.sleep(LOOK)
        return False

    return when


def after(seconds: float) -> Callable[[Command, subprocess.Popen[str]], bool]:
    """Return what waits some time."""
    return lambda _command, process: not wait_until(lambda: process.poll() is not None, seconds)


def after_events(count: int, seconds: float) -> Callable[[Command, subprocess.Popen[str]], bool]:
    """Return what waits some time after the n-th new event, so that slow machines are killed at the same points."""

    def when(command: Command, process: subprocess.Popen[str]) -> bool:
        return at_step("", count)(command, process) and after(seconds)(command, process)

    return when


@pytest.mark.parametrize(
    ("clients", "steps", "moments"),
    [
        pytest.param(8, ("fetched", "done"), 0, id="short"),
        pytest.param(60, STEPS, 30, id="full", marks=FULL),
    ],
)
def test_the_parent_is_killed(
    tmp_path: Path, chance: Random, clients: int, steps: tuple[str, ...], moments: int
) -> None:
    """F03, F13, F15: at each kind of step and at random, nothing is torn, lost or made twice; no process is left."""
    agency = Agency(tmp_path, clients, formats=("xlsx",)).write()
    night = Night(agency, dict(_FAULTS))
    with serving(night.script) as server:
        siege = Siege(Command(agency, tmp_path / "o0", server.address), night)
        for kind in steps:
            siege.kill(at_step(kind, 1 if kind in {"run", "failed", "held", "degraded"} else chance.randint(1, 3)))
        for at in range(moments):
            late = after_events(chance.randint(1, _EVENTS), chance.uniform(0, _A_STEP))
            siege.kill(after(chance.uniform(0, _LONGEST)) if at % 5 == 0 else late)
        made = len(siege.stamps)
        siege.finish()
    told = f"{made} reports of the last of {siege.folders + 1} fleets of {clients} were made in between"
    print(f"{siege.kills} parents killed, {told}")  # noqa: T201 - what was proved


@pytest.mark.parametrize(
    ("clients", "kills"),
    [
        pytest.param(16, ("started", "done"), id="short"),
        pytest.param(400, ("run", "started", "fetched", "done", *["any"] * 30), id="full", marks=FULL),
    ],
)
def test_workers_are_killed(tmp_path: Path, chance: Random, clients: int, kills: tuple[str, ...]) -> None:
    """F09: at each kind of step and at random, a worker that dies costs nobody a report."""
    agency = Agency(tmp_path, clients, formats=("xlsx",)).write()
    with serving(Night(agency).script) as server:
        command = Command(agency, tmp_path / "o", server.address)
        with command.started("-q") as process:
            for kind in kills:
                when = after(chance.uniform(0, 0.5)) if kind == "any" else at_step(kind, 1)
                assert when(command, process), f"the run ended before all were killed: {command.reports()}"
                assert kill_one_of(process, chance)
            _, said = process.communicate()
            assert process.returncode == 0, said
            assert ends_without_orphans(process.pid)
        assert {one["state"] for one in command.reports().values()} == {"done"}
        assert command.changed() == []
    crashed = sum(event["event"] == "crashed" for event in command.events())
    print(f"{len(kills)} workers killed, {crashed} of them at work")  # noqa: T201 - what was proved


def kill_one_of(process: subprocess.Popen[str], chance: Random) -> bool:
    """Kill one of a run's workers, as soon as there is one."""
    if not wait_until(lambda: bool(workers(process.pid)), 20):
        return False
    victims = sorted(one.pid for one in workers(process.pid))
    with suppress_gone():
        os.kill(chance.choice(victims), 9)
    return True


def test_kinds_are_what_a_run_tells() -> None:
    """The faults of a siege end in each of the states that are neither done nor on the way."""
    assert {KINDS[name].state for name in _FAULTS.values()} == {"failed", "degraded", "held"}


@pytest.mark.chaos
def test_an_idle_worker_dies(tmp_path: Path) -> None:
    """F09: also where no other worker has anything to do at that moment."""
    agency = Agency(tmp_path, 6, formats=("html",)).write()
    with serving(Night(agency).script) as server:
        command = Command(agency, tmp_path / "o", server.address)
        with command.started("-q") as process:
            assert wait_until(lambda: bool(workers(process.pid)), 20)
            for one in workers(process.pid):
                with suppress_gone():
                    os.kill(one.pid, 9)
            _, said = process.communicate()
        assert process.returncode == 0, said
        assert not session(process.pid)


def test_what_a_killed_run_left_is_swept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """F03: half-written files of a process that has died go with the next run; those of others stay."""
    agency = Agency(tmp_path, 3, formats=("xlsx",)).write()
    with serving(Night(agency).script) as server:
        killed = Command(agency, tmp_path / "o", server.address, program=("-c", _DYING)).run("-q")
        assert killed.returncode == -signal.SIGKILL
        stray, *_ = (tmp_path / "o" / "out").rglob("*.tmp")  # another report may have been written at that moment
        living = stray.with_name(f".canary.{os.getppid()}.x.tmp")
        living.touch()
        for name, content in {**agency.environment(), "REPORTGEN_API_URL": server.address}.items():
            monkeypatch.setenv(name, content)
        assert main(["run", str(agency.file), "--out", str(tmp_path / "o"), "--as-of", DAY, "-q"]) == 0
    assert list((tmp_path / "o").rglob("*.tmp")) == [living]


def test_a_worker_dies_as_it_hands_over(tmp_path: Path) -> None:
    """F09: half of a report on its way back from a worker harms no other report, and does not stop the run."""
    agency = Agency(tmp_path, 8, formats=("html",)).write()
    with serving(Night(agency).script) as server:
        command = Command(agency, tmp_path / "o", server.address)
        with command.started("-q") as process:
            assert at_step("fetched", 4)(command, process)
            process.send_signal(signal.SIGSTOP)  # so that nobody takes what the workers hand over
            assert wait_until(lambda: all(map(is_waiting, workers(process.pid))), 20, every=0.2)
            for one in workers(process.pid):
                os.kill(one.pid, 9)
            process.send_signal(signal.SIGCONT)
            _, said = process.communicate(timeout=100)
        assert process.returncode == 0, said
        assert ends_without_orphans(process.pid)
    assert command.changed() == []


def is_waiting(worker: Running) -> bool:
    """Tell whether a process does nothing for a tenth of a second."""

    def spent() -> list[str]:
        return Path(f"/proc/{worker.pid}/stat").read_text().rpartition(")")[2].split()[11:13]

    before = spent()
    time.sleep(0.1)
    return spent() == before
