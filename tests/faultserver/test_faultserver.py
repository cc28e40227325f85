"""Tests of the fault server: a client sees each fault as it is meant."""

from __future__ import annotations

import asyncio
import gc
import json
import os
import socket
import time
import zlib
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO
from urllib.parse import urlsplit

import httpx
import pytest

from tests.faultserver import (
    CutBody,
    Delay,
    Drip,
    Endless,
    Fault,
    GzipBomb,
    Hang,
    HangUp,
    Hit,
    Reset,
    answering,
    echoing,
    header_bomb,
    json_reply,
    payload_of,
    per_token,
    raw_reply,
    redirect,
    routed,
    serving,
    too_many,
)
from tests.faultserver.faults import Line

if TYPE_CHECKING:
    from pydantic import JsonValue

    from tests.faultserver import FaultServer

NUMBER: dict[str, JsonValue] = {"id": "m-1", "reference_key": "ig:reach", "component": "number_v1", "metrics": ["r"]}
CHART: dict[str, JsonValue] = {"id": "m-2", "reference_key": "ig:days", "component": "chart_v1", "metrics": ["a", "b"]}
TABLE: dict[str, JsonValue] = {"id": "m-3", "reference_key": "ig:posts", "component": "datatable_v1", "metrics": ["a"]}


def post(server: FaultServer, customer: str = "c", seconds: float = 5) -> httpx.Response:
    """Ask for three metrics on a connection of its own."""
    headers = {"Authorization": "Bearer account", "X-Customer-Token": customer}
    body = {"metrics": [NUMBER, CHART, TABLE]}
    return httpx.post(f"{server.address}/metrics/get-data", headers=headers, json=body, timeout=seconds)


def dial(server: FaultServer) -> socket.socket:
    """Connect and send one request by hand."""
    url = urlsplit(server.address)
    line = socket.create_connection((url.hostname, url.port), timeout=5)
    line.sendall(b"GET /api/x HTTP/1.1\r\nHost: h\r\n\r\n")
    return line


def read_all(line: socket.socket) -> bytes:
    """Read until the server's orderly end."""
    return b"".join(iter(lambda: line.recv(65536), b""))


def test_a_hit_holds_the_request() -> None:
    """Method, path, query, headers, body, tokens and time of a request are kept in order of arrival."""
    with serving(lambda _: json_reply({})) as server:
        before = time.monotonic()
        post(server)
        httpx.get(f"{server.address}/customer-integrations?page=2")
    first, second = server.hits
    assert (first.method, first.path, first.token, first.customer_token) == (
        *("POST", "/api/metrics/get-data"),
        *("account", "c"),
    )
    assert first.body == {"metrics": [NUMBER, CHART, TABLE]} == json.loads(first.raw)
    assert first.metrics == [NUMBER, CHART, TABLE]
    assert before < first.at < second.at
    assert (second.method, second.path, second.query) == ("GET", "/api/customer-integrations", {"page": "2"})
    assert (second.body, second.metrics, second.token) == (None, [], "")


def test_requests_are_counted_by_tokens_and_path() -> None:
    """Another customer and another path start at one."""
    with serving(lambda _: json_reply({})) as server:
        for customer in ("c", "c", "d"):
            post(server, customer)
        httpx.get(server.address)
    assert [hit.number for hit in server.hits] == [1, 2, 1, 1]


def test_each_token_has_its_own_faults() -> None:
    """The n-th request of a token gets the n-th fault, the last repeats, and others get the default."""
    script = per_token({"c": [json_reply({}, 503), json_reply({}, 200)], "d": [json_reply({}, 401)]}, json_reply({}))
    with serving(script) as server:
        assert [post(server, customer).status_code for customer in "cdccde"] == [503, 401, 200, 200, 401, 200]


def test_a_script_may_wait() -> None:
    """A coroutine function is a script too."""

    async def script(_hit: Hit) -> Fault:
        return json_reply({}, 201)

    with serving(script) as server:
        assert post(server).status_code == 201


