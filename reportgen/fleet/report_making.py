"""The making of a run's reports: they are fetched, rendered by an engine and written, as long as there is time."""

from __future__ import annotations

import os
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

from reportgen.connect.rate_limits import Traffic
from reportgen.fleet.cluster import DaskEngine
from reportgen.fleet.engines import LocalEngine
from reportgen.fleet.heartbeat import Heartbeat
from reportgen.fleet.report_fetching import ReportFetcher
from reportgen.fleet.run_folders import FILES
from reportgen.fleet.run_loop import RunLoop
from reportgen.fleet.run_readiness import common_customer_token

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from pathlib import Path
    from typing import TypeAlias

    from reportgen.connect.live_answers import BucketUse
    from reportgen.fleet.engines import Engine
    from reportgen.fleet.fleet_run import FleetPlan
    from reportgen.fleet.jobs import Job
    from reportgen.fleet.journal import Journal
    from reportgen.fleet.report_fetching import FetchedReport
    from reportgen.fleet.run_loop import Keeping, Progress

    Fetch: TypeAlias = Callable[[Job], FetchedReport]

REPORT_SECONDS = 120.0
"""Most that the rendering of a report may take."""


@dataclass(frozen=True, slots=True)
class Making:
    """The options of making reports; see `run_fleet`.

    Attributes:
        workers: Processes that render.
        engine: Its name, or its address.
        seconds: How long reports are begun.
        on_progress: Called after each change.
        buckets: What becomes of the kept answers for months of histories; see `AnswerStorage`.
        looked_at: Returns a way to fetch over another, which may refuse a report by `LeftAsItIs`; None changes nothing.
        keeping: Where the reports are finished already; None makes reports that are not.
    """

    workers: int
    engine: str
    seconds: float
    on_progress: Callable[[Progress], None] | None = None
    buckets: BucketUse = "use"
    looked_at: Callable[[Fetch], Fetch] | None = None
    keeping: Keeping | None = None


def make_reports(plan: FleetPlan, todo: Sequence[Job], journal: Journal, making: Making) -> None:
    """Make reports of a fleet.

    Args:
        plan: The fleet.
        todo: The reports to make.
        journal: Open.
        making: The options.

    Raises:
        ConfigurationError: The engine is missing.
        AuthenticationFailed: Every account's own token, or the customer token that all clients share, is refused.
        OutputError: The journal, or several reports in a row, could not be written.
    """
    until = time.monotonic() + making.seconds
    engine = _engine(making, todo, plan.secrets, plan.folder / FILES)
    try:
        common = common_customer_token(plan.fleet, plan.file, (job.plan.client for job in plan.jobs if job.plan.client))
        fetcher = ReportFetcher(todo, Traffic(wait_until=until), buckets=making.buckets, common_token=common)
    except BaseException:
        engine.close()
        raise
    journal.append("run", reports=len(todo), process=os.getpid())
    begun: set[str] = set()  # clients, whose other reports are made after the deadline too

    def may_begin(job: Job) -> bool:
        in_time = time.monotonic() < until or job.client in begun
        begun.update([job.client] if in_time else [])
        return in_time and fetcher.refusal is None

    fetch = making.looked_at(fetcher) if making.looked_at else fetcher
    heartbeat = Heartbeat(plan.folder, making.on_progress)
    loop = RunLoop(
        plan.root,
        plan.folder,
        journal,
        engine,
        fetch,
        may_begin=may_begin,
        keeping=making.keeping,
        on_progress=heartbeat,
    )
    try:
        with fetcher:
            loop.make(todo)
    finally:
        heartbeat.end()
    if fetcher.refusal:
        raise fetcher.refusal


def _engine(making: Making, todo: Sequence[Job], secrets: Iterable[str], folder: Path) -> Engine:
    workers = min(making.workers, len(todo))
    if making.engine == "local":
        formats = {name for job in todo for name in job.formats}
        return LocalEngine(workers, REPORT_SECONDS, secrets, folder=folder, formats=sorted(formats))
    return DaskEngine(making.engine, workers, REPORT_SECONDS, secrets)
