"""A parcel: a report for a reader on a channel of delivery; and the seam that every channel fills."""

from __future__ import annotations

from abc import ABC, abstractmethod
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from reportgen.fleet.delivery_receipts import parcel_identities, receipt_of
from reportgen.fleet.mail_connection import MailConnections
from reportgen.outputs import is_for_staff

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

    from reportgen.errors import OutputError
    from reportgen.fleet.run_records import PlannedReport, ReportResult, WrittenFile
    from reportgen.spec.report_spec import ReportSpec


@dataclass(frozen=True, slots=True)
class Dispatch:
    """The means by which the parcels of a call are sent.

    Attributes:
        root: The folder that paths of files and folders start from.
        connections: The connections to mail servers.
        test_reader: The address that letters go to in place of their readers; empty where they go to their readers.
    """

    root: Path
    connections: MailConnections = field(default_factory=MailConnections)
    test_reader: str = ""


class Channel(ABC):
    """A way to a report's readers."""

    __slots__ = ()

    @property
    def is_joint(self) -> bool:
        """Whether the reports of a client go together."""
        return False

    @property
    def is_for_staff(self) -> bool:
        """Whether it goes to staff, also where the report may not be sent to its client."""
        return False

    @abstractmethod
    def addresses(self, report: PlannedReport) -> tuple[str, ...]:
        """Return the addresses of a report's readers in words, such as `folder outbox/aurora`, without secrets."""

    def carried(self, files: Sequence[WrittenFile]) -> tuple[WrittenFile, ...]:
        """Return the files of a report that go this way: those that are not for staff."""
        return tuple(file for file in files if not is_for_staff(file.path))

    @abstractmethod
    def check(self, locales: Iterable[str], specs: Sequence[ReportSpec] = ()) -> None:
        """Refuse a channel over which nothing could be sent to any reader of these languages.

        Args:
            locales: The languages.
            specs: The specs whose numbers the texts of letters may name; with none, any name will do.
        """

    def check_parcels(self, parcels: Sequence[Parcel]) -> None:
        """Refuse parcels that cannot be sent together: all but the content of files is read as for sending."""
        self.check({parcel.report.locale for parcel in parcels})

    @abstractmethod
    def send(self, parcels: Sequence[Parcel], dispatch: Dispatch) -> Mapping[str, OutputError]:
        """Send checked parcels together; return the errors of those addresses that did not get theirs.

        Raises:
            Uncertain: They may have arrived.
            Exception: None of them did.
        """

    @abstractmethod
    def secrets(self) -> Iterator[str]:
        """Yield every text that no reason may show."""


@dataclass(frozen=True, slots=True)
class Parcel:
    """A report for a reader.

    Attributes:
        report: The report that is sent.
        channel: The channel it goes by.
        place: Number of the channel in the fleet, from 0.
        address: The reader in words; a secret address by the name of its place.
        files: The files that are carried; none where the report is not made yet.
        earlier: Receipts of the contents of the report that the reader had before.
    """

    report: PlannedReport
    channel: Channel
    place: int
    address: str
    files: tuple[WrittenFile, ...] = ()
    earlier: tuple[str, ...] = ()

    @property
    def letter(self) -> str:
        """The name of the letter that it goes in: a report's own, or that of a client's reports in a language."""
        return f"{self.report.lasting_id} {self.report.locale}" if self.channel.is_joint else self.report.key

    @property
    def identities(self) -> tuple[str, ...]:
        """The client, spec, period and address, which stay the same where the report is made anew.

        The first has the client's lasting id, the others are as receipts without it have them.
        """
        return parcel_identities(self.report, self.address)

    @property
    def identity(self) -> str:
        """The identity that new receipts are written with."""
        return self.identities[0]

    @property
    def receipt(self) -> str:
        """The id by which the journal and a receiver know it: a hash of its identity and its files."""
        return self.receipts[0]

    @property
    def receipts(self) -> tuple[str, ...]:
        """The receipts by its identities."""
        return tuple(receipt_of(identity, self.files) for identity in self.identities)

    @property
    def result(self) -> ReportResult:
        """The report with its result, which every report that is sent has.

        Raises:
            TypeError: It is only planned.
        """
        from reportgen.fleet.run_records import ReportResult

        if not isinstance(self.report, ReportResult):
            raise TypeError(f"{self.report.client_and_spec} is not made yet")
        return self.report
