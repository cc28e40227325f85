"""The command that `run --hook` calls when a run ends: it tells a monitor, whatever way the run ended."""

from __future__ import annotations

import logging
import os
import shlex
import subprocess
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

import click

from reportgen.cli.exit_codes import exit_code_of
from reportgen.cli.options import ExitCode, say

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_SECONDS = 60


@dataclass(slots=True)
class RunEnd:
    """The end of a run, as far as it is known.

    Attributes:
        code: The exit code of the command.
        folder: Of the run; None where none was begun.
        secrets: Environment variables that the hook does not get.
    """

    code: int = ExitCode.DONE
    folder: Path | None = None
    secrets: frozenset[str] = frozenset()


def command_words(_context: click.Context, _parameter: click.Parameter, value: str | None) -> tuple[str, ...]:
    """Return the words of a command as a shell reads them; no shell runs it."""
    try:
        words = tuple(shlex.split(value)) if value is not None else ()
    except ValueError as error:
        raise click.BadParameter(f"is no command: {error}") from error
    if value is not None and not words:
        raise click.BadParameter("is empty; leave the option out, or give it a command")
    return words


@contextmanager
def hook_at_end(words: tuple[str, ...]) -> Iterator[RunEnd]:
    """Yield the end of a run, to be filled in, and call a command with it after the `with` block and after errors."""
    end = RunEnd()
    try:
        yield end
    except BaseException as error:
        end.code = exit_code_of(error)
        raise
    finally:
        if words:
            _call(words, end)


def _call(words: tuple[str, ...], end: RunEnd) -> None:
    """Call the command; its failure is a warning, and changes no exit code."""
    environment = {name: value for name, value in os.environ.items() if name not in end.secrets}
    environment |= {
        "REPORTGEN_EXIT_CODE": str(int(end.code)),
        "REPORTGEN_RUN": str(end.folder.absolute()) if end.folder else "",
        "REPORTGEN_RESULTS": str((end.folder / "run_results.json").absolute()) if end.folder else "",
    }
    try:
        code = subprocess.run(words, env=environment, check=False, timeout=_SECONDS).returncode  # noqa: S603 - the user's own command
        fault = f"ended with {code}" if code else ""
    except (OSError, subprocess.TimeoutExpired) as error:
        fault = error.strerror or str(error) if isinstance(error, OSError) else f"took longer than {_SECONDS} seconds"
    if fault:
        say(f"reportgen: warning: the hook {words[0]}: {fault}", logging.WARNING, "hook")
