"""Processes that render: what they have, what they may, and what is left of them."""

from __future__ import annotations

import base64
import json
import multiprocessing
import os
import signal
import subprocess
import sys
import threading
import time
from concurrent.futures import Future
from concurrent.futures.process import BrokenProcessPool
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pebble
import pytest
from pebble.pool.process import PoolManager

from reportgen.errors import OutputError
from reportgen.fleet.engines import LocalEngine
from reportgen.fleet.render_worker import WorkerLimits, isolate, read_rendered, render_text
from reportgen.model import ClientCard, FontFamily, Picture
from reportgen.outputs.drawing.font_metrics import typefaces_of
from reportgen.outputs.report_json import encode_report
from tests.fonts import own_font
from tests.outputs.reports import NUMBER, PAPER, report

if TYPE_CHECKING:
    from collections.abc import Iterator
    from multiprocessing.connection import Connection

    from pebble.pool.base_pool import Task

    from reportgen.fleet.render_worker import RenderedParts

TEXT = json.dumps(encode_report(replace(report(NUMBER), client=ClientCard("a", "A"))))
CONTEXT = multiprocessing.get_context("forkserver")
GIGABYTE = 1 << 30


@pytest.fixture
def engine(tmp_path: Path) -> Iterator[LocalEngine]:
    """Return an engine of one process; it is ended with the test."""
    engine = LocalEngine(1, 60.0, folder=tmp_path / "files")
    yield engine
    engine.close()


def test_a_report_is_rendered_elsewhere(engine: LocalEngine) -> None:
    """What comes back is the client's files, whole."""
    rendered = read_rendered(engine.submit("a", TEXT, ("html", "pdf"), {}).result(60), "a")
    assert [one.name.rpartition(".")[2] for one in rendered.artifacts] == ["html", "pdf"]
    assert rendered.pages > 0


def test_a_result_that_was_changed_on_its_way_is_refused() -> None:
    """Neither other bytes, nor more, nor fewer, nor those of another file are written in place of a report's file."""
    said, contents = render_text("a", TEXT, ("html", "json"))
    assert [one.name.rpartition(".")[2] for one in read_rendered((said, contents), "a").artifacts] == ["html", "json"]
    page, *others = contents
    for changed in ((page + b" ", *others), (page, page, *others), (page,), (*others, page)):
        with pytest.raises(OutputError, match="is not the report made for it"):
            read_rendered((said, changed), "a")


def test_pictures_and_fonts_travel_beside_the_report(engine: LocalEngine, tmp_path: Path) -> None:
    """A worker finds them under their digests, in a folder that nobody else can read and that goes with the engine."""
    logo = Picture("image/svg+xml", b'<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>')
    theme = replace(PAPER, text_fonts=FontFamily(own_font(wider=1.2)))
    files: dict[str, bytes] = {}
    made = replace(report(NUMBER), client=ClientCard("a", "A", logo), theme=theme)
    text = json.dumps(encode_report(made, files))
    assert set(files.values()) == {logo.content, theme.text_fonts.regular if theme.text_fonts else b""}
    futures = [engine.submit("a", text, ("html",), files)]
    assert {path.read_bytes() for path in (tmp_path / "files").iterdir()} == set(files.values())
    assert (tmp_path / "files").stat().st_mode & 0o777 == 0o700
    page = read_rendered(futures[0].result(60), "a").artifacts[0].content.decode()
    assert typefaces_of(theme).text.name in page
    assert base64.b64encode(logo.content).decode() in page
    assert len(text) < len(json.dumps(encode_report(replace(made, theme=PAPER)))) + 200
    engine.close()
    assert not (tmp_path / "files").exists()


def test_a_file_that_was_changed_on_its_way_is_refused() -> None:
    """Neither other bytes nor none are printed in place of a picture."""
    files: dict[str, bytes] = {}
    logo = Picture("image/png", b"\x89PNG")
    text = json.dumps(encode_report(replace(report(NUMBER), client=ClientCard("a", "A", logo)), files))
    for other in ({}, dict.fromkeys(files, b"another")):
        with pytest.raises(OutputError, match="did not come with the report"):
            render_text("a", text, ("html",), other)


