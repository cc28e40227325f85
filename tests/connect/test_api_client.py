"""Tests of reportgen.connect.api_client and traffic: waiting, trying again and giving up, on a clock that jumps."""

from __future__ import annotations

import asyncio
import logging
from itertools import pairwise
from typing import TYPE_CHECKING

import pytest
from pydantic import SecretStr

from reportgen.connect.account_traffic import RateLimit
from reportgen.connect.api_client import ATTEMPTS, ApiClient
from reportgen.connect.rate_limits import LONGEST_PAUSE, Traffic
from reportgen.connect.request_time import RequestTime
from reportgen.connect.tokens import Tokens
from reportgen.connect.transport import Call, Reply
from reportgen.errors import (
    AuthenticationFailed,
    ConnectError,
    Disconnected,
    RateLimited,
    RequestRefused,
    ServiceFailed,
    TimedOut,
    Unreachable,
    Untrusted,
)
from reportgen.logs import LOGGER
from tests.connect.asking import FakeClock

if TYPE_CHECKING:
    from pydantic import JsonValue

GOOD = Reply(200, {"content-type": "application/json"}, b"{}")
BEARER, CUSTOMER = "canary-account-51c2", "canary-customer-90e1"


def failed(status: int, **headers: str) -> Reply:
    """Return an error reply; `retry_after` is a header."""
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return Reply(status, {"content-type": "application/json", **named}, b'{"message": "m"}')


class Sequence:
    """A transport that does one thing after the other, the last again and again, and keeps when it was asked."""

    def __init__(self, clock: FakeClock, *steps: Reply | ConnectError) -> None:
        """Keep the steps."""
        self.clock, self.steps = clock, steps
        self.at: list[float] = []
        self.calls: list[Call] = []

    async def send(self, call: Call) -> Reply:
        """Do the next step."""
        step = self.steps[min(len(self.at), len(self.steps) - 1)]
        self.at.append(self.clock.now())
        self.calls.append(call)
        if isinstance(step, ConnectError):
            raise step
        return step


def client(
    *steps: Reply | ConnectError, limits: tuple[RateLimit, ...] = (), traffic: Traffic | None = None
) -> tuple[ApiClient, Sequence]:
    """Return a client of a run of its own, or of a given one, and its transport."""
    traffic = traffic or Traffic(limits, FakeClock())
    assert isinstance(traffic.clock, FakeClock)
    transport = Sequence(traffic.clock, *steps)
    tokens = Tokens.of(SecretStr(BEARER), SecretStr(CUSTOMER))
    return ApiClient("https://h/api", tokens, traffic=traffic, transport=transport), transport


def post(
    subject: ApiClient, *, seconds: float | None = None, attempts: int = ATTEMPTS, repeat_late: bool = True
) -> JsonValue:
    """Post once, as a request of a report that has some seconds."""
    time = None if seconds is None else RequestTime(subject.traffic, seconds)

    async def work() -> JsonValue:
        async with subject:
            return await subject.post("x", {}, time=time, attempts=attempts, repeat_late=repeat_late)

    return asyncio.run(work())


@pytest.mark.parametrize("status", [408, 425, 429, 500, 502, 503, 504])
def test_a_passing_failure_is_tried_again(status: int) -> None:
    """N13, N19: a server error and a request to come back are tried again, after growing waits with full jitter."""
    subject, transport = client(failed(status), failed(status), GOOD)
    assert post(subject) == {}
    assert transport.at == [0.0, 0.5, 1.5]  # the dice always throw 1


UNREACHABLE = pytest.mark.logs("the API at h cannot be reached: u; trying again")
PAUSED = pytest.mark.logs("the API asks for a pause of")


@pytest.mark.parametrize("error", [pytest.param(Unreachable("u"), marks=UNREACHABLE), Disconnected("d"), TimedOut("t")])
def test_a_network_fault_is_tried_again(error: ConnectError) -> None:
    """N01, N05, N07: no answer at all is tried again."""
    subject, transport = client(error, GOOD)
    assert post(subject) == {}
    assert len(transport.at) == 2


def test_a_stale_connection_is_tried_again_at_once() -> None:
    """N08: the first time a connection is cut nobody waits, because a kept one had most often gone stale."""
    subject, transport = client(Disconnected("d"), Disconnected("d"), GOOD)
    post(subject)
    assert transport.at == [0.0, 0.0, 1.0]


@pytest.mark.parametrize("status", [400, 403, 404, 410, 413, 422, 307])
def test_a_refused_request_is_not_repeated(status: int) -> None:
    """N17, N18: the same request would be refused again."""
    subject, transport = client(failed(status), GOOD)
    with pytest.raises(RequestRefused) as raised:
        post(subject)
    assert raised.value.status == status
    assert len(transport.at) == 1


