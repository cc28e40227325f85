"""A thousand clients, one in twenty of them broken in one way or another."""

from __future__ import annotations

import threading
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import pytest

from tests.chaos.agency import CLIENTS, Agency, clients_in, label
from tests.chaos.api import KINDS, Night, mixed
from tests.chaos.artifacts import files_of, foreign, text_of
from tests.chaos.command import Command, session, workers
from tests.faultserver import serving

if TYPE_CHECKING:
    import subprocess
    from collections.abc import Iterator
    from contextlib import AbstractContextManager
    from pathlib import Path
    from random import Random

FULL = [pytest.mark.chaos, pytest.mark.timeout(7200)]
SIZES = (
    pytest.param((20, 14), ("html",), id="short"),
    pytest.param((CLIENTS, CLIENTS // 20), ("html", "pdf", "xlsx"), id="full", marks=FULL),
)
_LARGEST_WORKER = 900  # megabytes
_LARGEST_PARENT = 900


@dataclass(slots=True)
class Memory:
    """The memory of a run's processes, looked at twice a second.

    Attributes:
        parent: The most that the parent held, in megabytes.
        seen: The most that each worker held.
    """

    parent: float = 0.0
    seen: dict[int, float] = field(default_factory=dict)

    def look(self, leader: int) -> None:
        """Look once."""
        self.parent = max([self.parent, *(one.megabytes for one in session(leader) if one.pid == leader)])
        for one in workers(leader):
            self.seen[one.pid] = max(self.seen.get(one.pid, 0.0), one.megabytes)


def watched(started: AbstractContextManager[subprocess.Popen[str]], memory: Memory) -> int:
    """Run to the end and return the exit code."""
    ended = threading.Event()
    with started as process:

        def look() -> None:
            while not ended.wait(0.5):
                memory.look(process.pid)

        looking = threading.Thread(target=look)
        looking.start()
        process.communicate()
        ended.set()
        looking.join()
        return process.returncode


def seen(report: dict[str, Any]) -> set[tuple[str, str, str]]:
    """Return how a report ended, with each code and what is said with it."""
    told = [(one["code"], one["text"]) for one in report.get("warnings", [])]
    if report["state"] == "failed":
        told.append((report["code"], report["reason"]))
    return {(report["state"], code, text) for code, text in told}


def misses(reports: dict[str, dict[str, Any]], faults: dict[int, str]) -> Iterator[str]:
    """Yield each report that is not told as what went wrong with it asks for."""
    for name, report in reports.items():
        fault = faults.get(int(name[-4:]))
        if fault is None:
            if report["state"] != "done":
                yield f"{name}: innocent, and {report['state']}: {seen(report)}"
            continue
        kind = KINDS[fault]
        if not any(
            (state, code) == (kind.state, kind.code) and kind.words in text for state, code, text in seen(report)
        ):
            yield f"{name}: {fault}: {report['state']} {seen(report)}"


@pytest.mark.parametrize(("size", "formats"), SIZES)
def test_a_night_of_mixed_faults(
    tmp_path: Path, chance: Random, size: tuple[int, int], formats: tuple[str, ...]
) -> None:
    """F11: exactly the broken ones are listed, all others are whole; healed, the next run makes exactly those.

    The third run makes and asks nothing. No file holds another client's words.
    """
    clients, broken = size
    hit = chance.sample(range(1, clients + 1), broken)
    careful = {*hit[: broken // len(KINDS)], *chance.sample(range(1, clients + 1), 3)}
    agency = Agency(tmp_path, clients, careful, formats).write()
    night = Night(agency, mixed(hit, [one for one in hit if one in agency.careful]))
    faults, memory = dict(night.faults), Memory()
    with serving(night.script) as server:
        command = Command(agency, tmp_path / "o", server.address)
        assert watched(command.started("-q"), memory) == 1
        assert list(misses(command.reports(), faults)) == []
        innocent = set(agency.numbers) - set(faults)
        assert_whole(command, innocent)
        assert {night.asked[one] for one in innocent} == {1}
        stamps = command.stamps()

        night.faults.clear()
        night.asked.clear()
        assert command.run("-q").returncode == 0
        assert set(night.asked) == set(faults)
        assert {path: path.stat().st_mtime_ns for path in stamps} == stamps
        assert_whole(command, set(agency.numbers))
        assert command.verified().returncode == 0

        before = len(server.hits)
        assert command.run("-q").returncode == 0
        assert len(server.hits) == before
    assert foreign(command.out, agency.numbers) == {}
    assert memory.parent < _LARGEST_PARENT
    assert max(memory.seen.values()) < _LARGEST_WORKER
    largest = f"largest of {len(memory.seen)} workers {max(memory.seen.values()):.0f} MB"
    print(f"{clients} clients: {len(server.hits)} requests; memory: parent {memory.parent:.0f} MB, {largest}")  # noqa: T201 - a measurement


def assert_whole(command: Command, clients: set[int]) -> None:
    """Open the files of each client: one of each format, and each names the client."""
    for number in clients:
        files = files_of(command.out, number)
        assert sorted(path.suffix[1:] for path in files) == sorted(command.agency.formats), label(number)
        assert all(number in clients_in(text_of(path)) for path in files)
