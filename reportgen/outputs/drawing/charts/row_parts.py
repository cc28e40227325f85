"""Parts that charts of rows share: labels, ticks of compared values, and the note on labels left out."""

from __future__ import annotations

import math
from dataclasses import dataclass
from itertools import accumulate
from typing import TYPE_CHECKING

from reportgen.model import MOST_ROWS
from reportgen.outputs.drawing.charts.axes import AXIS, GRID
from reportgen.outputs.drawing.charts.label_text import ELLIPSIS, told_apart, wrapped
from reportgen.outputs.drawing.charts.legend import row_height
from reportgen.outputs.drawing.font_metrics import BOLD
from reportgen.outputs.text.catalogues import N_

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence
    from decimal import Decimal

    from reportgen.model import Number
    from reportgen.outputs.drawing.charts.canvas import ChartCanvas, Frame
    from reportgen.outputs.drawing.charts.legend import NameLook
    from reportgen.outputs.drawing.charts.value_axis import Scale

TICKED = N_("The tick is %(period)s")
ROW, BAR, NOTE = 2.05, 0.9, 1.6
"""Heights in em: a row, its bar, and the note on labels left out."""
_LINE, _BELOW = 1.2, 0.3  # em: a line of a label, and the gap between a label and the bars below it
_TICK, _HALO, _BEYOND = 1.1, 3, 2.4
_LABELS, _LEAST = 0.36, 0.3  # of the width: labels beside bars at most, bars at least


@dataclass(frozen=True, slots=True)
class BarRoom:
    """The room of horizontal bars, in points, and the scale of each series."""

    left: float
    right: float
    scales: tuple[Scale, ...]

    def x(self, at: int, value: Number | Decimal) -> float:
        """Return the place of a value of a series, in points from the left."""
        return self.left + self.scales[at].share(value) * (self.right - self.left)


@dataclass(frozen=True, slots=True)
class Rows:
    """The rows of a chart of horizontal bars.

    Attributes:
        labels: The lines of each row's label.
        bars: Height of a row's bars, in em.
        above: Whether labels stand above their bars, because beside them the bars would have no room.
        brief: Whether values are written briefly, for the same reason.
        single: Whether each row has a single value, which then stands above its bar: at the end of the label, or
            below a label that would be cut beside it.
    """

    labels: tuple[tuple[str, ...], ...]
    bars: float
    above: bool = False
    brief: bool = False
    single: bool = False

    def heights(self, size: float) -> list[float]:
        """Return the height of each row, in the unit of `size`."""
        if self.above:
            return [size * (_LINE * len(lines) + _BELOW + self.bars + ROW - BAR) for lines in self.labels]
        return [size * max(ROW + _LINE * (len(lines) - 1), self.bars + ROW - BAR) for lines in self.labels]

    def edges(self, top: float, size: float) -> list[float]:
        """Return the edges of the rows below a top, in points."""
        return [top, *(top + end for end in accumulate(self.heights(size)))]

    def left(self, frame: Frame) -> float:
        """Return the place where bars begin, in points from the left."""
        return 0 if self.above else labels_width(self.labels, frame)

    def middles(self, at: int, edges: Sequence[float], size: float) -> tuple[float, float]:
        """Return the middles of the label and of the bars of a row, in points from the top."""
        middle = (edges[at] + edges[at + 1]) / 2
        if not self.above:
            return middle, middle
        words = _LINE * len(self.labels[at]) * size
        return edges[at] + 0.5 * (ROW - BAR) * size + words / 2, middle + (words + _BELOW * size) / 2


def rows_of(  # noqa: PLR0913 - what the form of rows depends on
    labels: Iterable[str],
    frame: Frame,
    values: tuple[float, float],
    *,
    bars: float = BAR,
    lines: int = 2,
    single: bool = False,
) -> Rows:
    """Return rows whose labels stand beside the bars; above them where these would have less than a third of the width.

    Args:
        labels: The labels.
        frame: The drawing's.
        values: Width that values take beside the bars in full, and briefly, in points.
        bars: Height of a row's bars, in em.
        lines: Most lines of a label.
        single: Whether each row has a single value.
    """
    names, (full, short) = tuple(labels), values

    def within(room: float) -> tuple[tuple[str, ...], ...]:
        return tuple(told_apart(names, lambda name: wrapped(name, room, frame.size + 0.5, frame.typeface, lines)))

    beside = Rows(within(_LABELS * frame.width), bars)
    if frame.width - beside.left(frame) - full >= _LEAST * frame.width:
        return beside
    brief = full > (_LABELS if single else 1 - _LEAST) * frame.width
    above = within(frame.width - (short if brief else full) if single else frame.width)
    whole = within(frame.width)
    if single and _cut_lines(whole) < _cut_lines(above):
        own_line = tuple((*lines, "") for lines in whole)
        return Rows(own_line, bars, above=True, brief=full > frame.width, single=True)
    return Rows(above, bars, above=True, brief=brief, single=single)


