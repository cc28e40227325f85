"""A run on a Dask cluster: a real scheduler and two workers in processes of their own; one of them is killed."""

from __future__ import annotations

import json
import os
import re
import signal
import socket
import subprocess
import sys
import threading
import time
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from reportgen.cli import main
from reportgen.errors import ConfigurationError
from reportgen.fleet.cluster import DaskEngine
from reportgen.model import ClientCard
from reportgen.outputs.report_json import encode_report
from tests.fleet.files import write_fleet
from tests.fleet.test_fleet import api, reports  # noqa: F401 - a fixture
from tests.outputs.reports import NUMBER, report

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

pytestmark = pytest.mark.timeout(100)


@contextmanager
def started(*command: str) -> Iterator[subprocess.Popen[bytes]]:
    """Run a program of distributed in the background; it and what it started end with the block."""
    with subprocess.Popen(
        [sys.executable, "-m", *command],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    ) as process:
        try:
            yield process
        finally:
            if process.poll() is None:
                os.killpg(process.pid, signal.SIGKILL)


def free_port() -> int:
    """Return a port that nobody listens at."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port: int = listener.getsockname()[1]
        return port


@contextmanager
def cluster(folder: Path) -> Iterator[tuple[str, list[subprocess.Popen[bytes]]]]:
    """Run a scheduler and two workers on this machine; yield its address and the workers."""
    port = free_port()
    where = f"tcp://127.0.0.1:{port}"
    with ExitStack() as stack:
        scheduler = ("distributed.cli.dask_scheduler", "--host", "127.0.0.1", "--port", str(port), "--no-dashboard")
        stack.enter_context(started(*scheduler))
        worker = ("distributed.cli.dask_worker", where, "--nworkers", "1", "--nthreads", "1", "--no-dashboard")
        workers = [
            stack.enter_context(started(*worker, "--no-nanny", "--local-directory", str(folder / str(number))))
            for number in range(2)
        ]
        yield f"dask://127.0.0.1:{port}", workers


@pytest.mark.usefixtures("api")
def test_a_worker_that_is_killed_loses_nothing(tmp_path: Path) -> None:
    """Every report is made, each is journalled as done once, and the other worker makes those of the dead one."""
    fleet, out = str(write_fleet(tmp_path, 16)), tmp_path / "o"
    with cluster(tmp_path) as (address, workers):
        command = [sys.executable, "-m", "reportgen", "run", fleet, "--out", str(out), "--as-of", "2026-11-03"]
        with subprocess.Popen([*command, "--engine", address, "-q"], stdout=subprocess.DEVNULL) as run:
            while not any(b'"done"' in journal.read_bytes() for journal in out.glob("runs/*/journal.jsonl")):
                assert run.poll() is None
                time.sleep(0.02)
            workers[0].kill()
            assert run.wait(90) == 0
        assert workers[1].poll() is None
    assert {one["state"] for one in reports(out)} == {"done"}
    (journal,) = out.glob("runs/*/journal.jsonl")
    ended = [event["job"] for event in map(json.loads, journal.read_text().splitlines()) if event["event"] == "done"]
    assert len(ended) == len(set(ended)) == 16
    assert main(["verify", str(journal.parent), "-q"]) == 0


def workers_of(engine: DaskEngine) -> set[str]:
    """Return the addresses of the workers that are there."""
    return set(engine._client.nthreads())  # noqa: SLF001 - what only a test wants to know


def test_a_report_that_hangs_has_its_worker_restarted(caplog: pytest.LogCaptureFixture) -> None:
    """F10: the limit holds on a cluster too, and the worker is another process afterwards."""
    engine = DaskEngine("dask", 1, 0.1)  # seconds in which no worker has even imported what it needs
    try:
        before = workers_of(engine)
        text = json.dumps(encode_report(replace(report(NUMBER), client=ClientCard("a", "A"))))
        with pytest.raises(TimeoutError):
            engine.submit("a", text, ("pdf",)).result(30)
        deadline = time.monotonic() + 30
        while (now := workers_of(engine)) <= before and time.monotonic() < deadline:
            time.sleep(0.1)
        assert now
        assert not now & before
        for limit in (thread for thread in threading.enumerate() if isinstance(thread, threading.Timer)):
            limit.join(30)  # the restart is told to its caller a little later
    finally:
        engine.close()
    assert "Restarting worker" in caplog.text
    caplog.clear()


def test_no_scheduler_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    """It is a matter of configuration: the address is named."""
    monkeypatch.setattr("reportgen.fleet.cluster._CONNECT_SECONDS", 1)
    with pytest.raises(ConfigurationError, match=re.escape("no Dask scheduler answers at tcp://127.0.0.1:")):
        DaskEngine(f"dask://127.0.0.1:{free_port()}", 1, 60.0)


@pytest.mark.parametrize("place", ["dusk", "dask://", "dask://host", "tcp://127.0.0.1:8786"])
def test_another_engine_is_refused(place: str) -> None:
    """The words there are, are told."""
    with pytest.raises(ConfigurationError, match="is no engine; write local, dask, dask://HOST:PORT"):
        DaskEngine(place, 1, 60.0)
