"""The API as a source of answers: the chain from the customer's tokens to typed answers, put together."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reportgen.connect.api import ConnectApi
from reportgen.connect.client import ApiClient
from reportgen.connect.payloads import TypedAnswers
from reportgen.connect.tokens import Tokens
from reportgen.connect.wire import LARGEST_REQUEST

if TYPE_CHECKING:
    from pydantic import SecretStr

    from reportgen.connect import AnswerSource
    from reportgen.connect.traffic import Traffic
    from reportgen.connect.transport import Transport


def live_answers(  # noqa: PLR0913 - each is one thing a caller may share or stand in for
    address: str,
    token: SecretStr,
    customer_token: SecretStr,
    *,
    traffic: Traffic | None = None,
    transport: Transport | None = None,
    metrics_per_request: int = LARGEST_REQUEST,
) -> AnswerSource:
    """Return the API as an `AnswerSource`; nothing is sent yet.

    Args:
        address: Of the API, with its `/api`.
        token: The account's key; a "Bearer " in front, as it is often copied, is left out.
        customer_token: The key of the customer whose accounts are asked.
        traffic: Limits and budgets shared with other reports; None is a run of its own.
        transport: What carries the calls; None opens HTTP connections.
        metrics_per_request: Most metrics of one request.

    Raises:
        ConfigurationError: The address is none, or a token is empty or cannot be one.
    """
    client = ApiClient(address, Tokens.of(token, customer_token), traffic=traffic, transport=transport)
    return TypedAnswers(ConnectApi(client, metrics_per_request=metrics_per_request))
