"""Parts that charts of rows share: labels, ticks of compared values, and the note on labels left out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from reportgen.outputs.drawing.charts.axes import AXIS, GRID
from reportgen.outputs.drawing.font_metrics import text_width
from reportgen.outputs.text.catalogues import N_, words_of
from reportgen.outputs.text.counts_and_shares import count_text

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from decimal import Decimal

    from reportgen.model import Number
    from reportgen.outputs.drawing.charts.canvas import ChartCanvas
    from reportgen.outputs.drawing.charts.value_axis import Scale

TICKED = N_("The tick is %(period)s")
ROW, BAR = 2.05, 0.9
"""Heights in em: a row, and its bar."""
_LINE = 1.2
_TICK, _HALO, _BEYOND = 1.1, 3, 2.4


@dataclass(frozen=True, slots=True)
class BarRoom:
    """The room of horizontal bars, in points, and the scale of each series."""

    left: float
    right: float
    scales: tuple[Scale, ...]

    def x(self, at: int, value: Number | Decimal) -> float:
        """Return the place of a value of a series, in points from the left."""
        return self.left + self.scales[at].share(value) * (self.right - self.left)


def row_heights(labels: Sequence[Sequence[str]], size: float, bars: float) -> list[float]:
    """Return the height of each row: its label's lines, or its bars, which are given in em; in the unit of `size`."""
    return [size * max(ROW + _LINE * (len(lines) - 1), bars + ROW - BAR) for lines in labels]


def row_edges(top: float, heights: Sequence[float]) -> list[float]:
    """Return the edges of rows of some heights below a top, in points."""
    return [top + sum(heights[:at]) for at in range(len(heights) + 1)]


def labels_width(labels: Iterable[Sequence[str]], size: float) -> float:
    """Return the width of the labels of rows with the gap behind them, in points."""
    return max(text_width(line, size + 0.5) for lines in labels for line in lines) + 1.2 * size


def draw_label(sheet: ChartCanvas, lines: Sequence[str], middle: float) -> None:
    """Write the label of a row in lines around its middle."""
    size = sheet.frame.size
    for line, text in enumerate(lines):
        y = middle + (0.34 + _LINE * (line - (len(lines) - 1) / 2)) * size
        sheet.text((0, y), text, sheet.frame.colors["ink"], size=size + 0.5)


def draw_compared_tick(sheet: ChartCanvas, x: float, top: float, bottom: float) -> None:
    """Draw the tick of a compared value across a bar, which it stands out of at both sides."""
    sheet.strokes([[(x, top), (x, bottom)]], sheet.frame.colors["page"], _HALO)
    sheet.strokes([[(x, top - _BEYOND), (x, bottom + _BEYOND)]], sheet.frame.colors["ink"], _TICK)


def draw_rows_of(
    sheet: ChartCanvas,
    labels: Sequence[Sequence[str]],
    edges: Sequence[float],
    room: BarRoom,
    draw_bars: Callable[[int, float], None],
) -> None:
    """Draw rows with lines between them, and the zero line; `draw_bars` is given a row and its middle.

    `edges` are those of the rows, in points from the top.
    """
    colors, zero = sheet.frame.colors, room.x(0, 0)
    sheet.strokes([[(0, y), (sheet.frame.width, y)] for y in edges[1:-1]], colors["grid"], GRID)
    for at, lines in enumerate(labels):
        middle = (edges[at] + edges[at + 1]) / 2
        draw_label(sheet, lines, middle)
        draw_bars(at, middle)
    sheet.strokes([[(zero, edges[0]), (zero, edges[-1])]], colors["axis"], AXIS)


def shown_note(shown: int, of: int, locale: str) -> str:
    """Return the note on the count of the labels drawn; empty where all are drawn."""
    if shown >= of:
        return ""
    counts = {"shown": count_text(shown, locale), "of": count_text(of, locale)}
    return words_of(locale).gettext("%(shown)s of %(of)s") % counts


def draw_note(sheet: ChartCanvas, note: str) -> None:
    """Write a note at the foot of a chart."""
    sheet.text((0, sheet.height - 0.3 * sheet.frame.size), note, sheet.frame.colors["ink-3"])
