"""The command `prune`: files of old runs go, their journals stay, and nothing else is touched."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from reportgen.cli import main
from reportgen.errors import RunLocked
from reportgen.fleet.journal import locked
from reportgen.fleet.reports_to_make import reports_to_make
from reportgen.fleet.run_pruning import prune
from reportgen.fleet.run_results import changed_files, results_of, write_results
from tests.fleet.test_run_loop import Bench

if TYPE_CHECKING:
    from pathlib import Path

LATER = datetime.now(UTC) + timedelta(days=500)
YEAR = timedelta(days=400)


@pytest.fixture
def bench(tmp_path: Path) -> Bench:
    """Return a fleet of two that is made."""
    bench = Bench(tmp_path, 2)
    bench.make()
    write_results(bench.folder)
    return bench


def pages(bench: Bench) -> list[Path]:
    """Return the files of reports."""
    return sorted(bench.root.rglob("*.html"))


def test_an_old_run_loses_its_files(bench: Bench) -> None:
    """Its plan, journal and results stay, with the figures; empty folders go; again there is nothing to do."""
    (run,) = prune(bench.root, YEAR, LATER)
    assert (run.folder, len([file for file in run.files if file.suffix == ".html"])) == (bench.folder, 2)
    assert pages(bench) == []
    assert not (bench.root / "out").exists()
    found = results_of(bench.folder)
    assert found.counts == {"pruned": 2}
    assert [set(report.figures) for report in found.reports] == [{"reach"}] * 2
    assert list(changed_files(found, bench.root)) == [], "a file that was removed for its age is not lost"
    assert prune(bench.root, YEAR, LATER + YEAR) == ()


def test_a_run_can_be_made_again(bench: Bench) -> None:
    """Whoever runs that month again gets its reports again, and is told why."""
    prune(bench.root, YEAR, LATER)
    found = reports_to_make(bench.jobs, bench.folder, bench.root, ("done",))
    assert [reason for _job, reason in found] == ["pruned before"] * 2
    bench.make()
    assert len(pages(bench)) == 2


def test_what_is_younger_stays(bench: Bench) -> None:
    """Of yesterday's run nothing goes."""
    assert prune(bench.root, YEAR, datetime.now(UTC) + timedelta(days=1)) == ()
    assert len(pages(bench)) == 2


def test_a_dry_run_removes_nothing(bench: Bench) -> None:
    """It names the runs and their sizes."""
    (run,) = prune(bench.root, YEAR, LATER, dry_run=True)
    assert run.bytes == sum(file.stat().st_size for file in run.files) > 0
    assert len(pages(bench)) == 2
    assert results_of(bench.folder).counts == {"done": 2}


def test_nobody_elses_file_is_removed(bench: Bench, tmp_path: Path) -> None:
    """What no journal names stays, and so does a file that a younger run has too, or that is outside of the root."""
    beside = pages(bench)[0].with_name("notes.txt")
    beside.write_text("ours")
    outside = tmp_path / "outside.html"
    outside.write_text("theirs")
    journal = bench.folder / "journal.jsonl"
    text = journal.read_text()
    shared = str(pages(bench)[1].relative_to(bench.root))
    younger = bench.folder.with_name("younger")
    younger.mkdir()
    (younger / "run.json").write_text((bench.folder / "run.json").read_text())
    line = f'{{"at": "{LATER.isoformat()}", "event": "done", "job": "x", "files": [{{"path": "{shared}"}}]}}\n'
    (younger / "journal.jsonl").write_text(line)
    journal.write_text(text + text.splitlines()[-1].replace(shared, "../outside.html") + "\n")
    prune(bench.root, YEAR, LATER)
    assert [path.name for path in pages(bench)] == [shared.rpartition("/")[2]]
    assert (beside.read_text(), outside.read_text()) == ("ours", "theirs")


def test_a_run_that_works_is_in_the_way(bench: Bench) -> None:
    """Nothing is removed under a run."""
    with locked(bench.root), pytest.raises(RunLocked):
        prune(bench.root, YEAR, LATER)


def test_the_command(bench: Bench, capsys: pytest.CaptureFixture[str]) -> None:
    """It has to be told an age; what it says is a line a run."""
    assert main(["prune", str(bench.root)]) == 2
    assert main(["prune", str(bench.root), "--older-than", "400d"]) == 0
    assert "0 files of 0 runs removed" in capsys.readouterr().err
