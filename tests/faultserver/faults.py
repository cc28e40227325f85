"""What a server can do to a client that asked: an answer, or one of the ways to fail."""

from __future__ import annotations

import asyncio
import json
import socket
import struct
import zlib
from dataclasses import dataclass
from http import HTTPStatus
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from pydantic import JsonValue

_MEGABYTE = 1 << 20
JSON = "application/json"


@dataclass(frozen=True, slots=True)
class Line:
    """An open connection, as a fault sees it."""

    reader: asyncio.StreamReader
    writer: asyncio.StreamWriter

    async def write(self, piece: bytes) -> None:
        """Send a piece, as fast as the client reads.

        Raises:
            ConnectionError: the client has gone.
        """
        self.writer.write(piece)
        await self.writer.drain()
        await asyncio.sleep(0)  # drain alone never lets another connection run while the buffer has room

    async def write_chunks(self, head: bytes, pieces: Iterable[bytes]) -> None:
        """Send a body in HTTP chunks, made while it is sent."""
        await self.write(head)
        for piece in pieces:
            await self.write(b"%x\r\n%b\r\n" % (len(piece), piece))
        await self.write(b"0\r\n\r\n")


class Fault(Protocol):
    """What is done with one request."""

    async def send(self, line: Line) -> bool:
        """Do it; return whether the connection is kept for the next request."""


def head_of(status: int, headers: Iterable[tuple[str, str]]) -> bytes:
    """Return a status line and headers with the empty line after them."""
    phrase = HTTPStatus(status).phrase if status in set(HTTPStatus) else "Unknown"
    lines = [f"HTTP/1.1 {status} {phrase}", *(f"{name}: {value}" for name, value in headers)]
    return "\r\n".join([*lines, "", ""]).encode("latin-1")


@dataclass(frozen=True, slots=True)
class Reply:
    """A whole answer with its length; the connection stays open for the next request."""

    body: bytes
    status: int = 200
    media: str = JSON
    headers: tuple[tuple[str, str], ...] = ()

    @property
    def head(self) -> bytes:
        """Return what stands before the body; an answer without a media type has an empty one."""
        media = [("Content-Type", self.media)] if self.media else []
        return head_of(self.status, [*media, ("Content-Length", str(len(self.body))), *self.headers])

    async def send(self, line: Line) -> bool:
        """Send head and body."""
        await line.write(self.head + self.body)
        return True


def raw_reply(body: bytes, status: int = 200, media: str = JSON, headers: Mapping[str, str] | None = None) -> Reply:
    """Return a whole answer of any bytes."""
    return Reply(body, status, media, tuple((headers or {}).items()))


def json_reply(payload: JsonValue, status: int = 200, headers: Mapping[str, str] | None = None) -> Reply:
    """Return a whole answer that holds JSON."""
    return raw_reply(json.dumps(payload).encode(), status, JSON, headers)


def redirect(location: str, status: int = 307) -> Reply:
    """Return an answer that points elsewhere."""
    return raw_reply(b"", status, "", {"Location": location})


def too_many(retry_after: str | None = None, headers: Mapping[str, str] | None = None) -> Reply:
    """Return a 429; `retry_after` is sent as it stands: seconds, a date or nonsense."""
    wait = {} if retry_after is None else {"Retry-After": retry_after}
    return json_reply({"message": "Too Many Requests"}, 429, {**wait, **(headers or {})})


def header_bomb(count: int = 1000, size: int = 200) -> Reply:
    """Return a good answer under `count` cookies of `size` bytes each."""
    return Reply(b"{}", headers=tuple(("Set-Cookie", f"c{index}={'x' * size}") for index in range(count)))


@dataclass(frozen=True, slots=True)
class Hang:
    """Take the request and say nothing until the client has gone or the server ends."""

    async def send(self, line: Line) -> bool:
        """Read on, and answer nothing."""
        while await line.reader.read(_MEGABYTE):
            pass
        return False


@dataclass(frozen=True, slots=True)
class HangUp:
    """Take the request and close the connection without a word: on a kept one, it was stale."""

    async def send(self, line: Line) -> bool:  # noqa: ARG002 - every fault is sent onto a line
        """Leave it to the server to close."""
        return False


@dataclass(frozen=True, slots=True)
class Reset:
    """Reset the connection (RST), before or after the headers of an answer."""

    after_headers: bool = False

    async def send(self, line: Line) -> bool:
        """Close with a linger of zero seconds, which the kernel does with a RST."""
        if self.after_headers:
            await line.write(Reply(b"x" * 100).head)
        line.writer.get_extra_info("socket").setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        line.writer.transport.abort()
        return False


@dataclass(frozen=True, slots=True)
class Drip:
    """Send an answer a few bytes at a time: its body, or its head too.

    Attributes:
        body: The whole body.
        every_seconds: The pause before each piece.
        size: Bytes in a piece.
        head_too: Whether the head drips as well.
    """

    body: bytes
    every_seconds: float
    size: int = 1
    head_too: bool = False

    async def send(self, line: Line) -> bool:
        """Send piece after piece."""
        head = Reply(self.body).head
        if not self.head_too:
            await line.write(head)
        dripped = head + self.body if self.head_too else self.body
        for start in range(0, len(dripped), self.size):
            await asyncio.sleep(self.every_seconds)
            await line.write(dripped[start : start + self.size])
        return True


@dataclass(frozen=True, slots=True)
class CutBody:
    """Announce a whole body, send its first `after` bytes and close."""

    body: bytes
    after: int

    async def send(self, line: Line) -> bool:
        """Send the start."""
        await line.write(Reply(self.body).head + self.body[: self.after])
        return False


@dataclass(frozen=True, slots=True)
class Endless:
    """Send the same chunk until the client has gone or the server ends."""

    chunk: bytes = b" " * 65536

    async def send(self, line: Line) -> bool:
        """Send for ever."""
        head = head_of(200, [("Content-Type", JSON), ("Transfer-Encoding", "chunked")])
        await line.write_chunks(head, iter(lambda: self.chunk, b""))
        return False


@dataclass(frozen=True, slots=True)
class GzipBomb:
    """Send `size` bytes of blanks, packed about a thousand to one; nowhere held whole."""

    size: int

    async def send(self, line: Line) -> bool:
        """Pack and send a megabyte at a time."""
        more = [("Content-Type", JSON), ("Content-Encoding", "gzip"), ("Transfer-Encoding", "chunked")]
        await line.write_chunks(head_of(200, more), self._packed())
        return True

    def _packed(self) -> Iterator[bytes]:
        packer = zlib.compressobj(wbits=zlib.MAX_WBITS | 16)  # 16: the gzip format
        blanks = b" " * _MEGABYTE
        for start in range(0, self.size, _MEGABYTE):
            if piece := packer.compress(blanks[: self.size - start]):
                yield piece  # an empty chunk would end the body
        yield packer.flush()


@dataclass(frozen=True, slots=True)
class Delay:
    """Wait before another fault."""

    seconds: float
    then: Fault

    async def send(self, line: Line) -> bool:
        """Wait and do the other."""
        await asyncio.sleep(self.seconds)
        return await self.then.send(line)
