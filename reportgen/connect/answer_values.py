"""The values of an answer's JSON, by their types: a value of the wrong type never becomes another value."""

from __future__ import annotations

import json
import re
from datetime import datetime
from typing import TYPE_CHECKING, TypeVar
from urllib.parse import urlsplit

from reportgen.connect.cleaned_text import clean_lines, clean_text, one_line
from reportgen.model import meant
from reportgen.queries import RichCell, canonical_json

if TYPE_CHECKING:
    from collections.abc import Callable

    from pydantic import JsonValue

    from reportgen.model import Number
    from reportgen.queries import Cell

_Read = TypeVar("_Read")

# A JSON number without an exponent: "1,234" and "1.234,5" differ by locale and are never guessed
_DECIMAL = re.compile(r"-?(?:0|[1-9][0-9]{0,307})(?P<fraction>\.[0-9]{1,308})?")
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}(?:[T ].+)?")
_LINK = re.compile(r"https?://[^\s\x00-\x20\x7f-\x9f<>\"\\\ud800-\udfff]+", re.IGNORECASE)
_PICTURE = re.compile(r"https://[\x21\x23-\x3b\x3d\x3f-\x5b\x5d\x5f\x61-\x7a\x7e]{1,2000}")


class MistypedError(Exception):
    """A value without the type that the contract gives it; never leaves the reading of an answer."""

    def __init__(self, pointer: str, expected: str, value: JsonValue) -> None:
        """Name the place, the type expected there, and the value that came, cut short."""
        shown = one_line(json.dumps(value, ensure_ascii=False), 80)
        super().__init__(f"expected {expected} at {pointer or 'the top'}, the API sent {shown}")


def leniently(read: Callable[[], _Read]) -> _Read | None:
    """Return a value that no page documents; None where it has another shape, without failing the answer."""
    try:
        return read()
    except MistypedError:
        return None


def value_at(value: JsonValue, pointer: str) -> Number | str | None:
    """Return a card's value: a number, a day, or None."""
    return value if isinstance(value, str) and _is_day(value) else number_at(value, pointer)


def lenient_number(value: JsonValue) -> Number | None:
    """Return a number that no page documents; None for anything else."""
    return leniently(lambda: number_at(value, ""))


def label_at(label: JsonValue, pointer: str) -> str:
    """Return the text of a chart's label."""
    if isinstance(label, dict | list):
        raise MistypedError(pointer, "a text", label)
    return _scalar_text(label)


def cell_of(cell: JsonValue, *, is_metric: bool) -> Cell:
    """Return a table cell; a cell that is no number becomes text, so none fails. Names are text: 2024 is no amount."""
    if isinstance(cell, str):
        number = decimal_of(cell) if is_metric else None
        return clean_lines(cell) if number is None else number
    if isinstance(cell, bool):
        return _scalar_text(cell)
    if isinstance(cell, dict) and cell.keys() & {"text", "value", "url"}:
        return _rich_cell(cell, is_metric=is_metric)
    if isinstance(cell, dict | list) or not (is_metric or cell is None):
        return clean_text(canonical_json(cell))
    return cell if cell is None else meant(cell)


def _rich_cell(cell: dict[str, JsonValue], *, is_metric: bool) -> RichCell:
    """Return the cell of `{text, value}` or of a post's `{id, text, url, cdn_image}`."""
    value, url, picture = cell.get("value"), cell.get("url"), cell.get("cdn_image")
    number = lenient_number(value)
    text = value if cell.get("text") is None and (number is None or not is_metric) else cell.get("text")
    link = _link(url) if isinstance(url, str) else None
    return RichCell(
        text=link if link and text == url else None if text is None else _cell_text(text),
        value=number,
        url=link,
        picture=picture if isinstance(picture, str) and _PICTURE.fullmatch(picture) else None,
    )


def _cell_text(value: JsonValue) -> str:
    return clean_lines(value) if isinstance(value, str) else _scalar_text(value)


def _link(url: str) -> str | None:
    """Return a web address without query, fragment, user name and password, which may hold tokens.

    None where it is no such address: a broken address would stop the page it stands on.
    """
    try:
        parts = urlsplit(url)
        if not (_LINK.fullmatch(url) and parts.hostname):
            return None
        host = parts.netloc.rpartition("@")[2]
    except ValueError:
        return None
    return f"{parts.scheme}://{host}{parts.path}"


def _scalar_text(value: JsonValue) -> str:
    if value is None:
        return ""
    return clean_text(value if isinstance(value, str) else canonical_json(value))


def number_at(value: JsonValue, pointer: str) -> Number | None:
    """Return a number, also where it came as a plain decimal in quotes; None for null."""
    if value is None:
        return None
    if isinstance(value, int | float) and not isinstance(value, bool):
        return meant(value)
    number = decimal_of(value) if isinstance(value, str) else None
    if number is None:
        raise MistypedError(pointer, "a number", value)
    return number


def decimal_of(text: str) -> Number | None:
    """Return the number of a plain decimal; None where the text is anything else."""
    match = _DECIMAL.fullmatch(text)
    if match is None:
        return None
    return meant(float(text)) if match["fraction"] else int(text)


def _is_day(text: str) -> bool:
    if not _DAY.fullmatch(text):
        return False
    try:
        datetime.fromisoformat(text)
    except ValueError:
        return False
    return True


def member_of(node: dict[str, JsonValue], key: str, pointer: str = "") -> JsonValue:
    """Return the member of an object, which has to be there."""
    if key not in node:
        raise MistypedError(pointer, f"an object with {key!r}", node)
    return node[key]


def object_at(node: JsonValue, pointer: str) -> dict[str, JsonValue]:
    """Return a value that has to be an object."""
    if not isinstance(node, dict):
        raise MistypedError(pointer, "an object", node)
    return node


def list_at(node: JsonValue, pointer: str) -> list[JsonValue]:
    """Return a value that has to be a list."""
    if not isinstance(node, list):
        raise MistypedError(pointer, "a list", node)
    return node
