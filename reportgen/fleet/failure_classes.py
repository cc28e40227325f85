"""Why a report is not done: the class that a scheduler can act on, and the stable name behind it."""

from __future__ import annotations

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
from reportgen.verdicts import UNMET

if TYPE_CHECKING:
    from collections.abc import Iterable

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

_EXPIRED = "W-EXPIRED"
_UNREAD = frozenset(f"W-{word.upper().replace('_', '-')}" for word in UNREAD)


class Why(NamedTuple):
    """Why a report is not done; see `ReportResult`."""

    class_: FailureClass
    code: str
    reason: str


def why_failed(error: Exception, *, crashed: bool) -> Why:
    """Return why a report could not be made.

    Args:
        error: What was raised on its way.
        crashed: Whether it stands for a process that died.
    """
    code = type(error).__name__
    if crashed:
        return Why("crash", "WorkerCrashed", f"the process that rendered it died: {error}")
    if isinstance(error, OutputError) and isinstance(error.__cause__, OSError):
        return Why("disk", code, str(error))
    if isinstance(error, TimeoutError):
        return Why("time", "TimeLimit", "rendering took longer than a report may take")
    if isinstance(error, MemoryError):
        return Why("memory", "MemoryLimit", "rendering took more memory than a report may take")
    found: FailureClass = next((kind for cause, kind in _KINDS if isinstance(error, cause)), "defect")
    return Why(found, code, str(error) or code)


def why_not_done(verdict: Verdict, cautions: Iterable[Caution]) -> Why | None:
    """Return why a report that was made is held or degraded, by what decided it; None where it is done.

    A report of which nothing could be read is held for the reason why it could not.
    """
    if verdict == "done":
        return None
    told = list(cautions)
    required = [one for one in told if one.code == UNMET]
    unread: FailureClass = "service" if verdict == "held" else "incomplete"
    decisive: tuple[tuple[FailureClass, list[Caution]], ...] = (
        ("requirement", [one for one in required if one.block]),
        ("audit", [one for one in told if one.code == AUDIT]),
        ("access", [one for one in told if one.code == _EXPIRED]),
        (unread, [one for one in told if one.code in _UNREAD]),
        ("render", [one for one in told if one.code == GLYPH]),
        ("requirement", required),
    )
    for kind, found in decisive:
        if found:
            where = f"{found[0].block}: " if found[0].block else ""
            return Why(kind, found[0].code, f"{where}{found[0].text}")
    return Why("incomplete", f"W-{verdict.upper()}", "a part of it could not be read")
