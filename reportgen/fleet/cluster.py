"""Reports rendered by the workers of a Dask cluster. The only import of distributed.

A report's JSON is sent to a worker, and its files come back; the reports of a worker that dies are rendered again
elsewhere, without harm, because only the parent writes files and it writes each once.
"""

from __future__ import annotations

import asyncio
import re
from concurrent.futures import CancelledError
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING
from urllib.parse import urlsplit
from uuid import uuid4

from reportgen.connect.network_addresses import is_loopback
from reportgen.errors import ConfigurationError, OutputError
from reportgen.fleet.engines import without
from reportgen.fleet.render_worker import render_text
from reportgen.fleet.shared_files import SharedFiles
from reportgen.logs import chosen_formatter
from reportgen.resources import program_version

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from concurrent.futures import Future

    import distributed

    from reportgen.fleet.render_worker import RenderedParts

_ADDRESS = re.compile(r"dask(\+tls)?://([^/@?#]+:\d+)/?")
_CONNECT_SECONDS = 20


class DaskEngine:
    """A Dask cluster: a running cluster, or processes of this machine for the time of a run.

    The worker of a report that takes too long is restarted by Dask's nanny, because nothing else ends a computation
    that hangs; other reports of that worker are rendered again.
    """

    def __init__(self, place: str, workers: int, seconds: float, secrets: Iterable[str] = ()) -> None:
        """Connect, or start a cluster.

        Args:
            place: `dask` for processes of this machine, `dask+tls://HOST:PORT` for a scheduler that asks for
                certificates, which Dask's own configuration names, `dask://HOST:PORT` for a scheduler of this
                machine that does not.
            workers: Number of processes that `dask` starts.
            seconds: Most that a report may take.
            secrets: Names of environment variables that no process started here may have.

        Raises:
            ConfigurationError: Dask is not installed, the place is none, it is on another machine and does not ask
                for certificates, no scheduler answers, or its workers have another version of reportgen.
        """
        self._seconds = seconds
        self._futures: set[Future[RenderedParts]] = set()
        self._held: dict[str, distributed.Future[bytes]] = {}
        self._shared = SharedFiles(self._send, self._drop)
        _format_log()
        self._cluster = _started(workers, tuple(secrets)) if place == "dask" else None
        self._client = _connected(place, self._cluster)
        _check_workers(self._client)

    @property
    def slots(self) -> int:
        """The number of threads of all workers now; at least 1, which waits for a worker to come.

        Raises:
            OutputError: The scheduler is gone.
        """
        try:
            threads: Mapping[str, int] = self._client.nthreads()
            return max(1, sum(threads.values()))
        except (OSError, TimeoutError) as error:
            raise OutputError(
                f"the Dask scheduler is gone ({error}); finished reports stay, and the next run makes the rest"
            ) from error

    def submit(
        self, client: str, text: str, formats: Sequence[str], files: Mapping[str, bytes]
    ) -> Future[RenderedParts]:
        """Return the future files of a report, rendered on a free worker, which drops them once they are here.

        Its pictures and fonts are results of tasks, which workers fetch from one another and keep.
        """
        key = f"reportgen-{uuid4()}"
        self._shared.take(files)
        held = {digest: self._held[digest] for digest in files}
        rendering = self._client.submit(render_text, client, text, tuple(formats), held, key=key, pure=False)
        # A connected client has a loop, and all of tornado's loops are asyncio's, which its types do not say.
        loop: asyncio.AbstractEventLoop = self._client.loop.asyncio_loop  # type: ignore[union-attr] # see above
        future = asyncio.run_coroutine_threadsafe(self._files(rendering), loop)
        self._futures.add(future)
        future.add_done_callback(self._futures.discard)
        future.add_done_callback(lambda _: self._shared.give_back(files))
        return future

    def is_crash(self, error: BaseException) -> bool:
        """Return whether an error stands for workers that died, one after the other, while they rendered a report."""
        from distributed import KilledWorker

        return isinstance(error, KilledWorker | CancelledError)

    def close(self) -> None:
        """Cancel unfinished reports; the workers of a running cluster stay."""
        for future in tuple(self._futures):
            future.cancel()
        self._client.close()
        if self._cluster:
            self._cluster.close()

    def _send(self, digest: str, content: bytes) -> None:
        """Have a worker keep a file; where that worker dies, another is given it again."""
        self._held[digest] = self._client.submit(bytes, content, key=f"reportgen-{digest}-{uuid4()}", pure=False)

    def _drop(self, digest: str) -> None:
        self._held.pop(digest).release()

    async def _files(self, rendering: distributed.Future[RenderedParts]) -> RenderedParts:
        """Return the files of a report; where it takes too long, its worker is restarted.

        Raises:
            TimeoutError: It took too long.
        """
        try:
            async with asyncio.timeout(self._seconds):
                parts: RenderedParts = await rendering
                return parts
        except TimeoutError:
            with suppress(OSError, CancelledError):  # the worker, or the run, ended just now
                processing: Mapping[str, Sequence[object]] = await self._client.processing()
                hanging = [worker for worker, keys in processing.items() if rendering.key in keys]
                await rendering.cancel()
                await self._client.restart_workers(hanging, raise_for_error=False)
            raise
        finally:
            rendering.release()