def test_no_process_is_forked_from_threads(tmp_path: Path) -> None:
    """F19: they come from a server that was started without the parent's threads, and fork warns nobody."""
    stop = threading.Event()
    thread = threading.Thread(target=stop.wait)
    thread.start()
    try:
        engine = LocalEngine(1, 60.0, folder=tmp_path / "files")
        assert engine.submit("a", TEXT, ("html",), {}).result(60)
        engine.close()
    finally:
        stop.set()
        thread.join()
    assert CONTEXT.get_start_method() == "forkserver"


def test_ctrl_c_is_for_the_parent_alone(tmp_path: Path) -> None:
    """A terminal sends it to all of its processes: those that render say nothing, and go on until they are ended."""
    program = f"""
import os, signal
from pathlib import Path
from reportgen.fleet.engines import LocalEngine
engine = LocalEngine(1, 60.0, folder=Path({str(tmp_path / "files")!r}), formats=["csv"])
signal.signal(signal.SIGINT, signal.SIG_IGN)
os.killpg(0, signal.SIGINT)  # they are importing now
rendering = engine.submit("a", {TEXT!r}, ("csv",), {{}})
os.killpg(0, signal.SIGINT)
assert '"client": "a"' in rendering.result(60)[0]
engine.close()
"""
    command = [sys.executable, "-c", program]
    done = subprocess.run(command, capture_output=True, text=True, check=False, start_new_session=True)
    assert (done.returncode, done.stderr) == (0, "")


