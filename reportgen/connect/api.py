"""The live API as a source of answers."""

from __future__ import annotations

import re
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, nullcontext
from dataclasses import replace
from typing import TYPE_CHECKING

from reportgen.connect.transport import HttpTransport, Post, join_address, read_json
from reportgen.connect.wire import GET_DATA, build_requests, read_answers
from reportgen.errors import ConfigurationError, RequestRefused, ServiceFailed, UnexpectedAnswer, Unreachable
from reportgen.queries import Failure

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pydantic import SecretStr

    from reportgen.connect.transport import Reply, Transport
    from reportgen.connect.wire import Request
    from reportgen.queries import Answer, Query

AT_ONCE = 4
_BEARER = re.compile(r"\s*bearer\s+", re.IGNORECASE)
_SHORTEST_SECRET = 8  # a shorter word may stand in a report by chance


class ConnectApi:
    """An `AnswerSource` that asks the metrics API, several accounts at once."""

    def __init__(
        self, address: str, token: SecretStr, customer_token: SecretStr, transport: Transport | None = None
    ) -> None:
        """Prepare to ask; nothing is sent.

        Args:
            address: Of the API, with its `/api`.
            token: The account's key; a "Bearer " in front, as it is often copied, is left out.
            customer_token: The key of the customer whose accounts are asked.
            transport: What carries the requests; None opens HTTP connections for each fetch.

        Raises:
            ConfigurationError: The address is none, or a token is empty or cannot be one.
        """
        self._url = join_address(address, GET_DATA)
        self._tokens = (_plain(token, "API token"), _plain(customer_token, "customer token"))
        self._transport = transport

    def fetch(self, queries: Sequence[Query]) -> dict[Query, Answer]:
        """Ask for every query: one request for each account and window, up to `AT_ONCE` at a time.

        Returns:
            Every query, in the order asked. Where a request fails, its queries are `Failure`s and the
            others go on.

        Raises:
            AuthenticationFailed: A token was refused; no further request is started.
        """
        if not queries:
            return {}
        answers: dict[Query, Answer] = {}
        carrier = nullcontext(self._transport) if self._transport else closing(HttpTransport())
        pool = ThreadPoolExecutor(AT_ONCE, thread_name_prefix="connect")
        try:
            with carrier as transport:
                for part in pool.map(lambda request: self._ask(transport, request), build_requests(queries)):
                    answers.update(part)
        finally:  # whoever interrupts does not wait for requests under way
            pool.shutdown(wait=False, cancel_futures=True)
        return {query: answers[query] for query in queries}

    def _ask(self, transport: Transport, request: Request) -> dict[Query, Answer]:
        token, customer_token = self._tokens
        headers = {"Authorization": f"Bearer {token}", "x-customer-token": customer_token}
        try:
            reply = self._without_tokens(transport.send(Post.of_json(self._url, request.body(), headers)))
            return read_answers(request, read_json(reply))
        except (Unreachable, RequestRefused, ServiceFailed, UnexpectedAnswer) as error:
            return dict.fromkeys(request.queries, Failure("failed", str(error)))

    def _without_tokens(self, reply: Reply) -> Reply:
        """Black out tokens that a server echoes, before its words reach a label, an error or a log."""
        body = reply.body
        for token in self._tokens:
            if len(token) >= _SHORTEST_SECRET:
                for form in (token, token.replace("/", r"\/")):  # PHP escapes the slash
                    body = body.replace(form.encode(), b"[token]")
        return replace(reply, body=body)


def _plain(secret: SecretStr, name: str) -> str:
    """Return a token as the header holds it; the message of an error never has it."""
    token = _BEARER.sub("", secret.get_secret_value(), count=1).strip()
    if not token:
        message = f"the {name} is empty; set the environment variable or the file that the client names"
        raise ConfigurationError(message)
    if not (token.isascii() and token.isprintable()) or " " in token:
        message = f"the {name} holds a blank, a line break or a letter that no token has; copy it again"
        raise ConfigurationError(message)
    return token
