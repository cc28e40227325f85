"""Task lists: the box at the begin of an item, `[ ]` or `[x]`, as a token of its own."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from markdown_it.token import Token

if TYPE_CHECKING:
    from markdown_it.rules_core import StateCore

_BOX = re.compile(r"\[([ xX])\][ \t]+")


def mark_tasks(state: StateCore) -> None:
    """Put a token `task` in place of each box; the token that opens its item has `task` among its meta data too."""
    for at, token in enumerate(state.tokens):
        if token.type == "list_item_open" and _has_box(state.tokens[at + 1 : at + 3]):
            token.meta["task"] = True


def _has_box(following: list[Token]) -> bool:
    """Return whether an item begins with a box, by the tokens after the token that opens it; the box is replaced."""
    if [token.type for token in following] != ["paragraph_open", "inline"] or not following[1].children:
        return False
    line, text = following[1], following[1].children[0]
    found = _BOX.match(text.content) if text.type == "text" else None
    if not found or not _BOX.match(line.content) or found.end() == len(line.content):
        return False
    text.content, line.content = text.content[found.end() :], line.content[found.end() :]
    box = Token("task", "", 0, meta={"done": found[1] != " "})
    line.children = [box, *following[1].children]
    return True
