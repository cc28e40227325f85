"""The limits of a passage of Markdown, within which it is laid out in some seconds and nothing of it is lost."""

from __future__ import annotations

import re

MOST_LETTERS = 40_000  # some twelve pages
MOST_IN_A_PARAGRAPH = 10_000  # letters: the time for its lines grows with the square of them
MOST_LINES = 600
MOST_ITEMS = 250  # of lists, and titles: a page engine takes some milliseconds for each
MOST_MARKS = 1_000
MOST_CELLS = 1_000  # of all tables; a row has the cells of its head, also where it is written shorter
MOST_FOOTNOTES = 100
DEEPEST = 20  # levels; a list in a list is two levels deeper

_MARK = re.compile(r"[\[\]*_~`<\\]")
_ENDLESS = re.compile(r"[!-~]{60,}")  # is laid out in parts
_ENDLESS_A_MARK = 8  # letters of an endless word that take as long as a mark
_PARAGRAPH = re.compile(r"\n(?=[ \t>]*(?:[-*+|#]|\d{1,9}[.)]|$))", re.MULTILINE)
_ITEM = re.compile(r"^[ \t>]*(?:[-*+]|\d{1,9}[.)]|#{1,6})[ \t]", re.MULTILINE)
_FOOTNOTE = re.compile(r"^[ >]*\[\^", re.MULTILINE)
_MANY_LEVELS = re.compile(r"^(?: {18}|\t{5}|(?:[ \t]*(?:>|[*+-][ \t]|\d{1,9}[.)][ \t])){8})", re.MULTILINE)


def excess(markdown: str) -> str:
    """Return the limit that a passage of Markdown exceeds, in words; empty within the limits."""
    marks = len(_MARK.findall(markdown)) + sum(len(word) // _ENDLESS_A_MARK for word in _ENDLESS.findall(markdown))
    counts = (
        (len(markdown), MOST_LETTERS, "letters"),
        (max(map(len, _PARAGRAPH.split(markdown))), MOST_IN_A_PARAGRAPH, "letters in a paragraph"),
        (sum(bool(line.strip()) for line in markdown.split("\n")), MOST_LINES, "lines"),
        (len(_ITEM.findall(markdown)), MOST_ITEMS, "items of lists and titles"),
        (marks, MOST_MARKS, "signs of Markdown, such as * and [, and parts of endless words"),
        (_cells(markdown), MOST_CELLS, "cells of tables"),
        (len(_FOOTNOTE.findall(markdown)), MOST_FOOTNOTES, "footnotes"),
    )
    for count, most, what in counts:
        if count > most:
            return f"the passage has {count:,} {what}; {most:,} at most are laid out; shorten or divide it"
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
