"""A scripted HTTP server on a real loopback socket, for the tests of the fetcher."""

from __future__ import annotations

import asyncio
import json
import threading
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Iterator

    from pydantic import JsonValue


@dataclass(frozen=True, slots=True)
class Hit:
    """One request that came in: its path, its headers by lower-case name, its JSON body."""

    path: str
    headers: dict[str, str]
    body: dict[str, JsonValue]


Script: TypeAlias = "Callable[[Hit], Awaitable[bytes]]"


@dataclass(slots=True)
class Server:
    """Where the server listens and what has come in, in the order of arrival."""

    address: str
    hits: list[Hit] = field(default_factory=list)


def json_reply(payload: JsonValue, status: str = "200 OK") -> bytes:
    """Return a whole HTTP answer that holds JSON."""
    return raw_reply(json.dumps(payload).encode(), status)


def raw_reply(body: bytes, status: str = "200 OK", media: str = "application/json", more: str = "") -> bytes:
    """Return a whole HTTP answer."""
    head = f"HTTP/1.1 {status}\r\nContent-Type: {media}\r\nContent-Length: {len(body)}\r\nConnection: close\r\n{more}"
    return head.encode() + b"\r\n" + body


@contextmanager
def serving(script: Script) -> Iterator[Server]:
    """Answer every request as a coroutine of the hit says, on a free port; an empty answer hangs up."""
    loop = asyncio.new_event_loop()

    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
        headers = {name.lower(): value for name, _, value in (line.partition(": ") for line in head[1:] if line)}
        hit = Hit(head[0].split(" ")[1], headers, json.loads(await reader.readexactly(int(headers["content-length"]))))
        server.hits.append(hit)
        writer.write(await script(hit))
        await writer.drain()
        writer.close()

    listener = loop.run_until_complete(asyncio.start_server(answer, "127.0.0.1", 0))
    server = Server(f"http://127.0.0.1:{listener.sockets[0].getsockname()[1]}/api")
    thread = threading.Thread(target=loop.run_forever)
    thread.start()
    try:
        yield server
    finally:
        loop.call_soon_threadsafe(loop.stop)
        thread.join()
        for task in asyncio.all_tasks(loop):
            task.cancel()
        listener.close()
        loop.run_until_complete(asyncio.sleep(0))
        loop.close()
