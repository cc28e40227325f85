"""Tests of reportgen.connect.transport."""

from __future__ import annotations

import asyncio
import socket
import subprocess
import sys

import httpx
import pytest

from reportgen.connect.transport import LARGEST_BODY, Call, HttpTransport, Reply, UnsharedTransport
from reportgen.errors import (
    ConfigurationError,
    Disconnected,
    TimedOut,
    UnexpectedAnswer,
    Unreachable,
)
from tests.faultserver import CutBody, HangUp, json_reply, raw_reply, redirect, serving
from tests.free_ports import free_port

CANARY = "canary-7d1f0c4e9a"


def send(url: str, seconds: float = 5, largest: int = LARGEST_BODY) -> Reply:
    """Send one POST through real sockets."""
    return carry(HttpTransport(largest=largest), Call("POST", url, {"Authorization": CANARY}, b"{}", seconds))


def carry(transport: HttpTransport, call: Call) -> Reply:
    """Send one call and close the transport."""

    async def work() -> Reply:
        async with transport:
            return await transport.send(call)

    return asyncio.run(work())


def test_a_call_for_json_asks_for_json() -> None:
    """Both media types are JSON, whatever other headers there are; a GET has no body."""
    post = Call.for_json("POST", "http://h", {"X": "y"}, {"a": "é"})
    assert post.headers == {"Accept": "application/json", "Content-Type": "application/json", "X": "y"}
    assert post.body == b'{"a": "\\u00e9"}'
    get = Call.for_json("GET", "http://h", {"X": "y"})
    assert (get.headers, get.body) == ({"Accept": "application/json", "X": "y"}, b"")


def test_a_call_hides_its_headers() -> None:
    """The text of a call does not hold a token."""
    shown = repr(Call("POST", "http://h", {"Authorization": CANARY}, b"x"))
    assert "http://h" in shown
    assert CANARY not in shown


def test_sends_and_receives() -> None:
    """Over a real socket: headers and body arrive, status, headers and body come back."""
    with serving(lambda hit: json_reply({"agent": hit.headers["user-agent"]}, 201)) as server:
        reply = send(f"{server.address}/x")
    assert (reply.status, reply.headers["content-type"]) == (201, "application/json")
    assert reply.body.startswith(b'{"agent": "reportgen/')
    assert (server.hits[0].path, server.hits[0].headers["authorization"]) == ("/api/x", CANARY)


def test_redirects_are_not_followed() -> None:
    """N20: a redirect is an answer like another; the tokens do not go there."""
    with (
        serving(lambda _: json_reply({})) as other,
        serving(lambda _: redirect(f"{other.address}/?t={CANARY}")) as server,
    ):
        assert send(server.address).status == 307
    assert other.hits == []


def test_loopback_is_reached_past_a_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    """A proxy of the environment is not asked for this machine itself: it would see the tokens."""
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:1")
    monkeypatch.setenv("ALL_PROXY", "http://127.0.0.1:1")
    with serving(lambda _: json_reply({})) as server:
        assert send(server.address).status == 200


def test_a_closed_port_is_unreachable() -> None:
    """A refused connection is ours, names the server and keeps its cause."""
    port = free_port()
    with pytest.raises(Unreachable, match=rf"127\.0\.0\.1:{port} cannot be reached") as raised:
        send(f"http://127.0.0.1:{port}")
    assert isinstance(raised.value.__cause__, httpx.ConnectError)


def test_silence_is_unreachable() -> None:
    """A server that takes the request and says nothing is given up after the call's seconds."""
    with socket.create_server(("127.0.0.1", 0)) as silent:
        port = silent.getsockname()[1]
        with pytest.raises(TimedOut, match=r"did not answer completely within 0\.2 seconds"):
            send(f"http://127.0.0.1:{port}", seconds=0.2)


def test_hanging_up_is_unreachable() -> None:
    """A connection that is cut before the answer is no answer."""
    with serving(lambda _: HangUp()) as server, pytest.raises(Disconnected, match="cut the connection"):
        send(server.address)


def test_an_answer_cut_short_is_unreachable() -> None:
    """Half a body is not taken for a whole one."""
    with (
        serving(lambda _: CutBody(b'{"values": 1}', after=10)) as server,
        pytest.raises(Disconnected, match="cut the connection"),
    ):
        send(server.address)


def test_broken_compression_is_unexpected() -> None:
    """A body that is not compressed as it says is an unexpected answer."""
    broken = raw_reply(b"no gzip", headers={"Content-Encoding": "gzip"})
    with serving(lambda _: broken) as server, pytest.raises(UnexpectedAnswer, match="compression is broken"):
        send(server.address)


@pytest.mark.parametrize(
    ("failure", "ours"),
    [
        (httpx.ConnectTimeout("t"), Unreachable),
        (httpx.ProxyError("t"), Unreachable),
        (httpx.WriteError("w"), Disconnected),
        (httpx.RemoteProtocolError("r"), Disconnected),
        (httpx.InvalidURL("u"), ConfigurationError),
    ],
)
def test_foreign_errors_become_ours(failure: Exception, ours: type[Exception]) -> None:
    """Each of httpx's errors is mapped, with itself as the cause."""

    def fail(_request: httpx.Request) -> httpx.Response:
        raise failure

    with pytest.raises(ours) as raised:
        carry(HttpTransport(httpx.MockTransport(fail)), Call("GET", "http://h", {}))
    assert type(raised.value) is ours
    assert raised.value.__cause__ is failure


def test_httpx_is_not_loaded_before_it_is_needed() -> None:
    """Importing the fetcher loads no httpx; `--help` and `check` stay quick."""
    program = (
        "import sys, reportgen.connect.live_answers, reportgen.connect.answers_file, reportgen.connect.picture_files;"
        "sys.exit(str([name for name in ('httpx', 'PIL', 'numpy') if name in sys.modules]))"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)
    assert done.stderr.strip() == "[]"


def test_an_unshared_connection_carries_one_call() -> None:
    """A second call to the same address, which may be meant for another host, does not find the first one's."""

    async def twice() -> None:
        for _ in range(2):
            await UnsharedTransport().send(Call("GET", f"{server.address}/x", {}, host="cdn.example.com"))

    with serving(lambda _: json_reply({})) as server:
        asyncio.run(twice())
    assert [hit.connection for hit in server.hits] == [1, 2]
    assert {hit.headers["host"] for hit in server.hits} == {"cdn.example.com"}
