"""What the network and the server do wrong, over real sockets, and what comes of it for each query."""

from __future__ import annotations

import asyncio
import json
import logging
import resource
import shutil
import socket
import ssl
import subprocess
import threading
import time
from contextlib import ExitStack
from typing import TYPE_CHECKING

import pytest
from pydantic import SecretStr

from reportgen.connect.account_traffic import RateLimit
from reportgen.connect.api_client import ApiClient
from reportgen.connect.event_loop import run
from reportgen.connect.get_data_source import ConnectApi
from reportgen.connect.payload_sources import Outcome, Payload
from reportgen.connect.rate_limits import Traffic
from reportgen.connect.tokens import Tokens
from reportgen.connect.transport import Call, HttpTransport
from reportgen.errors import AuthenticationFailed, ConnectError, Disconnected, TimedOut, UnexpectedAnswer, Unreachable
from reportgen.queries import Failure, Query, Source
from tests.connect.asking import CLICKS, GENDER, REPLIES, FakeClock, asked
from tests.faultserver import (
    CutBody,
    Drip,
    Endless,
    Fault,
    GzipBomb,
    Hang,
    HangUp,
    Hit,
    Reset,
    answer_all,
    header_bomb,
    json_reply,
    payload_of,
    raw_reply,
    routed,
    serving,
    too_many,
)
from tests.free_ports import free_port

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.faultserver import Script

BEARER, CUSTOMER = "canary-account-51c2", "canary-customer-90e1"


def fetch(
    address: str, *queries: Query, seconds: float = 30, traffic: Traffic | None = None, largest: int = 50
) -> dict[Query, Outcome]:
    """Ask the API at an address, on a clock that jumps over every pause."""
    tokens = Tokens.of(SecretStr(BEARER), SecretStr(CUSTOMER))
    client = ApiClient(address, tokens, traffic=traffic or Traffic((), FakeClock()))
    return run(ConnectApi(client, metrics_per_request=largest, seconds=seconds).fetch_payloads(queries))


def send(address: str, seconds: float = 10, largest: int = 1_000_000) -> object:
    """Send one call through a transport of its own."""

    async def work() -> object:
        async with HttpTransport(largest=largest, connect_seconds=0.5) as transport:
            return await transport.send(Call("POST", f"{address}/x", {}, b"{}", seconds))

    return asyncio.run(work())


def after(*faults: Fault) -> Script:
    """Do one fault after the other, then answer well."""
    return lambda hit: faults[hit.number - 1] if hit.number <= len(faults) else answer_all(hit)


def accounts(count: int) -> list[Query]:
    """Return one query of each of so many accounts."""
    return [asked(REPLIES, source=Source(f"s{index}", "x", f"uuid-{index}")) for index in range(count)]


@pytest.mark.parametrize(
    "fault",
    [
        Reset(),
        Reset(after_headers=True),
        HangUp(),
        CutBody(b'{"a": 1}', after=3),
        *(json_reply({"message": "m"}, status) for status in (408, 425, 500, 502, 503, 504)),
        too_many(),
        too_many("0"),
        raw_reply(b'{"a": '),
    ],
    ids=lambda fault: type(fault).__name__,
)
def test_what_may_pass_is_tried_again(fault: Fault) -> None:
    """N07, N08, N09, N13, N19, P01: the second answer is used, and the request was sent twice."""
    with serving(after(fault)) as server:
        outcomes = fetch(server.address, asked(REPLIES))
    assert [type(outcome) for outcome in outcomes.values()] == [Payload]
    assert len(server.hits) == 2


@pytest.mark.parametrize(
    ("fault", "reason"),
    [
        *((json_reply({"message": "Gone away"}, status), f"{status}: Gone away") for status in (400, 403, 404, 410)),
        (json_reply({"message": "Bad", "errors": {"start": ["No date"]}}, 422), "422: Bad (start: No date)"),
        (raw_reply(b"", 302, "", {"Location": "http://127.0.0.1:9/"}), "302, a redirect to 127.0.0.1"),
        (raw_reply(b"<h1>Log in</h1>" * 99, media="text/html"), "text/html instead of JSON: <h1>Log in</h1>"),
        (json_reply({"error": {"code": "broken", "message": "Sorry"}}), "answered with an error: broken: Sorry"),
        (raw_reply(b"", 204, ""), "204 with nothing in it"),
        (raw_reply(b""), "200 with nothing in it"),
        (raw_reply('{"a": "é"}'.encode("latin-1")), "not UTF-8"),
        (raw_reply('{"a": 1}'.encode("utf-16")), "not UTF-8"),
        (raw_reply(b'{"a": 1, "a": 2}'), "the key 'a' stands twice"),
        (raw_reply(b"[" * 200_000), "nests more than"),
        (raw_reply(b'{"a": ' + b"9" * 5000 + b"}"), "more than 308 digits"),
        (raw_reply(b"x", headers={"Content-Encoding": "gzip"}), "compression is broken"),
        (raw_reply(b"x", headers={"Content-Encoding": "br"}), "packed as br"),
    ],
    ids=lambda value: value[:20] if isinstance(value, str) else "",
)
def test_what_will_not_pass_fails_its_source(fault: Fault, reason: str) -> None:
    """N17, N18, N20, N21, N22, N23, N26, P03, P04: asked once, told in words, and the other account goes on."""
    good, bad = accounts(2)

    def script(hit: Hit) -> Fault:
        return fault if isinstance(hit.body, dict) and hit.body["customer_integration"] == "uuid-1" else answer_all(hit)

    with serving(script) as server:
        outcomes = fetch(server.address, good, bad)
    failure = outcomes[bad]
    assert isinstance(failure, Failure)
    assert reason in failure.reason
    assert isinstance(outcomes[good], Payload)
    assert len(server.hits) == 2


