"""The command `run`: processes, a socket and files, from end to end."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

import psutil
import pytest

from reportgen.cli import cli, main
from reportgen.cli.options import ExitCode
from reportgen.errors import OutputError
from reportgen.sandbox.sandbox_server import Sandbox, running_sandbox
from reportgen.spec.fleet_file import Fleet
from tests.fleet.files import FLEET, QUICK, SPEC, account, write_fleet

if TYPE_CHECKING:
    from collections.abc import Iterator


LISTENING = """
import signal, sys
from reportgen.cli import main
signal.signal(signal.SIGINT, signal.default_int_handler)  # a shell's background job has it ignored
sys.exit(main(sys.argv[1:]))
"""


@pytest.fixture
def api(monkeypatch: pytest.MonkeyPatch) -> Iterator[Sandbox]:
    """Run the API and put its tokens where the fleet says."""
    with running_sandbox(calm=True) as sandbox:
        monkeypatch.setenv("REPORTGEN_API_URL", sandbox.url)
        monkeypatch.setenv("FLEET_TOKEN", sandbox.token)
        monkeypatch.setenv("FLEET_CUSTOMER", sandbox.customer_token)
        yield sandbox


def reportgen(*arguments: str) -> subprocess.CompletedProcess[str]:
    """Run the command in a process of its own."""
    command = [sys.executable, "-m", "reportgen", *arguments]
    return subprocess.run(command, capture_output=True, text=True, timeout=100, check=False)


def reports(out: Path) -> list[dict[str, Any]]:
    """Return what the results tell of each report."""
    (file,) = out.glob("runs/*/run_results.json")
    found: list[dict[str, Any]] = json.loads(file.read_text())["reports"]
    return found


@pytest.mark.usefixtures("api")
def test_a_run(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Every client has its report, with its name in it; again is nothing; one that goes is made again."""
    fleet, out = str(write_fleet(tmp_path, 4)), tmp_path / "o"
    arguments = ["run", fleet, "--out", str(out), "--as-of"]
    first = reportgen(*arguments, "2026-11-03", "--workers", "2")
    assert (first.returncode, first.stdout) == (0, f"{out / 'runs/fleet-2026-10'}\n"), first.stderr
    pages = {path.parts[-3]: path.read_text() for path in out.glob("out/2026-10/*/social/*.html")}
    assert sorted(pages) == [f"client-{one:04d}" for one in range(4)]
    assert all(f"Client {int(name[-4:])}" in page for name, page in pages.items())
    assert main(["verify", str(out / "runs/fleet-2026-10")]) == 0
    stamps = {path: path.stat().st_mtime_ns for path in (out / "out").rglob("*.html")}
    next(iter(stamps)).write_text("changed")
    assert main(["verify", str(out / "runs/fleet-2026-10")]) == 1
    assert main([*arguments, "2026-11-05"]) == 0
    changed = [path for path, stamp in stamps.items() if path.stat().st_mtime_ns != stamp]
    assert changed == [next(iter(stamps))]
    capsys.readouterr()
    assert main(["status", str(out / "runs/fleet-2026-10")]) == 0
    assert "4 done" in capsys.readouterr().err


@pytest.mark.thorough
@pytest.mark.usefixtures("api")
def test_no_token_is_anywhere(tmp_path: Path) -> None:
    """S03: not in what a run writes, nor with the processes that render, also where it is that of another client."""
    deliver = 'deliver: {to: [{webhook: {url: "https://x.example", secret: {env: HOOK_SECRET}}}]}\n'
    content = FLEET.replace("clients.csv}", "clients.csv, except: [client-0002]}") + deliver
    fleet = write_fleet(tmp_path, 3, content)
    heads, *rows = (tmp_path / "clients.csv").read_text().splitlines()
    tokens = ("api.customer_token.env", "FLEET_CUSTOMER", "OTHER_CUSTOMER", "EXCEPT_CUSTOMER")
    columns = zip((heads, *rows), tokens, strict=True)
    (tmp_path / "clients.csv").write_text("\n".join(f"{row},{token}" for row, token in columns))
    secrets = {"FLEET_TOKEN", *tokens[1:], "HOOK_SECRET"}
    environment = {**dict.fromkeys(secrets, "sandbox-merchant"), **os.environ}
    command = [sys.executable, "-m", "reportgen", "run", str(fleet), "--out", str(tmp_path / "o"), "--no-deliver"]
    found: dict[int, set[str]] = {}
    with subprocess.Popen([*command, "--only", "client-0000", "--as-of", "2026-11-03", "-q"], env=environment) as run:
        while run.poll() is None:
            with suppress(psutil.Error):  # it has just ended
                for child in psutil.Process(run.pid).children(recursive=True):
                    if "forkserver" in " ".join(child.cmdline()):
                        found[child.pid] = secrets & child.environ().keys()
            time.sleep(0.02)
    assert run.returncode == 0
    assert len(found) > 1
    assert set().union(*found.values()) == set()
    for path in (tmp_path / "o").rglob("*"):
        assert path.is_dir() or b"sandbox-merchant" not in path.read_bytes(), path


