"""E-mail: the address of a server is read as it is meant, a letter goes to one reader, and no password is shown."""

from __future__ import annotations

import base64
import logging
import smtplib
import socket
from threading import Thread
from typing import TYPE_CHECKING

import pytest

from reportgen.errors import ConfigurationError
from reportgen.fleet.deliveries import deliver
from reportgen.fleet.mail_server import mailbox as address_of
from reportgen.fleet.mail_server import mailboxes, named_mailbox, parse_server
from reportgen.fleet.run_results import results_of
from tests.canaries import FORMS, TOKEN
from tests.fleet.servers import mailbox
from tests.fleet.test_deliveries import MAIL, delivered, ends

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize(
    ("address", "host", "port", "user", "password"),
    [
        ("smtp://mail.example", "mail.example", 587, "", ""),
        ("smtps://u:p@mail.example", "mail.example", 465, "u", "p"),
        ("SMTPS://u:p@Mail.Example:2465/", "mail.example", 2465, "u", "p"),
        ("smtps://u:a/b#c?d:e@f@mail.example:465", "mail.example", 465, "u", "a/b#c?d:e@f"),
        ("smtps://u:a%2Fb%23c%40d@mail.example", "mail.example", 465, "u", "a/b#c@d"),
        ("smtps://u:100%@mail.example", "mail.example", 465, "u", "100%"),
        ("smtps://u:a%zzb%ffc@mail.example", "mail.example", 465, "u", "a%zzb%ffc"),
        ("smtps://u:%25ab@mail.example", "mail.example", 465, "u", "%ab"),
        ("smtps://me@agency.example:p@mail.example", "mail.example", 465, "me@agency.example", "p"),
        ("smtps://me%40agency.example:p[1]@mail.example", "mail.example", 465, "me@agency.example", "p[1]"),
        ("smtp://u:p@[::1]:25", "::1", 25, "u", "p"),
        ("smtp://[2001:db8::1]", "2001:db8::1", 587, "", ""),
        ("smtp://127.0.0.1:1025", "127.0.0.1", 1025, "", ""),
        ("smtps://u:p@bücher.example", "xn--bcher-kva.example", 465, "u", "p"),
    ],
)
def test_the_address_of_a_server(address: str, host: str, port: int, user: str, password: str) -> None:
    """The last @ ends the password, so that everything may stand in it, plain or with percent sequences."""
    server = parse_server(address)
    assert (server.host, server.port, server.user) == (host, port, user)
    assert server.password.get_secret_value() == password
    assert password not in repr(server) or not password.strip("p")


@pytest.mark.parametrize(
    "address",
    [
        "",
        "secret",
        "secret@mail.example",
        "https://u:secret@mail.example",
        "smtps://u:secret",
        "smtps://u:secret@",
        "smtps://u:secret@mail.example:0",
        "smtps://u:secret@mail.example:65536",
        "smtps://u:secret@mail.example:25a",
        "smtps://u:secret@mail.example/box",
        "smtps://u:secret@mail.example?x=secret",
        "smtps://u:secret@ma il.example",
        "smtps://u:secret@[::1",
        "smtps://u:secret@[secret]:25",
        "smtps://u:secret@::1:25",
        "smtps://u:secret@mail..example",
        "smtps://u:secreté@mail.example",
    ],
)
def test_what_is_no_server(address: str) -> None:
    """It is refused in words that repeat nothing of it."""
    with pytest.raises(ValueError, match=r"smtps://user:password@host:port|its host is|outside of ASCII") as raised:
        parse_server(address)
    assert "secret" not in str(raised.value)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "x",
        "a@",
        "@b",
        "a@b@c",
        "a@b, c@d",
        "a b@c",
        "a@ b",
        "<a@b>",
        "ä@b.example",
        "a@b\nBcc: c@d",
        "a@b..c",
        "a@[",
        "a@b.",
    ],
)
def test_what_is_no_mailbox(text: str) -> None:
    """Python's own parser raises errors of five kinds for these, others in version 3.13 than in 3.11."""
    with pytest.raises(ValueError, match="address for e-mail"):
        address_of(text)


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("a.b+c@x.example", "a.b+c@x.example"),
        ("O'Neil@X.Example", "O'Neil@x.example"),
        ("me@bücher.example", "me@xn--bcher-kva.example"),
        ("root@localhost", "root@localhost"),
    ],
)
def test_a_mailbox(text: str, address: str) -> None:
    """Its domain is in ASCII."""
    assert address_of(text) == address


