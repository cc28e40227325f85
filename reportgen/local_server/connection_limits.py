"""What strangers may take of a server: connections that say nothing end, and too many of them hinder nobody.

uvicorn waits for ever for the head of a request, and asyncio logs a traceback for each connection that it has no file
descriptor for, thousands a second.
"""

from __future__ import annotations

import errno
import os
import socket
import time
from contextlib import suppress
from typing import TYPE_CHECKING, Any

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
    """A connection of uvicorn's with a limit of time and one of number.

    Attributes:
        head_seconds: For the head of a request to come in.
        most: Connections at a time. One more ends the one that has waited longest for its request; where none
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

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override] # as uvicorn's
        """Begin to wait, and make room."""
        super().connection_made(transport)
        self._wait()
        there = [one for one in self.connections if isinstance(one, LimitedProtocol) and not one.transport.is_closing()]
        if len(there) > self.most:
            longest = min((one for one in there if one.is_waiting), key=lambda one: one._since)  # noqa: SLF001 - of this class
            longest.transport.abort()

    def handle_events(self) -> None:
        """Stop waiting when the head is there."""
        super().handle_events()
        if not self.is_waiting:
            self._stop()

    def on_response_complete(self) -> None:
        """Wait for the next request."""
        super().on_response_complete()
        if self.is_waiting and not self.transport.is_closing():
            self._wait()

    def connection_lost(self, exc: Exception | None) -> None:
        """Forget the connection."""
        self._stop()
        super().connection_lost(exc)

    def _wait(self) -> None:
        self._stop()
        self._since = self.loop.time()
        self._limit = self.loop.call_later(self.head_seconds, self.transport.abort)

    def _stop(self) -> None:
        if self._limit:
            self._limit.cancel()
            self._limit = None


class Listener(socket.socket):
    """A listening socket that hangs up on a caller where there is no file descriptor for the call.

    It keeps one in reserve for that, because a call that is not taken makes the event loop try again at once.
    """

    def __init__(self, family: socket.AddressFamily) -> None:
        """Open a TCP socket, and the descriptor in reserve."""
        # asyncio turns Nagle's algorithm off only where the protocol is named; with it an answer takes 40 ms longer.
        super().__init__(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
        self._reserve: int | None = os.open(os.devnull, os.O_RDONLY)

    def accept(self) -> tuple[socket.socket, Any]:
        """Take a call.

        Raises:
            BlockingIOError: There is none, or none that can be taken.
        """
        try:
            return super().accept()
        except OSError as error:
            if error.errno not in _NONE_LEFT:
                raise
            self._hang_up()
            raise BlockingIOError from error

    def close(self) -> None:
        """Close it, and what it keeps in reserve."""
        self._let_go()
        super().close()

    def _hang_up(self) -> None:
        """Take a call with the descriptor in reserve, and end it."""
        self._let_go()
        try:
            super().accept()[0].close()
        except OSError:  # something else has taken the descriptor
            time.sleep(_PAUSE_SECONDS)
        finally:
            with suppress(OSError):
                self._reserve = os.open(os.devnull, os.O_RDONLY)

    def _let_go(self) -> None:
        if self._reserve is not None:
            os.close(self._reserve)
            self._reserve = None
