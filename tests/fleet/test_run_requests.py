"""The requests of a run, and how long they take."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from reportgen.cli import main
from reportgen.doctor.environment import look_at_requests
from reportgen.fleet.jobs import make_jobs
from reportgen.fleet.run_requests import long_runs
from reportgen.spec.fleet_members import load_members
from tests.canaries import CUSTOMER, TOKEN
from tests.faultserver import json_reply, routed, serving
from tests.fleet.files import FLEET, SPEC, write_fleet

if TYPE_CHECKING:
    from pathlib import Path

    from pydantic import JsonValue

HISTORY = SPEC + "      - {history: reach}\n"
DAY = date(2026, 11, 3)


def warnings_of(folder: Path, rate: str, spec: str = HISTORY) -> list[str]:
    """Return the warnings for a fleet of ten clients at a rate."""
    path = write_fleet(folder, 10, FLEET.replace("{env: FLEET_CUSTOMER}", f"{{env: FLEET_CUSTOMER}}{rate}"))
    (folder / "social.yaml").write_text(spec)
    fleet, members = load_members(path)
    return list(long_runs(make_jobs(path, fleet, members, as_of=DAY).jobs))


def test_a_run_of_more_than_an_hour_is_said(tmp_path: Path) -> None:
    """Ten clients with thirteen months each are 130 requests, which take over two hours at one a minute."""
    (warning,) = warnings_of(tmp_path, ", requests_per_minute: 1")
    assert warning.startswith("130 requests at 1 a minute take 2.2 hours; raise requests_per_minute")


@pytest.mark.parametrize(
    ("rate", "spec"), [(", requests_per_minute: 3", HISTORY), (", requests_per_minute: 1", SPEC), ("", HISTORY)]
)
def test_a_shorter_run_is_not(tmp_path: Path, rate: str, spec: str) -> None:
    """Nor one without histories, nor one whose rate only the API knows."""
    assert warnings_of(tmp_path, rate, spec) == []


def test_the_doctor_says_it(tmp_path: Path) -> None:
    """As a note: no report is kept from being made."""
    warnings_of(tmp_path, ", requests_per_minute: 1")
    (diagnosis,) = look_at_requests(tmp_path / "fleet.yaml")
    assert (diagnosis.subject, diagnosis.is_wrong) == ("Requests", False)
    assert list(look_at_requests(None)) == []


def test_the_doctor_asks_the_api_for_its_rate(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where it asks the API at all; the lower of the two rates counts, and one that does not come is not known."""
    warnings_of(tmp_path, "")
    monkeypatch.setenv("FLEET_TOKEN", TOKEN)
    monkeypatch.setenv("FLEET_CUSTOMER", CUSTOMER)
    fleet = tmp_path / "fleet.yaml"
    for rates, found in (
        ({"rate_limit_per_minute": "60", "rate_limit_per_second": "1"}, []),
        ({"rate_limit_per_minute": "1", "rate_limit_per_second": "1"}, ["130 requests at 1 a minute"]),
        ({}, []),
    ):
        merchant: dict[str, JsonValue] = {**rates}
        with serving(routed({"GET /merchants/settings": json_reply({"merchant": merchant})})) as server:
            monkeypatch.setenv("REPORTGEN_API_URL", server.address)
            assert [each.text[:26] for each in look_at_requests(fleet, online=True)] == found
            assert list(look_at_requests(fleet)) == []


def test_a_dry_run_says_it(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """With the figures, before anything is asked."""
    warnings_of(tmp_path, ", requests_per_minute: 1")
    assert main(["run", str(tmp_path / "fleet.yaml"), "--dry-run", "--as-of", str(DAY)]) == 0
    assert "130 requests at 1 a minute take 2.2 hours" in capsys.readouterr().err
