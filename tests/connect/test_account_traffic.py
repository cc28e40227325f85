"""The requests of an account that the API limits: pauses, the request that goes first, and the rate that works."""

from __future__ import annotations

import asyncio
from collections import deque
from dataclasses import dataclass, field

import pytest
from pydantic import SecretStr

from reportgen.connect.api_client import ApiClient
from reportgen.connect.rate_limits import Traffic
from reportgen.connect.request_time import RequestTime
from reportgen.connect.tokens import Tokens
from reportgen.connect.transport import Call, Reply
from tests.connect.virtual_time import LoopClock, run_jumping

ANSWER_SECONDS = 0.2
GOOD = Reply(200, {"content-type": "application/json"}, b"{}")


@dataclass(slots=True)
class Limited:
    """An API that lets a number of requests through in a time, and asks the others to wait for as long.

    Attributes:
        most: Requests in the time.
        seconds: The time.
        taken: When requests were let through.
        refused: When they were not.
    """

    most: int
    seconds: float
    taken: deque[float] = field(default_factory=deque)
    refused: list[float] = field(default_factory=list)

    async def send(self, _call: Call) -> Reply:
        """Answer a request."""
        now = asyncio.get_running_loop().time()
        if sum(at > now - self.seconds for at in self.taken) >= self.most:
            self.refused.append(now)
            return Reply(429, {"content-type": "application/json", "retry-after": f"{self.seconds:.0f}"}, b"{}")
        self.taken.append(now)
        await asyncio.sleep(ANSWER_SECONDS)
        return GOOD


def ask(api: Limited, clients: int, requests: int = 1) -> float:
    """Have clients of an account ask at once, each so many times; return the seconds until all have their answers."""
    traffic = Traffic((), LoopClock())

    async def answered(client: int) -> None:
        tokens = Tokens.of(SecretStr("account"), SecretStr(f"customer-{client}"))
        async with ApiClient("https://h/api", tokens, traffic=traffic, transport=api) as subject:
            for _ in range(requests):
                await subject.post("x", {}, time=RequestTime(traffic, 600.0))

    async def work() -> float:
        await asyncio.gather(*(answered(number) for number in range(clients)))
        return asyncio.get_running_loop().time()

    return run_jumping(work())


@pytest.mark.parametrize(("most", "seconds"), [(3, 1.0), (10, 1.0), (30, 60.0)])
def test_all_clients_have_their_answers_in_about_the_time_that_takes(most: int, seconds: float) -> None:
    """N09: 24 clients with five requests each at the API's rate; waiting as asked is no failure of any."""
    api = Limited(most, seconds)
    took = ask(api, 24, 5)
    assert len(api.taken) == 120
    assert took < 1.35 * 120 * seconds / most
    assert len(api.refused) < 24 + 120 // 8, "those that went out before the first refusal, and then a few"


def test_one_request_goes_first_after_a_pause() -> None:
    """N09: those that waited together do not wake together; nothing follows before the first has its answer."""
    api = Limited(3, 1.0)
    ask(api, 24)
    assert len({at for at in api.refused if at == 0.0}) == 1
    after = [at for at in (*api.taken, *api.refused) if at >= 1.0]
    first, second = sorted(after)[:2]
    assert second >= first + ANSWER_SECONDS
    assert len(set(after)) == len(after), "no two at the same time"


@pytest.mark.logs("the API asks for a pause of 900 seconds")
def test_a_long_pause_makes_no_long_gaps() -> None:
    """N09: a quarter of an hour once; then the requests go on at the rate of the minute before it."""
    api = Limited(30, 900.0)

    async def work() -> float:
        traffic = Traffic((), LoopClock(), wait_until=6 * 3600.0)
        tokens = Tokens.of(SecretStr("account"), SecretStr("customer"))
        async with ApiClient("https://h/api", tokens, traffic=traffic, transport=api) as subject:
            for _ in range(30):
                await subject.post("x", {})
            refused = asyncio.create_task(subject.post("x", {}, time=RequestTime(traffic, 600.0)))
            await asyncio.sleep(ANSWER_SECONDS)
            api.most = 1000
            await refused
            began = asyncio.get_running_loop().time()
            await asyncio.gather(*(subject.post("x", {}, time=RequestTime(traffic, 600.0)) for _ in range(30)))
            return asyncio.get_running_loop().time() - began

    assert run_jumping(work()) < 30 * 2.5, "two seconds each, as 30 in a minute, and not half a minute"
    assert len(api.refused) == 1


def test_an_account_that_was_limited_once_becomes_fast_again() -> None:
    """A limit that is gone slows the requests down for a while, not for the rest of the run."""
    api = Limited(2, 10.0)
    traffic = Traffic((), LoopClock())

    async def work() -> float:
        tokens = Tokens.of(SecretStr("account"), SecretStr("customer"))
        async with ApiClient("https://h/api", tokens, traffic=traffic, transport=api) as subject:
            await asyncio.gather(*(subject.post("x", {}) for _ in range(3)))
            api.most = 1000
            for _ in range(200):
                await subject.post("x", {}, time=RequestTime(traffic, 5000.0))
            began = asyncio.get_running_loop().time()
            await asyncio.gather(*(subject.post("x", {}, time=RequestTime(traffic, 5000.0)) for _ in range(10)))
            return asyncio.get_running_loop().time() - began

    assert run_jumping(work()) < 1.0
