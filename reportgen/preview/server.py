"""The preview's server: the page around the report, the report itself, its printed pages, and what has changed."""

from __future__ import annotations

import asyncio
import json
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING

from reportgen.errors import ReportgenError
from reportgen.outputs.html import render_template
from reportgen.preview.telling import told
from reportgen.resources import templates_folder
from reportgen.serving import HOST, serving

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterator

    from starlette.applications import Starlette
    from starlette.requests import Request
    from starlette.responses import Response

    from reportgen.preview.desk import Desk

_OWN = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; frame-src 'self'; "
    "connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'self'"
)
_HEADERS = {"Cache-Control": "no-store", "X-Content-Type-Options": "nosniff", "Referrer-Policy": "no-referrer"}
_VIEWS = {"/": "/report", "/pdf": "/pages"}
_STYLE, _SCRIPT = "preview.css", "preview.js"


class Announcements:
    """What every open page is told, whichever thread says it."""

    def __init__(self) -> None:
        """Begin with nobody who listens."""
        self._listeners: dict[asyncio.Queue[str | None], asyncio.AbstractEventLoop] = {}

    def say(self, text: str | None) -> None:
        """Tell everybody; None ends the telling."""
        for queue, loop in list(self._listeners.items()):
            with suppress(RuntimeError):  # its loop has ended
                loop.call_soon_threadsafe(queue.put_nowait, text)

    async def listen(self, first: str) -> AsyncIterator[str]:
        """Yield the first text and all that is said from now on."""
        queue: asyncio.Queue[str | None] = asyncio.Queue()
        self._listeners[queue] = asyncio.get_running_loop()
        try:
            yield first
            while (text := await queue.get()) is not None:
                yield text
        finally:
            del self._listeners[queue]


class Preview:
    """Answers a browser; `told` says that the desk has changed."""

    def __init__(self, desk: Desk) -> None:
        """Keep the desk."""
        self._desk = desk
        self._announcements = Announcements()

    @contextmanager
    def running(self, port: int) -> Iterator[str]:
        """Serve for the time of a `with` block, and yield the address.

        Raises:
            ConfigurationError: The port is in use or not allowed.
        """
        with serving(self._application(), port, "reportgen-preview") as found:
            try:
                yield f"http://{HOST}:{found}/"
            finally:
                self._announcements.say(None)

    def tell(self) -> None:
        """Tell every open page how the desk is now."""
        self._announcements.say(self._event())

    def _event(self) -> str:
        return f"data: {json.dumps(told(self._desk.state), ensure_ascii=False)}\n\n"

    def _application(self) -> Starlette:
        from starlette.applications import Starlette  # noqa: PLC0415 - heavy, and needed only by a running server
        from starlette.middleware import Middleware  # noqa: PLC0415 - as above
        from starlette.middleware.trustedhost import TrustedHostMiddleware  # noqa: PLC0415 - as above
        from starlette.routing import Route  # noqa: PLC0415 - as above

        routes = [
            *(Route(path, self._frame) for path in _VIEWS),
            Route("/report", self._report),
            Route("/pages", self._pages),
            Route("/pages/{number:int}.png", self._picture),
            Route("/report.pdf", self._pdf),
            Route("/events", self._events),
            Route(f"/{_STYLE}", self._style),
            Route(f"/{_SCRIPT}", self._script),
        ]
        # A page of the internet may have a name of its own point to this machine: only ours are answered.
        hosts = Middleware(TrustedHostMiddleware, allowed_hosts=[HOST, "localhost"])
        return Starlette(routes=routes, middleware=[hosts])

    async def _frame(self, request: Request) -> Response:
        path = request.url.path
        return _html(render_template("staff/preview.html", "en", view=path, source=_VIEWS[path]))

    async def _report(self, _request: Request) -> Response:
        shown = self._desk.state.shown
        return _html(shown.html, own=False) if shown else _html(_nothing("There is no report to show yet."))

    async def _pages(self, _request: Request) -> Response:
        try:
            pages = await asyncio.to_thread(self._desk.pages)
        except ReportgenError as error:
            return _html(_nothing(str(error)))
        if pages is None:
            return _html(_nothing("There is no report to print yet."))
        return _html(render_template("staff/preview-pages.html", "en", pages=pages, said=""))

    async def _picture(self, request: Request) -> Response:
        try:
            content = await asyncio.to_thread(self._desk.picture, int(request.path_params["number"]))
        except IndexError:
            return _content(b"", "text/plain", 404)
        return _content(content, "image/png")

    async def _pdf(self, _request: Request) -> Response:
        try:
            pages = await asyncio.to_thread(self._desk.pages)
        except ReportgenError as error:
            return _content(str(error).encode(), "text/plain; charset=utf-8", 500)
        return _content(pages.content, "application/pdf") if pages else _content(b"", "text/plain", 404)

    async def _events(self, _request: Request) -> Response:
        from starlette.responses import StreamingResponse  # noqa: PLC0415 - see _application

        stream = self._announcements.listen(self._event())
        return StreamingResponse(stream, media_type="text/event-stream", headers=_HEADERS)

    async def _style(self, _request: Request) -> Response:
        return _content((templates_folder() / "staff" / _STYLE).read_bytes(), "text/css; charset=utf-8")

    async def _script(self, _request: Request) -> Response:
        return _content((templates_folder() / "staff" / _SCRIPT).read_bytes(), "text/javascript; charset=utf-8")


def _nothing(said: str) -> str:
    return render_template("staff/preview-pages.html", "en", pages=None, said=said)


def _html(text: str, *, own: bool = True) -> Response:
    """Return a page; the report's own says itself what it may load."""
    return _content(text.encode(), "text/html; charset=utf-8", policy=_OWN if own else "frame-ancestors 'self'")


def _content(content: bytes, media_type: str, status: int = 200, policy: str = "default-src 'none'") -> Response:
    from starlette.responses import Response  # noqa: PLC0415 - see Preview._application

    return Response(content, status, {**_HEADERS, "Content-Security-Policy": policy}, media_type)
