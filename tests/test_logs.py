"""The log of the library: its stages and requests, with the report they belong to, and no token."""

from __future__ import annotations

import asyncio
import logging
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from functools import partial
from typing import TYPE_CHECKING, Any

import httpx
from pydantic import SecretStr

from reportgen import build_report, load_client, load_spec, write_report
from reportgen.connect.api_client import ApiClient
from reportgen.connect.live_answers import live_answers
from reportgen.connect.tokens import Tokens
from reportgen.connect.transport import Call, HttpTransport
from reportgen.logs import collected_stages, log_request, stage
from reportgen.resources import examples_folder
from reportgen.sandbox.sandbox_server import running_sandbox
from tests.canaries import CUSTOMER, MARK, TOKEN
from tests.connect.asking import CLICKS, REPLIES, asked, hasty
from tests.faultserver import answer_all, echoing, serving

if TYPE_CHECKING:
    from pathlib import Path

    import pytest

PROGRAM = """
import logging, reportgen
assert not logging.getLogger().handlers, "the log was configured"
assert logging.getLogger("reportgen").level == logging.NOTSET
logging.getLogger("reportgen.any").warning("careful")
"""


def fields(caplog: pytest.LogCaptureFixture, *names: str) -> list[tuple[Any, ...]]:
    """Return some fields of every line of the library."""
    lines = [record for record in caplog.records if record.name == "reportgen"]
    return [tuple(getattr(line, name, None) for name in names) for line in lines]


def test_a_program_without_a_log_is_not_written_to() -> None:
    """The library configures nothing, and without a configuration none of its lines shows, not even a warning."""
    done = subprocess.run([sys.executable, "-c", PROGRAM], capture_output=True, text=True, check=True)
    assert (done.stdout, done.stderr) == ("", "")


def test_every_stage_is_a_line(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    """A report's way is told stage by stage, with its client, its spec and the seconds of each."""
    caplog.set_level(logging.INFO, logger="reportgen")
    folder = examples_folder()
    with running_sandbox(calm=True) as running:
        source = live_answers(running.url, SecretStr(running.token), SecretStr(running.customer_token))
        spec, client = load_spec(folder / "multichannel.yaml"), load_client(folder / "multichannel.client.yaml")
        report = build_report(spec, client, answers=source, as_of=date(2026, 11, 3))
    write_report(report, tmp_path, ["csv", "json"])
    stages = [("plan", None), ("fetch", None), ("resolve", None), ("render", "csv"), ("render", "json")]
    assert fields(caplog, "event", "format") == [*stages, ("audit", None), ("write", None)]
    assert set(fields(caplog, "client", "spec")) == {("casa-verde", "multichannel")}
    assert all(isinstance(seconds, float) and seconds >= 0 for (seconds,) in fields(caplog, "seconds"))
    assert caplog.messages[3].startswith("casa-verde/multichannel: render csv (")


def test_a_request_is_a_line_for_developers(caplog: pytest.LogCaptureFixture) -> None:
    """Method, path, status, number of metrics and the report that it was sent for, in whichever thread or task."""

    def fetch(address: str, spec: str) -> None:
        source = live_answers(address, SecretStr(TOKEN), SecretStr(CUSTOMER), traffic=hasty())
        with stage("fetch", "casa-verde", spec):
            source.fetch([asked(REPLIES), asked(CLICKS)])

    async def fetch_in_a_loop(address: str) -> None:
        fetch(address, "notebook")

    with serving(answer_all) as server, ThreadPoolExecutor(2) as threads:
        list(threads.map(partial(fetch, server.address), ("one", "two")))
        asyncio.run(fetch_in_a_loop(server.address))
    lines = fields(caplog, "event", "method", "path", "status", "metrics", "client", "spec")
    sent = ("request", "POST", "/api/metrics/get-data", 200, 2, "casa-verde")
    requests = [line for line in lines if line[0] == "request"]
    assert sorted(requests) == [(*sent, "notebook"), (*sent, "one"), (*sent, "two")]


def test_a_failed_request_is_a_line_too(caplog: pytest.LogCaptureFixture) -> None:
    """In place of the status stands the class of the error; a request of no report has no name in front."""
    log_request("GET", "/api/x", "TimedOut", 1.25)
    assert caplog.messages == ["GET /api/x: TimedOut (1.25 s)"]
    assert fields(caplog, "status", "seconds", "client", "spec") == [("TimedOut", 1.25, "", "")]


def test_no_token_is_logged(caplog: pytest.LogCaptureFixture) -> None:
    """S03: also where a program logs all that its libraries say, and the server repeats the tokens."""
    caplog.set_level(logging.DEBUG)

    async def look(address: str) -> None:
        async with ApiClient(address, Tokens(SecretStr(TOKEN), SecretStr(CUSTOMER)), traffic=hasty()) as client:
            await client.get("integrations", {"token": TOKEN})

    with serving(echoing(answer_all)) as server:
        live_answers(server.address, SecretStr(TOKEN), SecretStr(CUSTOMER), traffic=hasty()).fetch([asked(REPLIES)])
        asyncio.run(look(server.address))
    assert [line for line in fields(caplog, "path") if line[0]] == [("/api/metrics/get-data",), ("/api/integrations",)]
    everything = "\n".join(f"{record.getMessage()} {vars(record)}" for record in caplog.records)
    assert MARK not in everything
    assert "?" not in everything


def test_calls_of_others_are_logged_as_ever(caplog: pytest.LogCaptureFixture) -> None:
    """A program that uses httpx itself keeps the lines of its own calls."""
    caplog.set_level(logging.INFO, logger="httpx")

    async def call() -> None:
        reply = httpx.MockTransport(lambda _: httpx.Response(200, stream=httpx.ByteStream(b"{}")))
        async with HttpTransport(reply) as ours, httpx.AsyncClient(transport=reply) as theirs:
            await ours.send(Call.for_json("GET", "https://h/ours", {}))
            await theirs.get("https://h/theirs")

    asyncio.run(call())
    assert ["theirs" in message for message in caplog.messages] == [True]


def test_stages_of_a_worker_are_collected(caplog: pytest.LogCaptureFixture) -> None:
    """They come back with the report, and are not logged where they were taken."""
    with collected_stages() as stages, stage("render", "casa-verde", "social", format="pdf"):
        pass
    assert [(done.event, done.fields) for done in stages] == [("render", {"format": "pdf"})]
    assert caplog.messages == []
