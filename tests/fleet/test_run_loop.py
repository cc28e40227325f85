"""Runs: each report once, each failure only its own, with an engine that does as it is told."""

from __future__ import annotations

import asyncio
import gc
import json
import logging
import re
from concurrent.futures import Future
from dataclasses import replace
from datetime import date
from threading import Event
from threading import enumerate as enumerate_threads
from typing import TYPE_CHECKING, Any

import pytest

from reportgen.connect.event_loop import run
from reportgen.connect.request_counts import Tally
from reportgen.errors import AuthenticationFailed, OutputError
from reportgen.fleet.jobs import Job, make_jobs
from reportgen.fleet.journal import Journal, read_events
from reportgen.fleet.render_worker import render_text
from reportgen.fleet.report_fetching import FetchedReport
from reportgen.fleet.report_files import HELD, clear_empty
from reportgen.fleet.reports_to_make import reports_to_make
from reportgen.fleet.run_loop import RunLoop
from reportgen.fleet.run_plan import plan_of, write_plan
from reportgen.fleet.run_results import changed_files, results_of
from reportgen.model import ClientCard, Report
from reportgen.spec.fleet_members import load_members
from tests.fleet.files import write_fleet
from tests.outputs.reports import NUMBER, report

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from pathlib import Path

    from reportgen.fleet.render_worker import RenderedParts


class Crash(Exception):  # noqa: N818 - stands for a process that died
    """A worker is gone."""


class FakeEngine:
    """Renders in this process; what `faults` says of a client happens to it, one after the other."""

    slots = 2

    def __init__(self, **faults: list[Exception | None]) -> None:
        """Keep what happens to whom, and exempt all that is loaded from the collection of garbage after each report."""
        gc.freeze()
        self.faults = faults
        self.closed = False
        self.asked: list[str] = []

    def submit(
        self, client: str, text: str, formats: Sequence[str], files: Mapping[str, bytes]
    ) -> Future[RenderedParts]:
        """Render, or fail as told."""
        self.asked.append(client)
        future: Future[RenderedParts] = Future()
        waiting = self.faults.get(client.replace("-", "_"), [])
        fault = waiting.pop(0) if waiting else None
        if fault:
            future.set_exception(fault)
            return future
        try:
            future.set_result(render_text(client, text, formats, files))
        except OutputError as error:
            future.set_exception(error)
        return future

    def is_crash(self, error: BaseException) -> bool:
        """Know our own."""
        return isinstance(error, Crash)

    def close(self) -> None:
        """Remember it."""
        self.closed = True


def asked(job: Job) -> Report:
    """Return a report for the job's client."""
    return replace(report(NUMBER), client=ClientCard(job.client, job.client), title=job.plan.title)


class Bench:
    """A fleet in a folder, and its runs."""

    def __init__(self, folder: Path, clients: int = 3) -> None:
        """Write and plan it."""
        self.file = write_fleet(folder, clients)
        self.root, self.folder = folder / "o", folder / "o" / "runs" / "x"
        self.folder.mkdir(parents=True)
        self.again()

    def again(self) -> Bench:
        """Plan the fleet as its files are now."""
        path = self.file
        fleet, members = load_members(path)
        self.jobs = make_jobs(path, fleet, members, as_of=date(2026, 11, 3)).jobs
        write_plan(self.folder, plan_of(self.folder, path, self.jobs, fleet))
        return self

    def make(
        self, engine: FakeEngine | None = None, ask: Callable[[Job], Report] = asked, *, force: bool = False
    ) -> FakeEngine:
        """Make what is not made yet, or all of it."""
        engine = engine or FakeEngine()
        journal = Journal(self.folder)
        try:
            found = reports_to_make(self.jobs, self.folder, self.root, ("done",), force=force)
            todo = tuple(job for job, _reason in found)
            RunLoop(self.root, self.folder, journal, engine, lambda job: FetchedReport(ask(job), Tally(3, 1, 2))).make(
                todo
            )
        finally:
            journal.close()
        return engine

    def states(self) -> dict[str, str]:
        """Return how each client's report ended."""
        return {one.client: one.state for one in results_of(self.folder).reports}

    def record(self, client: str) -> dict[str, Any]:
        """Return all that is told of a client's report."""
        return next(one.as_json() for one in results_of(self.folder).reports if one.client == client)


