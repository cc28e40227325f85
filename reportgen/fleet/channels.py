"""The ways to a reader: a folder, an e-mail, a signed call. Each can be checked before anything is sent."""

from __future__ import annotations

import hashlib
import hmac
import json
import smtplib
import ssl
from contextlib import suppress
from dataclasses import dataclass
from email.headerregistry import Address
from email.message import EmailMessage
from email.utils import make_msgid
from pathlib import PurePosixPath
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

from reportgen.components.variables import check_variables, fill_variables
from reportgen.connect.payloads import run
from reportgen.connect.transport import Call, HttpTransport
from reportgen.errors import (
    ConfigurationError,
    ConnectError,
    Disconnected,
    OutputError,
    Problem,
    SpecError,
    TimedOut,
    UnexpectedAnswer,
)
from reportgen.files import read_text, slug, write_whole
from reportgen.spec.fleet import VARIABLES

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from pydantic import JsonValue

    from reportgen.fleet.record import PlannedReport
    from reportgen.spec.fleet import DeliveryChannel, EmailDelivery, WebhookDelivery

SIGNATURE = "X-Reportgen-Signature"
"""Header of a signed call: `sha256=` and HMAC-SHA256 of the body with the shared secret, in hexadecimal."""

_ATTACHED = {".pdf": ("application", "pdf"), ".csv": ("text", "csv")}
_WORKBOOK = ("application", "vnd.openxmlformats-officedocument.spreadsheetml.sheet")
_SECONDS = 60.0
_PORTS = {"smtp": 587, "smtps": 465}
_HERE = {"127.0.0.1", "localhost", "::1"}


class Uncertain(OutputError):  # noqa: N818 - reads as what happened, like those of reportgen.errors
    """A parcel may have arrived, or not: the connection was lost after it was on its way."""


@dataclass(frozen=True, slots=True)
class Parcel:
    """One report on one channel.

    Attributes:
        report: What is sent.
        channel: Where it goes.
        file: The fleet file; paths in it start from its folder.
    """

    report: PlannedReport
    channel: DeliveryChannel
    file: Path

    @property
    def address(self) -> str:
        """The channel in words, its variables filled in."""
        values = self.report.variables
        if self.channel.folder:
            safe = {name: slug(value) for name, value in values.items()}
            return f"folder {fill_variables(self.channel.folder, safe)}"
        if self.channel.email:
            return f"email {fill_variables(self.channel.email.to, values)}"
        return f"webhook {self.channel.webhook.url if self.channel.webhook else ''}"

    @property
    def receipt(self) -> str:
        """By what the journal and a receiver know it: the report's key and the address."""
        return hashlib.sha256(f"{self.report.key}\n{self.address}".encode()).hexdigest()[:24]

    @property
    def of(self) -> str:
        """What it is about, whatever its report holds: client, spec, period and address."""
        return f"{self.report.client}/{self.report.spec}/{self.report.period}/{self.address}"


def check(parcel: Parcel) -> None:
    """Refuse a parcel that cannot be sent.

    Raises:
        ConfigurationError: An address, a server or a secret is missing or wrong.
        SpecError: The text of the letter is.
    """
    channel, file = parcel.channel, parcel.file
    if channel.email:
        _check_address(parcel)
        server = urlsplit(channel.email.server.read(file, "deliver.to.email.server").get_secret_value())
        if server.scheme not in _PORTS or not server.hostname:
            message = f"{file}: deliver.to.email.server: holds no server; put smtps://user:password@host there"
            raise ConfigurationError(message)
        _body(channel.email, parcel)
    if channel.webhook:
        channel.webhook.secret.read(file, "deliver.to.webhook.secret")
        if urlsplit(channel.webhook.url).scheme not in {"http", "https"}:
            message = f"{file}: deliver.to.webhook.url: {channel.webhook.url!r} is no address; write https://..."
            raise ConfigurationError(message)
    if channel.folder:
        path = PurePosixPath(parcel.address.removeprefix("folder "))
        if path.is_absolute() or ".." in path.parts:
            message = f"{file}: deliver.to.folder: {path} leads out of the run's folder; write names joined by /"
            raise ConfigurationError(message)


def send(parcel: Parcel, paths: Sequence[Path], root: Path, told: Mapping[str, JsonValue]) -> None:
    """Send a parcel.

    Args:
        parcel: Checked.
        paths: The files of its report.
        root: Under which folders are.
        told: What a webhook is told of the report.

    Raises:
        Uncertain: It may have arrived.
        OutputError: It did not arrive.
    """
    if parcel.channel.folder:
        target = root / parcel.address.removeprefix("folder ")
        if not target.resolve().is_relative_to(root.resolve()):
            message = f"{target}: leads out of {root}; is a folder in it a link?"
            raise OutputError(message)
        for path in paths:
            write_whole(target / path.name, path.read_bytes())
    elif parcel.channel.email:
        _mail(parcel.channel.email, parcel, paths)
    elif parcel.channel.webhook:
        _call(parcel.channel.webhook, parcel, told)


