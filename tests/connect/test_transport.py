"""Tests of reportgen.connect.transport."""

from __future__ import annotations

import socket
import subprocess
import sys
from contextlib import closing
from typing import TYPE_CHECKING

import httpx
import pytest

from reportgen.connect.transport import HttpTransport, Post, Reply, join_address, read_json
from reportgen.errors import (
    AuthenticationFailed,
    ConfigurationError,
    ConnectError,
    RequestRefused,
    ServiceFailed,
    UnexpectedAnswer,
    Unreachable,
)
from tests.faultserver import CutBody, HangUp, json_reply, raw_reply, redirect, serving

if TYPE_CHECKING:
    from pydantic import JsonValue

JSON = {"content-type": "application/json; charset=utf-8"}
CANARY = "canary-7d1f0c4e9a"


def send(url: str, seconds: float = 5) -> Reply:
    """Send one post through real sockets."""
    with closing(HttpTransport()) as transport:
        return transport.send(Post(url, {"Authorization": CANARY, "Content-Type": "application/json"}, b"{}", seconds))


@pytest.mark.parametrize(
    "address", ["https://connect.reportei.com/api", "https://connect.reportei.com/api/", "HTTPS://h:8443/api"]
)
@pytest.mark.parametrize("path", ["metrics/get-data", "/metrics/get-data"])
def test_joining_keeps_api_once(address: str, path: str) -> None:
    """The prefix /api is neither doubled nor lost, with or without slashes."""
    assert join_address(address, path) == f"{address.rstrip('/')}/metrics/get-data"


def test_joining_adds_no_prefix() -> None:
    """An address without a path is used as it is given."""
    assert join_address("http://127.0.0.1:8000", "metrics/get-data") == "http://127.0.0.1:8000/metrics/get-data"


@pytest.mark.parametrize(
    "address",
    [
        *("", "connect.reportei.com/api", "ftp://h/api", "https://", "https://h:99999", "https://[::1/api"),
        *(
            "https://me:secret@h/api",
            "https://:secret@h",
            "https://h/api?token=secret",
            "https://h/#x",
            "https://h/a b",
        ),
    ],
)
def test_no_address_is_refused_without_showing_it(address: str) -> None:
    """What is no plain address is refused, and a secret inside it is not shown."""
    with pytest.raises(ConfigurationError, match="must look like https://connect") as raised:
        join_address(address, "x")
    assert "secret" not in str(raised.value)


def test_a_post_of_json_asks_for_json() -> None:
    """Both media types are JSON, whatever other headers there are."""
    post = Post.of_json("http://h", {"a": "é"}, {"X": "y"})
    assert post.headers == {"Accept": "application/json", "Content-Type": "application/json", "X": "y"}
    assert post.body == b'{"a": "\\u00e9"}'


def test_a_post_hides_its_headers() -> None:
    """The text of a post does not hold a token."""
    assert CANARY not in repr(Post("http://h", {"Authorization": CANARY}, b""))


def test_sends_and_receives() -> None:
    """Over a real socket: headers and body arrive, status, headers and body come back."""
    with serving(lambda hit: json_reply({"agent": hit.headers["user-agent"]}, 201)) as server:
        reply = send(f"{server.address}/x")
    assert (reply.status, reply.headers["content-type"]) == (201, "application/json")
    assert reply.body.startswith(b'{"agent": "reportgen/')
    assert (server.hits[0].path, server.hits[0].headers["authorization"]) == ("/api/x", CANARY)


def test_redirects_are_not_followed() -> None:
    """A redirect is refused with its host named; the tokens do not go there."""
    with (
        serving(lambda _: json_reply({})) as other,
        serving(lambda _: redirect(f"{other.address}/?t={CANARY}")) as server,
        pytest.raises(RequestRefused, match=r"307, a redirect to 127\.0\.0\.1") as raised,
    ):
        read_json(send(server.address))
    assert other.hits == []
    assert CANARY not in str(raised.value)


def test_loopback_is_reached_past_a_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    """A proxy of the environment is not asked for this machine itself: it would see the tokens."""
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:1")
    monkeypatch.setenv("ALL_PROXY", "http://127.0.0.1:1")
    with serving(lambda _: json_reply({})) as server:
        assert send(server.address).status == 200


def test_a_closed_port_is_unreachable() -> None:
    """A refused connection is ours, names the server and keeps its cause."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    with pytest.raises(Unreachable, match=rf"127\.0\.0\.1:{port} cannot be reached") as raised:
        send(f"http://127.0.0.1:{port}")
    assert isinstance(raised.value.__cause__, httpx.ConnectError)


def test_silence_is_unreachable() -> None:
    """A server that takes the request and says nothing is given up after the post's seconds."""
    with socket.create_server(("127.0.0.1", 0)) as silent:
        port = silent.getsockname()[1]
        with pytest.raises(Unreachable, match=r"was silent for 0\.2 seconds"):
            send(f"http://127.0.0.1:{port}", seconds=0.2)


