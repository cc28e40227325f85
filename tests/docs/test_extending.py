"""The page on extending: its examples, applied to a copy of the project, make a report with all of them."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from tests.documents import ROOT, examples

if TYPE_CHECKING:
    from pathlib import Path

    from tests.documents import Example

PAGE = "docs/extending.md"
_FILE = re.compile(r"(?:#|\{#) ([\w./-]+/[\w.-]+)(?: #\})?\n")
SPEC = """\
version: 1
title: "{client.name}"
theme: forest
sources: {page: {integration: facebook}}
sections:
  - title: Page
    blocks:
      - {name: reach, label: Reach, format: count, source: page,
         reference_key: "fb:reach", component: number_v1, metrics: [reach]}
"""
ANSWERS = '{"reach": {"values": 48310, "comparison": null}}'


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a copy of the project with every example of the page applied."""
    folder = tmp_path_factory.mktemp("project")
    for name in ("reportgen", "templates", "report-specs"):
        shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "pyproject.toml", folder)
    for example in examples(PAGE):
        if example.language == "diff":
            _change(folder, example.text)
        elif match := _FILE.match(example.text):
            path = folder / match[1]
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(example.text.replace(match[0], "", 1) if path.suffix == ".html" else example.text)
    return folder


@pytest.fixture(scope="module")
def made(copy: Path) -> Path:
    """Return the folder of a report that the copy made with the new component, formats, theme and locale."""
    (quote,) = [one.text for one in examples(PAGE) if one.text.startswith("- quote:")]
    (copy / "spec.yaml").write_text(SPEC + "".join(f"      {line}\n" for line in quote.splitlines()))
    (copy / "answers.json").write_text(ANSWERS)
    words = copy / "reportgen/locales/it/LC_MESSAGES/reportgen"
    catalogue = ["-i", f"{words}.po", "-o", f"{words}.mo"]
    _run(copy, "babel.messages.frontend", "-q", "compile", *catalogue)
    options = ["--locale", "it", "--format", "html,md", "--as-of", "2026-11-03", "--compare", "none"]
    _run(copy, "reportgen", "render", "spec.yaml", "--answers", "answers.json", *options)
    return copy / "out"


def test_the_component_is_on_the_page(made: Path) -> None:
    """The quote is drawn by its template, with its words and who said them."""
    page = next(made.glob("*.html")).read_text()
    assert '<blockquote class="prose"><p>The autumn campaign' in page
    assert "<strong>nine days</strong>" in page
    assert "<figcaption>Ana, Padaria Aurora</figcaption>" in page


def test_the_format_writes_a_file(made: Path) -> None:
    """The numbers are there as they are printed in Italian, with its full stop."""
    assert next(made.glob("*.md")).read_text().splitlines()[2:] == ["- Reach: 48.310"]


def test_the_theme_colours_the_page(made: Path) -> None:
    """The page has the accent of the new theme."""
    assert "--accent:#1F6B4A" in next(made.glob("*.html")).read_text().replace(": ", ":")


def test_the_locale_has_its_words(made: Path) -> None:
    """The last page has its title in Italian."""
    assert "Informazioni su questo report" in next(made.glob("*.html")).read_text()


def test_the_python_is_in_the_house_style(copy: Path) -> None:
    """The new files pass the rules of the project."""
    new = [match[1] for one in examples(PAGE) if one.language == "python" and (match := _FILE.match(one.text))]
    assert len(new) == 2
    _run(copy, "ruff", "check", "--no-cache", *new)
    _run(copy, "ruff", "format", "--no-cache", "--check", *new)


def test_every_example_is_applied() -> None:
    """None stands there unread: a file, a change, the YAML of the component, or a command."""
    loose = [one for one in examples(PAGE) if one.language != "diff" and not _FILE.match(one.text)]
    assert [_start(one) for one in loose] == ["text: spec ─", "yaml: - quot", "sh: make f"]


def _start(example: Example) -> str:
    return f"{example.language}: {example.text[:6]}"


def _change(folder: Path, change: str) -> None:
    """Apply a change to the one place in its file that it fits."""
    name, _, hunks = change.partition("\n")
    path = folder / name.removeprefix("--- ")
    text = path.read_text()
    for hunk in hunks.split("@@\n"):
        lines = hunk.splitlines(keepends=True)
        before = "".join(line[1:] for line in lines if line[0] in " -")
        assert text.count(before) == 1, f"{name}: does not fit once:\n{before}"
        text = text.replace(before, "".join(line[1:] for line in lines if line[0] in " +"))
    path.write_text(text)


def _run(folder: Path, module: str, *arguments: str) -> None:
    """Run a module in the copy; its reportgen goes before the installed one, because the folder it runs in does."""
    clean = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    done = subprocess.run(
        [sys.executable, "-m", module, *arguments], cwd=folder, env=clean, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