def _cut_lines(labels: Iterable[Sequence[str]]) -> int:
    """Return how many lines of labels are cut."""
    return sum(line.endswith(ELLIPSIS) for lines in labels for line in lines)


def fitting(rows: Rows, room: float) -> int:
    """Return the count of rows that fit a room, a height in em, from the first on; at least 1."""
    return max(sum(end <= room for end in accumulate(rows.heights(1)[:MOST_ROWS])), 1)


def page_room(names: Mapping[str, NameLook], frame: Frame) -> float:
    """Return the height in em that a page has for rows between the names above them and a note."""
    return (math.floor(frame.most) - names_height(names, frame)) / frame.size - NOTE


def names_height(names: Mapping[str, NameLook], frame: Frame) -> float:
    """Return the height that names take above rows, in points."""
    return row_height(frame, names) + (0.4 * frame.size if names else 0)


def labels_width(labels: Iterable[Sequence[str]], frame: Frame) -> float:
    """Return the width of the labels of rows with the gap behind them, in points."""
    widest = max(frame.typeface.width(line, frame.size + 0.5) for lines in labels for line in lines)
    return widest + 1.2 * frame.size


def draw_label(sheet: ChartCanvas, lines: Sequence[str], middle: float) -> None:
    """Write the label of a row in lines around its middle."""
    size = sheet.frame.size
    for line, text in enumerate(lines):
        y = middle + (0.34 + _LINE * (line - (len(lines) - 1) / 2)) * size
        sheet.text((0, y), text, sheet.frame.colors["ink"], size=size + 0.5)


def draw_value_above(sheet: ChartCanvas, rows: Rows, at: int, edges: Sequence[float], text: str) -> None:
    """Write the single value of a row at the end of its label's last line, next to its bar."""
    size, lines = sheet.frame.size, len(rows.labels[at])
    y = rows.middles(at, edges, size)[0] + (0.34 + _LINE * (lines - 1) / 2) * size
    sheet.text((sheet.frame.width, y), text, sheet.frame.colors["ink"], anchor="right", weight=BOLD)


def draw_compared_tick(sheet: ChartCanvas, x: float, top: float, bottom: float) -> None:
    """Draw the tick of a compared value across a bar, which it stands out of at both sides."""
    sheet.strokes([[(x, top), (x, bottom)]], sheet.frame.colors["page"], _HALO)
    sheet.strokes([[(x, top - _BEYOND), (x, bottom + _BEYOND)]], sheet.frame.colors["ink"], _TICK)


def draw_rows_of(
    sheet: ChartCanvas, rows: Rows, edges: Sequence[float], room: BarRoom, draw_bars: Callable[[int, float], None]
) -> None:
    """Draw rows with lines between them, and the zero line; `draw_bars` is given a row and the middle of its bars.

    `edges` are those of the rows, in points from the top.
    """
    colors, zero = sheet.frame.colors, room.x(0, 0)
    sheet.strokes([[(0, y), (sheet.frame.width, y)] for y in edges[1:-1]], colors["grid"], GRID)
    for at, lines in enumerate(rows.labels):
        words, bars = rows.middles(at, edges, sheet.frame.size)
        draw_label(sheet, lines, words)
        if rows.above:
            half = rows.bars * sheet.frame.size / 2
            sheet.strokes([[(zero, bars - half), (zero, bars + half)]], colors["axis"], AXIS)
        draw_bars(at, bars)
    if not rows.above:
        sheet.strokes([[(zero, edges[0]), (zero, edges[-1])]], colors["axis"], AXIS)


def draw_note(sheet: ChartCanvas, note: str) -> None:
    """Write a note at the foot of a chart."""
    sheet.text((0, sheet.height - 0.3 * sheet.frame.size), note, sheet.frame.colors["ink-3"])
