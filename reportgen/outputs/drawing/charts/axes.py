"""What line charts and columns share: the plot's box, gridlines, ticks below, and panels."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from reportgen.formatting import format_day, format_short_day, format_value
from reportgen.model import Unit
from reportgen.outputs.drawing.charts.label_text import shortened
from reportgen.outputs.drawing.font_metrics import BOLD, text_width
from reportgen.outputs.text.chart_labels import days_of
from reportgen.outputs.text.chart_values import exact, tick_text

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date
    from decimal import Decimal

    from reportgen.model import Chart, Number, Series
    from reportgen.outputs.drawing.charts.canvas import ChartCanvas, Frame
    from reportgen.outputs.drawing.charts.value_axis import Scale

GRID, AXIS = 0.5, 0.75
TALLEST = 72.0
"""Of the type's size: the highest drawing, which with its title and note still fits a page."""

_LIFT = 2.2
_DASHES = (4, 4)
_TICK = 3
_MOST_TICKS = 6
_COMPARABLE = 20
_DAY_STEPS = (1, 2, 7, 14)
_MONTH_STEPS = (1, 2, 3, 6, 12, 24, 60, 120)


@dataclass(frozen=True, slots=True)
class PlotBox:
    """Where values are plotted, in points; gridlines start at the sheet's edge, left of it."""

    left: float
    top: float
    right: float
    bottom: float

    def y(self, scale: Scale, value: Number | Decimal) -> float:
        """Return where a value stands."""
        return self.bottom - scale.share(value) * (self.bottom - self.top)


def panels_of(series: Sequence[Series]) -> list[list[int]]:
    """Group series, by index, into panels: one unit each, and no series too small to be seen.

    There are never two value axes in one panel.
    """
    panels: list[list[int]] = []
    for index, one in enumerate(series):
        fitting = (panel for panel in panels if all(_share_axis(one, series[other]) for other in panel))
        panel = next(fitting, None)
        if panel is None:
            panels.append([index])
        else:
            panel.append(index)
    return panels


def _share_axis(one: Series, other: Series) -> bool:
    if (one.axis, one.unit.name, one.unit.currency) != (other.axis, other.unit.name, other.unit.currency):
        return False
    small, large = sorted(
        max((abs(exact(value)) for value in s.values if value is not None), default=0) for s in (one, other)
    )
    return not small or large <= small * _COMPARABLE


def boxes_of(frame: Frame, height: float, panels: Sequence[tuple[Scale, Unit, float]], right: float) -> list[PlotBox]:
    """Stack the plots of panels on one horizontal axis.

    Args:
        frame: The drawing.
        height: Of the whole drawing, in points.
        panels: Scale, unit and the height of the words above each.
        right: Where the plots end, in points.
    """
    texts = (tick_text(tick, unit, frame.locale) for scale, unit, _ in panels for tick in labelled(scale))
    left = max((text_width(text, frame.size) for text in texts), default=0) + 6
    head = 1.1 * frame.size + _LIFT
    room = height - foot(frame)
    each = (room - 1.2 * frame.size * (len(panels) - 1)) / len(panels)
    tops = [number * (each + 1.2 * frame.size) for number in range(len(panels))]
    return [
        PlotBox(left, top + words + head, right, top + each) for top, (_, _, words) in zip(tops, panels, strict=True)
    ]


def panels_height(frame: Frame, wanted: float) -> float:
    """Return how high a drawing of panels is: what they want, at least the frame and at most a page."""
    return min(max(frame.height, wanted), max(frame.height, TALLEST * frame.size))


def foot(frame: Frame) -> float:
    """Return the height of the labels below a plot, in points."""
    return _TICK + 1.4 * frame.size


def labelled(scale: Scale) -> tuple[Decimal, ...]:
    """Return the ticks that are written: not a zero at the foot, which the axis says by itself."""
    return tuple(tick for tick in scale.ticks if tick != scale.low or scale.low != 0)


