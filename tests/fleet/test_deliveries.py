"""Deliveries: what may be sent, to where the files say now, once; and whatever stays is named."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from reportgen.cli import main
from reportgen.errors import ConfigurationError, SpecError
from reportgen.fleet.deliveries import deliver
from reportgen.fleet.journal import Journal
from reportgen.fleet.run_results import results_of
from tests.fleet.files import FLEET, account
from tests.fleet.servers import mailbox
from tests.fleet.test_run_loop import Bench

if TYPE_CHECKING:
    from pathlib import Path

    from reportgen.fleet.delivery_rules import DeliveryOutcome


MAIL = '{email: {to: "{client.email}", subject: "{title}", body: mail.txt, server: {env: SMTP}}}'
FOLDER = '{folder: "outbox/{client.slug}"}'


def delivered(tmp_path: Path, channel: str, when: str = "[done]", formats: str = "[html]", line: str = "") -> Bench:
    """Return a run that is made, whose fleet delivers by a channel; `line` are more keys of its reports."""
    if not (tmp_path / "mail.txt").exists():
        (tmp_path / "mail.txt").write_text("Hello {client.name}")
    bench = Bench(tmp_path, clients=2)
    rows = [f"client-{one:04d},Client {one},c{one}@x.example,pt-BR,{account(one)}" for one in range(2)]
    (tmp_path / "clients.csv").write_text("\n".join(["slug,name,email,locale,sources.instagram", *rows]) + "\n")
    fleet = FLEET.replace("[html]", formats).replace("clients.csv}", f"clients.csv{line}}}")
    (tmp_path / "fleet.yaml").write_text(f"{fleet}deliver: {{when: {when}, to: [{channel}]}}\n")
    bench = bench.again()
    bench.make()
    return bench


def edit(path: Path, old: str, new: str) -> None:
    """Change a text of a file that has it."""
    text = path.read_text()
    assert old in text
    path.write_text(text.replace(old, new))


def ends(bench: Bench, *, again: bool = False, dry_run: bool = False) -> dict[str, tuple[str, str]]:
    """Deliver, and return what became of each client's parcel, and why."""
    told: list[DeliveryOutcome] = []
    deliver(bench.folder, again=again, dry_run=dry_run, on_outcome=told.append)
    return {one.report.partition("/")[0]: (one.state, one.reason) for one in told}


def test_into_a_folder_once(tmp_path: Path) -> None:
    """Each report's files are copied; a second call sends nothing; a dry run sends nothing at all."""
    bench = delivered(tmp_path, FOLDER)
    assert deliver(bench.folder, dry_run=True) == {"planned": 2}
    assert not (bench.root / "outbox").exists()
    assert deliver(bench.folder) == {"delivered": 2}
    assert len(list((bench.root / "outbox").glob("client-000*/*.html"))) == 2
    assert deliver(bench.folder) == {"before": 2}


def test_what_is_for_staff_stays(tmp_path: Path) -> None:
    """The report's JSON, which holds what the client does not see, is made and not sent."""
    bench = delivered(tmp_path, FOLDER, formats="[html, json]")
    assert deliver(bench.folder) == {"delivered": 2}
    assert {path.suffix for path in (bench.root / "out").rglob("*.*")} == {".html", ".json"}
    assert {path.suffix for path in (bench.root / "outbox").rglob("*.*")} == {".html"}


@pytest.mark.parametrize("is_gone", [True, False])
def test_a_changed_file_goes_nowhere(tmp_path: Path, *, is_gone: bool) -> None:
    """What is missing or not as it was written is not sent; it is counted, named, and known to the results."""
    bench = delivered(tmp_path, FOLDER)
    (file,) = bench.record("client-0000")["files"]
    (bench.root / file["path"]).unlink() if is_gone else (bench.root / file["path"]).write_text("changed")
    state, reason = ends(bench)["client-0000"]
    said = "No such file or directory" if is_gone else "is not what was written"
    assert (state, reason.partition(";")[0]) == ("failed", f"{file['path']} {said}")
    assert [path.name for path in (bench.root / "outbox").iterdir()] == ["client-0001"]
    (receipt,) = bench.record("client-0000")["deliveries"]
    assert (receipt["state"], receipt["reason"]) == ("undelivered", reason)
    assert results_of(bench.folder).deliveries == {"undelivered": 1, "delivered": 1}


