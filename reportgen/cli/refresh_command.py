"""`refresh`: a run's reports are asked for again, and made anew where something has changed."""

from __future__ import annotations

import logging
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

import click

from reportgen.cli.options import FILE, ExitCode, lines, log_format, verbosity
from reportgen.cli.run_progress import shown_progress
from reportgen.fleet.run_folders import run_folder

if TYPE_CHECKING:
    from reportgen.fleet.run_refresh import RefreshOutcome

_LEVELS = {"unchanged": logging.DEBUG, "kept": logging.ERROR}


@click.command()
@click.argument("run", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("--fleet", type=FILE, metavar="FILE", help="The fleet file, where it was moved since the run.")
@click.option("--only", metavar="SLUG", multiple=True, help="This client alone; may be given again.")
@click.option("--workers", type=click.IntRange(1, 256), help="Processes that render. [default: number of processors]")
@click.option("--dry-run", is_flag=True, help="Ask and compare; make nothing.")
@log_format
@verbosity
def refresh(*, run: Path, fleet: Path | None, only: tuple[str, ...], workers: int | None, dry_run: bool) -> int:
    """Ask again for the reports of the run in folder RUN, and make those anew that have changed; send nothing."""
    from reportgen.fleet.run_refresh import refresh_run

    printed = lines()  # other threads have no context of click
    printed.run = run_folder(run).name
    states: dict[tuple[str, str], str] = {}  # a changed report that cannot be drawn is kept

    def on_outcome(outcome: RefreshOutcome) -> None:
        states[outcome.client, outcome.spec] = outcome.state
        name, state = f"{outcome.client}/{outcome.spec}", outcome.state.replace("_", " ")
        text = f"reportgen: {name}: {state}: {outcome.text}".rstrip(": ")
        level = _LEVELS.get(outcome.state, logging.WARNING)
        printed.say(text, level, "refresh", client=outcome.client, spec=outcome.spec, state=outcome.state)

    with shown_progress() as on_progress:
        results = refresh_run(
            run,
            fleet=fleet,
            only=only,
            workers=workers,
            dry_run=dry_run,
            on_outcome=on_outcome,
            on_progress=on_progress,
        )
    counts = Counter(states.values())
    counted = (f"{count} {state.replace('_', ' ')}" for state, count in sorted(counts.items()))
    click.echo(", ".join(counted) or "nothing to refresh")
    is_failed = any(report.state == "failed" for report in results.reports if not only or report.client in only)
    return ExitCode.FAILED if counts["kept"] or is_failed else ExitCode.DONE
