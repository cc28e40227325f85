"""Webhooks: signed with the time, to an address that may be a secret, checked as it is called."""

from __future__ import annotations

import hashlib
import hmac
import json
import logging
import socket
from threading import Thread
from typing import TYPE_CHECKING

import pytest
from pydantic import SecretStr

from reportgen.errors import ConfigurationError
from reportgen.fleet.deliveries import deliver
from reportgen.fleet.delivery_webhooks import announce, check_url, signature
from tests.canaries import CUSTOMER, MARK, TOKEN
from tests.fleet.servers import hook
from tests.fleet.test_deliveries import delivered, ends

if TYPE_CHECKING:
    from pathlib import Path


def channel(url: str) -> str:
    """Return a channel that calls an address."""
    return f"{{webhook: {{url: {url}, secret: {{env: HOOK_SECRET}}}}}}"


@pytest.fixture(autouse=True)
def secret(monkeypatch: pytest.MonkeyPatch) -> str:
    """Put the secret where the fleet says."""
    monkeypatch.setenv("HOOK_SECRET", "a-long-secret")
    return "a-long-secret"


def test_a_signed_call(tmp_path: Path) -> None:
    """The receiver can tell that it is ours; a refusal is a failure, and is tried again by the next call."""
    with hook(500, 200, 200) as (url, seen):
        bench = delivered(tmp_path, channel(f'"{url}"'))
        assert deliver(bench.folder) == {"delivered": 1, "failed": 1}
        assert deliver(bench.folder) == {"before": 1, "delivered": 1}
    for headers, body in seen:
        signed = f"{headers['X-Reportgen-Timestamp']}.".encode() + body
        expected = hmac.new(b"a-long-secret", signed, hashlib.sha256).hexdigest()
        assert headers["X-Reportgen-Signature"] == f"sha256={expected}"
    assert {json.loads(body)["client"] for _headers, body in seen} == {"client-0000", "client-0001"}
    assert b"a-long-secret" not in (bench.folder / "journal.jsonl").read_bytes()


def test_the_time_is_signed() -> None:
    """A call that was overheard cannot be sent again as one of another time."""
    with hook(200) as (url, seen):
        announce(url, SecretStr("s"), b"{}", 1_793_000_000)
    ((headers, body),) = seen
    assert headers["X-Reportgen-Timestamp"] == "1793000000"
    assert headers["X-Reportgen-Signature"] == signature(SecretStr("s"), "1793000000", body)
    assert headers["X-Reportgen-Signature"] != signature(SecretStr("s"), "1793000001", body)


