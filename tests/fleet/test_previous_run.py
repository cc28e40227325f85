"""The run before: of the same fleet, of an earlier period, as long."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from reportgen.fleet.fleet_run import plan_fleet
from reportgen.fleet.previous_run import earlier_runs
from reportgen.fleet.run_plan import plan_of, write_plan
from reportgen.fleet.run_results import write_results
from tests.fleet.files import FLEET, SPEC, write_fleet

if TYPE_CHECKING:
    from pathlib import Path


def ran(fleet: Path, period: str, *, out: Path | None = None) -> Path:
    """Write what a run leaves for a period, and return its folder."""
    plan = plan_fleet(fleet, out=out or fleet.parent / "o", period=period)
    plan.folder.mkdir(parents=True)
    write_plan(plan.folder, plan_of(plan.folder, plan.file, plan.jobs, plan.fleet))
    write_results(plan.folder)
    return plan.folder


def about(folder: Path) -> list[str]:
    """Return the periods of a run, as its plan has them."""
    return [str(job["period"]) for job in json.loads((folder / "run.json").read_text())["jobs"]]


@pytest.mark.parametrize(
    ("periods", "before"),
    [
        (("2025-11", "2025-12", "2026-01"), "2025-12"),
        (("2025-01", "2026-01", "2026-02"), "2026-01"),
        (("2025-W51", "2025-W52", "2026-W01"), "2025-W52"),
        (("2025-W09", "2025-W10", "2025-W11"), "2025-W10"),
        (("2025-Q3", "2025-Q4", "2026-Q1"), "2025-Q4"),
        (("2023", "2024", "2025"), "2024"),
        (("2025-09-16..2025-09-30", "2025-10-01..2025-10-15", "2025-10-16..2025-10-31"), "2025-10-01..2025-10-15"),
        (("2025-10-30..2025-10-30", "2025-10-31..2025-10-31", "2025-11-01..2025-11-01"), "2025-10-31"),
    ],
)
def test_the_period_before(tmp_path: Path, periods: tuple[str, ...], before: str) -> None:
    """Across the year's end too, and in whatever order the runs were made; a later run is none before."""
    fleet = write_fleet(tmp_path, 1)
    folders = {period: ran(fleet, period) for period in (periods[2], periods[0], periods[1])}
    (found,) = earlier_runs(folders[periods[2]], about(folders[periods[2]])).values()
    assert (found.period, list(found.reports)) == (before, [("client-0000", "social")])
    assert earlier_runs(folders[periods[0]], about(folders[periods[0]])) == {}


def test_other_lengths_and_fleets_are_not_compared(tmp_path: Path) -> None:
    """A week, a quarter and another fleet's month are nothing to compare October with."""
    fleet = write_fleet(tmp_path, 1)
    other = fleet.with_name("fleet-2.yaml")
    other.write_text(FLEET)
    for path, period in ((fleet, "2025-W40"), (fleet, "2025-Q2"), (other, "2025-09"), (fleet, "2025-11")):
        ran(path, period)
    assert earlier_runs(ran(fleet, "2025-10"), ["2025-10"]) == {}
    ran(fleet, "2025-08")
    assert earlier_runs(tmp_path / "o/runs/fleet-2025-10", ["2025-10"])["2025-10"].period == "2025-08"


def test_specs_of_several_periods(tmp_path: Path) -> None:
    """Each is compared with its own; the runs of two months have folders of their own."""
    fleet = write_fleet(tmp_path, 1, FLEET.replace('period: "2026-10"\n', ""))
    (tmp_path / "weekly.yaml").write_text(SPEC.replace("last_month", "2025-W44"))
    (tmp_path / "social.yaml").write_text(SPEC.replace("last_month", "2025-10"))
    fleet.write_text(fleet.read_text() + "  - {spec: weekly.yaml, clients: clients.csv}\n")
    first = ran(fleet, "")
    for name, old, new in (("weekly.yaml", "W44", "W48"), ("social.yaml", "2025-10", "2025-11")):
        (tmp_path / name).write_text((tmp_path / name).read_text().replace(old, new))
    second = ran(fleet, "")
    assert first.name.startswith("fleet-2025-10-and-1-more-")
    found = earlier_runs(second, ["2025-11", "2025-W48"])
    assert {period: (one.period, list(one.reports)) for period, one in found.items()} == {
        "2025-11": ("2025-10", [("client-0000", "social")]),
        "2025-W48": ("2025-W44", [("client-0000", "weekly")]),
    }


def test_damage_elsewhere_costs_nothing(tmp_path: Path) -> None:
    """A run whose plan cannot be read, or that never ended, is passed over."""
    fleet = write_fleet(tmp_path, 1)
    folders = {period: ran(fleet, period) for period in ("2025-07", "2025-08", "2025-09", "2025-10")}
    (folders["2025-09"] / "run.json").write_text("{")
    (folders["2025-08"] / "run_results.json").unlink()
    assert earlier_runs(folders["2025-10"], ["2025-10"])["2025-10"].period == "2025-07"


def test_a_fleet_that_was_moved(tmp_path: Path) -> None:
    """Its earlier runs are still its own."""
    (tmp_path / "a").mkdir()
    ran(write_fleet(tmp_path / "a", 1), "2025-09")
    (tmp_path / "a").rename(tmp_path / "b")
    assert earlier_runs(ran(tmp_path / "b/fleet.yaml", "2025-10"), ["2025-10"])["2025-10"].period == "2025-09"
