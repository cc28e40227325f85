"""What a command writes to stderr: for people or as JSON, and how much of it."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from reportgen.cli import main
from reportgen.fleet.run_results import results_of
from reportgen.logs import LOGGER
from reportgen.resources import examples_folder
from reportgen.sandbox.sandbox_server import running_sandbox
from tests.faultserver import json_reply, routed, serving
from tests.fleet.files import FLEET, QUICK, write_fleet

EXAMPLE = str(examples_folder() / "multichannel.yaml")
TABLE = (Path(__file__).parents[2] / "docs/scheduling.md").read_text("utf-8").partition("| event | level |")[2]
DOCUMENTED = {
    name for row in TABLE.partition("\n\n")[0].splitlines() for name in re.findall(r"`(\w+)`", row.split(" | ")[0])
}
CLIENT = str(examples_folder() / "multichannel.client.yaml")


def render(out: Path, *options: str) -> int:
    """Make the tables of an example with made-up numbers."""
    arguments = ("--client", CLIENT, "--sandbox", "--format", "csv", "--out", str(out), "--as-of", "2026-11-03")
    return main(["render", EXAMPLE, *arguments, *options])


def parsed(text: str) -> list[dict[str, Any]]:
    """Return every line as the object that it is; each has an event that the documentation lists."""
    lines: list[dict[str, Any]] = [json.loads(line) for line in text.splitlines()]
    assert {line["event"] for line in lines} <= DOCUMENTED
    return lines


@pytest.fixture
def unreachable(monkeypatch: pytest.MonkeyPatch) -> None:
    """Put the API where nobody listens, and tokens where the files say."""
    monkeypatch.setenv("REPORTGEN_API_URL", "http://127.0.0.1:9/api")
    for name in ("REPORTGEN_TOKEN", "CASA_VERDE_CUSTOMER_TOKEN", "FLEET_TOKEN", "FLEET_CUSTOMER"):
        monkeypatch.setenv(name, "x")


def test_people_see_stages_where_they_ask(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Without an option neither stages nor requests show; with -v both do; stdout is the same."""
    assert render(tmp_path, "--calm") == 0
    plain = capsys.readouterr()
    assert "fetch" not in plain.err
    assert render(tmp_path, "--calm", "-v") == 0
    verbose = capsys.readouterr()
    assert verbose.out == plain.out
    assert "reportgen: casa-verde/multichannel: fetch (" in verbose.err
    assert "reportgen: casa-verde/multichannel: render csv (" in verbose.err
    assert "reportgen: casa-verde/multichannel: POST /api/metrics/get-data: 200, metrics: " in verbose.err


@pytest.mark.parametrize("stderr", ["", "2>/dev/full", "2>&-"])
def test_a_log_that_nobody_takes_costs_no_report(tmp_path: Path, stderr: str) -> None:
    """Its reader went away, its disk is full, or stderr was closed: the report is made, and the code is 0."""
    command = [sys.executable, "-m", "reportgen", "run", str(write_fleet(tmp_path, 1, QUICK)), "-v"]
    reading, writing = os.pipe()
    os.close(reading)
    with running_sandbox(calm=True) as sandbox:
        tokens = {"FLEET_TOKEN": sandbox.token, "FLEET_CUSTOMER": sandbox.customer_token}
        done = subprocess.run(
            ["/bin/sh", "-c", f'exec "$@" {stderr}', "sh", *command],
            env={**os.environ, **tokens, "REPORTGEN_API_URL": sandbox.url},
            stdout=subprocess.PIPE,
            stderr=writing,
            text=True,
            check=False,
        )
    os.close(writing)
    folder = tmp_path / "runs/fleet-2026-10"
    assert (done.returncode, done.stdout, results_of(folder).counts) == (0, f"{folder}\n", {"done": 1})


