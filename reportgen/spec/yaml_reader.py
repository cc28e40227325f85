"""YAML files with the line and column of every key and value.

YAML 1.2: `no` is text. Days stay text, so that a period or a label reads as it was written; so do whole numbers where
a text is wanted, such as a phone number.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypeAlias

from reportgen.characters import UNPRINTABLE
from reportgen.errors import Problem, SpecError
from reportgen.files import read_text
from reportgen.spec.yaml_parser import DEEPEST, MOST_NODES, composed
from reportgen.spec.yaml_quotes import IN_QUOTES
from reportgen.spec.yaml_values import (
    begins_with_comment,
    braced_text,
    doubtful_number,
    misread,
    tag_message,
    text_behind_comma,
    unused_anchor,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Container
    from pathlib import Path

    from pydantic import JsonValue
    from ruamel.yaml.nodes import Node

Place: TypeAlias = tuple[str | int, ...]

LARGEST_FILE = 500_000

_TAG = "tag:yaml.org,2002:"


class WrittenInteger(int):
    """A whole number that an author writes otherwise than Python, such as `007`; its text has the author's digits."""

    written: str

    def __str__(self) -> str:
        """Return the digits as the author writes them."""
        return self.written


_BOOL = {"true": True, "false": False}


@dataclass(frozen=True, slots=True)
class Origin:
    """The origin of a part of a document.

    Attributes:
        file: The path of its file.
        place: The place in that file.
        by: The line that includes that file, such as `spec.yaml:12`; empty for the document's own file.
    """

    file: str
    place: Place
    by: str = ""


@dataclass(frozen=True, slots=True)
class Document:
    """The content of a YAML file; of a spec, also of the files that it includes.

    Attributes:
        file: Its path, as the caller gave it.
        value: Its content; days are text.
        values: Place -> line and column, from 1, of the value there.
        keys: Place -> line and column of the key that leads there.
        origins: Place -> the origin of that part; other parts stand in `file` at their own place.
        fragments: The files that it includes.
        cautions: Values that YAML reads otherwise than they seem to be meant.
    """

    file: str
    value: JsonValue
    values: dict[Place, tuple[int, int]] = field(default_factory=dict)
    keys: dict[Place, tuple[int, int]] = field(default_factory=dict)
    origins: dict[Place, Origin] = field(default_factory=dict)
    fragments: tuple[Path, ...] = ()
    cautions: tuple[Problem, ...] = ()

    def value_at(self, place: Place) -> JsonValue:
        """Return the value at a place, or None where a mapping lacks the key."""
        value = self.value
        for step in place:
            if isinstance(value, list) and isinstance(step, int):
                value = value[step]
            else:
                value = value.get(str(step)) if isinstance(value, dict) else None
        return value

    def problem(self, place: Place, message: str, *, at_key: bool = False) -> Problem:
        """Return a problem at a place, or at the nearest enclosing place in the file."""
        marks = self.keys if at_key and place in self.keys else self.values
        line, column = marks.get(_nearest(place, marks), (1, 1))
        origin = self.origin(place)
        text = f"{message} (included by {origin.by})" if origin.by else message
        return Problem(origin.file, line, column, ".".join(map(str, origin.place)), text)

    def origin(self, place: Place) -> Origin:
        """Return the origin of a place."""
        part = _nearest(place, self.origins)
        found = self.origins.get(part, Origin(self.file, ()))
        return Origin(found.file, (*found.place, *place[len(part) :]), found.by)

    def line(self, place: Place) -> int:
        """Return the line of a place, from 1, or of the nearest enclosing place in the file."""
        return self.values.get(_nearest(place, self.values), (1, 1))[0]


def _nearest(place: Place, known: Container[Place]) -> Place:
    """Return the longest known part of a place, from its start; empty where no part is known."""
    while place and place not in known:
        place = place[:-1]
    return place


def read_yaml(path: Path) -> Document:
    """Return the document in a YAML file.

    Raises:
        SpecError: It cannot be read, is no YAML, or holds duplicate keys, tags, merge keys, or more than
            the limits of this module.
    """
    return parse_yaml(read_text(path, LARGEST_FILE), str(path))


def parse_yaml(text: str, file: str) -> Document:
    """Return the document in a YAML text; `file` is named in problems. Raises as `read_yaml`."""
    if found := UNPRINTABLE.search(text):  # the parser would name neither line nor column
        before = text[: found.start()].splitlines() or [""]
        raise SpecError([Problem(file, len(before), len(before[-1]) + 1, "", _unprintable(found[0]))])
    root, text, slips = composed(text, file)
    reader = _Reader(Document(file, None), text.splitlines())
    value = reader.value(root, ()) if root is not None else None
    if slips or reader.problems:
        raise SpecError([*slips, *reader.problems])
    return Document(file, value, reader.document.values, reader.document.keys, cautions=tuple(reader.cautions))