@pytest.mark.parametrize(
    ("fault", "status", "headers", "text"),
    [
        (json_reply({"a": 1}, 422, {"X-A": "b"}), 422, {"content-type": "application/json", "x-a": "b"}, '{"a": 1}'),
        (raw_reply(b"<p>", media="text/html"), 200, {"content-type": "text/html"}, "<p>"),
        (raw_reply(b"", 599, ""), 599, {"content-length": "0"}, ""),
        (redirect("http://h/", 302), 302, {"location": "http://h/"}, ""),
        (
            too_many("soon", {"Date": "x"}),
            429,
            {"retry-after": "soon", "date": "x"},
            '{"message": "Too Many Requests"}',
        ),
        (Delay(0.01, json_reply({})), 200, {}, "{}"),
        (Drip(b"{}  ", 0.001, size=3), 200, {}, "{}  "),
        (Drip(b"{}", 0.0001, head_too=True), 200, {"content-length": "2"}, "{}"),
    ],
)
def test_answers_arrive(fault: Fault, status: int, headers: dict[str, str], text: str) -> None:
    """Status, headers and body are as the test says, however slowly they come."""
    with serving(lambda _: fault) as server:
        reply = post(server)
    assert (reply.status_code, reply.text) == (status, text)
    assert headers.items() <= dict(reply.headers).items()


@pytest.mark.parametrize(
    ("fault", "error"),
    [
        (Hang(), httpx.ReadTimeout),
        (HangUp(), httpx.RemoteProtocolError),
        (CutBody(b"{}", 1), httpx.RemoteProtocolError),
        (Reset(), httpx.ReadError),
        (Reset(after_headers=True), httpx.ReadError),
        (Delay(60, json_reply({})), httpx.ReadTimeout),
        (Drip(b"{}", 60), httpx.ReadTimeout),
        (header_bomb(2000), httpx.RemoteProtocolError),
    ],
)
def test_failures_are_seen(fault: Fault, error: type[Exception]) -> None:
    """A client meets the error of its kind, and the server ends though it still waits."""
    with serving(lambda _: fault) as server, pytest.raises(error):
        post(server, seconds=0.3)


def test_a_reset_is_no_orderly_end() -> None:
    """The headers come, and then the kernel's word that the connection was reset."""
    with serving(lambda _: Reset(after_headers=True)) as server, closing(dial(server)) as line:
        assert line.recv(65536).startswith(b"HTTP/1.1 200 OK\r\n")
        with pytest.raises(ConnectionResetError):
            line.recv(1)


def test_a_drip_beats_a_time_out_by_read() -> None:
    """Each piece comes in time for a client that only limits the pause, and the whole takes longer."""
    with serving(lambda _: Drip(b"{}        ", 0.05)) as server:
        assert post(server, seconds=0.3).elapsed.total_seconds() > 0.45


def test_an_endless_body_has_no_end() -> None:
    """More comes for as long as one reads."""
    with serving(lambda _: Endless(b"x" * 1000)) as server, httpx.stream("GET", server.address) as reply:
        pieces = reply.iter_bytes(1_000_000)
        assert [len(next(pieces)) for _ in range(5)] == [1_000_000] * 5


@pytest.mark.timeout(20)  # a starved loop cannot end itself
def test_an_endless_body_starves_nobody() -> None:
    """A reader that is always faster than the server does not keep the loop from anything else."""

    async def send_into(nothing: BinaryIO) -> None:
        loop, reader = asyncio.get_running_loop(), asyncio.StreamReader()
        transport, protocol = await loop.connect_write_pipe(lambda: asyncio.StreamReaderProtocol(reader), nothing)
        with closing(transport):
            line = Line(reader, asyncio.StreamWriter(transport, protocol, None, loop))
            await asyncio.wait_for(Endless().send(line), 0.05)

    with Path(os.devnull).open("wb") as nothing, pytest.raises(TimeoutError):
        asyncio.run(send_into(nothing))


def test_a_gzip_bomb_is_small_on_the_wire() -> None:
    """Twenty megabytes of blanks travel in less than a hundredth of that."""
    size = 20_000_123
    with serving(lambda _: GzipBomb(size)) as server, httpx.stream("GET", server.address) as reply:
        assert reply.headers["content-encoding"] == "gzip"
        packed = b"".join(reply.iter_raw())
    assert len(packed) < size / 100
    assert zlib.decompress(packed, wbits=31) == b" " * size


