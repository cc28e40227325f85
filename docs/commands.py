"""Every command of the program with its arguments and options, from the parser itself, and its exit codes."""

from __future__ import annotations

import inspect
import re
from typing import TYPE_CHECKING

import click

from reportgen.cli import cli
from reportgen.cli.options import ExitCode

if TYPE_CHECKING:
    from collections.abc import Iterator


def commands() -> Iterator[tuple[str, click.Command]]:
    """Yield each command that does something, under what is typed for it: `new spec`, not `new`."""
    for name, command in cli.commands.items():
        if isinstance(command, click.Group):
            yield from ((f"{name} {under}", one) for under, one in command.commands.items())
        else:
            yield name, command


def command_text(name: str, command: click.Command) -> str:
    """Return one command in Markdown: what is typed, what it does, and its options."""
    context = click.Context(command, info_name=f"reportgen {name}")
    usage = command.get_usage(context).removeprefix("Usage: ")
    does = inspect.cleandoc(command.help or "").replace("\b\n", "")
    options = [one for one in command.params if isinstance(one, click.Option) and not _everywhere(one)]
    rows = [f"| {_written(one, context)} | {_says(one, context)} |" for one in options]
    table = ["", "| option | what it does |", "|---|---|", *rows] if rows else []
    return "\n".join([f"### `reportgen {name}`", "", "```text", _one_line(usage), "```", "", does, *table]) + "\n"


def exit_codes() -> str:
    """Return the exit codes as a table.

    Raises:
        KeyError: A code has no meaning in the docstring of `ExitCode`.
    """
    lines = r"^    ([A-Z]+): (.+(?:\n {8}.+)*)$"  # a meaning may go on in lines that are indented deeper
    meanings = dict(re.findall(lines, inspect.getdoc(ExitCode) or "", re.MULTILINE))
    rows = [f"| {code.value} | {_one_line(meanings[code.name])} |" for code in ExitCode]
    return "\n".join(["| code | meaning |", "|---|---|", *rows]) + "\n"


def _everywhere(option: click.Option) -> bool:
    return bool({"--quiet", "--verbose", "--help"} & set(option.opts))


def _written(option: click.Option, context: click.Context) -> str:
    value = "" if option.is_flag else f" {option.make_metavar(context)}"
    names = ", ".join([*option.opts, *option.secondary_opts])
    return f"`{names}{value}`".replace("|", "\\|")


def _says(option: click.Option, context: click.Context) -> str:
    """Return an option's help with its default, as `--help` prints it."""
    record = option.get_help_record(context)
    assert record is not None  # noqa: S101 - no option of ours is hidden
    return _one_line(record[1]).replace("|", "\\|")


def _one_line(text: str) -> str:
    return re.sub(r"\s+", " ", text).strip()
