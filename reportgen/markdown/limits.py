"""The limits of a passage of Markdown, within which it is laid out in some seconds and nothing of it is lost."""

from __future__ import annotations

import re

MOST_LETTERS = 40_000  # some twelve pages
MOST_LINES = 500  # a page engine takes five milliseconds for an item of a list
MOST_MARKS = 2_000
MOST_CELLS = 1_000  # of all tables; a row has the cells of its head, also where it is written shorter
DEEPEST = 20  # levels; a list in a list is two levels deeper

_MARK = re.compile(r"[\[\]!*_~`<&\\|]|\S{60}")  # an endless word is laid out in parts
_MANY_LEVELS = re.compile(r"^(?: {18}|\t{5}|(?:[ \t]*(?:>|[*+-][ \t]|\d{1,9}[.)][ \t])){8})", re.MULTILINE)


def excess(markdown: str) -> str:
    """Return the limit that a passage of Markdown exceeds, in words; empty within the limits."""
    counts = (
        (len(markdown), MOST_LETTERS, "letters"),
        (sum(bool(line.strip()) for line in markdown.split("\n")), MOST_LINES, "lines"),
        (len(_MARK.findall(markdown)), MOST_MARKS, "signs of Markdown, such as * and ["),
        (_cells(markdown), MOST_CELLS, "cells of tables"),
    )
    for count, most, what in counts:
        if count > most:
            return f"the passage has {count:,} {what}, and {most:,} at most are laid out; shorten or divide it"
    if _MANY_LEVELS.search(markdown) and _is_deep(markdown):
        return f"lists and quotes stand in one another more than {DEEPEST // 2} times; what is deeper would be lost"
    return ""


def _cells(markdown: str) -> int:
    """Return the number of cells in tables, by the lines of dashes under their heads."""
    cells = columns = 0
    for line in markdown.split("\n"):
        words = line.strip(" \t>")
        if not words.strip("|:- \t"):
            columns = words.count("|") + 1 if "-" in words else 0
        cells += columns
    return cells


def _is_deep(markdown: str) -> bool:
    from reportgen.markdown.parser import parse  # only suspicious passages need it

    return any(token.level > DEEPEST for token in parse(markdown))
