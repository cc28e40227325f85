"""Ports of this machine that a test may give to a program of its own."""

from __future__ import annotations

import socket
from contextlib import suppress
from secrets import randbelow


def free_port() -> int:
    """Return a port that nobody listens at.

    It is below those that the system gives to connections, of which one could have it before the program does.
    """
    while True:
        port = 20_000 + randbelow(10_000)
        with suppress(OSError), socket.create_server(("127.0.0.1", port)):
            return port
