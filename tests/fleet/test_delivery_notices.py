"""Messages by Apprise: at most once, to an address that is shown to nobody."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from reportgen.errors import ConfigurationError
from reportgen.fleet.deliveries import deliver
from reportgen.fleet.fleet_check import check_fleet
from reportgen.spec.checking import check_file
from tests.fleet.servers import hook
from tests.fleet.test_deliveries import FOLDER, delivered, edit, ends
from tests.fleet.test_run_loop import asked

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


ALERT = '{{notify: {{url: {{env: CHAT}}, text: "{{client.name}}: {{reach.change}}", alert: "{0}"}}}}'


def test_an_alert_is_for_staff(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It goes where its condition holds, also while the report waits for approval, once; the client gets nothing."""
    with hook(200, 200) as (url, seen):
        monkeypatch.setenv("CHAT", url.replace("http://", "json://"))
        channels = ", ".join((ALERT.format("reach.change > 5%"), ALERT.format("reach.change < -30%"), FOLDER))
        bench = delivered(tmp_path, channels)
        edit(tmp_path / "fleet.yaml", "deliver: {", "deliver: {approval: required, ")
        assert deliver(bench.folder) == {"delivered": 2, "unapproved": 2}
        assert deliver(bench.folder) == {"before": 2, "unapproved": 2}
    assert [json.loads(body)["message"] for _, body in seen] == ["Client 0: +11.3%", "Client 1: +11.3%"]
    assert not (bench.root / "outbox").exists()
    alerts = bench.record("client-0000")["alerts"]
    assert alerts == {"reach.change > 5%": True, "reach.change < -30%": False}


def test_an_alert_of_a_held_report(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What may not go to its client is told to staff all the same."""
    with hook(200, 200) as (url, seen):
        monkeypatch.setenv("CHAT", url.replace("http://", "json://"))
        bench = delivered(tmp_path, f"{ALERT.format('reach.change > 5%')}, {FOLDER}")
        bench.make(ask=lambda job: replace(asked(job), verdict="held"), force=True)
        assert set(bench.states().values()) == {"held"}
        assert deliver(bench.folder) == {"delivered": 2, "unready": 2}
    assert len(seen) == 2


def test_an_alert_that_the_run_did_not_decide(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """After an edit nobody knows whether it holds: that is said, and nothing is guessed."""
    with hook() as (url, seen):
        monkeypatch.setenv("CHAT", url.replace("http://", "json://"))
        bench = delivered(tmp_path, ALERT.format("reach.change > 5%"))
        edit(tmp_path / "fleet.yaml", "> 5%", "> 6%")
        state, reason = ends(bench)["client-0000"]
    assert (state, reason.endswith("the run did not keep reach.change > 6%; run it again")) == ("failed", True)
    assert seen == []


def test_what_no_spec_has_is_found_before(tmp_path: Path) -> None:
    """`check` names a number of an alert, and a live word of a message, that no spec has."""
    delivered(tmp_path, ALERT.format("reech.change > 5%").replace("{reach.change}", "{reech}"))
    file = tmp_path / "fleet.yaml"
    found = [str(problem) for problem in check_fleet(file, check_file(file)).problems]
    assert any("deliver.to.0.notify.alert: reech is no number of a spec; known are reach" in text for text in found)
    assert any("deliver.to.0.notify.text: {reech}" in text and "did you mean {reach}?" in text for text in found)
