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
        if any((name, digest_of_files(files)) in self._digests for name in report.identities):
            return "given"
        return "outdated" if self._reports.intersection(report.identities) else "missing"


def digest_of_files(files: Sequence[WrittenFile]) -> str:
    """Return the digest of files with any names."""
    return hashlib.sha256("\n".join(sorted(file.sha256 for file in files)).encode()).hexdigest()
