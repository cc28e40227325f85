"""A run on a Dask cluster: a real scheduler and two workers in processes of their own; one of them is killed."""

from __future__ import annotations

import gc
import json
import logging
import os
import re
import shlex
import signal
import socket
import ssl
import subprocess
import sys
import time
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import dask.config
import psutil
import pytest
from distributed import Security

from reportgen.cli import main
from reportgen.errors import ConfigurationError
from reportgen.fleet.cluster import DaskEngine
from reportgen.fleet.local_cluster import LocalCluster, format_log
from reportgen.fleet.render_worker import read_rendered
from reportgen.logs import LOGGER, JsonFormatter
from reportgen.model import ClientCard, FontFamily, Picture, file_digest
from reportgen.outputs.drawing.font_metrics import typefaces_of
from reportgen.outputs.report_json import encode_report
from tests.fleet.files import QUICK, write_fleet
from tests.fleet.test_fleet import api, reports  # noqa: F401 - a fixture
from tests.fonts import own_font
from tests.free_ports import free_port
from tests.outputs.reports import NUMBER, PAPER, report

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).parents[2]
pytestmark = [pytest.mark.thorough, pytest.mark.timeout(100)]


@contextmanager
def started(*command: str, environment: dict[str, str]) -> Iterator[subprocess.Popen[bytes]]:
    """Run a program of distributed in the background; it and what it started end with the block."""
    with subprocess.Popen(
        [sys.executable, "-m", *command],
        env=environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    ) as process:
        try:
            yield process
        finally:
            if process.poll() is None:
                os.killpg(process.pid, signal.SIGKILL)


def recipe(folder: Path) -> dict[str, str]:
    """Return the environment of the recipe in docs/fleets.md, with the certificate that it makes in a folder."""
    section = (ROOT / "docs/fleets.md").read_text().partition("## On a cluster")[2].partition("\n## ")[0]
    (made,) = re.findall(r"^# once: (openssl .*)$", section, re.MULTILINE)
    subprocess.run(made.split(), cwd=folder, check=True, capture_output=True)
    exports = [line.partition("#")[0] for line in section.splitlines() if line.startswith("export ")]
    found = dict(word.split("=", 1) for word in shlex.split(" ".join(exports)) if word != "export")
    return {name: str(folder / value) if value.startswith("cluster.") else value for name, value in found.items()}


@contextmanager
def cluster(folder: Path) -> Iterator[tuple[str, dict[str, str], list[subprocess.Popen[bytes]]]]:
    """Run a scheduler and two workers on this machine, as documented; yield its address, environment and workers."""
    environment = {**os.environ, **recipe(folder)}
    place = f"tls://127.0.0.1:{free_port()}"
    with ExitStack() as stack:
        scheduler = ("distributed.cli.dask_scheduler", "--protocol", "tls", "--host", place, "--no-dashboard")
        stack.enter_context(started(*scheduler, environment=environment))
        worker = ("distributed.cli.dask_worker", place, "--nworkers", "1", "--nthreads", "1", "--no-dashboard")
        local = ((*worker, "--no-nanny", "--local-directory", str(folder / str(number))) for number in range(2))
        workers = [stack.enter_context(started(*one, environment=environment)) for one in local]
        yield f"dask+{place}", environment, workers


@pytest.mark.usefixtures("api")
def test_a_worker_that_is_killed_loses_nothing(tmp_path: Path) -> None:
    """Every report is made, each is journalled as done once, and the other worker makes those of the dead one.

    The cluster is the one of the recipe, with certificates.
    """
    fleet, out = str(write_fleet(tmp_path, 16, QUICK)), tmp_path / "o"
    with cluster(tmp_path) as (address, environment, workers):
        command = [sys.executable, "-m", "reportgen", "run", fleet, "--out", str(out), "--as-of", "2026-11-03"]
        command += ["--engine", address, "-q"]
        with subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL) as run:
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


def report_text() -> str:
    """Return a report of client "a" as it travels to a worker."""
    return json.dumps(encode_report(replace(report(NUMBER), client=ClientCard("a", "A"))))