def _unprintable(letter: str) -> str:
    return f"holds the character U+{ord(letter):04X}, which no report can show; delete it"


class _Reader:
    """A reader of YAML nodes, which notes the line of each value and its problems."""

    def __init__(self, document: Document, lines: list[str]) -> None:
        self.document = document
        self._lines = lines
        self.problems: list[Problem] = []
        self.cautions: list[Problem] = []
        self._nodes = 0

    def value(self, node: Node, place: Place) -> JsonValue:
        self.document.values[place] = _mark(node)
        self._nodes += 1
        if self._nodes > MOST_NODES or len(place) > DEEPEST:
            limit = f"{MOST_NODES:,} keys and values" if self._nodes > MOST_NODES else f"{DEEPEST} levels"
            raise SpecError([self.document.problem(place, f"holds more than {limit}")])
        match node.value:
            case str() as text:
                return self._scalar(node, text, place)
            case list() as pairs if node.tag == _TAG + "map":
                if message := braced_text(pairs):
                    self._refuse(node, place, message)
                    return None
                return self._mapping(pairs, place)
            case list() as items if node.tag == _TAG + "seq":
                return [self.value(item, (*place, index)) for index, item in enumerate(items)]
        self._refuse(node, place, tag_message(str(node.tag)))
        return None

    def _mapping(self, pairs: list[tuple[Node, Node]], place: Place) -> dict[str, JsonValue]:
        mapping: dict[str, JsonValue] = {}
        for key_node, value_node in pairs:
            key = key_node.value
            if not isinstance(key, str) or key_node.tag == _TAG + "merge":
                self._refuse(key_node, place, "a key is one word here; write its keys out")
                continue
            if found := UNPRINTABLE.search(key):
                self._refuse(key_node, place, _unprintable(found[0]))
                continue
            there = (*place, key)
            if key in mapping:
                self._refuse_repeated(key_node, there, pairs)
                continue
            self.document.keys[there] = _mark(key_node)
            if message := text_behind_comma(key_node, value_node):
                self._refuse(key_node, place, message)
            elif begins_with_comment(key_node, value_node, self._lines):
                self._refuse(key_node, there, IN_QUOTES)
            mapping[key] = self.value(value_node, there)
        return mapping

    def _refuse_repeated(self, node: Node, there: Place, pairs: list[tuple[Node, Node]]) -> None:
        """Refuse a key that stands twice; several of them are another entry without its hyphen, refused once."""
        keys = [key.value for key, _ in pairs]
        repeated = [key for at, (key, _) in enumerate(pairs) if key.value in keys[:at]]
        is_entry = len(repeated) > 1 or (node.value == keys[0] and node is not pairs[-1][0])
        message = f"{node.value!r} stands here a second time; the first is in line {self.document.keys[there][0]}"
        if is_entry:
            begin = node.value if node.value == keys[0] else "its first key"
            message += f"; where another entry of a list begins, put `- ` before {begin}"
        if node is repeated[0] or not is_entry:
            self._refuse(node, there, message)

    def _scalar(self, node: Node, text: str, place: Place) -> JsonValue:
        read = _SCALARS.get(str(node.tag).removeprefix(_TAG))
        if read is None:
            self._refuse(node, place, tag_message(str(node.tag)))
            return None
        if message := unused_anchor(node, self._lines) or doubtful_number(node):
            self._refuse(node, place, message)
        elif doubt := misread(node, self._lines):
            self.cautions.append(self.document.problem(place, f"warning: {doubt}"))
        if found := UNPRINTABLE.search(text):  # written as an escape, such as "\0"
            self._refuse(node, place, _unprintable(found[0]))
        try:
            return read(text)
        except (ValueError, OverflowError):
            self._refuse(node, place, f"{text[:40]!r} is no number that can be read; put it in quotes")
            return None

    def _refuse(self, node: Node, place: Place, message: str) -> None:
        line, column = _mark(node)
        self.problems.append(Problem(self.document.file, line, column, ".".join(map(str, place)), message))


def _mark(node: Node) -> tuple[int, int]:
    return node.start_mark.line + 1, node.start_mark.column + 1


def _integer(text: str) -> int:
    plain = text.replace("_", "")
    number = int(plain, 0) if re.match(r"[+-]?0[xob]", plain) else int(plain)
    float(number)  # beyond its range nothing can be drawn or written; in hexadecimal no limit of digits holds
    if str(number) == text:
        return number
    as_written = WrittenInteger(number)
    as_written.written = text
    return as_written


def _float(text: str) -> float:
    number = float(text.replace("_", ""))
    if number - number != 0:  # infinity or not a number: JSON has neither
        raise ValueError(text)
    return number


_SCALARS: dict[str, Callable[[str], JsonValue]] = {
    "str": str,
    "value": str,  # what YAML 1.1 calls a single =
    "timestamp": str,
    "null": lambda _: None,
    "bool": lambda text: _BOOL[text.casefold()],
    "int": _integer,
    "float": _float,
}
