"""Horizontal bars: one row a label, for many labels or long ones."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from reportgen.outputs.drawing.charts.axes import AXIS, GRID, TALLEST
from reportgen.outputs.drawing.charts.canvas import ChartCanvas
from reportgen.outputs.drawing.charts.label_text import wrapped
from reportgen.outputs.drawing.charts.legend import draw_row, period_names, row_height
from reportgen.outputs.drawing.charts.pie import shown_of
from reportgen.outputs.drawing.charts.pointed_values import point_at_rows
from reportgen.outputs.drawing.charts.value_axis import Scale, shared_zero
from reportgen.outputs.drawing.charts.vertical_bars import MISSING
from reportgen.outputs.drawing.font_metrics import BOLD, NORMAL, text_width
from reportgen.outputs.text.catalogues import N_
from reportgen.outputs.text.chart_values import value_text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from reportgen.model import Chart, Number, Series
    from reportgen.outputs.drawing.charts.canvas import Frame

_ROW, _BAR, _GROUPED, _LINE = 2.05, 0.9, 1.35, 1.2
"""Heights in em: a row, its bar, each bar of several in a row, each further line of its label."""
_LABELS = 0.36
MOST_ROWS = 24
TICKED = N_("The tick is %(period)s")
_TO_VALUE = 5
_TICK, _HALO, _BEYOND = 1.1, 3, 2.4


@dataclass(frozen=True, slots=True)
class _Plot:
    """Where bars may be drawn, in points, and the scale of each series."""

    left: float
    right: float
    scales: tuple[Scale, ...]

    def x(self, at: int, value: Number) -> float:
        return self.left + self.scales[at].share(value) * (self.right - self.left)


def draw_rows(chart: Chart, frame: Frame, of: int) -> ChartCanvas:
    """Draw the labels from top to bottom in their order, from the side the script begins on; the rows make the height.

    Args:
        chart: What to draw.
        frame: The drawing; its height is not used.
        of: How many labels there are in all; said below the rows where some are left out.
    """
    size = frame.size
    labels = _wrapped(chart.labels, frame)
    names = {one.label: frame.series_color(at) for at, one in enumerate(chart.series)} if len(chart.series) > 1 else {}
    if told := period_names(chart.series, replace(frame, current=""), TICKED):
        names |= told
    heights = row_heights(labels, size, _BAR if len(chart.series) == 1 else _GROUPED * len(chart.series))
    top = row_height(frame, list(names)) + (0.4 * size if names else 0)
    note = shown_of(len(labels), of, frame.locale) if of > len(labels) else ""
    sheet = ChartCanvas(frame, math.ceil(top + sum(heights) + (1.6 * size if note else 1)), mirrored=frame.runs_left)
    draw_row(sheet, 0, list(names), list(names.values()))
    texts = max(text_width(line, size + 0.5) for lines in labels for line in lines)
    plot = _plot(chart, frame, texts + 1.2 * size)
    lines = [top + sum(heights[:at]) for at in range(len(heights) + 1)]
    sheet.strokes([[(0, y), (frame.width, y)] for y in lines[1:-1]], frame.colors["grid"], GRID)
    for at, label in enumerate(labels):
        middle = (lines[at] + lines[at + 1]) / 2
        for line, text in enumerate(label):
            y = middle + (0.34 + _LINE * (line - (len(label) - 1) / 2)) * size
            sheet.text((0, y), text, frame.colors["ink"], size=size + 0.5)
        _draw_row(sheet, plot, chart.series, at, middle)
    _draw_zero(sheet, plot, top, lines[-1])
    point_at_rows(sheet, chart, lines)
    if note:
        sheet.text((0, sheet.height - 0.3 * size), note, frame.colors["ink-3"])
    return sheet


def rows_that_fit(chart: Chart, frame: Frame) -> int:
    """Return how many of the labels have room on a page, from the first on; at least one."""
    bars = _BAR if len(chart.series) == 1 else _GROUPED * len(chart.series)
    room, count = TALLEST - _ROW * 3, 0
    for height in row_heights(_wrapped(chart.labels[:MOST_ROWS], frame), 1, bars):
        room -= height
        count += room >= 0
    return max(count, 1)


def row_heights(labels: Sequence[Sequence[str]], size: float, bars: float) -> list[float]:
    """Return how high each row is: its label's lines, or its bars, which are given in em; in the unit of `size`."""
    return [size * max(_ROW + _LINE * (len(lines) - 1), bars + _ROW - _BAR) for lines in labels]


def _wrapped(labels: Sequence[str], frame: Frame) -> list[tuple[str, ...]]:
    return [wrapped(label, _LABELS * frame.width, frame.size + 0.5, lines=3) for label in labels]


def _plot(chart: Chart, frame: Frame, left: float) -> _Plot:
    """Scale the series of one unit together; leave room for the longest value where values are written."""
    scales = shared_zero([(one.unit, (*one.values, *one.baseline)) for one in chart.series])
    texts = (value_text(v, one.unit, frame.locale) for one in chart.series for v in one.values if v is not None)
    widest = max((text_width(text, frame.size, BOLD) for text in texts), default=0) + _TO_VALUE
    below = any(scale.low < 0 for scale in scales)
    return _Plot(left + (widest if below else 0), frame.width - widest, scales)


def _draw_row(sheet: ChartCanvas, plot: _Plot, series: Sequence[Series], row: int, middle: float) -> None:
    """Draw the bars of one label, each with its value, and a tick where the compared value stood."""
    frame = sheet.frame
    half = _BAR * frame.size / 2
    for at, one in enumerate(series):
        y = middle + (at - (len(series) - 1) / 2) * _GROUPED * frame.size
        value, compared = one.values[row], one.baseline[row] if row < len(one.baseline) else None
        zero, below = plot.x(at, 0), value is not None and value < 0
        end = zero if value is None else plot.x(at, value)
        sheet.boxes([(min(zero, end), y - half, max(zero, end), y + half)] if value else [], frame.series_color(at))
        reach = end
        if compared is not None:
            x = plot.x(at, compared)
            sheet.strokes([[(x, y - half), (x, y + half)]], frame.colors["page"], _HALO)
            sheet.strokes([[(x, y - half - _BEYOND), (x, y + half + _BEYOND)]], frame.colors["ink"], _TICK)
            reach = min(end, x) if below else max(end, x)
        text = MISSING if value is None else value_text(value, one.unit, frame.locale)
        sheet.text(
            (reach + (-_TO_VALUE if below else _TO_VALUE), y + 0.34 * frame.size),
            text,
            frame.colors["ink-3" if value is None else "ink"],
            anchor="right" if below else "left",
            weight=NORMAL if value is None else BOLD,
        )


def _draw_zero(sheet: ChartCanvas, plot: _Plot, top: float, bottom: float) -> None:
    x = plot.x(0, 0)
    sheet.strokes([[(x, top), (x, bottom)]], sheet.frame.colors["axis"], AXIS)
