"""Strangers at a server's port: whoever says nothing is let go, and nobody else notices."""

from __future__ import annotations

import socket
import subprocess
import sys
import time
from contextlib import ExitStack, suppress
from typing import TYPE_CHECKING

import psutil
import pytest
from starlette.applications import Starlette
from starlette.responses import PlainTextResponse
from starlette.routing import Route

from reportgen.local_server import serving
from reportgen.local_server.connection_limits import LimitedProtocol

if TYPE_CHECKING:
    from collections.abc import Iterator

    from starlette.requests import Request

WHOLE = b"GET / HTTP/1.1\r\nHost: h\r\n\r\n"
FEW_FILES = """
import resource, sys
from starlette.applications import Starlette
from starlette.responses import PlainTextResponse
from starlette.routing import Route
from reportgen.local_server import serving
async def answer(request):
    return PlainTextResponse("well")
with serving(Starlette(routes=[Route("/", answer)]), 0, "test") as port:
    resource.setrlimit(resource.RLIMIT_NOFILE, (30, 30))
    print(port, flush=True)
    sys.stdin.read()
"""


async def answer(_request: Request) -> PlainTextResponse:
    """Answer at once."""
    return PlainTextResponse("well")


@pytest.fixture
def port() -> Iterator[int]:
    """Run a server."""
    with serving(Starlette(routes=[Route("/", answer)]), 0, "test") as found:
        yield found


def called(port: int, said: bytes = b"") -> socket.socket:
    """Return a connection on which something was said."""
    connection = socket.create_connection(("127.0.0.1", port), 10)
    connection.sendall(said)
    return connection


def is_answered(port: int) -> bool:
    """Tell whether a whole request gets its answer."""
    with called(port, WHOLE) as connection, suppress(ConnectionResetError):
        return connection.recv(1000).startswith(b"HTTP/1.1 200")
    return False


def is_ended(connection: socket.socket) -> bool:
    """Tell whether the other side has ended a connection, which says nothing, or does so within some seconds."""
    try:
        return connection.recv(1000) == b""
    except ConnectionResetError:
        return True


@pytest.mark.parametrize("said", [b"", b"GET / HTTP/1.1\r\nHost:"])
@pytest.mark.parametrize("first", [b"", WHOLE])
def test_the_head_of_a_request_has_to_come_in_time(
    port: int, monkeypatch: pytest.MonkeyPatch, said: bytes, first: bytes
) -> None:
    """Neither silence nor a drip keeps a connection, also after an answer; one that is used is kept."""
    monkeypatch.setattr(LimitedProtocol, "head_seconds", 0.3)
    with called(port, first) as connection:
        if first:
            while not connection.recv(1000).endswith(b"well"):
                pass
        began = time.monotonic()
        connection.sendall(said)
        assert is_ended(connection)
        assert time.monotonic() - began < 3  # well before the five seconds of uvicorn's own limit
    assert is_answered(port)


def test_idle_connections_make_room(port: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """Beyond the limit the one that has waited longest goes, so a request that comes is answered."""
    monkeypatch.setattr(LimitedProtocol, "most", 10)
    with ExitStack() as stack:
        idle = [stack.enter_context(called(port)) for _ in range(60)]
        assert is_answered(port)
        assert all(is_ended(connection) for connection in idle[:50])
        idle[-1].sendall(WHOLE)
        assert idle[-1].recv(1000).startswith(b"HTTP/1.1 200")


def test_no_file_descriptor_is_no_flood() -> None:
    """Callers beyond what the process can open are let go; nothing is logged, nothing spins, and it goes on."""
    command = [sys.executable, "-c", FEW_FILES]
    with (
        subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process,
        ExitStack() as stack,
    ):
        assert process.stdout and process.stderr and process.stdin  # noqa: PT018 - they are pipes
        port = int(process.stdout.readline())
        idle = [stack.enter_context(called(port)) for _ in range(60)]
        assert is_ended(idle[-1])
        before = psutil.Process(process.pid).cpu_times().user
        time.sleep(0.5)
        assert psutil.Process(process.pid).cpu_times().user - before < 0.2
        for connection in idle:
            connection.close()
        until = time.monotonic() + 10  # for the server to see that they have gone
        while not (answered := is_answered(port)) and time.monotonic() < until:
            time.sleep(0.05)
        assert answered
        process.stdin.close()
        assert process.stderr.read() == b""
