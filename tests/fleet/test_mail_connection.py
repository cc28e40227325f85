"""The connection to a mail server: certain failures are told from unknown ends, and it takes many letters."""

from __future__ import annotations

import os
import signal
import time
from threading import Event
from typing import TYPE_CHECKING

import pytest

from reportgen.errors import OutputError
from reportgen.fleet.delivery_errors import Postponed, Uncertain
from reportgen.fleet.mail_connection import Envelope, MailConnection, MailTimeouts
from reportgen.fleet.mail_server import parse_server
from tests.fleet.mailserver import DROP, MailHost, Visit, mail_host

if TYPE_CHECKING:
    from collections.abc import Callable

LETTER = b"Subject: x\r\n\r\n.A dot, and two:\r\n..\r\n"
SHORT = MailTimeouts(greeting=0.3, command=0.3, start=0.3, block=0.3, end=0.3)


def letter(*readers: str) -> Envelope:
    """Return a letter to readers."""
    return Envelope("me@x.example", readers or ("a@x.example",), LETTER)


def at(word: str, reply: str, *, letters: int = 0) -> Callable[[str, Visit], str | None]:
    """Return an answer to the commands that begin with a word, on a connection that brought so many letters."""
    return lambda command, visit: reply if command.startswith(word) and visit.letters >= letters else None


def opened(host: MailHost, timeouts: MailTimeouts | None = None) -> MailConnection:
    """Return a connection to a host."""
    return MailConnection(parse_server(host.address), timeouts or MailTimeouts())


def test_the_times_are_those_of_the_standard() -> None:
    """RFC 5321, 4.5.3.2, but for that of the goodbye, on which nothing depends."""
    assert MailTimeouts() == MailTimeouts(greeting=300, command=300, start=120, block=180, end=600, goodbye=5)


def test_many_letters_take_one_connection() -> None:
    """A line that begins with a dot arrives as it was written."""
    with mail_host() as host:
        connection = opened(host)
        for reader in ("a@x.example", "b@x.example", "c@x.example"):
            assert connection.send(letter(reader)) == {}
        connection.close()
    assert host.readers == [["a@x.example"], ["b@x.example"], ["c@x.example"]]
    assert len(host.visits) == 1
    assert host.commands[-1] == "QUIT"
    assert host.letters[0].get_content() == ".A dot, and two:\r\n..\r\n"


@pytest.mark.parametrize(
    ("word", "reply", "error", "said"),
    [
        ("GREETING", "421 busy", Postponed, "421"),
        ("GREETING", DROP, Postponed, "Connection unexpectedly closed"),
        ("MAIL", "451 later", Postponed, "451 later"),
        ("MAIL", "550 never", OutputError, "550 never"),
        ("MAIL", DROP, Postponed, "Connection unexpectedly closed"),
        ("RCPT", DROP, Postponed, "Connection unexpectedly closed"),
        ("DATA", "452 full", Postponed, "452 full"),
        ("DATA", "554 no", OutputError, "554 no"),
        ("DATA", DROP, Postponed, "Connection unexpectedly closed"),
        ("END", "451 later", Postponed, "451 later"),
        ("END", "552 too large", OutputError, "552 too large"),
        ("END", DROP, Uncertain, "nobody knows whether the letter was taken"),
        ("END", "hello", Uncertain, "nobody knows whether the letter was taken"),
    ],
)
def test_an_end(word: str, reply: str, error: type[OutputError], said: str) -> None:
    """Only a fault behind the letter itself leaves it unknown; after 4yz, or a lost line before it, it may go later."""
    with mail_host(at(word, reply)) as host:
        connection = opened(host)
        with pytest.raises(OutputError, match=said) as raised:
            connection.send(letter())
        connection.close()
    assert raised.type is error


@pytest.mark.parametrize("word", ["GREETING", "RCPT", "DATA", "END"])
def test_a_server_that_hangs(word: str) -> None:
    """It is waited for as long as the times say, and its letter is unknown only where all of it was sent."""

    def answer(command: str, _visit: Visit) -> str | None:
        if command.startswith(word):
            time.sleep(0.8)
        return None

    with mail_host(answer) as host:
        started = time.monotonic()
        with pytest.raises(Uncertain if word == "END" else Postponed, match="timed out"):
            opened(host, SHORT).send(letter())
        assert time.monotonic() - started < 0.75