@pytest.fixture
def bench(tmp_path: Path) -> Bench:
    """Return a fleet of three."""
    return Bench(tmp_path)


def test_every_report_is_made_once(bench: Bench) -> None:
    """A second run makes nothing; the files are whole and where they belong."""
    assert sorted(bench.make().asked) == ["client-0000", "client-0001", "client-0002"]
    assert set(bench.states().values()) == {"done"}
    assert bench.make().asked == []
    assert list(changed_files(results_of(bench.folder), bench.root)) == []
    (file,) = bench.record("client-0001")["files"]
    assert file["path"].startswith("out/2026-10/client-0001/social/")
    assert (bench.root / file["path"]).stat().st_size == file["bytes"]


def test_a_failure_costs_its_own_report(bench: Bench) -> None:
    """It is told by class and reason, and the next run makes exactly that one."""

    def ask(job: Job) -> Report:
        if job.client == "client-0001":
            message = "this customer's token is refused"
            raise AuthenticationFailed(message)
        return asked(job)

    bench.make(ask=ask)
    assert bench.states() == {"client-0000": "done", "client-0001": "failed", "client-0002": "done"}
    record = bench.record("client-0001")
    assert (record["class"], record["code"]) == ("access", "AuthenticationFailed")
    assert "token is refused" in record["reason"]
    assert bench.make().asked == ["client-0001"]
    assert bench.states()["client-0001"] == "done"


def test_a_defect_of_ours_is_told_as_one(bench: Bench, caplog: pytest.LogCaptureFixture) -> None:
    """And costs one report as well; its place is in the report's record, and all of its way there in the log."""

    def ask(job: Job) -> Report:
        if job.client == "client-0002":
            raise ZeroDivisionError
        return asked(job)

    caplog.set_level(logging.DEBUG, "reportgen")
    bench.make(ask=ask)
    record = bench.record("client-0002")
    assert record["class"] == "defect"
    assert re.fullmatch(r"ZeroDivisionError \(reportgen/fleet/run_loop\.py:\d+\)", str(record["reason"]))
    assert "client-0002/social: Traceback" in caplog.text
    assert list(bench.states().values()).count("done") == 2


def test_a_dead_worker_costs_one_more_try(bench: Bench) -> None:
    """F09: its report is tried once more when all others are done; twice dead is a failure, of that report alone."""
    engine = bench.make(FakeEngine(client_0000=[Crash("gone")], client_0001=[Crash("gone"), Crash("gone")]))
    assert bench.states() == {"client-0000": "done", "client-0001": "failed", "client-0002": "done"}
    assert sorted(engine.asked[-2:]) == ["client-0000", "client-0001"]
    assert (bench.record("client-0001")["class"], bench.record("client-0001")["code"]) == ("crash", "WorkerCrashed")
    assert bench.record("client-0000")["tries"] == 2


def test_a_report_that_takes_too_long(bench: Bench) -> None:
    """F10: it fails by the limit and is not tried again in this run."""
    engine = bench.make(FakeEngine(client_0001=[TimeoutError()]))
    assert (bench.record("client-0001")["class"], engine.asked.count("client-0001")) == ("time", 1)


def test_another_clients_values_are_refused(bench: Bench) -> None:
    """A report that holds another client's card is not rendered."""
    wrong = replace(report(NUMBER), client=ClientCard("client-0002", "Other"))
    bench.make(ask=lambda job: wrong if job.client == "client-0000" else asked(job))
    record = bench.record("client-0000")
    assert record["state"] == "failed"
    assert "holds the values of 'client-0002'" in record["reason"]


def test_a_result_of_another_client_is_refused(bench: Bench) -> None:
    """What an engine mixes up is written nowhere."""

    class Mixing(FakeEngine):
        def submit(
            self, client: str, text: str, formats: Sequence[str], files: Mapping[str, bytes]
        ) -> Future[RenderedParts]:
            future = super().submit(client, text, formats, files)
            said, contents = future.result()
            swapped: Future[RenderedParts] = Future()
            swapped.set_result((json.dumps({**json.loads(said), "client": "client-0009"}), contents))
            return swapped

    bench.make(Mixing())
    assert set(bench.states().values()) == {"failed"}
    assert not (bench.root / "out").exists()


