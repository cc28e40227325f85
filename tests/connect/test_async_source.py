"""Asking asynchronously: what is sent, what is delivered, and what is asked directly instead."""

from __future__ import annotations

import asyncio
from contextlib import ExitStack
from typing import TYPE_CHECKING, cast
from uuid import UUID

import httpx
import pytest
from pydantic import SecretStr

from reportgen.connect.api_client import ApiClient
from reportgen.connect.async_source import AsyncApi
from reportgen.connect.event_loop import run
from reportgen.connect.get_data import wire_id
from reportgen.connect.get_data_source import ConnectApi
from reportgen.connect.payload_sources import Payload
from reportgen.connect.rate_limits import Traffic
from reportgen.connect.shared_receivers import SharedReceivers
from reportgen.connect.tokens import Tokens
from reportgen.connect.webhook_settings import WebhookSettings
from reportgen.errors import AuthenticationFailed
from reportgen.queries import Failure, Query, Source
from tests.canaries import CUSTOMER, TOKEN
from tests.connect.asking import ADS, CLICKS, GENDER, REPLIES, FakeClock, asked
from tests.faultserver import Fault, Hang, HangUp, Hit, answer_all, json_reply, payload_of, routed, serving, too_many
from tests.free_ports import free_port

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable
    from pathlib import Path

    from pydantic import JsonValue

    from reportgen.connect.clock import Clock
    from reportgen.connect.payload_sources import Outcome

STARTED = json_reply({"success": True, "message": "Metrics data collection started"})


def api(address: str, state: Path, clock: Clock | None, seconds: float, port: int = 0) -> AsyncApi:
    """Return the asynchronous API at an address; without a clock the machine's own."""
    tokens = Tokens.of(SecretStr(TOKEN), SecretStr(CUSTOMER))
    client = ApiClient(address, tokens, traffic=Traffic((), clock), answer_seconds=0.5)
    return AsyncApi(client, WebhookSettings(None, "127.0.0.1", port), state, client_key="test", seconds=seconds)


def fetch(
    address: str, state: Path, *queries: Query, clock: Clock | None = None, seconds: float = 10, port: int = 0
) -> dict[Query, Outcome]:
    """Ask asynchronously."""
    return run(api(address, state, clock, seconds, port).fetch_payloads(queries))


def webhook_of(hit: Hit) -> str:
    """Return where a request wants its delivery."""
    assert isinstance(hit.body, dict)
    return str(hit.body["metrics_webhook_url"])


async def deliver(url: str, *payloads: JsonValue) -> None:
    """Post deliveries one after the other."""
    async with httpx.AsyncClient(trust_env=False) as client:
        for payload in payloads:
            await client.post(url, json=payload)


class Collecting:
    """Answers get-data-async, and does something in the background for each request; get-data answers well."""

    def __init__(self, then: Callable[[Hit], Awaitable[None]], reply: Fault = STARTED) -> None:
        """Keep what is done, and what is answered."""
        self.then, self.reply = then, reply
        self.tasks: list[asyncio.Task[None]] = []

    async def __call__(self, hit: Hit) -> Fault:
        """Answer one request."""
        if not hit.path.endswith("-async"):
            return answer_all(hit, lambda _: {"values": 2})

        async def work() -> None:
            await self.then(hit)

        self.tasks.append(asyncio.create_task(work()))
        return self.reply


async def nothing(_hit: Hit) -> None:
    """Deliver nothing."""


async def at_once(hit: Hit) -> None:
    """Deliver every metric."""
    await deliver(webhook_of(hit), payload_of(hit))


def values(outcomes: dict[Query, Outcome]) -> list[object]:
    """Return the number of each answer."""
    return [
        cast("dict[str, object]", outcome.json)["values"]
        for outcome in outcomes.values()
        if isinstance(outcome, Payload)
    ]


