"""Which reports a run makes, and why: what is made already is left, and what has changed is named."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from reportgen.fleet.reports_to_make import FORCED, NEW, reports_to_make
from tests.fleet.files import FLEET, SPEC
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