def draw_grid(sheet: ChartCanvas, box: PlotBox, scale: Scale, unit: Unit) -> None:
    """Draw gridlines, the zero line, and each tick's value above its line at the left edge."""
    colors, size = sheet.frame.colors, sheet.frame.size
    places = [(tick, box.y(scale, tick)) for tick in scale.ticks]
    sheet.strokes([[(0, y), (box.right, y)] for tick, y in places if tick], colors["grid"], GRID)
    draw_zero(sheet, box, scale)
    written = ""
    for tick in labelled(scale):
        text = tick_text(tick, unit, sheet.frame.locale)
        if text != written:  # ticks finer than the formatter writes
            sheet.text((0, box.y(scale, tick) - _LIFT), text, colors["ink-3"], size=size)
        written = text


def draw_zero(sheet: ChartCanvas, box: PlotBox, scale: Scale) -> None:
    """Draw the zero line, where zero is on the axis."""
    if scale.low <= 0 <= scale.high:
        sheet.rule(box.y(scale, 0), sheet.frame.colors["axis"], AXIS, right=box.right)


def draw_ticks(sheet: ChartCanvas, chart: Chart, places: Sequence[float], boxes: Sequence[PlotBox]) -> None:
    """Name at most six points below the lowest plot: each week of a month, the months of a year.

    Days that something is said of are marked.

    Args:
        sheet: The drawing.
        chart: Its labels.
        places: Of every label, in points from the left.
        boxes: The plots, from the top.
    """
    frame, days, y = sheet.frame, days_of(chart), boxes[-1].bottom
    texts = day_texts(days, frame.locale) if days else list(chart.labels)
    room = places[-1] - places[0]
    widest = min(max(text_width(text, frame.size) for text in texts[:: max(1, len(texts) // 100)]), max(room / 4, 40))
    limit = max(1, min(_MOST_TICKS, int(room // (widest + 1.2 * frame.size)) + 1))
    chosen = tick_indexes(days, len(texts), limit)
    sheet.strokes([[(places[at], y), (places[at], y + _TICK)] for at in chosen], frame.colors["axis"], AXIS)
    for at in chosen:
        text = shortened(texts[at], widest, frame.size)
        half = text_width(text, frame.size) / 2
        x = min(max(places[at], half), frame.width - half)
        sheet.text((x, y + _TICK + 1.1 * frame.size), text, frame.colors["ink-3"], anchor="center")
    _draw_annotations(sheet, chart, places, boxes)


def _draw_annotations(sheet: ChartCanvas, chart: Chart, places: Sequence[float], boxes: Sequence[PlotBox]) -> None:
    """Draw a thin line through the plots at each day that something is said of, with its numbers at the top."""
    colors = sheet.frame.colors
    days = {label[:10]: x for label, x in zip(chart.labels, places, strict=True)}
    said: dict[str, list[str]] = {}
    for number, one in enumerate(chart.annotations, 1):
        said.setdefault(one.day, []).append(format_value(number, Unit("count"), sheet.frame.locale))
    for day, numbers in said.items():
        x, text = days[day], ", ".join(numbers)
        sheet.strokes([[(x, box.top), (x, box.bottom)] for box in boxes], colors["ink-3"], GRID, _DASHES)
        sheet.text((x, boxes[0].top - _LIFT), text, colors["ink"], anchor="center", weight=BOLD, plate=True)


def tick_indexes(days: Sequence[date] | None, count: int, limit: int) -> list[int]:
    """Return which points are named: evenly many apart, or the first days of months.

    Args:
        days: What they stand for; None for words.
        count: How many points there are.
        limit: How many names fit.
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


def day_texts(days: Sequence[date], locale: str) -> list[str]:
    """Write days briefly, with their years where they are of several."""
    write = format_short_day if days[0].year == days[-1].year else format_day
    return [write(day, locale) for day in days]
