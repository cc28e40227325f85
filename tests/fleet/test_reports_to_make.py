"""Which reports a run makes, and why: what is made already is left, and what has changed is named."""

from __future__ import annotations

import json
import os
from typing import TYPE_CHECKING

import pytest

from reportgen.fleet.journal import JOURNAL
from reportgen.fleet.reports_to_make import FORCED, NEW, reports_to_make
from reportgen.fleet.run_results import changed_files, results_of
from tests.fleet.files import FLEET, SPEC
from tests.fleet.test_deliveries import edit
from tests.fleet.test_delivery_receipts import restated
from tests.fleet.test_run_loop import Bench, FakeEngine

if TYPE_CHECKING:
    from pathlib import Path


def reasons(bench: Bench, *, force: bool = False) -> dict[str, str]:
    """Return why each client's report would be made."""
    found = reports_to_make(bench.again().jobs, bench.folder, bench.root, ("done",), force=force)
    return {job.client: reason for job, reason in found}


def test_a_report_that_was_never_made(tmp_path: Path) -> None:
    """Before the first run each is new; after it there is nothing to do, unless it is forced."""
    bench = Bench(tmp_path, 2)
    assert reasons(bench) == {"client-0000": NEW, "client-0001": NEW}
    bench.make()
    assert reasons(bench) == {}
    assert set(reasons(bench, force=True).values()) == {FORCED}


@pytest.mark.parametrize(
    ("file", "old", "new", "reason"),
    [
        ("social.yaml", "Numbers", "Figures", "its spec has changed"),
        ("clients.csv", "Client 0", "Client Zero", "its client's file has changed"),
        ("fleet.yaml", "[html]", "[html, json]", "other files are asked for"),
    ],
)
def test_what_has_changed_is_named(tmp_path: Path, file: str, old: str, new: str, reason: str) -> None:
    """The part of the key that is another says what was edited since the report was made."""
    bench = Bench(tmp_path, 1)
    bench.make()
    (tmp_path / file).write_text((tmp_path / file).read_text().replace(old, new))
    assert reasons(bench) == {"client-0000": reason}


def test_a_failure_is_tried_again(tmp_path: Path) -> None:
    """With what it failed for, as the journal has it."""
    bench = Bench(tmp_path, 2)
    bench.make(FakeEngine(client_0001=[TimeoutError()]))
    assert reasons(bench) == {"client-0001": "failed before: rendering took longer than a report may take"}


def test_a_file_that_has_gone_is_made_again(tmp_path: Path) -> None:
    """The path is named."""
    bench = Bench(tmp_path, 1)
    bench.make()
    (page,) = bench.root.rglob("*.html")
    page.unlink()
    assert reasons(bench) == {"client-0000": f"its file {page.relative_to(bench.root)} has gone"}


def test_two_changes_are_both_named(tmp_path: Path) -> None:
    """A spec and the formats, edited together."""
    bench = Bench(tmp_path, 1)
    bench.make()
    (tmp_path / "social.yaml").write_text(SPEC.replace("Numbers", "Figures"))
    (tmp_path / "fleet.yaml").write_text(FLEET.replace("[html]", "[json]"))
    assert reasons(bench) == {"client-0000": "its spec has changed; other files are asked for"}


def test_a_report_that_another_was_written_over_is_made_again(tmp_path: Path) -> None:
    """An edit that is taken back leaves files of the edited report: they are no longer those of the first."""
    bench = Bench(tmp_path, 2)
    bench.make()
    edit(tmp_path / "clients.csv", "Client 1,", "Client Two,")
    bench.again().make(ask=restated)
    assert reasons(bench) == {}
    edit(tmp_path / "clients.csv", "Client Two,", "Client 1,")
    assert reasons(bench) == {"client-0001": "its client's file has changed"}
    assert bench.states() == {"client-0000": "done", "client-0001": "not_run"}
    assert bench.make().asked == ["client-0001"]
    assert list(changed_files(results_of(bench.folder), bench.root)) == []
    assert reasons(bench) == {}


def test_files_of_a_run_that_was_killed_are_made_again(tmp_path: Path) -> None:
    """One that was killed between a report's files and the journal's line of them leaves other files than it names."""
    bench = Bench(tmp_path, 1)
    bench.make()
    bench.make(ask=restated, force=True)
    journal = bench.folder / JOURNAL
    *lines, last = journal.read_bytes().splitlines(keepends=True)
    assert json.loads(last)["event"] == "done"
    journal.write_bytes(b"".join(lines))
    (page,) = bench.root.rglob("*.html")
    reason = f"its file {page.relative_to(bench.root)} is not what was written"
    assert reasons(bench) == {"client-0000": reason}


def test_files_that_were_only_touched_stay(tmp_path: Path) -> None:
    """A copy of a tree has other times and the same bytes: nothing is made anew."""
    bench = Bench(tmp_path, 1)
    bench.make()
    (page,) = bench.root.rglob("*.html")
    page.write_bytes(page.read_bytes())
    assert reasons(bench) == {}
    page.write_bytes(page.read_bytes() + b" ")
    os.utime(page, (0, 0))
    assert list(reasons(bench)) == ["client-0000"]