def test_hanging_up_is_unreachable() -> None:
    """A connection that is cut before the answer is no answer."""
    with serving(lambda _: HangUp()) as server, pytest.raises(Unreachable, match="cannot be reached"):
        send(server.address)


def test_an_answer_cut_short_is_unreachable() -> None:
    """Half a body is not taken for a whole one."""
    with (
        serving(lambda _: CutBody(b'{"values": 1}', after=10)) as server,
        pytest.raises(Unreachable, match="cannot be reached"),
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
        (httpx.PoolTimeout("t"), Unreachable),
        (httpx.WriteError("w"), Unreachable),
        (httpx.RemoteProtocolError("r"), Unreachable),
        (httpx.DecodingError("d"), UnexpectedAnswer),
        (httpx.InvalidURL("u"), ConfigurationError),
    ],
)
def test_foreign_errors_become_ours(failure: Exception, ours: type[Exception]) -> None:
    """Each of httpx's errors is mapped, with itself as the cause."""

    def fail(_request: httpx.Request) -> httpx.Response:
        raise failure

    with closing(HttpTransport(httpx.MockTransport(fail))) as transport, pytest.raises(ours) as raised:
        transport.send(Post("http://h", {}, b""))
    assert raised.value.__cause__ is failure


@pytest.mark.parametrize(
    ("status", "error"),
    [
        (301, RequestRefused),
        (400, RequestRefused),
        (401, AuthenticationFailed),
        (403, RequestRefused),
        (404, RequestRefused),
        (408, ServiceFailed),
        (422, RequestRefused),
        (425, ServiceFailed),
        (429, ServiceFailed),
        (500, ServiceFailed),
        (503, ServiceFailed),
    ],
)
def test_statuses_become_errors(status: int, error: type[ConnectError]) -> None:
    """Each status has the error that says what a caller can do."""
    with pytest.raises(ConnectError) as raised:
        read_json(Reply(status, JSON, b'{"message": "m"}'))
    assert type(raised.value) is error


def test_a_401_names_the_three_causes() -> None:
    """Only the API's message tells which cause it is, so it and all three are shown, on one line."""
    with pytest.raises(AuthenticationFailed) as raised:
        read_json(Reply(401, JSON, b'{"message": "Invalid\\nCustomer Token"}'))
    assert str(raised.value) == (
        "the API refused the tokens (Invalid Customer Token). One of three things is wrong: the API token; "
        "the customer token; or the account, whose trial has ended"
    )


def test_an_error_page_is_shown_short() -> None:
    """An error without JSON shows the start of its text."""
    with pytest.raises(ServiceFailed) as raised:
        read_json(Reply(502, {"content-type": "text/html"}, b"<h1>\nBad gateway</h1>" + b"x" * 5000))
    assert str(raised.value).startswith("the API answered 502: <h1> Bad gateway</h1>xxx")
    assert len(str(raised.value)) < 240


@pytest.mark.parametrize(
    ("headers", "body", "message"),
    [
        (JSON, b"", "with nothing in it"),
        (JSON, b" \n", "with nothing in it"),
        ({"content-type": "text/html"}, b"<html>Log in</html>", "text/html instead of JSON: <html>Log in</html>"),
        ({}, b"{}", "an unnamed type instead of JSON"),
        (JSON, b"\xff\xfe{}", "not UTF-8"),
        (JSON, b'{"a": 1', "not strict JSON (line 1, column 8"),
        (JSON, b'{"a": 1, "a": 2}', "the key 'a' stands twice"),
        (JSON, b"[" * 100_000, "nests more than 64 levels"),
    ],
)
def test_what_is_no_json_is_unexpected(headers: dict[str, str], body: bytes, message: str) -> None:
    """A success without strict JSON is refused in words, with the start of what came."""
    with pytest.raises(UnexpectedAnswer) as raised:
        read_json(Reply(200, headers, body))
    assert message in str(raised.value)


@pytest.mark.parametrize(
    ("headers", "body", "payload"),
    [
        (JSON, b'{"a": "\xc3\xa9"}', {"a": "é"}),
        (JSON, b'\xef\xbb\xbf{"a": NaN}', {"a": None}),
        ({"content-type": "application/vnd.api+json"}, b"[]", []),
    ],
)
def test_json_is_read(headers: dict[str, str], body: bytes, payload: JsonValue) -> None:
    """UTF-8 with or without a mark, under any JSON media type; NaN is missing."""
    assert read_json(Reply(200, headers, body)) == payload


def test_httpx_is_not_loaded_before_it_is_needed() -> None:
    """Importing the fetcher loads no httpx; `--help` and `check` stay quick."""
    program = (
        "import sys, reportgen.connect.api, reportgen.connect.recorded, reportgen.connect.pictures;"
        "sys.exit(str([name for name in ('httpx', 'PIL', 'numpy') if name in sys.modules]))"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)
    assert done.stderr.strip() == "[]"