def test_connections_are_kept() -> None:
    """Two requests of one client share a connection, those of two clients do not."""
    with serving(lambda _: json_reply({})) as server:
        with httpx.Client() as client:
            client.get(server.address)
            client.get(server.address)
        httpx.get(server.address)
    assert [hit.connection for hit in server.hits] == [1, 1, 2]


def test_a_kept_connection_goes_stale() -> None:
    """After the given number of answers the connection is closed, and nothing in the answers announced it."""
    with serving(lambda _: json_reply({}), replies_each=1) as server, closing(dial(server)) as line:
        received = read_all(line)
    assert received.endswith(b"\r\n\r\n{}")
    assert b"close" not in received.lower()


def test_every_metric_is_answered() -> None:
    """An answer has the shape of its component, and a planted one stands in its place."""
    failure: JsonValue = {"message": "Boom", "type": "internal_error"}
    with serving(answering({"ig:reach": failure})) as server:
        assert post(server).json() == {
            "m-1": failure,
            "m-2": {"labels": ["a", "b"], "values": [{"data": [1, 2]}, {"data": [1, 2]}]},
            "m-3": {"values": [["a", 1], ["b", 2]]},
        }


def test_a_payload_is_spoilt_by_hand() -> None:
    """Missing and extra ids are one line of a script."""
    with serving(lambda hit: json_reply({"extra": 1, **dict(list(payload_of(hit).items())[1:])})) as server:
        assert list(post(server).json()) == ["extra", "m-2", "m-3"]


def test_routes_answer_like_a_healthy_api() -> None:
    """Settings, integrations and data answer by themselves, each can be replaced, and others are not found."""
    with serving(routed({"GET /customers/settings": json_reply({}, 401)})) as server:
        assert httpx.get(f"{server.address}/merchants/settings").json()["merchant"]["rate_limit_per_minute"] == "999"
        assert httpx.get(f"{server.address}/customer-integrations").json()["data"][0]["status"] == "active"
        assert httpx.get(f"{server.address}/customers/settings").status_code == 401
        assert httpx.get(f"{server.address}/nothing").status_code == 404
        assert list(post(server).json()) == ["m-1", "m-2", "m-3"]


def test_tokens_are_echoed() -> None:
    """Headers, messages and labels hold both tokens; error codes and numbers stay."""
    with serving(echoing(answering({"ig:reach": {"message": "Boom", "type": "internal_error"}}))) as server:
        reply = post(server, "canary")
    assert reply.headers["x-echo"] == "account canary"
    assert reply.json()["m-1"] == {"message": "Boom account canary", "type": "internal_error"}
    assert reply.json()["m-2"]["labels"] == ["a account canary", "b account canary"]
    assert reply.json()["m-3"]["values"][0] == ["a account canary", 1]
    with serving(echoing(lambda _: raw_reply(b"<p>", 500, "text/html"))) as server:
        assert post(server, "canary").text == "<p>account canary"


def test_a_broken_script_fails_the_test() -> None:
    """What a script raises comes out at the end, and its client gets no answer."""

    def script(_hit: Hit) -> Fault:
        message = "a mistake in the test"
        raise KeyError(message)

    with pytest.raises(ExceptionGroup) as raised, serving(script) as server, pytest.raises(httpx.RemoteProtocolError):
        post(server)
    assert [repr(error) for error in raised.value.exceptions] == ["KeyError('a mistake in the test')"]


def test_a_client_that_leaves_is_no_failure() -> None:
    """Half a request, and an answer that nobody reads, end quietly."""
    with serving(lambda _: Endless()) as server:
        dial(server).close()
        with closing(dial(server)) as line:
            line.sendall(b"GET /half")


def test_the_end_waits_for_nobody() -> None:
    """The server ends though a client neither reads nor leaves, and that client's connection ends with it."""
    with serving(lambda _: Endless()) as server:
        line = dial(server)
        line.recv(1)
        time.sleep(0.1)  # until the connection is full, so that an orderly end would wait for its reader
        gc.disable()  # a collection would close what the server forgot
    try:
        with closing(line):
            assert not read_all(line).endswith(b"\r\n0\r\n\r\n")
    finally:
        gc.enable()
