"""Passages of Markdown without the sentences, the items and the rows that lack a value."""

from __future__ import annotations

import re
from itertools import chain, takewhile
from typing import TYPE_CHECKING

from reportgen.markdown.parser import parse, words_of_line
from reportgen.markdown.passage_parts import parts_of
from reportgen.sentences import MARKDOWN_LINES, KeptText, kept_text, lacks_value

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from reportgen.markdown.passage_parts import Part

_DASH = "\N{EN DASH}"  # in place of a cell's text, as tables of figures have it
_COLONS, _MARKS = (":", "\uff1a"), "*_~ "  # marks of emphasis around a colon
_SPACES = re.compile(r"\s+")
_NO_MARK = re.compile(r"[^>\s]")


def kept_markdown(markdown: str) -> KeptText:
    """Return a passage without its sentences that lack a value; see `kept_text`.

    A paragraph, an item or a quotation of which nothing is left goes, and so does a title or a line with a colon at
    its end where nothing is left of what it announces. The cell of a table has a dash, and a row without a name goes.
    """
    if not lacks_value(markdown):
        return KeptText(markdown)
    parts = parts_of(markdown)
    _judge_all(parts)
    lines: list[str | None] = list(markdown.split("\n"))
    for part in parts:
        _write(part, lines, quotes=0)
    text = "\n".join(line for line in lines if line is not None).strip("\n")
    for footnote in _left_out_footnotes(parts):
        text = text.replace(f"[^{footnote}]", "")
    is_lacking = any(lacks_value(token.content) for token in parse(text))  # in what has no lines of its own
    return KeptText("" if is_lacking else text, tuple(chain.from_iterable(map(_left_out, parts))))


def _judge_all(parts: Sequence[Part]) -> None:
    """Decide on some parts in a row, the last first, so that titles know the parts left behind them."""
    for at in reversed(range(len(parts))):
        _judge(parts[at])
        announced = list(_announced(parts, at))
        if announced and all(part.is_left_out for part in announced):
            parts[at].is_left_out = True


def _announced(parts: Sequence[Part], at: int) -> Iterator[Part]:
    """Yield the parts that a title, or a line with a colon at its end, announces; none of any other part."""
    part, behind = parts[at], parts[at + 1 :]
    if part.kind == "heading":
        yield from takewhile(lambda each: each.kind != "heading" or each.level > part.level, behind)
    elif part.kind == "paragraph" and part.content.rstrip(_MARKS).endswith(_COLONS):
        yield from behind[:1]


def _judge(part: Part) -> None:
    """Decide whether a part is left out, and on its own text."""
    _judge_all(part.parts)
    if part.kind in {"fence", "code_block"}:
        part.is_left_out = lacks_value(part.content)
    elif part.content:
        part.kept = kept_text(part.content, MARKDOWN_LINES, _is_whole)
        part.is_left_out = not part.kept.text
    elif part.kind in {"list_item", "tr"}:  # an item or a row is nothing without its name
        part.is_left_out = any(each.is_left_out for each in part.parts[:1])
    elif part.kind != "hr":
        part.is_left_out = bool(part.parts) and all(each.is_left_out for each in part.parts)
    if part.kind == "table":
        part.is_left_out = part.parts[-1].is_left_out


def _is_whole(before: str, behind: str) -> bool:
    """Return whether a text may be divided between two parts: no link, no emphasis and no code is cut in two."""
    words = words_of_line(before) + words_of_line(behind)
    return _SPACES.sub("", words) == _SPACES.sub("", words_of_line(before + behind))


def _write(part: Part, lines: list[str | None], quotes: int) -> None:
    """Write a part in its lines, without the parts of it that are left out."""
    if part.is_left_out:
        blank = None if part.kind in {"list_item", "tr"} else ">" * quotes  # an empty line parts what stands around it
        lines[part.first : part.end] = [blank] * (part.end - part.first)
        return
    if part.kind == "tr":
        _write_row(part, lines)
    elif part.kept.left_out:
        _write_text(part, lines)
    for each in part.parts if part.kind != "tr" else ():
        _write(each, lines, quotes + (part.kind == "blockquote"))
    _write_number(part, lines)


def _write_text(part: Part, lines: list[str | None]) -> None:
    """Write the text that is left of a paragraph or a title behind the marks of its first line."""
    written, kept = part.content.split("\n"), part.kept.text.split("\n")
    marks, found, _ = (lines[part.first] or "").partition(written[0])
    new: list[str | None] = [(marks if at == 0 else _NO_MARK.sub(" ", marks)) + line for at, line in enumerate(kept)]
    if not found:
        new = [_NO_MARK.sub(" ", marks)]
    lines[part.first : part.first + len(written)] = new + [None] * (len(written) - len(new))


def _write_row(row: Part, lines: list[str | None]) -> None:
    line, place = lines[row.first] or "", 0
    for cell in (each for each in row.parts if each.content):
        place = line.find(cell.content, place)
        if place < 0:  # the parser reads it otherwise than it is written
            lines[row.first] = None
            return
        text = cell.kept.text or _DASH
        line = line[:place] + text + line[place + len(cell.content) :]
        place += len(text)
    lines[row.first] = line


def _write_number(part: Part, lines: list[str | None]) -> None:
    """Let a list whose first items are left out begin with its own first number."""
    left = [each for each in part.parts if not each.is_left_out]
    if part.kind == "ordered_list" and left and left[0] is not part.parts[0]:
        line = lines[left[0].first] or ""
        lines[left[0].first] = line.replace(left[0].number, part.parts[0].number, 1)


def _left_out(part: Part, *, whole: bool = False) -> Iterator[str]:
    """Yield the texts that are left out of a part, or all of its texts where the whole of it is left out."""
    is_whole = whole or part.is_left_out
    yield from (part.content,) if is_whole and part.content else part.kept.left_out
    for each in part.parts:
        yield from _left_out(each, whole=is_whole)


def _left_out_footnotes(parts: Sequence[Part]) -> Iterator[str]:
    for part in parts:
        yield from (part.label,) if part.kind == "footnote" and part.is_left_out else ()
        yield from _left_out_footnotes(part.parts)
