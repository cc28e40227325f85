"""The refreshing of a run: its reports are asked for again, and those are made anew whose answers have changed."""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal, TypeAlias

from reportgen.errors import ConfigurationError, ConnectError
from reportgen.fleet.contact_sheet import write_outcome
from reportgen.fleet.fleet_run import RUN_SECONDS, plan_fleet
from reportgen.fleet.journal import Journal, latest, locked, read_events
from reportgen.fleet.report_facts import REST, report_facts
from reportgen.fleet.report_making import Making, make_reports
from reportgen.fleet.run_folders import fleet_file, root_of
from reportgen.fleet.run_loop import Keeping, LeftAsItIs
from reportgen.fleet.run_readiness import check_ready
from reportgen.fleet.run_results import plan_in, results_of
from reportgen.outputs.report_json import encode_report

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from pathlib import Path

    from pydantic import JsonValue

    from reportgen.fleet.fleet_run import FleetPlan
    from reportgen.fleet.jobs import Job
    from reportgen.fleet.journal import Event
    from reportgen.fleet.report_fetching import FetchedReport
    from reportgen.fleet.report_making import Fetch
    from reportgen.fleet.run_loop import Progress
    from reportgen.fleet.run_records import RunResults

Refreshed: TypeAlias = Literal["changed", "unchanged", "kept", "passed_over"]
"""What refreshing a report found. `kept`: it could not be read as well as before, so the report was left;
`passed_over`: it is not made, or its spec or client has changed since, which is for `run`."""


@dataclass(frozen=True, slots=True)
class RefreshOutcome:
    """The outcome of refreshing a report: its client and spec, and why it is so, such as the numbers that changed."""

    client: str
    spec: str
    state: Refreshed
    text: str


def refresh_run(  # noqa: PLR0913 - each is an option of the command
    folder: Path,
    *,
    fleet: Path | None = None,
    only: Iterable[str] = (),
    workers: int | None = None,
    dry_run: bool = False,
    on_outcome: Callable[[RefreshOutcome], None],
    on_progress: Callable[[Progress], None] | None = None,
) -> RunResults:
    """Ask for the finished reports of a run again, and make those anew whose answers have changed.

    Nothing is sent. Kept answers of histories are asked for too. A report stays finished as it was until its new files
    are written, also where it cannot be drawn, or the call is stopped.

    Args:
        folder: Of the run.
        fleet: The fleet file, where it was moved since the run.
        only: Slugs of clients; none is all.
        workers: Processes that render; None is the number of processors.
        dry_run: Whether nothing is made or written: what has changed is only told.
        on_outcome: Called with the outcome of each report, in several threads.
        on_progress: Called after each change.

    Returns:
        The results of the run, the content of `run_results.json`.

    Raises:
        RunLocked: Another process works under the same root.
        ConfigurationError: The fleet has other days now, or tokens are missing.
        AuthenticationFailed: The account's token is refused.
        OutputError: The journal, or several reports in a row, could not be written.
    """
    plan = _plan_again(folder, fleet, only)
    with locked(plan.root):
        check_ready(plan.fleet, plan.file, plan.clients, (job.plan for job in plan.chosen), delivers=False)
        comparison = _Comparison(latest(read_events(folder)), plan.fleet.accepted, on_outcome, dry_run=dry_run)
        todo = tuple(job for job in plan.chosen if comparison.is_made(job))
        journal = Journal(folder, is_dry=dry_run)
        making = Making(
            workers or os.cpu_count() or 1,
            "local",
            RUN_SECONDS,
            on_progress,
            buckets="compare" if dry_run else "renew",
            looked_at=comparison.over,
            keeping=Keeping(plan.fleet.accepted, comparison.keep),
        )
        try:
            if todo:
                make_reports(plan, todo, journal, making)
        finally:
            journal.close()
            if not dry_run:
                write_outcome(folder)
    return results_of(folder)


def _plan_again(folder: Path, fleet: Path | None, only: Iterable[str]) -> FleetPlan:
    recorded = plan_in(folder)
    file, asked = fleet or fleet_file(folder, recorded.fleet), recorded.asked
    if asked is None:
        raise ConfigurationError(
            f"{folder}: an older version made this run and kept no day; call `reportgen run` first"
        )
    plan = plan_fleet(
        file,
        out=root_of(folder),
        period=asked.period,
        compare=asked.compare,
        as_of=asked.as_of,
        pdf_variant=asked.pdf_variant,
        only=only,
    )
    if plan.folder.resolve() != folder.resolve():
        raise ConfigurationError(f"{file}: has other days now, those of {plan.folder.name}; refresh that run")
    return plan


@dataclass(slots=True)
class _Comparison:
    """The comparison of reports with what the journal has of them.

    Attributes:
        last: The event with which each report ended.
        accepted: Verdicts of reports that may be sent.
        on_outcome: Called with each outcome.
        dry_run: Whether no report is made.
    """

    last: dict[str, Event]
    accepted: tuple[str, ...]
    on_outcome: Callable[[RefreshOutcome], None]
    dry_run: bool = field(kw_only=True)

    def is_made(self, job: Job) -> bool:
        """Return whether a report is made as it is planned now, so that it can be compared."""
        event = self.last.get(job.key)
        if event and event["event"] in self.accepted and isinstance(event.get("contents"), dict):
            return True
        self._tell(job, "passed_over", "it is not made as its spec and client are now; `reportgen run` makes it")
        return False

    def over(self, fetch: Fetch) -> Fetch:
        """Return a way to fetch that refuses reports which have not changed, or cannot be read as well as before."""

        def compared(job: Job) -> FetchedReport:
            try:
                fetched = fetch(job)
            except (ConnectError, ConfigurationError) as error:
                raise self._left(job, "kept", str(error)) from error
            facts = report_facts(fetched.report, encode_report(fetched.report), fetched.tally)
            if facts["verdict"] not in self.accepted:
                raise self._left(job, "kept", f"what is answered now would be {facts['verdict']}")
            changes = ", ".join(_changes(self.last[job.key], facts))
            if not changes:
                raise self._left(job, "unchanged", "")
            if self.dry_run:
                raise self._left(job, "changed", changes)
            self._tell(job, "changed", changes)
            return fetched

        return compared

    def keep(self, job: Job, reason: str) -> None:
        """Tell of a report that could not be made anew, and stays as it is."""
        self._tell(job, "kept", reason)

    def _left(self, job: Job, state: Refreshed, text: str) -> LeftAsItIs:
        self._tell(job, state, text)
        return LeftAsItIs(f"{state}: {text}" if text else state)

    def _tell(self, job: Job, state: Refreshed, text: str) -> None:
        self.on_outcome(RefreshOutcome(job.client, job.spec, state, text))


def _changes(before: Event, now: dict[str, JsonValue]) -> Iterator[str]:
    """Yield each block that has changed, a number with what its card printed before and would print now."""
    old, new = _texts(before, "contents"), _texts(now, "contents")
    printed, prints = _texts(before, "printed"), _texts(now, "printed")
    for name in dict.fromkeys((*new, *old)):
        if old.get(name) == new.get(name):
            continue
        values = f" {printed.get(name, '-')} -> {prints.get(name, '-')}" if name in printed.keys() | prints else ""
        yield "accounts, remarks or texts outside of blocks" if name == REST else f"{name}{values}"


def _texts(facts: Event, key: str) -> dict[str, str]:
    value = facts.get(key)
    return {name: str(text) for name, text in value.items()} if isinstance(value, dict) else {}
