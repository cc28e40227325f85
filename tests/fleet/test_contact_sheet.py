"""The contact sheet: the riskiest first, small enough for a thousand."""

from __future__ import annotations

import re
import shutil
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from reportgen.errors import AuthenticationFailed
from reportgen.fleet.contact_sheet import write_contact_sheet
from reportgen.fleet.results import write_results
from reportgen.model import ClientCard, Report
from tests.fleet.test_running import Bench, asked
from tests.outputs.reports import NUMBER, report

if TYPE_CHECKING:
    from pathlib import Path

    from reportgen.fleet.jobs import Job


@pytest.fixture
def bench(tmp_path: Path) -> Bench:
    """Return a fleet of four."""
    return Bench(tmp_path, clients=4)


def names(page: str) -> list[str]:
    """Return the clients in the order of the page."""
    return re.findall(r"<h2>(.*?)</h2>", page)


def test_the_riskiest_come_first(bench: Bench) -> None:
    """Failed, held, degraded, then what differs from the run before, then the rest; reasons are escaped."""

    def ask(job: Job) -> Report:
        if job.client == "client-0003":
            message = "refused <b>&"
            raise AuthenticationFailed(message)
        if job.client == "client-0002":
            return replace(report(NUMBER, verdict="degraded"), verdict="held", client=ClientCard(job.client, "x"))
        return asked(job)

    bench.make(ask=ask)
    page = write_contact_sheet(bench.folder).read_text()
    assert names(page) == ["Client 3", "Client 2", "Client 0", "Client 1"]
    assert "access: refused &lt;b&gt;&amp;" in page
    assert "1 failed" in page


def test_what_is_far_from_the_run_before(tmp_path: Path) -> None:
    """A figure that is twice or half of what it was is a reason to look; a small move is none."""
    bench = Bench(tmp_path, clients=4)
    bench.make()
    write_results(bench.folder)
    shutil.copytree(bench.folder, bench.folder.with_name("x-2026-09"))
    bench.folder.rename(bench.folder.with_name("x-2026-10"))
    folder = bench.folder.with_name("x-2026-10")
    before = folder.with_name("x-2026-09") / "run_results.json"
    text = before.read_text()
    assert text.count('"reach": 55645') == 4
    before.write_text(
        text.replace('"reach": 55645', '"reach": 20000', 1).replace('"reach": 55645', '"reach": 50000', 1)
    )
    page = write_contact_sheet(folder).read_text()
    assert page.count("the time before") == 2, "in the card and in the words it is searched by"
    assert "reach is 55,645, 20,000 the time before" in page


def test_a_thousand_reports_fit(tmp_path: Path) -> None:
    """Under 15 MB, with a thumbnail each."""
    bench = Bench(tmp_path, clients=1)
    path = bench.jobs[0]
    bench.jobs = (replace(path, formats=("pdf",)),)
    bench.make()
    (thumbnail,) = (bench.folder / "thumbnails").iterdir()
    assert 500 < thumbnail.stat().st_size < 11_000
    page = write_contact_sheet(bench.folder).read_text()
    assert "data:image/jpeg;base64," in page
    assert len(page) < 15_000 + 5_000
