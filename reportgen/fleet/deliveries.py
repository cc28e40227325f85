"""Delivery of finished reports to their readers, at most once on each channel, with a receipt in the journal."""

from __future__ import annotations

import time
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from reportgen.errors import ConfigurationError
from reportgen.fleet.approvals import Approvals
from reportgen.fleet.contact_sheet import write_outcome
from reportgen.fleet.delivery_channels import addresses_of, channels_of, check_channels, parcels_of
from reportgen.fleet.delivery_receipts import ADDRESSED, Deliveries, readers_of
from reportgen.fleet.delivery_rules import Delivery, DeliveryOutcome, DeliveryRules, DeliveryState
from reportgen.fleet.delivery_sending import Sender
from reportgen.fleet.journal import Journal, locked, read_events
from reportgen.fleet.mail_server import mailbox
from reportgen.fleet.parcels import Dispatch
from reportgen.fleet.run_folders import fleet_file, root_of
from reportgen.fleet.run_results import faults_of_files, plan_in, results_of
from reportgen.logs import stage
from reportgen.spec.recipients import read_recipients

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping, Sequence
    from os import PathLike

    from reportgen.fleet.parcels import Channel
    from reportgen.fleet.run_records import ReportResult
    from reportgen.spec.recipients import Recipients

UNDELIVERED: tuple[DeliveryState, ...] = ("failed", "unknown", "unready", "renamed")
"""States of parcels that should have gone out and have not, as far as is known."""

_EVENTS: dict[DeliveryState, str] = {
    "failed": "undelivered",
    "withheld": "withheld",
    "revised": "revised",
    "renamed": "renamed",
}
"""State of a parcel that is not sent -> its event."""

_FIRST_PAUSE, _LONGEST_PAUSE = 5.0, 900.0  # seconds; servers that ask unknown senders to wait do so for minutes


@dataclass(frozen=True, slots=True)
class DeliveryOptions:
    """The options of a delivery; see `deliver`."""

    again: bool = False
    retry_seconds: float = 0.0
    test_reader: str = ""
    dry_run: bool = False
    wait: Callable[[float], None] = time.sleep


def deliver(  # noqa: PLR0913 - each is an option of the command
    folder: Path,
    *,
    fleet: str | PathLike[str] | None = None,
    only: Collection[str] | None = None,
    again: bool = False,
    retry_seconds: float = 0.0,
    test_reader: str = "",
    dry_run: bool = False,
    wait: Callable[[float], None] = time.sleep,
    on_outcome: Callable[[DeliveryOutcome], None] | None = None,
) -> dict[DeliveryState, int]:
    """Deliver the reports of a run that may be sent and were not delivered yet.

    The readers are read from the fleet's files as they are now: a report without a reader stays, and a parcel that
    cannot be sent holds no other back. The report's JSON is for staff and is not sent. A delivery that was cut off may
    have arrived, so it is not repeated.

    Args:
        folder: Of the run.
        fleet: The fleet file; None is the fleet file that the run was made from.
        only: Keys of the reports to deliver; None is all.
        again: Whether a report is sent that was made anew since it was delivered, or whose client may be renamed.
        retry_seconds: How long parcels that certainly did not arrive, and may go later, are tried again, with longer
            and longer pauses; 0 tries each once.
        test_reader: An address of e-mail that gets the letters in place of their readers, without receipts, also of
            reports that were sent or wait for approval; empty sends them to their readers.
        dry_run: Whether all is looked at and nothing is sent.
        wait: Waits so many seconds.
        on_outcome: Called with the outcome of each parcel, once all of them are done.

    Returns:
        The number of parcels by state. Those of `UNDELIVERED` are for a person to look at.

    Raises:
        ConfigurationError: The fleet file is not there or has no delivery, or a server, a secret or the text of
            letters is missing.
        SpecError: The fleet file is wrong.
        RunLocked, OutputError: See `run_fleet`.
    """
    options = DeliveryOptions(again, retry_seconds, _tester(test_reader), dry_run, wait)
    file = Path(fleet) if fleet else _fleet_of(folder)
    recipients = read_recipients(file)
    root = root_of(folder)
    if recipients.fleet.deliver is None:
        raise ConfigurationError(
            f"{file}: has no deliver:, so nobody is sent anything; add it, or take the files from {root}"
        )
    with locked(root):
        reports = results_of(folder).reports
        chosen = frozenset(report.key for report in reports if only is None or report.key in only)
        check_channels(recipients.fleet, file, {report.locale for report in reports if report.key in chosen})
        call = _Call(folder, root, channels_of(recipients.fleet, file), recipients, chosen, options)
        outcomes = call.deliver(reports)
    if on_outcome:
        for outcome in outcomes:
            on_outcome(outcome)
    return dict(Counter(outcome.state for outcome in outcomes))


