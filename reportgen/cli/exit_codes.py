"""Exit codes of errors: the code with which the command ends where an error or a signal ends it."""

from __future__ import annotations

import click

from reportgen.cli.options import ExitCode
from reportgen.errors import (
    AuthenticationFailed,
    ConfigurationError,
    MissingLibrary,
    PeriodError,
    ReportgenError,
    RunLocked,
    SpecError,
    UnknownName,
)


class Terminated(SystemExit):
    """The exception of SIGTERM: a SystemExit, because an event loop swallows others of a signal handler."""


_CODES: tuple[tuple[type[BaseException], ExitCode], ...] = (
    (click.ClickException, ExitCode.USAGE),
    (SpecError, ExitCode.USAGE),
    (PeriodError, ExitCode.USAGE),
    (AuthenticationFailed, ExitCode.CONFIGURATION),
    (UnknownName, ExitCode.USAGE),
    (ConfigurationError, ExitCode.CONFIGURATION),
    (RunLocked, ExitCode.LOCKED),
    (MissingLibrary, ExitCode.ENVIRONMENT),
    (ReportgenError, ExitCode.FAILED),
    (Terminated, ExitCode.TERMINATED),
    (KeyboardInterrupt, ExitCode.INTERRUPTED),
    (BrokenPipeError, ExitCode.UNREAD),
)


def exit_code_of(error: BaseException) -> ExitCode:
    """Return the exit code of an error; a defect fails."""
    return next((code for kind, code in _CODES if isinstance(error, kind)), ExitCode.FAILED)
