"""Runs that were moved: everything is found from where their folder is now."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from reportgen.cli import main
from reportgen.fleet.deliveries import deliver
from reportgen.fleet.run_folders import fleet_file, fleet_path
from tests.fleet.test_deliveries import FOLDER, delivered

if TYPE_CHECKING:
    from pathlib import Path

    import pytest


def test_where_a_fleet_file_is_recorded(tmp_path: Path) -> None:
    """From the run where both are in one tree; else in full, and a link to the newest release stays a link."""
    (tmp_path / "releases/1").mkdir(parents=True)
    (tmp_path / "current").symlink_to(tmp_path / "releases/1")
    folder = tmp_path / "made/runs/x"
    assert fleet_path(tmp_path / "fleet.yaml", folder) == "../../../fleet.yaml"
    assert fleet_path(tmp_path / "made/fleet.yaml", folder) == "../../fleet.yaml"
    linked = tmp_path / "current/fleet.yaml"
    assert fleet_path(linked, folder) == str(linked)
    for file in (tmp_path / "fleet.yaml", linked):
        assert fleet_file(folder, fleet_path(file, folder)) == file


def test_a_moved_root(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The tree of a fleet and its runs may be moved; where the root alone is, the fleet file has to be named."""
    (tmp_path / "a").mkdir()
    bench = delivered(tmp_path / "a", FOLDER)
    (tmp_path / "a").rename(tmp_path / "b")
    moved = tmp_path / "b/o/runs/x"
    assert main(["verify", str(moved)]) == 0
    assert deliver(moved, dry_run=True) == {"planned": 2}
    (tmp_path / "b/o").rename(tmp_path / "c")
    moved = tmp_path / "c/runs/x"
    assert main(["deliver", str(moved)]) == 3
    assert "name it: reportgen deliver --fleet FILE" in capsys.readouterr().err
    assert main(["deliver", str(moved), "--fleet", str(tmp_path / "b/fleet.yaml")]) == 0
    assert len(list((tmp_path / "c/outbox").iterdir())) == 2
    for name in ("run.json", "run_results.json", "journal.jsonl"):
        assert str(tmp_path) not in (moved / name).read_text()
    assert not bench.root.exists()


def test_a_run_of_an_earlier_version_may_be_moved_too(tmp_path: Path) -> None:
    """Its record has absolute paths; the root is where its folder is now."""
    (tmp_path / "a").mkdir()
    bench = delivered(tmp_path / "a", FOLDER)
    plan = json.loads((bench.folder / "run.json").read_text())
    del plan["sends"], plan["channels"]
    (bench.folder / "run.json").write_text(
        json.dumps({**plan, "root": str(bench.root), "fleet": str(tmp_path / "a/fleet.yaml")})
    )
    (tmp_path / "a/o").rename(tmp_path / "a/elsewhere")
    assert deliver(tmp_path / "a/elsewhere/runs/x") == {"delivered": 2}
