"""A server of this machine alone: a port that stays ours, and uvicorn as reportgen runs it, in a thread."""

from __future__ import annotations

import os
import socket
import time
from contextlib import contextmanager
from threading import Thread
from typing import TYPE_CHECKING

from reportgen.errors import ConfigurationError

if TYPE_CHECKING:
    from collections.abc import Iterator

    import uvicorn
    from starlette.applications import Starlette

HOST = "127.0.0.1"


@contextmanager
def serving(application: Starlette, port: int, name: str) -> Iterator[int]:
    """Serve on the loopback interface for the time of a `with` block.

    Args:
        application: What answers.
        port: Where; 0 for a free one.
        name: Of the thread.

    Yields:
        The port, once requests are answered.

    Raises:
        ConfigurationError: The port is in use or not allowed.
    """
    listener = _listener(port)
    server = _server(application)
    thread = Thread(target=server.run, kwargs={"sockets": [listener]}, name=name, daemon=True)
    with listener:
        thread.start()
        try:
            while not server.started and thread.is_alive():
                time.sleep(0.002)
            yield int(listener.getsockname()[1])
        finally:
            server.should_exit = True
            thread.join()


def _server(application: Starlette) -> uvicorn.Server:
    import uvicorn  # noqa: PLC0415 - heavy, and needed only by a running server

    return uvicorn.Server(
        uvicorn.Config(
            application,
            loop="asyncio",
            http="h11",
            ws="none",
            lifespan="off",
            log_config=None,
            log_level="critical",
            access_log=False,
            timeout_graceful_shutdown=5,
        )
    )


def _listener(port: int) -> socket.socket:
    """Listen before uvicorn starts: a free port stays ours, and one in use is our own error."""
    # asyncio turns Nagle's algorithm off only where the protocol is named; with it an answer takes 40 ms longer.
    listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    try:
        if os.name == "posix":  # elsewhere this would let two servers share a port
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind((HOST, port))
        listener.listen(128)
    except (OSError, OverflowError) as error:
        listener.close()
        reason = error.strerror if isinstance(error, OSError) else "ports go from 0 to 65535"
        message = f"port {port} cannot be used: {reason}; choose another port, or 0 for a free one"
        raise ConfigurationError(message) from error
    return listener