@pytest.mark.parametrize(
    ("text", "readers"),
    [
        ("ana@x.example, Rui Lima <rui@x.example>", ["ana@x.example", "Rui Lima <rui@x.example>"]),
        ("ana@x.example;\nRui  Lima <rui@x.example>;", ["ana@x.example", "Rui Lima <rui@x.example>"]),
        ('"Lima, Rui" <rui@x.example>; "Studio @ Home" <ana@x.example>', ["Lima, Rui <rui@x.example>",
                                                                        "Studio @ Home <ana@x.example>"]),
        ('Rui "Rio" Lima <rui@x.example>', ['Rui "Rio" Lima <rui@x.example>']),
        ('5" Pipes <a@x.example>, 6" Pipes <b@x.example>', ['5" Pipes <a@x.example>', '6" Pipes <b@x.example>']),
        ("Ana <ana@x.example>, ANA@x.example", ["Ana <ana@x.example>"]),
    ],
)  # fmt: skip
def test_lists_of_readers(text: str, readers: list[str]) -> None:
    """Commas and semicolons stand between readers, but for those in a name in quotes; each reader is there once."""
    found = [f"{box.name} <{box.address}>" if box.name else box.address for box in mailboxes(text)]
    assert found == readers


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("ana@x.example\nRui Lima <rui@x.example>", "several addresses have commas between them"),
        ("ana@x.example Rui Lima <rui@x.example>", "several addresses have commas between them"),
        ("ana@x.example <rui@x.example>", "such a name has quotes around it"),
        ('"Ana" ana@x.example <rui@x.example>', "several addresses have commas between them"),
        ("Ana <ana@x.example> Rui <rui@x.example>", "several addresses have commas between them"),
        ("ana@x.example rui@x.example", "several addresses have commas between them"),
        ("eva@x.example, ana@x.example\r\nRui <rui@x.example>", "several addresses have commas between them"),
        ("Ana\nRui <rui@x.example>", "has a line break in the name before <rui@x.example>"),
        ("Ana\u2028Rui <rui@x.example>", "has a line break in the name before <rui@x.example>"),
    ],
)
def test_no_reader_is_taken_for_a_name(text: str, said: str) -> None:
    """Two addresses without a comma are no reader with a long name; what to write instead is said."""
    with pytest.raises(ValueError, match=said):
        mailboxes(text)


def test_a_sender_has_one_address() -> None:
    """An @ in the name of a sender needs quotes, and two senders are none."""
    assert named_mailbox('"Studio @ Home" <me@x.example>').name == "Studio @ Home"
    for text in ("ana@x.example <me@x.example>", "ana@x.example, me@x.example", "ana@x.example\nme@x.example"):
        with pytest.raises(ValueError, match=r"quotes around it|is no address"):
            named_mailbox(text)


