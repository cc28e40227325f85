"""The channel to a webhook: a signed call announces a report."""

from __future__ import annotations

import hashlib
import hmac
import json
import time
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import SplitResult, unquote, urlsplit

from reportgen.connect.event_loop import run
from reportgen.connect.network_addresses import is_loopback
from reportgen.connect.transport import Call, HttpTransport
from reportgen.errors import ConfigurationError, ConnectError, Disconnected, OutputError, TimedOut, UnexpectedAnswer
from reportgen.fleet.delivery_errors import Postponed, Uncertain
from reportgen.fleet.parcels import Channel
from reportgen.fleet.server_names import ascii_host
from reportgen.logs import log_request
from reportgen.spec.secret_places import Secret

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

    from pydantic import SecretStr

    from reportgen.fleet.parcels import Dispatch, Parcel
    from reportgen.fleet.run_records import PlannedReport, WrittenFile
    from reportgen.spec.delivery_spec import WebhookDelivery
    from reportgen.spec.report_spec import ReportSpec

SIGNATURE = "X-Reportgen-Signature"
"""Header of a signed call: `sha256=` and HMAC-SHA256, in hexadecimal, of the timestamp, a full stop and the body."""

TIMESTAMP = "X-Reportgen-Timestamp"
"""Header of a signed call: when it was signed, in seconds since 1970 (UTC)."""

_SECONDS = 60.0
_FACTS = ("key", "client", "spec", "period", "state", "files", "pages")
_LATER = frozenset({408, 425, 429, 503})
"""Statuses of receivers that ask to wait; a gateway that gave up (502, 504) may have handed the call on."""


@dataclass(frozen=True, slots=True)
class WebhookChannel(Channel):
    """A webhook.

    Attributes:
        webhook: As it is written.
        file: The fleet file.
    """

    webhook: WebhookDelivery
    file: Path

    def addresses(self, _report: PlannedReport) -> tuple[str, ...]:
        """Return the address of the webhook, a secret address by the name of its place."""
        url = self.webhook.url
        return (f"webhook {(url.env or url.file) if isinstance(url, Secret) else url}",)

    def carried(self, files: Sequence[WrittenFile]) -> tuple[WrittenFile, ...]:
        """Return all files: their names and digests are sent."""
        return tuple(files)

    def check(self, _locales: Iterable[str], _specs: Sequence[ReportSpec] = ()) -> None:
        """Refuse a webhook without its secret or with a malformed address.

        Raises:
            ConfigurationError: It is.
        """
        self._secret()
        self._url()

    def send(self, parcels: Sequence[Parcel], _dispatch: Dispatch) -> Mapping[str, OutputError]:
        """Post the facts of each report."""
        for parcel in parcels:
            content = parcel.result.as_json()
            facts = {"schema": "reportgen.delivery/1", "id": parcel.receipt}
            body = json.dumps({**facts, **{name: content.get(name) for name in _FACTS}}, sort_keys=True).encode()
            announce(self._url(), self._secret(), body, int(time.time()))
        return {}

    def secrets(self) -> Iterator[str]:
        """Yield the secret of the signature and the parts of a secret address."""
        with suppress(ConfigurationError):  # a secret that cannot be read cannot be shown
            yield self._secret().get_secret_value()
        if not isinstance(self.webhook.url, Secret):
            return
        with suppress(ConfigurationError, ValueError):
            text = self.webhook.url.read(self.file, "deliver.to.webhook.url").get_secret_value()
            yield text
            parts = urlsplit(text)
            texts = (parts.netloc, parts.hostname, parts.password, parts.path.strip("/"), parts.query, parts.fragment)
            yield from (form for part in texts if part for form in (part, unquote(part)))

    def _secret(self) -> SecretStr:
        return self.webhook.secret.read(self.file, "deliver.to.webhook.secret")

    def _url(self) -> str:
        """Return the address, from the fleet file or from the place of its secrets."""
        url, key = self.webhook.url, "deliver.to.webhook.url"
        text = url.read(self.file, key).get_secret_value() if isinstance(url, Secret) else url
        try:
            check_url(text, is_secret=isinstance(url, Secret))
        except ValueError as error:
            held = f"what {url.words} holds" if isinstance(url, Secret) else repr(url)
            raise ConfigurationError(f"{self.file}: {key}: {held} cannot be used: {error}") from None
        return text


def check_url(url: str, *, is_secret: bool) -> None:
    """Refuse a malformed address of a webhook.

    Args:
        url: `https://host:port/path?query`; http only for this machine itself.
        is_secret: Whether it comes from the place of secrets, so that it may hold a user and a password.

    Raises:
        ValueError: The address is wrong; the message repeats nothing of it.
    """
    parts = _parts(url)
    if parts is None or any(letter.isspace() or not letter.isprintable() for letter in url):
        raise ValueError("is no address; write https://host:port/path, without spaces, and a port from 1 to 65535")
    host = parts.hostname or ""
    name = ascii_host(f"[{host}]" if ":" in host else host)
    if parts.scheme == "http" and not is_loopback(name):
        raise ValueError("must begin with https://: it names clients and the files of their reports")
    if "@" in parts.netloc and not is_secret:
        raise ValueError("holds a user or a password; put the address where secrets are, and write url: {env: NAME}")


def _parts(url: str) -> SplitResult | None:
    """Return the parts of a web address; None where it is malformed."""
    with suppress(ValueError):  # a port beyond 65535, a broken [IPv6] host
        parts = urlsplit(url)
        if parts.scheme in {"http", "https"} and parts.hostname and parts.port != 0:
            return parts
    return None


def signature(secret: SecretStr, timestamp: str, body: bytes) -> str:
    """Return the value of the header `SIGNATURE` for a body and the time of its signature."""
    signed = b".".join((timestamp.encode(), body))
    return f"sha256={hmac.new(secret.get_secret_value().encode(), signed, hashlib.sha256).hexdigest()}"


def announce(url: str, secret: SecretStr, body: bytes, seconds: int) -> None:
    """Post a signed body.

    Args:
        url: Checked.
        secret: The key of the signature.
        body: JSON.
        seconds: The time now, in seconds since 1970.

    Raises:
        Uncertain: It may have arrived.
        Postponed, OutputError, ConfigurationError: It did not.
    """
    timestamp = str(seconds)
    headers = {
        "Content-Type": "application/json",
        TIMESTAMP: timestamp,
        SIGNATURE: signature(secret, timestamp, body),
    }

    async def call() -> int:
        async with HttpTransport() as transport:
            return (await transport.send(Call("POST", url, headers, body, _SECONDS))).status

    started = time.monotonic()
    try:
        status = run(call())
    except (Disconnected, TimedOut, UnexpectedAnswer) as error:
        raise Uncertain(str(error)) from error
    except ConnectError as error:
        raise Postponed(str(error)) from error
    except ConfigurationError:  # the address or a proxy: nothing was sent
        raise
    except Exception as error:  # whatever it is, it may have come after the call was sent
        raise Uncertain(f"nobody knows whether the call arrived: {type(error).__name__}") from error
    log_request("POST", "webhook", status, time.monotonic() - started)
    if not 200 <= status < 300:  # noqa: PLR2004 - the success class of HTTP
        raise (Postponed if status in _LATER else OutputError)(f"the webhook answered {status}")