@pytest.mark.logs("cannot be reached: All connection attempts failed; trying again")
def test_a_closed_port_is_given_up() -> None:
    """N01: nobody listens; after three attempts the queries have failed, and say where it was tried."""
    port = free_port()
    (failure,) = fetch(f"http://127.0.0.1:{port}/api", asked(REPLIES)).values()
    assert isinstance(failure, Failure)
    assert f"127.0.0.1:{port} cannot be reached" in failure.reason


@pytest.mark.logs("cannot be reached: All connection attempts failed; trying again")
def test_an_outage_is_logged_until_it_ends(caplog: pytest.LogCaptureFixture) -> None:
    """N01: nobody listens for more than a minute; that is a line at once and one a minute, and its end is one too."""
    outage = ExitStack()

    class EndingClock(FakeClock):
        async def sleep(self, seconds: float) -> None:
            await super().sleep(seconds)
            if self.seconds > 80:
                outage.close()

    with serving(answer_all) as server:
        outage.enter_context(server.outage())
        (outcome,) = fetch(server.address, asked(REPLIES), traffic=Traffic((), EndingClock(), wait_until=1000)).values()
    assert isinstance(outcome, Payload)
    lines = [record for record in caplog.records if record.levelno > logging.DEBUG]
    assert [getattr(line, "event", "") for line in lines] == ["unreachable", "unreachable", "reachable"]
    assert {getattr(line, "host", "") for line in lines} == {server.address.split("/")[2]}


@pytest.mark.logs("the API at api.invalid cannot be reached: ")
def test_a_host_that_has_no_address_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    """N02: a name that does not resolve is told with the name."""

    def resolve(*_arguments: object, **_options: object) -> None:
        raise socket.gaierror(-2, "Name or service not known")

    monkeypatch.setattr(socket, "getaddrinfo", resolve)
    (failure,) = fetch("https://api.invalid/api", asked(REPLIES)).values()
    assert isinstance(failure, Failure)
    assert "api.invalid cannot be reached" in failure.reason


@pytest.fixture
def self_signed(tmp_path: Path) -> ssl.SSLContext:
    """Return the context of a server whose certificate nobody vouches for."""
    openssl = shutil.which("openssl")
    if openssl is None:
        pytest.skip("openssl makes the certificate")
    key, certificate = tmp_path / "key.pem", tmp_path / "certificate.pem"
    subprocess.run(
        [
            *(openssl, "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-subj", "/CN=localhost", "-days", "1"),
            *("-keyout", str(key), "-out", str(certificate)),
        ],
        check=True,
        capture_output=True,
    )
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)
    return context