@pytest.mark.usefixtures("api")
def test_a_wrong_row_costs_its_reports_alone(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """It is named by the run and in its results, with 1 as the exit code; `--strict-fleet` makes nothing then."""
    fleet, out = str(write_fleet(tmp_path, 3, QUICK)), tmp_path / "o"
    clients = tmp_path / "clients.csv"
    clients.write_text(clients.read_text() + f"client-0001,Copied,{account(9)}\nbad,Bad,nonsense\n")
    arguments = ["run", fleet, "--out", str(out), "--as-of", "2026-11-03", "-q"]
    assert main([*arguments, "--strict-fleet"]) == 2
    assert not out.exists()
    capsys.readouterr()
    assert main(arguments) == 1
    said = capsys.readouterr().err
    assert "clients.csv:6:3: sources.instagram" in said
    assert "client-0001/social (" in said
    assert [(one["client"], one["state"]) for one in reports(out)] == [("client-0000", "done"), ("client-0002", "done")]
    assert main([*arguments, "--only", "client-0002"]) == 0
    capsys.readouterr()
    assert main(["status", str(out / "runs/fleet-2026-10"), "-q"]) == 0
    assert "clients.csv:6:3" in capsys.readouterr().err


@pytest.mark.usefixtures("api")
def test_only_touches_no_other_report(tmp_path: Path) -> None:
    """After an edit of the spec the others stay made as they were, until a run makes them anew."""
    out = tmp_path / "o"
    arguments = ["run", str(write_fleet(tmp_path, 3, QUICK)), "--out", str(out), "--as-of", "2026-11-03", "-q"]
    assert main(arguments) == 0
    before = {one["client"]: one["key"] for one in reports(out)}
    spec = tmp_path / "social.yaml"
    spec.write_text(spec.read_text().replace("Numbers", "Figures"))
    for _ in range(2):
        assert main([*arguments, "--only", "client-0001"]) == 0
        assert [one["state"] for one in reports(out)] == ["done"] * 3
    after = {one["client"]: one["key"] for one in reports(out)}
    assert [client for client, key in after.items() if key != before[client]] == ["client-0001"]
    assert main(arguments) == 0
    assert not {one["key"] for one in reports(out)} & set(before.values())


def test_a_missing_token_starts_nothing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """It is a matter of configuration, told before anything is asked."""
    assert main(["run", str(write_fleet(tmp_path)), "--out", str(tmp_path / "o"), "--as-of", "2026-11-03"]) == 3
    assert "FLEET_TOKEN is empty or not set" in capsys.readouterr().err


@pytest.mark.usefixtures("api")
@pytest.mark.parametrize(
    ("column", "code", "ended"),
    [("", 3, "fleet.yaml: defaults.api.customer_token: the API refused"), ("api.customer_token.env", 1, "2 failed")],
)
def test_a_customer_token_that_is_refused(tmp_path: Path, column: str, code: int, ended: str) -> None:
    """The fleet's own, which all clients share, is a matter of configuration; a client's costs its own reports."""
    fleet = write_fleet(tmp_path, 2, FLEET.replace("reports:", "shared: [tokens]\nreports:"))
    if column:
        heads, *rows = (tmp_path / "clients.csv").read_text().splitlines()
        text = "\n".join([f"{heads},{column}", *(f"{row},OTHER_CUSTOMER" for row in rows)])
        (tmp_path / "clients.csv").write_text(text)
    command = [
        sys.executable,
        "-m",
        "reportgen",
        "run",
        str(fleet),
        "--out",
        str(tmp_path / "o"),
        "--as-of",
        "2026-11-03",
    ]
    environment = {**os.environ, "FLEET_CUSTOMER": "wrong", "OTHER_CUSTOMER": "other"}
    ran = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    assert (ran.returncode, ended in ran.stderr) == (code, True)


def test_an_address_without_tls_starts_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Tokens are not sent in the clear to another machine; that is told together with what else is missing."""
    monkeypatch.setenv("REPORTGEN_API_URL", "http://api.example/api")
    fleet, out = str(write_fleet(tmp_path)), tmp_path / "o"
    assert main(["run", fleet, "--out", str(out), "--as-of", "2026-11-03"]) == 3
    told = capsys.readouterr().err
    assert "FLEET_TOKEN is empty or not set" in told
    assert "or set REPORTGEN_API_INSECURE=1" in told
    assert not list(out.glob("runs"))


def test_a_dry_run_asks_nothing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """It names each report with its days and its folder, and leaves no file."""
    arguments = ["run", str(write_fleet(tmp_path)), "--as-of", "2026-11-03", "--dry-run", "--only", "client-0001"]
    assert main([*arguments, "--out", str(tmp_path / "o")]) == 0
    assert capsys.readouterr().out.startswith("client-0001/social  2026-10-01..2026-10-31  ")
    assert not (tmp_path / "o").exists()


def test_an_unknown_client_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A slug that is misspelt makes no report less; one that is near is named."""
    fleet = write_fleet(tmp_path)
    assert main(["run", str(fleet), "--only", "nobody"]) == 2
    assert f"nobody: no client of {fleet} has this slug; `reportgen run" in capsys.readouterr().err
    assert main(["run", str(fleet), "--only", "cliemt-0001"]) == 2
    assert "did you mean 'client-0001'?" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ("b,B,,", "clients.csv:3:4: sources.instagram: is empty in the row of b"),
        (f"b,B,nowhere,{account(2)}", "clients.csv:3:3: locale: "),
        (f"b,B,,{account(1)}", "has the same account as A"),
        (f"b,B,,{account(2)}\nb,C,,{account(3)}", "clients.csv:3 and "),
    ],
)
def test_a_chosen_client_that_is_left_out(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], row: str, said: str
) -> None:
    """It is told with what is wrong with it, and not as unknown; the problems of others are not told."""
    fleet = write_fleet(tmp_path)
    rows = f"a,A,,{account(1)}\n{row}\nz,Z,,none\ny,Y,,{account(9)}\n"
    (tmp_path / "clients.csv").write_text(f"slug,name,locale,sources.instagram\n{rows}")
    assert main(["run", str(fleet), "--only", "b"]) == 2
    told = capsys.readouterr().err
    assert "--only b: this client is left out, since it is wrong:" in told
    assert said in told
    assert "sources.instagram: 'none'" not in told


