"""Pictures that a spec names by address: fetched from the hosts it allows, and from nowhere near this machine.

The address that was checked is the one that is connected to, so a name that changes what it stands
for gains nothing. That takes a socket of our own, which is why this is no part of `transport`.
"""

from __future__ import annotations

import hashlib
import socket
import ssl
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, suppress
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException, HTTPResponse
from threading import Timer
from time import monotonic
from typing import TYPE_CHECKING, TypeAlias
from urllib.parse import SplitResult, quote, urlsplit

from reportgen.connect.foreign_text import one_line
from reportgen.connect.network_addresses import is_public
from reportgen.connect.picture_files import LARGEST_BYTES, read_picture
from reportgen.errors import ConfigurationError, OutputError
from reportgen.files import write_private
from reportgen.queries import Failure

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from reportgen.model import Picture

    Resolve: TypeAlias = Callable[[str], list[str]]
    Dial: TypeAlias = Callable[[str, str], socket.socket]

FETCH_SECONDS = 20.0
"""For all of one picture, however slowly it comes."""

ALL_SECONDS = 60.0
"""For all pictures of a report together: one that starts later is not fetched."""

_AT_ONCE = 6  # as many as a browser asks of one host
_CONNECT_SECONDS = 5.0
_PORT = 443
_TYPES = frozenset({"image/png", "image/jpeg", "image/svg+xml"})
_CHUNK = 65_536


class _RefusedError(Exception):
    """Why there is no picture; never leaves this module."""


def is_remote(name: str) -> bool:
    """Return whether a spec names a picture by an address rather than a path."""
    return "://" in name


def address_problem(url: str, hosts: tuple[str, ...]) -> str:
    """Return why an address may not be fetched, before anything is looked up; empty where it may."""
    try:
        parts = urlsplit(url)
        port = parts.port or _PORT
    except ValueError:
        return "is no address"
    if parts.scheme != "https" or not parts.hostname or port != _PORT or "@" in parts.netloc:
        return "a picture is fetched by https:// from a host alone, without port, user name or password"
    if not any(_allows(host, parts.hostname) for host in hosts):
        allowed = ", ".join(hosts) or "none so far"
        return f"the host {parts.hostname} is not allowed; name it in images: {{hosts: [...]}} (there: {allowed})"
    return ""


def _allows(pattern: str, host: str) -> bool:
    """Tell whether an allowed host is this one; `*.cdninstagram.com` stands for every host in that domain."""
    return host.endswith(pattern[1:]) if pattern.startswith("*.") else host == pattern


def resolve(host: str) -> list[str]:
    """Ask what addresses a host has."""
    found = socket.getaddrinfo(host, _PORT, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(address[0]) for *_, address in found))


def dial(address: str, host: str, port: int = _PORT) -> socket.socket:
    """Connect to an address and make sure that it is the host."""
    plain = socket.create_connection((address, port), _CONNECT_SECONDS)
    try:
        return ssl.create_default_context().wrap_socket(plain, server_hostname=host)
    except BaseException:
        plain.close()
        raise


