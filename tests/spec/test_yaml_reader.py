"""YAML with positions."""

from __future__ import annotations

import json
import pickle
import time
from contextlib import suppress
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reportgen.errors import SpecError
from reportgen.spec.yaml_parser import DEEPEST
from reportgen.spec.yaml_reader import LARGEST_FILE, parse_yaml, read_yaml

if TYPE_CHECKING:
    from pathlib import Path


def test_values_are_yaml_1_2() -> None:
    """T10: `no` is text, days stay text, numbers are numbers, null is null."""
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
    ("text", "value"),
    [
        ("no", "no"),
        ("On", "On"),
        ("y", "y"),
        ("OFF", "OFF"),
        ("1:30", "1:30"),
        ("190:20:30", "190:20:30"),
        ("0o17", 15),
        ("017", 17),
        ("0x1F", 31),
        ("2026-10-01", "2026-10-01"),
        ("2026-10-01T10:00:00Z", "2026-10-01T10:00:00Z"),
        ("TRUE", True),
        ("'true'", "true"),
        ("null", None),
        ("1e3", 1000.0),
        ("=", "="),
    ],
)
def test_plain_words_mean_what_yaml_1_2_says(text: str, value: object) -> None:
    """T10: no Norway, no sexagesimal, no octal by a leading zero, no date."""
    assert parse_yaml(f"a: {text}\n", "x.yaml").value == {"a": value}


@pytest.mark.parametrize(
    ("text", "line", "said"),
    [
        ("a: !!python/object/apply:os.system [id]\n", 1, "tag"),
        ("a: !!python/name:os.system\n", 1, "tag"),
        ("a: !!binary aGk=\n", 1, "tag"),
        ("a: !!timestamp 2026-10-01\nb: !!omap [x: 1]\n", 2, "tag"),
        ("a: &x {b: 1}\nc: {<<: [*x, *x]}\n", 2, "write its keys out"),
        ("a:\n  b: 1\n  b: 1\n", 3, "a second time"),
        ("a: 1\n--- \nb: 2\n", 2, "a second document begins"),
        ("%YAML 1.1\n---\na: *x\n", 3, "cannot begin with *"),
        ("a:\n\t- b\n", 2, "tab"),
        ("a: 1\nb: 2\na: 3\n", 3, "a second time; the first is in line 1"),
        ("a: [\n", 2, "no YAML"),
        ("a: 1\n\tb: 2\n", 2, "tab"),
        ("a: !python/object x\n", 1, "tag"),
        ("a: !!set {x}\n", 1, "tag"),
        ("a: &x {b: 1}\nc: {<<: *x}\n", 2, "write its keys out"),
        ("{[a]: 1}\n", 1, "write its keys out"),
        ("a: .inf\n", 1, "put it in quotes"),
        ("a: *nowhere\n", 1, "cannot begin with *"),
        ("a: b: c\n", 1, "second colon"),
        ("\x00", 1, "U+0000"),
        ("a: 1\nb: x\x07\n", 2, "U+0007"),
        ('a: 1\nb: "\\0"\n', 2, "U+0000"),
        ('"\\ud800": 1\n', 1, "U+D800"),
        ('a: "\\udc00"\n', 1, "U+DC00"),
        ("a: 1\nb: 0x" + "f" * 4300, 2, "put it in quotes"),
        ("a: -0b" + "1" * 9000, 1, "put it in quotes"),
        ("a: " + "9" * 5000, 1, "put it in quotes"),
    ],
)
def test_what_a_spec_may_not_hold_is_told_with_its_line(text: str, line: int, said: str) -> None:
    """T10: duplicate keys, tags, merge keys and broken YAML are problems at their line."""
    with pytest.raises(SpecError) as caught:
        parse_yaml(text, "x.yaml")
    (problem,) = caught.value.problems
    assert (problem.line, said in problem.message) == (line, True), problem.message


def _bomb() -> str:
    lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x]"]
    lines += [f"a{level}: &a{level} [{', '.join([f'*a{level - 1}'] * 9)}]" for level in range(1, 12)]
    return "\n".join(lines)


BOMBS = {
    "nine to the twelfth": (_bomb(), 1, "10,000 keys and values"),
    "a flat list": ("a: [" + "x," * 240_000 + "]", 1, "10,000 keys and values"),
    "a flat mapping": ("\n".join(f"k{key}: {key}" for key in range(35_000)), 5_000, "10,000 keys and values"),
    "many aliases": ("a: &a x\nb: [" + "*a," * 100_000 + "]", 2, "100 aliases"),
    "an alias to itself": ("a: &a [*a]", 1, "30 levels"),
    "3,000 lists": ("[" * 3000, 1, "30 levels"),
    "500 mappings": ("a: " + "{b: " * 500, 1, "30 levels"),
    "indented 700 times": ("\n".join(" " * level + "a:" for level in range(700)), 31, "30 levels"),
    "dashes": ("- " * 100_000, 1, "30 levels"),
    "keys of keys": ("? " * 200_000, 1, "30 levels"),
    "a value of spaces": ("a: @" + " " * 100_000 + "x", 1, "cannot begin with @"),
}


@pytest.mark.parametrize("name", BOMBS)
def test_bombs_are_refused_at_once(name: str) -> None:
    """T09: what explodes, refers to itself, is too deep or too much ends in our error, with its line, unread."""
    text, line, said = BOMBS[name]
    assert len(text) <= LARGEST_FILE
    started = time.process_time()
    with pytest.raises(SpecError) as caught:
        parse_yaml(text, "x.yaml")
    taken = time.process_time() - started
    (problem,) = caught.value.problems
    assert (problem.line, said in problem.message) == (line, True), problem
    assert taken < 2  # measured at most 0.5 seconds; reading all of the longest takes eighteen, backtracking minutes


def test_aliases_are_read_as_what_they_stand_for() -> None:
    """T09: a few aliases are no bomb."""
    assert parse_yaml("a: &x {b: 1}\nc: [*x, *x]\n", "x.yaml").value == {"a": {"b": 1}, "c": [{"b": 1}, {"b": 1}]}


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (None, "cannot be read"),
        (b"a: \xff", "UTF-8"),
        (b"PK\x03\x04\xff", "a workbook, a document"),
        (b"%PDF-1.7\n\xff", "1: is a PDF; a text"),
        (b"#" * (LARGEST_FILE + 1), "larger than"),
    ],
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


@pytest.mark.parametrize("written", ["007", "0042", "+551155550100", "01155550100", "0x10", "0o17", "1_000", "-0"])
def test_a_whole_number_is_text_as_it_is_written(written: str) -> None:
    """Where a text is wanted, none of its signs is lost; it is a number all the same, also in another process."""
    value = parse_yaml(f"a: {written}\n", "x.yaml").value_at(("a",))
    again = pickle.loads(pickle.dumps(value))  # noqa: S301 - of our own
    assert isinstance(value, int)
    assert (str(value), str(again), json.dumps(value)) == (written, written, repr(value))
