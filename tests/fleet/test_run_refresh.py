"""The command `refresh`: a run asks again, makes anew what has changed, and says what that is."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from reportgen.cli import main
from reportgen.errors import OutputError
from reportgen.fleet.journal import Journal
from reportgen.fleet.render_worker import Rendered, read_rendered
from reportgen.fleet.run_refresh import refresh_run
from reportgen.fleet.run_results import results_of
from tests.canaries import CUSTOMER, TOKEN
from tests.faultserver import Fault, Hit, answer_all, json_reply, routed, serving
from tests.fleet.files import QUICK, SPEC, account, write_fleet
from tests.fleet.test_fleet import reports
from tests.fleet.test_run_loop import FakeEngine

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from reportgen.fleet.render_worker import RenderedParts


class Agency:
    """A fleet of three that was made, and the API that it asks.

    Attributes:
        values: The reach of each account, where it is not 1,000.
        refuses: Accounts for which the API answers 403.
    """

    def __init__(self, folder: Path) -> None:
        """Write the fleet."""
        fleet = QUICK + 'deliver: {to: [{folder: "outbox/{client.slug}"}]}\n'
        self.folder, self.fleet = folder, write_fleet(folder, 3, fleet)
        self.run = folder / "o/runs/fleet-2026-10"
        self.values: dict[str, int] = {}
        self.refuses: set[str] = set()

    def get_data(self, hit: Hit) -> Fault:
        """Answer a request."""
        assert isinstance(hit.body, dict)
        own = str(hit.body["customer_integration"])
        if own in self.refuses:
            return json_reply({"message": "No"}, 403)
        return answer_all(hit, lambda _metric: {"values": self.values.get(own, 1000)})

    def made(self) -> dict[Path, int]:
        """Return when each file of a report was written."""
        return {path: path.stat().st_mtime_ns for path in (self.folder / "o/out").rglob("*.xlsx")}

    def states(self) -> list[str]:
        """Return the state of each report."""
        return [report["state"] for report in reports(self.folder / "o")]


@pytest.fixture
def agency(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Agency]:
    """Return a fleet whose run is made and sent."""
    agency = Agency(tmp_path)
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    monkeypatch.setenv("FLEET_TOKEN", TOKEN)
    monkeypatch.setenv("FLEET_CUSTOMER", CUSTOMER)
    with serving(routed({"POST /metrics/get-data": agency.get_data})) as server:
        monkeypatch.setenv("REPORTGEN_API_URL", server.address)
        assert main(["run", str(agency.fleet), "--out", str(tmp_path / "o"), "--as-of", "2026-11-03", "-q"]) == 0
        yield agency


def test_what_has_changed_is_made_anew(agency: Agency, capsys: pytest.CaptureFixture[str]) -> None:
    """The number is named with both values, the others are left, and the reader gets nothing without a word."""
    before = agency.made()
    agency.values[account(1)] = 1010
    capsys.readouterr()
    assert main(["refresh", str(agency.run)]) == 0
    said = capsys.readouterr()
    assert said.out == "1 changed, 2 unchanged\n"
    assert "reportgen: client-0001/social: changed: reach 1,000 -> 1,010\n" in said.err
    after = agency.made()
    assert [path.parts[-3] for path in after if after[path] != before[path]] == ["client-0001"]
    assert agency.states() == ["done"] * 3
    assert main(["deliver", str(agency.run)]) == 0
    assert "1 revised" in capsys.readouterr().out
    assert main(["refresh", str(agency.run)]) == 0
    assert capsys.readouterr().out == "3 unchanged\n"


def test_a_dry_run_makes_nothing(agency: Agency, capsys: pytest.CaptureFixture[str]) -> None:
    """It asks, and says what would be made; the next says so too."""
    before = agency.made()
    agency.values[account(0)] = 5
    for _ in range(2):
        capsys.readouterr()
        assert main(["refresh", str(agency.run), "--dry-run", "--only", "client-0000"]) == 0
        assert "changed: reach 1,000 -> 5" in capsys.readouterr().err
    assert agency.made() == before


@pytest.mark.parametrize("dry_run", [True, False])
def test_a_stop_costs_no_report(agency: Agency, monkeypatch: pytest.MonkeyPatch, *, dry_run: bool) -> None:
    """A signal leaves every report done as it was, so that all may be sent; after a dry run no file is another."""

    def stop(*_arguments: object) -> None:
        raise KeyboardInterrupt

    before = {path: path.read_bytes() for path in agency.run.rglob("*") if path.is_file()}
    monkeypatch.setattr("reportgen.fleet.run_refresh.report_facts", stop)
    with pytest.raises(KeyboardInterrupt):
        refresh_run(agency.run, dry_run=dry_run, on_outcome=lambda _outcome: None)
    after = {path: path.read_bytes() for path in agency.run.rglob("*") if path.is_file()}
    assert agency.states() == [report.state for report in results_of(agency.run).reports] == ["done"] * 3
    assert after.keys() == before.keys()
    assert (after == before) is dry_run


@pytest.mark.parametrize("option", ["--dry-run", "-v"])
def test_a_defect_costs_no_report(
    agency: Agency, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], option: str
) -> None:
    """Each report that it hits is kept and named; nothing fails that was done."""

    def fail(*_arguments: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr("reportgen.fleet.run_refresh.report_facts", fail)
    capsys.readouterr()
    assert main(["refresh", str(agency.run), option]) == 1
    said = capsys.readouterr()
    assert said.out == "3 kept\n"
    assert "client-0001/social: kept: ZeroDivisionError" in said.err
    assert [report.state for report in results_of(agency.run).reports] == ["done"] * 3


@pytest.mark.parametrize(
    ("fault", "reason"),
    [(MemoryError(), "rendering took more memory than a report may take"), (None, "it would be held: a part of it")],
)
def test_what_cannot_be_drawn_anew_is_kept(
    agency: Agency,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    fault: Exception | None,
    reason: str,
) -> None:
    """The report stays done with its files, is counted once as kept, and the exit code is 1."""
    before = agency.made()
    agency.values[account(1)] = 1010

    def read(parts: RenderedParts, client: str) -> Rendered:
        return replace(read_rendered(parts, client), verdict="held")

    monkeypatch.setattr("reportgen.fleet.run_loop.read_rendered", read)
    engine = FakeEngine(client_0001=[fault])
    monkeypatch.setattr("reportgen.fleet.report_making._engine", lambda *_arguments: engine)
    capsys.readouterr()
    assert main(["refresh", str(agency.run)]) == 1
    said = capsys.readouterr()
    assert said.out == "1 kept, 2 unchanged\n"
    assert f"client-0001/social: kept: {reason}" in said.err
    assert agency.states() == ["done"] * 3
    assert agency.made() == before


def test_files_that_could_not_be_written_are_made_again(agency: Agency, monkeypatch: pytest.MonkeyPatch) -> None:
    """From the first new file on nobody knows which files are there: the report has failed, until `run` makes it."""
    agency.values[account(1)] = 1010

    def full(path: Path, _content: bytes) -> None:
        message = f"{path}: cannot be written: No space left on device"
        raise OutputError(message)

    with monkeypatch.context() as during:
        during.setattr("reportgen.fleet.report_files.write_whole", full)
        assert main(["refresh", str(agency.run), "-q"]) == 1
    assert sorted(agency.states()) == ["done", "done", "failed"]


def test_an_answer_that_is_worse_replaces_nothing(agency: Agency, capsys: pytest.CaptureFixture[str]) -> None:
    """A good report is not given up for an account that cannot be read today; it is named, and the exit code is 1."""
    before = agency.made()
    agency.refuses.add(account(2))
    capsys.readouterr()
    assert main(["refresh", str(agency.run), "-q"]) == 1
    said = capsys.readouterr()
    assert said.out == "1 kept, 2 unchanged\n"
    assert said.err.startswith("reportgen: client-0002/social: kept: what is answered now would be held")
    assert agency.made() == before
    assert agency.states() == ["done"] * 3


def test_only_the_named_clients_decide_the_exit_code(agency: Agency) -> None:
    """A report that failed in the run is no fault of a refresh of another client; it is of one of all, and its own."""
    journal = Journal(agency.run)
    journal.append("failed", reports(agency.folder / "o")[2]["key"], reason="no")
    journal.close()
    assert main(["refresh", str(agency.run), "-q", "--only", "client-0001", "--only", "client-0000"]) == 0
    assert main(["refresh", str(agency.run), "-q", "--only", "client-0002"]) == 1
    assert main(["refresh", str(agency.run), "-q"]) == 1


def test_a_report_that_is_another_by_now_is_for_run(agency: Agency, capsys: pytest.CaptureFixture[str]) -> None:
    """After an edit of the spec there is nothing to compare with; no report is asked for."""
    (agency.folder / "social.yaml").write_text(SPEC.replace("Numbers", "Figures"))
    capsys.readouterr()
    assert main(["refresh", str(agency.run)]) == 0
    said = capsys.readouterr()
    assert said.out == "3 passed over\n"
    assert "it is not made as its spec and client are now; `reportgen run` makes it" in said.err


def test_a_fleet_of_other_days_is_refused(agency: Agency, capsys: pytest.CaptureFixture[str]) -> None:
    """The reports of another month are another run; and a run of an older version has no day."""
    text = agency.fleet.read_text()
    agency.fleet.write_text(text.replace('"2026-10"', '"2026-09"'))
    assert main(["refresh", str(agency.run)]) == 3
    assert "has other days now, those of fleet-2026-09" in capsys.readouterr().err
    agency.fleet.write_text(text)
    plan = json.loads((agency.run / "run.json").read_text())
    del plan["asked"]
    (agency.run / "run.json").write_text(json.dumps(plan))
    assert main(["refresh", str(agency.run)]) == 3
    assert "call `reportgen run` first" in capsys.readouterr().err
