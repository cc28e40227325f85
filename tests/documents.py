"""The project's pages, and what stands in them to be tried: fenced examples, and commands with their options."""

from __future__ import annotations

import re
from pathlib import Path
from typing import NamedTuple

import click

from reportgen.cli import cli

ROOT = Path(__file__).parent.parent
PAGES = (ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md")))
_FENCE = re.compile(r"^```(\w+)\n(.*?)^```$", re.DOTALL | re.MULTILINE)


class Example(NamedTuple):
    """A fenced example.

    Attributes:
        language: As the fence says.
        text: What is in it.
        section: The heading it stands under, without its signs.
    """

    language: str
    text: str
    section: str


def read_page(name: str) -> str:
    """Return a page, by its path from the project's folder."""
    return (ROOT / name).read_text("utf-8")


def examples(page: str) -> list[Example]:
    """Return every example of a page, given its path."""
    text = read_page(page)
    return [Example(match[1], match[2], _section(text[: match.start()])) for match in _FENCE.finditer(text)]


def fenced(page: str, language: str) -> list[str]:
    """Return the examples of a page in one language."""
    return [one.text for one in examples(page) if one.language == language]


def wrong_options(text: str) -> list[str]:
    """Return each option that stands after a command of reportgen in a text and is none of its own."""
    found = re.findall(r"(?<![\w/-])reportgen ((?:new )?[a-z]+(?:-[a-z]+)*)\b([^\n`|]*)", text)
    return [f"{name} {one}" for name, rest in found for one in _used(rest) - _known(name)]


def _used(rest: str) -> set[str]:
    return set(re.findall(r"(?<!\S)--?[a-z][a-z-]*", rest.partition("#")[0]))


def _known(name: str) -> set[str]:
    """Return the options of a command; of a word that is none, whatever stands there is prose."""
    command: click.Command | None = cli
    for word in name.split():
        command = command.commands.get(word) if isinstance(command, click.Group) else None
    if command is None:
        return set()
    return {text for one in command.params if isinstance(one, click.Option) for text in one.opts} | {"--help"}


def _section(before: str) -> str:
    # A comment of an example in a shell looks like a heading, and stands inside a fence.
    headings = re.findall(r"^#{2,} (.+)$", _FENCE.sub("", before), re.MULTILINE)
    return headings[-1].replace("`", "") if headings else ""
