"""The lines of a command on stderr, its own and those of the log, for people or as JSON."""

from __future__ import annotations

import logging
import os
import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING, TextIO

import click

from reportgen.logs import LOGGER, JsonFormatter

if TYPE_CHECKING:
    from collections.abc import Iterator

_PREFIX = "reportgen: "


class LogLines(logging.Handler):
    """The lines of a command on stderr.

    Attributes:
        is_quiet: Whether only errors are printed.
        is_verbose: Whether details are printed too: of the log, stages and requests.
        as_json: Whether each line is a JSON object; those of the log's stages are then printed without `is_verbose`.
    """

    def __init__(self) -> None:
        """Print the lines of a command without options."""
        super().__init__()
        self.is_quiet = self.is_verbose = self.as_json = False
        self._json = JsonFormatter()

    @property
    def run(self) -> str:
        """Name of the run that the lines are about; empty where there is none."""
        return self._json.run

    @run.setter
    def run(self, name: str) -> None:
        self._json.run = name

    @contextmanager
    def listening(self) -> Iterator[None]:
        """Print the lines of the log during a `with` block."""
        before = LOGGER.level
        LOGGER.addHandler(self)
        try:
            self.choose()
            yield
        finally:
            LOGGER.removeHandler(self)
            LOGGER.setLevel(before)

    def choose(self, *, is_quiet: bool = False, is_verbose: bool = False, as_json: bool = False) -> None:
        """Add options to those chosen before, and let the log make no other lines than they ask for."""
        self.is_quiet |= is_quiet
        self.is_verbose |= is_verbose
        self.as_json |= as_json
        self.setFormatter(self._json if self.as_json else None)
        LOGGER.setLevel(self._least if self.as_json or self.is_verbose else max(self._least, logging.WARNING))

    def say(self, message: str, level: int = logging.INFO, event: str = "message", **fields: object) -> None:
        """Print a message of the command, as far as the options allow; with `as_json` a line for each of its lines."""
        if level < self._least:
            return
        print_on_stderr(self.formatted(message, level, event, **fields))

    def formatted(self, message: str, level: int, event: str, **fields: object) -> str:
        """Return a message of the command as it is printed."""
        if not self.as_json:
            return message
        plain = {"levelno": level, "levelname": logging.getLevelName(level), "event": event, **fields}
        texts = (line.removeprefix(_PREFIX) for line in message.splitlines())
        return "\n".join(self._json.format(logging.makeLogRecord({**plain, "msg": text})) for text in texts)

    def emit(self, record: logging.LogRecord) -> None:
        """Print a line of the log."""
        print_on_stderr(self._json.format(record) if self.as_json else f"{_PREFIX}{record.getMessage()}")

    @property
    def _least(self) -> int:
        """The lowest level that is printed."""
        return logging.ERROR if self.is_quiet else logging.DEBUG if self.is_verbose else logging.INFO


def print_on_stderr(line: str) -> None:
    """Print a line, if anybody takes it: a log whose reader is gone, or whose disk is full, costs no report."""
    try:
        click.echo(line, err=True)
    except OSError:
        silence(sys.stderr)


def silence(stream: TextIO) -> None:
    """Lead a stream whose reader is gone to nowhere, so that what it still holds is not written at the end."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())
