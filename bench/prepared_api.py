"""The metrics API with answers that cost nothing: `python -m bench.prepared_api serve|record FILE`.

Its requests are known beforehand, since a report of a given day always asks the same: `record` answers them from a
sandbox and writes each answer to the file, by the request's method, path and body; `serve` answers from the file.
What is not in it is refused with 404, and named at the end. Each is a process of its own on 127.0.0.1, which prints
its port, and ends with its input.
"""

from __future__ import annotations

import asyncio
import json
import re
import subprocess
import sys
from contextlib import contextmanager
from http import HTTPStatus
from pathlib import Path
from typing import TYPE_CHECKING, Literal
from urllib.request import Request, urlopen

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

HOST = "127.0.0.1"
_LENGTH = re.compile(rb"\r\ncontent-length: *(\d+)", re.IGNORECASE)


class Unprepared(SystemExit):
    """An API was asked for what was not recorded."""


class PreparedApi(asyncio.Protocol):
    """A connection to the API: each request is looked up whole, without a look at its headers.

    Args:
        answers: Whole replies, by method, path, a line's end and the body of their requests.
        missing: Returns the reply to any other request.
    """

    def __init__(self, answers: dict[bytes, bytes], missing: Callable[[bytes], bytes]) -> None:
        """Wait for a connection."""
        self._answers, self._missing = answers, missing
        self._received = bytearray()
        self._transport: asyncio.Transport | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Keep where replies go."""
        assert isinstance(transport, asyncio.Transport)  # noqa: S101 - that of a socket
        self._transport = transport

    def data_received(self, data: bytes) -> None:
        """Reply to each request that is there whole."""
        self._received += data
        while request := self._next():
            assert self._transport  # noqa: S101 - set with the connection
            self._transport.write(self._answers.get(request) or self._missing(request))

    def _next(self) -> bytes:
        """Return the method, the path and the body of the next request, and forget it; empty where it is not whole."""
        received = self._received
        head = received.find(b"\r\n\r\n")
        if head < 0:
            return b""
        length = _LENGTH.search(received, 0, head)
        end = head + 4 + (int(length[1]) if length else 0)
        if len(received) < end:
            return b""
        request = bytes(received[: received.find(b" HTTP/")] + b"\n" + received[head + 4 : end])
        del received[:end]
        return request


def reply(body: bytes, status: HTTPStatus = HTTPStatus.OK) -> bytes:
    """Return a whole reply of JSON; its connection stays open."""
    head = f"HTTP/1.1 {status} {status.phrase}\r\nContent-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n"
    return head.encode() + body


def serve(file: Path) -> None:
    """Answer what is in a file until the input ends, and print what else was asked for."""
    answers = {asked.encode(): reply(body.encode()) for asked, body in json.loads(file.read_text("utf-8")).items()}
    missed: dict[str, None] = {}

    def refuse(request: bytes) -> bytes:
        missed[request.decode()[:200]] = None
        return reply(b'{"message": "not recorded"}', HTTPStatus.NOT_FOUND)

    asyncio.run(_listen(answers, refuse))
    print(json.dumps([*missed]))


def record(file: Path) -> None:
    """Answer from a sandbox until the input ends, and write each answer to a file."""
    from reportgen.sandbox.sandbox_server import running_sandbox

    answers: dict[bytes, bytes] = {}
    bodies: dict[str, str] = {}
    with running_sandbox(calm=True) as sandbox:
        headers = {
            "Authorization": f"Bearer {sandbox.token}",
            "X-Customer-Token": sandbox.customer_token,
            "Content-Type": "application/json",
        }

        def ask(request: bytes) -> bytes:
            line, _, body = request.partition(b"\n")
            method, path = line.decode().split(" ", 1)
            url = sandbox.url.removesuffix("/api") + path
            asked = Request(url, body or None, headers, method=method)  # noqa: S310 - our own address
            with urlopen(asked) as answer:  # noqa: S310 - our own address
                content: bytes = answer.read()
            bodies[request.decode()] = content.decode()
            answers[request] = reply(content)
            return answers[request]

        asyncio.run(_listen(answers, ask))
    file.write_text(json.dumps(bodies), "utf-8")
    print("[]")


async def _listen(answers: dict[bytes, bytes], missing: Callable[[bytes], bytes]) -> None:
    """Accept connections on a free port, which is printed, until the input ends."""
    loop, ended = asyncio.get_running_loop(), asyncio.Event()
    server = await loop.create_server(lambda: PreparedApi(answers, missing), HOST, 0)
    loop.add_reader(sys.stdin, ended.set)
    print(server.sockets[0].getsockname()[1], flush=True)
    await ended.wait()
    server.close()


@contextmanager
def running_api(mode: Literal["serve", "record"], file: Path) -> Iterator[tuple[str, int]]:
    """Run the API in a process of its own for the time of a `with` block.

    Yields:
        Its address, and the number of its process.

    Raises:
        Unprepared: It was asked for what is not in its file; the request is named.
    """
    command = [sys.executable, "-m", "bench.prepared_api", mode, str(file)]
    process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    assert process.stdout  # noqa: S101 - a pipe
    try:
        yield f"http://{HOST}:{int(process.stdout.readline())}/api", process.pid
    finally:
        said, _ = process.communicate()
        if missed := json.loads(said or "[]"):
            raise Unprepared(f"the prepared API was asked for what was not recorded: {missed[0]!r}")


if __name__ == "__main__":
    {"serve": serve, "record": record}[sys.argv[1]](Path(sys.argv[2]))
