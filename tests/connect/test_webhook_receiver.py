"""The receiver: what it takes, what it refuses, and what it keeps on disk."""

from __future__ import annotations

import asyncio
import gzip
import json
import signal
import socket
import stat
import threading
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

import httpx
import pytest

from reportgen.connect.pending_webhooks import FRESH_SECONDS, PendingRequest, PendingRequests
from reportgen.connect.webhook_receiver import Receiver
from reportgen.connect.webhook_settings import WebhookSettings
from reportgen.errors import ConfigurationError, OutputError
from reportgen.local_server.connection_limits import LimitedProtocol
from tests.canaries import MARK, TOKEN
from tests.connect.asking import FakeClock

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

    from pydantic import JsonValue

SECRET = "0123456789abcdef0123456789abcdef"  # noqa: S105 - of a request of these tests
BODY: dict[str, JsonValue] = {"id-1": {"values": 7}}


@asynccontextmanager
async def receiving(
    folder: Path, clock: FakeClock, largest: int = 1000, seconds: float = 5, arrivals: list[int] | None = None
) -> AsyncIterator[tuple[Receiver, PendingRequests, PendingRequest]]:
    """Run a receiver that waits for one delivery."""
    with PendingRequests(folder, clock) as pending:
        asked = pending.add("question", SECRET, {"id-1": "digest-1"})
        pending.mark_sent(asked.key)
        covered = Receiver(
            WebhookSettings.on_this_machine(),
            pending,
            lambda body: body.replace(TOKEN.encode(), b"[token]"),
            lambda: None if arrivals is None else arrivals.append(1),
            largest=largest,
            read_seconds=seconds,
        )
        async with covered as receiver:
            yield receiver, pending, asked


async def post(receiver: Receiver, body: object = None, token: str = SECRET, **headers: str) -> int:
    """Post a delivery; returns the status."""
    content = body if isinstance(body, bytes) else json.dumps(BODY if body is None else body).encode()
    async with httpx.AsyncClient(trust_env=False) as client:
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        return (await client.post(receiver.address(token), content=content, headers=named)).status_code


@pytest.mark.parametrize("token", ["", "x", SECRET[:-1], SECRET.upper(), f"{SECRET}/x", "%F0%9F%92%A9"])
def test_a_forged_post_is_not_found(tmp_path: Path, token: str) -> None:
    """W01: without a request's own token in the path nothing is taken, and nothing is told."""

    async def work() -> None:
        async with receiving(tmp_path, FakeClock()) as (receiver, pending, asked):
            assert await post(receiver, token=token) == 404
            assert pending.is_awaited(asked.key)

    asyncio.run(work())


def test_a_delivery_is_kept_once(tmp_path: Path) -> None:
    """W02: a repeated delivery is thanked for and changes nothing, also where it says something else."""

    async def work() -> None:
        arrivals: list[int] = []
        async with receiving(tmp_path, FakeClock(), arrivals=arrivals) as (receiver, pending, asked):
            assert await post(receiver) == 200
            assert arrivals == [1]
            assert await post(receiver, {"id-1": {"values": 99}}) == 200
            assert pending.take(asked.key).deliveries == (BODY,)

    asyncio.run(work())


def test_a_replay_is_gone(tmp_path: Path) -> None:
    """W03: a token can be used once, and not at all when its time is over."""
    clock = FakeClock()

    async def work() -> None:
        async with receiving(tmp_path, clock) as (receiver, pending, asked):
            assert await post(receiver) == 200
            pending.take(asked.key)
            assert await post(receiver, {"id-1": {"values": 99}}) == 200
            clock.seconds = FRESH_SECONDS
            assert await post(receiver) == 410

    asyncio.run(work())


@pytest.mark.parametrize("length", [1001, 10**9])
def test_too_large_a_delivery_is_refused(tmp_path: Path, length: int) -> None:
    """W05: the cap is held by what the post says and by what it sends."""

    async def work() -> None:
        async with receiving(tmp_path, FakeClock()) as (receiver, pending, asked):
            body = b" " * min(length, 5000)
            assert await post(receiver, body) == 413
            host, port = receiver.address("").split("/")[2].split(":")
            reader, writer = await asyncio.open_connection(host, int(port))
            writer.write(f"POST /{SECRET} HTTP/1.1\r\nHost: h\r\nContent-Length: {length}\r\n\r\n".encode())
            assert (await reader.readline()).split()[1] == b"413"
            writer.close()
            assert pending.is_awaited(asked.key)

    asyncio.run(work())


