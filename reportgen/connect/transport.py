"""HTTP calls and replies: value objects, their transport, and the only import of httpx."""

from __future__ import annotations

import asyncio
import json
import ssl
import zlib
from dataclasses import dataclass, field
from functools import cache
from http.cookiejar import CookieJar, DefaultCookiePolicy
from typing import TYPE_CHECKING, Literal, NoReturn, Protocol, Self, TypeAlias
from urllib.parse import urlsplit

from reportgen.connect.cleaned_text import one_line
from reportgen.connect.unlogged_calls import unlogged
from reportgen.errors import (
    ConfigurationError,
    ConnectError,
    Disconnected,
    TimedOut,
    UnexpectedAnswer,
    Unreachable,
    Untrusted,
)
from reportgen.resources import program_version

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Mapping

    import httpx
    from pydantic import JsonValue

CONNECT_SECONDS = 5.0
ANSWER_SECONDS = 100.0
LARGEST_BODY = 50_000_000
_LOOPBACK = ("localhost", "127.0.0.1", "[::1]")
_Method: TypeAlias = Literal["GET", "POST"]


@dataclass(frozen=True, slots=True)
class Call:
    """An HTTP request to send. Its headers hold tokens, so they are not part of its text.

    Attributes:
        method: HTTP method.
        url: Address.
        headers: Name -> value.
        body: Content; empty for a GET.
        seconds: For the whole exchange, from connecting to the last byte of the answer.
        host: Name of the host, where the URL has a checked address in its place: it is sent as `Host`, and the
            certificate has to be valid for it.
    """

    method: _Method
    url: str
    headers: Mapping[str, str] = field(repr=False)
    body: bytes = field(default=b"", repr=False)
    seconds: float = ANSWER_SECONDS
    host: str = ""

    @classmethod
    def for_json(
        cls,
        method: _Method,
        url: str,
        headers: Mapping[str, str],
        body: JsonValue = None,
        seconds: float = ANSWER_SECONDS,
    ) -> Call:
        """Return a call that asks for JSON; without `Accept` the API may answer in HTML."""
        if method == "GET":
            return cls("GET", url, {"Accept": "application/json", **headers}, seconds=seconds)
        media = {"Accept": "application/json", "Content-Type": "application/json"}
        return cls("POST", url, {**media, **headers}, json.dumps(body, allow_nan=False).encode(), seconds)


@dataclass(frozen=True, slots=True)
class Reply:
    """The reply of a server.

    Attributes:
        status: HTTP status.
        headers: Lower-case name -> value.
        body: Decoded from its transfer and content encoding.
    """

    status: int
    headers: Mapping[str, str] = field(repr=False)
    body: bytes = field(repr=False)


class Transport(Protocol):
    """A transport of calls, several at once."""

    async def send(self, call: Call) -> Reply:
        """Return the reply to a call, whatever its status.

        Raises:
            ConnectError: There is no usable reply.
        """
        ...


class HttpTransport:
    """HTTP over sockets: certificates verified, redirects not followed (they would carry the tokens away).

    No cookie is stored. The proxies of the environment are used, except for this machine itself. Belongs
    to the event loop it is used in; `async with` closes its connections.
    """

    def __init__(
        self,
        inner: httpx.AsyncBaseTransport | None = None,
        largest: int = LARGEST_BODY,
        connect_seconds: float = CONNECT_SECONDS,
        *,
        proxies: bool = True,
    ) -> None:
        """Open a pool of connections.

        Args:
            inner: Replacement of the sockets.
            largest: Most bytes of an answer, once it is unpacked.
            connect_seconds: How long a server may take to accept a connection.
            proxies: Whether those of the environment are used.
        """
        import httpx  # heavy, and needed only where something is sent

        self._largest = largest
        self._connect_seconds = connect_seconds
        try:
            self._client = httpx.AsyncClient(
                transport=inner,
                verify=_tls(),
                trust_env=proxies,
                follow_redirects=False,
                cookies=CookieJar(DefaultCookiePolicy(allowed_domains=[])),
                headers={"User-Agent": f"reportgen/{program_version()}", "Accept-Encoding": "gzip"},
                mounts={f"all://{host}": None for host in _LOOPBACK} if inner is None else None,
            )
        except httpx.InvalidURL:  # its text may hold a part of the password
            raise ConfigurationError(
                "HTTPS_PROXY or ALL_PROXY of the environment is no address; write a password in it as %XX"
            ) from None
        except (ValueError, ImportError, OSError) as error:
            raise ConfigurationError(
                f"HTTPS_PROXY, ALL_PROXY or SSL_CERT_FILE of the environment cannot be used: {one_line(str(error))}"
            ) from error

    async def __aenter__(self) -> Self:
        """Return the transport itself."""
        return self

    async def __aexit__(self, *_error: object) -> None:
        """Close every connection."""
        await self._client.aclose()

    async def send(self, call: Call) -> Reply:
        """Return the reply to a call, whatever its status.

        The call's seconds hold for the whole exchange: a server that drips a byte at a time gets no more.

        Raises:
            ConfigurationError: The address is malformed.
            Unreachable: The connection was refused, or not accepted in time.
            Disconnected: The connection was cut before the whole answer had come.
            TimedOut: The whole answer did not come within the call's seconds.
            Untrusted: The server's certificate is not valid.
            UnexpectedAnswer: The answer is too large, or its compression is broken.
        """
        import httpx

        host = call.host or urlsplit(call.url).netloc.rpartition("@")[2]  # without a password
        try:
            with unlogged():
                async with asyncio.timeout(call.seconds):
                    return await self._exchange(call)
        except TimeoutError as error:
            raise TimedOut(f"{host} did not answer completely within {call.seconds:g} seconds") from _without_frames(
                error
            )
        except (httpx.HTTPError, httpx.InvalidURL, ssl.SSLError, zlib.error) as error:
            _raise_ours(host, error)

    async def _exchange(self, call: Call) -> Reply:
        import httpx

        timeout = httpx.Timeout(None, connect=self._connect_seconds)  # the rest is under the call's own time limit
        named = {"Host": call.host} if call.host else {}
        async with self._client.stream(
            call.method,
            call.url,
            content=call.body,
            headers={**call.headers, **named},
            timeout=timeout,
            extensions={"sni_hostname": call.host} if call.host else None,
        ) as response:
            encoding = response.headers.get("content-encoding", "identity").strip().lower()
            body = await _read(response.aiter_raw(), encoding, self._largest)
            return Reply(response.status_code, dict(response.headers), body)


