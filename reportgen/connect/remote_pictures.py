"""Pictures that a spec names by address: fetched from the hosts it allows, and from nowhere near this machine.

The connection goes to the same address that was checked, so a host name that is looked up to another address
in between gains nothing.
"""

from __future__ import annotations

import asyncio
import hashlib
import socket
from dataclasses import dataclass
from time import monotonic
from typing import TYPE_CHECKING, TypeAlias
from urllib.parse import urlsplit

from reportgen.connect.cleaned_text import one_line
from reportgen.connect.event_loop import run
from reportgen.connect.network_addresses import is_public
from reportgen.connect.picture_addresses import HTTPS_PORT, address_problem
from reportgen.connect.picture_files import LARGEST_BYTES, read_picture
from reportgen.connect.rasters import READ_KINDS
from reportgen.connect.transport import Call, UnsharedTransport
from reportgen.errors import ConfigurationError, ConnectError, OutputError
from reportgen.files import write_private
from reportgen.logs import log_request
from reportgen.queries import Failure

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path
    from urllib.parse import SplitResult

    from reportgen.connect.transport import Reply, Transport
    from reportgen.model import Picture

    Resolve: TypeAlias = Callable[[str], list[str]]

FETCH_SECONDS = 20.0
"""For the whole of a picture, however slowly it comes."""

ALL_SECONDS = 60.0
"""For all pictures of a report together: a picture that starts later is not fetched."""

TRANSPORT = UnsharedTransport(LARGEST_BYTES)
"""For an address that was checked."""

_AT_ONCE = 6  # as many as a browser asks of one host
_TYPES = frozenset({"image/png", "image/jpeg", "image/svg+xml", "image/webp", "image/gif"})


class _RefusedError(Exception):
    """The reason why there is no picture; never leaves this module."""


def resolve(host: str) -> list[str]:
    """Return the addresses of a host."""
    found = socket.getaddrinfo(host, HTTPS_PORT, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(address[0]) for *_, address in found))


@dataclass(frozen=True, slots=True)
class RemotePictures:
    """The pictures of the hosts that a spec allows.

    Redirects are not followed, no proxy of the environment is used, and nothing is sent but the request.

    Attributes:
        hosts: Names in small letters; `*.` in front means every host in that domain.
        folder: Folder in which fetched pictures are stored, and looked for first; None stores nothing.
        offline: Whether only stored pictures may be used.
        seconds: For the whole of a picture.
        resolve: Looks up the addresses of a host.
        transport: Carries the calls.
    """

    hosts: tuple[str, ...]
    folder: Path | None = None
    offline: bool = False
    seconds: float = FETCH_SECONDS
    resolve: Resolve = resolve
    transport: Transport = TRANSPORT

    def fetch(self, url: str) -> Picture | Failure:
        """Return a picture, or the reason why there is none, whose address has no query, which may hold a token."""
        return self.fetch_all([url])[url]

    def fetch_all(self, urls: Sequence[str]) -> dict[str, Picture | Failure]:
        """Return pictures by address, fetched a few at a time and within `ALL_SECONDS` altogether."""
        return run(self._fetch_all(urls)) if urls else {}

    async def _fetch_all(self, urls: Sequence[str]) -> dict[str, Picture | Failure]:
        end = monotonic() + ALL_SECONDS
        places = asyncio.Semaphore(_AT_ONCE)

        async def fetch(url: str) -> Picture | Failure:
            late = Failure(
                "failed", f"{_name(url)}: no time was left after {ALL_SECONDS:g} seconds of fetching pictures"
            )
            async with places:
                return await self._fetch(url) if monotonic() < end else late

        return dict(zip(urls, await asyncio.gather(*map(fetch, urls)), strict=True))

    async def _fetch(self, url: str) -> Picture | Failure:
        try:
            content = await self._content(url)
            return await asyncio.to_thread(read_picture, content, _name(url))  # takes its time for a large picture
        except (ConfigurationError, OutputError) as error:
            return Failure("failed", str(error))
        except (_RefusedError, ConnectError, OSError, ValueError) as error:
            return Failure("failed", f"{_name(url)}: {one_line(str(error)) or type(error).__name__}")

    async def _content(self, url: str) -> bytes:
        if problem := address_problem(url, self.hosts):
            raise _RefusedError(problem)
        path = self.folder / hashlib.sha256(url.encode()).hexdigest() if self.folder else None
        if path and path.is_file():
            return path.read_bytes()
        if self.offline:
            raise _RefusedError("is not among what was recorded, and nothing is fetched beside recorded answers")
        content = await self._fetched(urlsplit(url))
        if path:
            write_private(path, content)
        return content

    async def _fetched(self, url: SplitResult) -> bytes:
        host = (url.hostname or "").encode("idna").decode()
        addresses = await asyncio.to_thread(self.resolve, host)
        near = [address for address in addresses if not is_public(address)]
        if near or not addresses:
            raise _RefusedError(f"{host} stands for {', '.join(near) or 'no address'}, which is not on the internet")
        address = f"[{addresses[0]}]" if ":" in addresses[0] else addresses[0]
        pinned = url._replace(netloc=address, fragment="").geturl()
        accepted = {"Accept": ", ".join(sorted(_TYPES))}
        started = monotonic()
        reply = await self.transport.send(Call("GET", pinned, accepted, seconds=self.seconds, host=host))
        log_request("GET", f"picture of {host}", reply.status, monotonic() - started)
        return _picture_bytes(reply)


def _name(url: str) -> str:
    """Return an address without its query and fragment, which may hold a token."""
    return url.partition("?")[0].partition("#")[0]


def _picture_bytes(reply: Reply) -> bytes:
    media = reply.headers.get("content-type", "").partition(";")[0].strip().lower()
    if reply.status != 200:  # noqa: PLR2004 - OK of HTTP
        raise _RefusedError(f"the host answered {reply.status}; redirects are not followed")
    if media not in _TYPES:
        raise _RefusedError(f"the host sent {one_line(media, 60) or 'no media type'} instead of a {READ_KINDS} picture")
    return reply.body