def test_a_packed_delivery_is_refused(tmp_path: Path) -> None:
    """W05: what is packed may be huge, and is not unpacked."""

    async def work() -> None:
        async with receiving(tmp_path, FakeClock()) as (receiver, pending, asked):
            assert await post(receiver, gzip.compress(b"{}"), content_encoding="gzip") == 415
            assert pending.is_awaited(asked.key)

    asyncio.run(work())


def test_a_slow_delivery_is_cut(tmp_path: Path) -> None:
    """W05: a sender that drips does not hold its connection for ever."""

    async def work() -> None:
        async with receiving(tmp_path, FakeClock(), seconds=0.1) as (receiver, _, _asked):
            host, port = receiver.address("").split("/")[2].split(":")
            reader, writer = await asyncio.open_connection(host, int(port))
            writer.write(f"POST /{SECRET} HTTP/1.1\r\nHost: h\r\nContent-Length: 9\r\n\r\n{{".encode())
            assert (await asyncio.wait_for(reader.readline(), 5)).split()[1] == b"408"
            writer.close()

    asyncio.run(work())


def test_idle_connections_keep_no_delivery_away(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """W05: sixty strangers who say nothing hold fewer connections than that, and a delivery comes in beside them."""
    monkeypatch.setattr(LimitedProtocol, "most", 20)

    async def work() -> None:
        async with receiving(tmp_path, FakeClock()) as (receiver, pending, asked):
            host, port = receiver.address("").split("/")[2].split(":")
            idle = [await asyncio.open_connection(host, int(port)) for _ in range(60)]
            assert await post(receiver) == 200
            assert pending.take(asked.key).deliveries == (BODY,)
            ended = [await asyncio.wait_for(reader.read(), 5) for reader, _ in idle[:40]]
            assert ended == [b""] * 40
            for _, writer in idle:
                writer.close()

    asyncio.run(work())


def test_a_late_delivery_is_used_for_nothing(tmp_path: Path) -> None:
    """W07: what comes after nobody waits any more is thanked for and kept as late."""

    async def work() -> None:
        async with receiving(tmp_path, FakeClock()) as (receiver, pending, asked):
            assert pending.take(asked.key).deliveries == ()
            assert await post(receiver) == 200
            assert pending.take(asked.key).deliveries == ()
            assert pending.find("question") is None

    asyncio.run(work())


def test_a_restart_loses_no_delivery(tmp_path: Path) -> None:
    """W08: another receiver, started later, still knows the request; and a later run finds what came."""

    async def first() -> None:
        async with receiving(tmp_path, FakeClock()):
            pass

    async def second() -> None:
        with PendingRequests(tmp_path, FakeClock()) as pending:
            async with Receiver(WebhookSettings.on_this_machine(), pending, bytes, lambda: None) as receiver:
                assert await post(receiver) == 200

    asyncio.run(first())
    asyncio.run(second())
    with PendingRequests(tmp_path, FakeClock()) as pending:
        found = pending.find("question")
        assert found is not None
        assert found.ids == {"digest-1": "id-1"}
        assert pending.take(found.key).deliveries == (BODY,)


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        (b'{"a": ', "is not strict JSON"),
        (b"\xff", "is not UTF-8"),
        (b"[]", "is no JSON object"),
        (b"", "not strict JSON"),
    ],
)
def test_rubbish_is_thanked_for(tmp_path: Path, body: bytes, reason: str) -> None:
    """W09: the sender may stop; why it was of no use is kept, and a good delivery afterwards is taken."""

    async def work() -> None:
        async with receiving(tmp_path, FakeClock()) as (receiver, _, asked):
            assert await post(receiver, body) == 200
            with PendingRequests(tmp_path, FakeClock()) as another:
                assert reason in another.take(asked.key).reason

    asyncio.run(work())


def test_a_delivery_in_parts_is_awaited_until_it_is_whole(tmp_path: Path) -> None:
    """W02, W08: also by another run; a part that says nothing new is not kept, an unreadable one takes none away."""

    async def work() -> None:
        with PendingRequests(tmp_path, FakeClock()) as pending:
            asked = pending.add("question", SECRET, {"id-1": "digest-1", "id-2": "digest-2"})
            pending.mark_sent(asked.key)
            async with Receiver(WebhookSettings.on_this_machine(), pending, bytes, lambda: None) as receiver:
                for body in ({}, BODY, BODY, b"rubbish", {"id-1": {"values": 99}}):
                    assert await post(receiver, body) == 200
                pending.mark_sent(asked.key)
        with PendingRequests(tmp_path, FakeClock()) as another:
            async with Receiver(WebhookSettings.on_this_machine(), another, bytes, lambda: None) as receiver:
                assert await post(receiver, {"id-2": {"values": 8}}) == 200
            assert not another.is_awaited(asked.key)
            assert another.take(asked.key).deliveries == ({}, BODY, {"id-2": {"values": 8}})

    asyncio.run(work())


