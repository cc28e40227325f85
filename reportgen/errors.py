"""Every error that reportgen raises.

ReportgenError
├── SpecError            a file the author wrote is wrong; carries every problem found
├── PeriodError          the period or the comparison asked for cannot be resolved
│   └── NothingToReportYet   a running month, quarter or year begins on the day of the report
├── ConfigurationError   a token, an address or an option of the caller is missing or wrong
│   ├── SettingMissing       a variable or a file that should hold a token or an address holds nothing
│   └── UnknownName          a client or a report that is chosen is not there, or left out
├── ConnectError         the metrics API did not give a usable answer
│   ├── Unreachable          no answer: try again
│   │   ├── Disconnected         cut on the way: try again at once, on a new connection
│   │   └── TimedOut             too slow: ask for less
│   ├── Untrusted            the server's certificate is not valid: send nothing
│   ├── AuthenticationFailed 401: one of the two tokens, or the trial, or the session
│   ├── RequestRefused       another 4xx: the same request will be refused again
│   ├── ServiceFailed        5xx: the same request may succeed later
│   │   └── RateLimited          429: every request of this account waits
│   └── UnexpectedAnswer     2xx, but not what the contract says
│       └── TruncatedAnswer      it ends too early: try again once
├── OutputError          a file could not be written
│   └── WrongTemplate        a template of the page is wrong
├── RunLocked            another process works in the folder of a run
└── MissingLibrary       a system library or a font that the outputs need is not installed
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date


class ReportgenError(Exception):
    """Base of every error that reportgen raises on purpose."""


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """A problem at a place in a file.

    Attributes:
        file: Path as the caller gave it.
        line: First line is 1; 0 where the problem has no line (the file as a whole).
        column: First column is 1; 0 where the problem has no column.
        place: Path inside the document, such as `sections.0.blocks.2.width`; may be empty.
        message: The fault, the value, and what to write instead.
    """

    file: str
    line: int
    column: int
    place: str
    message: str

    def __str__(self) -> str:
        """Return `file:line:column: place: message`, as compilers print it, without a line or column that is 0."""
        position = ":".join(map(str, filter(None, (self.file, self.line, self.column))))
        return f"{position}: {self.place}: {self.message}" if self.place else f"{position}: {self.message}"


class SpecError(ReportgenError):
    """A spec, client, fleet, answers or payload file is wrong.

    Attributes:
        problems: Every problem found, in file and line order; never empty.
    """

    def __init__(self, problems: Iterable[Problem]) -> None:
        """Sort the problems and join their lines as the message."""
        self.problems: tuple[Problem, ...] = tuple(sorted(set(problems)))
        super().__init__("\n".join(str(problem) for problem in self.problems))


class PeriodError(ReportgenError):
    """A period or a comparison cannot be turned into dates."""


class NothingToReportYet(PeriodError):  # noqa: N818 - see SettingMissing
    """No day of a running month, quarter or year is over: it begins on the day of the report.

    Attributes:
        word: The word of the period, such as `month_to_date`.
        day: The day of the report.
    """

    def __init__(self, message: str, word: str, day: date) -> None:
        """Keep the word and the day."""
        super().__init__(message)
        self.word = word
        self.day = day


class ConfigurationError(ReportgenError):
    """A token, an address or an option is missing or wrong."""


class SettingMissing(ConfigurationError):  # noqa: N818 - the name says what happened
    """A variable of the environment or a file that should hold a token, a secret or an address holds nothing."""


class UnknownName(ConfigurationError):  # noqa: N818 - see SettingMissing
    """A client or a report that the caller chose by its name is not there, or is left out."""


class ConnectError(ReportgenError):
    """The metrics API did not give a usable answer."""


class Unreachable(ConnectError):  # noqa: N818 - the name says what happened, as httpx's names do
    """No answer came: the connection was refused, or nobody took it."""


class Disconnected(Unreachable):
    """The connection was cut before the whole answer had come."""


class TimedOut(Unreachable):
    """The whole answer did not come in time."""


class Untrusted(ConnectError):  # noqa: N818 - see Unreachable
    """The server did not prove its identity, so nothing was sent."""


class AuthenticationFailed(ConnectError):  # noqa: N818 - see Unreachable
    """The API answered 401. Only its message has the cause.

    Attributes:
        concerns_account: Whether the account's own token was refused, and not only a customer's;
            None where that is not known.
    """

    def __init__(self, message: str, *, concerns_account: bool | None = None) -> None:
        """Keep whether it concerns the account."""
        super().__init__(message)
        self.concerns_account = concerns_account


class RequestRefused(ConnectError):  # noqa: N818 - see Unreachable
    """The API refused the request (4xx); sending it again unchanged will not help.

    Attributes:
        status: The HTTP status.
    """

    def __init__(self, message: str, status: int) -> None:
        """Keep the status."""
        super().__init__(message)
        self.status = status


class ServiceFailed(ConnectError):  # noqa: N818 - see Unreachable
    """The API failed (5xx) or asked to come back; the same request may succeed later.

    Attributes:
        status: The HTTP status.
        retry_after: Seconds that the API asked to wait; None where it gave none.
    """

    def __init__(self, message: str, status: int, retry_after: float | None = None) -> None:
        """Keep the status and the wait."""
        super().__init__(message)
        self.status = status
        self.retry_after = retry_after


class RateLimited(ServiceFailed):
    """The API answered 429: this account asks too often."""


class UnexpectedAnswer(ConnectError):  # noqa: N818 - see Unreachable
    """The API answered 2xx with something that its contract does not describe."""


class TruncatedAnswer(UnexpectedAnswer):
    """The JSON of an answer ends too early; it may have been cut on the way."""


class OutputError(ReportgenError):
    """A file could not be written or read back."""


class WrongTemplate(OutputError):  # noqa: N818 - see Unreachable
    """A template of the page is wrong.

    Attributes:
        problem: The fault with the template's file and line.
    """

    def __init__(self, problem: Problem) -> None:
        """Keep the problem, and its text as the message."""
        self.problem = problem
        super().__init__(str(problem))


class MissingLibrary(ReportgenError):  # noqa: N818 - see Unreachable
    """A system library or a font that an output needs is not installed."""


class RunLocked(ReportgenError):  # noqa: N818 - see Unreachable
    """Another process works in the same folder."""
