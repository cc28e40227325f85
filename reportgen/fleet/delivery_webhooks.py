"""The signed webhook call that announces a report: its address, its signature, and the post."""

from __future__ import annotations

import hashlib
import hmac
import time
from contextlib import suppress
from typing import TYPE_CHECKING
from urllib.parse import SplitResult, urlsplit

from reportgen.connect.event_loop import run
from reportgen.connect.network_addresses import is_loopback
from reportgen.connect.transport import Call, HttpTransport
from reportgen.errors import ConfigurationError, ConnectError, Disconnected, OutputError, TimedOut, UnexpectedAnswer
from reportgen.fleet.server_names import ascii_host
from reportgen.fleet.uncertain_delivery import Uncertain
from reportgen.logs import log_request

if TYPE_CHECKING:
    from pydantic import SecretStr

SIGNATURE = "X-Reportgen-Signature"
"""Header of a signed call: `sha256=` and HMAC-SHA256, in hexadecimal, of the timestamp, a full stop and the body."""

TIMESTAMP = "X-Reportgen-Timestamp"
"""Header of a signed call: when it was signed, in seconds since 1970 (UTC)."""

_SECONDS = 60.0


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
        OutputError, ConnectError, ConfigurationError: It did not.
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
        raise OutputError(str(error)) from error
    except ConfigurationError:  # the address or a proxy: nothing was sent
        raise
    except Exception as error:  # whatever it is, it may have come after the call was sent
        raise Uncertain(f"nobody knows whether the call arrived: {type(error).__name__}") from error
    log_request("POST", "webhook", status, time.monotonic() - started)
    if not 200 <= status < 300:  # noqa: PLR2004 - the success class of HTTP
        raise OutputError(f"the webhook answered {status}")
