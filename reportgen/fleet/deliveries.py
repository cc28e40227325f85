"""Finished reports to their readers, each at most once on each channel, with a receipt in the journal."""

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
from reportgen.spec.recipients import read_recipients

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping
    from os import PathLike

    from reportgen.fleet.delivery_channels import Parcel
    from reportgen.fleet.journal import Event
    from reportgen.fleet.run_records import ReportResult
    from reportgen.spec.recipients import Recipients

Delivery: TypeAlias = Literal[
    "delivered",
    "failed",  # it should have gone out and did not; tried again by the next call
    "unready",  # its report may not be sent as it is, or is not made
    "withheld",  # the fleet's files say that nobody gets it any more
    "before",  # it was delivered by an earlier call
    "unknown",  # it was cut off, and may have arrived
    "revised",  # it was delivered before, and made anew since
    "planned",  # it would be sent, if this were no dry run
]
"""What becomes of a parcel: see `deliver`."""

OWED: tuple[Delivery, ...] = ("failed", "unknown", "unready")
"""Ends after which something that should have gone out has not, as far as anybody knows."""

_EVENTS: dict[Delivery, str] = {"failed": "undelivered", "withheld": "withheld", "revised": "revised"}
_UNKNOWN = "a crash or a lost connection cut it off, so it may have arrived; ask before it is sent by hand"
_AS_BEFORE: dict[str | None, tuple[Delivery, str]] = {"before": ("before", ""), "unknown": ("unknown", _UNKNOWN)}
_REVISED = "the report was made anew after it was delivered; `reportgen deliver --resend` sends it"


class DeliveryOutcome(NamedTuple):
    """What became of a parcel.

    Attributes:
        report: Client and spec.
        to: The channel in words.
        state: See `deliver`.
        reason: Why it did not go out; empty where it did.
    """

    report: str
    to: str
    state: Delivery
    reason: str = ""


def deliver(  # noqa: PLR0913 - each is one option of the command
    folder: Path,
    *,
    fleet: str | PathLike[str] | None = None,
    only: Collection[str] | None = None,
    again: bool = False,
    dry_run: bool = False,
    told: Callable[[DeliveryOutcome], None] | None = None,
) -> dict[Delivery, int]:
    """Deliver what a run has made and may be sent, and was not delivered yet.

    Where to is read from the fleet's files as they are now: what has no reader any more stays, and what one parcel
    lacks keeps no other back. The report's JSON is for staff and is not sent. A delivery that was cut off may have
    arrived, so it is not repeated.

    Args:
        folder: Of the run.
        fleet: The fleet file; None is the one that the run was made from.
        only: Keys of the reports that this call is about; None is all.
        again: Whether a report is sent that was made anew since it was delivered.
        dry_run: Whether all is looked at and nothing is sent.
        told: Called with what became of each parcel, once all of them are done.

    Returns:
        How many parcels ended how; see `Delivery`. Those of `OWED` are for a person to look at.

    Raises:
        ConfigurationError: The fleet file is not there or says of no delivery, or a server, a secret or the text of
            letters is missing.
        SpecError: The fleet file is wrong.
        RunLocked, OutputError: See `run_fleet`.
    """
    file = Path(fleet) if fleet else _fleet_of(folder)
    recipients = read_recipients(file)
    root = root_of(folder)
    if recipients.fleet.deliver is None:
        message = f"{file}: has no deliver:, so nobody is sent anything; add it, or take the files from {root}"
        raise ConfigurationError(message)
    with locked(root):
        results = results_of(folder)
        chosen = [one for one in results.reports if only is None or one.key in only]
        check_channels(recipients.fleet, file, {one.locale for one in chosen})
        changed = {key: f"{path} {said}" for key, path, said in changed_files(results, root)}
        desk = _Desk(file, root, recipients, changed, Deliveries(read_events(folder)), again=again, dry_run=dry_run)
        outcomes = desk.deliver(folder, chosen)
    for outcome in outcomes:
        if told:
            told(outcome)
    return dict(Counter(outcome.state for outcome in outcomes))


def _fleet_of(folder: Path) -> Path:
    """Return the fleet file that a run was made from.

    Raises:
        ConfigurationError: It is not there.
    """
    file = fleet_file(folder, plan_in(folder).fleet)
    if not file.is_file():
        message = f"{folder}: its fleet file {file} is not there; name it: reportgen deliver --fleet FILE {folder}"
        raise ConfigurationError(message)
    return file


