"""Every error that reportgen raises.

ReportgenError
├── SpecError            a file the author wrote is wrong; carries every problem found
├── PeriodError          the period or the comparison asked for cannot be resolved
├── ConfigurationError   a token, an address or an option of the caller is missing or wrong
├── ConnectError         the metrics API did not give a usable answer
│   ├── Unreachable          no answer: refused, reset, timed out
│   ├── AuthenticationFailed 401: one of the two tokens, or the trial, or the session
│   ├── RequestRefused       another 4xx: the same request will be refused again
│   ├── ServiceFailed        5xx, or 429: the same request may succeed later
│   └── UnexpectedAnswer     2xx, but not what the contract says
├── OutputError          a file could not be written
└── MissingLibrary       a system library or a font that the outputs need is not installed
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable


class ReportgenError(Exception):
    """Base of every error that reportgen raises on purpose."""


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """One thing that is wrong in one place of a file.

    Attributes:
        file: Path as the caller gave it.
        line: First line is 1; 0 where the problem has no line (the file as a whole).
        column: First column is 1; 0 where the problem has no column.
        place: Path inside the document, such as `sections.0.blocks.2.width`; may be empty.
        message: What is wrong with which value, and what to write instead.
    """

    file: str
    line: int
    column: int
    place: str
    message: str

    def __str__(self) -> str:
        """Return `file:line:column: place: message`, as compilers print it."""
        position = f"{self.file}:{self.line}:{self.column}" if self.line else self.file
        return f"{position}: {self.place}: {self.message}" if self.place else f"{position}: {self.message}"


class SpecError(ReportgenError):
    """A spec, client, fleet, answers or payload file is wrong.

    Attributes:
        problems: Every problem found, in file and line order; never empty.
    """

    def __init__(self, problems: Iterable[Problem]) -> None:
        """Sort the problems and join them, one a line, as the message."""
        self.problems: tuple[Problem, ...] = tuple(sorted(set(problems)))
        super().__init__("\n".join(str(problem) for problem in self.problems))


class PeriodError(ReportgenError):
    """A period or a comparison cannot be turned into dates."""


class ConfigurationError(ReportgenError):
    """A token, an address or an option is missing or wrong."""


class ConnectError(ReportgenError):
    """The metrics API did not give a usable answer."""


class Unreachable(ConnectError):  # noqa: N818 - reads as what happened, like httpx's own names
    """No answer came: the connection was refused or reset, or timed out."""


class AuthenticationFailed(ConnectError):  # noqa: N818 - see Unreachable
    """The API answered 401. Only its message tells which of the causes it is."""


class RequestRefused(ConnectError):  # noqa: N818 - see Unreachable
    """The API refused the request (4xx); sending it again unchanged will not help."""


class ServiceFailed(ConnectError):  # noqa: N818 - see Unreachable
    """The API failed (5xx) or asked to wait (429); the same request may succeed later."""


class UnexpectedAnswer(ConnectError):  # noqa: N818 - see Unreachable
    """The API answered 2xx with something that its contract does not describe."""


class OutputError(ReportgenError):
    """A file could not be written or read back."""


class MissingLibrary(ReportgenError):  # noqa: N818 - see Unreachable
    """A system library or a font that an output needs is not installed."""