def test_held_reports_go_to_quarantine(bench: Bench) -> None:
    """Nothing of them is where finished reports are; a page says why, and the next run makes them anew."""
    held = replace(report(NUMBER, verdict="degraded"), verdict="held")
    bench.make(ask=lambda job: replace(held, client=ClientCard(job.client, "x")))
    assert set(bench.states().values()) == {"held"}
    assert not (bench.root / "out").exists()
    pages = list((bench.root / "held").rglob("*why-held.html"))
    assert len(pages) == 3
    assert "held back" in pages[0].read_text()
    assert len(bench.make().asked) == 3


def test_a_stop_is_journalled(bench: Bench) -> None:
    """F12: what is on its way is interrupted, the workers are ended, and the next run makes all of it."""

    def stop(job: Job) -> Report:
        if job.client == "client-0001":
            raise KeyboardInterrupt
        return asked(job)

    engine = FakeEngine()
    with pytest.raises(KeyboardInterrupt):
        bench.make(engine, ask=stop)
    assert engine.closed
    assert "interrupted" in bench.states().values()
    assert len(bench.make().asked) == 3


def test_no_thread_outlives_a_run_that_is_stopped(bench: Bench) -> None:
    """What it was asking for is cancelled, so that a program that caught the stop asks the API nothing more."""
    asking = Event()

    async def endless() -> None:
        asking.set()
        await asyncio.Event().wait()

    def ask(job: Job) -> Report:
        if job.client == "client-0001":
            asking.wait()
            raise KeyboardInterrupt
        run(endless())
        return asked(job)

    before = set(enumerate_threads())
    with pytest.raises(KeyboardInterrupt):
        bench.make(ask=ask)
    left = set(enumerate_threads()) - before
    for thread in left:
        thread.join(10)
    assert not [thread.name for thread in left if thread.is_alive()]
    assert "interrupted" in bench.states().values()


def test_a_full_disk_ends_the_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """F01: after several reports in a row that could not be written, a run does not go on for hours."""
    bench = Bench(tmp_path, clients=30)

    def full(path: Path, _content: bytes) -> None:
        message = f"{path}: cannot be written: No space left on device"
        raise OutputError(message) from OSError(28, "No space left on device")

    monkeypatch.setattr("reportgen.fleet.report_files.write_whole", full)
    with pytest.raises(OutputError, match="in a row could not be written"):
        bench.make()
    assert len([event for event in read_events(bench.folder) if event["event"] == "failed"]) < 30


def test_a_file_that_has_gone_is_made_again(bench: Bench) -> None:
    """F17: a deleted output is noticed by the next run, a changed one by `verify`."""
    bench.make()
    (file,) = bench.record("client-0000")["files"]
    (bench.root / file["path"]).unlink()
    assert bench.make().asked == ["client-0000"]
    (bench.root / file["path"]).write_text("changed")
    assert [path for _key, path, _said in changed_files(results_of(bench.folder), bench.root)] == [file["path"]]


def test_a_link_that_leads_out_is_refused(bench: Bench, tmp_path: Path) -> None:
    """F07: a folder of the outputs that is a link to elsewhere gets nothing."""
    (tmp_path / "elsewhere").mkdir()
    bench.root.mkdir(exist_ok=True)
    (bench.root / "out").symlink_to(tmp_path / "elsewhere")
    bench.make()
    assert set(bench.states().values()) == {"failed"}
    assert list((tmp_path / "elsewhere").iterdir()) == []


def test_a_report_that_is_held_no_more_leaves_quarantine(bench: Bench) -> None:
    """Nothing of it stays there, other reports' files do, and no folder is left empty."""

    def held(job: Job) -> Report:
        return replace(asked(job), verdict="held")

    bench.make(ask=held)
    assert len(list((bench.root / HELD).rglob("*.html"))) == 6
    bench.make(ask=lambda job: held(job) if job.client == "client-0001" else asked(job))
    clear_empty(bench.root)
    assert {path.name for path in (bench.root / HELD / "out/2026-10").iterdir()} == {"client-0001"}
    bench.make()
    clear_empty(bench.root)
    assert not (bench.root / HELD).exists()