def test_a_run_that_ends_while_a_process_starts_says_nothing(tmp_path: Path) -> None:
    """The process finds the locks of its pool gone, which Python would tell with a traceback."""
    program = f"""
import os, signal, threading
from multiprocessing import forkserver
from pathlib import Path
from reportgen.fleet.engines import LocalEngine

def end(*_):
    raise SystemExit(143)

signal.signal(signal.SIGTERM, end)
engine = LocalEngine(1, 60.0, folder=Path({str(tmp_path / "files")!r}), formats=["csv"])
server = forkserver._forkserver._forkserver_pid
os.kill(server, signal.SIGSTOP)  # the process starts when the run is over
print(server, flush=True)
threading.Timer(0.5, os.kill, (os.getpid(), signal.SIGTERM)).start()
try:
    engine.submit("a", {TEXT!r}, ("csv",), {{}}).result(60)
finally:
    engine.close()
"""
    run = subprocess.Popen([sys.executable, "-c", program], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    assert run.stdout
    server = int(run.stdout.readline())
    try:
        run.wait(60)
    finally:
        os.kill(server, signal.SIGCONT)
    assert (run.communicate(timeout=60)[1], run.returncode) == ("", 143)


def test_a_killed_process_is_a_crash(engine: LocalEngine) -> None:
    """F09: what it was rendering fails as a crash, and the next report is rendered by another process."""
    engine.submit("a", TEXT, ("html",), {}).result(60)
    future = engine.submit("a", TEXT, ("pdf", "xlsx"), {})
    while not (found := children()):
        assert not future.done()
    for process in found:
        os.kill(process, signal.SIGKILL)
    error = future.exception(60)
    assert error is not None
    assert engine.is_crash(error)
    assert engine.submit("a", TEXT, ("html",), {}).result(60)


def test_a_report_that_is_handed_to_a_dead_process_is_a_crash(
    engine: LocalEngine, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its pool has failed the reports that it knew, and knows this one a moment later: a run waited for it for ever."""
    engine.submit("a", TEXT, ("html",), {}).result(60)
    register = PoolManager.schedule

    def register_late(pool: PoolManager, task: Task) -> None:
        for process in children():
            os.kill(process, signal.SIGKILL)
        while pool.context.alive:
            time.sleep(0.01)
        register(pool, task)

    monkeypatch.setattr(PoolManager, "schedule", register_late)
    error = engine.submit("a", TEXT, ("html",), {}).exception(30)
    monkeypatch.undo()
    assert error is not None
    assert engine.is_crash(error)
    assert engine.submit("a", TEXT, ("html",), {}).result(60)


def test_a_report_that_no_process_begins_is_a_crash(engine: LocalEngine, monkeypatch: pytest.MonkeyPatch) -> None:
    """The time that it may take is counted from its beginning, so a process that hangs before would never be ended."""
    monkeypatch.setattr("reportgen.fleet.engines._BEGIN_SECONDS", 1.0)
    engine.submit("a", TEXT, ("html",), {}).result(60)
    (process,) = children()
    os.kill(process, signal.SIGSTOP)
    error = engine.submit("a", TEXT, ("html",), {}).exception(30)
    assert error is not None
    assert engine.is_crash(error)
    monkeypatch.undo()
    assert engine.submit("a", TEXT, ("html",), {}).result(60)


def test_a_process_that_dies_at_the_end_is_not_replaced(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Its pool is joined once: a second join at the same time fails in its thread, with a traceback on the terminal."""
    pools: list[DyingPool] = []

    class DyingPool:
        def __init__(self, *_arguments: object, **_options: object) -> None:
            pools.append(self)
            self.rendering: Future[RenderedParts] = Future()
            self.joined = 0

        def schedule(self, *_arguments: object, **_options: object) -> Future[RenderedParts]:
            return self.rendering

        def stop(self) -> None:
            pass

        def join(self) -> None:
            self.joined += 1
            if not self.rendering.done():
                self.rendering.set_exception(pebble.ProcessExpired("gone"))

    monkeypatch.setattr(pebble, "ProcessPool", DyingPool)
    engine = LocalEngine(1, 60.0, folder=tmp_path / "files")
    error = engine.submit("a", TEXT, ("csv",), {})
    engine.close()
    assert engine.is_crash(error.exception(10) or AssertionError())
    assert [pool.joined for pool in pools] == [1]


@pytest.mark.parametrize(("refused", "crashes"), [(2, [False, False]), (7, [True, False])])
def test_a_process_that_does_not_start_is_started_again(
    refused: int, crashes: list[bool], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where its server is killed twice, the report is rendered; at most it costs this report, and not the run."""
    tries: list[int] = []

    class RefusingPool:
        def __init__(self, *_arguments: object, **_options: object) -> None:
            pass

        def schedule(self, *_arguments: object, **_options: object) -> Future[str]:
            tries.append(len(tries))
            if len(tries) <= refused:
                raise BrokenProcessPool
            rendered: Future[str] = Future()
            rendered.set_result("rendered")
            return rendered

        def stop(self) -> None:
            pass

        def join(self) -> None:
            pass

    monkeypatch.setattr(pebble, "ProcessPool", RefusingPool)
    engine = LocalEngine(1, 60.0, folder=tmp_path / "files")
    errors = [engine.submit("a", TEXT, ("csv",), {}).exception(10) for _ in crashes]
    engine.close()
    assert [bool(error and engine.is_crash(error)) for error in errors] == crashes


def children() -> list[int]:
    """Return the processes that render: those whose parent is the server of processes, which is a child of ours."""
    below: dict[int, list[int]] = {}
    for entry in Path("/proc").iterdir():
        if entry.name.isdecimal():
            try:
                fields = (entry / "stat").read_text().rpartition(")")[2].split()
            except OSError:
                continue
            below.setdefault(int(fields[1]), []).append(int(entry.name))
    return [one for child in below.get(os.getpid(), []) for one in below.get(child, [])]


def greedy(answer: Connection) -> None:
    """Ask for more memory than there is to have, and tell how that went."""
    isolate(WorkerLimits((), GIGABYTE * 2))
    try:
        bytearray(3 * GIGABYTE)
    except MemoryError:
        answer.send("refused")
    else:
        answer.send("given")


def nosy(answer: Connection) -> None:
    """Tell which variables are left of two that its server may have been started with."""
    os.environ.update({"A_SECRET": "x", "NO_SECRET": "x"})
    isolate(WorkerLimits(("A_SECRET",), GIGABYTE * 8))
    answer.send([name for name in ("A_SECRET", "NO_SECRET") if name in os.environ])


def told(work: object) -> object:
    """Return what a process of its own says."""
    mine, theirs = CONTEXT.Pipe()
    process = CONTEXT.Process(target=work, args=(theirs,))  # type: ignore[arg-type] # a function
    process.start()
    assert mine.poll(60)
    answer = mine.recv()
    process.join(10)
    return answer


def test_memory_has_a_limit() -> None:
    """F11: what grows beyond its share fails alone, before the machine has to kill somebody."""
    assert told(greedy) == "refused"


def test_a_worker_forgets_secrets() -> None:
    """S03: also those that its server was started with, as in a program that makes several runs."""
    assert told(nosy) == ["NO_SECRET"]