def test_a_request_is_delivered(tmp_path: Path) -> None:
    """Over two real sockets: asked with ids of this run and a webhook of its own, answered by a post."""
    with serving(Collecting(at_once)) as server:
        outcomes = fetch(server.address, tmp_path, asked(REPLIES), asked(REPLIES, source=ADS))
    assert values(outcomes) == [1, 1]
    assert [hit.path for hit in server.hits] == ["/api/metrics/get-data-async"] * 2
    ids = [str(metric["id"]) for hit in server.hits for metric in hit.metrics]
    assert {UUID(one).version for one in ids} == {4}
    assert wire_id(asked(REPLIES)) not in ids
    tokens = {webhook_of(hit).rpartition("/")[2] for hit in server.hits}
    assert len(tokens) == 2
    assert {len(token) for token in tokens} == {32}  # 128 bits


def test_two_deliveries_are_one(tmp_path: Path) -> None:
    """W02: the first good delivery is used."""

    async def twice(hit: Hit) -> None:
        await deliver(webhook_of(hit), payload_of(hit), payload_of(hit, lambda _: {"values": 99}))

    with serving(Collecting(twice)) as server:
        assert values(fetch(server.address, tmp_path, asked(REPLIES))) == [1]


def test_order_does_not_matter(tmp_path: Path) -> None:
    """W04: deliveries in the opposite order of the requests are each their own request's."""
    seen: list[Hit] = []

    async def backwards(hit: Hit) -> None:
        seen.append(hit)
        if len(seen) == 3:
            for one in reversed(seen):
                number = int(str(cast("dict[str, JsonValue]", one.body)["customer_integration"]))
                await deliver(webhook_of(one), {key: {"values": number} for key in payload_of(one)})

    queries = [asked(REPLIES, source=Source(f"s{number}", "x", str(number))) for number in range(3)]
    with serving(Collecting(backwards)) as server:
        assert values(fetch(server.address, tmp_path, *queries)) == [0, 1, 2]


@pytest.mark.logs("WebhookTimeout: nothing was delivered within 10 seconds; asking directly")
def test_what_does_not_come_is_asked_directly(tmp_path: Path) -> None:
    """W06: after the deadline each request is asked once from the synchronous endpoint."""
    with serving(Collecting(nothing)) as server:
        outcomes = fetch(server.address, tmp_path, asked(REPLIES), asked(CLICKS), clock=FakeClock())
    assert values(outcomes) == [2, 2]
    assert [hit.path.rpartition("/")[2] for hit in server.hits] == ["get-data-async", "get-data"]


@pytest.mark.logs("nothing was delivered")
def test_what_fails_both_ways_says_both(tmp_path: Path) -> None:
    """W06: nothing delivered and nothing answered is a failure that names both."""
    script = routed(
        {"POST /metrics/get-data-async": STARTED, "POST /metrics/get-data": json_reply({"message": "No"}, 403)}
    )
    with serving(script) as server:
        (failure,) = fetch(server.address, tmp_path, asked(REPLIES), clock=FakeClock()).values()
    assert isinstance(failure, Failure)
    assert failure.reason == (
        "WebhookTimeout: nothing was delivered within 10 seconds; asked directly: the API answered 403: No"
    )


@pytest.mark.logs("; asking directly")
@pytest.mark.parametrize("fault", [Hang(), HangUp(), json_reply({"message": "m"}, 503)], ids=["hang", "hang-up", "503"])
def test_it_is_never_sent_twice(tmp_path: Path, fault: Fault) -> None:
    """A request that may have been taken is not sent again: its delivery is waited for, then it is asked directly."""
    with serving(Collecting(nothing, fault)) as server:
        assert values(fetch(server.address, tmp_path, asked(REPLIES), clock=FakeClock())) == [2]
    assert [hit.path.rpartition("/")[2] for hit in server.hits] == ["get-data-async", "get-data"]


def test_a_request_that_has_to_wait_is_sent_again(tmp_path: Path) -> None:
    """N09: what was limited was not taken, so it cannot be delivered twice, and is asked for as soon as it may be."""
    collecting, refused = Collecting(at_once), [too_many("1")]

    async def script(hit: Hit) -> Fault:
        return refused.pop() if refused else await collecting(hit)

    with serving(script) as server:
        assert values(fetch(server.address, tmp_path, asked(REPLIES))) == [1]
    assert [hit.path.rpartition("/")[2] for hit in server.hits] == ["get-data-async"] * 2


