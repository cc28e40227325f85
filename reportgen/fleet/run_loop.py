"""The loop of a run: reports are fetched in threads, rendered by an engine, written, and each step is journalled."""

from __future__ import annotations

import json
import time
from collections import Counter, deque
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from dataclasses import asdict, dataclass, field
from functools import partial
from typing import TYPE_CHECKING, Any, Literal, NamedTuple, TypeAlias

from reportgen.errors import OutputError
from reportgen.fleet.failure_classes import why_failed, why_not_done
from reportgen.fleet.render_worker import read_rendered
from reportgen.fleet.report_files import store
from reportgen.outputs.report_json import encode_report

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

    from pydantic import JsonValue

    from reportgen.fleet.engines import Engine
    from reportgen.fleet.failure_classes import Why
    from reportgen.fleet.jobs import Job
    from reportgen.fleet.journal import Journal
    from reportgen.fleet.render_worker import Rendered
    from reportgen.fleet.report_fetching import FetchedReport
    from reportgen.fleet.run_records import ReportState
    from reportgen.model import Report

FETCHERS = 8
_WRITERS = 2  # apart from the fetchers, who may all be waiting for an API that is down
_FULL_DISKS = 3  # reports in a row that could not be written, after which a run ends

_Kind: TypeAlias = Literal["fetch", "render", "write"]


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a run is.

    Attributes:
        total: Reports to make.
        states: How many ended how.
        working: Names of those that are being made.
    """

    total: int
    states: dict[ReportState, int]
    working: tuple[str, ...]


@dataclass(slots=True)
class _Way:
    """One report on its way."""

    job: Job
    started: float
    seconds: dict[str, float] = field(default_factory=dict)
    facts: dict[str, JsonValue] = field(default_factory=dict)
    text: str = ""
    tries: int = 0

    def lap(self, kind: _Kind) -> None:
        """Keep how long a step took."""
        now = time.monotonic()
        self.seconds[kind] = round(now - self.started, 3)
        self.started = now


class _Step(NamedTuple):
    """Something that is being done for a report, and what follows from it."""

    kind: _Kind
    way: _Way
    then: Callable[[_Way, Future[Any]], None]


class RunLoop:
    """One run of jobs."""

    def __init__(  # noqa: PLR0913 - what a run is made of
        self,
        root: Path,
        folder: Path,
        journal: Journal,
        engine: Engine,
        ask: Callable[[Job], FetchedReport],
        *,
        goes_on: Callable[[], bool] = lambda: True,
        told: Callable[[Progress], None] | None = None,
    ) -> None:
        """Prepare; nothing is asked or written yet.

        Args:
            root: Under which reports are written.
            folder: Of the run, for its journal and thumbnails.
            journal: Open.
            engine: What renders.
            ask: Fetches and resolves one report; called in several threads at once.
            goes_on: Asked before a report is begun; where it says no, the rest is not run.
            told: Called after each change.
        """
        self._root, self._folder, self._journal = root, folder, journal
        self._engine, self._ask, self._goes_on, self._told = engine, ask, goes_on, told
        self._fetchers = ThreadPoolExecutor(FETCHERS, thread_name_prefix="reportgen-fetch")
        self._writers = ThreadPoolExecutor(_WRITERS, thread_name_prefix="reportgen-write")
        self._steps: dict[Future[Any], _Step] = {}
        self._ready: deque[_Way] = deque()
        self._again: deque[_Way] = deque()
        self._states: Counter[ReportState] = Counter()
        self._unwritten = 0
        self._total = 0

    def make(self, jobs: Sequence[Job]) -> None:
        """Make every job.

        Raises:
            OutputError: The journal cannot be written, or several reports in a row could not.
            BaseException: What a signal raised; the jobs on their way are journalled as interrupted.
        """
        waiting = deque(jobs)
        self._total = len(jobs)
        try:
            while self._begin(waiting):
                self._step()
        except BaseException:
            for way in self._under_way():
                self._journal.append("interrupted", way.job.key)
            raise
        finally:
            for threads in (self._fetchers, self._writers):
                threads.shutdown(wait=False, cancel_futures=True)
            self._engine.close()

    def _begin(self, waiting: deque[Job]) -> bool:
        """Begin as much as there is room for; return whether anything is being done.

        Not more is fetched than the workers need next, so that a thousand reports are never in memory at once.
        """
        slots = self._engine.slots  # a cluster has to be asked
        while self._ready and self._doing("render") < slots:
            self._render(self._ready.popleft())
        room = min(FETCHERS, FETCHERS + slots - len(self._ready)) - self._doing("fetch")
        for _ in range(room):
            if waiting and self._goes_on():
                self._fetch(_Way(waiting.popleft(), time.monotonic()))
        if self._again and not self._steps:
            self._render(self._again.popleft())  # alone: a report that kills its worker takes no other with it
        return bool(self._steps)

    def _doing(self, kind: _Kind) -> int:
        return sum(1 for step in self._steps.values() if step.kind == kind)

    def _under_way(self) -> Iterator[_Way]:
        yield from (step.way for step in self._steps.values())
        yield from self._ready
        yield from self._again

    def _step(self) -> None:
        """Wait for whatever ends first, and begin what follows from it."""
        ended, _others = wait(self._steps, timeout=1.0, return_when=FIRST_COMPLETED)
        for future in ended:
            _kind, way, then = self._steps.pop(future)
            try:
                then(way, future)
            except Exception as error:  # noqa: BLE001 - a defect in one report's way costs that report, and is told
                self._fail(way, error)
        if self._told:
            working = tuple(step.way.job.name for step in self._steps.values())
            self._told(Progress(self._total, dict(self._states), working))

    def _fetch(self, way: _Way) -> None:
        self._journal.append("started", way.job.key)
        self._steps[self._fetchers.submit(self._asked, way.job)] = _Step("fetch", way, self._fetched)

    def _asked(self, job: Job) -> tuple[str, dict[str, JsonValue]]:
        asked = self._ask(job)
        report = asked.report
        states: dict[str, JsonValue] = {block.name: block.state for block in report.blocks}
        facts = {"blocks": states, "figures": _figures(report), "verdict": report.verdict, **asdict(asked.tally)}
        return json.dumps(encode_report(report), ensure_ascii=False, allow_nan=False), facts

    def _fetched(self, way: _Way, future: Future[tuple[str, dict[str, JsonValue]]]) -> None:
        way.text, way.facts = future.result()
        way.lap("fetch")
        self._journal.append("fetched", way.job.key)
        self._ready.append(way)

    def _render(self, way: _Way) -> None:
        way.tries += 1
        future = self._engine.submit(way.job.client, way.text, way.job.formats)
        self._steps[future] = _Step("render", way, self._rendered)

    def _rendered(self, way: _Way, future: Future[str]) -> None:
        error = future.exception()
        if error and self._engine.is_crash(error) and way.tries == 1:
            self._journal.append("crashed", way.job.key)
            self._again.append(way)
            return
        rendered = read_rendered(future.result(), way.job.client)
        way.lap("render")
        writing = self._writers.submit(store, self._root, self._folder, way.job, rendered)
        self._steps[writing] = _Step("write", way, partial(self._stored, rendered))

    def _stored(self, rendered: Rendered, way: _Way, future: Future[list[JsonValue]]) -> None:
        files = future.result()
        way.lap("write")
        self._unwritten = 0
        cautions: list[JsonValue] = [
            {"code": one.code, "block": one.block, "text": one.text} for one in rendered.cautions
        ]
        told: dict[str, JsonValue] = {"files": files, "pages": rendered.pages, "warnings": cautions}
        self._end(rendered.verdict, way, told, why_not_done(rendered.verdict, rendered.cautions))

    def _fail(self, way: _Way, error: Exception) -> None:
        """Journal a report that could not be made.

        Raises:
            OutputError: It is one of several in a row that could not be written.
        """
        why = why_failed(error, crashed=self._engine.is_crash(error))
        self._end("failed", way, {}, why)
        self._unwritten = self._unwritten + 1 if why.class_ == "disk" else 0
        if self._unwritten >= _FULL_DISKS:
            message = f"{self._unwritten} reports in a row could not be written, so the run ends: {error}"
            raise OutputError(message) from error

    def _end(self, state: ReportState, way: _Way, facts: dict[str, JsonValue], why: Why | None) -> None:
        told: dict[str, JsonValue] = {"class": why.class_, "code": why.code, "reason": why.reason} if why else {}
        seconds: dict[str, JsonValue] = dict(way.seconds)
        self._journal.append(state, way.job.key, **told, **way.facts, **facts, seconds=seconds, tries=way.tries)
        self._states[state] += 1


def _figures(report: Report) -> dict[str, JsonValue]:
    """Return the value of each number block; one that is a text, such as a date, is no figure."""
    readings = ((block.name, one.value) for block in report.blocks if block.kind == "number" for one in block.readings)
    return {name: None if isinstance(value, str) else value for name, value in readings}
