"""Marks of a person: an approval holds for the files that were looked at, and unknown letters have a way out."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from reportgen.cli import main
from reportgen.errors import ConfigurationError, OutputError
from reportgen.fleet.deliveries import deliver
from reportgen.fleet.run_results import results_of
from reportgen.fleet.staff_marks import approve, mark_not_arrived, mark_sent
from tests.fleet.mailserver import DROP, mail_host
from tests.fleet.test_deliveries import FOLDER, MAIL, delivered, edit, ends
from tests.fleet.test_delivery_receipts import restated

if TYPE_CHECKING:
    from pathlib import Path

    from tests.fleet.test_run_loop import Bench


def with_approval(tmp_path: Path) -> Bench:
    """Return a run whose fleet asks for approval."""
    bench = delivered(tmp_path, FOLDER)
    edit(tmp_path / "fleet.yaml", "deliver: {", "deliver: {approval: required, ")
    return bench.again()


def approvals(bench: Bench) -> dict[str, str | None]:
    """Return the approval of each client's report."""
    return {report.client: report.approval for report in results_of(bench.folder).reports}


def test_nothing_goes_without_approval(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Each report waits, is named, and is no failure; what is approved goes, and the other waits on."""
    bench = with_approval(tmp_path)
    assert main(["deliver", str(bench.folder)]) == 0
    assert capsys.readouterr().out == "2 unapproved\n"
    assert not (bench.root / "outbox").exists()
    assert main(["approve", str(bench.folder), "client-0001"]) == 0
    assert capsys.readouterr().out == "client-0001/social\n"
    assert approvals(bench) == {"client-0000": "missing", "client-0001": "given"}
    assert deliver(bench.folder) == {"unapproved": 1, "delivered": 1}
    assert [path.name for path in (bench.root / "outbox").iterdir()] == ["client-0001"]
    main(["status", str(bench.folder)])
    assert (
        f"/social: waiting: folder outbox/client-0000: look at it; `reportgen approve {bench.folder} client-0000/"
        in (capsys.readouterr().err)
    )


def test_a_report_made_anew_needs_it_again(tmp_path: Path) -> None:
    """The approval is of the files: with the same bytes it stands, with others it does not, also after an edit."""
    bench = with_approval(tmp_path)
    approve(bench.folder)
    bench.make(force=True)
    assert approvals(bench) == {"client-0000": "given", "client-0001": "given"}
    edit(tmp_path / "social.yaml", "Numbers", "Figures")
    bench.again().make(ask=restated)
    assert approvals(bench) == {"client-0000": "outdated", "client-0001": "outdated"}
    state, reason = ends(bench)["client-0000"]
    assert (state, "was made anew after it was approved" in reason) == ("unapproved", True)
    assert approve(bench.folder) == ("client-0000/social", "client-0001/social")
    assert deliver(bench.folder) == {"delivered": 2}


def test_what_cannot_be_approved(tmp_path: Path) -> None:
    """A changed file, a report that is not sent, an unknown name: nothing is approved, and the name is told."""
    bench = with_approval(tmp_path)
    (file,) = bench.record("client-0000")["files"]
    (bench.root / file["path"]).write_text("changed")
    with pytest.raises(OutputError, match=r"client-0000/social: .* is not what was written"):
        approve(bench.folder, ["client-0000", "client-0001"])
    with pytest.raises(ConfigurationError, match=r"client-000: no client or report .* did you mean client-000\d\?"):
        approve(bench.folder, ["client-000"])
    assert approvals(bench) == {"client-0000": "missing", "client-0001": "missing"}


def test_approve_needs_names_or_all(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Neither is a slip, and both contradict each other."""
    bench = with_approval(tmp_path)
    assert main(["approve", str(bench.folder)]) == 2
    assert main(["approve", str(bench.folder), "client-0000", "--all"]) == 2
    assert main(["approve", str(bench.folder), "--all"]) == 0
    assert capsys.readouterr().out == "client-0000/social\nclient-0001/social\n"


def test_the_contact_sheet_shows_approvals_and_deliveries(tmp_path: Path) -> None:
    """What waits for approval has a filter, and the command that approves; each reader's state stands on the card."""
    bench = with_approval(tmp_path)
    approve(bench.folder, ["client-0001"])
    deliver(bench.folder)
    page = (bench.folder / "contact-sheet.html").read_text()
    assert "To approve <span>1</span>" in page
    assert 'data-command="reportgen approve runs/x"' in page
    assert 'data-approve="client-0000/social"' in page
    assert "<li><b>waits for approval</b></li>\n<li><b>to do</b> folder outbox/client-0000</li>" in page
    assert "<li><b>approved</b></li>\n<li><b>sent</b> folder outbox/client-0001</li>" in page


def test_an_unknown_letter_has_a_way_out(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Marked as sent it counts as delivered; marked as not arrived it is sent again, under the same id."""
    ends_of_letters = [DROP, DROP]
    with mail_host(lambda word, _visit: ends_of_letters.pop() if word == "END" and ends_of_letters else None) as host:
        monkeypatch.setenv("SMTP", host.address)
        bench = delivered(tmp_path, MAIL)
        assert deliver(bench.folder) == {"unknown": 2}
        advice = bench.record("client-0000")["deliveries"][0]["advice"]
        assert "`reportgen mark-sent runs/x client-0000/social` if it arrived" in advice
        assert main(["mark-sent", str(bench.folder), "client-0000"]) == 0
        assert main(["retry-unknown", str(bench.folder), "client-0001"]) == 0
        assert deliver(bench.folder) == {"before": 2}
    assert [one for (one,) in host.readers] == ["c0@x.example", "c1@x.example", "c1@x.example"]
    assert host.letters[1]["Message-ID"] == host.letters[2]["Message-ID"]
    assert "marked by" in bench.record("client-0000")["deliveries"][0]["reason"]


def test_a_mark_needs_a_delivery(tmp_path: Path) -> None:
    """What was delivered, or never tried, is neither sent by hand nor unknown; `--to` names the deliveries meant."""
    bench = delivered(tmp_path, FOLDER)
    for mark in (mark_sent, mark_not_arrived):
        with pytest.raises(OutputError, match="client-0000: no delivery is"):
            mark(bench.folder, ["client-0000"])
    (file,) = bench.record("client-0000")["files"]
    (bench.root / file["path"]).unlink()
    deliver(bench.folder)
    with pytest.raises(OutputError, match="no delivery is"):
        mark_sent(bench.folder, ["client-0000"], to="email")
    assert mark_sent(bench.folder, ["client-0000"], to="outbox") == ("client-0000/social: folder outbox/client-0000",)
    assert deliver(bench.folder) == {"before": 2}
