"""The loop of a run: reports are fetched in threads, rendered by an engine, written, and each step is journalled."""

from __future__ import annotations

import json
import time
from collections import Counter, deque
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from dataclasses import asdict, dataclass, field
from functools import partial
from typing import TYPE_CHECKING, Any, Literal, NamedTuple, TypeAlias

from reportgen.connect.event_loop import Cancellation
from reportgen.errors import OutputError
from reportgen.fleet.alerts import decided
from reportgen.fleet.failure_classes import why_failed, why_not_done
from reportgen.fleet.jobs import with_letter_cautions
from reportgen.fleet.render_worker import read_rendered
from reportgen.fleet.report_facts import report_facts
from reportgen.fleet.report_files import store
from reportgen.fleet.reports_to_make import identity_facts
from reportgen.logs import StageTime, log_defect, log_stage
from reportgen.outputs.report_json import encode_report

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

    from pydantic import JsonValue

    from reportgen.fleet.engines import Engine
    from reportgen.fleet.failure_classes import FailureReason
    from reportgen.fleet.jobs import Job
    from reportgen.fleet.journal import Journal
    from reportgen.fleet.render_worker import Rendered, RenderedParts
    from reportgen.fleet.report_fetching import FetchedReport
    from reportgen.fleet.run_records import ReportState

FETCHERS = 8
_WRITERS = 2  # apart from the fetchers, who may all be waiting for an API that is down
_STOP_SECONDS = 3.0  # that a run which is stopped waits for its threads
_FULL_DISKS = 3  # reports in a row that could not be written, after which a run ends

_Kind: TypeAlias = Literal["fetch", "render", "write"]
_Wait: TypeAlias = Literal["api", "queue"]  # for the API's rates or a host that is down; for a free process or writer


class LeftAsItIs(Exception):  # noqa: N818 - the name says what happened
    """A report that was asked for again and is left as it is, with the reason."""


@dataclass(frozen=True, slots=True)
class Keeping:
    """The keeping of reports that were finished before: each stays as it was until new files of it are written.

    Attributes:
        accepted: Verdicts of files that may take the place of those before.
        on_kept: Called with each report that could not be made anew, and why.
    """

    accepted: tuple[str, ...]
    on_kept: Callable[[Job, str], None]


@dataclass(frozen=True, slots=True)
class Progress:
    """The progress of a run.

    Attributes:
        total: Number of reports to make.
        states: Number of finished reports by state.
        working: Names of the reports that are being made.
    """

    total: int
    states: dict[str, int]
    working: tuple[str, ...]


@dataclass(slots=True)
class _Work:
    """A report that is being made."""

    job: Job
    started: float
    seconds: dict[str, float] = field(default_factory=dict)
    facts: dict[str, JsonValue] = field(default_factory=dict)
    text: str = ""
    files: dict[str, bytes] = field(default_factory=dict)
    tries: int = 0
    is_writing: bool = False  # from here on its files may be others than before

    def lap(self, kind: _Kind | _Wait, *, waited: tuple[_Wait, float] = ("queue", 0.0)) -> None:
        """Record the seconds of a step, and those of them in which it waited for others."""
        now = time.monotonic()
        wait, seconds = waited[0], min(waited[1], now - self.started)
        for name, more in ((kind, now - self.started - seconds), (wait, seconds)):
            self.seconds[name] = round(self.seconds.get(name, 0.0) + more, 3)
        self.started = now


class _Fetched(NamedTuple):
    """A fetched report: JSON, pictures and fonts by their digests, facts, and the seconds it waited for the API."""

    text: str
    files: dict[str, bytes]
    facts: dict[str, JsonValue]
    waited: float


class _Step(NamedTuple):
    """A running step of a report, and the function that takes its result."""

    kind: _Kind
    work: _Work
    then: Callable[[_Work, Future[Any]], None]


