"""The server: its thread, its loop, its connections, and its end."""

from __future__ import annotations

import asyncio
import threading
from collections import Counter
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from typing import TYPE_CHECKING

from tests.faultserver.faults import Line
from tests.faultserver.hits import Hit, Request, read_request
from tests.faultserver.scripts import Script, decide

if TYPE_CHECKING:
    from collections.abc import Iterator

_END_SECONDS = 10  # an end that takes longer is a script that blocks the loop


@dataclass(slots=True)
class FaultServer:
    """Where the server listens and what has come in.

    Attributes:
        address: Of the API, with /api.
        hits: In the order of arrival.
    """

    address: str
    hits: list[Hit] = field(default_factory=list)
    _door: _Door | None = field(default=None, repr=False)

    @contextmanager
    def outage(self) -> Iterator[None]:
        """Cut every connection and refuse new ones for the time of a `with` block."""
        assert self._door is not None, "serving"
        self._door.shut()
        try:
            yield
        finally:
            self._door.open()


class _Connections:
    """The open connections, what they counted, and what went wrong in them."""

    def __init__(self, script: Script, hits: list[Hit], replies_each: int | None) -> None:
        self.failures: list[Exception] = []
        self._script, self._hits, self._replies_each = script, hits, replies_each
        self._numbers: Counter[tuple[str, str, str]] = Counter()
        self._lines: list[Line] = []
        self._tasks: list[asyncio.Task[None]] = []  # the loop itself holds them weakly

    def accept(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Serve one connection in a task of its own: asyncio's logs an error when it is cancelled."""
        line = Line(reader, writer)
        self._lines.append(line)
        self._tasks.append(asyncio.create_task(self._serve(line, len(self._lines))))

    async def _serve(self, line: Line, connection: int) -> None:
        try:
            await self._converse(line, connection)
        except Exception as error:  # noqa: BLE001 - whatever it is, it is the test's to fail with
            self.failures.append(error)
        finally:
            line.writer.close()

    async def _converse(self, line: Line, connection: int) -> None:
        replies = 0
        while replies != self._replies_each and (request := await read_request(line.reader)):
            hit = self._count(request, connection)
            fault = await decide(self._script, hit)
            try:
                if not await fault.send(line):
                    return
            except ConnectionError:  # the client has gone
                return
            replies += 1

    def _count(self, request: Request, connection: int) -> Hit:
        key = (request.token, request.customer_token, request.path)
        self._numbers[key] += 1
        hit = Hit(**asdict(request), number=self._numbers[key], connection=connection)
        self._hits.append(hit)
        return hit

    def cut(self) -> None:
        """Abort every connection."""
        for line in self._lines:
            line.writer.transport.abort()

    async def end(self) -> None:
        """Abort what is open and wait until every conversation is over."""
        while open_tasks := asyncio.all_tasks() - {asyncio.current_task()}:  # also those that just accept
            for task in open_tasks:
                task.cancel()
            await asyncio.wait(open_tasks)
        self.cut()
        await asyncio.sleep(0)  # the sockets are closed in the loop's next round


def _accepts() -> bool:
    return any("_accept_connection" in repr(task.get_coro()) for task in asyncio.all_tasks())


class _Door:
    """The listening socket, which may be shut and opened again on the same port."""

    def __init__(self, loop: asyncio.AbstractEventLoop, connections: _Connections) -> None:
        self._loop, self._connections = loop, connections
        self._listener = loop.run_until_complete(self._listen(0))
        self.port: int = self._listener.sockets[0].getsockname()[1]

    async def _listen(self, port: int) -> asyncio.Server:
        return await asyncio.start_server(self._connections.accept, "127.0.0.1", port)

    def open(self) -> None:
        """Listen again."""
        self._listener = asyncio.run_coroutine_threadsafe(self._listen(self.port), self._loop).result(_END_SECONDS)

    def shut(self) -> None:
        """Listen no more and cut what is open."""
        asyncio.run_coroutine_threadsafe(self._shut(), self._loop).result(_END_SECONDS)

    async def _shut(self) -> None:
        # asyncio leaves the socket of a connection open that it accepts while its server is closed.
        while _accepts():  # noqa: ASYNC110 - asyncio has no event for it
            await asyncio.sleep(0)
        self._listener.close()
        self._connections.cut()


@contextmanager
def serving(script: Script, *, replies_each: int | None = None) -> Iterator[FaultServer]:
    """Answer every request as the script says, on a free port of this machine.

    Args:
        script: Is called on the server's own thread, for one request at a time.
        replies_each: Close a connection after so many answers, without announcing it; None keeps it.

    Raises:
        ExceptionGroup: at the end, for what was raised inside the script or a fault.
    """
    loop = asyncio.new_event_loop()
    hits: list[Hit] = []
    connections = _Connections(script, hits, replies_each)
    door = _Door(loop, connections)
    thread = threading.Thread(target=loop.run_forever, name="fault server", daemon=True)
    thread.start()
    try:
        yield FaultServer(f"http://127.0.0.1:{door.port}/api", hits, door)
    finally:
        door.shut()
        asyncio.run_coroutine_threadsafe(connections.end(), loop).result(_END_SECONDS)
        loop.call_soon_threadsafe(loop.stop)
        thread.join(_END_SECONDS)
        loop.close()
    if connections.failures:
        message = "the fault server's script failed"
        raise ExceptionGroup(message, connections.failures)
