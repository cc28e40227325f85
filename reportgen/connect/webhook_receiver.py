"""The receiver of the API's deliveries: unsigned posts, accepted by the secret in their address alone."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Self

from reportgen.connect.cleaned_text import one_line
from reportgen.errors import ConfigurationError
from reportgen.local_server import listen, server_of

if TYPE_CHECKING:
    import socket
    from collections.abc import Callable

    from starlette.applications import Starlette
    from starlette.requests import Request
    from starlette.responses import Response

    from reportgen.connect.pending_webhooks import PendingRequests
    from reportgen.connect.webhook_settings import WebhookSettings

LARGEST_DELIVERY = 50_000_000
READ_SECONDS = 30.0


@dataclass
class Receiver:
    """A server that takes deliveries while the `async with` block runs, in its event loop.

    Attributes:
        settings: The addresses to listen at.
        pending: The requests that deliveries belong to.
        redact: Removes tokens that a delivery echoes.
        on_arrival: Called whenever a delivery was stored.
        largest: Most bytes of a delivery.
        read_seconds: For a delivery to come in completely.
    """

    settings: WebhookSettings
    pending: PendingRequests
    redact: Callable[[bytes], bytes]
    on_arrival: Callable[[], None]
    largest: int = field(default=LARGEST_DELIVERY, kw_only=True)
    read_seconds: float = field(default=READ_SECONDS, kw_only=True)
    _url: str = field(default="", init=False)

    def address(self, token: str, url: str | None = None) -> str:
        """Return the address for the delivery of a request, below that of a client where it has one of its own."""
        return f"{url or self._url}/{token}"

    async def __aenter__(self) -> Self:
        """Listen; returns when deliveries are accepted.

        Raises:
            ConfigurationError: The address or port cannot be used.
        """
        self._listener = _listen(self.settings)
        port = self._listener.getsockname()[1]
        self._url = self.settings.url or f"http://{self.settings.host}:{port}"
        self._server = server_of(self._application())
        self._serving = asyncio.create_task(self._server.serve(sockets=[self._listener]))
        while not (self._server.started or self._serving.done()):  # noqa: ASYNC110 - uvicorn sets a flag, no event
            await asyncio.sleep(0.001)
        return self

    async def __aexit__(self, *_error: object) -> None:
        """Close the port."""
        self._server.should_exit = True
        await self._serving
        self._listener.close()

    def _application(self) -> Starlette:
        from starlette.applications import Starlette  # heavy, and needed only by a running receiver
        from starlette.routing import Route

        return Starlette(routes=[Route("/{path:path}", self._receive, methods=["POST"])])

    async def _receive(self, request: Request) -> Response:
        """Return the reply to a post; an error on the way is a 500, so that the sender tries again."""
        token = request.path_params["path"].rpartition("/")[2]  # a proxy may have taken the path away before it
        match = self.pending.match(token)
        if match is None:
            return _reply(404)
        key, expired = match
        if expired:
            return _reply(410)
        encoding = request.headers.get("content-encoding", "identity").lower()
        if encoding not in {"", "identity"}:
            return self._refused(key, 415, f"the delivery is packed as {one_line(encoding, 40)}, which is not read")
        try:
            async with asyncio.timeout(self.read_seconds):
                body = await _read(request, self.largest)
        except TimeoutError:
            return self._refused(key, 408, f"the delivery did not come within {self.read_seconds:g} seconds")
        if body is None:
            return self._refused(key, 413, f"the delivery is larger than {self.largest // 1_000_000} MB")
        self.pending.receive(key, self.redact(body))
        self.on_arrival()
        return _reply(200)

    def _refused(self, key: str, status: int, reason: str) -> Response:
        """Return the reply to a delivery that is not read."""
        self.pending.refuse(key, reason)
        return _reply(status)


async def _read(request: Request, largest: int) -> bytes | None:
    """Return the body of a post; None where its size, or the size in its head, is larger than allowed."""
    length = request.headers.get("content-length", "0")
    if not length.isdecimal() or int(length) > largest:
        return None
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > largest:
            return None
    return bytes(body)


def _reply(status: int) -> Response:
    from starlette.responses import Response  # heavy, and needed only by a running receiver

    return Response(status_code=status, headers={"connection": "close"})  # also ends a body that is not read


def _listen(settings: WebhookSettings) -> socket.socket:
    try:
        return listen(settings.host, settings.port)
    except OSError as error:
        raise ConfigurationError(
            f"deliveries cannot be received at {settings.host}:{settings.port}: {error.strerror or error}; end the "
            "other program there, or choose another address or port in api.webhook.bind or REPORTGEN_WEBHOOK_BIND"
        ) from error
