"""How a run asks: a refused account is asked no more, and the reports of a client share their answers."""

from __future__ import annotations

import time
from collections import Counter
from typing import TYPE_CHECKING

import pytest

from reportgen.cli import main
from reportgen.fleet.run_loop import FETCHERS
from reportgen.sandbox.sandbox_server import running_sandbox
from tests.canaries import CUSTOMER, TOKEN
from tests.faultserver import Fault, Hit, answer_all, json_reply, routed, serving, too_many
from tests.fleet.files import FLEET, SPEC, account, write_fleet
from tests.fleet.test_fleet import reports
from tests.free_ports import free_port

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(autouse=True)
def _tokens(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    monkeypatch.setenv("FLEET_TOKEN", TOKEN)
    monkeypatch.setenv("FLEET_CUSTOMER", CUSTOMER)


def test_an_account_that_expires_ends_the_run(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """N15: the trial ends in mid-run: what is under way fails, the rest is not run, and it is not asked for each."""
    seen: Counter[str] = Counter()

    def settings(_hit: Hit) -> Fault:
        seen["settings"] += 1
        fine = json_reply({"merchant": {"rate_limit_per_minute": "999", "rate_limit_per_second": "999"}})
        return fine if seen["settings"] == 1 else json_reply({"message": "Trial ended"}, 401)

    def get_data(hit: Hit) -> Fault:
        seen["get-data"] += 1
        return answer_all(hit) if seen["get-data"] <= 20 else json_reply({"message": "Trial ended"}, 401)

    fleet = str(write_fleet(tmp_path, 60))
    with serving(routed({"GET /merchants/settings": settings, "POST /metrics/get-data": get_data})) as server:
        monkeypatch.setenv("REPORTGEN_API_URL", server.address)
        assert main(["run", fleet, "--out", str(tmp_path / "o"), "--as-of", "2026-11-03"]) == 3
    ends = Counter((one["state"], one.get("class")) for one in reports(tmp_path / "o"))
    assert ends["done", None] == 20
    assert 1 <= ends["failed", "access"] <= 8
    assert ends["not_run", None] == 60 - 20 - ends["failed", "access"]
    assert "Trial ended" in capsys.readouterr().err
    assert seen["get-data"] <= 28


def test_two_reports_of_a_client_ask_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """N29: what both specs hold is asked once, and the record says so."""
    fleet = write_fleet(tmp_path, 4)
    more = '      - {component: number_v1, reference_key: "ig:likes", name: likes, metrics: [likes], label: Likes}\n'
    (tmp_path / "full.yaml").write_text(SPEC + more)
    fleet.write_text(fleet.read_text() + "  - {spec: full.yaml, clients: clients.csv}\n")
    with serving(routed({})) as server:
        monkeypatch.setenv("REPORTGEN_API_URL", server.address)
        assert main(["run", str(fleet), "--out", str(tmp_path / "o"), "--as-of", "2026-11-03", "-q"]) == 0
        asked = Counter(
            (str(hit.body["customer_integration"]), str(metric["reference_key"]))
            for hit in server.hits
            if isinstance(hit.body, dict)
            for metric in hit.metrics
        )
    assert len(asked) == 8
    assert set(asked.values()) == {1}
    made = reports(tmp_path / "o")
    assert len(made) == 8
    assert sum(one["reused"] for one in made) == 4
    assert sum(one["requests"] for one in made) == len([hit for hit in server.hits if hit.method == "POST"])


def test_reports_share_connections(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Opening one takes longer than a request; there are no more than reports that are fetched at a time."""
    fleet = str(write_fleet(tmp_path, 24, FLEET.replace("html", "json")))
    with serving(routed({})) as server:
        monkeypatch.setenv("REPORTGEN_API_URL", server.address)
        assert main(["run", fleet, "--out", str(tmp_path / "o"), "--as-of", "2026-11-03", "-q"]) == 0
    asked = [hit.connection for hit in server.hits if hit.method == "POST"]
    assert len(asked) == 24
    assert len(set(asked)) <= FETCHERS


def test_a_client_whose_token_is_lost_fails_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """The others are made, and the next run makes the one; where nobody has a token nothing is begun."""
    rows = [f"client-{one},{account(one)},FLEET_{one}" for one in range(3)]
    fleet, out = write_fleet(tmp_path), tmp_path / "o"
    (tmp_path / "clients.csv").write_text("\n".join(["name,sources.instagram,api.customer_token.env", *rows]) + "\n")
    arguments = ["run", str(fleet), "--out", str(out), "--as-of", "2026-11-03"]
    with serving(routed({})) as server:
        monkeypatch.setenv("REPORTGEN_API_URL", server.address)
        assert main(arguments) == 3
        assert not list(out.glob("runs/*"))
        monkeypatch.setenv("FLEET_0", CUSTOMER)
        monkeypatch.setenv("FLEET_2", CUSTOMER)
        capsys.readouterr()
        assert main(arguments) == 1
        assert "client-1/social: failed: " in (said := capsys.readouterr().err)
        assert "FLEET_1 is empty or not set" in said
        assert [one["state"] for one in reports(out)] == ["done", "failed", "done"]
        assert reports(out)[1]["class"] == "access"
        monkeypatch.setenv("FLEET_1", CUSTOMER)
        assert main(arguments) == 0


def test_one_receiver_takes_the_deliveries_of_all_reports(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """W10: eight reports at a time are asked for by webhook, at the same port, and none has to be asked directly."""
    fleet = str(
        write_fleet(tmp_path, 24, FLEET.replace("defaults:", "defaults:\n  fetch: async").replace("html", "json"))
    )
    address = f"127.0.0.1:{free_port()}"
    monkeypatch.setenv("REPORTGEN_WEBHOOK_URL", f"http://{address}")
    monkeypatch.setenv("REPORTGEN_WEBHOOK_BIND", address)
    with running_sandbox(calm=True) as sandbox:
        monkeypatch.setenv("REPORTGEN_API_URL", sandbox.url)
        monkeypatch.setenv("FLEET_TOKEN", sandbox.token)
        monkeypatch.setenv("FLEET_CUSTOMER", sandbox.customer_token)
        assert main(["run", fleet, "--out", str(tmp_path / "o"), "--as-of", "2026-11-03", "-q"]) == 0
    made = reports(tmp_path / "o")
    assert Counter((one["state"], one["requests"]) for one in made) == {("done", 1): 24}


def test_an_api_that_lets_few_through_holds_no_report(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """N09: 24 clients at twelve requests a second are all done, in about the time that takes."""
    taken: list[float] = []

    def get_data(hit: Hit) -> Fault:
        now = time.monotonic()
        if sum(at > now - 1 for at in taken) >= 12:
            return too_many("1")
        taken.append(now)
        return answer_all(hit)

    fleet = str(write_fleet(tmp_path, 24, FLEET.replace("html", "json")))
    with serving(routed({"POST /metrics/get-data": get_data})) as server:
        monkeypatch.setenv("REPORTGEN_API_URL", server.address)
        assert main(["run", fleet, "--out", str(tmp_path / "o"), "--as-of", "2026-11-03", "-q"]) == 0
    assert [one["state"] for one in reports(tmp_path / "o")] == ["done"] * 24
    assert taken[-1] - taken[0] < 6
