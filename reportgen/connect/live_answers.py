"""The API as a source of answers: the chain from the customer's tokens to typed answers, put together."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal, TypeAlias

from reportgen.connect.answers_folder import Cache, Recording
from reportgen.connect.api_client import ApiClient
from reportgen.connect.async_source import AsyncApi
from reportgen.connect.get_data import LARGEST_REQUEST
from reportgen.connect.get_data_source import ConnectApi
from reportgen.connect.kept_buckets import KeptBuckets
from reportgen.connect.payload_sources import TypedAnswers
from reportgen.connect.request_counts import Tally
from reportgen.connect.shared_answers import SharedSource
from reportgen.connect.tokens import Tokens
from reportgen.files import state_folder

if TYPE_CHECKING:
    from datetime import timedelta
    from pathlib import Path

    from pydantic import SecretStr

    from reportgen.connect import AnswerSource
    from reportgen.connect.payload_sources import PayloadSource
    from reportgen.connect.rate_limits import Traffic
    from reportgen.connect.shared_answers import SharedAnswers
    from reportgen.connect.shared_receivers import SharedReceivers
    from reportgen.connect.transport import Transport
    from reportgen.connect.webhook_settings import WebhookSettings


BucketUse: TypeAlias = Literal["use", "renew", "compare", "none"]


@dataclass(frozen=True, slots=True)
class AnswerStorage:
    """Folders in which answers are stored.

    Attributes:
        record: Folder of the recording, to be replayed; None records nothing.
        fresh: How long answers are used again; None uses none and stores none.
        state: Folder of answers to be used again, and of awaited deliveries.
        buckets: Whether the answers for ended buckets of histories are kept and used, are kept but all asked anew, are
            asked anew and compared with those kept but left as they are, or are not kept.
    """

    record: Path | None = None
    fresh: timedelta | None = None
    state: Path = field(default_factory=state_folder)
    buckets: BucketUse = "none"


def live_answers(  # noqa: PLR0913 - each may be shared with other reports, or replaced
    address: str,
    token: SecretStr,
    customer_token: SecretStr,
    *,
    traffic: Traffic | None = None,
    transport: Transport | None = None,
    metrics_per_request: int = LARGEST_REQUEST,
    storage: AnswerStorage | None = None,
    webhook: WebhookSettings | None = None,
    receivers: SharedReceivers | None = None,
    sharing: SharedAnswers | None = None,
    tally: Tally | None = None,
) -> AnswerSource:
    """Return the API as an `AnswerSource`; nothing is sent yet.

    Args:
        address: Of the API, with its `/api`.
        token: The account's key; a "Bearer " in front, as it is often copied, is left out.
        customer_token: The key of the customer whose accounts are asked.
        traffic: Limits and budgets shared with other reports; None is a run of its own.
        transport: Sends the calls; None opens HTTP connections.
        metrics_per_request: Most metrics of a request.
        storage: Where answers are stored, and how long they are used again.
        webhook: The addresses of the receiver that the API delivers to; None asks it directly.
        receivers: Receivers shared with other reports; None is a receiver of this report alone.
        sharing: Answers shared with other reports that ask with the same tokens.
        tally: Counts the requests sent and the requests saved.

    Raises:
        ConfigurationError: The address is none, or a token is empty or malformed.
    """
    tally = tally or Tally()
    client = ApiClient(address, Tokens.of(token, customer_token), traffic=traffic, transport=transport, tally=tally)
    storage = storage or AnswerStorage()
    key = f"{address.rstrip('/')}\n{client.tokens.fingerprint}"
    source: PayloadSource = ConnectApi(client, metrics_per_request=metrics_per_request)
    if webhook:
        source = AsyncApi(
            client,
            webhook,
            storage.state,
            client_key=key,
            metrics_per_request=metrics_per_request,
            receivers=receivers,
        )
    if storage.fresh:
        source = Cache(source, storage.state / "cache", storage.fresh, key, clock=client.clock, tally=tally)
    if storage.buckets != "none":
        folder, renews, keeps = storage.state / "buckets", storage.buckets != "use", storage.buckets != "compare"
        source = KeptBuckets(source, folder, key, renews=renews, keeps=keeps, clock=client.clock, tally=tally)
    if sharing:
        source = SharedSource(source, sharing, tally)
    if storage.record:
        source = Recording(source, storage.record)
    return TypedAnswers(source)
