"""JSON, read strictly: no duplicate keys, no bottomless nesting, and errors with line and column.

The standard library lets these through: of two equal keys the last would win,
`NaN`, `Infinity` and `1e999` would become floats that no output can print, deep nesting would end in
a RecursionError and long integers in a bare ValueError.
"""

from __future__ import annotations

import json
import re
from math import isfinite, isnan, nan
from typing import TYPE_CHECKING, cast

from reportgen.errors import ReportgenError

if TYPE_CHECKING:
    from pydantic import JsonValue

DEEPEST = 64
MOST_VALUES = 2_000_000  # a hundred bytes each, and more once they are cells
_TOKEN = re.compile(r'(?P<string>"[^"\\]*(?:\\.[^"\\]*)*")(?P<colon>\s*:)?|[\[\]{}]|(?P<digits>[0-9]{309,})', re.DOTALL)


class JsonError(ReportgenError):
    """A text is no strict JSON.

    Attributes:
        line: First line is 1.
        column: First column is 1.
        message: The fault there and what to do.
    """

    def __init__(self, line: int, column: int, message: str) -> None:
        """Keep the place apart from the message, for callers that print it their own way."""
        super().__init__(f"line {line}, column {column}: {message}")
        self.line = line
        self.column = column
        self.message = message


def parse_json(text: str, *, keep_nan: bool = False) -> JsonValue:
    """Return the value of a JSON document, decoded and without a byte-order mark.

    `NaN`, `Infinity` and numbers beyond the range of a float become None: a missing value.

    Args:
        text: The document.
        keep_nan: Whether they become NaN instead, so that `without_nan` can count them.

    Raises:
        JsonError: It is malformed, repeats a key in one object, nests deeper than `DEEPEST`, or
            holds more than `MOST_VALUES` or a number of more than 308 digits.
    """
    if sum(map(text.count, ",[{")) > MOST_VALUES:  # before any is made; the commas of texts are few beside that
        raise JsonError(1, 1, f"this holds more than {MOST_VALUES:,} values; ask for less at a time")
    try:
        no_number = nan if keep_nan else None
        value = cast(
            "JsonValue",
            json.loads(
                text,
                parse_constant=lambda _word: no_number,
                parse_float=lambda digits: number if isfinite(number := float(digits)) else no_number,
            ),
        )
    except json.JSONDecodeError as error:
        raise _syntax_error(text, error) from error
    except (RecursionError, ValueError):  # the scan finds the place: nesting, or an endless integer
        value = None
    _refuse_excess(text)
    return value


def without_nan(value: JsonValue) -> tuple[JsonValue, int]:
    """Return JSON with None for every NaN, and the number of NaNs."""
    if isinstance(value, float) and isnan(value):
        return None, 1
    if isinstance(value, list):
        items = [without_nan(item) for item in value]
        return [item for item, _ in items], sum(count for _, count in items)
    if isinstance(value, dict):
        members = {key: without_nan(item) for key, item in value.items()}
        return {key: item for key, (item, _) in members.items()}, sum(count for _, count in members.values())
    return value, 0


def _syntax_error(text: str, error: json.JSONDecodeError) -> JsonError:
    """Return our error for a syntax error; of a trailing comma its column is the comma's, not the next as in Python."""
    comma = error.pos if text[error.pos : error.pos + 1] == "," else len(text[: error.pos].rstrip()) - 1
    if comma >= 0 and text[comma] == "," and text[comma + 1 :].lstrip()[:1] in {"}", "]"}:
        return _error_at(text, comma, "delete this comma: nothing follows it")
    if text[error.pos :].startswith(("//", "/*", "#")):
        return _error_at(text, error.pos, "JSON has no comments; delete this one")
    if error.msg == "Extra data" and text[error.pos :].lstrip(", \t\r\n")[:1] in {"{", "["}:
        return _error_at(
            text, error.pos, "several objects stand in a row; put commas between them, and [ and ] around all"
        )
    return _error_at(text, error.pos, f"this is not JSON: {error.msg[:1].lower()}{error.msg[1:]}")


def _refuse_excess(text: str) -> None:
    """Find repeated keys, deep nesting and endless numbers, which `json` does not place."""
    keys: list[set[str]] = []
    for token in _TOKEN.finditer(text):
        if token["digits"]:
            raise _error_at(text, token.start(), "this number has more than 308 digits; shorten it")
        if token["colon"]:
            _remember_key(text, token, keys[-1])
        elif token[0] in {"{", "["}:
            keys.append(set())
        elif token[0] in {"}", "]"}:
            keys.pop()
        if len(keys) > DEEPEST:
            raise _error_at(text, token.start(), f"this nests more than {DEEPEST} levels deep; flatten it")


def _remember_key(text: str, token: re.Match[str], seen: set[str]) -> None:
    key = json.loads(token["string"])
    if key in seen:
        raise _error_at(text, token.start(), f"the key {key!r} stands twice in this object; keep one")
    seen.add(key)


def _error_at(text: str, position: int, message: str) -> JsonError:
    line_start = text.rfind("\n", 0, position) + 1
    return JsonError(text.count("\n", 0, position) + 1, position - line_start + 1, message)
