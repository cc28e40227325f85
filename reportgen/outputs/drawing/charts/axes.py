"""The axes of line charts and columns: the plot's box, gridlines, and the ticks below."""

from __future__ import annotations

import math
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from reportgen.outputs.drawing.charts.annotation_marks import draw_annotations
from reportgen.outputs.drawing.charts.label_text import labels_apart
from reportgen.outputs.drawing.charts.label_ticks import label_ticks
from reportgen.outputs.text.chart_values import tick_text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from reportgen.model import Chart, Number, Unit
    from reportgen.outputs.drawing.charts.canvas import ChartCanvas, Frame
    from reportgen.outputs.drawing.charts.value_axis import Scale

GRID, AXIS = 0.5, 0.75
LIFT = 2.2
"""Distance of a text from the gridline or the plot below it, in points."""

_TICK = 3
_LEADING = 1.05  # em


@dataclass(frozen=True, slots=True)
class PlotBox:
    """The box of a plot, in points; gridlines start at the canvas's edge, left of it."""

    left: float
    top: float
    right: float
    bottom: float

    def y(self, scale: Scale, value: Number | Decimal) -> float:
        """Return the height at which a value stands."""
        return self.bottom - scale.share(value) * (self.bottom - self.top)

    def x(self, scale: Scale, value: Number | Decimal) -> float:
        """Return the place of a value on a horizontal scale, in points from the left."""
        return self.left + scale.share(value) * (self.right - self.left)

    def centers(self, count: int) -> list[float]:
        """Return the middles of the bands that columns share the width in."""
        return [self.left + (at + 0.5) * (self.right - self.left) / count for at in range(count)]


def boxes_of(frame: Frame, height: float, panels: Sequence[tuple[Scale, Unit, float]], right: float) -> list[PlotBox]:
    """Return the boxes of panels, one below the other over a horizontal axis.

    Each panel is given as its scale, its unit and the height of the names above it. `height` is that of the
    drawing, `right` the end of the plots, in points.
    """
    texts = (tick_text(tick, unit, frame.locale, scale.step) for scale, unit, _ in panels for tick in labelled(scale))
    left = max((frame.typeface.width(text, frame.size) for text in texts), default=0) + 6
    head = 1.1 * frame.size + LIFT
    room = height - foot(frame)
    each = (room - 1.2 * frame.size * (len(panels) - 1)) / len(panels)
    tops = [number * (each + 1.2 * frame.size) for number in range(len(panels))]
    return [
        PlotBox(left, top + words + head, right, top + each) for top, (_, _, words) in zip(tops, panels, strict=True)
    ]


def foot(frame: Frame) -> float:
    """Return the height of the labels below a plot, in points."""
    return _TICK + 1.4 * frame.size


def labelled(scale: Scale) -> tuple[Decimal, ...]:
    """Return the ticks whose values are written: all but a zero at the foot, unless there is no other."""
    return tuple(tick for tick in scale.ticks if tick != scale.low or scale.low != 0 or len(scale.ticks) == 1)


def draw_grid(sheet: ChartCanvas, box: PlotBox, scale: Scale, unit: Unit) -> None:
    """Draw gridlines, the zero line, and each tick's value above its line at the left edge.

    A plot that has no room for all values has every second, third and so on, counted from zero.
    """
    colors, size = sheet.frame.colors, sheet.frame.size
    apart = (box.bottom - box.top) / max(len(scale.ticks) - 1, 1)
    every = max(1, math.ceil(_LEADING * size / apart))
    zero = scale.ticks.index(Decimal(0)) if Decimal(0) in scale.ticks else 0
    kept = [tick for at, tick in enumerate(scale.ticks) if (at - zero) % every == 0]
    places = [(tick, box.y(scale, tick)) for tick in kept]
    sheet.strokes([[(0, y), (box.right, y)] for tick, y in places if tick], colors["grid"], GRID)
    draw_zero(sheet, box, scale)
    for tick in (tick for tick in labelled(scale) if tick in kept):
        text = tick_text(tick, unit, sheet.frame.locale, scale.step)
        sheet.text((0, box.y(scale, tick) - LIFT), text, colors["ink-3"], size=size)


def draw_zero(sheet: ChartCanvas, box: PlotBox, scale: Scale) -> None:
    """Draw the zero line, where zero is on the axis."""
    if scale.low <= 0 <= scale.high:
        sheet.rule(box.y(scale, 0), sheet.frame.colors["axis"], AXIS, right=box.right)


def draw_ticks(sheet: ChartCanvas, chart: Chart, places: Sequence[float], boxes: Sequence[PlotBox]) -> None:
    """Write the labels that fit below the lowest plot, each with its tick, and mark annotated days.

    `places` are those of the labels, in points from the left, `boxes` those of the plots, from the top.
    """
    frame, y = sheet.frame, boxes[-1].bottom
    ticks = label_ticks(chart, frame, places[-1] - places[0])
    sheet.strokes([[(places[at], y), (places[at], y + _TICK)] for at, _ in ticks], frame.colors["axis"], AXIS)
    for _, middle, text in labels_apart(((places[at], text) for at, text in ticks), frame, LIFT):
        sheet.text((middle, y + _TICK + 1.1 * frame.size), text, frame.colors["ink-3"], anchor="center")
    draw_annotations(sheet, chart, places, boxes)
