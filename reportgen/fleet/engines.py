"""Where reports are rendered: processes on this machine, each job in a worker that can die without harm to others."""

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

_REPORTS_A_WORKER = 100  # a process that renders grows by about 0.2 MB a PDF


class Engine(Protocol):
    """Whatever renders reports: `render_text`, somewhere else."""

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
    replaced after so many reports, and ended where a report takes too long.
    """

    def __init__(self, workers: int, seconds: float, secrets: Iterable[str] = ()) -> None:
        """Start the server of processes.

        Args:
            workers: How many at most.
            seconds: Most that one report may take.
            secrets: Names of environment variables that no worker may have.
        """
        from pebble import ProcessPool  # noqa: PLC0415 - only a fleet needs it

        context = multiprocessing.get_context("forkserver")
        context.set_forkserver_preload(list(PRELOADED))
        with _without(secrets):
            forkserver.ensure_running()
        self._seconds = seconds
        self._pool = ProcessPool(workers, max_tasks=_REPORTS_A_WORKER, initializer=isolate, context=context)

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
def _without(names: Iterable[str]) -> Iterator[None]:
    """Take variables out of the environment for the time of a `with` block."""
    kept = {name: os.environ.pop(name) for name in names if name in os.environ}
    try:
        yield
    finally:
        os.environ.update(kept)
