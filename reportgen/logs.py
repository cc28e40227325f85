"""The log of the library: lines of stages and requests, with the report that they belong to.

All go to the logger `reportgen`, which nothing here configures. Their fields are attributes of the log record:
`event`, `client`, `spec`, and more by event, such as `seconds`. No token, secret or query of an address is among them.
"""

from __future__ import annotations

import json
import logging
import time
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import UTC, datetime
from traceback import format_exception
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

LOGGER = logging.getLogger("reportgen")

_OF_EVERY_RECORD = frozenset({*vars(logging.makeLogRecord({})), "message", "asctime", "taskName"})

_report: ContextVar[tuple[str, str]] = ContextVar("report", default=("", ""))
_collected: ContextVar[list[StageTime] | None] = ContextVar("collected", default=None)


class JsonFormatter(logging.Formatter):
    """Lines of a log as JSON objects, with null for a `run`, `client` or `spec` that a line is not about.

    Attributes:
        run: Name of the run that the lines are about; empty where there is none.
    """

    def __init__(self) -> None:
        """Format lines that are about no run."""
        super().__init__()
        self.run = ""

    def format(self, record: logging.LogRecord) -> str:
        """Return a line of the log as a JSON object."""
        own = {
            name: value for name, value in vars(record).items() if name not in _OF_EVERY_RECORD and value is not None
        }
        line = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "event": own.pop("event", "message"),
            "run": self.run or None,
            "client": own.pop("client", None) or None,
            "spec": own.pop("spec", None) or None,
            "message": record.getMessage(),
            **own,
        }
        return json.dumps(line, ensure_ascii=False, default=str)


def chosen_formatter() -> logging.Formatter | None:
    """Return the format of the log's lines that a program has chosen; None where it has chosen none."""
    return next((handler.formatter for handler in LOGGER.handlers if handler.formatter), None)


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


def log_defect(error: Exception, client: str, spec: str) -> None:
    """Log where an error was met that nobody expected, for developers."""
    trace = "".join(format_exception(error)).rstrip()
    LOGGER.debug("%s%s", _named(client, spec), trace, extra={"event": "defect", "client": client, "spec": spec})


def _named(client: str, spec: str) -> str:
    name = "/".join(filter(None, (client, spec)))
    return f"{name}: " if name else ""