def test_an_address_that_is_a_secret(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is called, also with a user and a password in it, and stands nowhere in what is written or said."""
    with hook(200, 500) as (url, seen):
        monkeypatch.setenv("HOOK_URL", url.replace("//", "//me:hunter2@").replace("/hook", "/T0KEN/hook?key=hunter3"))
        bench = delivered(tmp_path, channel("{env: HOOK_URL}"))
        found = ends(bench)
    assert found["client-0000"] == ("delivered", "")
    assert found["client-0001"] == ("failed", "the webhook answered 500")
    assert len(seen) == 2
    assert bench.record("client-0000")["deliveries"][0]["to"] == "webhook HOOK_URL"
    written = b"".join(path.read_bytes() for path in bench.folder.iterdir() if path.is_file())
    assert not [word for word in (b"hunter", b"T0KEN") if word in written]


def test_a_secret_address_that_nobody_answers(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What the network says of it repeats none of it."""
    (tmp_path / "hook").write_text("http://me:hunter2@127.0.0.1:1/T0KEN\n")
    bench = delivered(tmp_path, channel("{file: hook}"))
    state, reason = ends(bench)["client-0000"]
    assert (state, "cannot be reached" in reason) == ("failed", True)
    assert not [word for word in ("hunter2", "T0KEN", "127.0.0.1") if word in reason]
    monkeypatch.delenv("HOOK_SECRET")
    with pytest.raises(ConfigurationError, match="HOOK_SECRET is empty or not set"):
        deliver(bench.folder)


@pytest.mark.parametrize(
    "url",
    [
        "https://a.example/hook",
        "https://a.example:8443/hook?x=1",
        "https://bücher.example/",
        "https://[2001:db8::1]:8443/hook",
        "http://127.0.0.1:8080/",
        "http://[::1]/",
        "http://localhost",
    ],
)
def test_what_an_address_may_be(url: str) -> None:
    """Names, also with letters outside of ASCII, IP addresses, ports; without encryption only on this machine."""
    check_url(url, is_secret=False)


@pytest.mark.parametrize(
    "url",
    [
        "",
        "hunter2",
        "ftp://a.example/hunter2",
        "https:///hunter2",
        "https://a.example:0/hunter2",
        "https://a.example:65536/hunter2",
        "https://a.example:hunter2/",
        "https://a.example/hunter2 x",
        "https://a.example/hunter2\n",
        "https://a..example/hunter2",
        "https://a%b.example/hunter2",
        "https://bücher-.example/hunter2",
        "https://[::1/hunter2",
        "https://[hunter2]/",
        "http://a.example/hunter2",
        "https://me:hunter2@a.example/",
    ],
)
def test_what_is_no_address(url: str) -> None:
    """It is refused before anything is sent, in words that repeat nothing of it."""
    with pytest.raises(ValueError, match=r"is no address|its host is|https://|url: \{env") as raised:
        check_url(url, is_secret=False)
    assert "hunter2" not in str(raised.value)


def test_what_check_accepts_can_be_called(tmp_path: Path) -> None:
    """An address with a wrong port is found before the first call, by what check calls too."""
    bench = delivered(tmp_path, channel('"https://a.example:99999/"'))
    with pytest.raises(ConfigurationError, match=r"deliver\.to\.webhook\.url: 'https://a\.example:99999/'"):
        deliver(bench.folder)


def test_a_lost_connection_is_not_repeated(tmp_path: Path) -> None:
    """A call that was cut after it was sent may have arrived: at most once means that it is told, not repeated."""
    with socket.create_server(("127.0.0.1", 0)) as listener:

        def serve() -> None:
            for _ in range(2):
                connection, _address = listener.accept()
                connection.recv(65536)
                connection.close()

        thread = Thread(target=serve, daemon=True)
        thread.start()
        bench = delivered(tmp_path, channel(f'"http://127.0.0.1:{listener.getsockname()[1]}/hook"'))
        assert deliver(bench.folder) == {"unknown": 2}
        thread.join(10)
        assert deliver(bench.folder) == {"unknown": 2}
    (receipt,) = bench.record("client-0000")["deliveries"]
    assert receipt["state"] == "uncertain"


def test_no_secret_is_logged(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture) -> None:
    """S03: neither the address nor the secret is in any line, also where a program logs all that its libraries say."""
    caplog.set_level(logging.DEBUG)
    monkeypatch.setenv("HOOK_SECRET", TOKEN)
    with hook(500, 200) as (url, seen):
        monkeypatch.setenv("HOOK_URL", f"{url}/{TOKEN}?key={CUSTOMER}")
        bench = delivered(tmp_path, channel("{env: HOOK_URL}"))
        assert deliver(bench.folder) == {"delivered": 1, "failed": 1}
    assert len(seen) == 2
    everything = "\n".join(f"{record.getMessage()} {vars(record)}" for record in caplog.records)
    assert "POST webhook: 500" in everything
    assert "deliver delivered webhook HOOK_URL" in everything
    assert MARK not in everything


def test_no_query_of_an_open_address_is_logged(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    """An address in the fleet file is no secret, but what stands after its question mark may be."""
    caplog.set_level(logging.DEBUG)
    with hook(200, 200) as (url, _seen):
        bench = delivered(tmp_path, channel(f'"{url}?key=abc"'))
        assert deliver(bench.folder) == {"delivered": 2}
    assert "deliver delivered webhook" in caplog.text
    assert "abc" not in caplog.text