def test_a_folder_that_leads_out_is_refused(tmp_path: Path) -> None:
    """Before anything is sent."""
    bench = delivered(tmp_path, '{folder: "../outbox"}')
    with pytest.raises(ConfigurationError, match="leads out"):
        deliver(bench.folder)


def test_degraded_and_held_reports_stay(tmp_path: Path) -> None:
    """Only what `when` says is sent; the others are counted and named."""
    bench = delivered(tmp_path, FOLDER)
    journal = Journal(bench.folder)
    record = bench.record("client-0000")
    journal.append("degraded", record["key"], files=record["files"], reason="a part of it could not be read")
    journal.close()
    assert ends(bench)["client-0000"] == ("unready", "is degraded: a part of it could not be read")
    assert deliver(bench.folder) == {"before": 1, "unready": 1}


def test_addresses_are_those_of_now(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """After a run, one address is corrected: nothing goes to the one of the run, and the words know the new name."""
    with mailbox() as (port, letters):
        monkeypatch.setenv("SMTP", f"smtp://127.0.0.1:{port}")
        bench = delivered(tmp_path, MAIL)
        edit(tmp_path / "clients.csv", "Client 1,c1@x.example", "Klient 1,right@x.example")
        assert deliver(bench.folder) == {"delivered": 2}
        assert deliver(bench.folder) == {"before": 2}
        edit(tmp_path / "clients.csv", "right@x.example", "Right@X.example")
        assert deliver(bench.folder) == {"before": 2}  # the same mailbox
        edit(tmp_path / "clients.csv", "Right@X.example", "third@x.example")
        assert deliver(bench.folder) == {"before": 1, "delivered": 1}
    assert [letter["To"] for letter in letters] == ["c0@x.example", "right@x.example", "third@x.example"]
    assert "Hello Klient 1" in str(letters[1])


@pytest.mark.parametrize(
    ("file", "old", "new", "said"),
    [
        ("fleet.yaml", "clients.csv}", "clients.csv, except: [client-0001]}", "the fleet's `except` names client-0001"),
        ("clients.csv", "client-0001", "client-0009", "the fleet has no client client-0001 for the spec social any"),
    ],
)
def test_who_is_out_gets_nothing(tmp_path: Path, file: str, old: str, new: str, said: str) -> None:
    """A client who was excluded or removed since the run is withheld and named, and is no failure; others are sent."""
    bench = delivered(tmp_path, FOLDER)
    edit(tmp_path / file, old, new)
    found = ends(bench)
    assert found["client-0000"] == ("delivered", "")
    assert found["client-0001"][0] == "withheld"
    assert said in found["client-0001"][1]
    assert [path.name for path in (bench.root / "outbox").iterdir()] == ["client-0000"]
    (receipt,) = bench.record("client-0001")["deliveries"]
    assert (receipt["state"], said in receipt["reason"]) == ("withheld", True)
    assert main(["deliver", str(bench.folder)]) == 0


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ("client-0001,Client 1,c1@x.example,pt-BR,no-uuid", "clients.csv:3:"),
        (f"client-0000,Other,other@x.example,pt-BR,{account(1)}", "several clients have the slug client-0000"),
    ],
)
def test_a_fault_of_one_client_is_its_own(
    tmp_path: Path, row: str, said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """A row that cannot be read, or a slug that two have now, keeps back one client's report, which is a failure."""
    bench = delivered(tmp_path, FOLDER)
    rows = (tmp_path / "clients.csv").read_text().splitlines()
    (tmp_path / "clients.csv").write_text("\n".join([*rows[:2], row]) + "\n")
    assert main(["deliver", str(bench.folder), "-q"]) == 1
    assert said in capsys.readouterr().err
    assert [path.name for path in bench.root.glob("outbox/*")] == ([] if "Other" in row else ["client-0000"])


def test_a_spec_that_is_being_worked_on_stops_nothing(tmp_path: Path) -> None:
    """What was made is sent though its spec is another one by now, or none that can be read."""
    bench = delivered(tmp_path, FOLDER)
    (tmp_path / "social.yaml").write_text("version: 1\ntitel: broken\n")
    assert deliver(bench.folder) == {"delivered": 2}


def test_a_client_without_an_address(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It fails alone, is named, and gets its report when it has one; the failure is forgotten then."""
    with mailbox() as (port, letters):
        monkeypatch.setenv("SMTP", f"smtp://127.0.0.1:{port}")
        bench = delivered(tmp_path, MAIL)
        edit(tmp_path / "clients.csv", "c1@x.example", "")
        state, reason = ends(bench)["client-0001"]
        assert (state, "client-0001: has no address for e-mail" in reason) == ("failed", True)
        edit(tmp_path / "clients.csv", "Client 1,,", "Client 1,c1@x.example,")
        assert deliver(bench.folder) == {"before": 1, "delivered": 1}
    assert [letter["To"] for letter in letters] == ["c0@x.example", "c1@x.example"]
    assert results_of(bench.folder).deliveries == {"delivered": 2}


def test_a_report_without_a_file_is_not_delivered(tmp_path: Path) -> None:
    """CSV of a spec without tables is nothing that could arrive."""
    bench = delivered(tmp_path, FOLDER, formats="[csv]")
    assert bench.record("client-0000")["files"] == []
    state, reason = ends(bench)["client-0000"]
    assert (state, reason) == ("failed", "the report's formats (csv) made no file that goes this way")


def test_status_names_what_did_not_go_out(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Before anything is sent each report waits; then each that did not go out is named, with the reason."""
    bench = delivered(tmp_path, FOLDER)
    assert main(["status", str(bench.folder)]) == 0
    said = capsys.readouterr().err
    assert f"/social: waiting: folder outbox/client-0001: `reportgen deliver {bench.folder}` sends it" in said
    assert "deliveries: 2 waiting" in said
    edit(tmp_path / "clients.csv", "client-0001", "client-0009")
    (file,) = bench.record("client-0000")["files"]
    (bench.root / file["path"]).unlink()
    assert main(["deliver", str(bench.folder)]) == 1
    assert capsys.readouterr().out == "1 failed, 1 withheld\n"
    main(["status", str(bench.folder)])
    said = capsys.readouterr().err
    assert f"client-0000/social: undelivered: folder outbox/client-0000: {file['path']} No such file" in said
    assert "client-0001/social: withheld: folder outbox/client-0001: the fleet has no client" in said
    assert "deliveries: 1 undelivered, 1 withheld" in said
    main(["status", str(bench.folder), "--json"])
    content = json.loads(capsys.readouterr().out)
    assert content["deliveries"] == {"undelivered": 1, "withheld": 1}
    assert [one["deliveries"][0]["state"] for one in content["reports"]] == ["undelivered", "withheld"]


def test_everything_that_is_missing_is_told_at_once(tmp_path: Path) -> None:
    """An unset server and an unset secret are one message, before anything is sent."""
    mail = MAIL.replace("SMTP", "SMTP_NOT_SET")
    hook = '{webhook: {url: "ftp://x.example", secret: {env: HOOK_NOT_SET}}}'
    bench = delivered(tmp_path, f"{mail}, {hook}")
    with pytest.raises(ConfigurationError) as raised:
        deliver(bench.folder)
    assert "SMTP_NOT_SET is empty or not set" in str(raised.value)
    assert "HOOK_NOT_SET is empty or not set" in str(raised.value)


def test_a_broken_fleet_file_is_told(tmp_path: Path) -> None:
    """Nobody can say where to deliver."""
    bench = delivered(tmp_path, FOLDER)
    edit(tmp_path / "fleet.yaml", "reports:", "report:")
    with pytest.raises(SpecError, match="report"):
        deliver(bench.folder)
