"""`deliver`, `approve`, `mark-sent` and `retry-unknown`: the commands that decide on letters."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

import click

from reportgen.cli.options import FILE, RUN, ExitCode, duration, lines, log_format, not_empty, say, verbosity
from reportgen.fleet.run_folders import run_folder

if TYPE_CHECKING:
    from collections.abc import Callable, Collection
    from datetime import timedelta
    from pathlib import Path

    from reportgen.fleet.delivery_rules import DeliveryOutcome

_NAME = "SLUG[/SPEC]"
_to_option = click.option("--to", metavar="TEXT", default="", help="Only deliveries to an address with this text.")
_fleet_option = click.option(
    "--fleet", type=FILE, metavar="FILE", help="The fleet file, where it was moved since the run."
)


@click.command()
@click.argument("run", type=RUN)
@_fleet_option
@click.option("--only", metavar=_NAME, multiple=True, help="This client, or this report; may be given again.")
@click.option("--resend", is_flag=True, help="Send also reports that were made anew after they were delivered.")
@click.option(
    "--retry",
    metavar="T",
    callback=duration,
    help="Try again for so long, with growing pauses, what certainly did not arrive and may go later, such as 30m.",
)
@click.option(
    "--test",
    "test_reader",
    metavar="ADDRESS",
    callback=not_empty,
    help="Send the letters to this address in place of their readers, and nothing else; none counts as sent.",
)
@click.option("--dry-run", is_flag=True, help="Look at everything and send nothing.")
@log_format
@verbosity
def deliver(  # noqa: PLR0913 - an argument for each option
    *,
    run: Path,
    fleet: Path | None,
    only: tuple[str, ...],
    resend: bool,
    retry: timedelta | None,
    test_reader: str | None,
    dry_run: bool,
) -> int:
    """Send the reports of the run in folder RUN, by the fleet's files as they are now; each report at most once."""
    from reportgen.fleet.staff_marks import chosen_keys

    return deliver_reports(
        run,
        fleet=fleet,
        only=chosen_keys(run, only) if only else None,
        again=resend,
        retry_seconds=retry.total_seconds() if retry else 0.0,
        test_reader=test_reader or "",
        dry_run=dry_run,
        prints=click.echo,
    )


@click.command()
@click.argument("run", type=RUN)
@click.argument("names", metavar=f"{_NAME}...", nargs=-1)
@click.option("--all", "is_all", is_flag=True, help="Every report that waits for approval.")
@verbosity
def approve(*, run: Path, names: tuple[str, ...], is_all: bool) -> int:
    """Approve reports of the run in folder RUN, as their files are now; made anew, they need it again."""
    from reportgen.fleet.staff_marks import approve as approve_reports

    if is_all == bool(names):
        raise click.UsageError("name the reports to approve, or write --all")
    approved = approve_reports(run, None if is_all else names)
    click.echo("\n".join(approved) or "nothing waits for approval")
    return ExitCode.DONE


@click.command("mark-sent")
@click.argument("run", type=RUN)
@click.argument("names", metavar=f"{_NAME}...", nargs=-1, required=True)
@_to_option
@verbosity
def mark_sent(*, run: Path, names: tuple[str, ...], to: str) -> int:
    """Mark deliveries that failed or are unknown as arrived: a reader has them, or they were sent by hand."""
    from reportgen.fleet.staff_marks import mark_sent as mark

    click.echo("\n".join(mark(run, names, to)))
    return ExitCode.DONE


@click.command("retry-unknown")
@click.argument("run", type=RUN)
@click.argument("names", metavar=f"{_NAME}...", nargs=-1, required=True)
@_to_option
@_fleet_option
@verbosity
def retry_unknown(*, run: Path, names: tuple[str, ...], to: str, fleet: Path | None) -> int:
    """Send unknown deliveries again: their readers were asked, and have nothing."""
    from reportgen.fleet.staff_marks import chosen_keys, mark_not_arrived

    mark_not_arrived(run, names, to)
    return deliver_reports(run, fleet=fleet, only=chosen_keys(run, names), prints=click.echo)


def deliver_reports(  # noqa: PLR0913 - each is an option of the command
    folder: Path,
    *,
    fleet: Path | None = None,
    only: Collection[str] | None = None,
    again: bool = False,
    retry_seconds: float = 0.0,
    test_reader: str = "",
    dry_run: bool = False,
    prints: Callable[[str], None] = say,
) -> ExitCode:
    """Deliver reports of a run, print what did not go out and the number of parcels by state; see `deliver`."""
    from reportgen.fleet.deliveries import UNDELIVERED
    from reportgen.fleet.deliveries import deliver as deliver_run

    lines().run = run_folder(folder).name
    counts = deliver_run(
        folder,
        fleet=fleet,
        only=only,
        again=again,
        retry_seconds=retry_seconds,
        test_reader=test_reader,
        dry_run=dry_run,
        on_outcome=_print_undelivered,
    )
    prints(", ".join(f"{count} {state}" for state, count in sorted(counts.items())) or "nothing to deliver")
    return ExitCode.FAILED if any(counts.get(state) for state in UNDELIVERED) else ExitCode.DONE


def _print_undelivered(outcome: DeliveryOutcome) -> None:
    """Print a delivery that did not go out, with `-q` too; without it those that wait for approval."""
    if outcome.reason:
        client, _, spec = outcome.report.partition("/")
        text = f"reportgen: {outcome.report}: {outcome.state}: {outcome.to}: {outcome.reason}"
        level = logging.WARNING if outcome.state == "unapproved" else logging.ERROR
        say(text, level, "undelivered", client=client, spec=spec, state=outcome.state)
