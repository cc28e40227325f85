"""What a run tells of itself: its shape is promised by a schema, and holds for every way in which a report ends."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from pebble.common.types import RemoteException
from pydantic import ValidationError

from reportgen.errors import AuthenticationFailed, ConfigurationError, OutputError, ServiceFailed
from reportgen.fleet.failure_classes import why_failed, why_not_done
from reportgen.fleet.journal import Journal
from reportgen.fleet.run_records import RunResults, results_schema
from reportgen.fleet.run_results import PLAN, RESULTS, results_of, write_results
from reportgen.model import Caution, ClientCard
from reportgen.resources import examples_folder
from tests.fleet.test_run_loop import Bench, FakeEngine, asked
from tests.outputs.reports import NUMBER, report

if TYPE_CHECKING:
    from pathlib import Path

    from reportgen.fleet.jobs import Job
    from reportgen.model import Report, Verdict


def test_the_committed_schema_is_the_models() -> None:
    """The file beside the examples is what `reportgen schema run_results` prints; run that to renew it."""
    assert (examples_folder() / "run_results.schema.json").read_text() == results_schema()


def test_every_end_of_a_report_fits_the_schema(tmp_path: Path) -> None:
    """Done, held, failed and not run: what is written is read back, with counts, costs, digests and reasons."""
    bench = Bench(tmp_path, clients=4)

    def ask(job: Job) -> Report:
        if job.client == "client-0002":
            held = replace(report(NUMBER, verdict="degraded"), verdict="held", client=ClientCard(job.client, "x"))
            return replace(held, warnings=(Caution("W-REQUIRE", "it is required", "reach"),))
        return asked(job)

    bench.jobs = bench.jobs[:3]
    bench.make(FakeEngine(client_0001=[TimeoutError()]), ask)
    write_results(bench.folder)
    results = RunResults.model_validate_json((bench.folder / RESULTS).read_bytes())
    assert results.counts == {"done": 1, "failed": 1, "held": 1, "not_run": 1}
    done, late, held, absent = results.reports
    assert (done.requests, done.retries, done.reused, done.class_, done.tries) == (3, 1, 2, None, 1)
    assert set(done.seconds) == {"fetch", "render", "write", "queue", "api"}
    assert len(done.files[0].sha256) == 64
    assert (late.class_, late.code, late.requests) == ("time", "TimeLimit", 3)
    assert (held.class_, held.code, held.reason) == ("requirement", "W-REQUIRE", "reach: it is required")
    assert (absent.state, absent.at) == ("not_run", None)


def test_facts_of_a_newer_version_are_kept_and_named(tmp_path: Path) -> None:
    """A fact that this version does not know, and a kind of value that it does not, hold up nothing."""
    bench = Bench(tmp_path)
    bench.make()
    journal = Journal(bench.folder)
    first, second, _third = (job.key for job in bench.jobs)
    journal.append("done", first, ink=3)
    journal.append("failed", second, **{"class": "weather", "reason": "it rained"})
    journal.append("unheard-of", first)
    journal.close()
    found = results_of(bench.folder)
    assert [report.state for report in found.reports] == ["done", "failed", "done"]
    assert [report.unknown for report in found.reports] == [("ink",), ("class",), ()]
    assert (found.reports[1].class_, found.reports[1].reason) == (None, "it rained")
    write_results(bench.folder)
    assert json.loads((bench.folder / RESULTS).read_text())["reports"][0]["ink"] == 3


def test_a_file_of_another_shape_is_no_silence(tmp_path: Path) -> None:
    """Nobody reads half of a record: a newer version that moves the shape of the plan is named."""
    bench = Bench(tmp_path)
    plan = json.loads((bench.folder / PLAN).read_text())
    (bench.folder / PLAN).write_text(json.dumps({**plan, "schema": "reportgen.plan/2"}))
    with pytest.raises(OutputError, match=r"reportgen\.plan/2, of a newer version of reportgen"):
        results_of(bench.folder)
    with pytest.raises(ValidationError):
        RunResults.model_validate({"schema": "reportgen.run/2", "run": "r", "fleet": "f", "counts": {}, "reports": []})


def _full() -> OutputError:
    error = OutputError("out: cannot be written: No space left on device")
    error.__cause__ = OSError(28, "No space left on device")
    return error


@pytest.mark.parametrize(
    ("error", "crashed", "expected"),
    [
        (AuthenticationFailed("refused"), False, ("access", "AuthenticationFailed", "refused")),
        (ConfigurationError("no token"), False, ("access", "ConfigurationError", "no token")),
        (ServiceFailed("500", 500), False, ("service", "ServiceFailed", "500")),
        (TimeoutError(), False, ("time", "TimeLimit", "rendering took longer than a report may take")),
        (MemoryError(), False, ("memory", "MemoryLimit", "rendering took more memory than a report may take")),
        (RuntimeError("exit"), True, ("crash", "WorkerCrashed", "the process that rendered it died: exit")),
        (OutputError("a picture"), False, ("render", "OutputError", "a picture")),
        (KeyError("x"), False, ("defect", "KeyError", "'x'")),
    ],
)
def test_failures_have_a_class(error: Exception, *, crashed: bool, expected: tuple[str, str, str]) -> None:
    """A scheduler acts on the class; the code is stable, the reason is for people."""
    assert why_failed(error, crashed=crashed) == expected


def test_a_defect_in_a_worker_is_told_with_its_place() -> None:
    """The last line of ours in the traceback that came back with the error; those of libraries say less."""
    trace = (
        'File "/usr/lib/python3/reportgen/outputs/a.py", line 7, in f\n  g()\n'
        'File "/home/reportgen/env/reportgen/outputs/b.py", line 9, in g\n  h()\n'
        'File "/usr/lib/python3/json/decoder.py", line 3, in h\n'
    )
    error = RemoteException.rebuild_exception(KeyError("x"), trace)
    assert why_failed(error, crashed=False).reason == "'x' (reportgen/outputs/b.py:9)"


def test_a_full_disk_has_a_class_of_its_own() -> None:
    """F01: it is no fault of the report."""
    assert why_failed(_full(), crashed=False).class_ == "disk"


@pytest.mark.parametrize(
    ("verdict", "told", "expected"),
    [
        ("held", [("W-SUM", "b"), ("W-FAILED", "b"), ("W-REQUIRE", "b")], ("requirement", "W-REQUIRE")),
        ("held", [("W-FAILED", "b"), ("W-REQUIRE", None)], ("service", "W-FAILED")),
        ("held", [("W-EXPIRED", "b"), ("W-REQUIRE", None)], ("access", "W-EXPIRED")),
        ("held", [("W-REQUIRE", None)], ("requirement", "W-REQUIRE")),
        ("held", [("W-FAILED", "b"), ("W-AUDIT", "b")], ("audit", "W-AUDIT")),
        ("degraded", [("W-SUM", "b"), ("W-NOT-RETURNED", "b")], ("incomplete", "W-NOT-RETURNED")),
        ("degraded", [("W-GLYPH", None)], ("render", "W-GLYPH")),
        ("degraded", [], ("incomplete", "W-DEGRADED")),
    ],
)
def test_verdicts_have_a_class(verdict: Verdict, told: list[tuple[str, str | None]], expected: tuple[str, str]) -> None:
    """The warning that decided is named, not the first one; where nothing could be read, what was in the way."""
    why = why_not_done(verdict, [Caution(code, "t", block) for code, block in told])
    assert why is not None
    assert (why.class_, why.code) == expected
    assert why_not_done("done", [Caution("W-SUM", "t")]) is None
