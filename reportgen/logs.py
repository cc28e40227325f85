"""The log of the library: lines of stages and requests, with the report that they belong to.

All go to the logger `reportgen`, which nothing here configures. Their fields are attributes of the log record:
`event`, `client`, `spec`, and more by event, such as `seconds`. No token, secret or query of an address is among them.
"""

from __future__ import annotations

import logging
import time
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

LOGGER = logging.getLogger("reportgen")

_report: ContextVar[tuple[str, str]] = ContextVar("report", default=("", ""))
_collected: ContextVar[list[StageTime] | None] = ContextVar("collected", default=None)


@dataclass(frozen=True, slots=True)
class StageTime:
    """The time of a finished stage.

    Attributes:
        event: The stage, such as `render`.
        seconds: How long it took.
        fields: More fields of its line, such as the format.
    """

    event: str
    seconds: float
    fields: dict[str, str]


@contextmanager
def stage(event: str, client: str, spec: str, **fields: str) -> Iterator[dict[str, str]]:
    """Log the time of a `with` block when it ends; all lines within belong to the report.

    Args:
        event: The stage.
        client: Slug of the client; empty where there is none.
        spec: Slug of the spec.
        fields: More fields of the line.

    Yields:
        The fields, to which those may be added that are known at the end.
    """
    before = _report.set((client, spec))
    started = time.perf_counter()
    try:
        yield fields
        done = StageTime(event, round(time.perf_counter() - started, 3), fields)
        if (collected := _collected.get()) is None:
            log_stage(done, client, spec)
        else:
            collected.append(done)
    finally:
        _report.reset(before)


def log_stage(done: StageTime, client: str, spec: str) -> None:
    """Log a finished stage of a report."""
    text = " ".join(filter(None, (f"{_named(client, spec)}{done.event}", *done.fields.values())))
    extra = {"event": done.event, "client": client, "spec": spec, "seconds": done.seconds, **done.fields}
    LOGGER.info("%s (%.2f s)", text, done.seconds, extra=extra)


@contextmanager
def collected_stages() -> Iterator[list[StageTime]]:
    """Yield a list that receives the stages of a `with` block, which are not logged: a worker has no log."""
    stages: list[StageTime] = []
    before = _collected.set(stages)
    try:
        yield stages
    finally:
        _collected.reset(before)


def log_request(method: str, path: str, status: int | str, seconds: float, metrics: int | None = None) -> None:
    """Log a request, for developers.

    Args:
        method: HTTP method.
        path: Path of the endpoint, without its query; of a foreign address, which may be secret, its purpose.
        status: HTTP status, or the class of the error.
        seconds: How long it took.
        metrics: Number of metrics asked for; None where it asks for none.
    """
    client, spec = _report.get()
    count = "" if metrics is None else f", metrics: {metrics}"
    fields = {"method": method, "path": path, "status": status, "seconds": round(seconds, 3), "metrics": metrics}
    extra = {"event": "request", "client": client, "spec": spec, **fields}
    LOGGER.debug("%s%s %s: %s%s (%.2f s)", _named(client, spec), method, path, status, count, seconds, extra=extra)


def _named(client: str, spec: str) -> str:
    name = "/".join(filter(None, (client, spec)))
    return f"{name}: " if name else ""
