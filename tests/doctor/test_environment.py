"""Tokens, addresses, proxies, the API and its clock."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING
from urllib.parse import quote

import pytest

from reportgen.cli import main
from reportgen.connect.transport import Reply
from reportgen.doctor.api_health import look_at_clock
from reportgen.doctor.environment import look_at_addresses, look_at_proxies, look_at_tokens, read_files
from tests.canaries import CUSTOMER, TOKEN
from tests.conftest import shows_canary
from tests.faultserver import Fault, json_reply, raw_reply, redirect, routed, serving
from tests.fleet.files import write_fleet

if TYPE_CHECKING:
    from pathlib import Path

    from reportgen.doctor import Diagnosis

CLIENT = """\
version: 1
name: A
locale: pt-BR
api: {token: {env: TEST_TOKEN}, customer_token: {file: canary-source}}
"""
NOON = datetime(2026, 11, 25, 12, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Stopped:
    """A clock that stands still."""

    at: datetime

    def now(self) -> float:
        """Return nothing's age."""
        return 0

    def wall(self) -> datetime:
        """Return the time it stands at."""
        return self.at

    async def sleep(self, seconds: float) -> None:
        """Wait for nothing."""

    def chance(self) -> float:
        """Return no chance."""
        return 0


@pytest.fixture(autouse=True)
def _plain(monkeypatch: pytest.MonkeyPatch) -> None:
    """Leave nothing of this machine's own environment."""
    for name in ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "NO_PROXY"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.lower(), raising=False)
    for name in ("URL", "TOKEN"):
        monkeypatch.delenv(f"REPORTGEN_{name}", raising=False)
    monkeypatch.delenv("REPORTGEN_API_URL", raising=False)


@pytest.fixture
def client(tmp_path: Path) -> Path:
    """Return a client file whose tokens are nowhere yet."""
    (tmp_path / "client.yaml").write_text(CLIENT)
    return tmp_path / "client.yaml"


def tokens_of(client: Path | None, fleet: Path | None = None) -> list[Diagnosis]:
    """Return what is said of the tokens that files name."""
    return list(look_at_tokens(*read_files(client, fleet)))


def doctor(*arguments: str) -> int:
    """Run the command."""
    return main(["doctor", *arguments])


def test_missing_tokens_are_told_with_what_sets_them(client: Path, tmp_path: Path) -> None:
    """A variable is exported, a file is written that nobody else can read."""
    assert [(one.health, one.command) for one in tokens_of(client)] == [
        ("configuration", "export TEST_TOKEN=..."),
        ("configuration", f"(umask 077; cat > {tmp_path}/canary-source)"),
    ]


