"""The tables of the author's Markdown in the look of the report's own: sides, unbroken figures, and type size."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from reportgen.markdown.east_asian_text import is_unspaced
from reportgen.markdown.parser import Token
from reportgen.outputs.text.bidi import runs_left

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from reportgen.outputs.drawing.font_metrics import Typeface

_SIDES = {"text-align:right": "n", "text-align:center": "c", "text-align:left": ""}
_MOST_WORDS = 12  # letters beside the digits of a figure: 1 de novembro de 2026
_LONGEST_FIGURE = 28
_NUMBER = re.compile(r"\W*(?:[A-Z]{0,3}[$€£¥₹₩₽฿]|[A-Z]{3})?\W*\d[\d\W]*(?:[A-Z]{3}|[^\W\d]{0,2})\W*")
_DATE = re.compile(r"\d+([/-])\d+(\1\d+)?|\d\d?\.\d\d?\.\d{2,4}")
_EMPTY = re.compile(r"[\s–—-]*|n/?a", re.IGNORECASE)
# Within a longer text: digits with their signs, and the currency or unit beside them.
_FIGURE = re.compile(
    r"(?:(?:[A-Z]{1,3}[$€£¥₹]?|[$€£¥₹₩₽฿])[ \u00a0]?)?[+−-]?\d(?:[\d.,:/'’\u00a0\u202f–-]*\d)?"
    r"(?:[ \u00a0]?(?:%|‰|€|£|R\$|pp\b|p\.p\.|[A-Z]{3}\b))?"
)


@dataclass(frozen=True, slots=True)
class ProseTable:
    """A table of a passage.

    Attributes:
        name: The text of its first head; may be empty.
        need: The least width, in em of its type, in which no word is broken.
        has_head: Whether any head has text.
    """

    name: str
    need: float
    has_head: bool


@dataclass(slots=True)
class _Column:
    """A column: the tokens of its cells, each with the token of its text and that at its end; the first is its head."""

    cells: list[tuple[Token, Token, Token]]

    @property
    def texts(self) -> Iterator[str]:
        return (line.content.strip() for _, line, _ in self.cells)


def set_table(tokens: Sequence[Token], padding: float, typeface: Typeface) -> ProseTable:
    """Set the sides of a table's cells and keep its figures whole; return its measures.

    Args:
        tokens: The table's, from the token that opens it.
        padding: Beside the text of a cell, in em of its type.
        typeface: Of the text.
    """
    columns = _columns(tokens)
    for column in columns:
        _set_side(column)
        for cell, line, end in column.cells:
            if cell.tag == "th" and line.content.strip():
                cell.attrSet("scope", "col")
            else:
                cell.tag = end.tag = "td"
            line.children = list(_with_figures(line))
    heads = [next(column.texts) for column in columns]
    need = sum(max(_least_width(text, typeface) for text in column.texts) + padding for column in columns)
    return ProseTable(heads[0], round(need, 1), has_head=any(heads))


def _columns(tokens: Sequence[Token]) -> list[_Column]:
    columns: list[_Column] = []
    at = 0
    for place, token in enumerate(tokens):
        if token.type == "tr_open":
            at = 0
        elif token.type in {"th_open", "td_open"}:
            if at == len(columns):
                columns.append(_Column([]))
            columns[at].cells.append((token, tokens[place + 1], tokens[place + 2]))
            at += 1
    return columns


def _set_side(column: _Column) -> None:
    """Set the side of a column: the author's, or the right of a column of numbers where the author says nothing."""
    written = str(column.cells[0][0].attrs.get("style", ""))
    _, *values = column.texts
    numbers = [value for value in values if not _EMPTY.fullmatch(value)]
    side = _SIDES.get(written, "n" if numbers and all(map(_is_number, numbers)) else "")
    for cell, *_ in column.cells:
        cell.attrs.pop("style", None)
        if side:
            cell.attrSet("class", side)


def is_figure(text: str) -> bool:
    """Return whether a text is a number, an amount, a date or days, which stay on a line."""
    digits = sum(letter.isdigit() for letter in text)
    words = sum(letter.isalpha() for letter in text)
    return digits > 0 and len(text) <= _LONGEST_FIGURE and words <= _MOST_WORDS and not any(map(is_unspaced, text))


def _is_number(text: str) -> bool:
    """Return whether a text is a number or an amount, but no date."""
    return is_figure(text) and bool(_NUMBER.fullmatch(text)) and not _DATE.fullmatch(text)


def _with_figures(line: Token) -> Iterator[Token]:
    """Yield the tokens of a cell, with marks around what must not break: the whole cell or figures in its text."""

    def marked(inner: Sequence[Token], text: str) -> Iterator[Token]:
        yield Token("figure_open", "bdi", 1, {"dir": "rtl"} if runs_left(text) else {})
        yield from inner
        yield Token("figure_close", "bdi", -1)

    children = line.children or []
    if is_figure(line.content.strip()):
        yield from marked(children, line.content)
        return
    for child in children:
        if child.type != "text":
            yield child
            continue
        end = 0
        for found in _FIGURE.finditer(child.content):
            yield Token("text", "", 0, content=child.content[end : found.start()])
            yield from marked([Token("text", "", 0, content=found[0])], "")
            end = found.end()
        yield Token("text", "", 0, content=child.content[end:])


def _least_width(text: str, typeface: Typeface) -> float:
    """Return the least width of a cell's text in em: of a figure, or of its longest word."""
    parts = (text,) if is_figure(text) else _unbroken_parts(text)
    return max(map(typeface.width, parts), default=0.0)


def _unbroken_parts(text: str) -> Iterator[str]:
    """Yield the parts of a text that stay on a line: its figures, and the words between them."""
    end = 0
    for found in _FIGURE.finditer(text):
        yield from _words(text[end : found.start()])
        yield found[0]
        end = found.end()
    yield from _words(text[end:])


def _words(text: str) -> list[str]:
    """Return the words of a text; a script without spaces breaks between any two letters."""
    return "".join(" " if is_unspaced(letter) else letter for letter in text).split()
