"""Who is who: a client who was renamed is not written to twice; and what may go later is tried later."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from reportgen.cli import main
from reportgen.errors import SpecError
from reportgen.fleet.deliveries import deliver
from reportgen.fleet.run_results import results_of
from reportgen.spec.fleet_members import load_members
from tests.fleet.mailserver import DROP, mail_host
from tests.fleet.test_deliveries import FOLDER, MAIL, delivered, edit, ends

if TYPE_CHECKING:
    from pathlib import Path

    from tests.fleet.mailserver import Visit


@pytest.mark.parametrize("channel", [MAIL, FOLDER])
def test_a_renamed_client_is_asked_about(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, channel: str) -> None:
    """Without an id the same accounts under a new slug are not sent twice: the client is named, and its old name."""
    with mail_host() as host:
        monkeypatch.setenv("SMTP", host.address)
        bench = delivered(tmp_path, channel)
        assert deliver(bench.folder) == {"delivered": 2}
        edit(tmp_path / "clients.csv", "client-0001,Client 1", "klient,Klient")
        bench.again().make()
        state, reason = ends(bench)["klient"]
        assert state == "renamed"
        assert "client client-0001, who is not in the fleet any more, was sent this report" in reason
        assert "write id: client-0001 in its file" in reason
        assert main(["deliver", str(bench.folder)]) == 1
        assert deliver(bench.folder, again=True) == {"before": 1, "delivered": 1}
    assert len(host.letters) == (3 if channel == MAIL else 0)


@pytest.mark.parametrize("is_early", [True, False])
def test_an_id_keeps_the_history(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *, is_early: bool) -> None:
    """Written before the first delivery, or after it with the old slug, the client has its report and gets no other."""
    with mail_host() as host:
        monkeypatch.setenv("SMTP", host.address)
        bench = delivered(tmp_path, MAIL)
        name = "c-1" if is_early else "client-0001"
        if is_early:
            _write_id(tmp_path / "clients.csv", name)
            bench.again().make()
        assert deliver(bench.folder) == {"delivered": 2}
        edit(tmp_path / "clients.csv", "client-0001,Client 1", "klient,Klient")
        if not is_early:
            _write_id(tmp_path / "clients.csv", name)
        bench.again().make()
        assert deliver(bench.folder) == {"before": 1, "revised": 1}  # its new name is printed
    assert len(host.letters) == 2
    assert results_of(bench.folder).deliveries == {"delivered": 2, "revised": 1}


def test_a_name_that_changes_between_run_and_delivery(tmp_path: Path) -> None:
    """The client with the id gets the report that was made under the old slug."""
    bench = delivered(tmp_path, FOLDER)
    _write_id(tmp_path / "clients.csv", "c-1")
    bench.again().make()
    edit(tmp_path / "clients.csv", "client-0001,Client 1", "klient,Klient")
    assert deliver(bench.folder) == {"delivered": 2}


def _write_id(clients: Path, name: str) -> None:
    """Give the last client of a list an id."""
    head, *rows = clients.read_text().splitlines()
    clients.write_text("\n".join([f"id,{head}", *(f",{row}" for row in rows[:-1]), f"{name},{rows[-1]}"]) + "\n")


@pytest.mark.parametrize(("first", "second"), [("same", "same"), ("client-0001", "")])
def test_an_id_is_of_one_client(tmp_path: Path, first: str, second: str) -> None:
    """Two clients with the same id, or with the id that is the other's slug, would share their receipts."""
    delivered(tmp_path, FOLDER)
    head, *rows = (tmp_path / "clients.csv").read_text().splitlines()
    named = [f"id,{head}", f"{first},{rows[0]}", f"{second},{rows[1]}"]
    (tmp_path / "clients.csv").write_text("\n".join(named) + "\n")
    with pytest.raises(SpecError, match=r"clients.csv:3:1: id: Client 1 has the id or the slug of Client 0"):
        load_members(tmp_path / "fleet.yaml")


def test_what_may_go_later_is_tried_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Pauses grow until the time is over; a refusal for good and an unknown end are not tried again."""
    replies: dict[str, list[str | None]] = {
        "c0@": ["451 greylisted", "451 greylisted", None],
        "c1@": ["550 no such user"],
        "c2@": [DROP, None],
    }

    def answer(command: str, _visit: Visit) -> str | None:
        name = next((name for name in replies if command.startswith(f"RCPT TO:<{name}")), None)
        return replies[name].pop(0) if name else None

    pauses: list[float] = []
    with mail_host(answer) as host:
        monkeypatch.setenv("SMTP", host.address)
        bench = delivered(tmp_path, MAIL)
        row = (tmp_path / "clients.csv").read_text().splitlines()[1].replace("c0@", "c0@x.example;c2@")
        edit(tmp_path / "clients.csv", (tmp_path / "clients.csv").read_text().splitlines()[1], row)
        counts = deliver(bench.folder, retry_seconds=60, wait=pauses.append)
    assert counts == {"delivered": 2, "failed": 1}
    assert pauses == [5.0, 10.0]
    assert sorted(one for readers in host.readers for one in readers) == ["c0@x.example", "c2@x.example"]


def test_the_time_to_try_again_ends(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The last pause is cut to what is left; what did not go is a failure."""
    pauses: list[float] = []
    with mail_host(lambda command, _visit: "421 busy" if command == "GREETING" else None) as host:
        monkeypatch.setenv("SMTP", host.address)
        bench = delivered(tmp_path, MAIL)
        assert deliver(bench.folder, retry_seconds=32, wait=pauses.append) == {"failed": 2}
    assert pauses == [5.0, 10.0, 17.0]
    assert len(host.visits) == 4


def test_only_some_reports(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """By client, or by client and spec; a name that is none is refused with the nearest."""
    bench = delivered(tmp_path, FOLDER)
    assert main(["deliver", str(bench.folder), "--only", "client-0001/social"]) == 0
    assert [path.name for path in (bench.root / "outbox").iterdir()] == ["client-0001"]
    assert main(["deliver", str(bench.folder), "--only", "client-0002"]) == 2
    assert "did you mean client-000" in capsys.readouterr().err
