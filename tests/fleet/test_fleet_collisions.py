"""Two fleets under one root: what would overwrite the other's files is refused before anything is asked."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from reportgen.errors import ConfigurationError, SpecError
from reportgen.fleet.fleet_collisions import refuse_collisions
from reportgen.fleet.fleet_run import plan_fleet
from reportgen.fleet.run_plan import plan_of
from tests.fleet.files import FLEET, SPEC, account, write_fleet
from tests.fleet.test_previous_run import ran

if TYPE_CHECKING:
    from pathlib import Path


def begin(fleet: Path, out: Path, period: str = "2026-10") -> None:
    """Look for collisions as a run does when it begins."""
    plan = plan_fleet(fleet, out=out, period=period)
    refuse_collisions(plan.root, plan.folder, plan.file, plan_of(plan.folder, plan.file, plan.jobs, plan.fleet))


def beside(fleet: Path, name: str, text: str = FLEET) -> Path:
    """Write another fleet file beside one."""
    other = fleet.with_name(name)
    other.write_text(text)
    return other


def test_another_fleet_that_writes_the_same_file(tmp_path: Path) -> None:
    """It is refused, with both fleets and the file named."""
    fleet, out = write_fleet(tmp_path, 1), tmp_path / "o"
    ran(fleet, "2026-10")
    with pytest.raises(ConfigurationError) as raised:
        begin(beside(fleet, "other.yaml"), out)
    said = str(raised.value)
    assert f"{tmp_path / 'other.yaml'}: another fleet, {fleet}, writes out/2026-10/client-0000/social for" in said
    assert "out/2026-10/client-0000/social/client-0000-social-2026-10.html" in said


def test_what_is_no_collision(tmp_path: Path) -> None:
    """The same fleet again, another period, other formats, another output, and damage in another run."""
    fleet, out = write_fleet(tmp_path, 1), tmp_path / "o"
    folder = ran(fleet, "2026-10")
    begin(fleet, out)
    begin(beside(fleet, "other.yaml"), out, "2026-09")
    begin(beside(fleet, "other.yaml", FLEET.replace("[html]", "[xlsx]")), out)
    begin(beside(fleet, "other.yaml", FLEET.replace("reports:", 'output: "b/{client.slug}"\nreports:')), out)
    (folder / "run.json").write_text("{")
    begin(beside(fleet, "other.yaml"), out)


def test_two_fleets_of_one_name(tmp_path: Path) -> None:
    """Their runs would have the same folder, whoever their clients are; moved, it is the same fleet."""
    for name in ("a", "b"):
        (tmp_path / name).mkdir()
    first, second = write_fleet(tmp_path / "a", 1), write_fleet(tmp_path / "b", 1)
    (tmp_path / "b/clients.csv").write_text(f"slug,name,sources.instagram\nother,Other,{account(9)}\n")
    ran(first, "2026-10", out=tmp_path / "o")
    with pytest.raises(ConfigurationError, match=r"has its run in .*fleet-2026-10 already"):
        begin(second, tmp_path / "o")
    begin(second, tmp_path / "o", "2026-11")
    first.unlink()
    begin(second, tmp_path / "o")


def test_names_that_join_to_the_same_file(tmp_path: Path) -> None:
    """Client `a-b` with spec `c`, and client `a` with spec `b-c`, in one folder: within one fleet."""
    (tmp_path / "c.yaml").write_text(SPEC)
    (tmp_path / "b-c.yaml").write_text(SPEC)
    for number, name in enumerate(("a-b", "a")):
        (tmp_path / f"{name}.csv").write_text(f"slug,name,sources.instagram\n{name},{name},{account(number)}\n")
    reports = "reports:\n  - {spec: c.yaml, clients: a-b.csv}\n  - {spec: b-c.yaml, clients: a.csv}\n"
    fleet = tmp_path / "fleet.yaml"
    fleet.write_text(FLEET.partition("reports:")[0] + 'output: "out"\n' + reports)
    with pytest.raises(SpecError, match="would write the same files in out"):
        plan_fleet(fleet)
