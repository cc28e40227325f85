"""Messages by Apprise: at most once, to an address that is shown to nobody."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from reportgen.errors import ConfigurationError
from reportgen.fleet.deliveries import deliver
from tests.fleet.servers import hook
from tests.fleet.test_deliveries import delivered, ends

if TYPE_CHECKING:
    from pathlib import Path

pytest.importorskip("apprise")
pytestmark = pytest.mark.filterwarnings("ignore:'imghdr' is deprecated:DeprecationWarning")  # one of its many services

CHANNEL = '{notify: {url: {env: CHAT}, text: "{client.name}: ready"}}'


def test_a_message_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It has the report's words; a second call says nothing; the receipt names the place of the address."""
    with hook(200, 200) as (url, seen):
        monkeypatch.setenv("CHAT", url.replace("http://", "json://"))
        bench = delivered(tmp_path, CHANNEL)
        assert deliver(bench.folder) == {"delivered": 2}
        assert deliver(bench.folder) == {"before": 2}
    assert [json.loads(body)["message"] for _, body in seen] == ["Client 0: ready", "Client 1: ready"]
    assert bench.record("client-0000")["deliveries"][0]["to"] == "notify CHAT"


def test_a_refusal_and_silence(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A service that answers with an error has nothing; without an answer the end is unknown, and not repeated."""
    with hook(500, 200) as (url, seen):
        monkeypatch.setenv("CHAT", url.replace("http://", "json://"))
        bench = delivered(tmp_path, CHANNEL)
        found = ends(bench)
    assert found["client-0000"] == ("failed", "the service answered 500")
    assert found["client-0001"] == ("delivered", "")
    assert ends(bench)["client-0000"][0] == "unknown"
    assert ends(bench)["client-0000"][0] == "unknown"
    assert len(seen) == 2


def test_an_address_of_no_service(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """It is refused before anything is sent, in words that repeat nothing of it."""
    monkeypatch.setenv("CHAT", "nothing://hunter2@x")
    bench = delivered(tmp_path, CHANNEL)
    with pytest.raises(ConfigurationError, match="CHAT holds is the address of no service") as raised:
        deliver(bench.folder)
    assert "hunter2" not in str(raised.value) + caplog.text
