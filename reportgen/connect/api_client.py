"""The client of the API: it waits for the rate limits, repeats requests where that can help, and gives up in time."""

from __future__ import annotations

import asyncio
import json
import logging
from contextlib import AsyncExitStack, nullcontext
from dataclasses import replace
from typing import TYPE_CHECKING, Self
from urllib.parse import urlencode, urlsplit

from reportgen.connect.http_replies import read_json
from reportgen.connect.network_addresses import join_address
from reportgen.connect.rate_limits import LONGEST_PAUSE, Traffic
from reportgen.connect.request_counts import Tally
from reportgen.connect.request_time import RequestTime
from reportgen.connect.transport import ANSWER_SECONDS, Call, HttpTransport
from reportgen.errors import (
    AuthenticationFailed,
    ConnectError,
    Disconnected,
    RateLimited,
    ServiceFailed,
    TimedOut,
    TruncatedAnswer,
    Unreachable,
)
from reportgen.logs import LOGGER, log_request

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pydantic import JsonValue

    from reportgen.connect.clock import Clock
    from reportgen.connect.tokens import Tokens
    from reportgen.connect.transport import Transport

ATTEMPTS = 3
_FREE_REFUSALS = 5  # of a request, whose pauses cost its report no time; a request that is always refused has an end
_FIRST_PAUSE = 0.5
_LONGEST_PAUSE = 20.0
_MERCHANT_SETTINGS = "merchants/settings"


