"""The reason why a report is not done: the class that a scheduler can act on, and the stable name behind it."""

from __future__ import annotations

import re
from traceback import format_exception
from typing import TYPE_CHECKING, NamedTuple

from reportgen.errors import (
    AuthenticationFailed,
    ConfigurationError,
    ConnectError,
    OutputError,
    ReportgenError,
)
from reportgen.model import UNREAD
from reportgen.outputs.audit import AUDIT, GLYPH
from reportgen.report_verdict import UNMET

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from reportgen.fleet.run_records import FailureClass
    from reportgen.model import Caution, Verdict

_KINDS: tuple[tuple[type[Exception], FailureClass], ...] = (
    (AuthenticationFailed, "access"),
    (ConfigurationError, "access"),
    (ConnectError, "service"),
    (TimeoutError, "time"),
    (MemoryError, "memory"),
    (ReportgenError, "render"),
)

_LINE_OF_OURS = re.compile(r'File "[^"]*/(reportgen/[^"]+)", line (\d+)')

_EXPIRED = "W-EXPIRED"
_UNREAD = frozenset(f"W-{word.upper().replace('_', '-')}" for word in UNREAD)


class FailureReason(NamedTuple):
    """The reason why a report is not done; see `ReportResult`."""

    class_: FailureClass
    code: str
    reason: str


def why_failed(error: Exception, *, crashed: bool) -> FailureReason:
    """Return the reason why a report could not be made.

    Args:
        error: The error that was raised for it.
        crashed: Whether it stands for a process that died.
    """
    code = type(error).__name__
    if crashed:
        return FailureReason("crash", "WorkerCrashed", f"the process that rendered it died: {error}")
    if isinstance(error, OutputError) and isinstance(error.__cause__, OSError):
        return FailureReason("disk", code, str(error))
    if isinstance(error, TimeoutError):
        return FailureReason("time", "TimeLimit", "rendering took longer than a report may take")
    if isinstance(error, MemoryError):
        return FailureReason("memory", "MemoryLimit", "rendering took more memory than a report may take")
    found: FailureClass | None = next((kind for cause, kind in _KINDS if isinstance(error, cause)), None)
    if found is None:
        return FailureReason("defect", code, f"{str(error) or code}{_place(error)}")
    return FailureReason(found, code, str(error) or code)


def _place(error: Exception) -> str:
    """Return the line of ours in which a defect was met, in brackets; empty where none of them is known."""
    told = getattr(error, "traceback", None)  # that of a worker process, as text
    lines = _LINE_OF_OURS.findall(told if isinstance(told, str) else "".join(format_exception(error)))
    return " ({}:{})".format(*lines[-1]) if lines else ""


def why_not_done(verdict: Verdict, cautions: Iterable[Caution]) -> FailureReason | None:
    """Return the reason why a finished report is held or degraded; None where it is done.

    It is the caution that decided it. A report of which nothing could be read is held for the reason why it could not.
    """
    if verdict == "done":
        return None
    unread: FailureClass = "service" if verdict == "held" else "incomplete"
    decisive: tuple[tuple[FailureClass, Callable[[Caution], bool]], ...] = (
        ("requirement", lambda caution: caution.code == UNMET and bool(caution.block)),
        ("audit", lambda caution: caution.code == AUDIT),
        ("access", lambda caution: caution.code == _EXPIRED),
        (unread, lambda caution: caution.code in _UNREAD),
        ("render", lambda caution: caution.code == GLYPH),
        ("requirement", lambda caution: caution.code == UNMET),
    )
    all_cautions = tuple(cautions)
    for kind, decides in decisive:
        if caution := next(filter(decides, all_cautions), None):
            where = f"{caution.block}: " if caution.block else ""
            return FailureReason(kind, caution.code, f"{where}{caution.text}")
    return FailureReason("incomplete", f"W-{verdict.upper()}", "a part of it could not be read")
