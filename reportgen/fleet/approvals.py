"""Approvals of reports in the journal of a run: a person says that the files of a report, as they are, may be sent."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from reportgen.fleet.journal import Event
    from reportgen.fleet.run_records import Approval, PlannedReport, WrittenFile

APPROVED = "approved"
"""Event of a report that a person approved."""


class Approvals:
    """The approvals of the reports of a run, by the journal."""

    def __init__(self, events: Iterable[Event]) -> None:
        """Read the events."""
        approved = [event for event in events if event["event"] == APPROVED]
        self._digests = {(str(event.get("report")), str(event.get("digest"))) for event in approved}
        self._reports = {report for report, _ in self._digests}

    def state(self, report: PlannedReport, files: Sequence[WrittenFile]) -> Approval:
        """Return the approval of a report with these files."""
        names = report_names(report)
        if any((name, digest_of_files(files)) in self._digests for name in names):
            return "given"
        return "outdated" if self._reports.intersection(names) else "missing"


def report_names(report: PlannedReport) -> tuple[str, ...]:
    """Return the names of a report that stay where it is made anew: by its client's lasting id, and by its slug."""
    clients = dict.fromkeys((report.lasting_id, report.client))
    return tuple(f"{client}/{report.spec}/{report.period}" for client in clients)


def digest_of_files(files: Sequence[WrittenFile]) -> str:
    """Return the digest of files with any names."""
    return hashlib.sha256("\n".join(sorted(file.sha256 for file in files)).encode()).hexdigest()
