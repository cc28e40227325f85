"""The connection to a mail server: one for many letters, with the time-outs of RFC 5321."""

from __future__ import annotations

import re
import smtplib
import ssl
from contextlib import suppress
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypeAlias

from reportgen.connect.network_addresses import is_loopback
from reportgen.errors import OutputError
from reportgen.fleet.delivery_errors import Postponed, Uncertain

if TYPE_CHECKING:
    from collections.abc import Sequence

    from reportgen.fleet.mail_server import MailServer

    SmtpReply: TypeAlias = tuple[int, bytes]

_LINE_WITH_DOT = re.compile(rb"^\.", re.MULTILINE)
_BLOCK = 65_536
_OK, _GO_ON, _REFUSED, _CLOSING = 250, 354, 500, 421
_TAKEN = (_OK, 251, 252)
_ANSWERS = (*_TAKEN, *range(400, 600))


@dataclass(frozen=True, slots=True)
class MailTimeouts:
    """The seconds to wait for a mail server (RFC 5321, 4.5.3.2).

    Attributes:
        greeting: For a connection and its first line.
        command: For an answer to a sender or a reader.
        start: For the leave to send the letter.
        block: For a piece of the letter to be taken.
        end: For the answer to the whole letter.
        goodbye: For the answer to the end of the connection, on which nothing depends.
    """

    greeting: float = 300
    command: float = 300
    start: float = 120
    block: float = 180
    end: float = 600
    goodbye: float = 5


@dataclass(frozen=True, slots=True)
class Envelope:
    """A letter as a mail server gets it.

    Attributes:
        sender: Its address; a notice that the letter cannot be delivered goes there.
        readers: Their addresses.
        content: The letter, with CRLF behind each line.
    """

    sender: str
    readers: Sequence[str]
    content: bytes


class MailConnection:
    """A connection to a mail server, opened for the first letter and kept for the next letters."""

    def __init__(self, server: MailServer, timeouts: MailTimeouts) -> None:
        """Take a server; nothing is opened yet."""
        self._server = server
        self._timeouts = timeouts
        self._line: smtplib.SMTP | None = None
        self._away: OutputError | None = None

    def send(self, envelope: Envelope) -> dict[str, OutputError]:
        """Send a letter.

        Returns:
            The readers whom the server refuses, each with the error; the others have the letter.

        Raises:
            Uncertain: It may have arrived.
            Postponed, OutputError: It did not arrive, to any reader.
        """
        try:
            return self._sent_anew(envelope)
        except OutputError:
            raise
        except BaseException:  # a signal: the server still owes an answer, and a goodbye would wait for it
            self._drop()
            raise

    def try_again(self) -> None:
        """Let the next letter call a server that was away."""
        self._away = None

    def close(self) -> None:
        """End the connection."""
        if self._line:
            try:
                with suppress(OSError, smtplib.SMTPException):  # whether a letter arrived is known by now
                    self._wait(self._line, self._timeouts.goodbye)
                    self._line.quit()
            finally:
                self._drop()

    def _drop(self) -> None:
        if self._line:
            self._line.close()
        self._line = None

    def _sent_anew(self, envelope: Envelope) -> dict[str, OutputError]:
        """Send a letter, on a new connection where that of letters before has ended."""
        is_reused = self._line is not None
        try:
            return self._sent(envelope)
        except Postponed:
            if not is_reused or self._line:  # a connection may be closed after some letters, or some time
                raise
            return self._sent(envelope)

    def _sent(self, envelope: Envelope) -> dict[str, OutputError]:
        line = self._opened()
        try:
            refused = self._addressed(line, envelope)
            if len(refused) == len(envelope.readers):
                self._again(line)
                return refused
            self._wait(line, self._timeouts.start)
            self._expect(line.docmd("DATA"), _GO_ON)
        except (OSError, smtplib.SMTPException) as error:
            self._drop()
            raise Postponed(f"the letter was not sent: {self._server.host}: {reason_of(error)}") from error
        except OutputError:
            self._again(line)
            raise
        self._hand_over(line, envelope.content)
        return refused

    def _opened(self) -> smtplib.SMTP:
        """Return the connection after the login; after a failure, the next letters of a call fail for the same reason.

        So a server that does not answer is waited for once, and a wrong password does not lock the account.
        """
        if self._line:
            return self._line
        if self._away:
            raise self._away
        try:
            self._line = _connected(self._server, self._timeouts)
        except (OSError, smtplib.SMTPException) as error:
            is_refusal = isinstance(error, smtplib.SMTPResponseException) and error.smtp_code >= _REFUSED
            kind = OutputError if is_refusal else Postponed
            self._away = kind(f"the letter was not sent: {self._server.host}: {reason_of(error)}")
            raise self._away from error
        return self._line

    def _addressed(self, line: smtplib.SMTP, envelope: Envelope) -> dict[str, OutputError]:
        """Name the sender and the readers of a letter, and return the refused readers."""
        size, most = len(envelope.content), line.esmtp_features.get("size", "")
        if most.isdecimal() and 0 < int(most) < size:  # RFC 1870
            raise OutputError(
                f"the letter has {megabytes(size)}, and the server takes {megabytes(int(most))}; "
                "write a size_limit: below that, and link: with the address where the files can be read"
            )
        self._wait(line, self._timeouts.command)
        self._expect(line.mail(envelope.sender, [f"SIZE={size}"] if line.has_extn("size") else []), *_TAKEN)
        refused: dict[str, OutputError] = {}
        for reader in envelope.readers:
            try:
                self._expect(line.rcpt(reader), *_TAKEN)
            except OutputError as error:
                refused[reader] = error
        return refused

    def _hand_over(self, line: smtplib.SMTP, content: bytes) -> None:
        """Send the letter itself; without the server's answer to its end nobody knows whether it was taken."""
        whole = _LINE_WITH_DOT.sub(b"..", content) + (b"" if content.endswith(b"\r\n") else b"\r\n") + b".\r\n"
        try:
            self._wait(line, self._timeouts.block)
            for start in range(0, len(whole), _BLOCK):
                line.send(whole[start : start + _BLOCK])
            self._wait(line, self._timeouts.end)
            reply = line.getreply()
        except Exception as error:  # any error while the letter is sent
            self._drop()
            raise Uncertain(f"nobody knows whether the letter was taken: {reason_of(error)}") from error
        if reply[0] not in _ANSWERS:
            self._drop()
            raise Uncertain(f"nobody knows whether the letter was taken: {reply[0]} {_text(reply[1])}")
        try:
            self._expect(reply, *_TAKEN)
        except OutputError:
            self._again(line)
            raise

    def _again(self, line: smtplib.SMTP) -> None:
        """Make the connection ready for the next letter, or end it."""
        try:
            self._expect(line.rset(), _OK)
        except (OSError, smtplib.SMTPException, OutputError):
            self._drop()

    def _wait(self, line: smtplib.SMTP, seconds: float) -> None:
        if line.sock:
            line.sock.settimeout(seconds)

    def _expect(self, reply: SmtpReply, *codes: int) -> None:
        """Refuse an answer of the server that is none of these.

        Raises:
            Postponed: It asks to wait (RFC 5321, 4.2.1: 4yz).
            OutputError: It is a refusal.
        """
        code, text = reply
        if code in codes:
            return
        if code == _CLOSING:
            self._drop()
        kind = Postponed if code < _REFUSED else OutputError
        raise kind(f"the letter was refused: {code} {_text(text)}")


