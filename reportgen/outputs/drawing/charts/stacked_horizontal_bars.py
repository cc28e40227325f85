"""Stacked bars as rows, for many labels or long ones."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from reportgen.outputs.drawing.charts.axes import AXIS, GRID
from reportgen.outputs.drawing.charts.canvas import ChartCanvas
from reportgen.outputs.drawing.charts.horizontal_bars import TICKED, row_heights
from reportgen.outputs.drawing.charts.label_text import wrapped
from reportgen.outputs.drawing.charts.legend import draw_row, period_names, row_height
from reportgen.outputs.drawing.charts.pie import shown_of
from reportgen.outputs.drawing.charts.pointed_values import point_at_rows
from reportgen.outputs.drawing.charts.stacked_vertical_bars import ends_of, total_of
from reportgen.outputs.drawing.charts.value_axis import Scale
from reportgen.outputs.drawing.charts.vertical_bars import MISSING
from reportgen.outputs.drawing.font_metrics import BOLD, text_width
from reportgen.outputs.text.chart_values import exact, number_of, value_text

if TYPE_CHECKING:
    from collections.abc import Sequence
    from decimal import Decimal

    from reportgen.model import Chart, Number
    from reportgen.outputs.drawing.charts.canvas import Frame

_LABELS, _BAR, _LINE = 0.36, 0.9, 1.2
_TO_VALUE, _TICK, _HALO, _BEYOND = 5, 1.1, 3, 2.4


@dataclass(frozen=True, slots=True)
class _Stack:
    """One row: its label in lines, its parts, the compared total, and its own total in words."""

    label: tuple[str, ...]
    parts: tuple[Number | None, ...]
    compared: Decimal | None
    text: str


@dataclass(frozen=True, slots=True)
class _Plot:
    """Where the bars may be drawn, in points."""

    left: float
    right: float
    scale: Scale

    def x(self, value: Decimal) -> float:
        return self.left + self.scale.share(value) * (self.right - self.left)


def draw_stacked_rows(chart: Chart, frame: Frame, of: int) -> ChartCanvas:
    """Draw one row a label from top to bottom, with its total behind it.

    Args:
        chart: What to draw.
        frame: The drawing; its height is not used.
        of: How many labels there are in all; said below the rows where some are left out.
    """
    size = frame.size
    names = {one.label: frame.series_color(at) for at, one in enumerate(chart.series)}
    names |= period_names(chart.series, replace(frame, current=""), TICKED)
    stacks = [_stack(chart, at, frame) for at in range(len(chart.labels))]
    heights = row_heights([stack.label for stack in stacks], size, _BAR)
    top = row_height(frame, list(names)) + 0.4 * size
    note = shown_of(len(stacks), of, frame.locale) if of > len(stacks) else ""
    sheet = ChartCanvas(frame, top + sum(heights) + (1.6 * size if note else 1), mirrored=frame.runs_left)
    draw_row(sheet, 0, list(names), list(names.values()))
    plot = _plot(stacks, frame)
    lines = [top + sum(heights[:at]) for at in range(len(heights) + 1)]
    sheet.strokes([[(0, y), (frame.width, y)] for y in lines[1:-1]], frame.colors["grid"], GRID)
    for at, stack in enumerate(stacks):
        _draw_stack(sheet, plot, stack, (lines[at] + lines[at + 1]) / 2)
    point_at_rows(sheet, chart, lines)
    zero = plot.x(exact(0))
    sheet.strokes([[(zero, top), (zero, lines[-1])]], frame.colors["axis"], AXIS)
    if note:
        sheet.text((0, sheet.height - 0.3 * size), note, frame.colors["ink-3"])
    return sheet


def _stack(chart: Chart, at: int, frame: Frame) -> _Stack:
    parts = tuple(one.values[at] for one in chart.series)
    total = total_of(parts)
    text = MISSING if total is None else value_text(number_of(total), chart.series[0].unit, frame.locale)
    label = wrapped(chart.labels[at], _LABELS * frame.width, frame.size + 0.5)
    return _Stack(label, parts, total_of(one.baseline[at] for one in chart.series if one.baseline), text)


def _plot(stacks: Sequence[_Stack], frame: Frame) -> _Plot:
    size = frame.size
    ends = [end for stack in stacks for end in (*ends_of(stack.parts), stack.compared or exact(0))]
    low, high = min(ends), max(ends)
    left = max(text_width(line, size + 0.5) for stack in stacks for line in stack.label) + 1.2 * size
    right = frame.width - max(text_width(stack.text, size, BOLD) for stack in stacks) - _TO_VALUE
    return _Plot(left, right, Scale(low, high if high > low else low + 1, ()))


def _draw_stack(sheet: ChartCanvas, plot: _Plot, stack: _Stack, middle: float) -> None:
    frame, size = sheet.frame, sheet.frame.size
    half = _BAR * size / 2
    for line, text in enumerate(stack.label):
        y = middle + (0.34 + _LINE * (line - (len(stack.label) - 1) / 2)) * size
        sheet.text((0, y), text, frame.colors["ink"], size=size + 0.5)
    feet = {True: exact(0), False: exact(0)}
    for at, value in enumerate(stack.parts):
        if value:
            start, feet[value > 0] = feet[value > 0], feet[value > 0] + exact(value)
            low, high = sorted((plot.x(start), plot.x(feet[value > 0])))
            sheet.boxes([(low, middle - half, high, middle + half)], frame.series_color(at))
    reach = plot.x(feet[True])
    if stack.compared is not None:
        x = plot.x(stack.compared)
        sheet.strokes([[(x, middle - half), (x, middle + half)]], frame.colors["page"], _HALO)
        sheet.strokes([[(x, middle - half - _BEYOND), (x, middle + half + _BEYOND)]], frame.colors["ink"], _TICK)
        reach = max(reach, x)
    sheet.text((reach + _TO_VALUE, middle + 0.34 * size), stack.text, frame.colors["ink"], weight=BOLD)
