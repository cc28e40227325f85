"""The asynchronous endpoint as a source of payloads: ask, wait for the webhooks, and ask directly for the rest."""

from __future__ import annotations

import asyncio
from contextlib import ExitStack
from dataclasses import dataclass
from secrets import token_hex
from typing import TYPE_CHECKING
from uuid import uuid4

from reportgen.connect.error_replies import read_refusal
from reportgen.connect.get_data import LARGEST_REQUEST, Request, build_requests, split_payloads
from reportgen.connect.get_data_source import ConnectApi, ask_in_turn
from reportgen.connect.payload_sources import PayloadSource
from reportgen.connect.pending_webhooks import PendingRequests, request_key_of
from reportgen.connect.request_time import RequestTime
from reportgen.connect.shared_receivers import SharedReceivers
from reportgen.errors import AuthenticationFailed, ConnectError, Disconnected, TimedOut, UnexpectedAnswer, Untrusted
from reportgen.logs import LOGGER
from reportgen.queries import Failure

if TYPE_CHECKING:
    from collections.abc import Coroutine, Mapping, Sequence
    from pathlib import Path

    from pydantic import JsonValue

    from reportgen.connect.api_client import ApiClient
    from reportgen.connect.payload_sources import Outcome
    from reportgen.connect.pending_webhooks import PendingRequest, WebhookBodies
    from reportgen.connect.shared_receivers import ReportDeliveries
    from reportgen.connect.webhook_settings import WebhookSettings
    from reportgen.queries import AccountFacts, Query

GET_DATA_ASYNC = "metrics/get-data-async"
WAIT_SECONDS = 300.0
_REST_SECONDS = 5.0  # an API that leaves out a metric leaves it out for good; asked directly it costs a request
_LOOK_SECONDS = 1.0  # another process may have received the delivery that this process waits for
_MAYBE_TAKEN = (TimedOut, Disconnected, UnexpectedAnswer)


@dataclass(frozen=True, slots=True)
class _Renamed(Request):
    """A request whose metrics have ids of this run alone, because a delivery does not name its account.

    Attributes:
        ids: The id of each metric on the wire, by the digest of its query.
    """

    ids: Mapping[str, str]

    def by_id(self) -> dict[str, list[Query]]:
        """Return the queries under the id they have in this run."""
        return {self.ids[queries[0].digest]: queries for queries in Request.by_id(self).values()}


@dataclass(frozen=True, slots=True)
class _Job:
    """A request whose delivery is awaited.

    Attributes:
        request: The request with the ids of this run.
        key: Its key in the table of pending requests.
        refused: Why no delivery is to be expected; empty where it is.
    """

    request: _Renamed
    key: str
    refused: str = ""