def test_a_letter(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """To the client's own address, in the client's language, from the user of the server, with the report."""
    (tmp_path / "mail.pt-BR.txt").write_text("Olá {client.name}, {period.label}")
    with mailbox() as (port, letters):
        monkeypatch.setenv("SMTP", f"smtp://me@agency.example:a/b#c%@127.0.0.1:{port}")
        bench = delivered(tmp_path, MAIL)
        assert deliver(bench.folder) == {"delivered": 2}
        assert deliver(bench.folder) == {"before": 2}
    first, second = letters
    assert (first["To"], second["To"], first["From"]) == ("c0@x.example", "c1@x.example", "me@agency.example")
    assert first["Subject"] == "Social Client 0"
    assert "Client 0" in str(first)
    assert "Client 1" not in str(first)
    _whole, _both, words, shown, page = first.walk()
    content = shown.get_payload(decode=True)
    assert isinstance(content, bytes)
    assert "Olá Client 0, outubro de 2026" in content.decode()
    assert words.get_payload(decode=True) == "Olá Client 0, outubro de 2026\r\n".encode()
    assert str(page.get_filename()).endswith(".html")  # all that the fleet makes; else a letter has PDF and workbook
    assert str(first).isascii()


def test_a_letter_of_each_edition(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Its subject and its words are in the language of the edition."""
    (tmp_path / "mail.pt-BR.txt").write_text("Olá, {period.label}")
    subjects = '{en: "Report {client.name}", pt-BR: "Informe {client.name}"}'
    with mailbox() as (port, letters):
        monkeypatch.setenv("SMTP", f"smtp://me@agency.example@127.0.0.1:{port}")
        channel = MAIL.replace('"{title}"', subjects)
        assert deliver(delivered(tmp_path, channel, line=", locales: [pt-BR, en]").folder) == {"delivered": 4}
    assert sorted(str(letter["Subject"]) for letter in letters) == [
        "Informe Client 0", "Informe Client 1", "Report Client 0", "Report Client 1",
    ]  # fmt: skip
    words = {str(letter["Subject"]): [*letter.walk()][2].get_payload(decode=True) for letter in letters}
    assert words["Informe Client 0"] == "Olá, outubro de 2026\r\n".encode()
    assert words["Report Client 0"] == b"Hello Client 0\r\n"


def test_a_letter_with_live_words(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """They are the texts of the report as it was made, kept with the run until the letter is sent, and no Markdown."""
    channel = MAIL.replace('"{title}"', '"{client.name}: {reach}"')
    with mailbox() as (port, letters):
        monkeypatch.setenv("SMTP", f"smtp://me@agency.example@127.0.0.1:{port}")
        (tmp_path / "mail.txt").write_text("Reach: {reach} ({reach.change}, goal {reach.goal})\nGoal: {reach.goal}\n")
        bench = delivered(tmp_path, channel)
        assert deliver(bench.folder) == {"delivered": 2}
    assert letters[0]["Subject"] == "Client 0: 55,645"
    assert [*letters[0].walk()][2].get_payload(decode=True) == b"Reach: 55,645\r\n"
    variables = results_of(bench.folder).reports[0].variables
    assert (variables["reach"], variables["reach.goal"]) == ("55,645", "")
    warnings = [warning.text for warning in results_of(bench.folder).reports[0].warnings]
    assert "{reach.goal} (no goal) has no value, so the sentences of the letter with it are left out" in warnings


def test_a_word_that_the_run_did_not_keep(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A letter that was changed since the run is not sent with a word in braces; staff are told what to do."""
    monkeypatch.setenv("SMTP", "smtp://me@agency.example@127.0.0.1:1")
    bench = delivered(tmp_path, MAIL)
    (tmp_path / "mail.txt").write_text("{reach.goal}")
    said = "deliver: the letter prints {reach.goal}, whose text the run did not keep; run --force keeps it"
    assert {reason for _, reason in ends(bench).values()} == {f"{tmp_path}/fleet.yaml: {said}"}


def test_a_login_is_what_the_address_says(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A password with `/`, `#` and `%` arrives whole at the server."""
    said: list[bytes] = []

    def login(line: bytes) -> bytes:
        said.append(base64.b64decode(line.split()[2]))
        return b"235 ok"

    with mailbox(login) as (port, _letters):
        monkeypatch.setenv("SMTP", f"smtp://me:a/b#c%d?e@f@127.0.0.1:{port}")
        assert deliver(delivered(tmp_path, MAIL).folder) == {"delivered": 2}
    assert said[0] == b"\0me\0a/b#c%d?e@f"


def test_a_server_that_repeats_the_password(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Neither it nor the form in which it was sent is in a reason, and so in no log, journal or result."""
    word = "hunter/2#'\\"

    def login(line: bytes) -> bytes:
        return b"535 wrong: " + word.encode() + b" was sent as " + line.split()[2]

    with mailbox(login) as (port, _letters):
        monkeypatch.setenv("SMTP", f"smtp://me:{word}@127.0.0.1:{port}")
        bench = delivered(tmp_path, MAIL)
        state, reason = ends(bench)["client-0000"]
    assert (state, reason) == ("failed", "the letter was not sent: 127.0.0.1: 535 wrong: [secret] was sent as [secret]")
    assert b"hunter" not in b"".join(path.read_bytes() for path in bench.folder.iterdir() if path.is_file())


def test_a_defect_on_the_way_costs_one_parcel(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What nobody expects is told by its kind alone; while the letter was on its way nobody knows whether it came."""
    plain = smtplib.SMTP.send

    def send(self: smtplib.SMTP, content: str | bytes) -> object:
        if isinstance(content, bytes) and b"To: c0@x.example" in content:
            message = "hunter2 cannot be encoded"
            raise UnicodeError(message)
        return plain(self, content)

    monkeypatch.setattr(smtplib.SMTP, "send", send)
    with mailbox() as (port, letters):
        monkeypatch.setenv("SMTP", f"smtp://127.0.0.1:{port}")
        bench = delivered(tmp_path, MAIL)
        found = ends(bench)
    assert found["client-0000"] == ("unknown", "nobody knows whether the letter was taken: UnicodeError")
    assert found["client-0001"] == ("delivered", "")
    assert [letter["To"] for letter in letters] == ["c1@x.example"]


def test_a_letter_that_cannot_be_written_has_not_left(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An error before anything was sent is a failure, and is tried again by the next call."""

    def login(*_arguments: object) -> None:
        message = "hunter2 is odd"
        raise ValueError(message)

    with mailbox() as (port, letters):
        monkeypatch.setenv("SMTP", f"smtp://me:hunter2@127.0.0.1:{port}")
        bench = delivered(tmp_path, MAIL)
        with monkeypatch.context() as broken:
            broken.setattr(smtplib.SMTP, "login", login)
            assert ends(bench)["client-0000"] == ("failed", "ValueError, which is a defect of reportgen")
        assert deliver(bench.folder) == {"delivered": 2}
    assert len(letters) == 2


def test_a_lost_connection_is_not_repeated(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A server that goes away with the letter may have taken it."""
    with socket.create_server(("127.0.0.1", 0)) as listener:

        def serve() -> None:
            for _ in range(2):
                connection, _address = listener.accept()
                with connection, connection.makefile("rwb", 0) as line:
                    line.write(b"220 ready\r\n")
                    for command in line:
                        if command[:4].upper() == b"DATA":
                            line.write(b"354 go on\r\n")
                            break
                        line.write(b"250 ok\r\n")

        thread = Thread(target=serve, daemon=True)
        thread.start()
        monkeypatch.setenv("SMTP", f"smtp://127.0.0.1:{listener.getsockname()[1]}")
        bench = delivered(tmp_path, MAIL)
        assert deliver(bench.folder) == {"unknown": 2}
        thread.join(10)
    assert deliver(bench.folder) == {"unknown": 2}


def test_nobody_there_is_tried_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A refused connection certainly brought nothing."""
    monkeypatch.setenv("SMTP", "smtp://127.0.0.1:1")
    bench = delivered(tmp_path, MAIL)
    assert deliver(bench.folder) == {"failed": 2}
    assert deliver(bench.folder) == {"failed": 2}
    (receipt,) = bench.record("client-0001")["deliveries"]
    assert (receipt["state"], receipt["to"]) == ("undelivered", "email c1@x.example")


@pytest.mark.parametrize("address", ["smtps://u:hunter2", "smtps://u:hunter2@mail.example:99999"])
def test_a_server_that_is_none_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, address: str) -> None:
    """It is the fleet's fault, so nothing is sent; the message names the place and not what it holds."""
    monkeypatch.setenv("SMTP", address)
    bench = delivered(tmp_path, MAIL)
    with pytest.raises(ConfigurationError, match="what the environment variable SMTP holds cannot be used") as raised:
        deliver(bench.folder)
    assert "hunter2" not in str(raised.value)


@pytest.mark.parametrize("is_refused", [True, False])
def test_no_password_is_logged(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture, *, is_refused: bool
) -> None:
    """S03: the line of a delivery has its state and its channel, and no password, also one that the server repeats."""
    caplog.set_level(logging.DEBUG)
    with mailbox(lambda line: b"535 wrong: " + line.split()[2] if is_refused else b"235 ok") as (port, _letters):
        monkeypatch.setenv("SMTP", f"smtp://me:{TOKEN}@127.0.0.1:{port}")
        deliver(delivered(tmp_path, MAIL).folder)
    everything = "\n".join(f"{record.getMessage()} {vars(record)}" for record in caplog.records)
    assert f"deliver {'failed' if is_refused else 'delivered'} email c0@x.example" in everything
    assert not any(form.decode() in everything for form in FORMS)
