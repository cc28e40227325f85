"""The asynchronous endpoint as a source of payloads: ask, wait for the webhooks, and ask directly for the rest."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from secrets import token_hex
from typing import TYPE_CHECKING
from uuid import uuid4

from reportgen.connect.error_replies import read_refusal
from reportgen.connect.get_data import LARGEST_REQUEST, Request, build_requests, split_payloads
from reportgen.connect.get_data_source import AT_ONCE, ConnectApi
from reportgen.connect.payload_sources import PayloadSource
from reportgen.connect.pending_webhooks import PendingRequests, question_of
from reportgen.connect.webhook_receiver import Receiver
from reportgen.errors import AuthenticationFailed, ConnectError, Disconnected, TimedOut, UnexpectedAnswer, Untrusted
from reportgen.queries import Failure

if TYPE_CHECKING:
    from collections.abc import Coroutine, Mapping, Sequence
    from pathlib import Path

    from pydantic import JsonValue

    from reportgen.connect.api_client import ApiClient
    from reportgen.connect.payload_sources import Outcome
    from reportgen.connect.pending_webhooks import PendingRequest
    from reportgen.connect.webhook_receiver import WebhookSettings
    from reportgen.queries import Query

GET_DATA_ASYNC = "metrics/get-data-async"
WAIT_SECONDS = 300.0
_LOOK_SECONDS = 1.0  # another process may have received what this one waits for
_MAYBE_TAKEN = (TimedOut, Disconnected, UnexpectedAnswer)


@dataclass(frozen=True, slots=True)
class _Renamed(Request):
    """A request whose metrics have ids of this run alone, because nothing in a delivery says whose it is.

    Attributes:
        ids: The id of each metric on the wire, by the digest of its query.
    """

    ids: Mapping[str, str]

    def by_id(self) -> dict[str, list[Query]]:
        """Return the queries under the id they have in this run."""
        return {self.ids[queries[0].digest]: queries for queries in Request.by_id(self).values()}


@dataclass(frozen=True, slots=True)
class _Job:
    """A request and what it is waited for under.

    Attributes:
        request: What was asked.
        key: In the table of pending requests.
        refused: Why no delivery is to be expected; empty where one is.
    """

    request: _Renamed
    key: str
    refused: str = ""


class AsyncApi(PayloadSource):
    """A `PayloadSource` that has the API deliver to a webhook, and asks directly for what does not come."""

    def __init__(  # noqa: PLR0913 - whom to ask, where it is delivered, where it is kept, and two limits
        self,
        client: ApiClient,
        webhook: WebhookSettings,
        state: Path,
        *,
        whose: str,
        metrics_per_request: int = LARGEST_REQUEST,
        seconds: float = WAIT_SECONDS,
    ) -> None:
        """Prepare to ask; nothing is sent.

        Args:
            client: The customer's door.
            webhook: Where deliveries come in.
            state: Folder of the table of pending requests.
            whose: The API's address and the tokens' fingerprint: what was delivered for others is not taken.
            metrics_per_request: Most metrics of one request.
            seconds: To wait for all deliveries together.
        """
        self._client = client
        self._webhook = webhook
        self._state = state
        self._asker = f"{whose}\n{webhook.url}"
        self._metrics_per_request = metrics_per_request
        self._seconds = seconds
        self._direct = ConnectApi(client, metrics_per_request=metrics_per_request)

    async def fetch_payloads(self, queries: Sequence[Query]) -> dict[Query, Outcome]:
        """Ask for every query, wait for the deliveries, and ask once more directly for what did not come.

        Returns:
            Every query, in the order asked.

        Raises:
            AuthenticationFailed: A token was refused.
            Untrusted: The server is not the one it should be.
            ConfigurationError: The receiver cannot listen.
            OutputError: The table of pending requests cannot be written.
        """
        if not queries:
            return {}
        until = self._client.traffic.now() + self._seconds
        with PendingRequests(self._state, self._client.clock) as pending:
            async with Receiver(self._webhook, pending, self._client.tokens.black_out) as receiver:
                jobs = await self._ask_all(queries, pending, receiver, until)
                await self._wait(jobs, pending, receiver, until)
                outcomes: dict[Query, Outcome] = {}
                reasons: dict[Query, str] = {}
                for job in jobs:
                    delivered, reason = self._delivered(job, pending)
                    outcomes |= delivered
                    reasons |= dict.fromkeys(job.request.queries, reason) if reason else {}
                outcomes |= await self._ask_directly(reasons)
        return {query: outcomes[query] for query in queries}

    async def fetch_currencies(self) -> Mapping[str, str]:
        """Ask directly."""
        return await self._direct.fetch_currencies()

    async def _ask_all(
        self, queries: Sequence[Query], pending: PendingRequests, receiver: Receiver, until: float
    ) -> Sequence[_Job]:
        turn = asyncio.Semaphore(AT_ONCE)

        async def in_turn(request: Request) -> _Job:
            async with turn:
                return await self._ask(request, pending, receiver, until)

        async with self._client:
            tasks = [asyncio.create_task(in_turn(one)) for one in build_requests(queries, self._metrics_per_request)]
            try:
                return await asyncio.gather(*tasks)
            finally:
                for task in tasks:
                    task.cancel()

    async def _ask(self, request: Request, pending: PendingRequests, receiver: Receiver, until: float) -> _Job:
        """Send one request, unless an earlier run sent it and its delivery came or may still come."""
        digests = {queries[0].digest: str(uuid4()) for queries in request.by_id().values()}
        question = question_of(self._asker, digests)
        if found := pending.find(question):
            return _Job(_renamed(request, found), found.key)
        token = token_hex(16)
        asked = pending.remember(question, token, {key: digest for digest, key in digests.items()})
        renamed = _renamed(request, asked)
        body: dict[str, JsonValue] = {**renamed.body(), "metrics_webhook_url": receiver.address(token)}
        try:
            reply = await self._client.post(GET_DATA_ASYNC, body, until=until, attempts=1)
        except (AuthenticationFailed, Untrusted):
            raise
        except _MAYBE_TAKEN:  # sent again, it might be collected and delivered twice
            reply = None
        except ConnectError as error:
            return _Job(renamed, asked.key, str(error))
        pending.sent(asked.key)
        return _Job(renamed, asked.key, _refused(reply))

    async def _wait(self, jobs: Sequence[_Job], pending: PendingRequests, receiver: Receiver, until: float) -> None:
        """Wait until something came for every job, or the time is over."""
        traffic = self._client.traffic
        awaited = {job.key for job in jobs if not job.refused}
        while True:
            receiver.arrived.clear()
            awaited = {key for key in awaited if pending.is_awaited(key)}
            left = until - traffic.now()
            if not awaited or left <= 0:
                return
            await _first_of(receiver.arrived.wait(), traffic.clock.sleep(min(left, _LOOK_SECONDS)))

    def _delivered(self, job: _Job, pending: PendingRequests) -> tuple[dict[Query, Outcome], str]:
        """Return what came for a job; where that is nothing of use, no outcome and the reason."""
        delivery = pending.take(job.key)
        if delivery.json is None:
            too_late = f"WebhookTimeout: nothing was delivered within {self._seconds:g} seconds"
            return {}, job.refused or delivery.reason or too_late
        try:
            return split_payloads(job.request, delivery.json), ""
        except UnexpectedAnswer as error:
            pending.spoil(job.key, str(error))
            return {}, str(error)

    async def _ask_directly(self, reasons: Mapping[Query, str]) -> dict[Query, Outcome]:
        """Ask the synchronous endpoint; what fails there too says both reasons."""
        outcomes = await self._direct.fetch_payloads(tuple(reasons))
        return {
            query: Failure("failed", f"{reasons[query]}; asked directly: {outcome.reason}")
            if isinstance(outcome, Failure) and outcome.missing == "failed"
            else outcome
            for query, outcome in outcomes.items()
        }


def _renamed(request: Request, asked: PendingRequest) -> _Renamed:
    return _Renamed(request.source, request.window, request.queries, asked.ids)


def _refused(reply: JsonValue) -> str:
    """Return what the API says where it does not say that it collects."""
    if isinstance(reply, dict) and reply.get("success") is True:
        return ""
    return str(read_refusal(reply) or "")


async def _first_of(*work: Coroutine[object, object, object]) -> None:
    tasks = [asyncio.ensure_future(one) for one in work]
    try:
        await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
    finally:
        for task in tasks:
            task.cancel()
