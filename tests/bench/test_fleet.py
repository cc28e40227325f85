"""`python -m bench.fleet`: its arguments, the API with prepared answers, and a fleet of two reports."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING
from urllib.error import HTTPError
from urllib.request import Request, urlopen

import pytest

from bench.fleet import Bench, arguments
from bench.fleet_files import tokens, write_fleet
from bench.fleet_printing import Figures, Runs, goals, lines, slope
from bench.prepared_api import Unprepared, running_api
from bench.processes import Cost, usual_environment

if TYPE_CHECKING:
    from pathlib import Path

ANSWERS = {"POST /api/metrics/get-data\n{}": '{"reach": 5}', "GET /api/customers/settings\n": '{"customer": 1}'}


def asked(url: str, path: str, body: bytes | None = None) -> bytes:
    """Return what an API answers."""
    with urlopen(Request(f"{url}/{path}", body), timeout=10) as answer:  # noqa: S310 - the test's own address
        content: bytes = answer.read()
        return content


@pytest.mark.parametrize(
    "words", [["--reports", "1"], ["--rounds", "0"], ["--rendered", "1"], ["--workers", "two"], ["--workers", "0"]]
)
def test_a_number_that_measures_nothing_is_refused(words: list[str]) -> None:
    """A line through points needs two of them, and a run needs a worker."""
    with pytest.raises(SystemExit):
        arguments(words)


def test_the_prepared_api_answers_what_was_recorded(tmp_path: Path) -> None:
    """A request is known by its method, its path and its body."""
    (tmp_path / "answers.json").write_text(json.dumps(ANSWERS))
    with running_api("serve", tmp_path / "answers.json") as (url, _process):
        assert asked(url, "metrics/get-data", b"{}") == b'{"reach": 5}'
        assert asked(url, "customers/settings") == b'{"customer": 1}'


def test_the_prepared_api_names_what_was_not_recorded(tmp_path: Path) -> None:
    """Another request is refused, and ends the measurement by its name."""
    (tmp_path / "answers.json").write_text(json.dumps(ANSWERS))
    with (
        pytest.raises(Unprepared, match="metrics/get-data"),
        running_api("serve", tmp_path / "answers.json") as (url, _process),
        pytest.raises(HTTPError, match="404"),
    ):
        asked(url, "metrics/get-data", b'{"other": 1}')


@pytest.mark.thorough
@pytest.mark.timeout(300)
def test_a_fleet_of_two_reports_is_measured(tmp_path: Path) -> None:
    """A run makes the fleet from recorded answers; its parent and its workers are told apart."""
    environment = {**usual_environment(), **tokens(2), "XDG_STATE_HOME": str(tmp_path / "state")}
    bench = Bench(tmp_path, write_fleet(tmp_path, 2), environment)
    bench.record(tmp_path / "answers.json")
    with running_api("serve", tmp_path / "answers.json") as (url, server):
        bench.environment["REPORTGEN_API_URL"] = url
        runs = bench.make("1", "fleet", server)
    assert min(runs.cost.first_peak, runs.cost.below_peak) > 0
    assert {path.suffix for path in tmp_path.rglob("out-1/**/client-0001*") if path.is_file()} >= {".html", ".pdf"}


def test_goals_are_told_as_met_or_not() -> None:
    """One worker that costs as much as the loop meets its goals, and two that are no faster do not."""
    first, whole = [Runs(Cost(wall=2.0, first=2.0), 0.0)], [Runs(Cost(wall=4.0, first=4.0), 0.0)]
    ways = ("loop", "run 1", "run 2")
    figures = Figures(2, dict.fromkeys(ways, first), dict.fromkeys(ways, whole), [100.0] * 10)
    assert [line.split("  ")[0].strip() for line in goals(figures) if line] == ["met", "met", "met", "not met", "met"]
    assert any(line.startswith("run 1") for line in lines(figures))


def test_growth_is_the_slope_after_the_first_fifth() -> None:
    """What is loaded for the first reports is no growth, and points at one place have no slope."""
    points = [(number, 100.0 if number else 0.0) for number in range(10)]
    assert slope([*points, (10, 100.0)]) == pytest.approx(0)
    assert slope([(number, 3.0 * number) for number in range(10)]) == pytest.approx(3)
    assert slope([(1, 5.0), (1, 6.0)]) == 0
