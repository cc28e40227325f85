"""Servers on this machine that deliveries go to."""

from __future__ import annotations

import socket
from contextlib import contextmanager
from email import message_from_string
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from email.message import Message


@contextmanager
def mailbox(login: Callable[[bytes], bytes] = lambda _line: b"235 ok") -> Iterator[tuple[int, list[Message]]]:
    """Run a server for e-mail that takes everything; yield its port and what came.

    Args:
        login: What is answered to a line that logs in.
    """
    letters: list[Message] = []
    listener = socket.create_server(("127.0.0.1", 0))

    def answer(line: socket.SocketIO, command: bytes) -> bytes:
        word = command[:4].upper()
        if word == b"EHLO":
            return b"250-here\r\n250 AUTH PLAIN"
        if word == b"AUTH":
            return login(command)
        if word == b"DATA":
            line.write(b"354 go on\r\n")
            letters.append(message_from_string(b"".join(iter(line.readline, b".\r\n")).decode()))
        return b"221 bye" if word == b"QUIT" else b"250 ok"

    def serve() -> None:
        while True:
            try:
                connection, _address = listener.accept()
            except OSError:
                return
            with connection, connection.makefile("rwb", 0) as line:
                line.write(b"220 ready\r\n")
                for command in line:
                    line.write(answer(line, command) + b"\r\n")
                    if command[:4].upper() == b"QUIT":
                        break

    Thread(target=serve, daemon=True).start()
    try:
        yield listener.getsockname()[1], letters
    finally:
        listener.close()


@contextmanager
def hook(*statuses: int) -> Iterator[tuple[str, list[tuple[dict[str, str], bytes]]]]:
    """Run a receiver of webhooks that answers with these statuses; yield its address, and the heads and bodies."""
    seen: list[tuple[dict[str, str], bytes]] = []
    answers = list(statuses)

    class Hook(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            seen.append((dict(self.headers), self.rfile.read(int(self.headers["Content-Length"]))))
            self.send_response(answers.pop(0))
            self.end_headers()

        def log_message(self, *_arguments: object) -> None:
            """Say nothing."""

    with HTTPServer(("127.0.0.1", 0), Hook) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/hook", seen
        server.shutdown()
