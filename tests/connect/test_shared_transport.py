"""Connections that calls from several event loops share."""

from __future__ import annotations

import asyncio
from concurrent.futures import ThreadPoolExecutor
from threading import Event
from typing import TYPE_CHECKING

import pytest

from reportgen.connect.event_loop import Cancellation, run
from reportgen.connect.shared_transport import SharedTransport
from reportgen.connect.transport import Call
from reportgen.errors import ConfigurationError, TimedOut, Unreachable
from tests.faultserver import Hang, json_reply, serving

if TYPE_CHECKING:
    from tests.faultserver import Fault, Hit


def call(address: str, path: str, seconds: float = 5) -> Call:
    """Return a call with a token."""
    return Call("GET", f"{address}/{path}", {"Authorization": path}, seconds=seconds)


def test_several_event_loops_share_a_connection() -> None:
    """Each call has its own headers and answer; the connection is that of the call before."""
    with serving(lambda hit: json_reply(hit.headers["authorization"])) as server, SharedTransport() as transport:
        replies = [run(transport.send(call(server.address, path))).body for path in ("a", "b", "c")]
    assert replies == [b'"a"', b'"b"', b'"c"']
    assert {hit.connection for hit in server.hits} == {1}


def test_errors_come_through() -> None:
    """They are those of a transport of one's own."""
    with SharedTransport() as transport, pytest.raises(Unreachable):
        run(transport.send(call("http://127.0.0.1:1", "a")))


def test_a_cancelled_call_ends_and_others_go_on() -> None:
    """A run that is stopped waits for no answer."""
    asked, cancellation = Event(), Cancellation()

    def answer(hit: Hit) -> Fault:
        asked.set()
        return Hang() if hit.path.endswith("endless") else json_reply("fine")

    with serving(answer) as server, SharedTransport() as transport, ThreadPoolExecutor() as threads:

        def ask() -> None:
            with cancellation.of_this_thread():
                run(transport.send(call(server.address, "endless", 60)))

        asking = threads.submit(ask)
        asked.wait()
        cancellation.cancel()
        with pytest.raises(asyncio.CancelledError):
            asking.result(20)
        assert run(transport.send(call(server.address, "other"))).body == b'"fine"'
        with pytest.raises(TimedOut):
            run(transport.send(call(server.address, "endless", 0.2)))


def test_a_malformed_proxy_is_told_when_it_is_opened(monkeypatch: pytest.MonkeyPatch) -> None:
    """No thread is left behind."""
    monkeypatch.setenv("ALL_PROXY", "gopher://127.0.0.1:1")
    with pytest.raises(ConfigurationError, match="ALL_PROXY"), SharedTransport():
        pass
