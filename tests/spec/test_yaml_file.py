"""YAML with positions."""

from __future__ import annotations

import time
from contextlib import suppress
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reportgen.errors import SpecError
from reportgen.spec.yaml_file import DEEPEST, LARGEST_FILE, parse_yaml, read_yaml

if TYPE_CHECKING:
    from pathlib import Path


def test_values_are_yaml_1_2() -> None:
    """`no` is text, days stay text, numbers are numbers, null is null."""
    document = parse_yaml("a: no\nb: 2026-10-01\nc: 1_0\nd: 1.5\ne: true\nf: ~\ng: 012\nh: '7'\n", "x.yaml")
    assert document.value == {
        "a": "no",
        "b": "2026-10-01",
        "c": 10,
        "d": 1.5,
        "e": True,
        "f": None,
        "g": 12,
        "h": "7",
    }


def test_positions_count_from_one() -> None:
    """A value and a key know the line and column they begin at."""
    document = parse_yaml("a:\n  - {b: 1}\n", "x.yaml")
    assert document.values["a", 0, "b"] == (2, 9)
    assert document.keys["a", 0, "b"] == (2, 6)


def test_a_place_that_is_not_there_is_told_where_it_should_be() -> None:
    """A missing key is reported at what should hold it."""
    problem = parse_yaml("a:\n  b: 1\n", "x.yaml").problem(("a", "c", "d"), "is missing")
    assert (problem.line, problem.column, problem.place) == (2, 3, "a.c.d")


@pytest.mark.parametrize(
    ("text", "line", "said"),
    [
        ("a: 1\nb: 2\na: 3\n", 3, "a second time; the first is in line 1"),
        ("a: [\n", 2, "no YAML"),
        ("a: 1\n\tb: 2\n", 2, "tab"),
        ("a: !python/object x\n", 1, "tag"),
        ("a: !!set {x}\n", 1, "tag"),
        ("a: &x {b: 1}\nc: {<<: *x}\n", 2, "write its keys out"),
        ("{[a]: 1}\n", 1, "write its keys out"),
        ("a: .inf\n", 1, "put it in quotes"),
        ("a: *nowhere\n", 1, "alias"),
        ("a: b: c\n", 1, "no YAML"),
        ("\x00", 1, "no YAML"),
    ],
)
def test_what_a_spec_may_not_hold_is_told_with_its_line(text: str, line: int, said: str) -> None:
    """Duplicate keys, tags, merge keys and broken YAML are problems at their line."""
    with pytest.raises(SpecError) as caught:
        parse_yaml(text, "x.yaml")
    (problem,) = caught.value.problems
    assert (problem.line, said in problem.message) == (line, True), problem.message


def _bomb() -> str:
    lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x]"]
    lines += [f"a{level}: &a{level} [{', '.join([f'*a{level - 1}'] * 9)}]" for level in range(1, 12)]
    return "\n".join(lines)


@pytest.mark.parametrize("text", [_bomb(), "[" * 3000, "a: " + "{b: " * 500, "a: &a [*a]"], ids=range(4))
def test_bombs_are_refused_quickly(text: str) -> None:
    """T09: aliases that explode, refer to themselves, or nest too deep end in our error at once."""
    started = time.monotonic()
    with pytest.raises(SpecError):
        parse_yaml(text, "x.yaml")
    assert time.monotonic() - started < 5  # measured well under a second; five allow for a busy machine


@pytest.mark.parametrize(
    ("content", "said"),
    [(None, "cannot be read"), (b"a: \xff", "UTF-8"), (b"#" * (LARGEST_FILE + 1), "larger than")],
)
def test_unreadable_files_are_named(tmp_path: Path, content: bytes | None, said: str) -> None:
    """A missing file, another encoding and a huge file are told with the file's name."""
    path = tmp_path / "spec.yaml"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(SpecError, match=said) as caught:
        read_yaml(path)
    assert caught.value.problems[0].file == str(path)


def test_a_byte_order_mark_is_accepted(tmp_path: Path) -> None:
    """Files saved by Windows editors are read."""
    path = tmp_path / "spec.yaml"
    path.write_bytes(b"\xef\xbb\xbfversion: 1\r\n")
    assert read_yaml(path).value == {"version": 1}


@given(st.text(max_size=200))
def test_only_our_error_comes_out(text: str) -> None:
    """Whatever the text, it is read or refused in our own words."""
    with suppress(SpecError):
        parse_yaml(text, "x.yaml")


def test_depth_is_counted_in_levels() -> None:
    """What is as deep as allowed is read."""
    assert parse_yaml("[" * DEEPEST + "]" * DEEPEST, "x.yaml").value is not None
