"""Limits of a server's connections: idle connections end, and too many of them hinder no other client.

uvicorn waits for ever for the head of a request, and asyncio logs a traceback for each connection that it has no file
descriptor for, thousands a second.
"""

from __future__ import annotations

import errno
import os
import socket
import time
from contextlib import suppress
from typing import TYPE_CHECKING, Any, cast

from uvicorn.protocols.http.h11_impl import H11Protocol

if TYPE_CHECKING:
    import asyncio

HEAD_SECONDS = 10.0
"""For the head of a request to come in, from the connection or the answer before."""

MOST_CONNECTIONS = 100
"""At a time; a process may have 1,024 files open on most systems, and needs them for other things too."""

_PAUSE_SECONDS = 0.01
_NONE_LEFT = frozenset({errno.EMFILE, errno.ENFILE, errno.ENOBUFS, errno.ENOMEM})


class LimitedProtocol(H11Protocol):
    """A connection of uvicorn with limits of time and number.

    Attributes:
        head_seconds: For the head of a request to come in.
        most: Connections at a time. Another ends the connection that has waited longest for its request; where none
            waits, because each is being answered, it is ended itself.
    """

    head_seconds = HEAD_SECONDS
    most = MOST_CONNECTIONS

    _since: float
    _limit: asyncio.TimerHandle | None = None

    @property
    def is_waiting(self) -> bool:
        """Whether the head of a request has still to come."""
        return bool(getattr(self.cycle, "response_complete", True))  # there is no cycle before the first request

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Start the time limit of a new connection, and end another where there are too many."""
        super().connection_made(cast("asyncio.Transport", transport))  # a server's connections read and write
        self._start_limit()
        opened = (each for each in self.connections if isinstance(each, LimitedProtocol))
        opened_now = [each for each in opened if not each.transport.is_closing()]
        if len(opened_now) > self.most:
            longest = min((each for each in opened_now if each.is_waiting), key=lambda each: each._since)  # noqa: SLF001 - of this class
            longest.transport.abort()

    def handle_events(self) -> None:
        """Stop the time limit when the head of a request has come in."""
        super().handle_events()
        if not self.is_waiting:
            self._stop_limit()

    def on_response_complete(self) -> None:
        """Start the time limit for the next request."""
        super().on_response_complete()
        if self.is_waiting and not self.transport.is_closing():
            self._start_limit()

    def connection_lost(self, exc: Exception | None) -> None:
        """Stop the time limit of a closed connection."""
        self._stop_limit()
        super().connection_lost(exc)

    def _start_limit(self) -> None:
        self._stop_limit()
        self._since = self.loop.time()
        self._limit = self.loop.call_later(self.head_seconds, self.transport.abort)

    def _stop_limit(self) -> None:
        if self._limit:
            self._limit.cancel()
            self._limit = None


class Listener(socket.socket):
    """A listening socket that closes a connection where there is no file descriptor for it.

    It has a descriptor in reserve for that, because a connection that is not accepted makes the event loop try again
    at once.
    """

    def __init__(self, family: socket.AddressFamily) -> None:
        """Open a TCP socket, and the file descriptor in reserve."""
        # asyncio turns Nagle's algorithm off only where the protocol is named; with it an answer takes 40 ms longer.
        super().__init__(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
        self._reserve: int | None = os.open(os.devnull, os.O_RDONLY)

    def accept(self) -> tuple[socket.socket, Any]:
        """Return a new connection and its address.

        Raises:
            BlockingIOError: There is none, or none that can be accepted.
        """
        try:
            return super().accept()
        except OSError as error:
            if error.errno not in _NONE_LEFT:
                raise
            self._refuse_connection()
            raise BlockingIOError from error

    def close(self) -> None:
        """Close the socket and the file descriptor in reserve."""
        self._close_reserve()
        super().close()

    def _refuse_connection(self) -> None:
        """Accept a connection with the file descriptor in reserve, and close it."""
        self._close_reserve()
        try:
            super().accept()[0].close()
        except OSError:  # the descriptor was taken meanwhile
            time.sleep(_PAUSE_SECONDS)
        finally:
            with suppress(OSError):
                self._reserve = os.open(os.devnull, os.O_RDONLY)

    def _close_reserve(self) -> None:
        if self._reserve is not None:
            os.close(self._reserve)
            self._reserve = None
