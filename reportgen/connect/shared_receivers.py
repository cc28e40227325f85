"""Receivers of the API's deliveries that several reports share: one for each address, in a thread of its own."""

from __future__ import annotations

import asyncio
from concurrent.futures import Future
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import partial
from threading import Lock, Thread
from typing import TYPE_CHECKING, Self

from reportgen.connect.pending_webhooks import PendingRequests
from reportgen.connect.webhook_receiver import Receiver

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from reportgen.connect.clock import Clock
    from reportgen.connect.webhook_settings import WebhookSettings


@dataclass(frozen=True, slots=True)
class ReportDeliveries:
    """The deliveries for a report.

    Attributes:
        address: Returns the address for the delivery of a request, from the request's own token.
        arrived: Set whenever a delivery was stored, for this report or another; the code that waits for it clears it.
    """

    address: Callable[[str], str]
    arrived: asyncio.Event


class SharedReceivers:
    """The receivers of a run, each opened for the first report that needs it; `with` closes them all.

    Two reports cannot listen at the same port, so that all reports of a run have the same receiver there, whatever
    address the API knows it by. Deliveries are stored in the table of pending requests, where each report looks for
    its own.
    """

    def __init__(self, state: Path, clock: Clock) -> None:
        """Name the table of requests; no port is opened yet.

        Args:
            state: Folder of the table of pending requests.
            clock: Clock for the age of requests.
        """
        self._state, self._clock = state, clock
        self._lock = Lock()
        self._threads: dict[tuple[str, int], _ReceiverThread] = {}

    def __enter__(self) -> Self:
        """Return the receivers."""
        return self

    def __exit__(self, *_error: object) -> None:
        """Close every port."""
        with self._lock:
            threads = list(self._threads.values())
            self._threads.clear()
        for thread in threads:
            thread.close()

    @contextmanager
    def deliveries(self, settings: WebhookSettings, redact: Callable[[bytes], bytes]) -> Iterator[ReportDeliveries]:
        """Yield the deliveries for a report, received during the `with` block in the event loop that runs here.

        Args:
            settings: The addresses of the receiver.
            redact: Removes tokens that a delivery echoes.

        Raises:
            ConfigurationError: The address or port cannot be used.
            OutputError: The table of pending requests cannot be made.
        """
        thread, arrived, loop = self._thread(settings), asyncio.Event(), asyncio.get_running_loop()
        report = _WaitingReport(redact, arrived, loop)
        thread.reports.append(report)
        try:
            yield ReportDeliveries(partial(thread.receiver.address, url=settings.url), arrived)
        finally:
            thread.reports.remove(report)

    def _thread(self, settings: WebhookSettings) -> _ReceiverThread:
        with self._lock:
            place = settings.host, settings.port
            if place not in self._threads:
                self._threads[place] = _ReceiverThread(settings, self._state, self._clock)
            return self._threads[place]


@dataclass(frozen=True, slots=True, eq=False)
class _WaitingReport:
    """A report that waits for deliveries."""

    redact: Callable[[bytes], bytes]
    arrived: asyncio.Event
    loop: asyncio.AbstractEventLoop

    def notify(self) -> None:
        """Say that a delivery was stored."""
        with suppress(RuntimeError):  # its loop has just ended
            self.loop.call_soon_threadsafe(self.arrived.set)


class _ReceiverThread:
    """A receiver in a thread with an event loop and a connection to the table of its own.

    Attributes:
        reports: The reports that wait for deliveries.
        receiver: Listens.
    """

    def __init__(self, settings: WebhookSettings, state: Path, clock: Clock) -> None:
        """Listen; returns when deliveries are accepted.

        Raises:
            ConfigurationError: The address or port cannot be used.
            OutputError: The table of pending requests cannot be made.
        """
        self.reports: list[_WaitingReport] = []
        self._ended = asyncio.Event()
        ready: Future[tuple[Receiver, asyncio.AbstractEventLoop]] = Future()
        work = self._receive(settings, state, clock, ready)
        self._thread = Thread(target=asyncio.run, args=(work,), name="reportgen-webhook", daemon=True)
        self._thread.start()
        self.receiver, self._loop = ready.result()

    def close(self) -> None:
        """Close the port."""
        self._loop.call_soon_threadsafe(self._ended.set)
        self._thread.join()

    async def _receive(
        self,
        settings: WebhookSettings,
        state: Path,
        clock: Clock,
        ready: Future[tuple[Receiver, asyncio.AbstractEventLoop]],
    ) -> None:
        try:
            with PendingRequests(state, clock) as pending:
                async with Receiver(settings, pending, self._redacted, self._notify) as receiver:
                    ready.set_result((receiver, asyncio.get_running_loop()))
                    await self._ended.wait()
        except Exception as error:
            if ready.done():
                raise
            ready.set_exception(error)

    def _redacted(self, body: bytes) -> bytes:
        """Return a delivery without the tokens of any report: which report it is for is known by its address alone."""
        for report in tuple(self.reports):
            body = report.redact(body)
        return body

    def _notify(self) -> None:
        for report in tuple(self.reports):
            report.notify()
