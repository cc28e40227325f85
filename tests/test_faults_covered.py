"""Each fault of the catalogue is tested: network, payloads, webhooks, files, templates, workbooks, secrets, time.

A test covers a fault by naming it first in its docstring ("N09: ..." or "N05, N06: ...") or in a comment at a
parameter ("# N13" or "# N13: ...").
"""

from __future__ import annotations

import ast
import io
import re
import tokenize
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator

TESTS = Path(__file__).parent
COUNTS = {"N": 30, "P": 23, "W": 11, "F": 22, "T": 14, "X": 8, "D": 3, "S": 5, "Z": 6}
CATALOGUE = frozenset(f"{letter}{number:02}" for letter, count in COUNTS.items() for number in range(1, count + 1))

_NAMED = re.compile(r"([NPWFTXDSZ]\d\d(?:, [NPWFTXDSZ]\d\d)*)(?::|$)")


def texts_of(source: str) -> Iterator[str]:
    """Yield the docstrings of the test functions and the comments of a file."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.FunctionDef) and node.name.startswith("test_"):
            yield ast.get_docstring(node) or ""
    for token in tokenize.generate_tokens(io.StringIO(source).readline):
        if token.type == tokenize.COMMENT:
            yield token.string.removeprefix("#").strip()


def faults_in(source: str) -> set[str]:
    """Return the faults that a file of tests says it covers."""
    found = (_NAMED.match(text) for text in texts_of(source))
    return {fault for match in found if match for fault in match[1].split(", ")}


def covered() -> set[str]:
    """Return the faults that all the tests say they cover."""
    return {fault for path in TESTS.rglob("test_*.py") for fault in faults_in(path.read_text("utf-8"))}


@pytest.mark.parametrize(
    ("source", "faults"),
    [
        ('def test_a() -> None:\n    """N09: the wait holds."""', {"N09"}),
        ('def test_a() -> None:\n    """N05, N06: the deadline holds."""', {"N05", "N06"}),
        ('def other() -> None:\n    """N09: no test."""', set()),
        ('def test_a() -> None:\n    """The week 2026-W01 is N09: no claim."""', set()),
        ("CASES = [\n    503,  # N13: in words\n    408,  # N19\n    7,  # W01 is a week\n]", {"N13", "N19"}),
    ],
)
def test_a_claim_is_the_first_word(source: str, faults: set[str]) -> None:
    """Only what a test's docstring or a comment begins with is a claim; a week in a sentence is none."""
    assert faults_in(source) == faults


def test_every_fault_has_a_test() -> None:
    """Every fault of the catalogue is named by a test, and no test names an unknown one."""
    named = covered()
    assert sorted(named - CATALOGUE) == [], "no such fault"
    assert sorted(CATALOGUE - named) == [], "no test names them"