def test_a_report_that_hangs_has_its_worker_restarted(
    caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    """F10: the limit holds on a cluster too; the worker is another process afterwards, and has no secret either."""
    monkeypatch.setenv("A_SECRET", "long-and-secret")
    engine = DaskEngine("dask", 1, 0.1, ("A_SECRET",))  # seconds in which no worker has imported what it needs
    try:
        before = workers_of(engine)
        with pytest.raises(TimeoutError):
            engine.submit("a", report_text(), ("pdf",), {}).result(60)
        now = workers_of(engine)
        assert now
        assert not now & before
        assert list(engine._client.run(os.getenv, "A_SECRET").values()) == [None]  # noqa: SLF001 - as above
    finally:
        engine.close()
    assert os.environ["A_SECRET"]
    assert "Restarting worker" in caplog.text
    caplog.clear()


@pytest.fixture(scope="module")
def local() -> Iterator[DaskEngine]:
    """Run a cluster of this machine with one worker."""
    engine = DaskEngine("dask", 1, 60.0)
    yield engine
    engine.close()


def ports() -> set[int]:
    """Return the ports at which this process and its children listen."""
    own = psutil.Process()
    found = (one for each in (own, *own.children(recursive=True)) for one in each.net_connections("inet"))
    return {one.laddr.port for one in found if one.status == psutil.CONN_LISTEN}


def is_let_in(port: int, certificate: str | None) -> bool:
    """Tell whether a TLS connection is made, with a certificate and its key or with none."""
    context = ssl.create_default_context()
    context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
    context.maximum_version = ssl.TLSVersion.TLSv1_2  # a later one tells of a refusal only after the handshake
    if certificate:
        context.load_cert_chain(certificate)
    try:
        with socket.create_connection(("127.0.0.1", port), 10) as plain, context.wrap_socket(plain):
            return True
    except (ssl.SSLError, ConnectionError):
        return False


def test_nobody_else_reaches_a_local_cluster(
    local: DaskEngine, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """Scheduler, nanny and worker are all that listens; each wants the run's own certificate, none speaks in clear."""
    assert isinstance(local._cluster, LocalCluster)  # noqa: SLF001 - what only a test wants to know
    for name, security in (("own", local._cluster.security), ("other", Security.temporary())):  # noqa: SLF001 - as above
        assert isinstance(security, Security)
        own = security.get_tls_config_for_role("client")
        (tmp_path / name).write_text(own["cert"] + own["key"])
    listening = ports()
    assert len(listening) == 3
    for port in listening:
        assert is_let_in(port, str(tmp_path / "own"))
        assert not is_let_in(port, str(tmp_path / "other"))
        assert not is_let_in(port, None)
        with socket.create_connection(("127.0.0.1", port), 10) as plain:
            plain.sendall(b"GET /info/main/workers.html HTTP/1.0\r\n\r\n")
            with suppress(ConnectionError):
                assert b"HTTP" not in plain.recv(1000)
    for _ in range(100):  # scheduler and nanny log each refusal a little later, the worker in a process of its own
        if caplog.text.count("http request") == len(listening) - 1:
            break
        time.sleep(0.1)
    assert caplog.text.count("http request") == len(listening) - 1
    caplog.clear()


def test_pictures_and_fonts_travel_once(local: DaskEngine) -> None:
    """A font of several reports stays on the cluster until the end, a picture of a single report goes with it."""
    theme = replace(PAPER, text_fonts=FontFamily(own_font(wider=1.2)))
    for number in range(3):
        logo = Picture("image/svg+xml", f'<svg xmlns="http://www.w3.org/2000/svg" width="{number + 1}"/>'.encode())
        files: dict[str, bytes] = {}
        made = replace(report(NUMBER), client=ClientCard("a", "A", logo), theme=theme)
        text = json.dumps(encode_report(made, files))
        rendered = read_rendered(local.submit("a", text, ("html",), files).result(60), "a")
        assert typefaces_of(theme).text.name in rendered.artifacts[0].content.decode()
    deadline = time.monotonic() + 5
    while len(local._held) > 1 and time.monotonic() < deadline:  # noqa: SLF001 - what only a test wants to know
        time.sleep(0.05)
    assert list(local._held) == [file_digest(theme.text_fonts.regular if theme.text_fonts else b"")]  # noqa: SLF001
    local._held.popitem()[1].release()  # noqa: SLF001 - the next test counts what the cluster keeps


def test_a_cluster_keeps_no_report_that_is_here(local: DaskEngine) -> None:
    """Files that came back are forgotten there, so that a thousand reports do not fill its memory."""

    def kept() -> int:
        count: int = local._client.run_on_scheduler(lambda dask_scheduler: len(dask_scheduler.tasks))  # noqa: SLF001
        return count

    gc.disable()  # what is forgotten only when memory is tidied up may stay there for a whole run
    try:
        results = [local.submit("a", report_text(), ("json",), {}) for _ in range(3)]
        assert all('"client": "a"' in one.result(60)[0] for one in results)
        deadline = time.monotonic() + 5
        while kept() and time.monotonic() < deadline:
            time.sleep(0.05)
        assert kept() == 0
    finally:
        gc.enable()


def test_lines_of_workers_have_the_format_of_the_log(capfd: pytest.CaptureFixture[str]) -> None:
    """Among lines of JSON theirs are JSON too, with the name of the run."""
    handler, formatter = logging.StreamHandler(), JsonFormatter()
    formatter.run = "october"
    handler.setFormatter(formatter)
    LOGGER.addHandler(handler)
    try:
        engine = DaskEngine("dask", 1, 60.0)
        engine._client.run(logging.getLogger("distributed.worker").warning, "a line of the worker")  # noqa: SLF001 - as above
        engine.close()
    finally:
        LOGGER.removeHandler(handler)
        format_log(logging.Formatter())
    (line,) = [line for line in capfd.readouterr().err.splitlines() if "a line of the worker" in line]
    assert (json.loads(line)["run"], json.loads(line)["message"]) == ("october", "a line of the worker")


def test_no_scheduler_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    """It is a matter of configuration: the address is named."""
    monkeypatch.setattr("reportgen.fleet.cluster._CONNECT_SECONDS", 1)
    with pytest.raises(ConfigurationError, match=re.escape("no Dask scheduler answers at tcp://127.0.0.1:")):
        DaskEngine(f"dask://127.0.0.1:{free_port()}", 1, 60.0)


@pytest.mark.parametrize("place", ["dusk", "dask://", "dask://host", "tcp://127.0.0.1:8786"])
def test_another_engine_is_refused(place: str) -> None:
    """The words there are, are told."""
    with pytest.raises(ConfigurationError, match=re.escape("is no engine; write local, dask, dask+tls://HOST:PORT")):
        DaskEngine(place, 1, 60.0)


@pytest.mark.parametrize("host", ["10.0.0.5", "scheduler.example", "[fd00::5]", "0.0.0.0"])  # noqa: S104 - refused
def test_a_cluster_elsewhere_has_to_ask_for_certificates(host: str) -> None:
    """Nothing is sent to a scheduler of another machine in the clear; what to write is told."""
    with pytest.raises(ConfigurationError, match=re.escape(f"write dask+tls://{host}:8786, with certificates")):
        DaskEngine(f"dask://{host}:8786", 1, 60.0)


def test_a_cluster_that_asks_for_certificates_needs_a_certificate() -> None:
    """It is looked for before the scheduler is asked; which variables name it is told."""
    with pytest.raises(ConfigurationError, match=r"\(none is named\): set DASK_DISTRIBUTED__COMM__TLS__CA_FILE"):
        DaskEngine(f"dask+tls://127.0.0.1:{free_port()}", 1, 60.0)
    with (
        dask.config.set({f"distributed.comm.tls.{key}": __file__ for key in ("ca-file", "client.cert", "client.key")}),
        pytest.raises(ConfigurationError, match="needs a certificate"),
    ):
        DaskEngine(f"dask+tls://127.0.0.1:{free_port()}", 1, 60.0)
