"""The entries of the last page parted into columns of about one length."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reportgen.outputs.drawing.font_metrics import lines_needed
from reportgen.outputs.page.block_rows import GUTTER_MM, width_mm

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from reportgen.outputs.text.last_page import LastPageEntry


_COLUMNS = 3
_POINTS_A_MM = 72 / 25.4
_ROOM = (width_mm(12) - 2 * GUTTER_MM) / _COLUMNS * _POINTS_A_MM / 8  # em of the type it is set in
_BETWEEN = 0.5  # of a line, over each term


def columns(entries: Sequence[LastPageEntry]) -> tuple[tuple[LastPageEntry, ...], ...]:
    """Part entries into three columns, in their order, so that the longest is as short as can be.

    The last may be empty. The page engine would try out lengths, for a tenth of the time of a report.
    """
    splits: Iterator[tuple[Sequence[LastPageEntry], ...]] = (
        (entries[:first], entries[first:second], entries[second:])
        for first in range(1, len(entries) + 1)
        for second in range(first, len(entries) + 1)
    )

    def rank(parts: tuple[Sequence[LastPageEntry], ...]) -> tuple[float, list[bool]]:
        return max(sum(map(_lines, part)) for part in parts), [not part for part in parts]

    best = min(splits, key=rank)
    return tuple(tuple(part) for part in best)


def _lines(entry: LastPageEntry) -> float:
    """Return how many lines of a printed column an entry takes, about."""
    return _BETWEEN + sum(lines_needed(text, _ROOM) for text in (entry.term, *entry.sentences))
