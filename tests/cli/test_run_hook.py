"""The hook of a run: called however the run ends, with its code and its folder, and without a token."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from typing import TYPE_CHECKING

import pytest

from reportgen.cli import main
from reportgen.sandbox.sandbox_server import running_sandbox
from tests.fleet.files import QUICK, account, write_fleet

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from reportgen.sandbox.sandbox_server import Sandbox

TELL = """\
import json, os, sys
names = [name for name in os.environ if name.startswith(("REPORTGEN_E", "REPORTGEN_R", "FLEET_"))]
open(sys.argv[1], "w").write(json.dumps({name: os.environ[name] for name in names}))
"""


@pytest.fixture
def api(monkeypatch: pytest.MonkeyPatch) -> Iterator[Sandbox]:
    """Run the API and put its tokens where the fleet says."""
    with running_sandbox(calm=True) as sandbox:
        monkeypatch.setenv("REPORTGEN_API_URL", sandbox.url)
        monkeypatch.setenv("FLEET_TOKEN", sandbox.token)
        monkeypatch.setenv("FLEET_CUSTOMER", sandbox.customer_token)
        yield sandbox


@pytest.fixture
def secrets(monkeypatch: pytest.MonkeyPatch) -> None:
    """Set the variables that the fleet names, that of a client, and one that is for the hook alone."""
    for name in ("FLEET_TOKEN", "FLEET_CUSTOMER", "FLEET_OWN"):
        monkeypatch.setenv(name, os.environ.get(name, "x"))
    monkeypatch.setenv("REPORTGEN_EXAMPLE", "the hook's own")


@pytest.fixture
def arguments(tmp_path: Path) -> list[str]:
    """Return a run of a fleet with a hook that writes what it was given to `told.json`."""
    (tmp_path / "tell.py").write_text(TELL)
    hook = f"{sys.executable} '{tmp_path / 'tell.py'}' '{tmp_path / 'told.json'}'"
    fleet = str(write_fleet(tmp_path, 2, QUICK))
    return ["run", fleet, "--out", str(tmp_path / "o"), "--as-of", "2026-11-03", "-q", "--hook", hook]


def told(tmp_path: Path) -> dict[str, str]:
    """Return what the hook was given."""
    given: dict[str, str] = json.loads((tmp_path / "told.json").read_text())
    return given


@pytest.mark.usefixtures("api")
def test_a_run_that_is_done(tmp_path: Path, arguments: list[str]) -> None:
    """It has the folder and the results, and the tokens are not in its environment; a dry run calls nobody."""
    assert main([*arguments, "--dry-run"]) == 0
    assert not (tmp_path / "told.json").exists()
    assert main(arguments) == 0
    run = tmp_path / "o/runs/fleet-2026-10"
    assert told(tmp_path) == {
        "REPORTGEN_EXIT_CODE": "0",
        "REPORTGEN_RUN": str(run),
        "REPORTGEN_RESULTS": str(run / "run_results.json"),
    }
    assert not (run / "heartbeat.json").exists()


def test_a_run_that_is_refused(tmp_path: Path, arguments: list[str]) -> None:
    """Missing tokens and a wrong fleet file have their codes; where no run was planned there is no folder."""
    assert main(arguments) == 3
    assert told(tmp_path)["REPORTGEN_EXIT_CODE"] == "3"
    (tmp_path / "fleet.yaml").write_text("version: 1\n")
    assert main(arguments) == 2
    assert (told(tmp_path)["REPORTGEN_EXIT_CODE"], told(tmp_path)["REPORTGEN_RUN"]) == ("2", "")


@pytest.mark.usefixtures("secrets")
@pytest.mark.parametrize(
    ("file", "content", "is_known"),
    [
        ("social.yaml", "bogus: 1\n", True),
        ("fleet.yaml", "bogus: 1\n", True),
        ("clients.csv", '"\0\n', True),
        ("clients.csv", None, False),
        ("fleet.yaml", "bogus: [\n", False),
        ("fleet.yaml", None, False),
    ],
)
def test_a_refused_run_keeps_its_tokens(
    tmp_path: Path, arguments: list[str], file: str, content: str | None, *, is_known: bool
) -> None:
    """The files name them, also wrong ones; where nobody can read the names, only harmless variables are passed on."""
    with (tmp_path / "clients.csv").open("a") as clients:
        clients.write(f"client-9,Own,{account(9)},FLEET_OWN\n")
    (tmp_path / file).write_text((tmp_path / file).read_text() + content) if content else (tmp_path / file).unlink()
    assert main([*arguments, "--strict-fleet"]) == 2
    assert told(tmp_path).keys() == {
        "REPORTGEN_EXIT_CODE",
        "REPORTGEN_RUN",
        "REPORTGEN_RESULTS",
        *(["REPORTGEN_EXAMPLE"] if is_known else []),
    }


@pytest.mark.usefixtures("api", "secrets")
def test_a_client_that_cannot_be_read_keeps_its_token(tmp_path: Path, arguments: list[str]) -> None:
    """Its file names it in a text that is no YAML; the other reports are made."""
    (tmp_path / "fleet.yaml").write_text(QUICK.replace("clients.csv", "client-*.yaml"))
    text = "version: 1\nname: A\nslug: {}\nsources: {{instagram: {}}}\n"
    (tmp_path / "client-a.yaml").write_text(text.format("a", account(1)))
    own = "goals: [\napi: {customer_token: {env: FLEET_OWN}}\n"
    (tmp_path / "client-b.yaml").write_text(text.format("b", account(2)) + own)
    assert main(arguments) == 1
    assert told(tmp_path)["REPORTGEN_EXAMPLE"] == "the hook's own"
    assert "FLEET_OWN" not in told(tmp_path)


@pytest.mark.usefixtures("api")
def test_the_words_of_a_hook_go_to_stderr(
    tmp_path: Path, arguments: list[str], capfd: pytest.CaptureFixture[str]
) -> None:
    """Stdout stays what a script reads, the folder or JSON; where lines are JSON, the words of the hook are too."""
    words = f"{sys.executable} -c 'import sys; print(1); print(2, file=sys.stderr)'"
    own = [*arguments[:-1], words]
    assert main(own) == 0
    said = capfd.readouterr()
    assert said.out == f"{tmp_path / 'o/runs/fleet-2026-10'}\n"
    assert sorted(said.err.splitlines()) == ["1", "2"]
    assert main([*own, "--json", "--log-format", "json"]) == 0
    said = capfd.readouterr()
    assert json.loads(said.out)["counts"] == {"done": 2}
    lines = [json.loads(line) for line in said.err.splitlines()]
    assert sorted(line["message"] for line in lines if line["event"] == "hook") == ["1", "2"]


@pytest.mark.usefixtures("api")
def test_json_has_the_deliveries_of_the_run(
    tmp_path: Path, arguments: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    """What `run --json` prints is what `run_results.json` holds when the run has ended."""
    write_fleet(tmp_path, 2, QUICK + 'deliver: {to: [{folder: "outbox/{client.slug}"}]}\n')
    assert main([*arguments, "--json"]) == 0
    printed = json.loads(capsys.readouterr().out)
    assert printed["deliveries"] == {"delivered": 2}
    assert printed == json.loads((tmp_path / "o/runs/fleet-2026-10/run_results.json").read_text())


@pytest.mark.thorough
@pytest.mark.usefixtures("api")
def test_a_run_that_is_stopped(tmp_path: Path, arguments: list[str]) -> None:
    """SIGTERM ends it with 143, and the hook is told."""
    write_fleet(tmp_path, 60, QUICK)
    with subprocess.Popen([sys.executable, "-m", "reportgen", *arguments]) as run:
        while not list((tmp_path / "o").glob("runs/*/heartbeat.json")):
            assert run.poll() is None
            time.sleep(0.02)
        os.kill(run.pid, signal.SIGTERM)
        assert run.wait(20) == 143
    assert told(tmp_path)["REPORTGEN_EXIT_CODE"] == "143"


@pytest.mark.parametrize(
    ("hook", "said"),
    [("nobody-has-this", "No such file"), (f"{sys.executable} -c 'raise SystemExit(7)'", "ended with 7")],
)
def test_a_hook_that_fails(
    tmp_path: Path, arguments: list[str], hook: str, said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """It is named, and the exit code is still that of the run."""
    arguments.remove("-q")
    assert main([*arguments[:-1], hook]) == 3
    assert said in capsys.readouterr().err
    assert not (tmp_path / "told.json").exists()


@pytest.mark.parametrize("hook", ["", " ", "'open"])
def test_a_hook_that_is_no_command(arguments: list[str], hook: str) -> None:
    """It is wrong usage."""
    assert main([*arguments[:-1], hook]) == 2
