"""The lines of a YAML file that begin in a wrong column, and the column that they belong to."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from reportgen.components import BARE_BLOCKS, BLOCK_KEYS
from reportgen.spec.yaml_stop import Slip, indent_of

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from reportgen.spec.yaml_stop import Stop

_KEYS = re.compile(r"(?:^|[{,])[ ]*(?:- +)*([A-Za-z_]\w*)(?=:|[ ]*$)", re.MULTILINE)
_OPENS = re.compile(r"(?::|: *[|>][-+0-9]*) *(?:#.*)?$")  # a list, keys or a text in the lines below
_BLOCKS = {"component", *BLOCK_KEYS, *BARE_BLOCKS}


def moved(stop: Stop, number: int) -> Iterator[Slip]:
    """Yield the slip of a line that begins in a wrong column, with the column of keys or entries above it."""
    column, is_entry = indent_of(stop.line(number)), stop.line(number).lstrip().startswith("- ")
    levels = {level: above for level, above in _levels(stop, number) if is_entry == stop.is_entry(above, level)}
    if not levels:
        return
    own = _entry_lines(stop, number, levels) if is_entry else 1
    nearest = min(levels, key=lambda level: (abs(level - column), -level))
    meant = _column_of(stop, number, own) if is_entry else None
    to = meant if meant in levels else nearest
    own = 1 if own > 1 and _is_alone(stop, number, own, to) else own
    below = f", and its lines below, to line {number + own}, as far" if own > 1 else ""
    message = (
        f"begins in column {column + 1}, where {'no entry' if is_entry else 'nothing'} above it begins; "
        f"move it to column {to + 1}, as in line {levels[to] + 1}{below}"
    )
    lines = ((" " * (to - column) + stop.line(at))[max(0, column - to) :] for at in range(number, number + own))
    yield Slip(number + 1, column + 1, message, "\n".join(lines), own)


def _entry_lines(stop: Stop, number: int, levels: Collection[int]) -> int:
    """Return how many lines an entry of a list has: those below it that are indented deeper.

    An entry in the column of one above it is none of its own, but for those of a list that is opened in it.
    """
    column, last, own = indent_of(stop.line(number)), number, set[int]()
    for at in range(number + 1, len(stop.lines)):
        if not stop.line(at).strip():
            continue
        indent = indent_of(stop.line(at))
        if stop.is_entry(at, indent) and _OPENS.search(stop.line(last)):
            own.add(indent)
        if indent <= column or (stop.is_entry(at, indent) and indent in levels and indent not in own):
            break
        last = at
    return last - number + 1


def _is_alone(stop: Stop, number: int, own: int, to: int) -> bool:
    """Return whether the first line alone of an entry begins in a wrong column, and those below it in a right one."""
    hyphens = re.match(r" *(?:- +)+", stop.line(number))
    below = [indent_of(line) for line in stop.lines[number + 1 : number + own] if line.strip()[:1] not in {"", "#"}]
    if not hyphens or not below or min(below) != hyphens.end() + to - indent_of(stop.line(number)):
        return False
    return below[0] > min(below) or not _OPENS.search(stop.line(number))  # else they are what its only key holds


def _column_of(stop: Stop, number: int, own: int) -> int | None:
    """Return the column of the entries of the nearest list above of which an entry is by its keys: sections or blocks.

    None where it is neither, or no such list is above.
    """
    keys = set(_KEYS.findall("\n".join(stop.lines[number : number + own])))
    name = "sections" if "blocks" in keys else "blocks" if keys & _BLOCKS else None
    lists = (at for at in range(number - 1, -1, -1) if re.match(rf"\s*(?:- +)*{name}: *(?:#.*)?$", stop.line(at)))
    if (found := next(lists, None)) is None:
        return None
    entries = (at for at in range(found + 1, number) if stop.line(at).strip()[:1] not in {"", "#"})
    return next((indent_of(stop.line(at)) for at in entries), None)


def _levels(stop: Stop, number: int) -> Iterator[tuple[int, int]]:
    """Yield the columns in which keys and entries that are still open above a line begin, with their nearest line."""
    least = 1 + max((indent_of(line) for line in stop.lines), default=0) + 2
    above = stop.above(number)
    while above is not None and least > 0:
        line = stop.line(above)
        indent = indent_of(line)
        inner = re.match(r"(?:- +)+", line[indent:])
        for column in ([indent + inner.end()] if inner else []) + [indent]:
            if column < least:
                yield column, above
                least = column
        above = stop.above(above)
