"""A report by e-mail: the address of the mail server, the letter, and its sending."""

from __future__ import annotations

import re
import smtplib
import ssl
from contextlib import suppress
from dataclasses import dataclass, field
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import make_msgid
from ipaddress import IPv6Address, ip_address
from typing import TYPE_CHECKING
from urllib.parse import unquote

from pydantic import SecretStr

from reportgen.connect.network_addresses import is_loopback
from reportgen.errors import OutputError
from reportgen.fleet.server_names import ascii_host
from reportgen.fleet.uncertain_delivery import Uncertain
from reportgen.outputs import FORMATS, format_of

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

ATTACHED = frozenset({"pdf", "xlsx", "csv"})
"""Formats of the files that a letter carries."""

ATTACHED_ALONE = frozenset({"html"})
"""Formats of the files that a letter carries where a report has none of the others: many servers refuse them."""

_POLICY = SMTP.clone(cte_type="7bit")  # every server takes it
_SECONDS = 60.0
_PORTS = {"smtp": 587, "smtps": 465}
_HIGHEST_PORT = 65_535
_ATOM = r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+"
_LOCAL = re.compile(rf"{_ATOM}(\.{_ATOM})*")
_SERVER = re.compile(
    r"(?P<scheme>smtps?)://(?:(?P<credentials>.*)@)?(?P<host>\[[^\[\]@]*\]|[^\[\]@:/?#]+)(?::(?P<port>[0-9]{1,5}))?/?",
    re.DOTALL | re.IGNORECASE,
)
_FORM = "write smtps://user:password@host:port"


@dataclass(frozen=True, slots=True)
class MailServer:
    """The mail server that letters are handed to.

    Attributes:
        scheme: `smtp` or `smtps`.
        host: Its name in ASCII, or its IP address.
        port: From 1 to 65535.
        user, password: For the login; empty where it asks for none.
    """

    scheme: str
    host: str
    port: int
    user: str
    password: SecretStr = field(default=SecretStr(""))

    @property
    def domain(self) -> str:
        """The domain of e-mail addresses at this server (RFC 5321, 4.1.3)."""
        try:
            address = ip_address(self.host)
        except ValueError:
            return self.host
        return f"[IPv6:{self.host}]" if isinstance(address, IPv6Address) else f"[{self.host}]"

    @property
    def sender(self) -> str:
        """The sender's address of letters: the user where that is an e-mail address."""
        with suppress(ValueError):
            return mailbox(self.user)
        return f"reports@{self.domain}"


def parse_server(address: str) -> MailServer:
    """Return the mail server of an address `smtps://user:password@host:port`.

    The last `@` ends the user and the password, and the first `:` in them ends the user, so that `/`, `#`, `?`, `:`
    and `@` of a password need no escape. `%` and two hexadecimal digits are a character, as everywhere in
    addresses; any other `%` is itself.

    Raises:
        ValueError: The address is malformed; the message repeats nothing of it.
    """
    match = _SERVER.fullmatch(address)
    if not match:
        raise ValueError(f"is no address of a mail server; {_FORM}, with nothing behind the port")
    scheme = match["scheme"].lower()
    port = int(match["port"]) if match["port"] else _PORTS[scheme]
    if not 1 <= port <= _HIGHEST_PORT:
        raise ValueError(f"its port is not from 1 to 65535; {_FORM}")
    user, _colon, password = (match["credentials"] or "").partition(":")
    if not (_plain(user) + _plain(password)).isascii():
        raise ValueError("its user or password has a letter outside of ASCII, which no login by e-mail carries")
    return MailServer(scheme, ascii_host(match["host"]), port, _plain(user), SecretStr(_plain(password)))


def mailbox(text: str) -> str:
    """Return an e-mail address with its domain in ASCII, as every mail server takes it.

    It is read without Python's parser of headers, whose errors differ from version to version. Quoted names and IP
    addresses are refused (RFC 5321, 4.1.2: they are best avoided).

    Raises:
        ValueError: The text is no e-mail address.
    """
    local, _at, domain = text.rpartition("@")
    with suppress(ValueError):
        if _LOCAL.fullmatch(local) and not domain.startswith("[") and not domain.endswith("."):
            return f"{local}@{ascii_host(domain)}"
    raise ValueError(f"{text!r} is no address for e-mail" if text else "has no address for e-mail")


