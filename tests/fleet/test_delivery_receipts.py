"""Receipts: the same files never twice to one address, other files when asked, and what may have arrived never."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from reportgen.fleet.deliveries import deliver
from reportgen.fleet.delivery_channels import parcels_of
from reportgen.fleet.delivery_folders import FolderChannel
from reportgen.fleet.delivery_receipts import Deliveries
from reportgen.fleet.journal import Journal, read_events
from reportgen.fleet.run_results import results_of
from tests.fleet.servers import mailbox
from tests.fleet.test_deliveries import FOLDER, MAIL, delivered, edit
from tests.fleet.test_run_loop import asked

if TYPE_CHECKING:
    from pathlib import Path

    from reportgen.fleet.jobs import Job
    from reportgen.fleet.journal import Event
    from reportgen.model import Report


def restated(job: Job) -> Report:
    """Return the job's report with other figures."""
    report = asked(job)
    return replace(report, title=f"{report.title}, corrected")


def test_what_a_crash_cut_off_is_not_repeated(tmp_path: Path) -> None:
    """It may have arrived; it is told as unknown, also when its report was made anew since."""
    bench = delivered(tmp_path, FOLDER)
    deliver(bench.folder)
    lines = (bench.folder / "journal.jsonl").read_bytes().splitlines(keepends=True)
    (bench.folder / "journal.jsonl").write_bytes(b"".join(lines[:-1]))
    assert read_events(bench.folder)[-1]["event"] == "delivering"
    assert deliver(bench.folder) == {"before": 1, "unknown": 1}
    bench.make(ask=restated, force=True)
    assert deliver(bench.folder) == {"revised": 1, "unknown": 1}
    assert deliver(bench.folder, again=True) == {"delivered": 2}


def test_a_restated_report_goes_out_when_asked(tmp_path: Path) -> None:
    """`run --force` makes the same report with other figures: only `--resend` sends it, and the same bytes never."""
    bench = delivered(tmp_path, FOLDER)
    assert deliver(bench.folder) == {"delivered": 2}
    bench.make(force=True)
    assert deliver(bench.folder, again=True) == {"before": 2}
    bench.make(ask=restated, force=True)
    assert deliver(bench.folder) == {"revised": 2}
    assert results_of(bench.folder).deliveries == {"delivered": 2, "revised": 2}
    assert deliver(bench.folder, again=True) == {"delivered": 2}
    assert deliver(bench.folder, again=True) == {"before": 2}
    assert all("corrected" in path.read_text() for path in (bench.root / "outbox").rglob("*.html"))
    assert results_of(bench.folder).deliveries == {"delivered": 4}


def test_after_an_edit_the_results_know_what_was_delivered(tmp_path: Path) -> None:
    """A changed spec is another report, but its reader has had one: it is sent only where someone says so."""
    bench = delivered(tmp_path, FOLDER)
    deliver(bench.folder)
    edit(tmp_path / "social.yaml", "Numbers", "Figures")
    bench.again()
    assert results_of(bench.folder).deliveries == {"delivered": 2}
    bench.make(ask=restated)
    assert deliver(bench.folder) == {"revised": 2}
    assert deliver(bench.folder, again=True) == {"delivered": 2}


@pytest.mark.parametrize("formats", ["[html]", "[html, json]", "[html, pdf, json]"])
def test_an_edit_that_was_taken_back(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, formats: str) -> None:
    """Nothing is revised any more for a reader who has the files that are there again, whichever of them went out."""
    with mailbox() as (port, letters):
        monkeypatch.setenv("SMTP", f"smtp://127.0.0.1:{port}")
        bench = delivered(tmp_path, f"{FOLDER}, {MAIL}", formats=formats)
        assert deliver(bench.folder) == {"delivered": 4}
        edit(tmp_path / "clients.csv", "Client 1,", "Client Two,")
        bench.again().make(ask=restated)
        assert deliver(bench.folder) == {"before": 2, "revised": 2}
        assert results_of(bench.folder).deliveries == {"delivered": 4, "revised": 2}
        edit(tmp_path / "clients.csv", "Client Two,", "Client 1,")
        bench.again().make()
        assert results_of(bench.folder).deliveries == {"delivered": 4}
        assert deliver(bench.folder, again=True) == {"before": 4}
        assert results_of(bench.folder).deliveries == {"delivered": 4}
        assert len(letters) == 2


