"""`run`, `status` and `verify`: the commands of a scheduler; see `delivery_commands` too."""

from __future__ import annotations

import json
import logging
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from reportgen.cli.delivery_commands import deliver_reports
from reportgen.cli.options import (
    FILE,
    RUN,
    ExitCode,
    as_of_option,
    duration,
    fresh_option,
    lines,
    log_format,
    not_empty,
    pdf_variant_option,
    say,
    verbosity,
)
from reportgen.cli.run_hook import command_words, hook_at_end
from reportgen.cli.run_progress import shown_progress
from reportgen.errors import OutputError
from reportgen.fleet.run_folders import root_of, run_folder

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping
    from datetime import date, timedelta

    from reportgen.fleet.fleet_run import FleetPlan
    from reportgen.fleet.run_records import RunResults
    from reportgen.model import PdfVariant


@click.command()
@click.argument("fleet", type=FILE)
@click.option("--period", metavar="P", callback=not_empty, help="In place of the fleet's period, such as 2026-10.")
@click.option("--compare", metavar="C", callback=not_empty, help="In place of the fleet's comparison; as in render.")
@as_of_option
@click.option("--out", type=click.Path(file_okay=False, path_type=Path), help="Folder. [default: the fleet file's]")
@click.option("--workers", type=click.IntRange(1, 256), help="Processes that render. [default: number of processors]")
@click.option("--only", metavar="SLUG", multiple=True, help="This client alone; may be given again.")
@click.option("--limit", type=click.IntRange(1), help="Make no more than so many reports, those of whole clients.")
@click.option("--force", is_flag=True, help="Make finished reports again.")
@fresh_option
@click.option("--engine", metavar="E", default="local", help="local, dask or dask+tls://HOST:PORT. [default: local]")
@click.option("--no-deliver", is_flag=True, help="Send nothing, though the fleet has a delivery; see deliver.")
@click.option(
    "--deadline", metavar="T", default="6h", callback=duration, help="Begin no client after so long. [default: 6h]"
)
@click.option("--strict-fleet", is_flag=True, help="Make nothing where a file or a token of a single client is wrong.")
@pdf_variant_option
@click.option("--dry-run", is_flag=True, help="Print the reports that would be made, and why; ask and write nothing.")
@click.option("--json", "as_json", is_flag=True, help="Print the results as JSON.")
@click.option(
    "--hook", metavar="CMD", callback=command_words, help="Call this command when the run has ended, however it ended."
)
@log_format
@verbosity
def run(  # noqa: PLR0913 - an argument for each option
    *,
    fleet: Path,
    period: str | None,
    compare: str | None,
    as_of: date | None,
    out: Path | None,
    workers: int | None,
    only: tuple[str, ...],
    limit: int | None,
    force: bool,
    fresh: bool,
    engine: str,
    no_deliver: bool,
    deadline: timedelta,
    strict_fleet: bool,
    hook: tuple[str, ...],
    pdf_variant: PdfVariant | None,
    dry_run: bool,
    as_json: bool,
) -> int:
    """Make the reports of FLEET that are not made yet, send those that may be sent, and print the folder of the run."""
    from reportgen.fleet.fleet_run import plan_fleet, run_fleet
    from reportgen.fleet.jobs import not_due_lines
    from reportgen.fleet.run_requests import long_runs
    from reportgen.fleet.run_results import results_of

    with hook_at_end(() if dry_run else hook, fleet) as end:
        plan = plan_fleet(
            fleet,
            out=out,
            period=period,
            compare=compare,
            as_of=as_of,
            pdf_variant=pdf_variant,
            only=only,
            limit=limit,
            strict=strict_fleet,
        )
        end.folder, end.secrets = plan.folder, plan.secrets
        lines().run = plan.folder.name
        for problem in plan.problems:
            say(f"reportgen: {problem}", logging.ERROR, "left_out")
        for text in not_due_lines(plan.not_due):
            say(f"reportgen: {text}", event="not_due")
        for warning in long_runs(plan.chosen):
            say(f"reportgen: warning: {warning}", logging.WARNING, "long_run")
        if dry_run:
            _print_plan(plan, force=force, as_json=as_json)
            return ExitCode.DONE
        delivers = plan.fleet.deliver is not None and not no_deliver
        with _results_before_a_fault(plan, as_json=as_json), shown_progress() as on_progress:
            results = run_fleet(
                plan,
                workers=workers,
                engine=engine,
                force=force,
                fresh=fresh,
                delivers=delivers,
                seconds=deadline.total_seconds(),
                on_progress=on_progress,
            )
        sent, unwritten = ExitCode.DONE, results.unwritten
        if delivers and not unwritten:  # nothing is sent that a full disk would forget
            with _results_before_a_fault(plan, as_json=as_json):
                sent = deliver_reports(plan.folder, only=plan.keys)
            results = results_of(plan.folder)  # with its receipts
        _print_results(plan.folder, results, plan.fleet.accepted, as_json=as_json)
        for fault in unwritten:
            nothing_sent = "; nothing is sent before `reportgen deliver` is called" if delivers else ""
            say(f"reportgen: {fault}{nothing_sent}", logging.ERROR, "error")
        made = not unwritten and all(
            report.state in plan.fleet.accepted for report in results.reports if report.key in plan.keys
        )
        is_whole = bool(only) or not plan.problems  # clients that were not asked for may be wrong
        end.code = sent if made and is_whole else ExitCode.FAILED
    return end.code


