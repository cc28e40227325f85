"""Checkers of pages and PDFs that are programs, what each finds in a file, and which of it is a false alarm."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sysconfig
from dataclasses import dataclass
from tempfile import TemporaryFile
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

SECONDS = 300

FALSE_ALARMS = (
    ("html-validate", "unique-landmark: .*", "two contents of one name: a screen shows one of them, by its width"),
    ("html-validate", "prefer-native-element: .*<section>.*", "a named region is told alike, whatever its element"),
    ("html-validate", "wcag/h32: .*", "the search of the contact sheet answers while it is typed; nothing is sent"),
    (
        "html-validate",
        "empty-heading: <h1> .*",
        "hidden in the preview until its script has written the problem's title",
    ),
    ("vnu", "CSS: .*(line-clamp|container-type).*", "vnu does not know these properties, which browsers have"),
    ("vnu", "CSS: .*Parse Error.*", "vnu does not know `cqi`, a unit of a container's width"),
    ("vnu", "CSS: .*(print-color-adjust|text-size-adjust|text-stroke|text-fill-color).*", "likewise"),
)
"""Checker, its complaint as a regular expression, and why nobody is hindered."""


@dataclass(frozen=True, slots=True)
class Checker:
    """A program that reads files.

    Attributes:
        name: Its command.
        suffix: Of the files that it reads.
        options: Before the file; it writes JSON to stdout then.
        complaints: Reads that JSON.
        of: Where to have it from.
    """

    name: str
    suffix: str
    options: tuple[str, ...]
    complaints: Callable[[Any], Iterator[str]]
    of: str

    @property
    def command(self) -> str | None:
        """Its path; None where it is not installed."""
        return shutil.which(self.name) or shutil.which(self.name, path=sysconfig.get_path("scripts"))

    def found(self, file: Path) -> list[str]:
        """Return what it finds in a file, without false alarms; nothing where it is not installed."""
        if not self.command:
            return []
        with TemporaryFile() as written:  # Node cuts what it writes into a pipe after 64 KB
            subprocess.run([self.command, *self.options, file], stdout=written, check=False, timeout=SECONDS)
            written.seek(0)
            told = dict.fromkeys(self.complaints(json.load(written)))
        known = [re.compile(pattern, re.DOTALL) for name, pattern, _ in FALSE_ALARMS if name == self.name]
        return [f"{self.name}: {one}" for one in told if not any(each.fullmatch(one) for each in known)]


def _of_html_validate(read: list[dict[str, Any]]) -> Iterator[str]:
    yield from (f"{one['ruleId']}: {one['message']}" for file in read for one in file["messages"])


def _of_vnu(read: dict[str, Any]) -> Iterator[str]:
    yield from (one["message"] for one in read["messages"] if one["type"] == "error")


def _of_pdfua(read: dict[str, Any]) -> Iterator[str]:
    yield from (f"{one['rule_id']} {one['message']}" for one in read["findings"])


def _of_outloud(read: dict[str, Any]) -> Iterator[str]:
    """Yield the errors; its warnings are guesses at meaning, for a person to read."""
    findings = (one for file in read["results"] for one in file["findings"])
    yield from (f"{one['rule']} {one['message']}" for one in findings if one["severity"] == "error")


CHECKERS = (
    Checker("html-validate", ".html", ("--preset", "standard,a11y", "--formatter", "json"), _of_html_validate, "npm"),
    Checker(
        "vnu", ".html", ("--format", "json", "--stdout", "--exit-zero-always"), _of_vnu, "npm's vnu-jar, with Java"
    ),
    Checker("pdfua", ".pdf", ("check", "--format", "json"), _of_pdfua, "PyPI"),
    Checker("outloud", ".pdf", ("--json", "-", "--quiet", "--fail-on", "never"), _of_outloud, "PyPI, 200 MB"),
)
