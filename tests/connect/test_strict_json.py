"""Tests of reportgen.connect.strict_json."""

from __future__ import annotations

import json
import tracemalloc

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reportgen.connect.strict_json import DEEPEST, MOST_VALUES, JsonError, parse_json


@pytest.mark.parametrize(
    ("text", "line", "column", "message"),
    [
        ('{\n  "a": [\n    1,\n  ]\n}', 3, 6, "delete this comma: nothing follows it"),
        ('{"a": 1,}', 1, 8, "delete this comma: nothing follows it"),
        ('{"a": 1,\n\n "b": 2,   \n}', 3, 8, "delete this comma: nothing follows it"),
        ('{"a": 1,\n "a": 2}', 2, 2, "the key 'a' stands twice in this object; keep one"),
        ('{"a": 1, "\\u0061": 2}', 1, 10, "the key 'a' stands twice in this object; keep one"),
        ("[" * 200_000, 1, DEEPEST + 1, "this nests more than 64 levels deep; flatten it"),
        ("[" * 65 + "]" * 65, 1, DEEPEST + 1, "this nests more than 64 levels deep; flatten it"),
        ('{"a":\n ' + "9" * 5000 + "}", 2, 2, "this number has more than 308 digits; shorten it"),
        ('{"a" 1}', 1, 6, "this is not JSON: expecting ':' delimiter"),
        ("", 1, 1, "this is not JSON: expecting value"),
        ('{\n  // reach\n  "a": 1}', 2, 3, "JSON has no comments; delete this one"),
        ('{"a": 1, /* b */ "b": 2}', 1, 10, "JSON has no comments; delete this one"),
        ("[1,\n# two\n2]", 2, 1, "JSON has no comments; delete this one"),
        ('{"a": 1}\n{"b": 2}', 2, 1, "several objects stand in a row; put commas between them, and [ and ] around all"),
        (
            '{"a": 1},\n{"b": 2}',
            1,
            9,
            "several objects stand in a row; put commas between them, and [ and ] around all",
        ),
        (",", 1, 1, "this is not JSON: expecting value"),
        ('{"a": 1', 1, 8, "this is not JSON: expecting ',' delimiter"),
    ],
)
def test_says_where_and_what(text: str, line: int, column: int, message: str) -> None:
    """Each kind of broken JSON is told at its own place, with what to do."""
    with pytest.raises(JsonError) as raised:
        parse_json(text)
    assert (raised.value.line, raised.value.column, raised.value.message) == (line, column, message)


@pytest.mark.parametrize("value", ["[]", "{}", "0", '"a"'])
def test_too_many_values_are_refused_before_any_is_made(value: str) -> None:
    """A few megabytes of empty lists would become a gigabyte."""
    text = f"[{f'{value},' * MOST_VALUES}{value}]"
    tracemalloc.start()
    with pytest.raises(JsonError, match="more than 2,000,000 values; ask for less at a time"):
        parse_json(text)
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert most < 1_000_000


def test_equal_keys_of_different_objects_are_no_duplicates() -> None:
    """A key may come again in a sibling or an inner object, and in a text."""
    text = r'{"a": {"a": 1}, "b": [{"a": "\"a\": {["}, {"a": 2}]}'
    assert parse_json(text) == json.loads(text)


@pytest.mark.parametrize("word", ["NaN", "Infinity", "-Infinity", "1e999", "-1e999"])
def test_what_is_no_finite_number_is_missing(word: str) -> None:
    """NaN, infinity and what overflows a float are missing values."""
    assert parse_json(f'{{"values": {word}}}') == {"values": None}


_VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
)


@given(_VALUES)
def test_reads_all_that_json_writes(value: object) -> None:
    """Strictness refuses no ordinary document and changes no value."""
    assert parse_json(json.dumps(value, indent=1)) == value


@given(st.text() | st.text(alphabet='{}[]",:\\ 019e\n'))
def test_raises_only_its_own_error(text: str) -> None:
    """Any text is read or refused with JsonError."""
    try:
        parse_json(text)
    except JsonError as error:
        assert error.line >= 1  # noqa: PT017 - either way out is right; only a foreign error is not
