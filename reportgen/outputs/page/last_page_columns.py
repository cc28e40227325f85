"""The entries of the last page in columns of about the same length."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reportgen.outputs.drawing.line_breaks import broken_lines
from reportgen.outputs.page.lengths import POINTS_A_MM
from reportgen.outputs.page.measures import MEASURES

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from reportgen.outputs.drawing.font_metrics import Typeface
    from reportgen.outputs.page.measures import Measures
    from reportgen.outputs.text.last_page import LastPageEntry

_COLUMNS = 3
_BETWEEN = 0.5  # of a line, over each term


def columns(entries: Sequence[LastPageEntry], measures: Measures = MEASURES) -> tuple[tuple[LastPageEntry, ...], ...]:
    """Return entries in three columns, in their order, so that the longest is as short as can be; none without entries.

    The last may be empty. The page engine would try out lengths, for a tenth of the time of a report.
    """
    if not entries:
        return ()
    width = (measures.printed_width().value - (_COLUMNS - 1) * measures.paper.gutter.value) / _COLUMNS
    room = width * POINTS_A_MM / measures.paper.small.size.points  # em
    typeface = measures.paper.small.typeface
    heights = {entry: _lines(entry, room, typeface) for entry in entries}
    splits: Iterator[tuple[Sequence[LastPageEntry], ...]] = (
        (entries[:first], entries[first:second], entries[second:])
        for first in range(1, len(entries) + 1)
        for second in range(first, len(entries) + 1)
    )

    def rank(parts: tuple[Sequence[LastPageEntry], ...]) -> tuple[float, list[bool]]:
        return max(sum(heights[entry] for entry in part) for part in parts), [not part for part in parts]

    return tuple(tuple(part) for part in min(splits, key=rank))


def _lines(entry: LastPageEntry, room: float, typeface: Typeface) -> float:
    """Return the estimated count of lines of an entry in a printed column that is `room` em wide."""
    return _BETWEEN + sum(len(broken_lines(text, room, typeface)) for text in (entry.term, *entry.sentences))
