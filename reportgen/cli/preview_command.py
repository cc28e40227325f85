"""`preview`: the report in a browser while its spec is written."""

from __future__ import annotations

import logging
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING

import click

from reportgen.cli.options import FILE, ExitCode, say, verbosity, window_options

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from reportgen.connect import AnswerSource
    from reportgen.preview.preview_build import PreviewState

_PORT = 8766


@click.command()
@click.argument("spec", type=FILE)
@window_options
@click.option(
    "--answers",
    type=click.Path(exists=True, path_type=Path),
    metavar="PATH",
    help="Take recorded answers: a file, or a folder of --record.",
)
@click.option("--sandbox", "use_sandbox", is_flag=True, help="Take made-up numbers; so it is without --answers too.")
@click.option("--port", type=click.IntRange(0, 65535), default=_PORT, show_default=True, help="0: any free port.")
@verbosity
def preview(  # noqa: PLR0913 - an argument for each option
    *,
    spec: Path,
    client: Path | None,
    period: str | None,
    compare: str | None,
    as_of: date | None,
    answers: Path | None,
    use_sandbox: bool,
    port: int,
) -> int:
    """Show the report of SPEC in a browser, and show it anew whenever one of its files is saved, until Ctrl-C.

    The spec, the client, its texts, pictures, themes and templates are watched. Numbers are asked for once. No
    other machine is asked for anything, and none is answered.
    """
    if use_sandbox and answers:
        raise click.UsageError("--sandbox and --answers are two places for the numbers; give one")
    from reportgen.preview.preview_build import PreviewChoice
    from reportgen.preview.preview_session import show

    choice = PreviewChoice(spec, client, period, compare, as_of)
    with suppress(KeyboardInterrupt), _answers(answers) as source:
        show(choice, source, port, announce=_announce, on_build=_print_build)
    return ExitCode.DONE


def _announce(address: str) -> None:
    click.echo(address)
    say("reportgen: Ctrl-C ends the preview")


def _print_build(state: PreviewState) -> None:
    """Print the problems of a build, as `check` does; without problems its time, only with -v."""
    for problem in state.problems:
        say(str(problem) if problem.file else f"reportgen: {problem.message}")
    if not state.problems:
        say(f"reportgen: built in {state.seconds:.2f} seconds", logging.DEBUG)


@contextmanager
def _answers(answers: Path | None) -> Iterator[AnswerSource | Path]:
    """Yield recorded answers, or a sandbox that runs meanwhile; either is asked for everything once."""
    from pydantic import SecretStr

    from reportgen.connect.answers_folder import Replay
    from reportgen.connect.live_answers import live_answers
    from reportgen.connect.payload_sources import TypedAnswers
    from reportgen.preview.preview_build import RememberedAnswers
    from reportgen.sandbox.sandbox_server import running_sandbox

    if answers:
        yield RememberedAnswers(TypedAnswers(Replay(answers))) if answers.is_dir() else answers
        return
    with running_sandbox(calm=True) as running:
        yield RememberedAnswers(live_answers(running.url, SecretStr(running.token), SecretStr(running.customer_token)))
