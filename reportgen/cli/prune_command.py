"""`prune`: the files of old runs are removed, and their journals stay."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from reportgen.cli.options import ExitCode, duration, say, verbosity

if TYPE_CHECKING:
    from datetime import timedelta


@click.command()
@click.argument("out", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option(
    "--older-than", "age", metavar="T", required=True, callback=duration, help="Age of a run's last event, as in 400d."
)
@click.option("--dry-run", is_flag=True, help="Print what would be removed; remove nothing.")
@verbosity
def prune(*, out: Path, age: timedelta, dry_run: bool) -> int:
    """Remove the reports of old runs below OUT, the folder of `run --out`; journals and results stay."""
    from reportgen.fleet.run_pruning import prune as prune_runs

    runs = prune_runs(out, age, datetime.now(UTC), dry_run=dry_run)
    for run in runs:
        click.echo(f"{run.folder}  {run.last:%Y-%m-%d}  {len(run.files)} files  {run.bytes / 1e6:.1f} MB")
    word = "would be removed" if dry_run else "removed"
    count, size = sum(len(run.files) for run in runs), sum(run.bytes for run in runs)
    say(f"reportgen: {count} files of {len(runs)} runs {word}, {size / 1e6:.1f} MB")
    return ExitCode.DONE