@click.command()
@click.argument("run", type=RUN)
@click.option("--json", "as_json", is_flag=True, help="Print everything as JSON.")
@verbosity
def status(*, run: Path, as_json: bool) -> int:
    """Print the progress of the run in folder RUN, and the reports with problems."""
    from reportgen.fleet.heartbeat import last_beat
    from reportgen.fleet.run_results import results_of

    lines().run = run_folder(run).name
    results = results_of(run)
    _print_results(run, results, as_json=as_json)
    if not as_json:
        if beat := last_beat(run, datetime.now(UTC)):
            say(f"reportgen: {beat}", event="heartbeat")
        for problem in results.problems:
            say(f"reportgen: left out: {problem}", logging.ERROR, "left_out")
        for text in results.not_due:
            say(f"reportgen: {text}", event="not_due")
        _print_deliveries(run, results)
    return ExitCode.DONE


@click.command()
@click.argument("run", type=RUN)
@verbosity
def verify(*, run: Path) -> int:
    """Compare every file of the run in folder RUN with its recorded digest; `run` makes again what has changed."""
    from reportgen.fleet.contact_sheet import write_outcome
    from reportgen.fleet.journal import Journal, locked
    from reportgen.fleet.run_results import changed_files, results_of

    root = root_of(run)
    with locked(root):
        changed = list(changed_files(results_of(run), root))
        journal = Journal(run)
        for key, path, fault in changed:
            journal.append("lost", key, reason=f"{path}: {fault}")
        journal.close()
        write_outcome(run)
    for _key, path, fault in changed:
        click.echo(f"{root / path}: {fault}")
    say(
        f"reportgen: {len(changed)} files are not as they were written" if changed else "reportgen: all files are whole"
    )
    return ExitCode.FAILED if changed else ExitCode.DONE


def _print_plan(plan: FleetPlan, *, force: bool, as_json: bool) -> None:
    """Print the reports that would be made, each with its reason, and the number of those that are made already."""
    to_make = plan.to_make(force=force)
    if as_json:
        facts = [
            {"report": job.name, "folder": str(job.folder), "key": job.key, "reason": reason} for job, reason in to_make
        ]
        click.echo(json.dumps(facts, ensure_ascii=False))
        return
    for job, reason in to_make:
        days = job.plan.window.current
        folder = plan.root / job.folder
        click.echo(f"{job.name}  {days.start}..{days.end}  {folder}  {','.join(job.formats)}  {reason}")
    say(f"reportgen: {len(to_make)} of {len(plan.chosen)} reports would be made; the others are made already")


@contextmanager
def _results_before_a_fault(plan: FleetPlan, *, as_json: bool) -> Iterator[None]:
    """Print the results of a run as far as there are any where it ends since a file could not be written."""
    from reportgen.fleet.run_results import results_of

    try:
        yield
    except OutputError:
        with suppress(OutputError):
            _print_results(plan.folder, results_of(plan.folder), plan.fleet.accepted, as_json=as_json)
        raise


def _print_results(
    folder: Path, results: RunResults, accepted: Collection[str] = ("done", "degraded"), *, as_json: bool
) -> None:
    """Print the folder of a run, the reports that are not as they should be, and the number of all by state.

    With `-q` too those are named that may not be sent, and so make the run end with 1.
    """
    if as_json:
        click.echo(json.dumps(results.as_json(), ensure_ascii=False, indent=2))
        return
    click.echo(str(folder))
    if unknown := sorted({name for report in results.reports for name in report.unknown}):
        text = f"the journal has facts of a newer version, which are kept and not looked at: {', '.join(unknown)}"
        say(f"reportgen: warning: {text}", logging.WARNING, "unknown_facts")
    for report in results.reports:
        if report.state not in {"done", "not_run", "pruned"}:
            text = f"reportgen: {report.client_and_spec}: {report.state}: {report.reason or ''}".rstrip(": ")
            level = logging.WARNING if report.state in accepted else logging.ERROR
            say(text, level, "result", client=report.client, spec=report.spec, state=report.state)
    level = logging.ERROR if "not_run" in results.counts else logging.INFO
    say(f"reportgen: {_counted(results.counts)}", level, "counts")


def _print_deliveries(folder: Path, results: RunResults) -> None:
    """Print every delivery that is not done, with the command that helps, and the number of all by state."""
    from reportgen.fleet.run_folders import RUNS

    for report in results.reports:
        for receipt in report.deliveries:
            advice = (receipt.advice or "").replace(f"{RUNS}/{results.run}", str(folder))
            reason = "; ".join(filter(None, (receipt.reason, advice)))
            if receipt.advice:
                say(f"reportgen: {report.client_and_spec}: {receipt.state}: {receipt.to}: {reason}")
        if report.waiting and not report.deliveries:  # planned by an older version
            say(f"reportgen: {report.client_and_spec}: waiting: not delivered yet; see reportgen deliver")
    if results.deliveries:
        say(f"reportgen: deliveries: {_counted(results.deliveries)}")


def _counted(counts: Mapping[Any, int]) -> str:
    counted = ", ".join(f"{count} {state.replace('_', ' ')}" for state, count in sorted(counts.items()))
    return counted or "no reports"
