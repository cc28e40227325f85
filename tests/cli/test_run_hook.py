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
from tests.fleet.files import QUICK, write_fleet

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
