"""The connections that all reports of a run share: opening them anew for each report takes longer than its requests."""

from __future__ import annotations

import asyncio
from concurrent.futures import Future
from threading import Thread
from typing import TYPE_CHECKING, Self

from reportgen.connect.transport import HttpTransport

if TYPE_CHECKING:
    from reportgen.connect.transport import Call, Reply


class SharedTransport:
    """A transport for calls from any event loop; its connections are in a loop with a thread of its own.

    `with` opens and closes it.
    """

    def __enter__(self) -> Self:
        """Open a pool of connections.

        Raises:
            ConfigurationError: The proxies of the environment cannot be used.
        """
        self._ended, opened = asyncio.Event(), Future[None]()
        work = self._hold_open(opened)
        self._thread = Thread(target=asyncio.run, args=(work,), name="reportgen-http", daemon=True)
        self._thread.start()
        opened.result()
        return self

    def __exit__(self, *_error: object) -> None:
        """Close every connection."""
        self._loop.call_soon_threadsafe(self._ended.set)
        self._thread.join()

    async def send(self, call: Call) -> Reply:
        """Return the reply to a call, whatever its status; see `HttpTransport.send`."""
        return await asyncio.wrap_future(asyncio.run_coroutine_threadsafe(self._transport.send(call), self._loop))

    async def _hold_open(self, opened: Future[None]) -> None:
        try:
            async with HttpTransport() as self._transport:
                self._loop = asyncio.get_running_loop()
                opened.set_result(None)
                await self._ended.wait()
        except Exception as error:  # whatever it is: `__enter__` waits for an end, and raises it
            if opened.done():
                raise
            opened.set_exception(error)
