"""The axes of line charts and columns: the plot's box, gridlines, and the ticks below."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from reportgen.model import days_of
from reportgen.outputs.drawing.charts.label_text import labels_apart, shortened
from reportgen.outputs.drawing.font_metrics import BOLD
from reportgen.outputs.text.chart_labels import label_texts
from reportgen.outputs.text.chart_values import tick_text
from reportgen.outputs.text.counts_and_shares import count_text

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date
    from decimal import Decimal

    from reportgen.model import Chart, Number, Unit
    from reportgen.outputs.drawing.charts.canvas import ChartCanvas, Frame
    from reportgen.outputs.drawing.charts.value_axis import Scale

GRID, AXIS = 0.5, 0.75
TALLEST = 72.0
"""Height in em of the highest drawing, which with its title and note still fits a page."""

LIFT = 2.2
"""Distance of a text from the gridline or the plot below it, in points."""

_DASHES = (4, 4)
_TICK = 3
_MOST_TICKS = 6
_DAY_STEPS = (1, 2, 7, 14)
_MONTH_STEPS = (1, 2, 3, 6, 12, 24, 60, 120)


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
    """Return the ticks whose values are written: all but a zero at the foot, which the axis shows by itself."""
    return tuple(tick for tick in scale.ticks if tick != scale.low or scale.low != 0)


def draw_grid(sheet: ChartCanvas, box: PlotBox, scale: Scale, unit: Unit) -> None:
    """Draw gridlines, the zero line, and each tick's value above its line at the left edge."""
    colors, size = sheet.frame.colors, sheet.frame.size
    places = [(tick, box.y(scale, tick)) for tick in scale.ticks]
    sheet.strokes([[(0, y), (box.right, y)] for tick, y in places if tick], colors["grid"], GRID)
    draw_zero(sheet, box, scale)
    for tick in labelled(scale):
        text = tick_text(tick, unit, sheet.frame.locale, scale.step)
        sheet.text((0, box.y(scale, tick) - LIFT), text, colors["ink-3"], size=size)


def draw_zero(sheet: ChartCanvas, box: PlotBox, scale: Scale) -> None:
    """Draw the zero line, where zero is on the axis."""
    if scale.low <= 0 <= scale.high:
        sheet.rule(box.y(scale, 0), sheet.frame.colors["axis"], AXIS, right=box.right)


def draw_ticks(sheet: ChartCanvas, chart: Chart, places: Sequence[float], boxes: Sequence[PlotBox]) -> None:
    """Write at most six labels below the lowest plot, each week of a month, the months of a year; mark annotated days.

    `places` are those of the labels, in points from the left, `boxes` those of the plots, from the top.
    """
    frame, days, y = sheet.frame, days_of(chart), boxes[-1].bottom
    texts = label_texts(chart, frame.locale)
    room = places[-1] - places[0]
    widest = min(
        max(frame.typeface.width(text, frame.size) for text in texts[:: max(1, len(texts) // 100)]), max(room / 4, 40)
    )
    limit = max(1, min(_MOST_TICKS, int(room // (widest + 1.2 * frame.size)) + 1))
    chosen = tick_indexes(days, len(texts), limit)
    sheet.strokes([[(places[at], y), (places[at], y + _TICK)] for at in chosen], frame.colors["axis"], AXIS)
    labels = ((places[at], shortened(texts[at], widest, frame.size, frame.typeface)) for at in chosen)
    for _, middle, text in labels_apart(labels, frame, LIFT):
        sheet.text((middle, y + _TICK + 1.1 * frame.size), text, frame.colors["ink-3"], anchor="center")
    _draw_annotations(sheet, chart, places, boxes)


def _draw_annotations(sheet: ChartCanvas, chart: Chart, places: Sequence[float], boxes: Sequence[PlotBox]) -> None:
    """Draw a thin line through the plots at each annotated day, with the numbers of its annotations at the top."""
    colors = sheet.frame.colors
    days = {label[:10]: x for label, x in zip(chart.labels, places, strict=True)}
    numbers_of: dict[str, list[str]] = {}
    for number, annotation in enumerate(chart.annotations, 1):
        numbers_of.setdefault(annotation.day, []).append(count_text(number, sheet.frame.locale))
    for day, numbers in numbers_of.items():
        x, text = days[day], ", ".join(numbers)
        sheet.strokes([[(x, box.top), (x, box.bottom)] for box in boxes], colors["ink-3"], GRID, _DASHES)
        sheet.text((x, boxes[0].top - LIFT), text, colors["ink"], anchor="center", weight=BOLD, plate=True)


def tick_indexes(days: Sequence[date] | None, count: int, limit: int) -> list[int]:
    """Return the indexes of at most `limit` of `count` labels: evenly spaced, or the first days of months.

    `days` are the labels as days; None for words.
    """
    for step in _DAY_STEPS if days else ():
        if -(-count // step) <= limit:
            return list(range(0, count, step))
    for months in _MONTH_STEPS if days else ():
        firsts = [
            at for at, day in enumerate(days or ()) if day.day == 1 and (12 * day.year + day.month - 1) % months == 0
        ]
        if 1 < len(firsts) <= limit:
            return firsts
    return list(range(0, count, -(-count // limit)))
