"""Finished reports to their readers, each at most once on each channel, with a receipt in the journal."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Literal, TypeAlias

from reportgen.errors import ConfigurationError, OutputError, ReportgenError
from reportgen.fleet.channels import Parcel, Uncertain, check, send
from reportgen.fleet.contact_sheet import write_contact_sheet
from reportgen.fleet.journal import Journal, locked, read_events
from reportgen.fleet.results import changed_files, results_of, write_results
from reportgen.outputs import is_for_staff
from reportgen.spec.loading import load_fleet

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator

    from reportgen.fleet.record import PlannedReport, ReportResult, RunResults
    from reportgen.spec.fleet import Fleet

Delivery: TypeAlias = Literal["delivered", "failed", "before", "unknown", "revised", "planned"]
"""What becomes of a parcel: see `deliver`."""


def deliver(
    folder: Path, *, only: Collection[str] | None = None, again: bool = False, dry_run: bool = False
) -> dict[Delivery, int]:
    """Deliver what a run has made and may be sent, and was not delivered yet.

    A report whose files are not as they were written goes nowhere. Its JSON is for staff and is not sent. A delivery
    that a crash cut off may have arrived, so it is not repeated.

    Args:
        folder: Of the run.
        only: Keys of the reports that this call is about; None is all.
        again: Whether a report is sent that was made anew since it was delivered.
        dry_run: Whether all is looked at and nothing is sent.

    Returns:
        How many parcels were `delivered`; `failed`, and are tried again by the next call; had been delivered
        `before`; are `unknown` because they were cut off, until someone has asked; were delivered before and are
        `revised` since; or are `planned`.

    Raises:
        ConfigurationError: The fleet says of no delivery, or a server, a secret or an address is missing.
        RunLocked, OutputError, SpecError: See `run_fleet`.
    """
    results = results_of(folder)
    file = Path(results.fleet)
    fleet = load_fleet(file)
    if fleet.deliver is None:
        message = f"{file}: has no deliver:, so nobody is sent anything; add it, or take the files from {results.root}"
        raise ConfigurationError(message)
    with locked(Path(results.root)):
        reports = [one for one in _deliverable(fleet, results) if only is None or one.key in only]
        check_all(parcels_of(fleet, file, reports))
        parcels = [(one, parcel) for one in reports for parcel in parcels_of(fleet, file, [one])]
        return _send_all(parcels, folder, Path(results.root), again=again, dry_run=dry_run)


def parcels_of(fleet: Fleet, file: Path, reports: Iterable[PlannedReport]) -> tuple[Parcel, ...]:
    """Return every report on every channel of a fleet."""
    channels = fleet.deliver.to if fleet.deliver else ()
    return tuple(Parcel(report, channel, file) for report in reports for channel in channels)


def check_all(parcels: Iterable[Parcel]) -> None:
    """Refuse parcels that cannot be sent, before anything is.

    Raises:
        ConfigurationError: With all that is missing or wrong.
    """
    problems: dict[str, None] = {}
    for parcel in parcels:
        try:
            check(parcel)
        except ReportgenError as error:
            problems[str(error)] = None
    if problems:
        raise ConfigurationError("\n".join(problems))


def _deliverable(fleet: Fleet, results: RunResults) -> Iterator[ReportResult]:
    """Yield the reports that may be sent, with their files as they were written."""
    changed = {key for key, _path, _said in changed_files(results)}
    yield from (one for one in results.reports if one.state in fleet.accepted and one.key not in changed)


def _send_all(
    parcels: Iterable[tuple[ReportResult, Parcel]], folder: Path, root: Path, *, again: bool, dry_run: bool
) -> dict[Delivery, int]:
    events = read_events(folder)
    begun = {str(event["receipt"]): str(event["event"]) for event in events if "receipt" in event}
    known = {str(event["of"]) for event in events if event["event"] == "delivered" and "of" in event}
    counts: Counter[Delivery] = Counter()
    journal = Journal(folder)
    try:
        for report, parcel in parcels:
            state = begun.get(parcel.receipt)
            if state in {"delivered", "delivering", "uncertain"}:
                counts["before" if state == "delivered" else "unknown"] += 1
            elif parcel.of in known and not again:
                counts["revised"] += 1
            elif dry_run:
                counts["planned"] += 1
            else:
                counts[_send_journalled(report, parcel, journal, root)] += 1
    finally:
        journal.close()
        if not dry_run:
            write_results(folder)
            write_contact_sheet(folder)
    return dict(counts)


def _send_journalled(report: ReportResult, parcel: Parcel, journal: Journal, root: Path) -> Delivery:
    """Send one parcel between two lines of the journal."""
    facts = {"receipt": parcel.receipt, "to": parcel.address, "of": parcel.of}
    journal.append("delivering", report.key, **facts)
    content = report.as_json()
    told = {name: content.get(name) for name in ("key", "client", "spec", "period", "state", "files", "pages")}
    try:
        send(parcel, [root / file.path for file in report.files if not is_for_staff(file.path)], root, told)
    except Uncertain as error:
        journal.append("uncertain", report.key, reason=str(error), **facts)
        return "unknown"
    except (OutputError, OSError) as error:
        journal.append("undelivered", report.key, reason=str(error), **facts)
        return "failed"
    journal.append("delivered", report.key, **facts)
    return "delivered"
