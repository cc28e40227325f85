"""Engines that render reports: processes of this machine, or the workers of a Dask cluster.

An engine is a `concurrent.futures.Executor` of one function, `render_text`: JSON in, JSON and the files out. The
pictures and fonts of reports travel beside their JSON, each once a run.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
import time
from concurrent.futures import Future
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from functools import partial
from multiprocessing import forkserver, resource_tracker
from threading import Event, Lock, Thread
from typing import TYPE_CHECKING, Protocol

from reportgen.fleet.render_worker import WorkerLimits, isolate, preloaded, render_stored
from reportgen.fleet.shared_files import FileFolder, SharedFiles
from reportgen.outputs import DEFAULT_FORMATS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

    from pebble import ProcessPool

    from reportgen.fleet.render_worker import RenderedParts

_LEAST_MEMORY = 4 << 30  # bytes of address space; the imports alone take more than 1 GiB
_CLOSING_SECONDS = 5.0
_STARTS = 5  # that are tried of a process for a report
_WATCH_SECONDS = 1.0
_BEGIN_SECONDS = 120.0  # most that a process may take to begin a report: it starts, and imports, within a few
_NEVER_BEGAN = "it never began the report"
_REPORTS_A_WORKER = 100  # a process that renders grows a little with each PDF


class Engine(Protocol):
    """An engine that renders reports: `render_text`, in another process."""

    @property
    def slots(self) -> int:
        """The number of reports that it renders at a time; more are not submitted."""
        ...

    def submit(
        self, client: str, text: str, formats: Sequence[str], files: Mapping[str, bytes]
    ) -> Future[RenderedParts]:
        """Return the future files of a report; see `render_text`."""
        ...

    def is_crash(self, error: BaseException) -> bool:
        """Return whether a report failed because its worker died, so that it is worth another try."""
        ...

    def close(self) -> None:
        """End all workers at once."""
        ...


class LocalEngine:
    """An engine of processes of this machine.

    Each is started from a server that has everything imported, none of the parent's threads and no token; it is
    replaced after a number of reports, and ended where a report takes too long or its parent is gone.
    """

    def __init__(  # noqa: PLR0913 - the limits of its processes
        self,
        workers: int,
        seconds: float,
        secrets: Iterable[str] = (),
        memory: int | None = None,
        *,
        folder: Path,
        formats: Iterable[str] = DEFAULT_FORMATS,
    ) -> None:
        """Start the server of processes.

        Args:
            workers: Most processes.
            seconds: Most that a report may take.
            secrets: Names of environment variables that no worker may have.
            memory: Most bytes of address space of a worker; None is this machine's memory, shared out.
            folder: Folder for the pictures and fonts of reports, made anew and removed at the end.
            formats: Those of the reports, whose libraries the processes have from the start; others are loaded later.
        """
        context = multiprocessing.get_context("forkserver")
        context.set_forkserver_preload(preloaded(formats))
        names = tuple(secrets)
        resource_tracker.ensure_running()  # first, because it lets Ctrl-C through again
        with without(names), _uninterrupted():
            forkserver.ensure_running()
        limits = WorkerLimits(names, memory or max(_LEAST_MEMORY, _memory() // workers))

        def pool() -> ProcessPool:
            from pebble import ProcessPool

            return ProcessPool(1, max_tasks=_REPORTS_A_WORKER, initializer=isolate, initargs=(limits,), context=context)

        self.slots = workers
        self._seconds = seconds
        self._files = FileFolder(folder)
        self._shared = SharedFiles(self._files.write, self._files.remove)
        self._lock = Lock()
        self._closed = Event()
        self._idle = [_Worker(pool) for _ in range(workers)]
        self._workers = tuple(self._idle)
        Thread(target=self._watch, name="reportgen-watch", daemon=True).start()

    def submit(
        self, client: str, text: str, formats: Sequence[str], files: Mapping[str, bytes]
    ) -> Future[RenderedParts]:
        """Return the future files of a report, rendered in a free process; no more are submitted than `slots`."""
        future: Future[RenderedParts] = Future()
        self._shared.take(files)
        with self._lock:
            worker = self._idle.pop()
        rendering = worker.begin((client, text, tuple(formats), str(self._files.folder)), self._seconds)
        rendering.add_done_callback(partial(self._ended, worker, future, tuple(files)))
        return future

    def is_crash(self, error: BaseException) -> bool:
        """Return whether a process died; a process that was ended because it took too long did not."""
        from pebble import ProcessExpired

        return isinstance(error, ProcessExpired | BrokenProcessPool)

    def close(self) -> None:
        """End the processes, also those at work."""
        with self._lock:
            self._closed.set()
        for worker in self._workers:
            worker.pool.stop()
        joining = [Thread(target=worker.pool.join, daemon=True) for worker in self._workers]
        for thread in joining:
            thread.start()
        until = time.monotonic() + _CLOSING_SECONDS
        for thread in joining:  # a process that is stopped while it hands over a report may never be seen to end
            thread.join(max(0.0, until - time.monotonic()))
        self._files.clear()

    def _ended(
        self, worker: _Worker, future: Future[RenderedParts], files: Sequence[str], inner: Future[RenderedParts]
    ) -> None:
        self._shared.give_back(files)
        error = BrokenProcessPool(_NEVER_BEGAN) if inner.cancelled() else inner.exception()
        with self._lock:
            if error and self.is_crash(error) and not self._closed.is_set():  # else its end is waited for already
                worker.renew()
            self._idle.append(worker)
        if error:
            future.set_exception(error)
        else:
            future.set_result(inner.result())

    def _watch(self) -> None:
        """Give up reports that no process will ever begin, until the engine is closed."""
        while not self._closed.wait(_WATCH_SECONDS):
            for worker in self._workers:
                worker.give_up_lost()


class _Worker:
    """A process in a pool of its own.

    Processes that share a pool share its pipe and its locks: a process that dies while it holds them, with half a
    report handed over, stops all the others for good.
    """

    def __init__(self, new: Callable[[], ProcessPool]) -> None:
        self._new = new
        self.pool = new()
        self._rendering: Future[RenderedParts] | None = None
        self._handed_over = 0.0  # seconds of `time.monotonic`

    def begin(self, job: tuple[str, str, tuple[str, ...], str], seconds: float) -> Future[RenderedParts]:
        """Return the future files of a report; a process that has died since its last report is replaced first.

        Where none can be started, as when the server of processes is killed again and again, the report has crashed.
        """
        for _ in range(_STARTS):
            try:
                rendering = self.pool.schedule(render_stored, job, timeout=seconds)
            except RuntimeError:  # also a BrokenProcessPool
                self.renew()
            else:
                self._handed_over, self._rendering = time.monotonic(), rendering
                return rendering
        never: Future[RenderedParts] = Future()
        never.set_exception(
            BrokenProcessPool(
                f"its server was killed {_STARTS} times while it started; see whether the machine ran out of memory "
                "(dmesg), then run the fleet again, or with fewer --workers"
            )
        )
        return never

    def give_up_lost(self) -> None:
        """Cancel the future of a report that was handed over, but will never begin; nothing else would end it.

        A pool whose process dies fails the reports that it knows at that moment. One that is handed over just then is
        known too late. The time that a report may take is counted only from when its process begins it.
        """
        rendering = self._rendering
        if rendering and not rendering.done() and not rendering.running():
            is_late = time.monotonic() - self._handed_over > _BEGIN_SECONDS
            if is_late or not self.pool.active:
                rendering.cancel()

    def renew(self) -> None:
        """Replace the process and its pipe."""
        old, self.pool = self.pool, self._new()
        old.stop()
        Thread(target=old.join, daemon=True).start()  # this thread may be the old pool's own, which cannot wait for it


@contextmanager
def without(names: Iterable[str]) -> Iterator[None]:
    """Take variables out of the environment for the time of a `with` block."""
    removed = {name: os.environ.pop(name) for name in names if name in os.environ}
    try:
        yield
    finally:
        os.environ.update(removed)


@contextmanager
def _uninterrupted() -> Iterator[None]:
    """Keep Ctrl-C from processes that are started in a `with` block; a terminal sends it to them too.

    Their parent ends them. While they import, they would end by themselves, each with a traceback on the terminal.
    """
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _memory() -> int:
    return os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