def test_a_port_in_use_is_told(tmp_path: Path) -> None:
    """W10: two receivers cannot share a port, and the error says what to change."""

    async def work(port: int) -> None:
        with PendingRequests(tmp_path, FakeClock()) as pending:
            async with Receiver(WebhookSettings(None, "127.0.0.1", port), pending, bytes, lambda: None):
                pass

    with (
        socket.create_server(("127.0.0.1", 0)) as taken,
        pytest.raises(ConfigurationError, match="choose another address or port"),
    ):
        asyncio.run(work(taken.getsockname()[1]))


def test_a_crash_keeps_nothing_half(tmp_path: Path) -> None:
    """W11: where keeping fails the sender gets a 500 and comes again; nothing is half stored."""

    async def work() -> None:
        async with receiving(tmp_path, FakeClock()) as (receiver, pending, asked):
            pending.__exit__(None, None, None)  # the file goes away under the receiver
            assert await post(receiver) == 500
            pending.__enter__()
            assert pending.is_awaited(asked.key)
            assert await post(receiver) == 200
            assert pending.take(asked.key).deliveries == (BODY,)

    asyncio.run(work())


def test_the_table_is_private_and_holds_no_token(tmp_path: Path) -> None:
    """S01, S04: neither a request's own token nor an echoed one is on disk; only the owner reads the file."""

    async def work() -> None:
        async with receiving(tmp_path / "state", FakeClock()) as (receiver, _, _asked):
            assert await post(receiver, {"id-1": {"labels": [TOKEN]}}) == 200

    asyncio.run(work())
    (file,) = (tmp_path / "state").iterdir()
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    content = file.read_bytes()
    assert SECRET.encode() not in content
    assert MARK.encode() not in content
    assert b"[token]" in content


def test_a_file_that_is_no_table_is_told(tmp_path: Path) -> None:
    """A damaged table is an error with its path and what to do."""
    (tmp_path / "webhook.sqlite3").write_bytes(b"x" * 5000)
    with (
        pytest.raises(OutputError, match=r"webhook\.sqlite3: cannot be used: .*--state"),
        PendingRequests(tmp_path, FakeClock()),
    ):
        pass


@pytest.mark.parametrize(
    ("url", "bind", "said"),
    [
        ("", "", "REPORTGEN_WEBHOOK_URL"),
        ("https://h/x", "", "REPORTGEN_WEBHOOK_URL"),
        ("http://reports.example/x", "127.0.0.1:1", "must begin with https://"),
        ("ftp://h", "127.0.0.1:1", "must look like"),
        ("https://", "127.0.0.1:1", "must look like"),
        ("https://h:99999", "127.0.0.1:1", "must look like"),
        ("https://a@h/", "127.0.0.1:1", "must look like"),
        ("https://h/?a", "127.0.0.1:1", "must look like"),
        ("https://h/x ", "127.0.0.1:1", "must look like"),
        ("https://h/x", "h", "must be an address and a port"),
        ("https://h/x", "h:0", "must be an address and a port"),
        ("https://h/x", "h:80/x", "must be an address and a port"),
        ("https://h/x", "h:99999", "must be an address and a port"),
        ("https://h/x", "[::1", "must be an address and a port"),
    ],
)
def test_wrong_settings_are_told(url: str, bind: str, said: str) -> None:
    """An address that cannot be one is refused before anything is sent, with what to write."""
    with pytest.raises(ConfigurationError, match=said):
        WebhookSettings.of(url, bind)


def test_settings() -> None:
    """Http is for this machine alone; a slash at the end does not count."""
    settings = WebhookSettings("https://h.example/hook", "10.0.0.5", 8443)
    assert WebhookSettings.of("https://h.example/hook/", "10.0.0.5:8443") == settings
    assert WebhookSettings.of("http://127.0.0.1:9/", "[::1]:9") == WebhookSettings("http://127.0.0.1:9", "::1", 9)


def test_signals_stay_those_of_the_command(tmp_path: Path) -> None:
    """While deliveries are received in the main thread, Ctrl-C and the end of the process are handled as before."""

    def handlers() -> list[object]:
        return [signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM)]

    async def check() -> None:
        before = handlers()
        async with receiving(tmp_path, FakeClock()) as (receiver, _, _):
            assert await post(receiver) == 200
            assert (threading.current_thread(), handlers()) == (threading.main_thread(), before)

    asyncio.run(check())
