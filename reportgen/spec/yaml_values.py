"""Values that YAML reads otherwise than their author means, each with the way to write it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from reportgen.components.decimal_points import taken_for_decimals
from reportgen.spec.yaml_quotes import in_quotes, quoted

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ruamel.yaml.nodes import Node

_COMMENT = re.compile(r"\s+(#\S(?:.*\S)?)\s*")
_BEHIND_KEY = re.compile(r"[:,\[{]\s+#\S")
_CURLY = re.compile("[\u2018-\u201f]([^\u2018-\u201f]*)[\u2018-\u201f]")
_NO_SPACE = re.compile(r"([A-Za-z_]\w*):([^\s/].*)")
_UUID = re.compile(r"[0-9A-Fa-f]{8}(?:-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}")
_OWN_TAG = re.compile(r"!+")


def tag_message(tag: str) -> str:
    """Return the message of a value with a tag, which a text such as `!Important` is to YAML."""
    if _OWN_TAG.match(tag):
        return "what begins with ! is a tag in YAML, and no tag is read; put the value in quotes"
    return f"the tag {tag} is not read; leave it out"


def unused_anchor(node: Node, lines: Sequence[str]) -> str | None:
    """Return the message of a value that begins with `&`, where nothing refers to it; None for other values."""
    if not node.anchor or any(f"*{node.anchor}" in line for line in lines):
        return None
    written = lines[node.start_mark.line][node.start_mark.column :].strip()
    return f"what begins with & is a mark in YAML, and not part of the value; {in_quotes(written)}"


def misread(node: Node, lines: Sequence[str]) -> str | None:
    """Return the caution for a plain value that may mean something else than YAML reads; None for other values."""
    if not _is_plain(node):
        return None
    return _curly_quotes(node) or _lost_comment(node, lines) if _kind(node) == "str" else None


def doubtful_number(node: Node) -> str | None:
    """Return the message of a number such as `15.000`, which is 15 to one reader and 15000 to another; else None."""
    message = taken_for_decimals(node.value) if _is_plain(node) and _kind(node) == "float" else ""
    return f"{message}; a text stands in quotes" if message else None


def _kind(node: Node) -> str:
    return str(node.tag).rpartition(":")[2]


def _curly_quotes(node: Node) -> str | None:
    """Return the caution for a text in the quotes of a word processor, which are letters to YAML."""
    found = _CURLY.fullmatch(node.value)
    if found is None:
        return None
    return (
        f"the curly quotes are part of the text, and printed; write straight quotes, or none: {found[1]}; "
        f"to print them: {quoted(node.value)}"
    )


def _lost_comment(node: Node, lines: Sequence[str]) -> str | None:
    """Return the caution for a plain text that a comment ends which may be part of it, such as `Sales #1`."""
    found = _COMMENT.fullmatch(lines[node.end_mark.line], node.end_mark.column)
    if found is None:
        return None
    whole = f"{node.value}{found[0].rstrip()}"
    return f"{found[1]!r} is a comment in YAML, and lost; {in_quotes(whole)}; a comment has a space behind its #"


def begins_with_comment(key: Node, value: Node, lines: Sequence[str]) -> bool:
    """Return whether the value of a key is a comment to YAML, as an unquoted `#8A3B12` is."""
    nothing = value.value == "" and _is_plain(value) and not value.anchor
    return nothing and _BEHIND_KEY.search(lines[key.start_mark.line], key.start_mark.column) is not None


def braced_text(pairs: Sequence[tuple[Node, Node]]) -> str | None:
    """Return the message of an unquoted text such as `{client.name}`, a mapping to YAML; None for other mappings.

    Keys without a space after their colon, as in `{integration:google_ads}`, are a single text to YAML too.
    """
    if not pairs or not _has_no_colon(*pairs[0]):
        return None
    if _UUID.fullmatch(pairs[0][0].value):
        return f"an account stands without braces; write {pairs[0][0].value}"
    lacking = [right for key, value in pairs if (right := _spaced(key, value))]
    if lacking and _spaced(*pairs[0]):
        whole = ", ".join(lacking)
        return f"put a space after the colon: {f'{{{whole}}}' if len(lacking) == len(pairs) else whole}"
    return f'what stands in braces is a list of keys in YAML; put it in quotes: "{{{pairs[0][0].value}}}"'


def text_behind_comma(key: Node, value: Node) -> str | None:
    """Return the message of a key that is the rest of a value with a comma; None for other keys."""
    if not _has_no_colon(key, value):
        return None
    right = _spaced(key, value)
    space = f"put a space after the colon: {right}; or " if right else ""
    return f"a comma ends a value in braces, and {key.value!r} begins another key; {space}put the whole value in quotes"


def _spaced(key: Node, value: Node) -> str | None:
    """Return a key and its value with the space that lacks between them; None where both have it, or it is a text."""
    found = _NO_SPACE.fullmatch(key.value) if _has_no_colon(key, value) else None
    return f"{found[1]}: {found[2]}" if found else None


def _has_no_colon(key: Node, value: Node) -> bool:
    nothing = value.value == "" and _is_plain(value)
    return nothing and bool(value.start_mark.index == key.end_mark.index)


def _is_plain(node: Node) -> bool:
    """Return whether a text stands without quotes; of a list or mapping, True."""
    return getattr(node, "style", None) is None  # the stubs do not have it
