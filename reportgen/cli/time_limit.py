"""The time limit of work whose time cannot be known before, such as the layout of a page."""

from __future__ import annotations

import os
import signal
import sys
from contextlib import contextmanager
from threading import Timer
from typing import TYPE_CHECKING, NoReturn

from reportgen.cli.options import ExitCode
from reportgen.errors import OutputError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import timedelta

_GRACE = 5.0  # seconds


class _LateError(BaseException):
    """The exception at the time limit. No `Exception`: the page engine goes on after exceptions of a picture."""


@contextmanager
def at_most(limit: timedelta, message: str, grace: float = _GRACE, line: str = "") -> Iterator[None]:
    """End the work of a `with` block after a length of time; in the main thread only.

    Python code ends by an exception. Where that does not come through, because native code does not return, the
    process ends a little later: files are written whole, so that none is left half done.

    Args:
        limit: How long it may take.
        message: The text of the error.
        grace: Seconds between the exception and the end of the process.
        line: The line that is printed at the end of the process; empty is the message, for people.

    Raises:
        OutputError: Time was up.
    """

    def end(_number: int, _frame: object) -> NoReturn:
        raise _LateError

    before = signal.signal(signal.SIGALRM, end)
    last = Timer(limit.total_seconds() + grace, _leave, [line or f"reportgen: {message}"])
    last.daemon = True
    last.start()
    earlier = signal.getitimer(signal.ITIMER_REAL)
    try:
        signal.setitimer(signal.ITIMER_REAL, limit.total_seconds())
        try:
            yield
        finally:
            signal.setitimer(signal.ITIMER_REAL, 0)
    except _LateError as error:
        raise OutputError(message) from error
    finally:
        last.cancel()
        signal.signal(signal.SIGALRM, before)
        signal.setitimer(signal.ITIMER_REAL, *earlier)


def _leave(line: str) -> NoReturn:
    sys.stdout.flush()
    os.write(2, f"{line}\n".encode())
    os._exit(ExitCode.FAILED)