class ApiClient:
    """A client of the API with a customer's tokens; `async with` opens and closes its connections.

    Attributes:
        tokens: The account's and the customer's key.
        traffic: Limits and budgets of the whole run.
        tally: Counts of the requests sent.
    """

    def __init__(  # noqa: PLR0913 - the API and its tokens, the way to it, and the limits and counts of the run
        self,
        address: str,
        tokens: Tokens,
        *,
        traffic: Traffic | None = None,
        transport: Transport | None = None,
        answer_seconds: float = ANSWER_SECONDS,
        tally: Tally | None = None,
    ) -> None:
        """Prepare the client; no request is sent yet.

        Args:
            address: Of the API, with its `/api`.
            tokens: The account's and the customer's key.
            traffic: Limits and budgets that other clients share; None is a run of its own.
            transport: Sends the calls; None opens HTTP connections.
            answer_seconds: How long an exchange may take.
            tally: Counts the requests sent.

        Raises:
            ConfigurationError: The address is none.
        """
        self._address = address
        self._host = urlsplit(join_address(address, "")).netloc
        self._given = transport
        self._answer_seconds = answer_seconds
        self._transport: Transport | None = transport
        self._stack = AsyncExitStack()
        self._account_check = asyncio.Lock()
        self._account_refused: bool | None = None
        self.tokens = tokens
        self.traffic = traffic or Traffic()
        self.tally = tally or Tally()

    @property
    def clock(self) -> Clock:
        """The clock of the run."""
        return self.traffic.clock

    async def __aenter__(self) -> Self:
        """Open connections, unless a transport was given."""
        if self._given is None:
            self._transport = await self._stack.enter_async_context(HttpTransport())
        return self

    async def __aexit__(self, *_error: object) -> None:
        """Close the connections."""
        await self._stack.aclose()
        self._transport = self._given

    async def get(
        self,
        path: str,
        query: Mapping[str, str | int] | None = None,
        *,
        customer: bool = True,
        time: RequestTime | None = None,
    ) -> JsonValue:
        """Return the JSON of an endpoint; see `post`.

        Args:
            path: Under the address.
            query: Names and values after the `?`.
            customer: Whether the customer's token is sent too.
            time: The time that it may take; None is `ANSWER_SECONDS`, with all that it waits.
        """
        url = join_address(self._address, path) + (f"?{urlencode(query)}" if query else "")
        return await self._ask(Call.for_json("GET", url, self.tokens.headers(customer=customer)), time)

    async def post(
        self,
        path: str,
        body: JsonValue,
        *,
        time: RequestTime | None = None,
        attempts: int = ATTEMPTS,
        repeat_late: bool = True,
    ) -> JsonValue:
        """Send JSON and return the JSON that comes back.

        Args:
            path: Under the address.
            body: The JSON to send.
            time: The time that it may take; None is `ANSWER_SECONDS`, with all that it waits.
            attempts: How often to send it at the most.
            repeat_late: Whether an answer that came too late is asked for once more.

        Raises:
            AuthenticationFailed: The tokens were refused; it has whether the account's own was.
            ConnectError: There was no usable answer, after all attempts that could help.
        """
        call = Call.for_json("POST", join_address(self._address, path), self.tokens.headers(customer=True), body)
        return await self._ask(call, time, attempts, repeat_late=repeat_late)

    async def _ask(
        self, call: Call, time: RequestTime | None, attempts: int = ATTEMPTS, *, repeat_late: bool = True
    ) -> JsonValue:
        time = time or RequestTime(self.traffic, ANSWER_SECONDS, is_patient=False)
        attempt, refusals, again = 1, 0, False
        while True:
            is_free = refusals <= _FREE_REFUSALS
            with self.tally.waiting(self.clock), time.waiting(is_free=is_free):
                sent = await self.traffic.admit(self.tokens.account_fingerprint, self._host, time, is_free=is_free)
            self.tally.count(again=again)
            again = True
            try:
                with self.tally.asking(self.clock):
                    return await self._send(call, time, sent)
            except (Unreachable, ServiceFailed, TruncatedAnswer) as error:
                if isinstance(error, RateLimited) and _asked_pause(error):
                    refusals += 1
                    continue  # the account's requests wait as asked, which costs neither an attempt nor a retry
                is_awaited = self.traffic.waits_for_hosts and _is_down(error)
                most = min(attempts, _attempts(error, repeat_late=repeat_late))
                if not is_awaited and (attempt >= most or not (_asked_pause(error) or self.traffic.may_retry())):
                    raise
                await self._pause(error, attempt, time)
                attempt += not is_awaited

    async def _send(self, call: Call, time: RequestTime, sent: float) -> JsonValue:
        """Return the answer to a call, which counts for the limits of its account."""
        account, is_answered = self.tokens.account_fingerprint, True
        try:
            return await self._exchange(call, time)
        except (RateLimited, Unreachable, asyncio.CancelledError) as error:
            is_answered = False
            if isinstance(error, RateLimited):
                self.traffic.pause(account, _asked_pause(error), sent)
            raise
        finally:
            self.traffic.end(account, sent, is_answered=is_answered)

    async def _exchange(self, call: Call, time: RequestTime) -> JsonValue:
        left = time.left
        if left <= 0:
            raise TimedOut("there is no time left for this request")
        assert self._transport is not None, "entered"  # noqa: S101 - a mistake of ours, not of the caller's data
        started = self.clock.now()
        try:
            reply = await self._transport.send(replace(call, seconds=min(self._answer_seconds, left)))
        except ConnectError as error:
            _log(call, type(error).__name__, self.clock.now() - started)
            if _is_down(error):
                self.traffic.count_failure(self._host, str(error))
            raise
        _log(call, reply.status, self.clock.now() - started)
        self.traffic.reset_failures(self._host)
        redacted = replace(reply, body=self.tokens.redact(reply.body))
        try:
            return read_json(redacted, self.clock.wall())
        except AuthenticationFailed as error:
            raise await self._with_refused_token(call, error) from error

    async def _pause(self, error: ConnectError, attempt: int, time: RequestTime) -> None:
        """Wait before the next attempt: as long as the API asks, else a random part of a growing time (full jitter)."""
        if isinstance(error, Disconnected) and attempt == 1:  # most often a reused connection that had gone stale
            return
        growing = min(_LONGEST_PAUSE, _FIRST_PAUSE * 2 ** (attempt - 1))
        asked = _asked_pause(error)
        wait = asked or growing * self.clock.chance()
        if wait > time.left and not (asked and time.allows(asked)):
            raise error
        with self.tally.waiting(self.clock), time.waiting() if asked else nullcontext():
            await self.clock.sleep(wait)

    async def _with_refused_token(self, call: Call, error: AuthenticationFailed) -> AuthenticationFailed:
        """Return the error with the token that was refused, which a 401 does not name.

        A call with the account's key alone shows it, made once for all requests of this client.
        """
        path = join_address(self._address, _MERCHANT_SETTINGS)
        if call.url == path:
            return AuthenticationFailed(str(error), concerns_account=True)
        async with self._account_check:
            if self._account_refused is None:
                try:
                    await self._ask(Call.for_json("GET", path, self.tokens.headers(customer=False)), None, 1)
                    self._account_refused = False
                except AuthenticationFailed:
                    self._account_refused = True
                except ConnectError:
                    return error
        result = "is refused by itself too" if self._account_refused else "by itself is accepted"
        return AuthenticationFailed(f"{error} (the API token {result})", concerns_account=self._account_refused)


def _log(call: Call, status: int | str, seconds: float) -> None:
    if LOGGER.isEnabledFor(logging.DEBUG):
        metrics = json.loads(call.body or "{}").get("metrics")
        log_request(call.method, urlsplit(call.url).path, status, seconds, metrics and len(metrics))


def _is_down(error: ConnectError) -> bool:
    """Return whether no server took the call, so that nothing can have been done by it."""
    return isinstance(error, Unreachable) and not isinstance(error, Disconnected | TimedOut)


def _asked_pause(error: ConnectError) -> float:
    """Return the seconds to wait because the API asks for it; 0 where it does not. Such a wait costs no retry."""
    return min(error.retry_after or 0.0, LONGEST_PAUSE) if isinstance(error, ServiceFailed) else 0.0


def _attempts(error: ConnectError, *, repeat_late: bool) -> int:
    """Return how often a request may be sent that failed with this error."""
    if isinstance(error, TimedOut) and not repeat_late:
        return 1
    return 2 if isinstance(error, TruncatedAnswer) else ATTEMPTS