@pytest.mark.parametrize("word", ["MAIL", "RCPT", "DATA", "END"])
def test_a_signal_ends_the_wait_for_a_server(word: str) -> None:
    """A server that is silent gets no goodbye, for which it would be waited as long again; the signal goes on."""
    is_over = Event()

    def answer(command: str, _visit: Visit) -> str | None:
        if command.startswith(word):
            os.kill(os.getpid(), signal.SIGUSR1)
            is_over.wait(30)
        return None

    def end(_number: int, _frame: object) -> None:
        raise SystemExit(143)

    before = signal.signal(signal.SIGUSR1, end)
    try:
        with mail_host(answer) as host:
            connection = opened(host, MailTimeouts(goodbye=0.3))
            with pytest.raises(SystemExit):
                connection.send(letter())
            connection.close()
            is_over.set()
            while host.open:
                time.sleep(0.01)
    finally:
        signal.signal(signal.SIGUSR1, before)
    assert "QUIT" not in host.commands


def test_a_server_that_answers_no_goodbye() -> None:
    """It has its letters, and is waited for no longer than its time says."""
    is_over = Event()
    with mail_host(lambda command, _visit: str(is_over.wait(30)) if command == "QUIT" else None) as host:
        connection = opened(host, MailTimeouts(goodbye=0.1))
        assert connection.send(letter()) == {}
        connection.close()
        is_over.set()
    assert len(host.letters) == 1


def test_a_refused_reader_costs_that_reader() -> None:
    """The others have the letter, and the refusals say whether another time may do."""
    replies = {"b@": "550 unknown", "c@": "451 greylisted"}

    def answer(command: str, _visit: Visit) -> str | None:
        return next((reply for name, reply in replies.items() if command.startswith(f"RCPT TO:<{name}")), None)

    with mail_host(answer) as host:
        connection = opened(host)
        refused = connection.send(letter("a@x.example", "b@x.example", "c@x.example"))
        assert connection.send(letter("d@x.example")) == {}
        connection.close()
    assert {reader: (type(error), str(error)) for reader, error in refused.items()} == {
        "b@x.example": (OutputError, "the letter was refused: 550 unknown"),
        "c@x.example": (Postponed, "the letter was refused: 451 greylisted"),
    }
    assert host.readers == [["a@x.example"], ["d@x.example"]]


def test_no_reader_is_no_letter() -> None:
    """Where all are refused nothing is sent, and the connection serves the next letter."""
    with mail_host(lambda command, _visit: "550 no" if "<b@" in command else None) as host:
        connection = opened(host)
        assert set(connection.send(letter("b@x.example"))) == {"b@x.example"}
        assert connection.send(letter()) == {}
        connection.close()
    assert (len(host.letters), len(host.visits)) == (1, 1)


@pytest.mark.parametrize(("word", "reply"), [("MAIL", "421 enough"), ("MAIL", DROP), ("RCPT", DROP)])
def test_a_server_that_takes_some_letters_a_connection(word: str, reply: str) -> None:
    """The next one begins a new connection, and no letter is lost or doubled."""
    with mail_host(at(word, reply, letters=2)) as host:
        connection = opened(host)
        for number in range(5):
            assert connection.send(letter(f"r{number}@x.example")) == {}
        connection.close()
    assert [one for (one,) in host.readers] == [f"r{number}@x.example" for number in range(5)]
    assert len(host.visits) == 3


def test_a_server_that_is_away_is_called_once() -> None:
    """The other letters of a call fail for the same reason, until it is tried again."""
    greetings = ["554 closed for tonight"]
    with mail_host(lambda command, _visit: greetings.pop() if command == "GREETING" and greetings else None) as host:
        connection = opened(host)
        for _ in range(3):
            with pytest.raises(OutputError, match="554"):
                connection.send(letter())
        assert len(host.visits) == 1
        connection.try_again()
        assert connection.send(letter()) == {}
        connection.close()


def test_a_letter_that_the_server_says_is_too_large() -> None:
    """It is not sent, and both sizes are named."""
    with mail_host(size=1_000_000) as host:
        connection = opened(host)
        with pytest.raises(
            OutputError, match=r"the letter has 1\.5 MB, and the server takes 1\.0 MB; write a size_limit: below that"
        ):
            connection.send(Envelope("me@x.example", ("a@x.example",), b"x" * 1_500_000))
        connection.close()
    assert "MAIL" not in host.commands
