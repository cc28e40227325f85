"""The API as a source of answers: the chain from the customer's tokens to typed answers, put together."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from reportgen.connect.answers_folder import Cache, Recording
from reportgen.connect.api_client import ApiClient
from reportgen.connect.async_source import AsyncApi
from reportgen.connect.get_data import LARGEST_REQUEST
from reportgen.connect.get_data_source import ConnectApi
from reportgen.connect.payload_sources import TypedAnswers
from reportgen.connect.request_counts import Tally
from reportgen.connect.shared_questions import Sharing
from reportgen.connect.tokens import Tokens
from reportgen.files import state_folder

if TYPE_CHECKING:
    from datetime import timedelta
    from pathlib import Path

    from pydantic import SecretStr

    from reportgen.connect import AnswerSource
    from reportgen.connect.payload_sources import PayloadSource
    from reportgen.connect.rate_limits import Traffic
    from reportgen.connect.shared_questions import SharedAnswers
    from reportgen.connect.transport import Transport
    from reportgen.connect.webhook_receiver import WebhookSettings


@dataclass(frozen=True, slots=True)
class Keeping:
    """What is kept of the answers.

    Attributes:
        record: Folder that everything is recorded in, to be replayed; None records nothing.
        fresh: How long answers are used again; None uses none and keeps none.
        state: Folder of what outlives a call: answers to be used again, and deliveries that are awaited.
    """

    record: Path | None = None
    fresh: timedelta | None = None
    state: Path = field(default_factory=state_folder)


def live_answers(  # noqa: PLR0913 - each is one thing a caller may share or stand in for
    address: str,
    token: SecretStr,
    customer_token: SecretStr,
    *,
    traffic: Traffic | None = None,
    transport: Transport | None = None,
    metrics_per_request: int = LARGEST_REQUEST,
    keeping: Keeping | None = None,
    webhook: WebhookSettings | None = None,
    sharing: SharedAnswers | None = None,
    tally: Tally | None = None,
) -> AnswerSource:
    """Return the API as an `AnswerSource`; nothing is sent yet.

    Args:
        address: Of the API, with its `/api`.
        token: The account's key; a "Bearer " in front, as it is often copied, is left out.
        customer_token: The key of the customer whose accounts are asked.
        traffic: Limits and budgets shared with other reports; None is a run of its own.
        transport: What carries the calls; None opens HTTP connections.
        metrics_per_request: Most metrics of one request.
        keeping: Where answers are kept, and which kept ones are used.
        webhook: Where the API delivers to; None asks it directly.
        sharing: Answers shared with other reports that ask with the same tokens.
        tally: Counts what is sent and what need not be.

    Raises:
        ConfigurationError: The address is none, or a token is empty or cannot be one.
    """
    tally = tally or Tally()
    client = ApiClient(address, Tokens.of(token, customer_token), traffic=traffic, transport=transport, tally=tally)
    keeping = keeping or Keeping()
    whose = f"{address.rstrip('/')}\n{client.tokens.fingerprint}"
    source: PayloadSource = ConnectApi(client, metrics_per_request=metrics_per_request)
    if webhook:
        source = AsyncApi(client, webhook, keeping.state, whose=whose, metrics_per_request=metrics_per_request)
    if keeping.fresh:
        source = Cache(source, keeping.state / "cache", keeping.fresh, whose, clock=client.clock, tally=tally)
    if sharing:
        source = Sharing(source, sharing, tally)
    if keeping.record:
        source = Recording(source, keeping.record)
    return TypedAnswers(source)
