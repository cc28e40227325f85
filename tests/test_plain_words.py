"""The check of plain words: docstrings name their things, and no variable is called `one`."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
SCRIPT = ROOT / ".ci/plain_words.py"


def check(folder: Path) -> subprocess.CompletedProcess[str]:
    """Run the check over a folder."""
    return subprocess.run([sys.executable, SCRIPT, folder], capture_output=True, text=True, check=False)


@pytest.mark.parametrize(
    ("code", "fault"),
    [
        ('"""Everything else."""', ":1: no noun of nouns.txt names a thing: Everything else."),
        ('\nclass It:\n    """Both."""', ":2: no noun of nouns.txt names a thing: Both."),
        ('def go() -> None:\n    """Start anew."""', ":1: no noun of nouns.txt names a thing: Start anew."),
        (
            'async def go() -> None:\n    """Send the ones of a client."""',
            ":1: 'ones' stands for a thing; name the thing: Send the ones of a client.",
        ),
        (
            'def go() -> None:\n    """Return a client whom it concerns."""',
            ":1: 'whom' stands for a thing; name the thing: Return a client whom it concerns.",
        ),
        ("names = [one.name for one in ()]", ":1: a variable is called 'one'; name the thing"),
        ("def go(ones: int) -> None: ...", ":1: a variable is called 'ones'; name the thing"),
    ],
    ids=["module", "class", "verb", "ones", "whom", "variable", "parameter"],
)
def test_every_kind_of_fault_is_found(tmp_path: Path, code: str, fault: str) -> None:
    """A fault is printed with its file and line, and ends the check with 1."""
    file = tmp_path / "planted.py"
    file.write_text(code)
    done = check(tmp_path)
    assert done.returncode == 1
    assert f"{file}{fault}" in done.stdout.splitlines()
    assert done.stderr == ""


def test_plain_code_passes(tmp_path: Path) -> None:
    """Plurals and genitives of a noun count, and so does the number one in a sentence; later lines are free."""
    (tmp_path / "plain.py").write_text(
        '"""Axes and entries."""\n\n\ndef go(row: int) -> int:\n    """Return the client\'s rows on one page.\n\n'
        '    Whom it concerns is told below.\n    """\n    return row\n'
    )
    done = check(tmp_path)
    assert (done.returncode, done.stdout) == (0, "")


@pytest.mark.parametrize("folder", ["reportgen", ".ci"])
def test_the_project_passes(folder: str) -> None:
    """The package names its things, and so does the check itself."""
    done = check(ROOT / folder)
    assert (done.returncode, done.stdout) == (0, "")


def test_the_nouns_are_in_order() -> None:
    """A noun stands in the list once, at its place."""
    nouns = (ROOT / ".ci/nouns.txt").read_text().split()
    assert nouns == sorted(set(nouns))