def _format_log() -> None:
    """Have Dask's lines of this process in the format that the log of the run has."""
    with _installed():
        from reportgen.fleet.local_cluster import format_log

    format_log(chosen_formatter())


def _started(workers: int, secrets: tuple[str, ...]) -> distributed.SpecCluster:
    with _installed():
        from reportgen.fleet.local_cluster import LocalCluster

        with without(secrets):
            return LocalCluster(workers, secrets)


def _connected(place: str, cluster: distributed.SpecCluster | None) -> distributed.Client:
    with _installed():
        import distributed

    if cluster:
        return distributed.Client(cluster, set_as_default=False)
    address = _address(place)
    if address.startswith("tls"):
        _check_certificate()
    try:
        return distributed.Client(address, timeout=_CONNECT_SECONDS, set_as_default=False)
    except (OSError, TimeoutError, TypeError, ValueError) as error:
        raise ConfigurationError(f"no Dask scheduler answers at {address}: {error}") from error


def _check_certificate() -> None:
    """Refuse a cluster with certificates where this machine has none, which Dask finds out late.

    Raises:
        ConfigurationError: There is no certificate, or its files cannot be read.
    """
    from distributed import Security

    try:
        context, reason = Security().get_connection_args("client")["ssl_context"], "none is named"
    except OSError as error:  # also ssl.SSLError: a file that is no certificate
        context, reason = None, str(error)
    if context is None:
        names = ", ".join(f"DASK_DISTRIBUTED__COMM__TLS__{name}" for name in ("CA_FILE", "CLIENT__CERT", "CLIENT__KEY"))
        raise ConfigurationError(
            f"dask+tls:// needs a certificate ({reason}): set {names}, as docs/fleets.md shows (On a cluster)"
        )


@contextmanager
def _installed() -> Iterator[None]:
    """Raise an error that names the extra where its package is missing, which is slow, and so imported late.

    Raises:
        ConfigurationError: The package is missing.
    """
    try:
        yield
    except ImportError as error:
        raise ConfigurationError(
            f"--engine dask needs Dask ({error}); run: pip install 'reportgen-connect[dask]'"
        ) from error


def _address(place: str) -> str:
    """Return a scheduler's address as Dask writes it.

    Raises:
        ConfigurationError: It is malformed, or reports could be read and changed on the way.
    """
    match = _ADDRESS.fullmatch(place)
    if not match:
        raise ConfigurationError(
            f"{place!r} is no engine; write local, dask, dask+tls://HOST:PORT or dask://localhost:PORT"
        )
    if not match[1] and not is_loopback(urlsplit(place).hostname or ""):
        raise ConfigurationError(
            f"--engine {place}: anyone who reaches a scheduler without certificates reads every report and runs code "
            f"on its workers; write dask+tls://{match[2]}, with certificates as docs/fleets.md shows (On a cluster)"
        )
    return f"{'tls' if match[1] else 'tcp'}://{match[2]}"


def _check_workers(client: distributed.Client) -> None:
    """Refuse workers with another version of reportgen, whose pages would differ."""
    here = program_version()
    versions = client.run(program_version, on_error="return")
    other = {worker: found for worker, found in versions.items() if found != here}
    if other:
        worker, found = next(iter(other.items()))
        message = f"the Dask worker {worker} has reportgen {found}, and here is {here}; install the same there"
        client.close()
        raise ConfigurationError(message)
