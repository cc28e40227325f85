"""Exit codes and options that several commands share."""

from __future__ import annotations

import logging
import re
from datetime import date, timedelta
from enum import IntEnum
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import click

from reportgen.cli.log_lines import LogLines
from reportgen.files import state_folder
from reportgen.outputs import FORMATS

if TYPE_CHECKING:
    from collections.abc import Callable

Command = TypeVar("Command", bound="Callable[..., object]")

PDF_VARIANTS = ("pdf/ua-1", "pdf/a-3u")
FILE = click.Path(dir_okay=False, path_type=Path)
RUN = click.Path(exists=True, file_okay=False, path_type=Path)
_LENGTHS = {"s": "seconds", "m": "minutes", "h": "hours", "d": "days"}
_REMARKS = [f"{name} is {output.remark}" for name, output in FORMATS.items() if output.remark]
_NAMES = ",".join(name for name, output in FORMATS.items() if not output.remark)
FORMATS_HELP = "; ".join((f"Some of {_NAMES}", *_REMARKS)) + "."
"""Help of an option that takes a list of formats."""


class ExitCode(IntEnum):
    """Exit codes of the command.

    Attributes:
        DONE: The command did everything.
        FAILED: A report failed, also by taking too long, is degraded (a block could not be read) or is held, or a
            delivery failed.
        USAGE: An option, a spec, a client, a fleet or a period is wrong; nothing was started.
        CONFIGURATION: A token, an address or a logo is missing or refused.
        LOCKED: Another run works in the same folder.
        ENVIRONMENT: A system library is missing; for `doctor` also a font, a folder or the API.
        INTERRUPTED: Ended by Ctrl-C.
        UNREAD: The reader of what it prints went away, so that not all was said.
        TERMINATED: Ended by SIGTERM.
    """

    DONE = 0
    FAILED = 1
    USAGE = 2
    CONFIGURATION = 3
    LOCKED = 4
    ENVIRONMENT = 5
    INTERRUPTED = 130
    UNREAD = 141
    TERMINATED = 143


def verbosity(command: Command) -> Command:
    """Return a command with the options `-v` and `-q`."""
    quiet = click.option(
        "-q", "--quiet", is_flag=True, expose_value=False, callback=_set_quiet, help="Print results and errors only."
    )
    verbose = click.option(
        "-v",
        "--verbose",
        is_flag=True,
        expose_value=False,
        callback=_set_verbose,
        help="Print each stage and request too, and where a defect is.",
    )
    return quiet(verbose(command))


def log_format(command: Command) -> Command:
    """Return a command with the option `--log-format`."""
    option = click.option(
        "--log-format",
        type=click.Choice(["text", "json"]),
        default="text",
        show_default=True,
        is_eager=True,
        expose_value=False,
        callback=_set_format,
        help="Write what goes to stderr for people, or each line as JSON, with every stage's time.",
    )
    return option(command)


def lines() -> LogLines:
    """Return the lines of the running command on stderr."""
    return click.get_current_context().find_root().ensure_object(LogLines)


def say(message: str, level: int = logging.INFO, event: str = "message", **fields: object) -> None:
    """Print a message on stderr: with `-q` only errors, and a detail (`logging.DEBUG`) only with `-v`.

    Args:
        message: The message for people.
        level: Its level.
        event: The event of its line as JSON.
        **fields: More fields of that line.
    """
    lines().say(message, level, event, **fields)


def _set_quiet(_context: click.Context, _parameter: click.Parameter, value: bool) -> None:  # noqa: FBT001 - click's hook
    lines().choose(is_quiet=value)


def _set_verbose(_context: click.Context, _parameter: click.Parameter, value: bool) -> None:  # noqa: FBT001 - as above
    lines().choose(is_verbose=value)


def _set_format(_context: click.Context, _parameter: click.Parameter, value: str) -> None:
    lines().choose(as_json=value == "json")


class _Day(click.ParamType[date]):
    """A day, `2026-10-31`."""

    name = "YYYY-MM-DD"

    def convert(self, value: str | date, param: click.Parameter | None, ctx: click.Context | None) -> date:
        """Return the day that is written in a text, or fail with how to write it."""
        from reportgen.errors import PeriodError
        from reportgen.periods import day_advice, parse_day

        try:
            return value if isinstance(value, date) else parse_day(value)
        except PeriodError:
            self.fail(f"{value!r} is no day; {day_advice(str(value))}", param, ctx)


as_of_option = click.option(
    "--as-of", type=_Day(), metavar="DAY", help="Day of the report, such as 2026-11-01. [default: today]"
)


pdf_variant_option = click.option(
    "--pdf-variant",
    type=click.Choice(PDF_VARIANTS),
    help="Standard of PDFs: ua-1 for readers who cannot see, a-3u for archives. [default: as the spec says]",
)


def window_options(command: Command) -> Command:
    """Return a command with the options of the client, the period, the comparison and the day."""
    compare = "In place of the spec's comparison, such as none, A..B or two with a comma between."
    period = "In place of the spec's period, such as last_month or 2026-10."
    for option in (
        as_of_option,
        click.option("--compare", metavar="C", callback=not_empty, help=compare),
        click.option("--period", metavar="P", callback=not_empty, help=period),
        click.option("--client", type=FILE, metavar="FILE", help="The client file."),
    ):
        command = option(command)
    return command


def not_empty(_context: click.Context, _parameter: click.Parameter, value: str | None) -> str | None:
    """Return the value of an option, refused if it is empty: most often a variable of the shell that is not set."""
    if value is not None and not value.strip():
        raise click.BadParameter("is empty; leave the option out, or give it a value")
    return value


def locale_name(_context: click.Context, _parameter: click.Parameter, value: str | None) -> str | None:
    """Return the locale of an option."""
    from reportgen.spec.field_types import check_locale

    try:
        return None if value is None else check_locale(value)
    except ValueError as error:
        raise click.BadParameter(str(error)) from error


def duration(_context: click.Context, _parameter: click.Parameter, value: str | None) -> timedelta | None:
    """Return the length of time of an option, such as 10m."""
    if value is None:
        return None
    match = re.fullmatch(r"([1-9][0-9]{0,4})([smhd])", value)
    if not match:
        raise click.BadParameter(f"{value!r} is no length of time; write a number and s, m, h or d, such as 10m")
    return int(match[1]) * timedelta(**{_LENGTHS[match[2]]: 1})


fresh_option = click.option(
    "--fresh", is_flag=True, help="Ask for every month of a history, also for those whose answers are kept."
)
state_option = click.option(
    "--state",
    type=click.Path(file_okay=False, path_type=Path),
    default=state_folder,
    metavar="DIR",
    help="Folder of what is stored between calls. [default: $XDG_STATE_HOME/reportgen]",
)


def format_names(_context: click.Context, _parameter: click.Parameter, value: str) -> tuple[str, ...]:
    """Return the names of the formats in a list with commas."""
    names = tuple(name.strip() for name in value.split(",") if name.strip())
    unknown = [name for name in names if name not in FORMATS]
    if unknown or not names:
        raise click.BadParameter(f"{', '.join(unknown) or 'nothing'} is no format; write some of {','.join(FORMATS)}")
    return names
