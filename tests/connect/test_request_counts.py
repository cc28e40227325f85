"""The time that a report only waits for its requests."""

from __future__ import annotations

import asyncio

import pytest
from pydantic import SecretStr

from reportgen.connect.api_client import ApiClient
from reportgen.connect.rate_limits import Traffic
from reportgen.connect.request_counts import Tally
from reportgen.connect.request_time import RequestTime
from reportgen.connect.tokens import Tokens
from tests.connect.test_account_traffic import ANSWER_SECONDS, Limited
from tests.connect.virtual_time import LoopClock, run_jumping


def asked(requests: int, most: int) -> tuple[Tally, float]:
    """Ask at once, where so many are let through in ten seconds; return the counts, and how long it took."""
    tally = Tally()

    async def work() -> float:
        tokens = Tokens.of(SecretStr("account"), SecretStr("customer"))
        traffic = Traffic((), LoopClock())
        api = Limited(most, 10.0)
        async with ApiClient("https://h/api", tokens, traffic=traffic, transport=api, tally=tally) as subject:
            await asyncio.gather(*(subject.post("x", {}, time=RequestTime(traffic, 600.0)) for _ in range(requests)))
        return asyncio.get_running_loop().time()

    return tally, run_jumping(work())


def test_a_report_that_does_not_wait() -> None:
    """Its requests are answered at once, so all of the time is work."""
    tally, took = asked(3, 3)
    assert (tally.waited, took) == (0.0, ANSWER_SECONDS)


def test_a_report_that_waits() -> None:
    """The pause counts once, however many requests wait; the time of an answer meanwhile is work."""
    tally, took = asked(4, 2)
    assert took > 10.0
    answers = took - tally.waited
    assert answers == pytest.approx(3 * ANSWER_SECONDS, abs=0.01)
