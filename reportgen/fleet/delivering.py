"""Finished reports to their readers: a folder, an e-mail, a signed call; each at most once, with a receipt."""

from __future__ import annotations

import hashlib
import hmac
import json
import smtplib
import ssl
from collections import Counter
from dataclasses import dataclass
from email.message import EmailMessage
from email.utils import make_msgid
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote, urlsplit

from reportgen.components.variables import check_variables, fill_variables
from reportgen.connect.payloads import run
from reportgen.connect.transport import Call, HttpTransport
from reportgen.errors import ConfigurationError, ConnectError, OutputError
from reportgen.files import read_text, slug, write_whole
from reportgen.fleet.journal import Journal, locked, read_events
from reportgen.fleet.results import changed_files, results_of, write_results
from reportgen.spec.fleet import VARIABLES
from reportgen.spec.loading import load_fleet

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from pydantic import SecretStr

    from reportgen.spec.fleet import DeliveryChannel, EmailDelivery, Fleet, WebhookDelivery

_ATTACHED = (".pdf", ".xlsx", ".csv")
_SECONDS = 60.0
_SIGNATURE = "X-Reportgen-Signature"


@dataclass(frozen=True, slots=True)
class Parcel:
    """One report on one channel.

    Attributes:
        report: What `run_results.json` tells of it.
        channel: Where it goes.
        address: The channel in words, its variables filled in; with the report's key what it is known by.
    """

    report: dict[str, Any]
    channel: DeliveryChannel
    address: str

    @property
    def receipt(self) -> str:
        """By what the journal knows it."""
        return hashlib.sha256(f"{self.report['key']}\n{self.address}".encode()).hexdigest()[:24]


def deliver(folder: Path, *, dry_run: bool = False) -> dict[str, int]:
    """Deliver what a run has made and may be sent, and was not delivered yet.

    A report whose files are not as they were written goes nowhere. A delivery that a crash cut off may have
    arrived, so it is not repeated; it counts as `unknown` until someone has asked.

    Args:
        folder: Of the run.
        dry_run: Whether all is looked at and nothing is sent.

    Returns:
        How many parcels were `delivered`, `failed`, had been delivered `before`, are `unknown`, or are `planned`.

    Raises:
        ConfigurationError: The fleet says of no delivery, or a server or secret is missing.
        RunLocked, OutputError, SpecError: See `run_fleet`.
    """
    results: dict[str, Any] = results_of(folder)
    file = Path(results["fleet"])
    fleet = load_fleet(file)
    if fleet.deliver is None:
        message = (
            f"{file}: has no deliver:, so nobody is sent anything; add it, or take the files from {results['root']}"
        )
        raise ConfigurationError(message)
    root = Path(results["root"])
    with locked(root):
        parcels = list(_parcels(fleet, results))
        for parcel in parcels:
            _check(parcel, file)
        return _send_all(parcels, folder, root, file, dry_run=dry_run)


def _parcels(fleet: Fleet, results: dict[str, Any]) -> Iterator[Parcel]:
    """Yield what goes where: reports that may be sent, with their files as they were written."""
    assert fleet.deliver is not None, "seen to by the caller"  # noqa: S101 - a mistake of ours, not of the data
    changed = {key for key, _path, _said in changed_files(results)}
    for report in results["reports"]:
        if report["state"] not in fleet.deliver.when or report["key"] in changed:
            continue
        values = report["variables"]
        for channel in fleet.deliver.to:
            if channel.folder:
                safe = {name: slug(value) for name, value in values.items()}
                address = f"folder {fill_variables(channel.folder, safe)}"
            elif channel.email:
                address = f"email {fill_variables(channel.email.to, values)}"
            else:
                address = f"webhook {channel.webhook.url if channel.webhook else ''}"
            yield Parcel(report, channel, address)


def _check(parcel: Parcel, file: Path) -> None:
    """Refuse a parcel that cannot be sent, before anything is."""
    channel, client = parcel.channel, parcel.report["client"]
    if channel.email:
        if "@" not in parcel.address or "\n" in parcel.address:
            message = f"{file}: deliver: {client} has no address for e-mail; write email: in its client file"
            raise ConfigurationError(message)
        channel.email.server.read(file, "deliver.to.email.server")
        _body(channel.email, parcel, file)
    if channel.webhook:
        channel.webhook.secret.read(file, "deliver.to.webhook.secret")
    if channel.folder:
        path = PurePosixPath(parcel.address.removeprefix("folder "))
        if path.is_absolute() or ".." in path.parts:
            message = f"{file}: deliver: {path} leads out of the run's folder; write names joined by /"
            raise ConfigurationError(message)


