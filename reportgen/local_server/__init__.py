"""A server on this machine: its listening socket, and uvicorn with reportgen's settings, in a thread."""

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
_GRACE = 1  # second that running requests may take at the end


@contextmanager
def serving(application: Starlette, port: int, name: str) -> Iterator[int]:
    """Serve an application on the loopback interface for the time of a `with` block.

    Args:
        application: Answers the requests.
        port: The port; 0 for any free port.
        name: Of the thread.

    Yields:
        The port, once requests are answered.

    Raises:
        ConfigurationError: The port is in use or not allowed.
    """
    try:
        listener = listen(HOST, port)
    except (OSError, OverflowError) as error:
        reason = error.strerror if isinstance(error, OSError) else "ports go from 0 to 65535"
        raise ConfigurationError(
            f"port {port} cannot be used: {reason}; choose another port, or 0 for a free one"
        ) from error
    server = server_of(application)
    thread = Thread(target=server.run, kwargs={"sockets": [listener]}, name=name, daemon=True)
    with listener:
        thread.start()
        try:
            while not server.started and thread.is_alive():
                time.sleep(0.002)
            yield int(listener.getsockname()[1])
        finally:
            server.should_exit = True
            thread.join(2 * _GRACE)  # a request whose thread cannot be ended may take longer, and is not waited for


def listen(host: str, port: int) -> socket.socket:
    """Return a listening socket, made before uvicorn starts: a free port stays ours, and errors get our own messages.

    Args:
        host: The address of this machine to listen at.
        port: The port; 0 for any free port.

    Raises:
        OSError: The address or port cannot be used.
        OverflowError: There is no such port.
    """
    from reportgen.local_server.connection_limits import Listener  # heavy, and needed only by a running server

    listener = Listener(socket.AF_INET6 if ":" in host else socket.AF_INET)
    try:
        if os.name == "posix":  # elsewhere this would let two servers share a port
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind((host, port))
        listener.listen(128)
    except BaseException:
        listener.close()
        raise
    return listener


def server_of(application: Starlette) -> uvicorn.Server:
    """Return a server that logs nothing, leaves signals alone, and whose connections no idle client can hold.

    Args:
        application: Answers the requests.
    """
    import uvicorn  # heavy, and needed only by a running server

    from reportgen.local_server.connection_limits import LimitedProtocol
    from reportgen.local_server.embedded_server import UnsignalledServer

    return UnsignalledServer(
        uvicorn.Config(
            application,
            loop="asyncio",
            http=LimitedProtocol,
            ws="none",
            lifespan="off",
            log_config=None,
            log_level="critical",
            access_log=False,
            timeout_graceful_shutdown=_GRACE,
        )
    )