def test_a_bad_certificate_is_not_tried_again() -> None:
    """N03: a server that does not prove who it is gets nothing more."""
    subject, transport = client(Untrusted("c"), GOOD)
    with pytest.raises(Untrusted):
        post(subject)
    assert len(transport.at) == 1


def test_three_attempts_at_the_most() -> None:
    """N14: an error that never ends is asked three times."""
    subject, transport = client(failed(500))
    with pytest.raises(ServiceFailed):
        post(subject)
    assert len(transport.at) == 3


def test_what_must_not_be_repeated_is_not() -> None:
    """A single attempt is one, whatever fails."""
    subject, transport = client(failed(503), GOOD)
    with pytest.raises(ServiceFailed):
        post(subject, attempts=1)
    assert len(transport.at) == 1


def test_an_impatient_request_is_not_repeated_when_slow() -> None:
    """A request that can be halved is not asked again as it is when its answer came too late."""
    subject, transport = client(TimedOut("t"), GOOD)
    with pytest.raises(TimedOut):
        post(subject, repeat_late=False)
    assert len(transport.at) == 1


def test_truncated_json_is_asked_once_more() -> None:
    """P01: it may have been cut on the way; the second time it is the server's."""
    cut = Reply(200, {"content-type": "application/json"}, b'{"a": 1')
    subject, transport = client(cut)
    with pytest.raises(ConnectError, match="not strict JSON"):
        post(subject)
    assert len(transport.at) == 2


def test_the_run_has_a_budget_of_retries() -> None:
    """N12, N14: twenty requests that all fail cost six retries together, not forty."""
    traffic = Traffic((), FakeClock())
    asked = 0
    for _ in range(20):
        subject, transport = client(failed(500), traffic=traffic)
        with pytest.raises(ServiceFailed):
            post(subject)
        asked += len(transport.at)
    assert asked == 20 + 6


def test_the_budget_grows_with_the_run() -> None:
    """N14: of many requests a tenth may be retried."""
    traffic = Traffic((), FakeClock())
    for _ in range(100):
        post(client(GOOD, traffic=traffic)[0])
    assert sum(traffic.may_retry() for _ in range(50)) == 10


def test_a_limit_is_waited_out() -> None:
    """N09: Retry-After is waited for exactly, and costs neither an attempt nor the budget."""
    subject, transport = client(*[failed(429, retry_after="3")] * 40, GOOD)
    post(subject, seconds=1000.0)
    assert transport.at == [3.0 * pause for pause in range(41)]
    assert sum(subject.traffic.may_retry() for _ in range(50)) == 6


def test_a_limit_holds_for_the_whole_account() -> None:
    """N09: while the account's gate is closed no other customer's request goes out either."""
    traffic = Traffic((), FakeClock())
    traffic.pause(Tokens.of(SecretStr(BEARER), SecretStr("another-customer")).account_fingerprint, 3)
    subject, transport = client(GOOD, traffic=traffic)
    post(subject)
    assert transport.at == [3.0]


def test_a_limit_of_another_account_is_no_limit() -> None:
    """N09: another account's gate is its own."""
    traffic = Traffic((), FakeClock())
    traffic.pause("another", 3)
    subject, transport = client(GOOD, traffic=traffic)
    post(subject)
    assert transport.at == [0.0]


def test_a_limit_as_a_date_is_waited_out() -> None:
    """N10: a date counts from the server's own clock."""
    dates = {"retry_after": "Sun, 01 Nov 2026 09:00:05 GMT", "date": "Sun, 01 Nov 2026 09:00:00 GMT"}
    subject, transport = client(failed(429, **dates), GOOD)
    post(subject)
    assert transport.at == [0.0, 5.0]


@pytest.mark.parametrize("status", [pytest.param(429, marks=PAUSED), 503])
@pytest.mark.parametrize("deadline", [None, 3000.0])
def test_a_pause_costs_a_report_no_time(status: int, deadline: float | None) -> None:
    """N09: a pause that is longer than the time of a report is waited for, within the run's deadline, or an hour."""
    subject, transport = client(
        failed(status, retry_after="2000"), failed(500), GOOD, traffic=Traffic((), FakeClock(), wait_until=deadline)
    )
    post(subject, seconds=600.0)
    assert transport.at == [0.0, 2000.0, 2000.5 if status == 429 else 2001.0]
    assert [call.seconds for call in transport.calls] == [100.0] * 3


@PAUSED
@pytest.mark.parametrize("deadline", [None, 3000.0])
def test_a_pause_beyond_the_deadline_ends_a_request(deadline: float | None) -> None:
    """N11: at once, since no report can be made before."""
    traffic = Traffic((), FakeClock(), wait_until=deadline)
    subject, transport = client(GOOD, failed(429, retry_after="3601"), GOOD, traffic=traffic)
    post(subject, seconds=600.0)
    asyncio.run(traffic.clock.sleep(10.0))
    with pytest.raises(RateLimited, match="asks for a pause of 3600 seconds, which is longer than there is time for"):
        post(subject, seconds=600.0)
    assert transport.at == [0.0, 10.0]


