"""The loop of a run: reports are fetched in threads, rendered by an engine, written, and each step is journalled."""

from __future__ import annotations

import hashlib
import json
import time
from collections import deque
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING, Any

from reportgen.errors import OutputError, ReportgenError
from reportgen.files import write_whole
from reportgen.fleet.held import explanation
from reportgen.fleet.jobs import all_variables
from reportgen.fleet.journal import latest, read_events
from reportgen.fleet.rendering import read_rendered
from reportgen.fleet.results import PLAN
from reportgen.outputs.report_json import encode_report

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from pathlib import Path

    from pydantic import JsonValue

    from reportgen.fleet.engines import Engine
    from reportgen.fleet.jobs import Job
    from reportgen.fleet.journal import Journal
    from reportgen.fleet.rendering import Rendered
    from reportgen.model import Report

FETCHERS = 8
_AT_ONCE = 16  # reports on their way: fetched ones wait in memory until a worker is free
_FULL_DISKS = 3  # reports in a row that could not be written, after which a run ends
HELD = "held"
"""Folder under the root for reports that may not be sent."""


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a run is.

    Attributes:
        total: Reports to make.
        states: How many ended how.
        working: Names of those that are being made.
    """

    total: int
    states: dict[str, int]
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

    def lap(self, name: str) -> None:
        """Keep how long a step took."""
        now = time.monotonic()
        self.seconds[name] = round(now - self.started, 3)
        self.started = now


def unfinished(jobs: Iterable[Job], folder: Path, root: Path, accepted: Sequence[str]) -> tuple[Job, ...]:
    """Return the jobs that are not made yet, or whose files have gone.

    Args:
        jobs: Of the run.
        folder: Of the run, with its journal.
        root: Under which reports are written.
        accepted: Verdicts of reports that may be sent; others are made anew.
    """
    last = latest(read_events(folder))

    def made(job: Job) -> bool:
        event = last.get(job.key)
        if event is None or event["event"] not in accepted:
            return False
        files: Any = event.get("files", [])
        return all((root / file["path"]).is_file() for file in files)

    return tuple(job for job in jobs if not made(job))


def write_plan(folder: Path, root: Path, file: Path, jobs: Sequence[Job]) -> None:
    """Write `run.json`: what is to be done, before any of it is."""
    listed = [
        {
            "key": job.key,
            "client": job.client,
            "name": job.plan.client.name if job.plan.client else job.client,
            "spec": job.spec,
            "title": job.plan.title,
            "period": job.plan.window.current.id,
            "folder": str(job.folder),
            "formats": list(job.formats),
            "locale": job.plan.locale,
            "variables": all_variables(job.plan),
        }
        for job in jobs
    ]
    content = {
        "schema": "reportgen.plan/1",
        "run": folder.name,
        "fleet": str(file.resolve()),
        "root": str(root.resolve()),
    }
    write_whole(folder / PLAN, json.dumps({**content, "jobs": listed}, ensure_ascii=False, indent=1).encode() + b"\n")


class Run:
    """One run of jobs."""

    def __init__(  # noqa: PLR0913 - what a run is made of
        self,
        root: Path,
        folder: Path,
        journal: Journal,
        engine: Engine,
        ask: Callable[[Job], Report],
        *,
        told: Callable[[Progress], None] | None = None,
    ) -> None:
        """Prepare; nothing is asked or written yet.

        Args:
            root: Under which reports are written.
            folder: Of the run, for its journal and thumbnails.
            journal: Open.
            engine: What renders.
            ask: Fetches and resolves one report; called in several threads at once.
            told: Called after each change.
        """
        self._root = root
        self._folder = folder
        self._journal = journal
        self._engine = engine
        self._ask = ask
        self._told = told
        self._threads = ThreadPoolExecutor(FETCHERS, thread_name_prefix="reportgen-fetch")
        self._steps: dict[Future[Any], tuple[_Way, Callable[[_Way, Future[Any]], None]]] = {}
        self._again: deque[_Way] = deque()
        self._states: dict[str, int] = {}
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
            while waiting or self._steps or self._again:
                while waiting and len(self._steps) < _AT_ONCE:
                    self._fetch(_Way(waiting.popleft(), time.monotonic()))
                if self._again and not self._steps:
                    self._render(self._again.popleft())  # alone: a report that kills its worker takes no other with it
                self._step()
        except BaseException:
            for way, _step in self._steps.values():
                self._journal.append("interrupted", way.job.key)
            raise
        finally:
            self._threads.shutdown(wait=False, cancel_futures=True)
            self._engine.close()

    def _step(self) -> None:
        """Wait for whatever ends first, and begin what follows from it."""
        ended, _others = wait(self._steps, timeout=1.0, return_when=FIRST_COMPLETED)
        for future in ended:
            way, then = self._steps.pop(future)
            try:
                then(way, future)
            except Exception as error:  # noqa: BLE001 - a defect in one report's way costs that report, and is told
                self._fail(way, error)
        if self._told:
            working = tuple(way.job.name for way, _then in self._steps.values())
            self._told(Progress(self._total, dict(self._states), working))

    def _fetch(self, way: _Way) -> None:
        self._journal.append("started", way.job.key)
        self._steps[self._threads.submit(self._asked, way.job)] = (way, self._fetched)

    def _asked(self, job: Job) -> tuple[str, dict[str, JsonValue]]:
        report = self._ask(job)
        states: dict[str, JsonValue] = {block.name: block.state for block in report.blocks}
        figures: dict[str, JsonValue] = {
            block.name: reading.value for block in report.blocks if block.kind == "number" for reading in block.readings
        }
        facts: dict[str, JsonValue] = {"blocks": states, "figures": figures, "verdict": report.verdict}
        return json.dumps(encode_report(report), ensure_ascii=False, allow_nan=False), facts

    def _fetched(self, way: _Way, future: Future[tuple[str, dict[str, JsonValue]]]) -> None:
        way.text, way.facts = future.result()
        way.lap("fetch")
        self._journal.append("fetched", way.job.key)
        self._render(way)

    def _render(self, way: _Way) -> None:
        way.tries += 1
        future = self._engine.submit(way.job.client, way.text, way.job.formats)
        self._steps[future] = (way, self._rendered)

    def _rendered(self, way: _Way, future: Future[str]) -> None:
        error = future.exception()
        if error and self._engine.is_crash(error) and way.tries == 1:
            self._journal.append("crashed", way.job.key)
            self._again.append(way)
            return
        rendered = read_rendered(future.result(), way.job.client)
        way.lap("render")
        self._steps[self._threads.submit(self._store, way.job, rendered)] = (way, partial(self._stored, rendered))

    def _store(self, job: Job, rendered: Rendered) -> list[dict[str, JsonValue]]:
        """Write the files of a report; one that is held goes where nothing is sent from, with a page that says why."""
        folder = self._root / HELD / job.folder if rendered.verdict == "held" else self._root / job.folder
        contents = {artifact.name: artifact.content for artifact in rendered.artifacts}
        if rendered.verdict == "held":
            contents["why-held.html"] = explanation(job.plan.title, job.client, rendered.cautions)
        if not folder.resolve().is_relative_to(self._root.resolve()):
            message = f"{folder}: leads out of {self._root}; is a folder in it a link?"
            raise OutputError(message)
        for name, content in contents.items():
            write_whole(folder / name, content)
        if rendered.thumbnail:
            write_whole(self._folder / "thumbnails" / f"{job.key}.jpg", rendered.thumbnail)
        return [
            {
                "path": str((folder / name).relative_to(self._root)),
                "bytes": len(content),
                "sha256": hashlib.sha256(content).hexdigest(),
            }
            for name, content in contents.items()
        ]

    def _stored(self, rendered: Rendered, way: _Way, future: Future[list[dict[str, JsonValue]]]) -> None:
        files = future.result()
        way.lap("write")
        self._unwritten = 0
        cautions: list[JsonValue] = [
            {"code": one.code, "block": one.block, "text": one.text} for one in rendered.cautions
        ]
        told: dict[str, JsonValue] = {
            **way.facts,
            "files": list(files),
            "pages": rendered.pages,
            "warnings": cautions,
            "seconds": dict(way.seconds),
            "tries": way.tries,
        }
        self._end(way, rendered.verdict, told)

    def _fail(self, way: _Way, error: Exception) -> None:
        """Journal a report that could not be made.

        Raises:
            OutputError: It is one of several in a row that could not be written.
        """
        code = "TimeLimit" if isinstance(error, TimeoutError) else type(error).__name__
        known = isinstance(error, ReportgenError | TimeoutError) or self._engine.is_crash(error)
        reason = str(error) or code
        self._end(way, "failed", {"class": code, "reason": reason, "defect": not known, "tries": way.tries})
        unwritten = isinstance(error, OutputError) and isinstance(error.__cause__, OSError)
        self._unwritten = self._unwritten + 1 if unwritten else 0
        if self._unwritten >= _FULL_DISKS:
            message = f"{self._unwritten} reports in a row could not be written, so the run ends: {error}"
            raise OutputError(message) from error

    def _end(self, way: _Way, state: str, facts: dict[str, JsonValue]) -> None:
        self._journal.append(state, way.job.key, **facts)
        self._states[state] = self._states.get(state, 0) + 1
