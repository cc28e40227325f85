"""The scheduler script that ships: it makes, tells and delivers, and ends with the code that a scheduler waits for."""

from __future__ import annotations

import runpy
import subprocess
import sys
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest

from reportgen.cli import main
from reportgen.fleet.journal import locked
from reportgen.resources import examples_folder
from reportgen.sandbox.sandbox_server import running_sandbox
from tests.documents import fenced
from tests.fleet.files import FLEET, QUICK, account, write_fleet

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

SCRIPT = examples_folder() / "monthly.py"
DELIVERED = FLEET + 'deliver: {to: [{folder: "outbox/{client.slug}"}]}\n'


@dataclass(frozen=True, slots=True)
class Agency:
    """A fleet of two clients and its folder.

    Attributes:
        folder: With the fleet file.
        monkeypatch: To change the second client's token, FLEET_OTHER.
    """

    folder: Path
    monkeypatch: pytest.MonkeyPatch

    def monthly(self, *arguments: str) -> int:
        """Call the script, and return its exit code."""
        script = runpy.run_path(str(SCRIPT))["main"]
        code = script([str(self.folder / "fleet.yaml"), "--out", str(self.folder / "o"), "--workers", "1", *arguments])
        assert isinstance(code, int)
        return code

    @property
    def outbox(self) -> list[str]:
        """Whose reports were delivered."""
        return sorted(path.parent.name for path in self.folder.glob("o/outbox/*/*.html"))


@pytest.fixture
def agency(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Agency]:
    """Write a fleet whose second client has a token of its own, and run the API."""
    write_fleet(tmp_path, fleet=DELIVERED)
    rows = [f"client-{one},{account(one)},{name}" for one, name in enumerate(("FLEET_CUSTOMER", "FLEET_OTHER"))]
    (tmp_path / "clients.csv").write_text("\n".join(["name,sources.instagram,api.customer_token.env", *rows]) + "\n")
    with running_sandbox(calm=True) as sandbox:
        monkeypatch.setenv("REPORTGEN_API_URL", sandbox.url)
        monkeypatch.setenv("FLEET_TOKEN", sandbox.token)
        for name in ("FLEET_CUSTOMER", "FLEET_OTHER"):
            monkeypatch.setenv(name, sandbox.customer_token)
        yield Agency(tmp_path, monkeypatch)


def test_a_good_night(agency: Agency, capsys: pytest.CaptureFixture[str]) -> None:
    """The month before the day is made and delivered; two days later nothing is made or delivered again."""
    assert agency.monthly("--as-of", "2026-09-01") == 0
    assert agency.outbox == ["client-0", "client-1"]
    sheet = agency.folder / "o/runs/fleet-2026-08/contact-sheet.html"
    assert f"2 done\nlook at {sheet}\ndeliveries: 2 delivered\n" == capsys.readouterr().out
    stamps = {path: path.stat().st_mtime_ns for path in agency.folder.glob("o/out*/**/*.html")}
    assert agency.monthly("--as-of", "2026-09-03") == 0
    assert "deliveries: 2 before" in capsys.readouterr().out
    assert {path: path.stat().st_mtime_ns for path in stamps} == stamps


def test_the_core_of_it_on_the_page_is_a_script(agency: Agency) -> None:
    """Saved as a file and called, it makes and delivers, though the processes that render import it as well."""
    (text,) = (text for text in fenced("docs/scheduling.md", "python") if "run_fleet" in text)
    (agency.folder / "core.py").write_text(text.replace('period="last_month"', 'period="2026-08"'))
    done = subprocess.run([sys.executable, "core.py"], cwd=agency.folder, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    assert sorted(path.parent.name for path in agency.folder.glob("made/outbox/*/*.html")) == ["client-0", "client-1"]


def test_a_bad_night(agency: Agency, capsys: pytest.CaptureFixture[str]) -> None:
    """With one report missing nothing goes out, unless it is told to; when it is mended the rest goes out."""
    agency.monkeypatch.setenv("FLEET_OTHER", "wrong")
    assert agency.monthly("--as-of", "2026-09-01") == 1
    said = capsys.readouterr()
    assert "nothing was delivered; to do it: reportgen deliver" in said.out
    assert "monthly: client-1/social failed: the API refused the tokens" in said.err
    assert agency.outbox == []
    assert agency.monthly("--as-of", "2026-09-01", "--send", "ready") == 1
    assert agency.outbox == ["client-0"]
    agency.monkeypatch.setenv("FLEET_OTHER", "sandbox-customer")
    assert agency.monthly("--as-of", "2026-09-03", "--send", "never") == 0
    assert agency.outbox == ["client-0"]
    assert agency.monthly("--as-of", "2026-09-03") == 0
    assert agency.outbox == ["client-0", "client-1"]


def test_what_a_person_has_to_mend(agency: Agency, capsys: pytest.CaptureFixture[str]) -> None:
    """A wrong file is 2, a missing token 3, another call in the folder 4."""
    with locked(agency.folder / "o"):
        assert agency.monthly() == 4
    agency.monkeypatch.delenv("FLEET_TOKEN")
    assert agency.monthly() == 3
    (agency.folder / "fleet.yaml").write_text("version: 1\n")
    assert agency.monthly() == 2
    assert capsys.readouterr().err.count("monthly: ") == 3


def test_the_example_fleet(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A newcomer makes every report of the fleet that ships, and delivers them, with the sandbox's tokens alone."""
    fleet, out = examples_folder() / "studio.fleet.yaml", tmp_path / "made"
    with running_sandbox(calm=True) as sandbox:
        monkeypatch.setenv("REPORTGEN_API_URL", sandbox.url)
        monkeypatch.setenv("REPORTGEN_TOKEN", sandbox.token)
        for name in ("AURORA_CUSTOMER_TOKEN", "CASA_VERDE_CUSTOMER_TOKEN"):
            monkeypatch.setenv(name, sandbox.customer_token)
        assert main(["run", str(fleet), "--out", str(out), "--as-of", "2026-11-03", "-q"]) == 0
    assert main(["deliver", str(out / "runs/studio-fleet-2026-10")]) == 0
    delivered = {str(path.relative_to(out / "outbox")) for path in out.glob("outbox/*/*.pdf")}
    assert delivered == {
        "casa-verde/casa-verde-multichannel-2026-10.pdf",
        "casa-verde/casa-verde-multichannel-pt-br-2026-10.pdf",
        "padaria-aurora/padaria-aurora-instagram-2026-10.pdf",
    }


def test_it_ends_soon(agency: Agency) -> None:
    """F12: SIGTERM stops it in ten seconds, with the run's results on the disk."""
    write_fleet(agency.folder, 60, QUICK)
    command = [sys.executable, str(SCRIPT), str(agency.folder / "fleet.yaml"), "--out", str(agency.folder / "o")]
    with subprocess.Popen([*command, "--as-of", "2026-09-01"], stdout=subprocess.DEVNULL) as process:
        while not any(b'"done"' in journal.read_bytes() for journal in agency.folder.glob("o/runs/*/journal.jsonl")):
            assert process.poll() is None
            time.sleep(0.02)
        process.terminate()
        assert process.wait(10) == 143
    (results,) = agency.folder.glob("o/runs/*/run_results.json")
    assert '"interrupted"' in results.read_text()
    assert (results.parent / "contact-sheet.html").is_file()