def write_letter(server: MailServer, to: str, subject: str, text: str, receipt: str) -> EmailMessage:
    """Return a letter without attachments.

    Args:
        server: The server that it is handed to.
        to: The reader's address.
        subject: Its subject; line breaks in it become spaces.
        text: Its text.
        receipt: The receipt of its parcel, a part of the letter's id.

    Raises:
        ValueError, MessageError: A header cannot hold its text.
    """
    letter = EmailMessage(policy=_POLICY)
    letter["To"] = mailbox(to)
    letter["From"] = server.sender
    letter["Subject"] = " ".join(subject.split())
    letter["Message-ID"] = make_msgid(receipt, server.domain)
    letter["Auto-Submitted"] = "auto-generated"  # RFC 3834: no out-of-office notice comes back
    letter.set_content(text)
    return letter


def attach(letter: EmailMessage, paths: Sequence[Path]) -> None:
    """Attach files to a letter, of the types that it carries."""
    for path in paths:
        kind, _, rest = FORMATS[format_of(path.name)].media_type.partition("/")
        letter.add_attachment(path.read_bytes(), kind, rest.partition(";")[0], filename=path.name)


def post(letter: EmailMessage, server: MailServer) -> None:
    """Send a letter; a letter that the server refuses has not arrived, and a letter without its answer may have.

    Raises:
        Uncertain: It may have arrived.
        OutputError: It did not.
    """
    content = letter.as_bytes()  # before anything is sent: it may fail
    try:
        connection = _connected(server)
    except (OSError, smtplib.SMTPException) as error:
        raise OutputError(f"the letter was not sent: {server.host}: {_reason(error)}") from error
    try:
        connection.sendmail(server.sender, [str(letter["To"])], content)
    except (smtplib.SMTPResponseException, smtplib.SMTPRecipientsRefused, smtplib.SMTPNotSupportedError) as error:
        raise OutputError(f"the letter was refused: {_reason(error)}") from error
    except Exception as error:  # any error while the letter is sent
        raise Uncertain(f"nobody knows whether the letter was taken: {_reason(error)}") from error
    finally:
        with suppress(OSError, smtplib.SMTPException):  # whether it arrived is known by now
            connection.quit()


def _connected(server: MailServer) -> smtplib.SMTP:
    """Return a connection after the login, encrypted unless the server is this machine."""
    connection: smtplib.SMTP
    if server.scheme == "smtps":
        context = ssl.create_default_context()
        connection = smtplib.SMTP_SSL(server.host, server.port, timeout=_SECONDS, context=context)
    else:
        connection = smtplib.SMTP(server.host, server.port, timeout=_SECONDS)
    try:
        if server.scheme == "smtp" and not is_loopback(server.host):
            connection.starttls(context=ssl.create_default_context())
        if server.user and server.password:
            connection.login(server.user, server.password.get_secret_value())
    except BaseException:
        connection.close()
        raise
    return connection


def _reason(error: Exception) -> str:
    """Return the text of an error of a mail server or the network; of another error, its class alone."""
    match error:
        case smtplib.SMTPRecipientsRefused():
            return "; ".join(f"{code} {_text(reply)}" for code, reply in error.recipients.values())
        case smtplib.SMTPResponseException():
            return f"{error.smtp_code} {_text(error.smtp_error)}"
        case smtplib.SMTPException():
            return str(error)
        case OSError():
            return error.strerror or str(error) or type(error).__name__
    return type(error).__name__


def _text(reply: bytes | str) -> str:
    return reply.decode(errors="replace") if isinstance(reply, bytes) else reply


def _plain(text: str) -> str:
    """Return a part of an address with its percent sequences decoded; unchanged where they make no text."""
    try:
        return unquote(text, errors="strict")
    except UnicodeDecodeError:
        return text