@dataclass(frozen=True, slots=True)
class _Desk:
    """Where the parcels of one call are looked at and sent.

    Attributes:
        file: The fleet file.
        root: Under which files are.
        recipients: Who gets what now.
        changed: What is wrong with the files of reports, by their keys.
        before: What earlier calls have sent.
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
        """Send what may be sent, and keep in the journal what became of each parcel."""
        journal = Journal(folder)
        try:
            return [
                self._settled(report, parcel, journal)
                for report in reports
                for parcel in parcels_of(self.recipients.fleet, self.file, self._readdressed(report), report.files)
            ]
        finally:
            journal.close()
            if not self.dry_run:
                write_results(folder)
                write_contact_sheet(folder)

    def _readdressed(self, report: ReportResult) -> ReportResult:
        """Return a report with the name and the address that its client has now."""
        client = self.recipients.client(report.client, report.spec)
        if client is None:
            return report
        now = {"client.name": client.name, "client.email": client.email or ""}
        return report.model_copy(update={"variables": {**report.variables, **now}})

    def _settled(self, report: ReportResult, parcel: Parcel, journal: Journal) -> DeliveryOutcome:
        """Send a parcel, or keep why not; a reason that the journal has already is not written again."""
        held = self._held(report, parcel)
        state, reason = held or self._sent(report, parcel, journal)
        event = _EVENTS.get(state) if held else None
        if event and not self.dry_run and not self.before.is_known(parcel, event, reason):
            self._keep(journal, event, report, parcel, reason=reason)
        return DeliveryOutcome(f"{report.client}/{report.spec}", parcel.address, state, reason)

    def _held(self, report: ReportResult, parcel: Parcel) -> tuple[Delivery, str] | None:
        """Return what becomes of a parcel that is not sent, and why; None where it is."""
        if report.state not in self.recipients.fleet.accepted:
            return "unready", f"is {report.state.replace('_', ' ')}{f': {report.reason}' if report.reason else ''}"
        known = self.before.state(parcel, again=self.again)
        if known in _AS_BEFORE:
            return _AS_BEFORE[known]
        if (hindrance := self._hindrance(report, parcel)) or known:
            return hindrance or ("revised", _REVISED)
        return ("planned", "") if self.dry_run else None

    def _hindrance(self, report: ReportResult, parcel: Parcel) -> tuple[Delivery, str] | None:
        """Return why a parcel cannot go out; None where it can."""
        whose = (report.client, report.spec)
        if self.recipients.client(*whose) is None:
            why = self.recipients.why_none(*whose)
            return ("failed", f"withheld: {why}") if self.recipients.is_unreadable(*whose) else ("withheld", why)
        if wrong := self.changed.get(report.key):
            return "failed", f"{wrong}; `reportgen verify` and then `run` make it anew"
        if not parcel.files:
            return "failed", f"the report's formats ({', '.join(report.formats)}) made no file that goes this way"
        try:
            check(parcel)
        except Exception as error:  # noqa: BLE001 - whatever one parcel lacks keeps no other back
            return "failed", why_not_sent(parcel, error)
        return None

    def _sent(self, report: ReportResult, parcel: Parcel, journal: Journal) -> tuple[Delivery, str]:
        """Send one parcel between two lines of the journal."""
        self._keep(journal, "delivering", report, parcel)
        content = report.as_json()
        told = {name: content.get(name) for name in ("key", "client", "spec", "period", "state", "files", "pages")}
        try:
            send(parcel, self.root, told)
        except Uncertain as error:
            reason = why_not_sent(parcel, error)
            self._keep(journal, "uncertain", report, parcel, reason=reason)
            return "unknown", reason
        except Exception as error:  # noqa: BLE001 - a defect in one parcel's way costs that parcel, and is told
            reason = why_not_sent(parcel, error)
            self._keep(journal, "undelivered", report, parcel, reason=reason)
            return "failed", reason
        self._keep(journal, "delivered", report, parcel)
        return "delivered", ""

    def _keep(self, journal: Journal, event: str, report: ReportResult, parcel: Parcel, **more: str) -> None:
        """Write an event of a parcel, and know it from now on: two channels may lead to the same address."""
        facts: Event = {
            "receipt": parcel.receipt,
            "to": parcel.address,
            "of": parcel.of,
            "channel": parcel.place,
            **more,
        }
        journal.append(event, report.key, **facts)
        self.before.add({"event": event, "job": report.key, **facts})
