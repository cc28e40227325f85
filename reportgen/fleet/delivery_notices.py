"""The channel to a chat or a telephone: a message about a report, by Apprise. It carries no file."""

from __future__ import annotations

import logging
import re
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote

from reportgen.components.variables import Filling, live_words
from reportgen.errors import ConfigurationError, OutputError
from reportgen.fleet.delivery_errors import Uncertain
from reportgen.fleet.optional_libraries import installed_by
from reportgen.fleet.parcels import Channel
from reportgen.fleet.run_records import ReportResult
from reportgen.sentences import kept_letter
from reportgen.spec.fleet_texts import FLEET_VARIABLES

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

    from reportgen.fleet.parcels import Dispatch, Parcel
    from reportgen.fleet.run_records import PlannedReport, WrittenFile
    from reportgen.spec.delivery_spec import NotifyDelivery
    from reportgen.spec.report_spec import ReportSpec

_KEY = "deliver.to.notify.url"
_STATUS = re.compile(r"error=(\d{3})\b")
"""The status in the log of Apprise, where the service answered; without it the message may have arrived."""


@dataclass(frozen=True, slots=True)
class NoticeChannel(Channel):
    """A service for messages.

    Attributes:
        notify: As it is written.
        file: The fleet file.
    """

    notify: NotifyDelivery
    file: Path

    @property
    def is_for_staff(self) -> bool:
        """Whether the message is for staff, as an alert is."""
        return self.notify.alert is not None

    def addresses(self, report: PlannedReport) -> tuple[str, ...]:
        """Return the name of the place of the secret address; of an alert only where it holds, or nobody decided it."""
        name = f"notify {self.notify.url.env or self.notify.url.file}"
        if self.notify.alert is None:
            return (name,)
        is_met = isinstance(report, ReportResult) and report.files and report.alerts.get(self.notify.alert, True)
        return (f"{name}: {self.notify.alert}",) if is_met else ()

    def carried(self, files: Sequence[WrittenFile]) -> tuple[WrittenFile, ...]:
        """Return all files: a message tells of them, though it carries none."""
        return tuple(files)

    def check(self, _locales: Iterable[str], _specs: Sequence[ReportSpec] = ()) -> None:
        """Refuse a service without a usable address.

        Raises:
            ConfigurationError: The address is missing, or no service has such addresses.
            MissingLibrary: Apprise is not installed.
        """
        self._service()

    def check_parcels(self, parcels: Sequence[Parcel]) -> None:
        """Refuse what `check` refuses, and a message whose words or alert the run did not keep.

        Raises:
            ConfigurationError: See `check`; or the run did not keep something.
        """
        self.check({parcel.report.locale for parcel in parcels})
        for report in (parcel.report for parcel in parcels if isinstance(parcel.report, ReportResult)):
            words = (word.text for word in live_words(self.notify.text, FLEET_VARIABLES))
            lacking = next((f"{{{word}}}" for word in words if word not in report.variables), None)
            if self.notify.alert and self.notify.alert not in report.alerts:
                lacking = self.notify.alert
            if lacking and report.files:
                raise ConfigurationError(
                    f"{self.file}: deliver.to.notify: the run did not keep {lacking}; run it again"
                )

    def send(self, parcels: Sequence[Parcel], _dispatch: Dispatch) -> Mapping[str, OutputError]:
        """Send a message about each report.

        Raises:
            OutputError: The service refuses it.
            Uncertain: The service did not answer.
        """
        service = self._service()
        for parcel in parcels:
            text = Filling(parcel.report.variables)(self.notify.text, kept_letter) or parcel.report.title
            with _heard() as lines:
                is_sent = service.notify(body=text)
            if is_sent:
                continue
            if status := _STATUS.search(" ".join(lines)):
                raise OutputError(f"the service answered {status[1]}")
            raise Uncertain("nobody knows whether the message arrived: the service did not answer")
        return {}

    def secrets(self) -> Iterator[str]:
        """Yield the address and its parts."""
        with suppress(ConfigurationError):  # a secret that cannot be read cannot be shown
            url = self.notify.url.read(self.file, _KEY).get_secret_value()
            yield url
            for part in re.split(r"[/@:?&=]+", url.partition("://")[2]):
                if len(part) > 3:  # noqa: PLR2004 - a shorter part would hide ordinary words
                    yield from (part, unquote(part))

    def _service(self) -> Any:  # noqa: ANN401 - the library has no types
        with installed_by("notify", "notify:"):
            from apprise import Apprise
        with _heard():
            service = Apprise()
            is_known = service.add(self.notify.url.read(self.file, _KEY).get_secret_value())
        if not is_known:
            raise ConfigurationError(
                f"{self.file}: {_KEY}: what {self.notify.url.words} holds is the address of no service of Apprise"
            )
        return service


class _Lines(logging.Handler):
    """A handler that keeps the lines of a log."""

    def __init__(self) -> None:
        super().__init__()
        self.lines: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.lines.append(record.getMessage())


@contextmanager
def _heard() -> Iterator[list[str]]:
    """Yield the lines that Apprise logs in a `with` block; they repeat secret addresses, so nobody else gets them."""
    logger, handler = logging.getLogger("apprise"), _Lines()
    before = logger.propagate
    logger.propagate = False
    logger.addHandler(handler)
    try:
        yield handler.lines
    finally:
        logger.removeHandler(handler)
        logger.propagate = before