def test_a_chosen_client_that_the_fleet_excepts(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """It is not told as unknown."""
    fleet = write_fleet(tmp_path, fleet=FLEET.replace("clients.csv}", "clients.csv, except: [client-0001]}"))
    assert main(["run", str(fleet), "--only", "client-0001"]) == 2
    assert "leaves this client out by `except`" in capsys.readouterr().err


@pytest.fixture
def place(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """Let a function of the fleet fail as on a full disk, and return its name."""

    def unwritten(path: Path, *_others: object) -> None:
        message = f"{path}: cannot be written: No space left on device"
        raise OutputError(message) from OSError(28, "No space left on device")

    monkeypatch.setattr(f"reportgen.fleet.{request.param}", unwritten)
    return str(request.param)


@pytest.mark.usefixtures("api")
@pytest.mark.parametrize(
    ("place", "said", "fault"),
    [
        ("contact_sheet.write_contact_sheet", "3 done", "runs/fleet-2026-10: cannot be written"),
        ("run_loop.store", "client-0002/social: failed: ", "3 reports in a row could not be written"),
    ],
    indirect=["place"],
)
def test_a_full_disk(place: str, tmp_path: Path, capsys: pytest.CaptureFixture[str], said: str, fault: str) -> None:
    """The results are told as without it, and beside them what could not be written; nothing is sent."""
    fleet, out = write_fleet(tmp_path, 3, f"{QUICK}deliver:\n  to: [{{folder: outbox}}]\n"), tmp_path / "o"
    assert main(["run", str(fleet), "--out", str(out), "--as-of", "2026-11-03"]) == 1
    told = capsys.readouterr()
    assert told.out.strip() == str(out / "runs" / "fleet-2026-10")
    assert 0 <= told.err.find(said) < told.err.find(fault), place
    assert not (out / "outbox").exists()


@pytest.mark.usefixtures("api")
def test_a_run_of_nothing_that_is_due(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """It ends calmly and tells the day of the next reports; so does its status, and check warns."""
    fleet = write_fleet(tmp_path, 2, FLEET.replace('"2026-10"', "month_to_date"))
    day = ["--as-of", "2026-11-01"]
    said = "social: nothing to report yet for 2 clients: month_to_date has no finished day on 2026-11-01; "
    assert main(["run", str(fleet), "--out", str(tmp_path / "made"), *day]) == 0
    told = capsys.readouterr()
    assert f"{said}the next report is due on 2026-11-02" in told.err
    assert "no reports" in told.err
    run = told.out.strip()
    assert json.loads((Path(run) / "run_results.json").read_text())["not_due"][0].startswith(said)
    assert main(["status", run]) == 0
    assert said in capsys.readouterr().err
    assert main(["run", str(fleet), "--out", str(tmp_path / "made"), *day, "--only", "client-0001", "--dry-run"]) == 0
    assert main(["check", str(fleet), *day]) == 0
    told = capsys.readouterr()
    assert (told.out, f"warning: {said}" in told.err) == (f"{fleet}: ok\n", True)


@pytest.mark.thorough
@pytest.mark.usefixtures("api")
@pytest.mark.parametrize(("number", "code"), [(signal.SIGTERM, 143), (signal.SIGINT, 130)])
def test_a_signal_ends_a_run_soon(tmp_path: Path, number: signal.Signals, code: int) -> None:
    """F12: in ten seconds, with results on the disk and no process left; the next run makes the rest."""
    fleet, out = str(write_fleet(tmp_path, 60, QUICK)), tmp_path / "o"
    with started_run(fleet, out) as run:
        run.send_signal(number)
        assert run.wait(10) == code
    assert ends_without_orphans(run.pid)
    states = {one["state"] for one in reports(out)}
    assert {"done", "interrupted"} <= states


@pytest.mark.thorough
@pytest.mark.usefixtures("api")
@pytest.mark.parametrize("pause", [0.0, 0.5])
def test_a_second_signal_ends_a_run_at_once(tmp_path: Path, pause: float) -> None:
    """F14: whoever presses Ctrl-C twice is not asked to wait; no process and no torn file is left."""
    fleet, out = str(write_fleet(tmp_path, 14, QUICK)), tmp_path / "o"
    with started_run(fleet, out) as run:
        run.send_signal(signal.SIGINT)
        time.sleep(pause)
        run.send_signal(signal.SIGINT)
        assert run.wait(5) in {130, -signal.SIGINT}  # which a shell calls 130 too
    assert ends_without_orphans(run.pid)
    assert main(["run", fleet, "--out", str(out), "--as-of", "2026-11-03", "-q"]) == 0
    assert {one["state"] for one in reports(out)} == {"done"}
    assert main(["verify", str(out / "runs/fleet-2026-10"), "-q"]) == 0


@contextmanager
def started_run(fleet: str, out: Path) -> Iterator[subprocess.Popen[bytes]]:
    """Start a run in a session of its own, and wait until its first report is done."""
    command = [sys.executable, "-c", LISTENING, "run", fleet, "--out", str(out), "--as-of", "2026-11-03", "-q"]
    with subprocess.Popen(command, start_new_session=True, stdout=subprocess.DEVNULL) as run:
        while not any(b'"done"' in journal.read_bytes() for journal in out.glob("runs/*/journal.jsonl")):
            assert run.poll() is None
            time.sleep(0.02)
        yield run


def ends_without_orphans(session: int) -> bool:
    """Tell whether all processes of a session have gone in five seconds."""
    deadline = time.monotonic() + 5
    while processes_of(session) and time.monotonic() < deadline:
        time.sleep(0.05)
    return not processes_of(session)


def processes_of(session: int) -> list[int]:
    """Return the processes of a session that are still there."""
    found: list[int] = []
    for file in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = file.read_text().rpartition(")")[2].split()
        except OSError:  # it ended meanwhile
            continue
        if int(fields[3]) == session and fields[0] != "Z":
            found.append(int(file.parent.name))
    return found


@pytest.mark.usefixtures("api")
def test_a_run_delivers_unless_told_otherwise(tmp_path: Path) -> None:
    """A person may look first: `--no-deliver` sends nothing, the next run sends what is made, and `--only` its own."""
    fleet = write_fleet(tmp_path, 3, QUICK)
    fleet.write_text(fleet.read_text() + 'deliver: {to: [{folder: "outbox/{client.slug}"}]}\n')
    out, day = tmp_path / "o", ("--as-of", "2026-11-03", "-q")
    assert main(["run", str(fleet), "--out", str(out), *day, "--no-deliver"]) == 0
    assert not (out / "outbox").exists()
    assert main(["run", str(fleet), "--out", str(out), *day, "--only", "client-0001"]) == 0
    assert [path.name for path in (out / "outbox").iterdir()] == ["client-0001"]
    assert main(["run", str(fleet), "--out", str(out), *day]) == 0
    assert len(list((out / "outbox").iterdir())) == 3
    assert {one["deliveries"][0]["state"] for one in reports(out)} == {"delivered"}


@pytest.mark.usefixtures("api")
def test_a_run_that_could_not_deliver_does_not_start(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """All that is missing is told at once, tokens and secrets, before anything is asked or written."""
    fleet = write_fleet(tmp_path, 2)
    fleet.write_text(
        fleet.read_text() + 'deliver: {to: [{webhook: {url: "https://x.example", secret: {env: NO_SECRET}}}]}\n'
    )
    monkeypatch.delenv("FLEET_CUSTOMER")
    assert main(["run", str(fleet), "--out", str(tmp_path / "o"), "--as-of", "2026-11-03"]) == 3
    said = capsys.readouterr().err
    assert "FLEET_CUSTOMER is empty or not set" in said
    assert "NO_SECRET is empty or not set" in said
    assert not list((tmp_path / "o").glob("runs/*"))


@pytest.mark.thorough
@pytest.mark.usefixtures("api")
def test_after_its_deadline_a_run_begins_nothing(tmp_path: Path) -> None:
    """What was not begun is not run, of whole clients, which is no success; the next run makes it."""
    fleet, out = str(write_fleet(tmp_path, 50, FLEET + "  - {spec: full.yaml, clients: clients.csv}\n")), tmp_path / "o"
    (tmp_path / "full.yaml").write_text(SPEC)
    arguments = ["run", fleet, "--out", str(out), "--as-of", "2026-11-03", "-q"]
    assert main([*arguments, "--deadline", "1s"]) == 1
    states = [one["state"] for one in reports(out)]
    assert "not_run" in states, states  # on a slow machine, all of them
    assert set(states) <= {"done", "not_run"}, states
    assert states[::2] == states[1::2], "both reports of a client, or none"
    assert main(arguments) == 0


@pytest.mark.thorough
def test_a_reader_that_leaves_early_gets_no_word(tmp_path: Path) -> None:
    """F20: `reportgen run FLEET --dry-run | head -1` ends without a word, with the code of other programs."""
    fleet = str(write_fleet(tmp_path, 300))
    command = [sys.executable, "-m", "reportgen", "run", fleet, "--dry-run", "--as-of", "2026-11-03"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, pipesize=4096) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        assert process.stdout.readline().startswith(b"client-0000/social")
        process.stdout.close()
        assert process.stderr.read() == b""
        assert process.wait(30) == ExitCode.UNREAD


def test_a_fleet_that_names_no_formats_makes_those_of_render() -> None:
    """Each report then has one file a format, and no file is written twice, as it was with the PDF made both ways."""
    option = next(one for one in cli.commands["render"].params if one.name == "formats")
    assert ",".join(Fleet.model_fields["formats"].default) == option.default
