"""The live API as a source of payloads."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypeVar

from reportgen.connect.account_directory import AccountDirectory
from reportgen.connect.get_data import GET_DATA, LARGEST_REQUEST, build_requests, split_payloads
from reportgen.connect.payload_sources import PayloadSource
from reportgen.connect.request_time import RequestTime
from reportgen.errors import AuthenticationFailed, ConnectError, RequestRefused, TimedOut, Untrusted
from reportgen.queries import AccountFacts, Failure

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Iterable, Mapping, Sequence

    from reportgen.connect.api_client import ApiClient
    from reportgen.connect.get_data import Request
    from reportgen.connect.payload_sources import Outcome
    from reportgen.queries import Query

AT_ONCE = 4
REPORT_SECONDS = 600.0
_TOO_MUCH = frozenset({413, 422})  # 422: a metric that is refused takes the others with it
_Result = TypeVar("_Result")


async def ask_in_turn(ask: Callable[[Request], Awaitable[_Result]], requests: Iterable[Request]) -> list[_Result]:
    """Return the result of each request, up to `AT_ONCE` asked at a time; an error cancels the others."""
    turn = asyncio.Semaphore(AT_ONCE)

    async def in_turn(request: Request) -> _Result:
        async with turn:
            return await ask(request)

    tasks = [asyncio.create_task(in_turn(request)) for request in requests]
    try:
        return await asyncio.gather(*tasks)
    finally:
        for task in tasks:
            task.cancel()


@dataclass(frozen=True, kw_only=True)
class ConnectApi(PayloadSource):
    """A `PayloadSource` that asks the metrics API, several accounts at once.

    Attributes:
        client: The customer's client of the API.
        metrics_per_request: Most metrics of a request; the API documents no limit.
        seconds: For all requests of a report together, without the time in which none of them may be sent.
    """

    client: ApiClient = field(kw_only=False)
    metrics_per_request: int = LARGEST_REQUEST
    seconds: float = REPORT_SECONDS

    async def fetch_payloads(self, queries: Sequence[Query]) -> dict[Query, Outcome]:
        """Return the answer to every query: requests for each account and window, up to `AT_ONCE` at a time.

        A request that is too much for the API (413, 422, too slow) is asked again in two halves.

        Returns:
            Every query, in the order asked. Where a request fails, its queries are `Failure`s and the
            others go on.

        Raises:
            AuthenticationFailed: A token was refused; no further request is started.
            Untrusted: The server is not the server of the address.
        """
        if not queries:
            return {}
        time = RequestTime(self.client.traffic, self.seconds)
        requests = build_requests(queries, self.metrics_per_request)
        async with self.client:
            parts = await ask_in_turn(lambda request: self._ask(request, time), requests)
        outcomes = {query: outcome for part in parts for query, outcome in part.items()}
        return {query: outcomes[query] for query in queries}

    async def fetch_account_facts(self) -> Mapping[str, AccountFacts]:
        """Return the name and the currency of each account that the customer has connected, where the API has them.

        Raises:
            ConnectError: There was no usable answer.
        """
        async with self.client:
            integrations = await AccountDirectory(
                self.client, RequestTime(self.client.traffic, self.seconds)
            ).integrations()
        return {each.uuid: AccountFacts(each.name, each.currency) for each in integrations}

    async def _ask(self, request: Request, time: RequestTime) -> dict[Query, Outcome]:
        halves = request.halves()
        try:
            return split_payloads(
                request, await self.client.post(GET_DATA, request.body(), time=time, repeat_late=not halves)
            )
        except (AuthenticationFailed, Untrusted):
            raise
        except ConnectError as error:
            if halves and _is_too_much(error):
                first, second = halves
                return {**await self._ask(first, time), **await self._ask(second, time)}
            return dict.fromkeys(request.queries, Failure("failed", str(error)))


def _is_too_much(error: ConnectError) -> bool:
    return isinstance(error, TimedOut) or (isinstance(error, RequestRefused) and error.status in _TOO_MUCH)
