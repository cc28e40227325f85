"""The preview's server: the page around the report, the report itself, its printed pages, and the preview's state.

A browser may have a tab of an earlier preview on this port. So everything of a build is asked for by the name of that
build, and the state by the name of the preview: content of another build or preview is gone (410), never replaced.
"""

from __future__ import annotations

import asyncio
import json
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from reportgen.errors import ReportgenError
from reportgen.local_server import HOST, serving
from reportgen.outputs import FORMATS
from reportgen.outputs.html.web_page import render_template
from reportgen.preview.browser_messages import state_json
from reportgen.resources import templates_folder

if TYPE_CHECKING:
    from collections.abc import Iterator

    from starlette.applications import Starlette
    from starlette.requests import Request
    from starlette.responses import Response

    from reportgen.preview.preview_build import PreviewBuilder

_OWN = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; frame-src 'self'; "
    "connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'self'"
)
_HEADERS = {"Cache-Control": "no-store", "X-Content-Type-Options": "nosniff", "Referrer-Policy": "no-referrer"}
_VIEWS = {"/": "report", "/pdf": "pages"}
_STYLE, _SCRIPT = "preview.css", "preview.js"


@contextmanager
def running(builder: PreviewBuilder, port: int) -> Iterator[str]:
    """Yield the address of a server that answers a browser for the time of a `with` block.

    Raises:
        ConfigurationError: The port is in use or not allowed.
    """
    with serving(_Preview(builder).application(), port, "reportgen-preview") as found:
        yield f"http://{HOST}:{found}/"


@dataclass(frozen=True, slots=True)
class _Preview:
    """The endpoints of a preview."""

    builder: PreviewBuilder

    def application(self) -> Starlette:
        from starlette.applications import Starlette  # heavy, and needed only by a running server
        from starlette.middleware import Middleware
        from starlette.middleware.trustedhost import TrustedHostMiddleware
        from starlette.routing import Route

        routes = [
            *(Route(path, self._frame) for path in _VIEWS),
            Route("/state", self._state),
            Route("/report/{build}", self._report),
            Route("/report/{build}/report.pdf", self._pdf),
            Route("/pages/{build}", self._pages),
            Route("/pages/{build}/{number:int}.png", self._picture),
            Route(f"/{_STYLE}", self._style),
            Route(f"/{_SCRIPT}", self._script),
        ]
        # A page of the internet may point a host name to this machine: only ours are answered.
        hosts = Middleware(TrustedHostMiddleware, allowed_hosts=[HOST, "localhost"])
        return Starlette(routes=routes, middleware=[hosts])

    async def _frame(self, request: Request) -> Response:
        path = request.url.path
        values = {"view": path, "source": _VIEWS[path], "preview": self.builder.token}
        return _html(render_template("staff/preview.html", "en", **values))

    async def _state(self, request: Request) -> Response:
        """Return the state in JSON; 204 where nothing was built since, 410 where a page is of another preview."""
        if request.query_params.get("preview") != self.builder.token:
            return _gone()
        state = self.builder.state
        if request.query_params.get("builds") == str(state.builds):
            return _content(b"", "text/plain", 204)
        return _content(json.dumps(state_json(state), ensure_ascii=False).encode(), "application/json")

    async def _report(self, request: Request) -> Response:
        shown = self.builder.state.shown
        return _html(shown.html, own=False) if shown and shown.build == request.path_params["build"] else _gone()

    async def _pages(self, request: Request) -> Response:
        try:
            pages = await asyncio.to_thread(self.builder.pages, request.path_params["build"])
        except ReportgenError as error:
            return _html(render_template("staff/preview-pages.html", "en", pages=None, problem=str(error)))
        return _html(render_template("staff/preview-pages.html", "en", pages=pages, problem="")) if pages else _gone()

    async def _picture(self, request: Request) -> Response:
        build, number = request.path_params["build"], int(request.path_params["number"])
        content = await asyncio.to_thread(self.builder.picture, build, number)
        return _content(content, "image/png") if content else _gone()

    async def _pdf(self, request: Request) -> Response:
        try:
            pages = await asyncio.to_thread(self.builder.pages, request.path_params["build"])
        except ReportgenError as error:
            return _content(str(error).encode(), "text/plain; charset=utf-8", 500)
        return _content(pages.content, FORMATS["pdf"].media_type) if pages else _gone()

    async def _style(self, _request: Request) -> Response:
        return _content((templates_folder() / "staff" / _STYLE).read_bytes(), "text/css; charset=utf-8")

    async def _script(self, _request: Request) -> Response:
        return _content((templates_folder() / "staff" / _SCRIPT).read_bytes(), "text/javascript; charset=utf-8")


def _gone() -> Response:
    text = b"This was built again, or by a preview that has ended; reload the preview's own page."
    return _content(text, "text/plain; charset=utf-8", 410)


def _html(text: str, *, own: bool = True) -> Response:
    """Return the response with a page; the report's own page has a policy of its own in it."""
    return _content(text.encode(), FORMATS["html"].media_type, policy=_OWN if own else "frame-ancestors 'self'")


def _content(content: bytes, media_type: str, status: int = 200, policy: str = "default-src 'none'") -> Response:
    from starlette.responses import Response

    return Response(content, status, {**_HEADERS, "Content-Security-Policy": policy}, media_type)
