"""YAML text for people: a line for each key, short mappings and lists on a single line, quotes where needed."""

from __future__ import annotations

import json
import re
from io import StringIO
from typing import TYPE_CHECKING

from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap, CommentedSeq
from ruamel.yaml.representer import RoundTripRepresenter
from ruamel.yaml.scalarstring import DoubleQuotedScalarString

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pydantic import JsonValue

# Words that YAML 1.1, which many editors read, takes for a truth value or a number.
_MISREAD = re.compile(r"(?i)y|n|yes|no|on|off|[-+]?[0-9][0-9_:.,e]*")
_BEGINS_A_WORD = re.compile(r"-?\w")  # ruamel.yaml leaves `{:x: 1}` unquoted and cannot read it back
_MULTILINE_KEYS = {"fields", "sources"}  # a line for each field or source, however short
_FLOW_LENGTH = 100
_ONE_LINE = 1_000_000


def editor_line(kind: str) -> str:
    """Return the comment line that gives editors the schema of a kind of file, without a line break."""
    return f"# yaml-language-server: $schema={kind}.schema.json"


def list_item(text: str, indent: int) -> str:
    """Return the text of a mapping as an item of a list. No value has a line break in it: see `_scalar`."""
    first, *lines = text.splitlines()
    return "".join([f"{' ' * indent}- {first}\n", *(f"{' ' * indent}  {line}\n" for line in lines)])


def mapping_text(mapping: Mapping[str, JsonValue]) -> str:
    """Return the YAML of a mapping: a line for each key, short values on a single line.

    Read back, it has the same values.
    """
    nodes = {key: _multiline(value) if key in _MULTILINE_KEYS else _node(value) for key, value in mapping.items()}
    stream = StringIO()
    yaml = YAML()
    yaml.Representer = _Representer
    yaml.width = _ONE_LINE
    yaml.indent(mapping=2, sequence=4, offset=2)
    yaml.dump(CommentedMap(nodes), stream)
    return stream.getvalue()


def _multiline(value: JsonValue) -> object:
    return CommentedMap({_scalar(key): _node(value[key]) for key in value}) if isinstance(value, dict) else _node(value)


def _node(value: JsonValue) -> object:
    if isinstance(value, str):
        return _scalar(value)
    node: CommentedMap | CommentedSeq
    if isinstance(value, dict):
        node = CommentedMap({_scalar(key): _node(item) for key, item in value.items()})
    elif isinstance(value, list):
        node = CommentedSeq(map(_node, value))
    else:
        return value
    if len(json.dumps(value, ensure_ascii=False)) <= _FLOW_LENGTH:
        node.fa.set_flow_style()
    return node


def _scalar(text: str) -> str:
    """Return a text, in quotes where a reader of YAML would misread it, and always on a single line."""
    plain = text.isprintable() and _BEGINS_A_WORD.match(text) and not _MISREAD.fullmatch(text)
    return text if plain else DoubleQuotedScalarString(text)


class _Representer(RoundTripRepresenter):
    """A representer that writes a missing value as `null`, not as nothing."""


_Representer.add_representer(type(None), lambda self, _: self.represent_scalar("tag:yaml.org,2002:null", "null"))
