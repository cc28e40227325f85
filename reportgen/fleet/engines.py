"""Where reports are rendered: processes of this machine, or the workers of a Dask cluster.

An engine is a `concurrent.futures.Executor` of one function, `render_text`: JSON in, JSON with the files out.
"""

from __future__ import annotations

import multiprocessing
import os
from contextlib import contextmanager
from multiprocessing import forkserver
from typing import TYPE_CHECKING, Protocol

from reportgen.fleet.rendering import PRELOADED, isolate, render_text

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from concurrent.futures import Future

_LEAST_MEMORY = 4 << 30  # bytes of address space; what is imported alone takes more than one
_REPORTS_A_WORKER = 100  # a process that renders grows a little with each PDF


class Engine(Protocol):
    """Whatever renders reports: `render_text`, somewhere else."""

    @property
    def slots(self) -> int:
        """How many reports it renders at a time; more are not submitted."""
        ...

    def submit(self, client: str, text: str, formats: Sequence[str]) -> Future[str]:
        """Render a report; see `render_text`."""
        ...

    def is_crash(self, error: BaseException) -> bool:
        """Tell whether a job failed because its worker died, so that it is worth another try."""
        ...

    def close(self) -> None:
        """End all workers at once."""
        ...


class LocalEngine:
    """A pool of processes.

    Each is started from a server that has everything imported, none of the parent's threads and no token; it is
    replaced after so many reports, and ended where a report takes too long or its parent is gone.
    """

    def __init__(self, workers: int, seconds: float, secrets: Iterable[str] = (), memory: int | None = None) -> None:
        """Start the server of processes.

        Args:
            workers: How many at most.
            seconds: Most that one report may take.
            secrets: Names of environment variables that no worker may have.
            memory: Most bytes of address space of a worker; None is this machine's memory, shared out.
        """
        from pebble import ProcessPool  # noqa: PLC0415 - only a fleet needs it

        context = multiprocessing.get_context("forkserver")
        context.set_forkserver_preload(list(PRELOADED))
        names = tuple(secrets)
        with without(names):
            forkserver.ensure_running()
        self.slots = workers
        self._seconds = seconds
        self._pool = ProcessPool(
            workers,
            max_tasks=_REPORTS_A_WORKER,
            initializer=isolate,
            initargs=(names, memory or max(_LEAST_MEMORY, _memory() // workers)),
            context=context,
        )

    def submit(self, client: str, text: str, formats: Sequence[str]) -> Future[str]:
        """Render a report in the next free process."""
        future: Future[str] = self._pool.schedule(render_text, (client, text, tuple(formats)), timeout=self._seconds)
        return future

    def is_crash(self, error: BaseException) -> bool:
        """Tell whether a process died; one that was ended because it took too long did not."""
        from pebble import ProcessExpired  # noqa: PLC0415 - see __init__

        return isinstance(error, ProcessExpired)

    def close(self) -> None:
        """End the processes, also those at work."""
        self._pool.stop()  # type: ignore[no-untyped-call] # pebble's own
        self._pool.join()


@contextmanager
def without(names: Iterable[str]) -> Iterator[None]:
    """Take variables out of the environment for the time of a `with` block."""
    kept = {name: os.environ.pop(name) for name in names if name in os.environ}
    try:
        yield
    finally:
        os.environ.update(kept)


def _memory() -> int:
    """Return the bytes of memory of this machine."""
    return os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
