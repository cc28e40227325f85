"""The time of a report's requests: it stands still while none of them may be sent, and runs while one is answered."""

from __future__ import annotations

import asyncio
import json
from dataclasses import dataclass, field

import pytest
from pydantic import SecretStr

from reportgen.connect.account_traffic import RateLimit
from reportgen.connect.api_client import ApiClient
from reportgen.connect.get_data_source import ConnectApi
from reportgen.connect.payload_sources import Outcome, Payload
from reportgen.connect.rate_limits import Traffic
from reportgen.connect.request_time import RequestTime
from reportgen.connect.tokens import Tokens
from reportgen.connect.transport import Call, Reply
from reportgen.queries import AccountFacts, Failure, Query, Source
from tests.connect.asking import REPLIES, FakeClock, asked
from tests.connect.virtual_time import LoopClock, run_jumping

UUID = "4addc0da-8583-4dbb-a0e9-c7e2e8470f50"
JSON = {"content-type": "application/json"}
PAGE = {
    "data": [
        {
            "uuid": UUID,
            "source_name": "Page",
            "status": "active",
            "currency": "EUR",
            "integration": {"slug": "instagram_business"},
        }
    ],
    "meta": {"last_page": 1},
}


@dataclass(slots=True)
class Api:
    """An API that answers every metric, each request after a while.

    Attributes:
        seconds: Until an answer.
        taken: When requests came.
    """

    seconds: float = 0.2
    taken: list[float] = field(default_factory=list)

    async def send(self, call: Call) -> Reply:
        """Answer a request."""
        self.taken.append(asyncio.get_running_loop().time())
        await asyncio.sleep(self.seconds)
        body = json.loads(call.body or b"{}")
        metrics = {metric["id"]: {"values": 1} for metric in body.get("metrics", ())}
        return Reply(200, JSON, json.dumps(metrics or PAGE).encode())


def source(traffic: Traffic, api: Api, number: int = 0, seconds: float = 600.0) -> ConnectApi:
    """Return the API for a client of an account."""
    tokens = Tokens.of(SecretStr("account"), SecretStr(f"customer-{number}"))
    return ConnectApi(ApiClient("https://h/api", tokens, traffic=traffic, transport=api), seconds=seconds)


def accounts(number: int) -> list[Query]:
    """Return a query of each of so many accounts, which are requests of their own."""
    return [asked(REPLIES, Source(f"s{index}", "instagram_business", f"u-{index}")) for index in range(number)]


@pytest.mark.parametrize("deadline", [None, 6 * 3600.0])
def test_reports_at_a_slow_rate_are_whole(deadline: float | None) -> None:
    """Eight clients with sixty requests each share thirty a minute: a quarter of an hour, and no answer lacks."""
    api = Api()

    async def work() -> list[dict[Query, Outcome]]:
        traffic = Traffic((RateLimit(30, 60),), LoopClock(), wait_until=deadline)
        reports = (source(traffic, api, number).fetch_payloads(accounts(60)) for number in range(8))
        return await asyncio.gather(*reports)

    for outcomes in run_jumping(work()):
        assert all(isinstance(outcome, Payload) for outcome in outcomes.values())
    assert len(api.taken) == 480
    assert max(api.taken) == pytest.approx(900.0, abs=10.0)


def test_the_time_of_answers_counts() -> None:
    """An API that takes ninety seconds for an answer leaves a report of ten minutes without its last answers."""

    async def work() -> dict[Query, Outcome]:
        return await source(Traffic((), LoopClock()), Api(90.0)).fetch_payloads(accounts(40))

    outcomes = run_jumping(work())
    assert sum(isinstance(outcome, Failure) for outcome in outcomes.values()) == 40 - 4 * 7, "seven times four at once"


@pytest.mark.logs("the API asks for a pause of 700 seconds")
def test_a_pause_is_waited_for_while_another_request_is_tried_again() -> None:
    """The short wait before a retry is of the report's time, and ends no pause that a request beside it waits for."""
    asked_for = iter([Reply(500, JSON, b"{}"), Reply(429, {**JSON, "retry-after": "700"}, b"{}")])

    class Failing(Api):
        async def send(self, call: Call) -> Reply:
            return next(asked_for, None) or await super().send(call)

    async def work() -> dict[Query, Outcome]:
        return await source(Traffic((), LoopClock()), Failing()).fetch_payloads(accounts(2))

    assert all(isinstance(outcome, Payload) for outcome in run_jumping(work()).values())


def test_the_facts_of_an_account_wait_for_a_pause() -> None:
    """A report that comes while the account pauses has its currency all the same."""

    async def work() -> dict[str, AccountFacts]:
        traffic = Traffic((), LoopClock(), wait_until=3600.0)
        subject = source(traffic, Api())
        traffic.pause(subject.client.tokens.account_fingerprint, 110.0)
        return dict(await subject.fetch_account_facts())

    assert run_jumping(work()) == {UUID: AccountFacts("Page", "EUR")}


def test_the_time_stands_still_once_for_all_that_wait() -> None:
    """However many requests wait, and for a host that is down as for a rate; a wait that is not free lets it run."""
    clock = FakeClock()
    traffic = Traffic((), clock, wait_until=1000.0)
    time = RequestTime(traffic, 60.0)
    with time.waiting(), time.waiting():
        clock.seconds += 100.0
        assert time.left == 60.0
    assert time.left == 60.0
    with time.waiting(), time.waiting(is_free=False):
        clock.seconds += 10.0
        assert time.allows(500.0)
        assert not time.allows(51.0, is_free=False)
    assert time.left == 50.0
    clock.seconds += 10.0
    assert time.left == 40.0


@pytest.mark.logs("the API at h cannot be reached: u; trying again")
def test_an_outage_is_not_counted_twice() -> None:
    """The time of all requests stands still while their host is down; who waits meanwhile gets no more of it."""
    clock = FakeClock()
    traffic = Traffic((), clock, wait_until=1000.0)
    time = RequestTime(traffic, 60.0)
    for _ in range(5):
        traffic.count_failure("h", "u")
    with time.waiting():
        clock.seconds += 100.0
    traffic.reset_failures("h")
    assert time.left == 60.0


def test_a_wait_counts_after_the_deadline() -> None:
    """Of a wait that began before the deadline of the run, the part after it."""
    clock = FakeClock()
    time = RequestTime(Traffic((), clock, wait_until=100.0), 60.0)
    with time.waiting():
        clock.seconds += 110.0
        assert time.left == 50.0
        assert not time.allows(51.0)
        assert time.allows(49.0)
    clock.seconds += 10.0
    with time.waiting():
        clock.seconds += 10.0
    assert time.left == 30.0


def test_what_waits_for_no_rate() -> None:
    """The time of a question that is no report's runs while it waits."""
    clock = FakeClock()
    time = RequestTime(Traffic((), clock, wait_until=1000.0), 60.0, is_patient=False)
    assert not time.allows(61.0)
    with time.waiting():
        clock.seconds += 10.0
    assert time.left == 50.0
