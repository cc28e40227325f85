"""The way to a server and back: one method over value objects, and the only door to httpx."""

from __future__ import annotations

import json
import os
import re
from dataclasses import dataclass, field
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from typing import TYPE_CHECKING, Protocol
from urllib.parse import urlsplit

from reportgen.connect.foreign_text import one_line
from reportgen.connect.refusals import read_refusal
from reportgen.connect.strict_json import JsonError, parse_json
from reportgen.errors import (
    AuthenticationFailed,
    ConfigurationError,
    RequestRefused,
    ServiceFailed,
    UnexpectedAnswer,
    Unreachable,
)

if TYPE_CHECKING:
    import ssl
    from collections.abc import Mapping

    import httpx
    from pydantic import JsonValue

DEFAULT_ADDRESS = "https://connect.reportei.com/api"
CONNECT_SECONDS = 5.0
ANSWER_SECONDS = 100.0
_LOOPBACK = ("localhost", "127.0.0.1", "[::1]")
_COME_BACK_LATER = frozenset({408, 425, 429})
_UNAUTHORIZED = 401


@dataclass(frozen=True, slots=True)
class Post:
    """A POST to send. Its headers hold tokens, so they are not part of its text.

    Attributes:
        url: Where to.
        headers: Name -> value.
        body: What.
        seconds: How long to wait for the server's next sign of life.
    """

    url: str
    headers: Mapping[str, str] = field(repr=False)
    body: bytes = field(repr=False)
    seconds: float = ANSWER_SECONDS

    @classmethod
    def of_json(cls, url: str, body: JsonValue, headers: Mapping[str, str]) -> Post:
        """Make a post of JSON that wants JSON back; without `Accept` the API may answer in HTML."""
        media = {"Accept": "application/json", "Content-Type": "application/json"}
        return cls(url, {**media, **headers}, json.dumps(body, allow_nan=False).encode())


@dataclass(frozen=True, slots=True)
class Reply:
    """What a server answered.

    Attributes:
        status: HTTP status.
        headers: Lower-case name -> value.
        body: Decoded from its transfer and content encoding.
    """

    status: int
    headers: Mapping[str, str] = field(repr=False)
    body: bytes = field(repr=False)


class Transport(Protocol):
    """Something that carries posts; called from several threads at once."""

    def send(self, post: Post) -> Reply:
        """Send a post and wait for its reply, whatever its status.

        Raises:
            Unreachable: There is none.
        """
        ...


class HttpTransport:
    """HTTP over sockets: certificates verified, redirects not followed (they would carry the tokens away).

    The proxies of the environment are used, except for this machine itself.
    """

    def __init__(self, inner: httpx.BaseTransport | None = None) -> None:
        """Open a pool of connections; `inner` stands in for the sockets."""
        import httpx  # noqa: PLC0415 - heavy, and needed only where something is sent

        try:
            self._client = httpx.Client(
                transport=inner,
                verify=_tls(),
                follow_redirects=False,
                headers={"User-Agent": f"reportgen/{_version()}"},
                mounts={f"all://{host}": None for host in _LOOPBACK} if inner is None else None,
            )
        except (ValueError, ImportError, OSError) as error:
            message = (
                f"HTTPS_PROXY, ALL_PROXY or SSL_CERT_FILE of the environment cannot be used: {one_line(str(error))}"
            )
            raise ConfigurationError(message) from error

    def close(self) -> None:
        """Close every connection."""
        self._client.close()

    def send(self, post: Post) -> Reply:
        """Send a post and wait for its reply, whatever its status.

        Raises:
            ConfigurationError: The address cannot be one.
            Unreachable: The connection was refused, reset, or silent for too long (`CONNECT_SECONDS`
                to open it, the post's seconds after that).
            UnexpectedAnswer: The reply's encoding is broken.
        """
        import httpx  # noqa: PLC0415 - see __init__

        host = urlsplit(post.url).netloc
        timeout = httpx.Timeout(post.seconds, connect=CONNECT_SECONDS)
        try:
            response = self._client.post(post.url, content=post.body, headers=dict(post.headers), timeout=timeout)
        except httpx.InvalidURL as error:
            message = f"{host!r} is no address of a server: {error}"
            raise ConfigurationError(message) from error
        except httpx.ConnectTimeout as error:
            message = f"{host} accepted no connection within {CONNECT_SECONDS:g} seconds"
            raise Unreachable(message) from error
        except httpx.TimeoutException as error:
            message = f"{host} was silent for {post.seconds:g} seconds"
            raise Unreachable(message) from error
        except httpx.DecodingError as error:
            message = f"{host} sent an answer whose compression is broken: {one_line(str(error))}"
            raise UnexpectedAnswer(message) from error
        except httpx.TransportError as error:
            message = f"{host} cannot be reached: {one_line(str(error)) or type(error).__name__}"
            raise Unreachable(message) from error
        return Reply(response.status_code, dict(response.headers), response.content)


