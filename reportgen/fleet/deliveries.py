"""Delivery of finished reports to their readers, at most once on each channel, with a receipt in the journal."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Literal, NamedTuple, TypeAlias

from reportgen.errors import ConfigurationError
from reportgen.fleet.contact_sheet import write_contact_sheet
from reportgen.fleet.delivery_channels import check, check_channels, parcels_of, send
from reportgen.fleet.delivery_receipts import Deliveries
from reportgen.fleet.journal import Journal, locked, read_events
from reportgen.fleet.run_folders import fleet_file, root_of
from reportgen.fleet.run_results import changed_files, plan_in, results_of, write_results
from reportgen.fleet.secret_redaction import why_not_sent
from reportgen.fleet.uncertain_delivery import Uncertain
from reportgen.logs import stage
from reportgen.spec.recipients import read_recipients

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping
    from os import PathLike

    from reportgen.fleet.delivery_channels import Parcel
    from reportgen.fleet.journal import Event
    from reportgen.fleet.run_records import ReportResult
    from reportgen.spec.recipients import Recipients

DeliveryState: TypeAlias = Literal[
    "delivered",
    "failed",  # it should have gone out and did not; tried again by the next call
    "unready",  # its report may not be sent as it is, or is not made
    "withheld",  # by the fleet's files nobody gets it any more
    "before",  # it was delivered by an earlier call
    "unknown",  # it was cut off, and may have arrived
    "revised",  # it was delivered before, and made anew since
    "planned",  # it would be sent, if this were no dry run
]
"""The state of a parcel after a delivery: see `deliver`."""

UNDELIVERED: tuple[DeliveryState, ...] = ("failed", "unknown", "unready")
"""States of parcels that should have gone out and have not, as far as is known."""

_EVENTS: dict[DeliveryState, str] = {"failed": "undelivered", "withheld": "withheld", "revised": "revised"}
_UNKNOWN = "a crash or a lost connection cut it off, so it may have arrived; ask before it is sent by hand"
_AS_BEFORE: dict[str | None, tuple[DeliveryState, str]] = {"before": ("before", ""), "unknown": ("unknown", _UNKNOWN)}
_REVISED = "the report was made anew after it was delivered; `reportgen deliver --resend` sends it"


class DeliveryOutcome(NamedTuple):
    """The outcome of a parcel's delivery.

    Attributes:
        report: Client and spec.
        to: The channel in words.
        state: See `deliver`.
        reason: Why it did not go out; empty where it did.
    """

    report: str
    to: str
    state: DeliveryState
    reason: str = ""


def deliver(  # noqa: PLR0913 - each is an option of the command
    folder: Path,
    *,
    fleet: str | PathLike[str] | None = None,
    only: Collection[str] | None = None,
    again: bool = False,
    dry_run: bool = False,
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
        again: Whether a report is sent that was made anew since it was delivered.
        dry_run: Whether all is looked at and nothing is sent.
        on_outcome: Called with the outcome of each parcel, once all of them are done.

    Returns:
        The number of parcels by state. Those of `UNDELIVERED` are for a person to look at.

    Raises:
        ConfigurationError: The fleet file is not there or has no delivery, or a server, a secret or the text of
            letters is missing.
        SpecError: The fleet file is wrong.
        RunLocked, OutputError: See `run_fleet`.
    """
    file = Path(fleet) if fleet else _fleet_of(folder)
    recipients = read_recipients(file)
    root = root_of(folder)
    if recipients.fleet.deliver is None:
        raise ConfigurationError(
            f"{file}: has no deliver:, so nobody is sent anything; add it, or take the files from {root}"
        )
    with locked(root):
        results = results_of(folder)
        chosen = [report for report in results.reports if only is None or report.key in only]
        check_channels(recipients.fleet, file, {report.locale for report in chosen})
        changed = {key: f"{path} {fault}" for key, path, fault in changed_files(results, root)}
        sender = _Sender(file, root, recipients, changed, Deliveries(read_events(folder)), again=again, dry_run=dry_run)
        outcomes = sender.deliver(folder, chosen)
    if on_outcome:
        for outcome in outcomes:
            on_outcome(outcome)
    return dict(Counter(outcome.state for outcome in outcomes))


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
class _Sender:
    """The sender of the parcels of a call.

    Attributes:
        file: The fleet file.
        root: The folder that paths of files start from.
        recipients: The clients and channels as they are now.
        changed: Faults of the files of reports, by their keys.
        before: Deliveries of earlier calls.
        again, dry_run: See `deliver`.
    """

    file: Path
    root: Path
    recipients: Recipients
    changed: Mapping[str, str]
    before: Deliveries
    again: bool
    dry_run: bool

    def deliver(self, folder: Path, reports: Collection[ReportResult]) -> list[DeliveryOutcome]:
        """Send the parcels that may be sent, and write the outcome of each parcel to the journal."""
        journal = Journal(folder)
        try:
            return [
                self._outcome(report, parcel, journal)
                for report in reports
                for parcel in parcels_of(self.recipients.fleet, self.file, self._readdressed(report), report.files)
            ]
        finally:
            journal.close()
            if not self.dry_run:
                write_results(folder)
                write_contact_sheet(folder)

    def _readdressed(self, report: ReportResult) -> ReportResult:
        """Return a report with the current name and address of its client."""
        client = self.recipients.client(report.client, report.spec)
        if client is None:
            return report
        now = {"client.name": client.name, "client.email": client.email or ""}
        return report.model_copy(update={"variables": {**report.variables, **now}})

    def _outcome(self, report: ReportResult, parcel: Parcel, journal: Journal) -> DeliveryOutcome:
        """Send a parcel, or write why not; a reason that the journal has already is not written again."""
        with stage("deliver", report.client, report.spec) as fields:
            unsent = self._unsent(report, parcel)
            state, reason = unsent or self._sent(report, parcel, journal)
            fields.update(state=state, to=parcel.address.partition("?")[0], reason=reason)
        event = _EVENTS.get(state) if unsent else None
        if event and not self.dry_run and not self.before.is_known(parcel, event, reason):
            self._record(journal, event, report, parcel, reason=reason)
        return DeliveryOutcome(f"{report.client}/{report.spec}", parcel.address, state, reason)

    def _unsent(self, report: ReportResult, parcel: Parcel) -> tuple[DeliveryState, str] | None:
        """Return the state of a parcel that is not to be sent, and the reason; None where it is to be sent."""
        if report.state not in self.recipients.fleet.accepted:
            return "unready", f"is {report.state.replace('_', ' ')}{f': {report.reason}' if report.reason else ''}"
        known = self.before.state(parcel, again=self.again)
        if known in _AS_BEFORE:
            return _AS_BEFORE[known]
        if (hindrance := self._hindrance(report, parcel)) or known:
            return hindrance or ("revised", _REVISED)
        return ("planned", "") if self.dry_run else None

    def _hindrance(self, report: ReportResult, parcel: Parcel) -> tuple[DeliveryState, str] | None:
        """Return the state and the reason of a parcel that cannot go out; None where it can."""
        name = (report.client, report.spec)
        if self.recipients.client(*name) is None:
            reason = self.recipients.why_none(*name)
            return ("failed", f"withheld: {reason}") if self.recipients.is_unreadable(*name) else ("withheld", reason)
        if fault := self.changed.get(report.key):
            return "failed", f"{fault}; `reportgen verify` and then `run` make it anew"
        if not parcel.files:
            return "failed", f"the report's formats ({', '.join(report.formats)}) made no file that goes this way"
        try:
            check(parcel)
        except Exception as error:  # noqa: BLE001 - a parcel that cannot be sent holds no other back
            return "failed", why_not_sent(parcel, error)
        return None

    def _sent(self, report: ReportResult, parcel: Parcel, journal: Journal) -> tuple[DeliveryState, str]:
        """Return the state and the reason of a parcel after sending it, with a line of the journal before and after."""
        self._record(journal, "delivering", report, parcel)
        content = report.as_json()
        facts = {name: content.get(name) for name in ("key", "client", "spec", "period", "state", "files", "pages")}
        try:
            send(parcel, self.root, facts)
        except Uncertain as error:
            reason = why_not_sent(parcel, error)
            self._record(journal, "uncertain", report, parcel, reason=reason)
            return "unknown", reason
        except Exception as error:  # noqa: BLE001 - a defect costs this parcel alone, and is written down
            reason = why_not_sent(parcel, error)
            self._record(journal, "undelivered", report, parcel, reason=reason)
            return "failed", reason
        self._record(journal, "delivered", report, parcel)
        return "delivered", ""

    def _record(self, journal: Journal, event: str, report: ReportResult, parcel: Parcel, **more: str) -> None:
        """Write an event of a parcel, also to the deliveries of before: two channels may lead to the same address."""
        facts: Event = {
            "receipt": parcel.receipt,
            "to": parcel.address,
            "of": parcel.identity,
            "channel": parcel.place,
            **more,
        }
        journal.append(event, report.key, **facts)
        self.before.add({"event": event, "job": report.key, **facts})