def _send_all(parcels: Sequence[Parcel], folder: Path, root: Path, file: Path, *, dry_run: bool) -> dict[str, int]:
    events = read_events(folder)
    begun = {str(event["receipt"]): str(event["event"]) for event in events if "receipt" in event}
    counts: Counter[str] = Counter()
    journal = Journal(folder)
    try:
        for parcel in parcels:
            state = begun.get(parcel.receipt)
            if state in {"delivered", "delivering"}:
                counts["before" if state == "delivered" else "unknown"] += 1
            elif dry_run:
                counts["planned"] += 1
            else:
                counts[_send_journalled(parcel, journal, root, file)] += 1
    finally:
        journal.close()
        if not dry_run:
            write_results(folder)
    return dict(counts)


def _send_journalled(parcel: Parcel, journal: Journal, root: Path, file: Path) -> str:
    """Send one parcel between two lines of the journal."""
    facts = {"receipt": parcel.receipt, "to": parcel.address}
    journal.append("delivering", parcel.report["key"], **facts)
    try:
        _send(parcel, root, file)
    except (OSError, smtplib.SMTPException, ConnectError, OutputError) as error:
        journal.append("undelivered", parcel.report["key"], reason=str(error) or type(error).__name__, **facts)
        return "failed"
    journal.append("delivered", parcel.report["key"], **facts)
    return "delivered"


def _send(parcel: Parcel, root: Path, file: Path) -> None:
    paths = [root / one["path"] for one in parcel.report["files"]]
    if parcel.channel.folder:
        target = root / parcel.address.removeprefix("folder ")
        for path in paths:
            write_whole(target / path.name, path.read_bytes())
    elif parcel.channel.email:
        _mail(parcel.channel.email, parcel, paths, file)
    elif parcel.channel.webhook:
        _call(parcel.channel.webhook, parcel, file)


def _mail(channel: EmailDelivery, parcel: Parcel, paths: Sequence[Path], file: Path) -> None:
    """Send an e-mail with the report attached, through `smtp://user:password@host:port` or `smtps://`."""
    server = channel.server.read(file, "deliver.to.email.server")
    place = urlsplit(server.get_secret_value())
    values = parcel.report["variables"]
    letter = EmailMessage()
    letter["To"] = parcel.address.removeprefix("email ")
    user, password = unquote(place.username or ""), unquote(place.password or "")
    letter["From"] = user if "@" in user else f"reports@{place.hostname}"
    letter["Subject"] = " ".join(fill_variables(channel.subject, values).split())
    letter["Message-ID"] = make_msgid(parcel.receipt, place.hostname)
    letter.set_content(_body(channel, parcel, file))
    for path in paths:
        if path.suffix in _ATTACHED:
            kind = ("application", "pdf") if path.suffix == ".pdf" else ("application", "octet-stream")
            letter.add_attachment(path.read_bytes(), *kind, filename=path.name)
    with _connected(place.scheme, place.hostname or "", place.port) as connection:
        if user and password:
            connection.login(user, password)
        connection.send_message(letter)


def _connected(scheme: str, host: str, port: int | None) -> smtplib.SMTP:
    """Connect; only a server on this machine is ever spoken to in the clear."""
    if scheme == "smtps":
        return smtplib.SMTP_SSL(host, port or 465, timeout=_SECONDS, context=ssl.create_default_context())
    connection = smtplib.SMTP(host, port or 587, timeout=_SECONDS)
    if host not in {"127.0.0.1", "localhost", "::1"}:
        connection.starttls(context=ssl.create_default_context())
    return connection


def _body(channel: EmailDelivery, parcel: Parcel, file: Path) -> str:
    """Return the letter's text: `mail.pt-BR.txt` for a client who reads that, else `mail.txt`, variables filled in."""
    plain = file.parent / channel.body
    own = plain.with_suffix(f".{parcel.report['locale']}{plain.suffix}")
    path = own if own.is_file() else plain
    try:
        text = check_variables(read_text(path), VARIABLES)
    except ValueError as error:
        message = f"{path}: {error}"
        raise ConfigurationError(message) from error
    return fill_variables(text, parcel.report["variables"])


def _call(channel: WebhookDelivery, parcel: Parcel, file: Path) -> None:
    """Post what was made, signed: the receiver computes HMAC-SHA256 of the body with the shared secret."""
    secret: SecretStr = channel.secret.read(file, "deliver.to.webhook.secret")
    told = {name: parcel.report[name] for name in ("key", "client", "spec", "period", "state", "files", "pages")}
    body = json.dumps({"schema": "reportgen.delivery/1", "id": parcel.receipt, **told}, sort_keys=True).encode()
    signature = hmac.new(secret.get_secret_value().encode(), body, hashlib.sha256).hexdigest()
    headers: Mapping[str, str] = {"Content-Type": "application/json", _SIGNATURE: f"sha256={signature}"}

    async def post() -> int:
        async with HttpTransport() as transport:
            return (await transport.send(Call("POST", channel.url, headers, body, _SECONDS))).status

    status = run(post())
    if not 200 <= status < 300:  # noqa: PLR2004 - the success class of HTTP
        message = f"{urlsplit(channel.url).netloc} answered {status}"
        raise OutputError(message)