def test_an_edit_that_was_sent_and_taken_back(tmp_path: Path) -> None:
    """A reader who was sent the edited report last has another than the present files: that is revised."""
    bench = delivered(tmp_path, FOLDER)
    deliver(bench.folder)
    bench.make(ask=restated, force=True)
    assert deliver(bench.folder, again=True) == {"delivered": 2}
    bench.make(ask=lambda job: replace(asked(job), title="Third"), force=True)
    assert deliver(bench.folder) == {"revised": 2}
    bench.make(force=True)
    assert results_of(bench.folder).deliveries == {"delivered": 4, "revised": 2}


def test_a_journal_of_an_earlier_version(tmp_path: Path) -> None:
    """Its receipts had no digest of the files: what it says is delivered is not delivered again."""
    bench = delivered(tmp_path, FOLDER)
    journal = Journal(bench.folder)
    for number in range(2):
        record, to = bench.record(f"client-000{number}"), f"folder outbox/client-000{number}"
        of = f"{record['client']}/{record['spec']}/{record['period']}/{to}"
        journal.append("delivered", record["key"], receipt="5" * 24, to=to, of=of)
    journal.close()
    assert deliver(bench.folder) == {"revised": 2}
    assert not (bench.root / "outbox").exists()


def test_two_channels_to_one_address(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A client who is also the one who gets a copy of everything is not written to twice."""
    with mailbox() as (port, letters):
        monkeypatch.setenv("SMTP", f"smtp://127.0.0.1:{port}")
        bench = delivered(tmp_path, f"{MAIL}, {MAIL.replace('{client.email}', 'C1@x.example')}")
        assert deliver(bench.folder) == {"delivered": 3, "before": 1}
    assert [letter["To"] for letter in letters] == ["c0@x.example", "C1@x.example", "c1@x.example"]


def test_a_reason_is_kept_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A scheduler that calls all day does not fill the journal."""
    monkeypatch.setenv("SMTP", "smtp://127.0.0.1:1")
    bench = delivered(tmp_path, MAIL)
    edit(tmp_path / "clients.csv", "c1@x.example", "nobody")
    edit(tmp_path / "clients.csv", "client-0000", "client-0009")
    deliver(bench.folder)
    length = len(read_events(bench.folder))
    assert deliver(bench.folder) == {"failed": 1, "withheld": 1}
    assert len(read_events(bench.folder)) == length


@pytest.mark.parametrize(
    ("of", "accounts", "found"),
    [
        ("gone/social/2026-10/folder y", "a", [("gone", "folder y")]),
        ("gone/social/2026-10/folder y", "b", []),
        ("gone/my-social/2026-10/folder y", "a", []),
        ("gone/social/2026-09/folder y", "a", []),
        ("client-0000/social/2026-10/folder y", "a", []),
    ],
)
def test_deliveries_of_the_same_accounts(tmp_path: Path, of: str, accounts: str, found: list[tuple[str, str]]) -> None:
    """Those of the same report under another name of the client are found, and no others."""
    bench = delivered(tmp_path, FOLDER)
    report = results_of(bench.folder).reports[0]
    (parcel,) = parcels_of((FolderChannel("outbox", bench.file),), report)
    event: Event = {"event": "delivered", "job": "x", "receipt": "1", "of": of, "channel": 0, "accounts": accounts}
    assert list(Deliveries([event]).same_accounts(parcel, "a")) == found