def api_address() -> str:
    """Return the API's address: `REPORTGEN_API_URL` where it is set, else the vendor's."""
    return os.environ.get("REPORTGEN_API_URL") or DEFAULT_ADDRESS


def join_address(address: str, path: str) -> str:
    """Return the URL of an endpoint, keeping the path of the address (`/api`) once.

    Raises:
        ConfigurationError: The address is not `http(s)://host[:port][/path]`.
    """
    if not _is_address(address):
        message = f"the API address must look like {DEFAULT_ADDRESS}, without a user name, query or fragment"
        raise ConfigurationError(message)
    return f"{address.rstrip('/')}/{path.lstrip('/')}"


def _is_address(address: str) -> bool:
    try:
        parts = urlsplit(address)
        known = parts.scheme in {"http", "https"} and parts.hostname and parts.port != 0
        (parts.hostname or "").encode("idna")
    except ValueError:  # a port beyond 65535, a broken [IPv6] host, an empty or over-long label
        return False
    return bool(known) and not ("@" in parts.netloc or re.search(r"[\s?#]", address))


def read_json(reply: Reply) -> JsonValue:
    """Return the JSON of a reply.

    Raises:
        AuthenticationFailed: Status 401.
        RequestRefused: Another 4xx, or a redirect.
        ServiceFailed: 5xx, or a 4xx that asks to come back later (408, 425, 429).
        UnexpectedAnswer: 2xx, but no strict JSON.
    """
    if 200 <= reply.status < 300:  # noqa: PLR2004 - the success statuses of HTTP
        return _parsed(reply)
    said = _said(reply)
    if reply.status == _UNAUTHORIZED:
        message = (
            f"the API refused the tokens ({said}). One of three things is wrong: the API token; the customer token; "
            "or the account, whose trial has ended"
        )
        raise AuthenticationFailed(message)
    message = f"the API answered {reply.status}: {said}"
    if reply.status >= 500 or reply.status in _COME_BACK_LATER:  # noqa: PLR2004 - the server errors of HTTP
        raise ServiceFailed(message)
    if reply.status < 400:  # noqa: PLR2004 - the redirects of HTTP
        message = f"the API answered {reply.status}, a redirect to {_target(reply)}; check the address"
    raise RequestRefused(message)


def _target(reply: Reply) -> str:
    """Name the host of a redirect; the rest of its address may hold secrets."""
    try:
        return one_line(urlsplit(reply.headers.get("location", "")).hostname or "another path of the same host")
    except ValueError:
        return "no valid address"


def _parsed(reply: Reply) -> JsonValue:
    media = reply.headers.get("content-type", "").partition(";")[0].strip().lower()
    if not reply.body.strip():
        message = f"the API answered {reply.status} with nothing in it"
        raise UnexpectedAnswer(message)
    if media != "application/json" and not media.endswith("+json"):
        message = f"the API answered with {one_line(media, 60) or 'an unnamed type'} instead of JSON: {_start(reply)}"
        raise UnexpectedAnswer(message)
    try:
        return parse_json(reply.body.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        message = f"the API's answer is not UTF-8: {_start(reply)}"
        raise UnexpectedAnswer(message) from error
    except JsonError as error:
        message = f"the API's answer is not strict JSON ({error}): {_start(reply)}"
        raise UnexpectedAnswer(message) from error


def _said(reply: Reply) -> str:
    """Return what an error reply says, on one short line: its message, or the start of its text."""
    try:
        refusal = read_refusal(parse_json(reply.body.decode("utf-8-sig")))
    except (UnicodeDecodeError, JsonError):
        refusal = None
    return str(refusal) if refusal else _start(reply) or "no message"


def _start(reply: Reply) -> str:
    return one_line(reply.body[:2000].decode("utf-8", "replace"))


@cache
def _tls() -> ssl.SSLContext:
    """Return the one TLS context; reading the certificates takes longer than a request."""
    import httpx  # noqa: PLC0415 - see HttpTransport

    return httpx.create_ssl_context()


def _version() -> str:
    try:
        return version("reportgen-connect")
    except PackageNotFoundError:  # run from a checkout that is not installed
        return "0"
