"""The addresses of the receiver of deliveries, as a client's file and the environment say them."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from urllib.parse import urlsplit

from reportgen.connect.network_addresses import is_loopback
from reportgen.errors import ConfigurationError

_LOOPBACK = "127.0.0.1"
_EXAMPLE = 'api: {webhook: {url: "https://reports.agency.example/hook", bind: "127.0.0.1:8443"}}'


@dataclass(frozen=True, slots=True)
class WebhookSettings:
    """The addresses of the receiver.

    Attributes:
        url: The receiver's address as the API sees it, without a slash at its end; None is the address
            it is bound to.
        host: The address of this machine to listen at.
        port: The port to listen at; 0 is any free port.
    """

    url: str | None
    host: str
    port: int

    @classmethod
    def of(cls, url: str, bind: str) -> WebhookSettings:
        """Return the settings of two texts.

        Args:
            url: `https://host/path`; http only for this machine itself.
            bind: `host:port`, plain HTTP; a proxy that faces the internet ends TLS in front of it.

        Raises:
            ConfigurationError: A text is missing or wrong.
        """
        if not (url and bind):
            raise ConfigurationError(
                f"asynchronous fetching needs the address that deliveries come to; write {_EXAMPLE} in the client's "
                "file, or set REPORTGEN_WEBHOOK_URL and REPORTGEN_WEBHOOK_BIND"
            )
        return cls(_checked_url(url), *_host_and_port(bind))

    @classmethod
    def on_this_machine(cls) -> WebhookSettings:
        """Return settings for a sender on the same machine: a free port of the loopback."""
        return cls(None, _LOOPBACK, 0)


def _checked_url(url: str) -> str:
    try:
        parts = urlsplit(url)
        named = parts.scheme in {"https", "http"} and bool(parts.hostname) and parts.port != 0
    except ValueError:  # a port beyond 65535, a broken [IPv6] host
        parts, named = urlsplit(""), False
    is_plain = not any(letter.isspace() or not letter.isprintable() for letter in url)
    if not (named and is_plain) or "@" in parts.netloc or parts.query or parts.fragment:
        raise ConfigurationError(
            f"the webhook's url {url!r} must look like https://reports.agency.example/hook, without a space or a query"
        )
    if parts.scheme == "http" and not is_loopback(parts.hostname or ""):
        raise ConfigurationError(
            f"the webhook's url {url!r} must begin with https://: deliveries hold the client's figures"
        )
    return url.rstrip("/")


def _host_and_port(bind: str) -> tuple[str, int]:
    host, port, path = None, None, ""
    with suppress(ValueError):  # a port beyond 65535, a broken [IPv6] host
        parts = urlsplit(f"//{bind}")
        host, port, path = parts.hostname, parts.port, parts.path
    if not host or not port or path:
        raise ConfigurationError(
            f"the webhook's bind {bind!r} must be an address and a port of this machine, such as 127.0.0.1:8443"
        )
    return host, port
