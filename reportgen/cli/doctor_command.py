"""`doctor`: the problems of this machine, each with the command that mends it."""

from __future__ import annotations

import json
import shutil
import sys
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import click

from reportgen.cli.options import FILE, ExitCode, lines, state_option, verbosity

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from reportgen.doctor import Diagnosis

_CODES = {"environment": ExitCode.ENVIRONMENT, "configuration": ExitCode.CONFIGURATION}
_WORDS = {"ok": "ok", "note": "note", "environment": "wrong", "configuration": "wrong"}
_MARKS = {"ok": ("✓", "green"), "note": ("·", "yellow"), "wrong": ("✗", "red")}


@click.command()
@click.option(
    "--client", type=FILE, metavar="FILE", help="Look for the tokens, the script and the zone of this client."
)
@click.option("--fleet", type=FILE, metavar="FILE", help="Look for the same of every client of this fleet.")
@click.option(
    "--out",
    type=click.Path(path_type=Path),
    default=Path("out"),
    show_default=True,
    metavar="DIR",
    help="Where reports will be written.",
)
@state_option
@click.option("--online", is_flag=True, help="Ask the API too; it is asked anyway where REPORTGEN_API_URL is set.")
@click.option("--json", "as_json", is_flag=True, help="Print everything as JSON.")
@verbosity
def doctor(  # noqa: PLR0913 - an argument for each option
    *, client: Path | None, fleet: Path | None, out: Path, state: Path, online: bool, as_json: bool
) -> int:
    """Look for problems of this machine that keep reports from being made, each with the command that mends it.

    Exit 5 where the machine lacks something, 3 where a token or an address is missing or wrong. With -q only
    problems are printed.
    """
    from reportgen.doctor import DoctorOptions, examine

    found: list[Diagnosis] = []
    on_terminal = sys.stdout.isatty() and not as_json
    for diagnosis in examine(DoctorOptions(out, state, client, fleet, online)):
        found.append(diagnosis)
        if not as_json and (diagnosis.is_wrong or not lines().is_quiet):
            click.echo("\n".join(_drawn(diagnosis) if on_terminal else [_line(diagnosis)]))
    seen = {diagnosis.health for diagnosis in found}
    code = next((code for health, code in _CODES.items() if health in seen), ExitCode.DONE)
    if as_json:
        content = {"exit_code": int(code), "diagnoses": [asdict(diagnosis) for diagnosis in found]}
        click.echo(json.dumps(content, ensure_ascii=False, indent=2))
    elif on_terminal and not lines().is_quiet:
        click.echo(f"\n{_sum(found)}")
    return code


def _line(diagnosis: Diagnosis) -> str:
    """Return the line of a diagnosis in a log, which begins with the words that grep looks for."""
    command = f"; run: {diagnosis.command}" if diagnosis.command else ""
    return f"{_WORDS[diagnosis.health]}: {diagnosis.subject}: {diagnosis.text}{command}"


def _drawn(diagnosis: Diagnosis) -> Iterator[str]:
    """Yield the lines of a terminal: a mark, the subject, and its text beside it; the command on a line of its own."""
    import textwrap

    mark, color = _MARKS[_WORDS[diagnosis.health]]
    width = max(40, min(shutil.get_terminal_size().columns, 110))
    first, *rest = textwrap.wrap(diagnosis.text, width - 21, break_on_hyphens=False, break_long_words=False) or [""]
    yield f" {click.style(mark, fg=color)} {click.style(f'{diagnosis.subject:<16}', bold=True)} {first}"
    yield from (f"{'':20}{line}" for line in rest)
    if diagnosis.command:
        yield f"{'':20}{click.style(diagnosis.command, fg='cyan')}"  # unwrapped, so that it can be copied


def _sum(found: Sequence[Diagnosis]) -> str:
    wrong = sum(diagnosis.is_wrong for diagnosis in found)
    if wrong:
        return click.style(f"{wrong} to mend", fg="red", bold=True)
    return click.style("Reports can be made here.", fg="green", bold=True)
