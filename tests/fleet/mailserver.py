"""A mail server on this machine that takes letters, or fails as a test says."""

from __future__ import annotations

import socket
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from functools import partial
from threading import Thread
from typing import TYPE_CHECKING, Any, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from email.policy import Policy
    from io import BufferedRWPair

    Answer: TypeAlias = Callable[[str, "Visit"], str | None]

DROP = ""
"""The answer that ends the connection without a word; at the end of a letter the server has taken it by then."""


LOST = "LOST"
"""The same, but at the end of a letter the server has not taken it."""


@dataclass
class Visit:
    """A connection: who is written to in its present letter, and how many letters it brought."""

    readers: list[str] = field(default_factory=list)
    letters: int = 0


@dataclass
class MailHost:
    """What a server saw.

    Attributes:
        port: Where it listens.
        letters: The letters it took, as they are read.
        readers: To whom each of them went.
        visits: The connections.
        commands: The first words of all commands.
        open: The connections that are not over: one that the other side left may still take its letter.
    """

    port: int = 0
    letters: list[Any] = field(default_factory=list)
    readers: list[list[str]] = field(default_factory=list)
    visits: list[Visit] = field(default_factory=list)
    commands: list[str] = field(default_factory=list)
    open: set[int] = field(default_factory=set)

    @property
    def address(self) -> str:
        """The address as a fleet's server has it."""
        return f"smtp://127.0.0.1:{self.port}"


def _well(_command: str, _visit: Visit) -> str | None:
    """Answer everything well."""
    return None


@contextmanager
def mail_host(answer: Answer = _well, *, size: int = 0, reading: Policy[Any] = policy.default) -> Iterator[MailHost]:
    """Run a server of e-mail.

    Args:
        answer: Called with `GREETING`, each command and `END` of a letter, and the connection; returns the server's
            line, `DROP`, or None for the usual line. It may wait.
        size: The largest letter it says that it takes; 0 says nothing.
        reading: How the letters are read.
    """
    with socket.create_server(("127.0.0.1", 0)) as listener:
        host = MailHost(listener.getsockname()[1])
        Thread(target=_serve, args=(listener, partial(_Conversation, host, answer, size, reading)), daemon=True).start()
        yield host


def _serve(listener: socket.socket, begin: Callable[[], _Conversation]) -> None:
    with suppress(OSError):
        while True:
            connection, _address = listener.accept()
            Thread(target=begin().hold, args=(connection,), daemon=True).start()


class _Conversation:
    """A connection from its greeting to its end."""

    def __init__(self, host: MailHost, answer: Answer, size: int, reading: Policy[Any]) -> None:
        self._host, self._answer, self._size, self._reading = host, answer, size, reading
        self._visit = Visit()
        host.visits.append(self._visit)
        host.open.add(id(self._visit))

    def hold(self, connection: socket.socket) -> None:
        """Answer until one of both goes away."""
        try:
            with suppress(OSError), connection, connection.makefile("rwb") as line:
                goes_on = self._said(line, "GREETING", "220 ready")
                while goes_on and (written := line.readline().decode().strip()):
                    word, space, rest = written.partition(" ")
                    self._host.commands.append(word.upper())
                    goes_on = self._step(line, f"{word.upper()}{space}{rest}")
        finally:
            self._host.open.discard(id(self._visit))

    def _step(self, line: BufferedRWPair, command: str) -> bool:
        word = command[:4]
        usual = {"EHLO": f"250-here\r\n250 SIZE {self._size}" if self._size else "250 here", "DATA": "354 go on"}
        if word in {"MAIL", "RSET"}:
            self._visit.readers = []
        own = self._answer(command, self._visit)
        if word == "RCPT" and own is None:
            self._visit.readers.append(command.partition("<")[2].partition(">")[0])
        goes_on = self._write(line, own, usual.get(word, "250 ok"))
        if word == "DATA" and goes_on and own is None:
            return self._letter(line)
        return goes_on and word != "QUIT"

    def _letter(self, line: BufferedRWPair) -> bool:
        content = bytearray()
        while (part := line.readline()) != b".\r\n":
            if not part:  # the other side went away in the middle
                return False
            content += part
        own = self._answer("END", self._visit)
        if own in {None, DROP}:
            letter = message_from_bytes(bytes(content).replace(b"\r\n..", b"\r\n."), policy=self._reading)
            self._host.letters.append(letter)
            self._host.readers.append(list(self._visit.readers))
            self._visit.letters += 1
        return self._write(line, own, "250 taken")

    def _said(self, line: BufferedRWPair, command: str, usual: str) -> bool:
        return self._write(line, self._answer(command, self._visit), usual)

    def _write(self, line: BufferedRWPair, own: str | None, usual: str) -> bool:
        """Write a line; tell whether the connection goes on."""
        if own in {DROP, LOST}:
            return False
        line.write((usual if own is None else own).encode() + b"\r\n")
        line.flush()
        return True
