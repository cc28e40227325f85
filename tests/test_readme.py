"""The README: its files are accepted, its commands exist, its codes are the code's."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from reportgen.cli import cli
from reportgen.cli.options import ExitCode
from reportgen.errors import SpecError
from reportgen.spec.loading import load_client, load_spec

README = (Path(__file__).parent.parent / "README.md").read_text()
FENCES = re.findall(r"```(\w+)\n(.*?)```", README, re.DOTALL)


def fenced(language: str) -> list[str]:
    """Return the examples in a language."""
    return [text for name, text in FENCES if name == language]


def test_the_first_two_commands() -> None:
    """The demo and the tests come first."""
    assert [line.split("#")[0].strip() for line in fenced("sh")[0].splitlines()] == ["make demo", "make test"]


def test_the_spec_is_a_spec(tmp_path: Path) -> None:
    """The spec of the README is accepted as it stands."""
    path = tmp_path / "social.yaml"
    path.write_text(fenced("yaml")[0])
    assert len(load_spec(path).sections[0].blocks) == 4


def test_the_formula_is_one(tmp_path: Path) -> None:
    """The blocks of the README with a formula and a goal are accepted as they stand."""
    path = tmp_path / "ads.yaml"
    head = "version: 1\nsources: {ads: {integration: google_ads}}\nsections:\n  - source: ads\n    blocks:\n"
    path.write_text(head + fenced("yaml")[1])
    assert [block.name for block in load_spec(path).sections[0].blocks] == [
        "spend",
        "conversions",
        "cost_per_conversion",
    ]


def test_the_words_are_blocks(tmp_path: Path) -> None:
    """The blocks of words around the figures are accepted beside those they name."""
    path = tmp_path / "ads.yaml"
    head = "version: 1\nsources: {ads: {integration: google_ads}}\nsections:\n  - source: ads\n    blocks:\n"
    path.write_text(head + fenced("yaml")[1] + fenced("yaml")[2])
    assert len(load_spec(path).sections[0].blocks) == 7


def test_the_client_is_a_client(tmp_path: Path) -> None:
    """The client of the README is accepted as it stands."""
    path = tmp_path / "aurora.yaml"
    path.write_text(fenced("yaml")[3])
    try:
        client = load_client(path)
    except SpecError as error:
        pytest.fail(str(error))
    assert client.id == "padaria-aurora"


def test_python_runs_as_far_as_it_needs_no_file() -> None:
    """The names that the Python example imports are there."""
    exec(compile(fenced("python")[0].split("\n\n")[0], "README.md", "exec"), {})  # noqa: S102 - our own README


@pytest.mark.parametrize("command", sorted(cli.commands))
def test_every_command_is_documented(command: str) -> None:
    """Each command stands in the table."""
    assert f"`reportgen {command}" in README


@pytest.mark.parametrize("code", list(ExitCode))
def test_every_exit_code_is_documented(code: ExitCode) -> None:
    """Each code that a command can end with stands in the table."""
    assert re.search(rf"^\| [\d, ]*\b{code.value}\b", README, re.MULTILINE)