@PAUSED
def test_a_pause_after_the_deadline_is_part_of_a_reports_time() -> None:
    """Reports that were begun in time are finished, each in the seconds that it has."""
    traffic = Traffic((), FakeClock(), wait_until=100.0)
    subject, transport = client(*[failed(429, retry_after="250")] * 9, GOOD, traffic=traffic)
    with pytest.raises(RateLimited, match="longer than there is time for"):
        post(subject, seconds=600.0)
    assert transport.at == [0.0, 250.0, 500.0], "of the first pause 150 seconds count, of the second all 250"


@PAUSED
def test_an_absurd_pause_is_waited_for_an_hour() -> None:
    """N11: then a request looks whether the API meant it, such as the milliseconds or the date that it was."""
    traffic = Traffic((), FakeClock(), wait_until=6 * 3600.0)
    subject, transport = client(failed(429, retry_after="1000000000"), GOOD, traffic=traffic)
    post(subject, seconds=600.0)
    assert transport.at == [0.0, LONGEST_PAUSE]


def test_a_request_that_is_refused_again_and_again_ends() -> None:
    """The pauses of its first refusals are free, the others its report's time: it pauses the account for all others."""
    traffic = Traffic((), FakeClock(), wait_until=6 * 3600.0)
    subject, transport = client(failed(429, retry_after="60"), traffic=traffic)
    with pytest.raises(RateLimited, match="longer than there is time for"):
        post(subject, seconds=600.0)
    assert transport.at == [60.0 * refusal for refusal in range(15)]


def test_what_is_no_report_waits_for_no_long_pause() -> None:
    """A question of the command line is answered, or fails, within its own time."""
    subject, transport = client(failed(429, retry_after="101"), GOOD)
    with pytest.raises(RateLimited, match="longer than there is time for"):
        post(subject)
    assert transport.at == [0.0]


def test_a_long_pause_is_told(caplog: pytest.LogCaptureFixture) -> None:
    """Once, by a warning; a pause of seconds is nothing to tell of."""
    caplog.set_level(logging.WARNING, LOGGER.name)
    post(client(failed(429, retry_after="3"), GOOD)[0], seconds=600.0)
    assert caplog.messages == []
    post(client(failed(429, retry_after="700"), GOOD)[0], seconds=600.0)
    assert caplog.messages == ["the API asks for a pause of 700 seconds; requests of the account wait"]
    assert [(getattr(line, "event", ""), getattr(line, "seconds", 0)) for line in caplog.records] == [("paused", 700.0)]
    caplog.clear()


@pytest.mark.parametrize("nonsense", ["soon", "-5", ""])
def test_a_nonsensical_limit_is_no_limit(nonsense: str) -> None:
    """N11: garbage is ignored and the wait is our own."""
    subject, transport = client(failed(429, retry_after=nonsense), GOOD)
    post(subject)
    assert transport.at == [0.0, 0.5]


def test_limits_on_everything_end() -> None:
    """N12: an API that only limits, and asks for no pause, is given up after three attempts with pauses of ours."""
    subject, transport = client(failed(429, retry_after="0"))
    with pytest.raises(RateLimited):
        post(subject)
    assert transport.at == [0.0, 0.5, 1.5]


def test_a_busy_service_says_when() -> None:
    """N13: Retry-After of a 503 is waited for in place of our own pause."""
    subject, transport = client(failed(503, retry_after="4"), GOOD)
    post(subject)
    assert transport.at == [0.0, 4.0]


def test_a_wait_that_a_busy_service_asks_for_costs_no_retry() -> None:
    """N13, N14: of ten requests each waits as asked; the budget is there for failures that name no time."""
    traffic = Traffic((), FakeClock())
    for _ in range(10):
        post(client(failed(503, retry_after="4"), GOOD, traffic=traffic)[0])
    assert sum(traffic.may_retry() for _ in range(50)) == 6


def test_nothing_is_awaited_past_the_deadline() -> None:
    """A pause of our own that would end after the time of a request is not begun, and the last error is told."""
    subject, transport = client(failed(503), GOOD)
    with pytest.raises(ServiceFailed):
        post(subject, seconds=0.4)
    assert transport.at == [0.0]


def test_a_request_gets_the_time_that_is_left() -> None:
    """The second attempt may last no longer than until the deadline."""
    subject, transport = client(failed(500), GOOD)
    post(subject, seconds=2.0)
    assert [call.seconds for call in transport.calls] == [2.0, 1.5]