def test_tokens_that_are_there(client: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """S01: they are told by the names of their places, never by what they are."""
    monkeypatch.setenv("TEST_TOKEN", TOKEN)
    (tmp_path / "canary-source").write_text(CUSTOMER)
    (found,) = tokens_of(client)
    assert (found.health, found.text) == ("ok", f"TEST_TOKEN, {tmp_path}/canary-source: there")


def test_what_cannot_be_a_token(client: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """One with a line break in it was copied wrongly."""
    monkeypatch.setenv("TEST_TOKEN", "two words")
    (tmp_path / "canary-source").write_text(CUSTOMER)
    assert [one.health for one in tokens_of(client)] == ["configuration", "ok"]


def test_the_tokens_of_a_fleet(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each place is told once, however many clients share it, and the secrets of deliveries among them."""
    deliver = "deliver: {to: [{webhook: {url: 'https://a.example/h', secret: {env: HOOK_SECRET}}}]}\n"
    fleet = write_fleet(tmp_path, clients=30)
    fleet.write_text(fleet.read_text() + deliver)
    monkeypatch.setenv("FLEET_TOKEN", TOKEN)
    monkeypatch.delenv("FLEET_CUSTOMER", raising=False)
    monkeypatch.delenv("HOOK_SECRET", raising=False)
    assert [(one.health, one.command) for one in tokens_of(None, fleet)] == [
        ("configuration", "export HOOK_SECRET=..."),
        ("configuration", "export FLEET_CUSTOMER=..."),
        ("ok", ""),
    ]


def test_without_files_the_usual_variable_is_looked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    """It need not be set, because a client file may name another one."""
    assert [one.health for one in tokens_of(None)] == ["note"]
    monkeypatch.setenv("REPORTGEN_TOKEN", TOKEN)
    assert [one.health for one in tokens_of(None)] == ["ok"]


def test_a_proxy_is_shown_without_its_password(monkeypatch: pytest.MonkeyPatch) -> None:
    """N28: a proxy that the environment sets is told, and how to go past it; its password is not."""
    assert look_at_proxies().health == "ok"
    monkeypatch.setenv("HTTPS_PROXY", f"http://user:{quote(TOKEN, safe='')}@proxy.example:3128")
    found = look_at_proxies()
    assert (found.health, found.command) == ("note", "export NO_PROXY=connect.reportei.com")
    assert "HTTPS_PROXY is proxy.example:3128; " in found.text
    monkeypatch.setenv("NO_PROXY", "connect.reportei.com")
    assert "not used for connect.reportei.com" in look_at_proxies().text


@pytest.mark.parametrize("address", ["ftp://proxy.example", f"http://user:{TOKEN}/@proxy.example:3128"])
def test_a_proxy_that_cannot_be_one(monkeypatch: pytest.MonkeyPatch, address: str) -> None:
    """N28, S01: what nothing can be sent through is wrong, with the variable to unset and no part of a password."""
    monkeypatch.setenv("HTTPS_PROXY", address)
    found = look_at_proxies()
    assert (found.health, found.command) == ("configuration", "unset HTTPS_PROXY")
    assert not shows_canary(found.text.encode())


def test_wrong_addresses(monkeypatch: pytest.MonkeyPatch) -> None:
    """The API's and the webhook's are read as a run would read them."""
    assert list(look_at_addresses(())) == []
    monkeypatch.setenv("REPORTGEN_API_URL", "connect.example/api")
    monkeypatch.setenv("REPORTGEN_WEBHOOK_URL", "https://hook.example")
    monkeypatch.delenv("REPORTGEN_WEBHOOK_BIND", raising=False)
    assert [(one.subject, one.health) for one in look_at_addresses(())] == [
        ("API address", "configuration"),
        ("Webhook", "configuration"),
    ]


@pytest.mark.parametrize(
    ("apart", "health"),
    [(timedelta(), "ok"), (timedelta(minutes=-4), "ok"), (timedelta(minutes=6), "environment")],
)
def test_the_clock_is_compared_with_the_api(apart: timedelta, health: str) -> None:
    """F21: a clock that is minutes off is told, with how many and which way."""
    reply = Reply(401, {"date": "Wed, 25 Nov 2026 12:00:00 GMT"}, b"")
    found = look_at_clock(Stopped(NOON + apart), reply)
    assert found.health == health
    if found.is_wrong:
        assert "6 minutes ahead of the API" in found.text


@pytest.mark.parametrize("date", ["yesterday", "Mon, 01 Jan 99999999999999999999 00:00:00 GMT"])
def test_a_date_that_is_none_is_compared_with_nothing(date: str) -> None:
    """F21: what the API sends in place of its time of day says nothing of the clock."""
    found = look_at_clock(Stopped(NOON + timedelta(days=36500)), Reply(200, {"date": date}, b""))
    assert found.text.endswith("not compared with the API's")


def test_a_clock_of_long_ago_is_found_without_the_api() -> None:
    """F21: a machine that woke up in 1970 is older than its own files."""
    assert look_at_clock(Stopped(datetime(1970, 1, 1, tzinfo=UTC))).health == "environment"


def test_the_api_is_asked_with_the_clients_tokens(
    client: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Exit 0: both tokens are tried, each with a question of its own."""
    monkeypatch.setenv("TEST_TOKEN", TOKEN)
    (tmp_path / "canary-source").write_text(CUSTOMER)
    with serving(routed({})) as server:
        monkeypatch.setenv("REPORTGEN_API_URL", server.address)
        assert doctor("--client", str(client), "--out", str(tmp_path), "--state", str(tmp_path / "state")) == 0
    assert [hit.path for hit in server.hits] == ["/api/merchants/settings", "/api/customers/settings"]
    assert "answers 200 to the customer token" in capsys.readouterr().out


def test_a_refused_token_exits_3(
    client: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """A token that is set but not accepted is found only by asking."""
    monkeypatch.setenv("TEST_TOKEN", TOKEN)
    (tmp_path / "canary-source").write_text(CUSTOMER)
    with serving(routed({"GET /customers/settings": json_reply({"message": "Invalid"}, 401)})) as server:
        monkeypatch.setenv("REPORTGEN_API_URL", server.address)
        assert doctor("--client", str(client), "--out", str(tmp_path), "--state", str(tmp_path / "state"), "-q") == 3
    (line,) = capsys.readouterr().out.splitlines()
    assert line.startswith("wrong: API: ")
    assert "refuses the customer token" in line


@pytest.mark.parametrize(
    "answer",
    [
        json_reply({"message": "Not Found"}, 404),
        redirect("/login", 302),
        raw_reply(b"<title>Log in", media="text/html"),
    ],
    ids=["404", "redirect", "page"],
)
def test_an_address_of_something_else_exits_3(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], answer: Fault
) -> None:
    """A server that answers, but not as the API does: every request of a run would fail."""
    with serving(routed({"GET /merchants/settings": answer})) as server:
        monkeypatch.setenv("REPORTGEN_API_URL", server.address)
        assert doctor("--out", str(tmp_path), "--state", str(tmp_path / "state"), "-q") == 3
    assert "as the API does not; correct REPORTGEN_API_URL" in capsys.readouterr().out


def test_an_api_that_is_away_exits_5(
    client: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """The environment comes before the configuration: exit 5, though tokens are missing too; JSON tells both."""
    with serving(routed({})) as server, server.outage():
        monkeypatch.setenv("REPORTGEN_API_URL", server.address)
        places = ["--out", str(tmp_path), "--state", str(tmp_path / "state")]
        assert doctor("--client", str(client), *places, "--json") == 5
    told = json.loads(capsys.readouterr().out)
    assert told["exit_code"] == 5
    wrong = [one["subject"] for one in told["diagnoses"] if one["health"] in {"environment", "configuration"}]
    assert wrong == ["Tokens", "Tokens", "API"]


@pytest.mark.parametrize("address", ["http://[", f"http://user:{TOKEN}@api.example/api", "nonsense"])
def test_an_address_that_is_none_exits_3(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], address: str
) -> None:
    """S01: whatever stands in REPORTGEN_API_URL, nothing is asked, and no part of a password is shown."""
    monkeypatch.setenv("REPORTGEN_API_URL", address)
    assert doctor("--out", str(tmp_path), "--state", str(tmp_path / "state")) == 3
    out = capsys.readouterr().out
    assert "unset REPORTGEN_API_URL" in out
    assert not shows_canary(out.encode())


def test_missing_tokens_exit_3_and_nothing_is_asked(client: Path, tmp_path: Path) -> None:
    """Without --online and REPORTGEN_API_URL nobody is asked, and what is set wrongly is still found."""
    assert doctor("--client", str(client), "--out", str(tmp_path), "--state", str(tmp_path / "state"), "-q") == 3


def test_a_wrong_client_file_exits_2(client: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """What is wrong in the file is told as `check` tells it."""
    client.write_text(CLIENT + "nme: B\n")
    assert doctor("--client", str(client)) == 2
    assert f"{client}:5:1: nme: " in capsys.readouterr().err


def test_a_log_has_a_line_for_each_thing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Not on a terminal: plain lines that begin with ok, note or wrong, no colours, no marks."""
    assert doctor("--out", str(tmp_path), "--state", str(tmp_path / "state")) == 0
    lines = capsys.readouterr().out.splitlines()
    assert {line.partition(": ")[0] for line in lines} <= {"ok", "note"}
    assert all(line.isprintable() for line in lines)
    assert {"Python", "Pango", "Fonts", "Scripts", "Reports", "State", "Tokens", "Proxy", "API", "Clock"} <= {
        line.split(": ")[1] for line in lines
    }