def _tester(address: str) -> str:
    """Return the address of a tester with its domain in ASCII.

    Raises:
        ConfigurationError: It is none.
    """
    try:
        return mailbox(address) if address else ""
    except ValueError as error:
        raise ConfigurationError(f"--test: {error}") from error


def _fleet_of(folder: Path) -> Path:
    """Return the fleet file that a run was made from.

    Raises:
        ConfigurationError: It is not there.
    """
    file = fleet_file(folder, plan_in(folder).fleet)
    if not file.is_file():
        raise ConfigurationError(
            f"{folder}: its fleet file {file} is not there; name it: reportgen deliver --fleet FILE {folder}"
        )
    return file


@dataclass(frozen=True, slots=True)
class _Call:
    """A call of `deliver`.

    Attributes:
        folder: Of the run.
        root: The folder that paths of files start from.
        channels: Of the fleet, as they are now.
        recipients: The clients as they are now.
        chosen: Keys of the reports to deliver.
        options: See `deliver`.
    """

    folder: Path
    root: Path
    channels: Sequence[Channel]
    recipients: Recipients
    chosen: frozenset[str]
    options: DeliveryOptions

    def deliver(self, reports: Sequence[ReportResult]) -> list[DeliveryOutcome]:
        """Send the parcels that may be sent, and write the outcome of each parcel to the journal."""
        options, events = self.options, read_events(self.folder)
        changed = faults_of_files(results_of(self.folder), self.root)
        before, is_test = Deliveries(events), bool(options.test_reader)
        rules = DeliveryRules(self.recipients, before, Approvals(events), changed, again=options.again, is_test=is_test)
        current = [self._readdressed(report) for report in reports]
        parcels = (parcel for report in current for parcel in parcels_of(self.channels, report, report.files))
        deliveries = [each for each in rules.decided(parcels) if each.parcel.report.key in self.chosen]
        if not options.dry_run:
            self._send(deliveries, current, rules, readers_of(events))
        return [delivery.outcome for delivery in deliveries]

    def _send(
        self,
        deliveries: Sequence[Delivery],
        reports: Sequence[ReportResult],
        rules: DeliveryRules,
        readers: Mapping[str, tuple[str, ...]],
    ) -> None:
        """Send the parcels without a state; a test leaves nothing in the journal."""
        journal = None if self.options.test_reader else Journal(self.folder)
        dispatch = Dispatch(self.root, test_reader=self.options.test_reader)
        sender = Sender(journal, dispatch, rules.accounts)
        try:
            if journal:
                self._write_readers(journal, reports, readers)
            for delivery in (delivery for delivery in deliveries if delivery.state):
                _record_unsent(delivery, sender, rules.before)
            self._send_until(sender, dispatch, [delivery for delivery in deliveries if delivery.state is None])
        finally:
            dispatch.connections.close()
            if journal:
                journal.close()
                write_outcome(self.folder)

    def _send_until(self, sender: Sender, dispatch: Dispatch, deliveries: Sequence[Delivery]) -> None:
        """Send parcels; try those again that may go later, with pauses that grow, until the time is over."""
        later, pause, left = sender.send(deliveries), _FIRST_PAUSE, self.options.retry_seconds
        while later and left > 0:
            pause = min(pause, left, _LONGEST_PAUSE)
            self.options.wait(pause)
            left -= pause
            pause *= 2
            dispatch.connections.try_again()
            later = sender.send(later)

    def _write_readers(
        self, journal: Journal, reports: Sequence[ReportResult], readers: Mapping[str, tuple[str, ...]]
    ) -> None:
        """Write the addresses of reports whose readers are others than the run knows."""
        for report in reports:
            is_known = self.recipients.client(report.client, report.spec, report.client_id) is not None
            current = addresses_of(self.channels, report)
            if report.key in self.chosen and is_known and current != readers.get(report.key, report.to):
                journal.append(ADDRESSED, report.key, readers=list(current))

    def _readdressed(self, report: ReportResult) -> ReportResult:
        """Return a report with the current name, address and lasting id of its client."""
        client = self.recipients.client(report.client, report.spec, report.client_id)
        if client is None:
            return report
        now = {"client.name": client.name, "client.email": client.email or ""}
        changes = {"variables": {**report.variables, **now}, "client_id": client.lasting_id}
        return report.model_copy(update=changes)


def _record_unsent(delivery: Delivery, sender: Sender, before: Deliveries) -> None:
    """Log a parcel that is not sent, and write why; a reason that the journal has already is not written again."""
    report, outcome = delivery.parcel.report, delivery.outcome
    with stage("deliver", report.client, report.spec) as fields:
        fields.update(state=outcome.state, to=outcome.to.partition("?")[0], reason=outcome.reason)
    event, last = _EVENTS.get(outcome.state), before.last(delivery.parcel)
    if event and (last.get("event"), last.get("reason")) != (event, outcome.reason):
        sender.record(event, delivery.parcel, outcome.reason)