@dataclass(slots=True)
class MailConnections:
    """The connections of a call, one for each mail server.

    Attributes:
        timeouts: Of each connection.
    """

    timeouts: MailTimeouts = MailTimeouts()
    _open: dict[MailServer, MailConnection] = field(default_factory=dict, init=False)

    def to(self, server: MailServer) -> MailConnection:
        """Return the connection to a server."""
        return self._open.setdefault(server, MailConnection(server, self.timeouts))

    def try_again(self) -> None:
        """Let the next letters call servers that were away."""
        for connection in self._open.values():
            connection.try_again()

    def close(self) -> None:
        """End all connections."""
        for connection in self._open.values():
            connection.close()


def megabytes(size: int) -> str:
    """Return a number of bytes in words."""
    return f"{size / 1_000_000:.1f} MB"


def reason_of(error: Exception) -> str:
    """Return the text of an error of a mail server or the network; of another error, its class alone."""
    match error:
        case smtplib.SMTPResponseException():
            return f"{error.smtp_code} {_text(error.smtp_error)}"
        case smtplib.SMTPException():
            return str(error)
        case OSError():
            return error.strerror or str(error) or type(error).__name__
    return type(error).__name__


def _connected(server: MailServer, timeouts: MailTimeouts) -> smtplib.SMTP:
    """Return a connection after the login, encrypted unless the server is this machine."""
    connection: smtplib.SMTP
    if server.scheme == "smtps":
        context = ssl.create_default_context()
        connection = smtplib.SMTP_SSL(server.host, server.port, timeout=timeouts.greeting, context=context)
    else:
        connection = smtplib.SMTP(server.host, server.port, timeout=timeouts.greeting)
    try:
        if server.scheme == "smtp" and not is_loopback(server.host):
            connection.starttls(context=ssl.create_default_context())
        if server.user and server.password:
            connection.login(server.user, server.password.get_secret_value())
        connection.ehlo_or_helo_if_needed()
    except BaseException:
        connection.close()
        raise
    return connection


def _text(reply: bytes | str) -> str:
    return reply.decode(errors="replace") if isinstance(reply, bytes) else reply
