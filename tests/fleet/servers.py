"""Servers on this machine that deliveries go to."""

from __future__ import annotations

from contextlib import contextmanager
from email.policy import compat32
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread
from typing import TYPE_CHECKING

from tests.fleet.mailserver import mail_host

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from email.message import Message

    from tests.fleet.mailserver import Visit


@contextmanager
def mailbox(login: Callable[[bytes], bytes] = lambda _line: b"235 ok") -> Iterator[tuple[int, list[Message]]]:
    """Run a server for e-mail that takes everything; yield its port and what came.

    Args:
        login: What is answered to a line that logs in.
    """

    def answer(command: str, _visit: Visit) -> str | None:
        if command.startswith("EHLO"):
            return "250-here\r\n250 AUTH PLAIN"
        return login(command.encode()).decode() if command.startswith("AUTH") else None

    with mail_host(answer, reading=compat32) as host:
        yield host.port, host.letters


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
