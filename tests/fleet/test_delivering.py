"""Deliveries: what may be sent, where it should go, once."""

from __future__ import annotations

import hashlib
import hmac
import json
import socket
from contextlib import contextmanager
from email import message_from_string
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread
from typing import TYPE_CHECKING

import pytest

from reportgen.errors import ConfigurationError
from reportgen.fleet.delivering import deliver
from reportgen.fleet.journal import Journal, read_events
from tests.fleet.files import FLEET, account
from tests.fleet.test_running import Bench

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


def delivered(tmp_path: Path, channel: str, when: str = "[done]", formats: str = "[html]") -> Bench:
    """Return a run that is made, whose fleet delivers by a channel."""
    bench = Bench(tmp_path, clients=2)
    rows = [f"client-{one:04d},Client {one},c{one}@x.example,pt-BR,{account(one)}" for one in range(2)]
    (tmp_path / "clients.csv").write_text("\n".join(["slug,name,email,locale,sources.instagram", *rows]) + "\n")
    fleet = FLEET.replace("formats: [html]", f"formats: {formats}")
    (tmp_path / "fleet.yaml").write_text(f"{fleet}deliver: {{when: {when}, to: [{channel}]}}\n")
    bench = bench.again()
    bench.make()
    return bench


def test_into_a_folder_once(tmp_path: Path) -> None:
    """Each report's files are copied; a second call sends nothing; a dry run sends nothing at all."""
    bench = delivered(tmp_path, '{folder: "outbox/{client.slug}"}')
    assert deliver(bench.folder, dry_run=True) == {"planned": 2}
    assert not (bench.root / "outbox").exists()
    assert deliver(bench.folder) == {"delivered": 2}
    assert len(list((bench.root / "outbox").glob("client-000*/*.html"))) == 2
    assert deliver(bench.folder) == {"before": 2}


def test_what_is_for_staff_stays(tmp_path: Path) -> None:
    """The report's JSON, which holds what the client does not see, is made and not sent."""
    bench = delivered(tmp_path, '{folder: "outbox/{client.slug}"}', formats="[html, json]")
    assert deliver(bench.folder) == {"delivered": 2}
    assert {path.suffix for path in (bench.root / "out").rglob("*.*")} == {".html", ".json"}
    assert {path.suffix for path in (bench.root / "outbox").rglob("*.*")} == {".html"}


def test_a_changed_file_goes_nowhere(tmp_path: Path) -> None:
    """What is not as it was written is not sent."""
    bench = delivered(tmp_path, '{folder: "outbox/{client.slug}"}')
    (file,) = bench.record("client-0000")["files"]
    (bench.root / file["path"]).write_text("changed")
    assert deliver(bench.folder) == {"delivered": 1}
    assert [path.name for path in (bench.root / "outbox").iterdir()] == ["client-0001"]


def test_what_a_crash_cut_off_is_not_repeated(tmp_path: Path) -> None:
    """It may have arrived; it is told as unknown."""
    bench = delivered(tmp_path, '{folder: "outbox/{client.slug}"}')
    deliver(bench.folder)
    lines = (bench.folder / "journal.jsonl").read_bytes().splitlines(keepends=True)
    (bench.folder / "journal.jsonl").write_bytes(b"".join(lines[:-1]))
    assert read_events(bench.folder)[-1]["event"] == "delivering"
    assert deliver(bench.folder) == {"before": 1, "unknown": 1}


def test_a_folder_that_leads_out_is_refused(tmp_path: Path) -> None:
    """Before anything is sent."""
    bench = delivered(tmp_path, '{folder: "../outbox"}')
    with pytest.raises(ConfigurationError, match="leads out"):
        deliver(bench.folder)


def test_degraded_and_held_reports_stay(tmp_path: Path) -> None:
    """Only what `when` says is sent."""
    bench = delivered(tmp_path, '{folder: "outbox/{client.slug}"}')
    journal = Journal(bench.folder)
    record = bench.record("client-0000")
    journal.append("degraded", record["key"], files=record["files"])
    journal.close()
    assert deliver(bench.folder) == {"delivered": 1}


