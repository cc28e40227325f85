"""`check`, `plan`, `import`, `schema` and `completion`: the commands for people who write specs."""

from __future__ import annotations

import json
from dataclasses import asdict
from datetime import UTC, datetime
from typing import TYPE_CHECKING, cast

import click

from reportgen.cli.accounts_commands import check_online
from reportgen.cli.options import FILE, ExitCode, as_of_option, say, verbosity, window_options
from reportgen.errors import PeriodError, Problem, SpecError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import date
    from pathlib import Path


@click.command()
@click.argument("files", nargs=-1, required=True, type=FILE, metavar="FILE...")
@click.option("--client", type=FILE, metavar="FILE", help="Check each spec with this client too.")
@click.option("--online", is_flag=True, help="Ask the API too whether the client's accounts can be used.")
@click.option("--sandbox", "use_sandbox", is_flag=True, help="With --online: ask a local server.")
@as_of_option
@verbosity
def check(*, files: tuple[Path, ...], client: Path | None, online: bool, use_sandbox: bool, as_of: date | None) -> int:
    """Check specs, clients, fleets and themes, and print every problem at once; without --online nothing is asked.

    Of a fleet, all files that it names are checked as by a run before it asks: clients, pictures, letters, secrets.
    Variables of the environment that are not set here are a warning. Of a theme, the contrasts are printed too.

    With --online: exit 1 where an account cannot be used, 3 where the tokens are refused.
    """
    from reportgen.spec.checking import check_file

    problems: list[Problem] = []
    for file in files:
        found = check_file(file, client)
        if found.is_fleet:
            from reportgen.fleet.fleet_check import check_fleet

            found = check_fleet(file, found, as_of)
        elif not found.problems:
            for warning in _days_warnings(file, client, as_of):
                say(str(warning))
        problems += found.problems
        for warning in found.warnings:
            say(str(warning))
        if not found.problems:
            click.echo(f"{file}: ok")
        for remark in found.remarks:
            click.echo(f"  {remark}")
    if problems:
        raise SpecError(problems)
    if not online:
        return ExitCode.DONE
    return max(check_online(file, client, as_of, use_sandbox=use_sandbox) for file in files)


def _days_warnings(file: Path, client: Path | None, as_of: date | None) -> Iterator[Problem]:
    """Yield a warning where a spec has a period or a comparison of which no day is over on the day of the report."""
    from reportgen.periods import day_at
    from reportgen.spec.loading import attempted, load_spec_and_client
    from reportgen.spec.planning import make_plan, zone_of

    loaded, _ = attempted(load_spec_and_client, file, client)
    try:
        if loaded:
            make_plan(*loaded, as_of=as_of or day_at(datetime.now(UTC), zone_of(*loaded)))
    except PeriodError as error:
        yield Problem(str(file), 0, 0, "", f"warning: {error}")


@click.command()
@click.argument("spec", type=FILE)
@window_options
@click.option("--json", "as_json", is_flag=True, help="Print the requests as JSON.")
@verbosity
def plan(  # noqa: PLR0913 - an argument for each option
    *, spec: Path, client: Path | None, period: str | None, compare: str | None, as_of: date | None, as_json: bool
) -> int:
    """Print the requests that rendering SPEC would send. Nothing is sent."""
    from reportgen.fetching import planned_requests
    from reportgen.pipeline import today
    from reportgen.spec.loading import load_spec_and_client
    from reportgen.spec.planning import make_plan

    loaded = load_spec_and_client(spec, client)
    made = make_plan(*loaded, period=period, compare=compare, as_of=as_of or today(*loaded))
    requests = planned_requests(made)
    if as_json:
        click.echo(json.dumps([asdict(request) for request in requests], ensure_ascii=False, indent=2))
        return ExitCode.DONE
    for request in requests:
        count = len(cast("list[object]", request.body["metrics"]))
        metrics = f"{count} metric{'s' * (count > 1)}"
        click.echo(f"{request.method} {request.url} {request.source}: {metrics} of {_days_of(request.body)}")
    say(f"reportgen: {len(requests)} request{'' if len(requests) == 1 else 's'}")
    return ExitCode.DONE


def _days_of(body: Mapping[str, object]) -> str:
    """Return the days that a request asks for, and those that the API is to compare with."""
    asked = f"{body['start']}..{body['end']}"
    compared = "comparison_start" in body
    return f"{asked}, compared with {body['comparison_start']}..{body['comparison_end']}" if compared else asked


@click.command("import")
@click.argument("payload", type=FILE)
@click.option("--setup", type=FILE, metavar="FILE", help="The integration's setup file: labels and formats.")
@click.option("--integration", metavar="NAME", help="The integration's name, such as instagram_business.")
@click.option("--all", "everything", is_flag=True, help="Make a block of every metric, however long the payload is.")
@click.option("-o", "--output", type=FILE, required=True, metavar="SPEC", help="The spec to write; - prints it.")
@click.option("--force", is_flag=True, help="Replace SPEC if it exists.")
@verbosity
def import_command(  # noqa: PLR0913 - an argument for each option
    *, payload: Path, setup: Path | None, integration: str | None, everything: bool, output: Path, force: bool
) -> int:
    """Turn a payload copied from the vendor's dashboard into a spec, with a section for each subject.

    Of a payload of more than 24 metrics, the sections have what most clients read; the rest stands in comments at the
    end, ready to be moved.
    """
    from reportgen.files import read_text, write_whole
    from reportgen.spec.payload_import import import_payload

    to_stdout = str(output) == "-"
    if output.exists() and not force and not to_stdout:
        raise click.UsageError(f"{output} exists; choose another name, or --force to replace it")
    imported = import_payload(
        read_text(payload),
        str(payload),
        setup=read_text(setup) if setup else None,
        setup_file=str(setup or ""),
        integration=integration,
        everything=everything,
    )
    if to_stdout:
        click.echo(imported.text, nl=False)
    else:
        write_whole(output, imported.text.encode())
        click.echo(str(output))
    more = f"; in comments at the end: {imported.aside} (--all makes blocks of them)" if imported.aside else ""
    say(f"reportgen: metrics imported: {imported.kept}{more}")
    for line in imported.left_out:
        say(f"reportgen: left out: {line}")
    return ExitCode.DONE


@click.command()
@click.argument("kind", type=click.Choice(["spec", "client", "fleet", "theme", "run_results"]), default="spec")
@verbosity
def schema(*, kind: str) -> int:
    """Print the JSON Schema of a spec, client, fleet or theme file, for editors, or of a run's results."""
    from reportgen.fleet.run_records import results_schema
    from reportgen.spec.schema import schema_text

    click.echo(results_schema() if kind == "run_results" else schema_text(kind), nl=False)
    return ExitCode.DONE


@click.command()
@click.argument("shell", type=click.Choice(["bash", "zsh", "fish"]))
@verbosity
@click.pass_context
def completion(context: click.Context, *, shell: str) -> int:
    """Print the completion script of a shell; source it from the shell's start file."""
    from click.shell_completion import get_completion_class

    root = context.find_root().command
    script = get_completion_class(shell)
    assert script is not None  # noqa: S101 - the three shells of the choice are click's own
    click.echo(script(root, {}, "reportgen", "_REPORTGEN_COMPLETE").source())
    return ExitCode.DONE
