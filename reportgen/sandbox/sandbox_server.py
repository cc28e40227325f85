"""The sandbox server: routes, tokens, and its start and stop."""

from __future__ import annotations

import time
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import partial
from secrets import compare_digest
from typing import TYPE_CHECKING
from uuid import UUID

from reportgen.local_server import HOST, serving
from reportgen.sandbox.get_data_requests import Unprocessable, read_request, read_webhook_url
from reportgen.sandbox.sandbox_accounts import (
    customer_settings,
    integration_details,
    integrations_page,
    merchant_settings,
)
from reportgen.sandbox.synthetic_answers import answers
from reportgen.sandbox.webhook_posts import deliver

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Iterator

    from pydantic import JsonValue
    from starlette.applications import Starlette
    from starlette.requests import Request
    from starlette.responses import Response

    Endpoint = Callable[[Request], Awaitable[Response]]

# Public: the sandbox has nothing to protect, it only checks that the caller sends both tokens.
MERCHANT_TOKEN = "sandbox-merchant"  # noqa: S105 - public, see above
CUSTOMER_TOKEN = "sandbox-customer"  # noqa: S105 - public, see above

_PREFIX = "/api"
_PER_PAGE = 15  # the vendor's default


@dataclass(frozen=True, slots=True)
class Sandbox:
    """The address and the tokens of a running sandbox.

    Attributes:
        url: Base address; ends in `/api`.
        token: The merchant token it accepts.
        customer_token: The customer token it accepts.
    """

    url: str
    token: str = MERCHANT_TOKEN
    customer_token: str = CUSTOMER_TOKEN


@contextmanager
def running_sandbox(
    *, calm: bool = False, omits_zeros: bool = False, port: int = 0, top_rows: int | None = None
) -> Iterator[Sandbox]:
    """Run a sandbox on the loopback interface for the time of a `with` block.

    Args:
        calm: True to leave out absent ids, failures, numeric strings and nulls.
        omits_zeros: Whether charts and tables by day leave out the days of zero.
        port: The port; 0 for any free port.
        top_rows: How many rows tables have at most, the largest; None for all rows.

    Raises:
        ConfigurationError: The port is in use or not allowed.
    """
    application = _application(calm=calm, omits_zeros=omits_zeros, top_rows=top_rows)
    with serving(application, port, "reportgen-sandbox") as found:
        yield Sandbox(f"http://{HOST}:{found}{_PREFIX}")


def serve(
    port: int,
    *,
    calm: bool = False,
    omits_zeros: bool = False,
    top_rows: int | None = None,
    announce: Callable[[Sandbox], None],
) -> None:
    """Run a sandbox until Ctrl-C.

    Args:
        port: The port; 0 for any free port.
        calm: True to leave out absent ids, failures, numeric strings and nulls.
        omits_zeros: Whether charts and tables by day leave out the days of zero.
        top_rows: How many rows tables have at most, the largest; None for all rows.
        announce: Called once with the address and tokens, when the sandbox accepts requests.

    Raises:
        ConfigurationError: The port is in use or not allowed.
    """
    running = running_sandbox(calm=calm, omits_zeros=omits_zeros, port=port, top_rows=top_rows)
    with suppress(KeyboardInterrupt), running as sandbox:
        announce(sandbox)
        while True:
            time.sleep(3600)


def _application(*, calm: bool, omits_zeros: bool, top_rows: int | None) -> Starlette:
    from starlette.applications import Starlette  # heavy, and needed only by a running sandbox
    from starlette.exceptions import HTTPException
    from starlette.routing import Mount, Route

    def made(content: bytes) -> dict[str, JsonValue]:
        return answers(read_request(content), calm=calm, omits_zeros=omits_zeros, top_rows=top_rows)

    async def get_data(request: Request) -> Response:
        try:
            return _json(made(await request.body()))
        except Unprocessable as error:
            return _json(error.body, 422)

    async def get_data_async(request: Request) -> Response:
        """Return that collecting has begun, and post the answers a little later."""
        content = await request.body()
        try:
            url, payload = read_webhook_url(content), made(content)
        except Unprocessable as error:
            return _json(error.body, 422)
        started = {"success": True, "message": "Metrics data collection started"}
        return _json(started, later=partial(deliver, url, payload, calm=calm))

    routes = [
        Route("/merchants/settings", _guarded(_merchant, customer=False)),
        Route("/customers/settings", _guarded(_customer)),
        Route("/customer-integrations", _guarded(_integrations)),
        Route("/customer-integrations/{uuid}", _guarded(_integration)),
        Route("/metrics/get-data", _guarded(get_data), methods=["POST"]),
        Route("/metrics/get-data-async", _guarded(get_data_async), methods=["POST"]),
    ]
    # The vendor's own examples leave the prefix out, so both work.
    return Starlette(routes=[Mount(_PREFIX, routes=routes), *routes], exception_handlers={HTTPException: _refused})


def _guarded(endpoint: Endpoint, *, customer: bool = True) -> Endpoint:
    """Return an endpoint that asks for the merchant token and, by default, the customer token."""

    async def guarded(request: Request) -> Response:
        scheme, _, token = request.headers.get("authorization", "").partition(" ")
        if scheme.lower() != "bearer" or not _same(token.strip(), MERCHANT_TOKEN):
            return _json({"message": "Unauthenticated."}, 401)
        if customer and not _same(request.headers.get("x-customer-token", ""), CUSTOMER_TOKEN):
            return _json({"message": "Invalid Customer Token"}, 401)
        return await endpoint(request)

    return guarded


def _same(token: str, expected: str) -> bool:
    return compare_digest(token.encode(), expected.encode())


async def _merchant(_request: Request) -> Response:
    return _json(merchant_settings())


async def _customer(_request: Request) -> Response:
    return _json(customer_settings())


async def _integrations(request: Request) -> Response:
    query = request.query_params
    try:
        page, per_page = int(query.get("page", 1)), int(query.get("per_page", _PER_PAGE))
    except ValueError:
        return _json(Unprocessable({"page": ["The page and per page fields must be integers."]}).body, 422)
    path = str(request.url.replace(query=""))
    return _json(integrations_page(path, page, per_page, query.get("source_name", ""), query.get("status", "")))


async def _integration(request: Request) -> Response:
    try:
        return _json(integration_details(UUID(request.path_params["uuid"])))
    except ValueError:
        return _json({"message": "Customer integration not found"}, 404)


async def _refused(_request: Request, error: Exception) -> Response:
    """Return the JSON answer for an unknown address or method."""
    return _json({"message": getattr(error, "detail", "")}, getattr(error, "status_code", 500))


def _json(content: object, status: int = 200, later: Callable[[], Awaitable[None]] | None = None) -> Response:
    from starlette.background import BackgroundTask  # heavy, and needed only by a running sandbox
    from starlette.responses import JSONResponse

    return JSONResponse(content, status, background=BackgroundTask(later) if later else None)