def test_a_signed_call(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The receiver can tell that it is ours; a refusal is a failure, and is tried again by the next call."""
    monkeypatch.setenv("HOOK_SECRET", "a-long-secret")
    seen: list[tuple[str, bytes]] = []
    answers = [500, 200, 200]

    class Hook(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            seen.append((self.headers["X-Reportgen-Signature"], body))
            self.send_response(answers.pop(0))
            self.end_headers()

        def log_message(self, *_arguments: object) -> None:
            """Say nothing."""

    with HTTPServer(("127.0.0.1", 0), Hook) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        url = f"http://127.0.0.1:{server.server_port}/hook"
        bench = delivered(tmp_path, f'{{webhook: {{url: "{url}", secret: {{env: HOOK_SECRET}}}}}}')
        assert deliver(bench.folder) == {"delivered": 1, "failed": 1}
        assert deliver(bench.folder) == {"before": 1, "delivered": 1}
        server.shutdown()
    for signature, body in seen:
        expected = hmac.new(b"a-long-secret", body, hashlib.sha256).hexdigest()
        assert signature == f"sha256={expected}"
    assert {json.loads(body)["client"] for _signature, body in seen} == {"client-0000", "client-0001"}
    assert b"a-long-secret" not in (bench.folder / "journal.jsonl").read_bytes()


@contextmanager
def mailbox() -> Iterator[tuple[int, list[str]]]:
    """Run a server for e-mail that takes everything; yield its port and what came."""
    letters: list[str] = []
    listener = socket.create_server(("127.0.0.1", 0))

    def serve() -> None:
        while True:
            try:
                connection, _address = listener.accept()
            except OSError:
                return
            with connection, connection.makefile("rwb", 0) as line:
                line.write(b"220 ready\r\n")
                for command in line:
                    word = command[:4].upper()
                    if word == b"DATA":
                        line.write(b"354 go on\r\n")
                        text = b"".join(iter(line.readline, b".\r\n"))
                        letters.append(text.decode())
                    line.write(b"221 bye\r\n" if word == b"QUIT" else b"250 ok\r\n")
                    if word == b"QUIT":
                        break

    Thread(target=serve, daemon=True).start()
    try:
        yield listener.getsockname()[1], letters
    finally:
        listener.close()


def test_a_letter(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """To the client's own address, in the client's language, with what can be attached."""
    (tmp_path / "mail.txt").write_text("Hello {client.name}")
    (tmp_path / "mail.pt-BR.txt").write_text("Olá {client.name}, {period.label}")
    channel = '{email: {to: "{client.email}", subject: "{title}", body: mail.txt, server: {env: SMTP}}}'
    with mailbox() as (port, letters):
        monkeypatch.setenv("SMTP", f"smtp://127.0.0.1:{port}")
        bench = delivered(tmp_path, channel)
        assert deliver(bench.folder) == {"delivered": 2}
        assert deliver(bench.folder) == {"before": 2}
    first, second = sorted((message_from_string(letter) for letter in letters), key=lambda letter: letter["To"])
    assert (first["To"], second["To"]) == ("c0@x.example", "c1@x.example")
    assert first["Subject"] == "Social Client 0"
    assert "Client 0" in str(first)
    assert "Client 1" not in str(first)


def test_a_client_without_an_address(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is told before the first letter leaves."""
    monkeypatch.setenv("SMTP", "smtp://127.0.0.1:1")
    (tmp_path / "mail.txt").write_text("Hello")
    channel = '{email: {to: "{client.email}", subject: "x", body: mail.txt, server: {env: SMTP}}}'
    bench = delivered(tmp_path, channel)
    rows = (tmp_path / "clients.csv").read_text().replace("c1@x.example", "")
    (tmp_path / "clients.csv").write_text(rows)
    bench = bench.again()
    bench.make()
    with pytest.raises(ConfigurationError, match="client-0001 has no address"):
        deliver(bench.folder)


def test_a_report_made_anew_is_not_sent_again(tmp_path: Path) -> None:
    """A changed spec is another report, but its reader has had one: it is sent only where someone says so."""
    bench = delivered(tmp_path, '{folder: "outbox/{client.slug}"}')
    assert deliver(bench.folder) == {"delivered": 2}
    spec = tmp_path / "social.yaml"
    spec.write_text(spec.read_text().replace("Numbers", "Figures"))
    bench.again().make()
    assert deliver(bench.folder) == {"revised": 2}
    assert deliver(bench.folder, again=True) == {"delivered": 2}


def test_a_lost_connection_is_not_repeated(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A call that was cut after it was sent may have arrived: at most once means that it is told, not repeated."""
    monkeypatch.setenv("HOOK_SECRET", "a-long-secret")
    with socket.create_server(("127.0.0.1", 0)) as listener:

        def serve() -> None:
            for _ in range(2):
                connection, _address = listener.accept()
                connection.recv(65536)
                connection.close()

        thread = Thread(target=serve, daemon=True)
        thread.start()
        url = f"http://127.0.0.1:{listener.getsockname()[1]}/hook"
        bench = delivered(tmp_path, f'{{webhook: {{url: "{url}", secret: {{env: HOOK_SECRET}}}}}}')
        assert deliver(bench.folder) == {"unknown": 2}
        thread.join(10)
        assert deliver(bench.folder) == {"unknown": 2}
    (receipt,) = bench.record("client-0000")["deliveries"]
    assert receipt["state"] == "uncertain"


def test_nobody_there_is_tried_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A refused connection certainly brought nothing."""
    monkeypatch.setenv("SMTP", "smtp://127.0.0.1:1")
    (tmp_path / "mail.txt").write_text("Hello")
    channel = '{email: {to: "{client.email}", subject: "x", body: mail.txt, server: {env: SMTP}}}'
    bench = delivered(tmp_path, channel)
    assert deliver(bench.folder) == {"failed": 2}
    assert deliver(bench.folder) == {"failed": 2}
    (receipt,) = bench.record("client-0001")["deliveries"]
    assert (receipt["state"], receipt["to"]) == ("undelivered", "email c1@x.example")


def test_everything_that_is_missing_is_told_at_once(tmp_path: Path) -> None:
    """An unset server and an unset secret are one message, before anything is sent."""
    (tmp_path / "mail.txt").write_text("Hello {client.nome}")
    mail = '{email: {to: "{client.email}", subject: "x", body: mail.txt, server: {env: SMTP_NOT_SET}}}'
    hook = '{webhook: {url: "ftp://x.example", secret: {env: HOOK_NOT_SET}}}'
    bench = delivered(tmp_path, f"{mail}, {hook}")
    with pytest.raises(ConfigurationError) as raised:
        deliver(bench.folder)
    assert "SMTP_NOT_SET is empty or not set" in str(raised.value)
    assert "HOOK_NOT_SET is empty or not set" in str(raised.value)