class AsyncApi(PayloadSource):
    """A `PayloadSource` that has the API deliver to a webhook, and asks directly for answers that do not come."""

    def __init__(  # noqa: PLR0913 - the client, the receiver, the table of requests and its key, and two limits
        self,
        client: ApiClient,
        webhook: WebhookSettings,
        state: Path,
        *,
        client_key: str,
        metrics_per_request: int = LARGEST_REQUEST,
        seconds: float = WAIT_SECONDS,
        receivers: SharedReceivers | None = None,
    ) -> None:
        """Prepare the source; no request is sent yet.

        Args:
            client: The customer's client of the API.
            webhook: Addresses of the receiver.
            state: Folder of the table of pending requests.
            client_key: The API's address and the tokens' fingerprint: deliveries for other tokens are not taken.
            metrics_per_request: Most metrics of a request.
            seconds: To wait for all deliveries together.
            receivers: Receivers that other reports share; None is a receiver of its own.
        """
        self._client = client
        self._webhook = webhook
        self._state = state
        self._client_key = f"{client_key}\n{webhook.url}"
        self._metrics_per_request = metrics_per_request
        self._seconds = seconds
        self._receivers = receivers
        self._direct = ConnectApi(client, metrics_per_request=metrics_per_request)

    async def fetch_payloads(self, queries: Sequence[Query]) -> dict[Query, Outcome]:
        """Return the answer to every query: the first that was delivered, or asked directly where none came.

        Returns:
            Every query, in the order asked.

        Raises:
            AuthenticationFailed: A token was refused.
            Untrusted: The server is not the server of the address.
            ConfigurationError: The receiver cannot listen.
            OutputError: The table of pending requests cannot be written.
        """
        if not queries:
            return {}
        time = RequestTime(self._client.traffic, self._seconds)
        clock, redact = self._client.clock, self._client.tokens.redact
        with ExitStack() as stack:
            receivers = self._receivers or stack.enter_context(SharedReceivers(self._state, clock))
            pending = stack.enter_context(PendingRequests(self._state, clock))
            deliveries = stack.enter_context(receivers.deliveries(self._webhook, redact))
            jobs = await self._ask_all(queries, pending, deliveries, time)
            await self._wait(jobs, pending, deliveries, time)
            outcomes: dict[Query, Outcome] = {}
            reasons: dict[Query, str] = {}
            silent: dict[str, None] = {}  # why requests have no answer at all, each reason once
            for job in jobs:
                delivered, lacking = self._delivered(job, pending)
                outcomes |= delivered
                reasons |= lacking
                silent |= {} if delivered else dict.fromkeys(lacking.values())
            for reason in silent:
                LOGGER.warning("%s; asking directly", reason, extra={"event": "webhook", "reason": reason})
            outcomes |= await self._ask_directly(reasons)
        return {query: outcomes[query] for query in queries}

    async def fetch_account_facts(self) -> Mapping[str, AccountFacts]:
        """Return the names and currencies of the accounts, asked directly."""
        return await self._direct.fetch_account_facts()

    async def _ask_all(
        self, queries: Sequence[Query], pending: PendingRequests, deliveries: ReportDeliveries, time: RequestTime
    ) -> Sequence[_Job]:
        requests = build_requests(queries, self._metrics_per_request)
        async with self._client:
            return await ask_in_turn(lambda request: self._ask(request, pending, deliveries, time), requests)

    async def _ask(
        self, request: Request, pending: PendingRequests, deliveries: ReportDeliveries, time: RequestTime
    ) -> _Job:
        """Return the job of a request, sent unless an earlier run sent it and its delivery came or may still come."""
        digests = {queries[0].digest: str(uuid4()) for queries in request.by_id().values()}
        request_key = request_key_of(self._client_key, digests)
        if found := pending.find(request_key):
            return _Job(_renamed(request, found), found.key)
        token = token_hex(16)
        asked = pending.add(request_key, token, {key: digest for digest, key in digests.items()})
        renamed = _renamed(request, asked)
        body: dict[str, JsonValue] = {**renamed.body(), "metrics_webhook_url": deliveries.address(token)}
        try:
            reply = await self._client.post(GET_DATA_ASYNC, body, time=time, attempts=1)
        except (AuthenticationFailed, Untrusted):
            raise
        except _MAYBE_TAKEN:  # sent again, it might be collected and delivered twice
            reply = None
        except ConnectError as error:
            return _Job(renamed, asked.key, str(error))
        pending.mark_sent(asked.key)
        return _Job(renamed, asked.key, _refused(reply))

    async def _wait(
        self, jobs: Sequence[_Job], pending: PendingRequests, deliveries: ReportDeliveries, time: RequestTime
    ) -> None:
        """Wait until every job has all of its answers, or the time is over; for what a delivery lacks not so long."""
        awaited = {job.key for job in jobs if not job.refused}
        left_at_first: dict[str, float] = {}  # when the first delivery of a request was there
        while True:
            deliveries.arrived.clear()
            awaited = {key for key in awaited if pending.is_awaited(key)}
            left_at_first |= {key: time.left for key in awaited - left_at_first.keys() if pending.has_delivery(key)}
            if time.left <= 0 or all(left_at_first.get(key, 0) - time.left >= _REST_SECONDS for key in awaited):
                return
            await _first_of(deliveries.arrived.wait(), self._client.clock.sleep(min(time.left, _LOOK_SECONDS)))

    def _delivered(self, job: _Job, pending: PendingRequests) -> tuple[dict[Query, Outcome], dict[Query, str]]:
        """Return the delivered answers of a job, and the reason why each other query has none."""
        bodies = pending.take(job.key)
        outcomes: dict[Query, Outcome] = {}
        refused = ""
        for delivery in bodies.deliveries:
            try:
                answers = split_payloads(job.request, delivery)
            except UnexpectedAnswer as error:
                refused = str(error)
                pending.reject(job.key, refused)
            else:
                outcomes = {**{query: found for query, found in answers.items() if not _is_lacking(found)}, **outcomes}
        reason = refused or job.refused or bodies.reason or self._too_late(bodies)
        return outcomes, {query: reason for query in job.request.queries if query not in outcomes}

    def _too_late(self, bodies: WebhookBodies) -> str:
        if bodies.deliveries:
            return f"WebhookTimeout: not every metric was delivered, nor the rest {_REST_SECONDS:g} seconds later"
        where = f"; see whether {self._webhook.url} leads to this machine" if self._webhook.url else ""
        return f"WebhookTimeout: nothing was delivered within {self._seconds:g} seconds{where}"

    async def _ask_directly(self, reasons: Mapping[Query, str]) -> dict[Query, Outcome]:
        """Return answers of the synchronous endpoint; a failure there too has both reasons."""
        outcomes = await self._direct.fetch_payloads(tuple(reasons))
        return {
            query: Failure("failed", f"{reasons[query]}; asked directly: {outcome.reason}")
            if isinstance(outcome, Failure) and outcome.missing == "failed"
            else outcome
            for query, outcome in outcomes.items()
        }


def _renamed(request: Request, asked: PendingRequest) -> _Renamed:
    return _Renamed(request.source, request.window, request.queries, asked.ids)


def _is_lacking(outcome: Outcome) -> bool:
    return isinstance(outcome, Failure) and outcome.missing == "not_returned"


def _refused(reply: JsonValue) -> str:
    """Return the refusal in a reply; empty where the API collects."""
    if isinstance(reply, dict) and reply.get("success") is True:
        return ""
    return str(read_refusal(reply) or "")


async def _first_of(*coroutines: Coroutine[object, object, object]) -> None:
    tasks = [asyncio.ensure_future(coroutine) for coroutine in coroutines]
    try:
        await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
    finally:
        for task in tasks:
            task.cancel()