@pytest.fixture
def tls_server(self_signed: ssl.SSLContext) -> Iterator[list[str | int]]:
    """Run a TLS server; yields its port and then every byte that came in, decoded."""
    came: list[str | int] = []

    async def converse(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        came.append((await reader.read(1)).decode())
        writer.close()

    loop = asyncio.new_event_loop()
    server = loop.run_until_complete(asyncio.start_server(converse, "127.0.0.1", 0, ssl=self_signed))
    came.append(server.sockets[0].getsockname()[1])
    thread = threading.Thread(target=loop.run_forever)
    thread.start()
    yield came
    loop.call_soon_threadsafe(loop.stop)
    thread.join()
    server.close()
    for task in asyncio.all_tasks(loop):
        task.cancel()
    loop.run_until_complete(asyncio.sleep(0))
    loop.close()


def test_a_bad_certificate_ends_the_run(tls_server: list[str | int]) -> None:
    """N03: a server without a valid certificate is told, asked once, and gets no byte of the request."""
    with pytest.raises(ConnectError, match=r"did not show a valid certificate .*self.signed"):
        fetch(f"https://localhost:{tls_server[0]}/api", asked(REPLIES))
    assert len(tls_server) == 1


def test_a_handshake_that_takes_too_long_is_no_bad_certificate() -> None:
    """N03: a server that is slow to show its certificate is asked again later, as one that accepts no connection."""
    with serving(lambda _: Hang()) as server, pytest.raises(Unreachable, match="accepted no connection in time"):
        send(server.address.replace("http:", "https:"))


def test_a_connection_that_nobody_takes_is_given_up() -> None:
    """N04: with the queue of a listener full, connecting ends after its own short time."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen(0)
        waiting = []
        for _ in range(3):
            one = socket.socket()
            one.setblocking(False)  # noqa: FBT003 - the C signature
            one.connect_ex(listener.getsockname())
            waiting.append(one)
        with pytest.raises(Unreachable, match="accepted no connection in time"):
            send(f"http://127.0.0.1:{listener.getsockname()[1]}")
        for one in waiting:
            one.close()


@pytest.mark.parametrize(
    "fault", [Hang(), Drip(b"x" * 100, 0.05), Drip(b"x" * 100, 0.05, head_too=True), Endless(b" ")]
)
def test_the_time_limit_is_for_the_whole_exchange(fault: Fault) -> None:
    """N05, N06: silence, dripping and never ending are over when the call's seconds are."""
    with serving(lambda _: fault) as server:
        start = time.monotonic()
        with pytest.raises(TimedOut, match=r"did not answer completely within 0\.3 seconds"):
            send(server.address, seconds=0.3)
        assert time.monotonic() - start < 3  # the drip alone takes five seconds


@pytest.mark.parametrize("fault", [GzipBomb(200_000_000), Endless()], ids=["bomb", "endless"])
def test_a_bomb_is_defused(fault: Fault) -> None:
    """N24, N25: reading stops at the cap, and the memory stays far below what the answer would need."""
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    with serving(lambda _: fault) as server, pytest.raises(UnexpectedAnswer, match="larger than 5 MB"):
        send(server.address, largest=5_000_000)
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 100_000  # kB


def test_a_header_bomb_is_refused_and_no_cookie_is_kept() -> None:
    """N27: more headers than HTTP libraries take is an error, and a cookie does not come back."""
    with serving(lambda _: header_bomb()) as server, pytest.raises(Disconnected):
        send(server.address)

    async def twice(address: str) -> None:
        async with HttpTransport() as transport:
            for _ in range(2):
                await transport.send(Call("GET", f"{address}/x", {}))

    with serving(lambda _: header_bomb(count=1)) as server:
        asyncio.run(twice(server.address))
    assert [hit.headers.get("cookie") for hit in server.hits] == [None, None]


def test_a_proxy_of_the_environment_is_used(monkeypatch: pytest.MonkeyPatch) -> None:
    """N28: the environment's proxy carries what goes beyond this machine."""
    with serving(answer_all) as proxy:
        monkeypatch.setenv("HTTP_PROXY", proxy.address.removesuffix("/api"))
        monkeypatch.delenv("NO_PROXY", raising=False)
        monkeypatch.setenv("REPORTGEN_API_INSECURE", "1")
        (outcome,) = fetch("http://api.example/api", asked(REPLIES)).values()
    assert isinstance(outcome, Payload)
    assert [hit.headers["host"] for hit in proxy.hits] == ["api.example"]


def test_a_limit_is_kept_by_all() -> None:
    """N09: after a 429 nothing of this account goes out until its pause is over, on a real clock."""
    with serving(lambda hit: too_many("1") if len(server.hits) == 1 else answer_all(hit)) as server:
        outcomes = fetch(server.address, *accounts(6), traffic=Traffic())
    assert all(isinstance(outcome, Payload) for outcome in outcomes.values())
    flying = [hit for hit in server.hits if hit.at - server.hits[0].at < 0.5]
    later = [hit for hit in server.hits if hit not in flying]
    assert len(flying) <= 4  # those that were on their way already
    assert later
    assert min(hit.at for hit in later) - server.hits[0].at >= 1.0


def test_a_limit_of_our_own_is_kept() -> None:
    """Rates of the client file: six requests, three at once and three a second later, on a real clock."""
    with serving(answer_all) as server:
        begun = time.monotonic()  # before the first was sent, which may arrive late
        fetch(server.address, *accounts(6), traffic=Traffic([RateLimit(3, 0.5)]))
    assert server.hits[3].at - begun >= 0.5


def test_an_api_that_only_fails_is_asked_little() -> None:
    """N12, N14: twelve accounts and nothing but errors are twelve requests and six retries."""
    with serving(lambda _: json_reply({"message": "m"}, 500)) as server:
        outcomes = fetch(server.address, *accounts(12))
    assert all(isinstance(outcome, Failure) for outcome in outcomes.values())
    assert len(server.hits) == 12 + 6


def test_a_refused_account_ends_the_run() -> None:
    """N15: the account's own token is refused; nothing more is asked."""
    script = routed(
        {
            "POST /metrics/get-data": json_reply({"message": "No"}, 401),
            "GET /merchants/settings": json_reply({"message": "No"}, 401),
        }
    )
    with serving(script) as server, pytest.raises(AuthenticationFailed) as raised:
        fetch(server.address, *accounts(12))
    assert raised.value.concerns_account is True
    assert len(server.hits) <= 4 + 1


def test_a_refused_customer_is_only_that_customer() -> None:
    """N16: the account's settings open, so the refusal concerns this customer alone."""
    with (
        serving(routed({"POST /metrics/get-data": json_reply({"message": "No"}, 401)})) as server,
        pytest.raises(AuthenticationFailed) as raised,
    ):
        fetch(server.address, asked(REPLIES))
    assert raised.value.concerns_account is False


def test_one_question_is_asked_once() -> None:
    """N29: the same metric of the same account and days is in one request, once."""
    again = asked(REPLIES, source=Source("other", "instagram_business", asked(REPLIES).source.uuid))
    with serving(answer_all) as server:
        outcomes = fetch(server.address, asked(REPLIES), asked(REPLIES), again)
    assert len(outcomes) == 2
    assert [len(hit.metrics) for hit in server.hits] == [1]


@pytest.mark.parametrize("fault", [json_reply({"message": "Too much"}, 413), json_reply({"message": "Bad"}, 422)])
def test_a_refused_metric_is_found_by_halving(fault: Fault) -> None:
    """A request that is refused as a whole is halved, until only the metric at fault has failed."""
    queries = [asked(REPLIES), asked(CLICKS), asked({**REPLIES, "reference_key": "bad"}), asked(GENDER)]

    def script(hit: Hit) -> Fault:
        return fault if any(metric["reference_key"] == "bad" for metric in hit.metrics) else answer_all(hit)

    with serving(script) as server:
        outcomes = fetch(server.address, *queries)
    assert [isinstance(outcome, Payload) for outcome in outcomes.values()] == [True, True, False, True]
    assert list(outcomes) == queries
    assert [len(hit.metrics) for hit in server.hits] == [4, 2, 2, 1, 1]


def test_a_slow_request_is_halved() -> None:
    """What is too slow as a whole is asked again in two parts, within the report's time."""
    queries = [asked(REPLIES), asked(CLICKS), asked(GENDER)]
    with serving(lambda hit: Hang() if len(hit.metrics) > 2 else answer_all(hit)) as server:
        outcomes = fetch_with_short_calls(server.address, *queries)
    assert all(isinstance(outcome, Payload) for outcome in outcomes.values())
    assert [len(hit.metrics) for hit in server.hits] == [3, 1, 2]


def fetch_with_short_calls(address: str, *queries: Query) -> dict[Query, Outcome]:
    """Ask with 0.3 seconds for each exchange."""
    tokens = Tokens.of(SecretStr(BEARER), SecretStr(CUSTOMER))
    client = ApiClient(address, tokens, traffic=Traffic((), FakeClock()), answer_seconds=0.3)
    return run(ConnectApi(client).fetch_payloads(queries))


def test_a_report_has_a_time_limit() -> None:
    """A server that hangs on everything is given up when the report's time is over, not after every request's."""
    start = time.monotonic()
    with serving(lambda _: Hang()) as server:
        outcomes = fetch(server.address, *accounts(3), seconds=0.4, traffic=Traffic())
    assert all(isinstance(outcome, Failure) for outcome in outcomes.values())
    assert time.monotonic() - start < 5


def test_many_metrics_are_several_requests() -> None:
    """Requests hold no more metrics than allowed, and the answers come back in the order asked."""
    queries = [asked({**REPLIES, "reference_key": f"k{index}"}) for index in range(7)]
    with serving(answer_all) as server:
        outcomes = fetch(server.address, *queries, largest=3)
    assert list(outcomes) == queries
    assert sorted(len(hit.metrics) for hit in server.hits) == [1, 3, 3]


def test_a_swapped_answer_is_used_for_nobody() -> None:
    """P22: an answer with another account's ids is an error of this request, and no value of it is used."""
    mine, others = accounts(2)
    kept: dict[str, bytes] = {}

    def script(hit: Hit) -> Fault:
        assert isinstance(hit.body, dict)
        kept[str(hit.body["customer_integration"])] = json.dumps(payload_of(hit)).encode()
        return raw_reply(kept["uuid-0"])

    with serving(script) as server:
        first = fetch(server.address, mine)
        second = fetch(server.address, others)
    assert isinstance(first[mine], Payload)
    failure = second[others]
    assert isinstance(failure, Failure)
    assert "which was not asked for" in failure.reason