@dataclass(frozen=True, slots=True)
class RemotePictures:
    """Fetches pictures from the hosts that a spec allows.

    Redirects are not followed, no proxy of the environment is used, and nothing is sent but the request.

    Attributes:
        hosts: Names in small letters; `*.` in front means every host in that domain.
        kept: Folder in which fetched bytes are kept, and looked for first; None keeps nothing.
        offline: Whether only what is kept may be used.
        seconds: For all of one picture.
        resolve: Asks for the addresses of a host.
        dial: Connects to an address, as a host.
    """

    hosts: tuple[str, ...]
    kept: Path | None = None
    offline: bool = False
    seconds: float = FETCH_SECONDS
    resolve: Resolve = resolve
    dial: Dial = dial

    def fetch(self, url: str) -> Picture | Failure:
        """Return a picture, or why there is none; the address in the reason has no query, which may hold a token."""
        name = url.partition("?")[0].partition("#")[0]
        try:
            return read_picture(self._content(url), name)
        except (ConfigurationError, OutputError) as error:
            return Failure("failed", str(error))
        except (_RefusedError, HTTPException, OSError, ValueError) as error:
            return Failure("failed", f"{name}: {one_line(str(error)) or type(error).__name__}")

    def fetch_all(self, urls: Sequence[str]) -> dict[str, Picture | Failure]:
        """Fetch some pictures, a few at a time and within `ALL_SECONDS` altogether."""
        end = monotonic() + ALL_SECONDS

        def fetch(url: str) -> Picture | Failure:
            name = url.partition("?")[0]
            late = Failure("failed", f"{name}: no time was left after {ALL_SECONDS:g} seconds of fetching pictures")
            return self.fetch(url) if monotonic() < end else late

        if not urls:
            return {}
        with ThreadPoolExecutor(_AT_ONCE) as pool:
            return dict(zip(urls, pool.map(fetch, urls), strict=True))

    def _content(self, url: str) -> bytes:
        if problem := address_problem(url, self.hosts):
            raise _RefusedError(problem)
        path = self.kept / hashlib.sha256(url.encode()).hexdigest() if self.kept else None
        if path and path.is_file():
            return path.read_bytes()
        if self.offline:
            message = "is not among what was recorded, and nothing is fetched beside recorded answers"
            raise _RefusedError(message)
        content = self._fetched(urlsplit(url))
        if path:
            write_private(path, content)
        return content

    def _fetched(self, url: SplitResult) -> bytes:
        host = url.hostname or ""
        addresses = self.resolve(host)
        near = [address for address in addresses if not is_public(address)]
        if near or not addresses:
            message = f"{host} stands for {', '.join(near) or 'no address'}, which is not on the internet"
            raise _RefusedError(message)
        target = quote(url.path or "/", safe="/%:=&,;+$!*'()~@") + (f"?{url.query}" if url.query else "")
        late: list[bool] = []
        with closing(self.dial(addresses[0], host)) as stream:

            def end() -> None:
                late.append(True)
                with suppress(OSError):  # the host hung up itself
                    stream.shutdown(socket.SHUT_RDWR)  # wakes whatever waits for the next byte

            timer = Timer(self.seconds, end)
            timer.daemon = True
            timer.start()
            content = b""
            try:
                content = _received(stream, host, target)
            except (HTTPException, OSError):
                if not late:
                    raise
            finally:
                timer.cancel()
        if late:  # also where the end was taken for the picture's
            message = f"did not come within {self.seconds:g} seconds"
            raise _RefusedError(message)
        return content


def _received(stream: socket.socket, host: str, target: str) -> bytes:
    connection = HTTPConnection(host)
    connection.sock = stream
    connection.request(
        "GET",
        target,
        headers={"Accept": ", ".join(sorted(_TYPES)), "Accept-Encoding": "identity", "Connection": "close"},
    )
    reply = connection.getresponse()
    media = reply.headers.get_content_type()
    if reply.status != 200:  # noqa: PLR2004 - OK of HTTP
        message = f"the host answered {reply.status}; redirects are not followed"
        raise _RefusedError(message)
    if media not in _TYPES or reply.headers.get("Content-Encoding", "identity") != "identity":
        message = f"the host sent {one_line(media, 60)} instead of a PNG, JPEG or SVG picture"
        raise _RefusedError(message)
    return _body(reply)


def _body(reply: HTTPResponse) -> bytes:
    content = b""
    while chunk := reply.read(_CHUNK):
        content += chunk
        if len(content) > LARGEST_BYTES:
            message = f"is larger than {LARGEST_BYTES // 1_000_000} MB"
            raise _RefusedError(message)
    if reply.length:
        message = "ended early"
        raise _RefusedError(message)
    return content