@dataclass(frozen=True, slots=True)
class UnsharedTransport:
    """HTTP over a new connection for each call, without the proxies of the environment.

    A connection kept for an address would be used for another host that has the same address, whose
    certificate was never seen.

    Attributes:
        largest: Most bytes of an answer, once it is unpacked.
        inner: What stands in for the sockets.
    """

    largest: int = LARGEST_BODY
    inner: httpx.AsyncBaseTransport | None = None

    async def send(self, call: Call) -> Reply:
        """Send a call and wait for its reply; see `HttpTransport.send`."""
        async with HttpTransport(self.inner, self.largest, proxies=False) as transport:
            return await transport.send(call)


async def _read(chunks: AsyncIterator[bytes], encoding: str, largest: int) -> bytes:
    """Return a body read as a stream, which stops where it grows too large: a small packed body may be huge."""
    if encoding not in {"identity", "gzip", ""}:
        raise UnexpectedAnswer(f"the answer is packed as {one_line(encoding, 40)}, which was not asked for")
    unpacker = zlib.decompressobj(zlib.MAX_WBITS | 16) if encoding == "gzip" else None
    body = bytearray()
    async for chunk in chunks:
        body += unpacker.decompress(chunk, largest + 1 - len(body)) if unpacker else chunk
        if len(body) > largest:
            raise UnexpectedAnswer(f"the answer is larger than {largest // 1_000_000} MB")
    if unpacker and not unpacker.eof:
        raise UnexpectedAnswer("the answer's compression is broken: it ends too early")
    return bytes(body)


def _raise_ours(host: str, error: Exception) -> NoReturn:
    """Raise our error for an error of httpx."""
    import httpx

    text = one_line(str(error)) or type(error).__name__
    cause = _without_frames(error)
    kind: type[ConfigurationError | ConnectError] = Unreachable
    message = f"{host} cannot be reached: {text}"
    if isinstance(error, httpx.InvalidURL):
        kind, message = ConfigurationError, f"{host!r} is no address of a server: {text}"
    elif isinstance(error, httpx.ConnectTimeout):  # also in the middle of a handshake, which ssl calls an error
        message = f"{host} accepted no connection in time"
    elif _is_about_the_certificate(error):
        kind = Untrusted
        message = f"{host} did not show a valid certificate ({text}); nothing was sent. Check the address and the clock"
    elif isinstance(error, zlib.error):
        kind, message = UnexpectedAnswer, f"{host} sent an answer whose compression is broken: {text}"
    elif isinstance(error, httpx.NetworkError | httpx.RemoteProtocolError) and not isinstance(
        error, httpx.ConnectError
    ):
        kind, message = Disconnected, f"{host} cut the connection: {text}"
    raise kind(message) from cause


def _is_about_the_certificate(error: BaseException | None) -> bool:
    while error is not None:
        if isinstance(error, ssl.SSLError):
            return True
        error = error.__cause__ or error.__context__
    return False


def _without_frames(error: BaseException) -> BaseException:
    """Return an error and its causes without their frames: those of httpx hold the headers, and so the tokens."""
    cause: BaseException | None = error
    while cause is not None:
        cause.__traceback__ = None
        cause = cause.__cause__ or cause.__context__
    return error


@cache
def _tls() -> ssl.SSLContext:
    """Return the shared TLS context; reading the certificates takes longer than a request."""
    import httpx

    return httpx.create_ssl_context()
