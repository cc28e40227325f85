"""The command `reportgen`: it parses, calls and prints; the only print and the only exit codes."""

from __future__ import annotations

import logging
import os
import signal
import sys
import threading
import traceback
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

import click

from reportgen.cli.accounts_commands import integrations
from reportgen.cli.delivery_commands import approve, deliver, mark_sent, retry_unknown
from reportgen.cli.doctor_command import doctor
from reportgen.cli.exit_codes import Terminated, exit_code_of
from reportgen.cli.explain_command import explain
from reportgen.cli.log_lines import LogLines, silence
from reportgen.cli.new_command import new
from reportgen.cli.options import ExitCode, verbosity
from reportgen.cli.preview_command import preview
from reportgen.cli.prune_command import prune
from reportgen.cli.refresh_command import refresh
from reportgen.cli.render_commands import bundle, demo, render, sandbox
from reportgen.cli.run_commands import run, status, verify
from reportgen.cli.spec_commands import check, completion, import_command, plan, schema
from reportgen.errors import ReportgenError, SpecError
from reportgen.garbage_collection import collect_seldom

if TYPE_CHECKING:
    from collections.abc import Sequence


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(package_name="reportgen-connect", prog_name="reportgen")
@verbosity
def cli() -> None:
    """Client reports from a metrics API: a YAML spec becomes HTML, PDF and a workbook.

    \b
    Exit codes: 0 all done; 1 a report failed, or is degraded or held;
    2 wrong usage or spec; 3 authentication or configuration;
    4 another run works in the folder; 5 a system library is missing;
    130, 143 ended by a signal; 141 the reader of the output went away.
    """  # noqa: D301 - click's own mark, a backspace, keeps the lines apart


for _command in (
    *(render, run, refresh, status, verify, deliver, approve, mark_sent, retry_unknown, prune, demo, new, preview),
    *(check, plan),
    *(import_command, integrations, schema, sandbox, explain, bundle, doctor, completion),
):
    cli.add_command(_command)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line and return its exit code."""
    signals: list[int] = []
    _open_closed_streams()
    output = sys.stdout
    lines = LogLines()

    collect_seldom()
    _end_by_signals(signals)
    try:
        with lines.listening():
            result = cli.main(args=arguments, prog_name="reportgen", standalone_mode=False, obj=lines)
        sys.stdout.flush()
    except (KeyboardInterrupt, click.Abort):
        return _leave(ExitCode.INTERRUPTED)
    except Terminated:
        return _leave(ExitCode.TERMINATED)
    except SystemExit:
        if sys.stdout is not output:  # click replaces it where the reader of our output went away
            return ExitCode.UNREAD
        raise
    except Exception as error:  # noqa: BLE001 - the outermost place: errors are printed without a traceback
        return (
            _leave(_code_of(signals[0])) if signals else _report(error, lines)
        )  # an end in mid-step can look like a defect
    code = result if isinstance(result, int) else ExitCode.DONE
    if not signals:
        return code
    return _leave(
        ExitCode.TERMINATED if signal.SIGTERM in signals else code
    )  # of a command that ends quietly by itself


def _open_closed_streams() -> None:
    """Open streams to nowhere in place of those that the caller closed.

    Else a file of a run would get the number of stderr, and in it whatever a library of C says there.
    """
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):  # in the order of their numbers
        if getattr(sys, name) is None:
            setattr(sys, name, Path(os.devnull).open(mode, encoding="utf-8"))  # noqa: SIM115 - until the process ends


def _end_by_signals(signals: list[int]) -> None:
    """End the command on Ctrl-C and SIGTERM by an exception, and on a second signal at once.

    Args:
        signals: Receives the number of the first signal.
    """

    def end(number: int, _frame: object) -> NoReturn:
        if signals:  # no wait at the second signal: files are whole, and workers end with their parent
            os._exit(_code_of(number))
        signals.append(number)
        raise Terminated if number == signal.SIGTERM else KeyboardInterrupt

    signal.signal(signal.SIGTERM, end)
    if signal.getsignal(signal.SIGINT) is signal.default_int_handler:  # a shell's background job ignores it
        signal.signal(signal.SIGINT, end)


def _code_of(number: int) -> ExitCode:
    return ExitCode.TERMINATED if number == signal.SIGTERM else ExitCode.INTERRUPTED


def _report(error: Exception, lines: LogLines) -> ExitCode:
    """Print an error on stderr, and return its exit code."""
    match error:
        case click.ClickException() if not lines.as_json:
            error.show()
            return ExitCode.USAGE
        case click.ClickException():
            _print_error(error.format_message(), lines)
            return ExitCode.USAGE
        case SpecError():  # file:line:column comes first, so that editors can jump there
            lines.say(str(error), logging.ERROR, "error")
            return ExitCode.USAGE
        case BrokenPipeError():  # the reader of our output went away
            silence(sys.stdout)
            return ExitCode.UNREAD
        case ReportgenError():
            _print_error(str(error), lines)
            return exit_code_of(error)
    _print_error(_unexpected(error, is_verbose=lines.is_verbose), lines)
    return ExitCode.FAILED


def _unexpected(error: Exception, *, is_verbose: bool) -> str:
    if isinstance(error, OSError):
        return f"the output cannot be written: {error.strerror or error}"
    if isinstance(error, MemoryError):
        return "there was not enough memory; shorten the longest text or table, or take out the largest picture"
    if is_verbose:
        return "".join(traceback.format_exception(error)).rstrip()
    return f"unexpected {type(error).__name__}: {error}. This is a defect of reportgen; -v shows where"


def _print_error(message: str, lines: LogLines) -> None:
    lines.say("\n".join(f"reportgen: {line}" for line in message.splitlines()), logging.ERROR, "error")


def _leave(code: int) -> int:
    """End the process now where threads still run, which would hold it until the time-out of a server."""
    if threading.active_count() > 1:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code)  # every file is written whole, so nothing is half done
    return code