def test_json_has_every_stage(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Each line is an object with a time in UTC, a level, an event, the client and the spec, warnings too."""
    render(tmp_path, "--log-format", "json")
    lines = parsed(capsys.readouterr().err)
    assert all(datetime.fromisoformat(line["time"]).utcoffset() == timedelta(0) for line in lines)
    assert {(line["client"], line["spec"]) for line in lines} == {("casa-verde", "multichannel")}
    events = [(line["level"], line["event"]) for line in lines]
    stages = [("info", event) for event in ("plan", "fetch", "resolve", "render", "audit", "write")]
    assert events[:6] == stages
    assert {*events[6:]} == {("warning", "caution"), ("warning", "report")}
    assert {type(line["seconds"]) for line in lines[:6]} == {float}


def test_json_has_requests_where_asked(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """With -v there is a line a request, with its status and the number of its metrics."""
    render(tmp_path, "--log-format", "json", "-v")
    requests = [line for line in parsed(capsys.readouterr().err) if line["event"] == "request"]
    assert {(line["level"], line["status"]) for line in requests} == {("debug", 200)}
    assert all(line["metrics"] > 0 for line in requests)


def test_quiet_keeps_errors_alone(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """-q leaves out every line but errors, which are objects too."""
    render(tmp_path, "--log-format", "json", "-q")
    assert capsys.readouterr().err == ""
    assert main(["render", EXAMPLE, "--sandbox", "--log-format", "json", "-q", "--period", "x"]) == 2
    (error,) = parsed(capsys.readouterr().err)
    assert (error["level"], error["event"], error["client"]) == ("error", "error", None)
    assert "'x'" in error["message"]


def test_wrong_usage_is_an_object_too(capsys: pytest.CaptureFixture[str]) -> None:
    """A value that an option does not take is named in a line of JSON."""
    assert main(["render", EXAMPLE, "--format", "docx", "--log-format", "json"]) == 2
    (error,) = parsed(capsys.readouterr().err)
    assert "'--format'" in error["message"]


@pytest.mark.usefixtures("unreachable")
@pytest.mark.logs("the API at 127.0.0.1:9 cannot be reached: ")
def test_an_unreachable_api_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """N01: `render` says at once, without -v, that it cannot reach the API and tries again."""
    assert main(["render", EXAMPLE, "--client", CLIENT, "--format", "csv", "--out", str(tmp_path)]) == 1
    first, *_rest = capsys.readouterr().err.splitlines()
    assert first == "reportgen: the API at 127.0.0.1:9 cannot be reached: All connection attempts failed; trying again"


@pytest.mark.usefixtures("unreachable")
@pytest.mark.logs("the API at 127.0.0.1:9 cannot be reached: ")
def test_a_run_tells_that_its_api_is_unreachable(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """N01: a run says so once for all its clients, and waits until its deadline."""
    arguments = ["run", str(write_fleet(tmp_path)), "--out", str(tmp_path / "o"), "--as-of", "2026-11-03"]
    assert main([*arguments, "--deadline", "2s", "--log-format", "json"]) == 1
    lines = parsed(capsys.readouterr().err)
    (line,) = [line for line in lines if line["event"] == "unreachable"]
    assert (line["level"], line["host"], line["client"]) == ("warning", "127.0.0.1:9", None)


def test_a_run_and_its_deliveries(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Stages of the workers, each report's end, progress and deliveries are lines of the run; stdout is its folder."""
    fleet = write_fleet(tmp_path, 2, f'{FLEET}deliver: {{to: [{{folder: "outbox/{{client.slug}}"}}]}}\n')
    with running_sandbox(calm=True) as sandbox:
        monkeypatch.setenv("REPORTGEN_API_URL", sandbox.url)
        monkeypatch.setenv("FLEET_TOKEN", sandbox.token)
        monkeypatch.setenv("FLEET_CUSTOMER", sandbox.customer_token)
        arguments = ["--out", str(tmp_path / "o"), "--as-of", "2026-11-03", "--workers", "1", "--log-format", "json"]
        assert main(["run", str(fleet), *arguments]) == 0
    done = capsys.readouterr()
    assert done.out == f"{tmp_path / 'o/runs/fleet-2026-10'}\n"
    lines = parsed(done.err)
    way = ["fetch", "resolve", "render", "audit", "write", "report", "deliver"]
    for client in ("client-0000", "client-0001"):
        own = [line for line in lines if line["client"] == client]
        assert {line["run"] for line in own} == {"fleet-2026-10"}
        assert [line["event"] for line in own] == way
        assert {line["spec"] for line in own} == {"social"}
        assert all(line["seconds"] >= 0 for line in own)
        assert (own[2]["format"], own[5]["state"], own[6]["state"]) == ("html", "done", "delivered")
        assert own[6]["to"] == f"folder outbox/{client}"
    assert [line["ended"] for line in lines if line["event"] == "progress"][-1] == 2


@pytest.mark.usefixtures("unreachable")
def test_quiet_names_failures(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """With -q each report that may not be sent is named all the same, by the run and by its status."""
    arguments = ["run", str(write_fleet(tmp_path, 2)), "--out", str(tmp_path / "o"), "--as-of", "2026-11-03", "-q"]
    with serving(routed({"POST /metrics/get-data": json_reply({"message": "No"}, 403)})) as server:
        monkeypatch.setenv("REPORTGEN_API_URL", server.address)
        assert main(arguments) == 1
    names = [line.split(": ")[1:3] for line in capsys.readouterr().err.splitlines()]
    assert names == [["client-0000/social", "held"], ["client-0001/social", "held"]]
    assert main(["status", str(tmp_path / "o/runs/fleet-2026-10"), "-q"]) == 0
    assert len(capsys.readouterr().err.splitlines()) == 2


def test_a_command_leaves_the_log_as_it_was(tmp_path: Path) -> None:
    """A program that calls the command keeps its own log."""
    before = (LOGGER.level, list(LOGGER.handlers))
    render(tmp_path, "-v")
    assert (LOGGER.level, list(LOGGER.handlers)) == before
