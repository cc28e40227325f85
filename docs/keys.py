"""Tables of keys, from JSON Schemas: what a key is for, what may stand there, what stands there if it is left out."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any, NamedTuple, TypeAlias

from reportgen.components.goal_numbers import PERCENT_PATTERN
from reportgen.components.goals import MONTH_PATTERN
from reportgen.components.period_fields import DATES_PATTERN
from reportgen.components.yaml_models import COLOR_PATTERN, CURRENCY_PATTERN, NAME_PATTERN
from reportgen.languages import LANGUAGE_PATTERN
from reportgen.periods import PERIOD_PATTERN
from reportgen.spec.field_types import THEME_PATTERN

if TYPE_CHECKING:
    from collections.abc import Iterator

Schema: TypeAlias = dict[str, Any]
"""A JSON Schema, or a part of one."""

PASSED_ON = "The API's own; sent back exactly as it was copied."
"""The description of a key that reportgen itself does not read."""

_PATTERNS = {
    NAME_PATTERN: "name (small letters, digits, `_`)",
    CURRENCY_PATTERN: "currency code such as `BRL`",
    THEME_PATTERN: "path of a theme file",
    PERIOD_PATTERN: "days in a form under Periods",
    DATES_PATTERN: "`YYYY-MM-DD..YYYY-MM-DD`",
    PERCENT_PATTERN: "percentage",
    COLOR_PATTERN: 'colour `"#RRGGBB"`, in quotes',
}
_FORMATS = {"date": "day, `YYYY-MM-DD`", "uuid": "id (UUID)", "base64": "text (base64)"}
_TYPES = {"string": "text", "integer": "whole number", "number": "number", "boolean": "`true` or `false`"}


class Row(NamedTuple):
    """One key.

    Attributes:
        path: With the keys it stands under, joined by dots; `[]` stands for each of a list, `NAME` for a name.
        values: What may stand there, in words.
        default: What it is if it is left out; empty where that is nothing, `required` where it must not be.
        says: What it is for.
    """

    path: str
    values: str
    default: str
    says: str


def table(rows: list[Row]) -> str:
    """Return keys as a table in Markdown."""
    lines = [f"| `{row.path}` | {_cell(row.says)} | {_cell(row.values)} | {row.default} |" for row in rows]
    return "\n".join(["| key | what it is for | value | default |", "|---|---|---|---|", *lines]) + "\n"


def rows_of(schema: Schema, definitions: Schema, *, linked: dict[str, str], prefix: str = "") -> Iterator[Row]:
    """Yield the keys of an object, and after each the keys under it.

    Args:
        schema: Of an object.
        definitions: What `$ref` in it leads to.
        linked: Definitions that have a place of their own, as links; their keys are not repeated.
        prefix: The path of the object, with a dot at its end.

    Raises:
        ValueError: A key has no description.
    """
    required = schema.get("required", [])
    said = _attributes(schema.get("description", ""))
    for key, part in schema.get("properties", {}).items():
        if "not" in part:  # a key that this version refuses
            continue
        says = part.get("description") or said.get(key) or _doc(part, definitions)
        if not says:
            raise ValueError(f"{schema.get('title')}.{key} has no description; write one in its model")
        default = "**required**" if key in required else _default(part.get("default"))
        yield Row(prefix + key, words(part, definitions, linked), default, says)
        for under, suffix in _under(part, definitions, linked):
            yield from rows_of(under, definitions, linked=linked, prefix=f"{prefix}{key}{suffix}.")


def words(part: Schema, definitions: Schema, linked: dict[str, str]) -> str:
    """Tell in words what a schema accepts.

    Args:
        part: The schema.
        definitions: What `$ref` in it leads to.
        linked: Definitions that have a place of their own, as links.
    """
    if "$ref" in part:
        name = part["$ref"].rpartition("/")[2]
        return linked.get(name) or words(definitions[name], definitions, linked)
    if choices := part.get("anyOf") or part.get("oneOf"):
        if any(LANGUAGE_PATTERN in one.get("patternProperties", {}) for one in choices):
            return "[text](#texts)"
        told = (words(one, definitions, linked) for one in choices if one.get("type") != "null")
        return " or ".join(dict.fromkeys(told))
    if part.get("type") == "array":
        if "prefixItems" in part:
            return f"pair of {words(part['prefixItems'][0], definitions, linked)}s"
        return f"list of {words(part['items'], definitions, linked)}"
    return _mapping(part, definitions, linked) if part.get("type") == "object" else _scalar(part)


def _mapping(part: Schema, definitions: Schema, linked: dict[str, str]) -> str:
    if "properties" in part:
        return "the keys below"
    pattern, inner = next(iter(part.get("patternProperties", {}).items()), ("", part.get("additionalProperties")))
    inner_words = words(inner, definitions, linked) if isinstance(inner, dict) else "anything"
    return f"for each {'month' if pattern == MONTH_PATTERN else 'name'}: {inner_words}"


def _scalar(part: Schema) -> str:
    if closed := part.get("enum") or ([part["const"]] if "const" in part else []):
        return ", ".join(f"`{word}`" for word in closed)
    if "pattern" in part:
        return _PATTERNS[part["pattern"]]
    if "format" in part:
        return _FORMATS[part["format"]]
    word = _TYPES.get(part.get("type", ""), "anything")
    least, most = part.get("minimum"), part.get("maximum")
    if least is None:
        return word
    return f"{word}, {least:g} to {most:g}" if most is not None else f"{word}, {least:g} or more"


def _under(part: Schema, definitions: Schema, linked: dict[str, str]) -> Iterator[tuple[Schema, str]]:
    """Yield each object with keys that a key holds, and what its path adds."""
    if "$ref" in part:
        name = part["$ref"].rpartition("/")[2]
        if name not in linked:
            yield from _under(definitions[name], definitions, linked)
    elif part.get("properties"):
        yield part, ""
    elif choices := part.get("anyOf") or part.get("oneOf"):
        for one in choices:
            yield from _under(one, definitions, linked)
    elif isinstance(items := part.get("items"), dict):
        yield from ((under, f"[]{suffix}") for under, suffix in _under(items, definitions, linked))
    else:
        inner = next(iter(part.get("patternProperties", {}).values()), part.get("additionalProperties"))
        if isinstance(inner, dict):
            yield from ((under, f".NAME{suffix}") for under, suffix in _under(inner, definitions, linked))


def _attributes(docstring: str) -> dict[str, str]:
    """Return what a docstring says of each attribute, in the words of JSON."""
    _, _, listed = docstring.partition("Attributes:\n")
    found = re.findall(r"^    (\w+): (.+(?:\n {6,}.+)*)", listed, re.MULTILINE)
    return {name: re.sub(r"\s+", " ", text).replace("None", "null") for name, text in found}


def _doc(part: Schema, definitions: Schema) -> str:
    """Return what the model of a key says of itself: pydantic leaves out a description that is the same."""
    name = part.get("$ref", "").rpartition("/")[2]
    said: str = definitions.get(name, {}).get("description", "")
    return said.partition("\n")[0]


def _default(value: object) -> str:
    if isinstance(value, dict):
        return ""
    return "" if value in (None, "", []) else f"`{json.dumps(value, ensure_ascii=False)}`".replace('"', "")


def _cell(text: str) -> str:
    return text.replace("|", "\\|")
