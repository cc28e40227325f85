"""A Dask cluster of this machine's own processes that no other user of it can reach. Imported by `cluster` alone.

Anyone who reaches a scheduler, a nanny or a worker runs code as its user, and a loopback address keeps no other user
of the machine away. So all of them speak TLS and ask for a certificate that is made for the run and stays in memory,
and Dask's HTTP servers, which authenticate nobody, are not started.
"""

from __future__ import annotations

import logging
import os
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import distributed

from reportgen.logs import chosen_formatter

if TYPE_CHECKING:
    from collections.abc import Iterable

_HOST = "127.0.0.1"
_ADDRESS = {"protocol": "tls://", "host": _HOST, "dashboard": False}


class _WithoutHttp:
    """A part of a cluster that opens only the port that asks for certificates."""

    def start_http_server(self, *_arguments: object, **_options: object) -> None:
        """Start no server of pages and metrics, which Dask starts even where no dashboard is wanted."""


class Scheduler(_WithoutHttp, distributed.Scheduler):
    """The scheduler of a local cluster."""


class Worker(_WithoutHttp, distributed.Worker):
    """A worker of a local cluster, without secrets, also where its nanny starts it again in the middle of a run."""

    def __init__(
        self,
        *arguments: object,
        secrets: Iterable[str] = (),
        formatter: logging.Formatter | None = None,
        **options: object,
    ) -> None:
        """Remove variables from the environment, and write the log as the run does; the rest is Dask's.

        Args:
            arguments: Of `distributed.Worker`.
            secrets: Names of the variables.
            formatter: The format of the log's lines; None is Dask's own.
            options: Of `distributed.Worker`.
        """
        for name in secrets:
            os.environ.pop(name, None)
        format_log(formatter)
        super().__init__(*arguments, **options)  # type: ignore[arg-type] # Dask's own, passed on unread


def format_log(formatter: logging.Formatter | None) -> None:
    """Have Dask write its lines on stderr in a format; where it is None they stay as they are."""
    for handler in logging.getLogger("distributed").handlers if formatter else ():
        handler.setFormatter(formatter)


class LocalCluster(distributed.SpecCluster):
    """A scheduler and workers, each a process with a nanny that starts it again where it dies."""

    def __init__(self, workers: int, secrets: Iterable[str]) -> None:
        """Start the scheduler and the workers.

        Args:
            workers: Number of workers, which share the memory of this machine out.
            secrets: Names of environment variables that no worker may have.

        Raises:
            ImportError: There is no `cryptography` to make the certificate with.
        """
        security = distributed.Security.temporary()
        # The folder that Dask shares between users may belong to another, who could put modules there.
        self._folder = TemporaryDirectory(prefix="reportgen-dask-")
        shared = {**_ADDRESS, "security": security, "local_directory": self._folder.name}
        options = {"nthreads": 1, "memory_limit": 1 / workers, "silence_logs": logging.WARNING}
        own = {"worker_class": Worker, "secrets": tuple(secrets), "formatter": chosen_formatter()}
        worker = {"cls": distributed.Nanny, "options": {**shared, **options, **own}}
        super().__init__(  # type: ignore[no-untyped-call] # Dask's own is untyped
            scheduler={"cls": Scheduler, "options": shared},
            workers=dict.fromkeys(range(workers), worker),
            security=security,
            silence_logs=logging.WARNING,
        )

    def close(self, timeout: float | None = None) -> None:
        """End the processes, and remove their folder."""
        super().close(timeout)
        self._folder.cleanup()
