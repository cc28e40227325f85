"""The author's Markdown as plain text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reportgen.markdown.parser import parse

if TYPE_CHECKING:
    from reportgen.markdown.parser import Token

DONE, OPEN = "☑", "☐"
"""The box of an item of a task list."""

_CELL_JOINT = " | "


def plain_prose(markdown: str) -> str:
    """Return Markdown as plain text: a line for each paragraph, heading, row and item, and the footnotes at its end.

    An item has a bullet, an item of a task list its box, a footnote its number.
    """
    lines: list[str] = []
    begin, cells = "", None
    for token in parse(markdown):
        match token.type:
            case "list_item_open":
                begin = "" if token.meta.get("task") else "• "
            case "footnote_open":
                begin = f"[{token.meta['id'] + 1}] "
            case "tr_open":
                cells = list[str]()
            case "tr_close" if cells is not None:
                lines.append(_CELL_JOINT.join(cells) if any(cells) else "")
                cells = None
            case "inline" if cells is not None:
                cells.append(_words(token))
            case _ if token.content:
                lines += (begin + _words(token)).split("\n")
                begin = ""
    return "\n".join(filter(None, lines))


def _words(token: Token) -> str:
    """Return the words of a line of text, or those of a block of code."""
    return token.content if token.children is None else "".join(map(_word, token.children))


def _word(child: Token) -> str:
    match child.type:
        case "softbreak" | "hardbreak":
            return "\n"
        case "task":
            return f"{DONE if child.meta['done'] else OPEN} "
        case "footnote_ref":
            return f"[{child.meta['id'] + 1}]"
        case "image":
            return picture_words(child)
    return child.content


def picture_words(picture: Token) -> str:
    """Return the alternative text that an author gives a picture."""
    return "".join(map(_word, picture.children or ()))
