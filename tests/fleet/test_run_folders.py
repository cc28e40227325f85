"""Runs that were moved: everything is found from where their folder is now."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from reportgen.cli import main
from reportgen.fleet.contact_sheet import SHEET
from reportgen.fleet.deliveries import deliver
from reportgen.fleet.journal import locked
from reportgen.fleet.run_folders import LOCK, fleet_file, fleet_path, root_of
from tests.fleet.test_deliveries import FOLDER, delivered


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


def test_a_run_is_named_from_inside(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever stands in the folder of the run writes `.`: its own fleet file is read, none above it."""
    (tmp_path / "a").mkdir()
    bench = delivered(tmp_path / "a", FOLDER)
    (tmp_path / "fleet.yaml").write_text("version: 1\n")
    monkeypatch.chdir(bench.folder)
    for name in (".", "../x"):
        assert fleet_file(Path(name), "../../../fleet.yaml") == bench.file
    assert main(["verify", "."]) == 0
    assert main(["deliver", "."]) == 0
    assert len(list((bench.root / "outbox").iterdir())) == 2
    assert main(["status", "."]) == 0


@pytest.mark.parametrize("link", ["latest", "elsewhere/latest", "runs/latest", "o/runs/latest"])
def test_a_link_to_a_run(tmp_path: Path, link: str) -> None:
    """A link to the newest run leads to its files, and to the lock of its root, wherever the link stands."""
    bench = delivered(tmp_path, FOLDER)
    (tmp_path / link).parent.mkdir(exist_ok=True)
    (tmp_path / link).symlink_to(bench.folder)
    with locked(bench.root):
        assert main(["verify", str(tmp_path / link)]) == 4
    assert main(["verify", str(tmp_path / link)]) == 0
    assert root_of(tmp_path / link) == bench.root
    assert deliver(tmp_path / link) == {"delivered": 2}
    assert set(bench.states().values()) == {"done"}
    assert list(tmp_path.rglob(LOCK)) == [bench.root / LOCK]


@pytest.mark.parametrize("part", ["o", "o/runs", "o/runs/x"])
def test_a_part_of_the_root_on_another_disk(tmp_path: Path, part: str) -> None:
    """The root, its runs or a single run may be a link to a larger disk, of any name there."""
    (tmp_path / "disk").mkdir()
    bench = delivered(tmp_path, FOLDER)
    (tmp_path / part).rename(tmp_path / "disk/moved")
    (tmp_path / part).symlink_to(tmp_path / "disk/moved")
    assert main(["verify", str(bench.folder)]) == 0
    assert deliver(bench.folder, fleet=bench.file) == {"delivered": 2}
    (link, *_others) = re.findall(r'href="([^"]+[.]html)"', (bench.folder / SHEET).read_text())
    assert link.startswith("../../out/")
    assert not list(tmp_path.glob("disk/.reportgen*"))


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
