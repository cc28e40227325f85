"""A prefix before the names of a fragment's blocks, also where these blocks refer to each other."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from pydantic import JsonValue

_WORD = re.compile(
    r"""'[^']*'|"[^"]*"|(?<![.:A-Za-z0-9_])[a-z][a-z0-9_]*"""
)  # a name, and no part of a number such as .change; texts in quotes are passed over

_LIVE = re.compile(r"\{\{|\}\}|\{([a-z][a-z0-9_]*)((?:\.[a-z_]+)*)\}")
_LINK = re.compile(r"(?<=[(<\s]#block-)[a-z][a-z0-9_]*")


def prefixed(items: list[JsonValue], prefix: str) -> list[JsonValue]:
    """Return sections or blocks with a prefix before each name and id, also where blocks refer to one another.

    They do in formulas, conditions, trends, histories, lists, summaries, links and live words. Names of blocks outside
    the fragment stay unchanged.
    """
    own = {str(part["name"]) for part in (*_sections(items), *_blocks(items)) if "name" in part}

    def name(word: str) -> str:
        return f"{prefix}_{word}" if word in own else word

    return [_item(item, name, prefix) for item in items]


def _sections(items: list[JsonValue]) -> Iterator[dict[str, JsonValue]]:
    yield from (item for item in items if isinstance(item, dict) and "blocks" in item)


def _blocks(items: list[JsonValue]) -> Iterator[dict[str, JsonValue]]:
    for item in items:
        if isinstance(item, dict) and isinstance(below := item.get("blocks"), list):
            yield from _blocks(below)
        elif isinstance(item, dict):
            yield item


def _item(item: JsonValue, name: Callable[[str], str], prefix: str) -> JsonValue:
    if not isinstance(item, dict):
        return item
    below = item.get("blocks")
    if isinstance(below, list):
        renamed = {key: _renamed(key, value, name, prefix) for key, value in item.items() if key != "blocks"}
        return {**item, **renamed, "blocks": [_item(block, name, prefix) for block in below]}
    return {key: _renamed(key, value, name, prefix) for key, value in item.items()}


def _renamed(key: str, value: JsonValue, name: Callable[[str], str], prefix: str) -> JsonValue:
    match key, value:
        case "id", str():
            return f"{prefix}_{value}"
        case "name" | "trend" | "history", str():
            return name(value)
        case "formula" | "when", str():
            return _WORD.sub(lambda word: name(word[0]), value)
        case "metric_list" | "summary" | "history" | "sum", list():
            return [name(word) if isinstance(word, str) else word for word in value]
        case "metric_table", list():
            return [_renamed_row(row, name) if isinstance(row, dict) else row for row in value]
    return _in_texts(value, name)


def _in_texts(value: JsonValue, name: Callable[[str], str]) -> JsonValue:
    """Return a value in whose texts the live words, and the links to blocks, have the prefix."""
    match value:
        case str():
            words = _LIVE.sub(lambda word: f"{{{name(word[1])}{word[2]}}}" if word[1] else word[0], value)
            return _LINK.sub(lambda place: name(place[0]), words)
        case list():
            return [_in_texts(part, name) for part in value]
        case dict():
            return {key: _in_texts(part, name) for key, part in value.items()}
    return value


def _renamed_row(row: dict[str, JsonValue], name: Callable[[str], str]) -> JsonValue:
    """Return a row of a table made of numbers; its columns keep their names."""
    return {
        column: _in_texts(cell, name) if column == "row" else _renamed("formula", cell, name, "")
        for column, cell in row.items()
    }
