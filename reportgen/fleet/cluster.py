"""Reports rendered by the workers of a Dask cluster. The only door to distributed.

What travels is a report's JSON, and back its files; a worker that dies has its reports rendered again elsewhere,
which harms nobody, because only the parent writes files and it writes each once.
"""

from __future__ import annotations

import re
import threading
from concurrent.futures import CancelledError, Future, InvalidStateError
from contextlib import suppress
from functools import partial
from typing import TYPE_CHECKING
from uuid import uuid4

from reportgen.errors import ConfigurationError, OutputError
from reportgen.fleet.engines import without
from reportgen.fleet.rendering import render_text
from reportgen.resources import program_version

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    import distributed

_ADDRESS = re.compile(r"dask(\+tls)?://([^/@?#]+:\d+)/?")
_CONNECT_SECONDS = 20


class DaskEngine:
    """A Dask cluster: one that runs already, or one of this machine's own processes for the time of a run.

    A report that takes too long has its worker restarted by Dask's nanny, because nothing else ends a computation
    that hangs; other reports of that worker are rendered again.
    """

    def __init__(self, place: str, workers: int, seconds: float, secrets: Iterable[str] = ()) -> None:
        """Connect, or start a cluster.

        Args:
            place: `dask` for processes of this machine, `dask://HOST:PORT` for a scheduler, `dask+tls://HOST:PORT`
                for one that asks for certificates, which Dask's own configuration names.
            workers: How many processes `dask` starts.
            seconds: Most that one report may take.
            secrets: Names of environment variables that no process started here may have.

        Raises:
            ConfigurationError: Dask is not installed, the place is none, no scheduler answers, or its workers have
                another version of reportgen.
        """
        try:
            import distributed  # noqa: PLC0415 - an extra, and slow to import
        except ImportError as error:
            message = "--engine dask needs Dask; run: pip install 'reportgen-connect[dask]'"
            raise ConfigurationError(message) from error
        self._seconds = seconds
        self._cluster: distributed.LocalCluster | None = None
        if place == "dask":
            with without(secrets):
                self._cluster = distributed.LocalCluster(
                    n_workers=workers, threads_per_worker=1, processes=True, dashboard_address=None, host="127.0.0.1"
                )
        self._client = _connected(place, self._cluster)
        self._executor = self._client.get_executor(pure=False)
        _check_workers(self._client)

    @property
    def slots(self) -> int:
        """The threads of all workers that are there now; at least one, which waits for a worker to come.

        Raises:
            OutputError: The scheduler is gone.
        """
        try:
            threads: Mapping[str, int] = self._client.nthreads()
            return max(1, sum(threads.values()))
        except (OSError, TimeoutError) as error:
            message = f"the Dask scheduler is gone ({error}); what is made stays, and the next run makes the rest"
            raise OutputError(message) from error

    def submit(self, client: str, text: str, formats: Sequence[str]) -> Future[str]:
        """Render a report on a free worker."""
        key = f"reportgen-{uuid4()}"
        rendering: Future[str] = self._executor.submit(render_text, client, text, tuple(formats), key=key)
        limited: Future[str] = Future()
        limited.set_running_or_notify_cancel()
        limit = threading.Timer(self._seconds, self._expire, (key, rendering, limited))
        limit.daemon = True
        rendering.add_done_callback(partial(_pass_on, limited=limited, limit=limit))
        limit.start()
        return limited

    def is_crash(self, error: BaseException) -> bool:
        """Tell whether the workers that rendered a report died, one after the other."""
        from distributed import KilledWorker  # noqa: PLC0415 - see __init__

        return isinstance(error, KilledWorker | CancelledError)

    def close(self) -> None:
        """Forget what is not done; the workers of a running cluster stay."""
        self._executor.shutdown(wait=False)
        self._client.close()
        if self._cluster:
            self._cluster.close()

    def _expire(self, key: str, rendering: Future[str], limited: Future[str]) -> None:
        """End a report that takes too long, and restart the worker that hangs in it."""
        with suppress(InvalidStateError, OSError, TimeoutError, CancelledError):  # it, or the run, ended just now
            workers = [worker for worker, keys in self._client.processing().items() if key in keys]
            limited.set_exception(TimeoutError())
            rendering.cancel()
            self._client.restart_workers(workers, raise_for_error=False)


def _pass_on(rendering: Future[str], *, limited: Future[str], limit: threading.Timer) -> None:
    """Give what came of a rendering to the future that has a time limit."""
    limit.cancel()
    with suppress(InvalidStateError):  # it took too long
        if rendering.cancelled():
            limited.set_exception(CancelledError())
        elif error := rendering.exception():
            limited.set_exception(error)
        else:
            limited.set_result(rendering.result())


def _connected(place: str, cluster: distributed.LocalCluster | None) -> distributed.Client:
    """Return a client of a cluster."""
    import distributed  # noqa: PLC0415 - see DaskEngine

    if cluster:
        return distributed.Client(cluster, set_as_default=False)
    match = _ADDRESS.fullmatch(place)
    if not match:
        message = f"{place!r} is no engine; write local, dask, dask://HOST:PORT or dask+tls://HOST:PORT"
        raise ConfigurationError(message)
    address = f"{'tls' if match[1] else 'tcp'}://{match[2]}"
    try:
        return distributed.Client(address, timeout=_CONNECT_SECONDS, set_as_default=False)
    except (OSError, TimeoutError, TypeError, ValueError) as error:  # a missing certificate is a TypeError
        message = f"no Dask scheduler answers at {address}: {error}"
        raise ConfigurationError(message) from error


def _check_workers(client: distributed.Client) -> None:
    """Refuse workers with another version, whose pages would differ from those of the others."""
    here = program_version()
    versions = client.run(program_version, on_error="return")
    other = {worker: found for worker, found in versions.items() if found != here}
    if other:
        worker, found = next(iter(other.items()))
        message = f"the Dask worker {worker} has reportgen {found}, and here is {here}; install the same there"
        client.close()
        raise ConfigurationError(message)
