"""Command lines that the pages and the docstrings of `bench/` name: each can be typed as it stands."""

from __future__ import annotations

import ast
import re
import shlex
from contextlib import suppress
from importlib import import_module
from typing import TYPE_CHECKING

import click
import pytest

from reportgen.cli import cli
from tests.documents import PAGES, ROOT, fenced, read_page

if TYPE_CHECKING:
    from pathlib import Path

NAMES = [str(page.relative_to(ROOT)) for page in PAGES]
_BENCH = re.compile(r"python -m (bench[\w.]*)((?: [^\n`]+)?)")
_STARTED_BY_OTHERS = {"bench.fleet_files", "bench.prepared_api", "bench.worker"}
_STANDS_FOR = {"REPORTS": "1000", "ROWS": "1000"}
_TARGETS = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(), re.MULTILINE))
REPORTGEN = [
    line.removeprefix("$ ")
    for name in NAMES
    for language in ("sh", "console")
    for text in fenced(name, language)
    for line in text.splitlines()
    if line.removeprefix("$ ").startswith("reportgen ")
]
BENCH = [
    match.groups()
    for text in (
        *(read_page(name) for name in NAMES),
        *(ast.get_docstring(ast.parse(path.read_text())) or "" for path in (ROOT / "bench").glob("*.py")),
    )
    for match in _BENCH.finditer(text)
    if match[1] not in _STARTED_BY_OTHERS
]


def command_of(words: list[str]) -> tuple[click.Command, list[str]]:
    """Return the command that the first words name, and the words after it."""
    command: click.Command = cli
    while isinstance(command, click.Group) and words and words[0] in command.commands:
        command, words = command.commands[words[0]], words[1:]
    return command, words


def exit_code(module: str, words: list[str]) -> object:
    """Return the exit code of reading the arguments of a measurement."""
    try:
        import_module("bench.__main__" if module == "bench" else module).arguments(words)
    except SystemExit as ended:
        return ended.code
    return 0


@pytest.mark.parametrize("line", [line for line in REPORTGEN if "[OPTIONS]" not in line])
def test_commands_of_reportgen_are_parsed(line: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each line of an example that starts with `reportgen` has a command, and options and arguments that it takes."""
    (tmp_path / "made/runs/fleet-2026-10").mkdir(parents=True)
    monkeypatch.chdir(tmp_path)
    typed = line.replace("$(date +%Y-%m-01)", "2026-11-01")
    command, words = command_of(shlex.split(typed, comments=True)[1:])
    with suppress(click.exceptions.Exit):  # --version and --help print and end
        command.make_context("reportgen", words)


@pytest.mark.parametrize("name", NAMES)
def test_targets_of_make_are_there(name: str) -> None:
    """Each `make` with a target is one of the Makefile."""
    named = re.findall(r"(?:^|`)(?:[A-Z_]+=\S+ )*make ([a-z-]+)", read_page(name), re.MULTILINE)
    assert set(named) <= _TARGETS


@pytest.mark.parametrize(("module", "words"), BENCH)
def test_commands_of_the_measurements_are_parsed(module: str, words: str) -> None:
    """Each `python -m bench...` has arguments that it takes; `--help` prints its options and ends without a fault."""
    assert exit_code(module, [_STANDS_FOR.get(word, word) for word in shlex.split(words)]) == 0


def test_there_are_commands_to_try() -> None:
    """The pages and docstrings are read: each way of naming a command is found."""
    assert len(REPORTGEN) > 20
    assert {module for module, _ in BENCH} == {
        "bench",
        "bench.contact_sheet",
        "bench.fleet",
        "bench.histories",
        "bench.screen_table",
        "bench.start_up",
        "bench.workbook",
    }


@pytest.mark.parametrize("words", [["--rendered", "1"], ["--reports", "0"], ["--rounds", "x"]])
def test_a_measurement_that_would_measure_nothing_is_refused(words: list[str]) -> None:
    """A run of no report and a line through a single point are mistakes of the command line."""
    assert exit_code("bench.fleet", words) == 2