def test_a_delivery_may_overtake_its_answer(tmp_path: Path) -> None:
    """What is delivered while the request itself hangs is used; nothing is asked again."""
    with serving(Collecting(at_once, Hang())) as server:
        assert values(fetch(server.address, tmp_path, asked(REPLIES))) == [1]
    assert len(server.hits) == 1


@pytest.mark.parametrize("is_enclosed", [False, True])
def test_a_whole_delivery_wins_over_an_empty_one(tmp_path: Path, *, is_enclosed: bool) -> None:
    """W02: a delivery without any answer ends no wait; what comes in time is used, and nothing is asked directly."""

    async def emptied(hit: Hit) -> None:
        await deliver(webhook_of(hit), {"data": {}} if is_enclosed else {}, payload_of(hit))

    with serving(Collecting(emptied)) as server:
        assert len(values(fetch(server.address, tmp_path, asked(REPLIES), asked(CLICKS)))) == 2
    assert [hit.path.rpartition("/")[2] for hit in server.hits] == ["get-data-async"]


def test_deliveries_in_parts_are_one(tmp_path: Path) -> None:
    """W02, W04: each has answers to other metrics of the request; of a metric the first answer counts."""

    async def parts(hit: Hit) -> None:
        first, second, third = payload_of(hit)
        await deliver(webhook_of(hit), {third: {"values": 3}}, {third: {"values": 99}})
        await deliver(webhook_of(hit), {first: {"values": 1}, third: {"values": 99}}, {second: {"values": 2}})

    with serving(Collecting(parts)) as server:
        assert values(fetch(server.address, tmp_path, asked(REPLIES), asked(CLICKS), asked(GENDER))) == [1, 2, 3]
    assert len(server.hits) == 1


def test_what_a_delivery_lacks_is_asked_directly(tmp_path: Path) -> None:
    """W06: that alone, and soon, since it is mostly left out for good; what was delivered is used."""

    async def script(hit: Hit) -> Fault:
        if not hit.path.endswith("-async"):
            return answer_all(hit, lambda _: {"values": 2})
        await deliver(webhook_of(hit), dict([*payload_of(hit).items()][:1]))
        return STARTED

    clock, wanted = FakeClock(), (asked(REPLIES), asked(CLICKS), asked(GENDER))
    with serving(script) as server:
        outcomes = fetch(server.address, tmp_path, *wanted, clock=clock, seconds=300)
    assert values(outcomes) == [1, 2, 2]
    assert 5 <= sum(clock.slept) <= 10
    assert [len(hit.metrics) for hit in server.hits] == [3, 2]


@pytest.mark.logs("not every metric was delivered")
def test_what_lacks_both_ways_says_why(tmp_path: Path) -> None:
    """W06: a metric that is neither delivered nor answered has both reasons, or that the API does not know it."""

    def script(refused: Fault | None) -> Callable[[Hit], Awaitable[Fault]]:
        async def answered(hit: Hit) -> Fault:
            if not hit.path.endswith("-async"):
                return refused or json_reply({})
            await deliver(webhook_of(hit), {})
            return STARTED

        return answered

    for folder, refused, said in (
        (
            "a",
            json_reply({"message": "No"}, 403),
            "not every metric was delivered, nor the rest 5 seconds later; asked directly: the",
        ),
        ("b", None, "the API's answer does not hold this metric"),
    ):
        with serving(script(refused)) as server:
            (failure,) = fetch(server.address, tmp_path / folder, asked(REPLIES), clock=FakeClock()).values()
        assert isinstance(failure, Failure)
        assert said in failure.reason


def test_a_pause_costs_no_time_of_deliveries(tmp_path: Path) -> None:
    """N09: a request that had to wait longer than deliveries are waited for has its delivery all the same."""
    refused = [too_many("60")]

    async def script(hit: Hit) -> Fault:
        if refused:
            return refused.pop()
        await at_once(hit)
        return STARTED

    with serving(script) as server:
        assert values(fetch(server.address, tmp_path, asked(REPLIES), clock=FakeClock())) == [1]
    assert [hit.path.rpartition("/")[2] for hit in server.hits] == ["get-data-async"] * 2


