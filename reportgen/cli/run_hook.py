"""The command that `run --hook` calls when a run ends: it tells a monitor, whatever way the run ended."""

from __future__ import annotations

import logging
import os
import shlex
import subprocess
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass
from threading import Thread
from typing import TYPE_CHECKING

import click

from reportgen.cli.exit_codes import exit_code_of
from reportgen.cli.log_lines import print_on_stderr
from reportgen.cli.options import ExitCode, lines, say

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from reportgen.cli.log_lines import LogLines

_SECONDS = 60
_LAST_SECONDS = 1  # for its last words; a process that it left behind may hold its output open for ever
_STDERR = 2


@dataclass(slots=True)
class RunEnd:
    """The end of a run, as far as it is known.

    Attributes:
        code: The exit code of the command.
        folder: Of the run; None where none was begun.
        secrets: Environment variables that the hook does not get; None where no run was planned.
    """

    code: int = ExitCode.DONE
    folder: Path | None = None
    secrets: frozenset[str] | None = None


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
def hook_at_end(words: tuple[str, ...], fleet: Path) -> Iterator[RunEnd]:
    """Yield the end of a run, to be filled in, and call a command with it after the `with` block and after errors.

    Args:
        words: Of the command; none calls no command.
        fleet: The fleet file, which names secrets also where it is refused.
    """
    end = RunEnd()
    try:
        yield end
    except BaseException as error:
        end.code = exit_code_of(error)
        raise
    finally:
        if words:
            _call(words, end, fleet)


def _call(words: tuple[str, ...], end: RunEnd, fleet: Path) -> None:
    """Call the command; its failure is a warning, and changes no exit code."""
    environment = _without_secrets(end, fleet) | {
        "REPORTGEN_EXIT_CODE": str(int(end.code)),
        "REPORTGEN_RUN": str(end.folder.absolute()) if end.folder else "",
        "REPORTGEN_RESULTS": str((end.folder / "run_results.json").absolute()) if end.folder else "",
    }
    try:
        code = _ended(words, environment)
        fault = f"ended with {code}" if code else ""
    except (OSError, subprocess.TimeoutExpired) as error:
        fault = error.strerror or str(error) if isinstance(error, OSError) else f"took longer than {_SECONDS} seconds"
    if fault:
        say(f"reportgen: warning: the hook {words[0]}: {fault}", logging.WARNING, "hook")


def _without_secrets(end: RunEnd, fleet: Path) -> dict[str, str]:
    """Return the variables of the environment that hold no secret of the fleet."""
    from reportgen.spec.secret_variables import is_harmless, variables_of_fleet

    secrets = variables_of_fleet(fleet) if end.secrets is None else end.secrets
    return {
        name: value
        for name, value in os.environ.items()
        if (is_harmless(name) if secrets is None else name not in secrets)
    }


def _ended(words: tuple[str, ...], environment: dict[str, str]) -> int:
    """Return the code with which the command ended; what it prints goes to stderr, because stdout is the run's own.

    Raises:
        OSError: It cannot be called.
        TimeoutExpired: It took too long, and was ended.
    """
    if lines().as_json:
        return _relayed(words, environment, lines())
    return subprocess.run(words, env=environment, check=False, timeout=_SECONDS, stdout=_STDERR).returncode  # noqa: S603 - the user's own command


def _relayed(words: tuple[str, ...], environment: dict[str, str], printed: LogLines) -> int:
    """Return the code with which the command ended; each line that it prints is a line of the run's log."""
    process = subprocess.Popen(  # noqa: S603 - as above
        words, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, errors="replace"
    )

    def relay() -> None:
        with process.stdout or nullcontext(()) as output:
            for line in output:
                print_on_stderr(printed.formatted(line.rstrip("\n"), logging.INFO, "hook"))  # also with -q

    reader = Thread(target=relay, daemon=True)
    reader.start()
    try:
        return process.wait(_SECONDS)
    finally:
        process.kill()
        process.wait()
        reader.join(_LAST_SECONDS)