def test_rates_are_kept() -> None:
    """Two a second and three a minute: the third waits a second, the fourth a minute."""
    traffic = Traffic((RateLimit(2, 1), RateLimit(3, 60)), FakeClock())
    at = []
    for _ in range(4):
        subject, transport = client(GOOD, traffic=traffic)
        post(subject)
        at += transport.at
    assert at == [0.0, 0.0, 1.0, 60.0]


def test_waiting_for_a_rate_costs_a_report_no_time() -> None:
    """Requests at two a minute take longer than the time of a report, which has all of its answers."""
    traffic = Traffic((RateLimit(2, 60),), FakeClock())
    time = RequestTime(traffic, 600.0)
    subject, transport = client(GOOD, traffic=traffic)

    async def work() -> None:
        async with subject:
            for _ in range(40):
                await subject.post("x", {}, time=time)

    asyncio.run(work())
    assert transport.at[-1] == 19 * 60.0
    assert time.left == 600.0


def test_a_rate_that_leaves_no_time_is_named() -> None:
    """After the run's deadline: the API asked for no pause then, and the reason does not say so."""
    traffic = Traffic((RateLimit(1, 60),), FakeClock(), wait_until=0.0)
    post(client(GOOD, traffic=traffic)[0], seconds=30.0)
    with pytest.raises(RateLimited, match=r"the rate of the account \(requests_per_minute.* no request out for 60 sec"):
        post(client(GOOD, traffic=traffic)[0], seconds=30.0)


@UNREACHABLE
def test_a_host_that_is_gone_is_left_alone() -> None:
    """N01: after five failures to connect in a row nobody tries for half a minute, then one does."""
    traffic = Traffic((), FakeClock())
    for _ in range(2):
        with pytest.raises(Unreachable):
            post(client(Unreachable("u"), traffic=traffic)[0])
    subject, transport = client(GOOD, traffic=traffic)
    with pytest.raises(Unreachable, match="h was not tried: it could not be reached 5 times in a row"):
        post(subject)
    assert transport.at == []
    asyncio.run(traffic.clock.sleep(30))
    post(subject)
    assert len(transport.at) == 1


@pytest.mark.parametrize(("settings", "concerns"), [(failed(401), True), (GOOD, False), (failed(500), None)])
def test_a_401_is_told_apart(settings: Reply, *, concerns: bool | None) -> None:
    """N15, N16: the account's settings are asked once, with the account's key alone, whose token it was."""
    subject, transport = client(failed(401), settings)
    with pytest.raises(AuthenticationFailed, match="One of three things is wrong") as raised:
        post(subject)
    assert raised.value.concerns_account is concerns
    assert [call.url for call in transport.calls] == ["https://h/api/x", "https://h/api/merchants/settings"]
    assert "x-customer-token" not in transport.calls[1].headers


@UNREACHABLE
def test_a_run_waits_while_its_host_is_down() -> None:
    """N01, F21: an outage costs a report none of its time, and after the run's deadline it fails at once."""
    traffic = Traffic((), FakeClock(), wait_until=1000.0)
    down = [Unreachable("u")] * 9
    subject, transport = client(*down, GOOD, traffic=traffic)
    post(subject, seconds=20.0)
    assert traffic.clock.now() > 100, "half a minute between one attempt and the next"
    assert traffic.now() < 20, "of which only the time before the host was given up counts"
    assert len(transport.at) == 10
    asyncio.run(traffic.clock.sleep(1000))
    subject, transport = client(Unreachable("u"), traffic=traffic)
    with pytest.raises(Unreachable):
        post(subject)
    assert len(transport.at) == 3


def test_an_outage_is_told_at_once_and_every_minute(caplog: pytest.LogCaptureFixture) -> None:
    """N01: once for all clients of a run, and its end too."""
    traffic = Traffic((), FakeClock(), wait_until=1000.0)
    said: list[tuple[float, str]] = []

    class Listener(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            if record.levelno > logging.DEBUG:
                said.append((traffic.clock.now(), record.getMessage()))

    async def work() -> None:
        down = [Unreachable("h cannot be reached: Connection refused")] * 9
        subject, transport = client(*down, GOOD, traffic=traffic)
        another = ApiClient("https://h/api", subject.tokens, traffic=traffic, transport=transport)
        async with subject, another:
            await asyncio.gather(subject.post("x", {}), another.post("x", {}))

    listener = Listener()
    LOGGER.addHandler(listener)
    try:
        asyncio.run(work())
    finally:
        LOGGER.removeHandler(listener)
    *warnings, last = said
    assert {text for _, text in warnings} == {"the API at h cannot be reached: Connection refused; trying again"}
    times = [at for at, _ in warnings]
    assert times[0] == 0.0
    assert len(times) == 3
    assert all(60 <= after - before <= 61 for before, after in pairwise(times)), "a waiting request looks every second"
    assert last[1] == "the API at h answers again"
    caplog.clear()