class RunLoop:
    """The loop of a run over its jobs."""

    def __init__(  # noqa: PLR0913 - what a run works with, made by its caller
        self,
        root: Path,
        folder: Path,
        journal: Journal,
        engine: Engine,
        fetch: Callable[[Job], FetchedReport],
        *,
        may_begin: Callable[[Job], bool] = lambda _job: True,
        keeping: Keeping | None = None,
        on_progress: Callable[[Progress], None] | None = None,
    ) -> None:
        """Prepare the loop; no request is sent and no file written yet.

        Args:
            root: Folder under which reports are written.
            folder: Of the run, for its journal and thumbnails.
            journal: Open.
            engine: Renders the reports.
            fetch: Fetches and resolves a report; called in several threads at once.
            may_begin: Whether a report may be begun; where it may not, the rest is not run.
            keeping: Where the reports are finished already; None makes reports that are not.
            on_progress: Called after each change.
        """
        self._root, self._folder, self._journal = root, folder, journal
        self._engine, self._fetch_report, self._may_begin, self._on_progress = engine, fetch, may_begin, on_progress
        self._keeping = keeping
        self._fetchers = ThreadPoolExecutor(FETCHERS, thread_name_prefix="reportgen-fetch")
        self._writers = ThreadPoolExecutor(_WRITERS, thread_name_prefix="reportgen-write")
        self._requests = Cancellation()
        self._steps: dict[Future[Any], _Step] = {}
        self._ready: deque[_Work] = deque()
        self._crashed: deque[_Work] = deque()
        self._states: Counter[str] = Counter()
        self._unwritten = 0
        self._total = 0

    def make(self, jobs: Sequence[Job]) -> None:
        """Make every job.

        Raises:
            OutputError: The journal cannot be written, or several reports in a row could not.
            BaseException: Raised by a signal; unfinished jobs are journalled as interrupted, or are kept as they were.
        """
        waiting = deque(jobs)
        self._total = len(jobs)
        try:
            while self._begin(waiting):
                self._step()
        except BaseException:
            for work in self._unfinished():
                if self._keeping and not work.is_writing:
                    self._leave(work, "kept: stopped before it was made anew")
                else:
                    self._journal.append("interrupted", work.job.key)
            raise
        finally:
            self._requests.cancel()
            for threads in (self._fetchers, self._writers):
                threads.shutdown(wait=False, cancel_futures=True)
            self._engine.close()
            at_work = [future for future in self._steps if future.running()]  # in our threads, not in the engine
            wait(at_work, _STOP_SECONDS)  # one that went on would ask and write for a run that has ended

    def _begin(self, waiting: deque[Job]) -> bool:
        """Begin as many steps of reports as there is room for; return whether any step is running.

        No more is fetched than the workers need next, so that a thousand reports are never in memory at once.
        """
        slots = self._engine.slots  # a cluster has to be asked
        while self._ready and self._running("render") < slots:
            self._render(self._ready.popleft())
        room = min(FETCHERS, FETCHERS + slots - len(self._ready)) - self._running("fetch")
        for _ in range(room):
            if waiting and self._may_begin(waiting[0]):
                self._fetch(_Work(waiting.popleft(), time.monotonic()))
        if self._crashed and not self._steps:
            self._render(self._crashed.popleft())  # alone: a report that kills its worker takes no other with it
        return bool(self._steps)

    def _running(self, kind: _Kind) -> int:
        return sum(1 for step in self._steps.values() if step.kind == kind)

    def _unfinished(self) -> Iterator[_Work]:
        yield from (step.work for step in self._steps.values())
        yield from self._ready
        yield from self._crashed

    def _step(self) -> None:
        """Wait for the steps that end first, and begin the next steps of their reports."""
        ended, _others = wait(self._steps, timeout=1.0, return_when=FIRST_COMPLETED)
        for future in ended:
            _kind, work, then = self._steps.pop(future)
            try:
                then(work, future)
            except Exception as error:  # noqa: BLE001 - a defect costs this report alone, and is journalled
                self._fail(work, error)
        if self._on_progress:
            working = tuple(step.work.job.name for step in self._steps.values())
            self._on_progress(Progress(self._total, dict(self._states), working))

    def _fetch(self, work: _Work) -> None:
        self._journal.append("started", work.job.key, **identity_facts(work.job))
        self._steps[self._fetchers.submit(self._fetched_json, work.job)] = _Step("fetch", work, self._fetched)

    def _fetched_json(self, job: Job) -> _Fetched:
        with self._requests.of_this_thread():
            fetched = self._fetch_report(job)
        report, letter = with_letter_cautions(job, fetched.report)
        files: dict[str, bytes] = {}
        encoded = encode_report(report, files)
        variables: dict[str, JsonValue] = {**letter}
        facts = {**report_facts(report, encoded, fetched.tally), "title": report.title, "variables": variables}
        facts |= {"alerts": decided(job.alerts, report)} if job.alerts else {}
        text = json.dumps(encoded, ensure_ascii=False, allow_nan=False)
        return _Fetched(text, files, facts, fetched.tally.waited)

    def _fetched(self, work: _Work, future: Future[_Fetched]) -> None:
        work.text, work.files, work.facts, waited = future.result()
        work.lap("fetch", waited=("api", waited))
        self._journal.append("fetched", work.job.key)
        self._ready.append(work)

    def _render(self, work: _Work) -> None:
        work.tries += 1
        work.lap("queue")
        future = self._engine.submit(work.job.client, work.text, work.job.formats, work.files)
        self._steps[future] = _Step("render", work, self._rendered)

    def _rendered(self, work: _Work, future: Future[RenderedParts]) -> None:
        error = future.exception()
        if error and self._engine.is_crash(error) and work.tries == 1:
            self._journal.append("crashed", work.job.key)
            self._crashed.append(work)
            return
        rendered = read_rendered(future.result(), work.job.client)
        for done in rendered.stages:
            log_stage(done, work.job.client, work.job.spec)
        if self._keeping and rendered.verdict not in self._keeping.accepted:
            why = why_not_done(rendered.verdict, rendered.cautions)
            self._keep(work, self._keeping, f"it would be {rendered.verdict}: {why.reason if why else ''}")
            return
        work.lap("render")
        work.is_writing = True
        writing = self._writers.submit(self._stored_files, work.job, rendered)
        self._steps[writing] = _Step("write", work, partial(self._stored, rendered))

    def _stored_files(self, job: Job, rendered: Rendered) -> tuple[list[JsonValue], float]:
        """Return the files of a report, written in a thread, and when that was begun."""
        began = time.monotonic()
        return store(self._root, self._folder, job, rendered), began

    def _stored(self, rendered: Rendered, work: _Work, future: Future[tuple[list[JsonValue], float]]) -> None:
        files, began = future.result()
        work.lap("write", waited=("queue", began - work.started))
        self._unwritten = 0
        cautions: list[JsonValue] = [asdict(caution) for caution in rendered.cautions]
        facts: dict[str, JsonValue] = {"files": files, "pages": rendered.pages, "warnings": cautions}
        self._end(rendered.verdict, work, facts, why_not_done(rendered.verdict, rendered.cautions))

    def _fail(self, work: _Work, error: Exception) -> None:
        """Journal a report that could not be made, was not to be made, or is kept as it was.

        Raises:
            OutputError: Several reports in a row could not be written.
        """
        if isinstance(error, LeftAsItIs):
            self._leave(work, str(error))
            return
        reason = why_failed(error, crashed=self._engine.is_crash(error))
        if reason.class_ == "defect":
            log_defect(error, work.job.client, work.job.spec)
        if self._keeping and not work.is_writing:
            self._keep(work, self._keeping, reason.reason)
            return
        self._end("failed", work, {}, reason)
        self._unwritten = self._unwritten + 1 if reason.class_ == "disk" else 0
        if self._unwritten >= _FULL_DISKS:
            raise OutputError(
                f"{self._unwritten} reports in a row could not be written, so the run ends: {error}"
            ) from error

    def _keep(self, work: _Work, keeping: Keeping, reason: str) -> None:
        """Leave a report that could not be made anew as it was, and tell why."""
        self._leave(work, f"kept: {reason}")
        keeping.on_kept(work.job, reason)

    def _leave(self, work: _Work, reason: str) -> None:
        self._journal.append("unchanged", work.job.key, reason=reason)
        self._states["unchanged"] += 1

    def _end(self, state: ReportState, work: _Work, facts: dict[str, JsonValue], why: FailureReason | None) -> None:
        reason: dict[str, JsonValue] = {"class": why.class_, "code": why.code, "reason": why.reason} if why else {}
        seconds: dict[str, JsonValue] = dict(work.seconds)
        self._journal.append(state, work.job.key, **reason, **work.facts, **facts, seconds=seconds, tries=work.tries)
        self._states[state] += 1
        ended = {"state": state, **({"class": why.class_, "reason": why.reason} if why else {})}
        log_stage(StageTime("report", round(sum(work.seconds.values()), 3), ended), work.job.client, work.job.spec)
