"""Tests of reportgen.connect.account_directory."""

from __future__ import annotations

import json
from datetime import date
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import SecretStr

from reportgen.connect.account_directory import AccountDirectory, Integration
from reportgen.connect.account_traffic import RateLimit
from reportgen.connect.api_client import ApiClient
from reportgen.connect.event_loop import run
from reportgen.connect.tokens import Tokens
from reportgen.connect.transport import Call, Reply
from tests.canaries import CUSTOMER, TOKEN
from tests.connect.asking import hasty
from tests.faultserver import Fault, Hit, json_reply, routed, serving

if TYPE_CHECKING:
    from pydantic import JsonValue

ONE = "4addc0da-8583-4dbb-a0e9-c7e2e8470f50"
ENTRY: dict[str, JsonValue] = {
    "uuid": ONE.upper(),
    "source_name": "@bakery",
    "status": "Active",
    "currency": "brl",
    "created_at": "2024-01-31T23:00:00.000000Z",
    "integration": {"name": "Instagram", "slug": "instagram_business"},
}


def directory(address: str) -> tuple[ApiClient, AccountDirectory]:
    """Return the directory of a customer of the API at an address."""
    client = ApiClient(address, Tokens.of(SecretStr(TOKEN), SecretStr(CUSTOMER)), traffic=hasty())
    return client, AccountDirectory(client)


def integrations(script: dict[str, Fault]) -> tuple[Integration, ...]:
    """Ask a server for the integrations."""

    async def work(address: str) -> tuple[Integration, ...]:
        client, subject = directory(address)
        async with client:
            return await subject.integrations()

    with serving(routed(script)) as server:
        return run(work(server.address))


def test_an_integration_is_read() -> None:
    """Everything that is documented or was seen arrives, in our spelling."""
    (found,) = integrations({"GET /customer-integrations": json_reply({"data": [ENTRY], "meta": {"last_page": 1}})})
    assert found == Integration(ONE, "instagram_business", "@bakery", "active", "BRL", date(2024, 1, 31))


@pytest.mark.parametrize("last", ["last_page", "total_pages"])
def test_every_page_is_asked(last: str) -> None:
    """Both documents of the vendor name the number of pages, each in its own way; both tokens go with each page."""

    def page(hit: Hit) -> Fault:
        uuid = f"00000000-0000-4000-8000-00000000000{hit.query['page']}"
        return json_reply({"data": [{**ENTRY, "uuid": uuid}, ENTRY], "meta": {last: 3}})

    async def work(address: str) -> int:
        client, subject = directory(address)
        async with client:
            return len(await subject.integrations())

    with serving(routed({"GET /customer-integrations": page})) as server:
        assert run(work(server.address)) == 4
    assert [hit.query for hit in server.hits] == [{"page": str(page), "per_page": "100"} for page in (1, 2, 3)]
    assert {(hit.token, hit.customer_token) for hit in server.hits} == {(TOKEN, CUSTOMER)}


def test_paging_ends() -> None:
    """A server that always names one more page is asked until a page is empty."""
    pages = [json_reply({"data": [ENTRY] if number < 3 else [], "meta": {"last_page": 10**9}}) for number in range(4)]

    async def work(address: str) -> int:
        client, subject = directory(address)
        async with client:
            return len(await subject.integrations())

    with serving(routed({"GET /customer-integrations": lambda hit: pages[min(hit.number - 1, 3)]})) as server:
        assert run(work(server.address)) == 1
    assert len(server.hits) == 4


@pytest.mark.parametrize("minute", ["300", 300])
def test_limits_are_strings(minute: str | int) -> None:
    """The limits of the account are read as the API writes them, with the account's token alone."""
    settings = json_reply({"merchant": {"rate_limit_per_minute": minute, "rate_limit_per_second": "5"}})

    async def work(address: str) -> tuple[RateLimit, ...]:
        client, subject = directory(address)
        async with client:
            return await subject.rate_limits()

    with serving(routed({"GET /merchants/settings": settings})) as server:
        assert run(work(server.address)) == (RateLimit(5, 1), RateLimit(300, 60))
    assert server.hits[0].customer_token == ""


_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["data", "meta", "uuid", "currency", "integration", "merchant", "last_page", "created_at"]),
            inner,
            max_size=4,
        )
    ),
    max_leaves=12,
)


@given(_JSON)
def test_whatever_comes_is_read(answer: JsonValue) -> None:
    """The vendor's shapes may change: what is not understood is unknown, and nothing is raised."""

    class Always:
        """Answers everything alike."""

        async def send(self, call: Call) -> Reply:  # noqa: ARG002 - the seam
            """Answer."""
            return Reply(200, {"content-type": "application/json"}, json.dumps(answer).encode())

    async def work() -> None:
        client = ApiClient("https://h/api", Tokens.of(SecretStr(TOKEN), SecretStr(CUSTOMER)), transport=Always())
        async with client:
            await AccountDirectory(client).integrations()
            await AccountDirectory(client).rate_limits()

    run(work())
