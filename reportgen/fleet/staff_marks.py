"""The marks of a person in the journal of a run: reports that are approved, letters that arrived or did not."""

from __future__ import annotations

from contextlib import contextmanager
from getpass import getuser
from typing import TYPE_CHECKING, TypeVar

from reportgen.components.did_you_mean import near_word
from reportgen.errors import OutputError, UnknownName
from reportgen.fleet.approvals import APPROVED, digest_of_files
from reportgen.fleet.contact_sheet import write_outcome
from reportgen.fleet.delivery_receipts import ARRIVED, CERTAINLY_NOT, MAYBE
from reportgen.fleet.journal import Journal, locked, read_events
from reportgen.fleet.run_folders import root_of
from reportgen.fleet.run_records import PlannedReport
from reportgen.fleet.run_results import faults_of_files, plan_in, results_of

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator
    from pathlib import Path

    from reportgen.fleet.journal import Event
    from reportgen.fleet.run_records import ReportResult

_Report = TypeVar("_Report", bound=PlannedReport)


def chosen_keys(folder: Path, names: Collection[str]) -> frozenset[str]:
    """Return the keys of the reports of a run that are named.

    Args:
        folder: Of the run.
        names: Slugs of clients, or clients and specs such as `aurora/social`.

    Raises:
        UnknownName: A name is none of the run's.
    """
    return frozenset(report.key for report in _chosen(plan_in(folder).jobs, names, folder))


def approve(folder: Path, names: Collection[str] | None = None) -> tuple[str, ...]:
    """Approve reports of a run as their files are now, and return their names.

    Args:
        folder: Of the run.
        names: See `chosen_keys`; None approves every report that may be sent but for its approval.

    Raises:
        UnknownName: A name is none of the run's.
        OutputError: A report may not be sent, because it is not made, or its files are not as they were written; no
            report is approved then.
    """
    with _marking(folder) as journal:
        results = results_of(folder)
        waiting = tuple(report for report in results.reports if report.approval in {"missing", "outdated"})
        sends = plan_in(folder).sends
        chosen = (
            [report for report in waiting if report.state in sends]
            if names is None
            else _chosen(results.reports, names, folder)
        )
        faults = faults_of_files(results, root_of(folder))
        problems = [
            f"{report.client_and_spec}: {faults.get(report.key) or f'is {report.state_words}, so it is not sent'}"
            for report in chosen
            if report.state not in sends or report.key in faults
        ]
        if problems:
            raise OutputError("\n".join(problems))
        for report in chosen:
            digest = digest_of_files(report.files)
            journal.append(APPROVED, report.key, report=report.identities[0], digest=digest, by=_user())
    return tuple(report.client_and_spec for report in chosen)


def mark_sent(folder: Path, names: Collection[str], to: str = "") -> tuple[str, ...]:
    """Mark deliveries that failed or may have arrived as arrived, and return them in words.

    Args:
        folder: Of the run.
        names: See `chosen_keys`.
        to: A part of the address of the deliveries to mark; empty marks all of the reports.

    Raises:
        UnknownName: A name is none of the run's.
        OutputError: No delivery is in such a state.
    """
    return _marked(folder, names, (ARRIVED, (*MAYBE, "undelivered")), to)


def mark_not_arrived(folder: Path, names: Collection[str], to: str = "") -> tuple[str, ...]:
    """Mark deliveries that may have arrived as not arrived, so that they are sent again, and return them in words.

    The arguments and errors are those of `mark_sent`.
    """
    return _marked(folder, names, (CERTAINLY_NOT, MAYBE), to)


def _marked(folder: Path, names: Collection[str], mark: tuple[str, tuple[str, ...]], to: str) -> tuple[str, ...]:
    event, states = mark
    marked: list[str] = []
    with _marking(folder) as journal:
        last = {str(entry["receipt"]): entry for entry in read_events(folder) if "receipt" in entry}
        for report in _chosen(results_of(folder).reports, names, folder):
            for receipt in report.deliveries:
                if receipt.state in states and to.casefold() in receipt.to.casefold():
                    _mark(journal, event, report, last[receipt.receipt or ""])
                    marked.append(f"{report.client_and_spec}: {receipt.to}")
    if not marked:
        raise OutputError(f"{', '.join(names)}: no delivery is {' or '.join(states)}; see `reportgen status`")
    return tuple(marked)


def _mark(journal: Journal, event: str, report: ReportResult, last: Event) -> None:
    """Write an event of a parcel that a person knows of, with the facts of its last event."""
    facts = {name: last[name] for name in ("receipt", "to", "of", "channel", "accounts") if name in last}
    journal.append(event, report.key, **facts, reason=f"marked by {_user()}")


@contextmanager
def _marking(folder: Path) -> Iterator[Journal]:
    """Yield the journal of a run, and write its results and its contact sheet behind it."""
    with locked(root_of(folder)):
        plan_in(folder)  # refuses a folder of no run before a journal is made in it
        journal = Journal(folder)
        try:
            yield journal
        finally:
            journal.close()
        write_outcome(folder)


def _chosen(reports: Iterable[_Report], names: Collection[str], folder: Path) -> list[_Report]:
    reports = tuple(reports)
    known = {name for report in reports for name in (report.client, report.client_and_spec)}
    for name in names:
        if name not in known:
            near = near_word(name, sorted(known), 0.5)
            advice = f"; did you mean {near}?" if near else ""
            text = f"{name}: no client or report of {folder} has this name{advice}"
            left_out = () if near else results_of(folder).problems
            raise UnknownName("\n".join((text, *(f"left out of the run: {problem}" for problem in left_out))))
    return [report for report in reports if report.client in names or report.client_and_spec in names]


def _user() -> str:
    """Return the name of the user of this process; of a container without one, `somebody`."""
    try:
        return getuser()
    except (OSError, KeyError):
        return "somebody"