@pytest.mark.logs("which was not asked for")
def test_a_strangers_delivery_is_used_for_nobody(tmp_path: Path) -> None:
    """P22: an id that was not asked for spoils its delivery, and the request is asked directly."""

    async def mixed(hit: Hit) -> None:
        await deliver(webhook_of(hit), {**payload_of(hit), wire_id(asked(GENDER)): {"values": 9}})

    with serving(Collecting(mixed)) as server:
        assert values(fetch(server.address, tmp_path, asked(REPLIES))) == [2]


@pytest.mark.logs("the delivery is packed as gzip, which is not read; asking directly")
def test_a_delivery_that_is_not_read_says_why(tmp_path: Path) -> None:
    """A packed delivery was refused, though something came; its metrics are asked directly."""

    async def packed(hit: Hit) -> None:
        async with httpx.AsyncClient(trust_env=False) as sender:
            reply = await sender.post(webhook_of(hit), content=b"x", headers={"Content-Encoding": "gzip"})
        assert reply.status_code == 415

    with serving(Collecting(packed)) as server:
        assert values(fetch(server.address, tmp_path, asked(REPLIES), seconds=0.5)) == [2]


def test_refused_tokens_end_the_run(tmp_path: Path) -> None:
    """N15: a 401 is raised, as it is when asking directly."""
    refused = json_reply({"message": "No"}, 401)
    with (
        serving(routed({"POST /metrics/get-data-async": refused, "GET /merchants/settings": refused})) as server,
        pytest.raises(AuthenticationFailed),
    ):
        fetch(server.address, tmp_path, asked(REPLIES), clock=FakeClock())


@pytest.fixture(name="port")
def _port() -> int:
    return free_port()


def test_a_run_that_was_killed_is_taken_up(tmp_path: Path, port: int) -> None:
    """W08: what was delivered to another receiver for a run that is gone is used by the next, without asking again."""

    async def killed(address: str) -> None:
        task = asyncio.create_task(api(address, tmp_path, None, 30, port).fetch_payloads([asked(REPLIES)]))
        while not server.hits:  # noqa: ASYNC110 - the server is in another thread
            await asyncio.sleep(0.01)
        await asyncio.sleep(0.1)  # the answer of the request has come
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)

    with serving(Collecting(nothing)) as server:
        asyncio.run(killed(server.address))
        (hit,) = server.hits

        async def taken_up() -> dict[Query, Outcome]:
            fetching = asyncio.create_task(
                api(server.address, tmp_path, None, 10, port).fetch_payloads([asked(REPLIES)])
            )
            await asyncio.sleep(0.2)  # listening
            await deliver(webhook_of(hit), payload_of(hit))
            return await fetching

        outcomes = asyncio.run(taken_up())
    assert values(outcomes) == [1]
    assert len(server.hits) == 1


def test_clients_of_a_port_have_addresses_of_their_own(tmp_path: Path, port: int) -> None:
    """Clients whose webhooks differ in their path alone share a receiver: the proxy leads all to the same port."""
    addresses = [f"http://127.0.0.1:{port}/{name}" for name in ("aurora", "norte")]

    async def work() -> list[str]:
        with SharedReceivers(tmp_path, FakeClock()) as receivers, ExitStack() as stack:
            settings = [WebhookSettings(address, "127.0.0.1", port) for address in addresses]
            reports = [stack.enter_context(receivers.deliveries(each, bytes)) for each in settings]
            return [report.address("token") for report in reports]

    assert run(work()) == [f"{address}/token" for address in addresses]


def test_it_answers_as_the_direct_way_does(tmp_path: Path) -> None:
    """The same questions have the same answers both ways, in the same order."""
    queries = [asked(CLICKS), asked(REPLIES, source=ADS), asked(GENDER)]
    with serving(Collecting(at_once)) as server:
        by_webhook = fetch(server.address, tmp_path, *queries)
    tokens = Tokens.of(SecretStr(TOKEN), SecretStr(CUSTOMER))
    with serving(answer_all) as server:
        directly = run(ConnectApi(ApiClient(server.address, tokens)).fetch_payloads(queries))
    assert list(by_webhook.items()) == list(directly.items())