def _check_address(parcel: Parcel) -> None:
    """Refuse what is no single address of e-mail."""
    address = parcel.address.removeprefix("email ")
    try:
        if not Address(addr_spec=address).domain:
            raise ValueError(address)  # noqa: TRY301 - told below as any other
    except (ValueError, IndexError, UnicodeError) as error:
        said = f"{address!r} is no address for e-mail" if address else "has no address for e-mail"
        message = f"{parcel.file}: deliver: {parcel.report.client} {said}; write email: in its client file"
        raise ConfigurationError(message) from error


def _mail(channel: EmailDelivery, parcel: Parcel, paths: Sequence[Path]) -> None:
    """Send an e-mail with the report attached, through `smtp://user:password@host:port` or `smtps://`."""
    place = urlsplit(channel.server.read(parcel.file, "deliver.to.email.server").get_secret_value())
    user, password = unquote(place.username or ""), unquote(place.password or "")
    letter = EmailMessage()
    letter["To"] = parcel.address.removeprefix("email ")
    letter["From"] = user if "@" in user else f"reports@{place.hostname}"
    letter["Subject"] = " ".join(fill_variables(channel.subject, parcel.report.variables).split())
    letter["Message-ID"] = make_msgid(parcel.receipt, place.hostname)
    letter["Auto-Submitted"] = "auto-generated"  # RFC 3834: no out-of-office notice comes back
    letter.set_content(_body(channel, parcel))
    for path in paths:
        kind = _WORKBOOK if path.suffix == ".xlsx" else _ATTACHED.get(path.suffix)
        if kind:
            letter.add_attachment(path.read_bytes(), *kind, filename=path.name)
    try:
        connection = _connected(place.scheme, place.hostname or "", place.port)
        if user and password:
            connection.login(user, password)
    except (OSError, smtplib.SMTPException) as error:
        message = f"the letter was not sent: {place.hostname}: {error}"
        raise OutputError(message) from error
    _post(letter, connection)


def _post(letter: EmailMessage, connection: smtplib.SMTP) -> None:
    """Hand a letter over; what a server refuses has not arrived, and what it does not answer may have."""
    try:
        connection.send_message(letter)
    except (smtplib.SMTPResponseException, smtplib.SMTPRecipientsRefused, smtplib.SMTPNotSupportedError) as error:
        message = f"the letter was refused: {error}"
        raise OutputError(message) from error
    except (OSError, smtplib.SMTPException) as error:
        message = f"nobody knows whether the letter was taken: {error}"
        raise Uncertain(message) from error
    finally:
        with suppress(OSError, smtplib.SMTPException):  # the letter's fate is known by now
            connection.quit()


def _connected(scheme: str, host: str, port: int | None) -> smtplib.SMTP:
    """Connect; only a server on this machine is ever spoken to in the clear."""
    if scheme == "smtps":
        return smtplib.SMTP_SSL(host, port or _PORTS[scheme], timeout=_SECONDS, context=ssl.create_default_context())
    connection = smtplib.SMTP(host, port or _PORTS[scheme], timeout=_SECONDS)
    if host not in _HERE:
        connection.starttls(context=ssl.create_default_context())
    return connection


def _body(channel: EmailDelivery, parcel: Parcel) -> str:
    """Return the letter's text, variables filled in, in the client's language where there is one.

    For a client who reads `pt-BR` that is `mail.pt-BR.txt`, else `mail.pt.txt`, else `mail.txt`.
    """
    plain = parcel.file.parent / channel.body
    tags = (parcel.report.locale, parcel.report.locale.partition("-")[0])
    own = (plain.with_suffix(f".{tag}{plain.suffix}") for tag in tags)
    path = next((one for one in own if one.is_file()), plain)
    return fill_variables(read_letter(path), parcel.report.variables)


def read_letter(path: Path) -> str:
    """Read the words of letters, with their variables as they stand.

    Raises:
        SpecError: It cannot be read, or a variable in it is unknown; with every line that has one.
    """
    text, problems = read_text(path), []
    for number, line in enumerate(text.split("\n"), 1):
        try:
            check_variables(line, VARIABLES)
        except ValueError as error:
            problems.append(Problem(str(path), number, 1, "", str(error)))
    if problems:
        raise SpecError(problems)
    return text


def _call(channel: WebhookDelivery, parcel: Parcel, told: Mapping[str, JsonValue]) -> None:
    """Post what was made, signed."""
    secret = channel.secret.read(parcel.file, "deliver.to.webhook.secret")
    body = json.dumps({"schema": "reportgen.delivery/1", "id": parcel.receipt, **told}, sort_keys=True).encode()
    signature = hmac.new(secret.get_secret_value().encode(), body, hashlib.sha256).hexdigest()
    headers = {"Content-Type": "application/json", SIGNATURE: f"sha256={signature}"}

    async def post() -> int:
        async with HttpTransport() as transport:
            return (await transport.send(Call("POST", channel.url, headers, body, _SECONDS))).status

    try:
        status = run(post())
    except (Disconnected, TimedOut, UnexpectedAnswer) as error:
        raise Uncertain(str(error)) from error
    except ConnectError as error:
        raise OutputError(str(error)) from error
    if not 200 <= status < 300:  # noqa: PLR2004 - the success class of HTTP
        message = f"{urlsplit(channel.url).netloc} answered {status}"
        raise OutputError(message)
