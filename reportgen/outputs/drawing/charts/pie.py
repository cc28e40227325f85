"""Pies and donuts: a disc or a ring with its parts named outside, the largest first, clockwise from the top."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from reportgen.model import exact, number_of, sum_of
from reportgen.outputs.drawing.charts.canvas import ChartCanvas
from reportgen.outputs.drawing.charts.label_text import shortened, told_apart, wrapped
from reportgen.outputs.drawing.charts.legend import spread
from reportgen.outputs.drawing.charts.pointed_values import point_at
from reportgen.outputs.drawing.charts.row_parts import draw_note
from reportgen.outputs.drawing.font_metrics import BOLD, LIGHT
from reportgen.outputs.text.chart_values import tick_text, value_text
from reportgen.outputs.text.counts_and_shares import share_text, shown_note
from reportgen.outputs.text.pie_parts import parts_of

if TYPE_CHECKING:
    from collections.abc import Sequence
    from decimal import Decimal

    from reportgen.model import Chart, Series
    from reportgen.outputs.drawing.charts.canvas import Frame, Point
    from reportgen.outputs.drawing.text_overlay import Anchor
    from reportgen.outputs.text.pie_parts import ChartPart

_OUTER, _LEAST_OUTER, _HOLE = 0.27, 0.2, 0.66
_LEAST_BESIDE = 24  # em: a chart with names beside its ring; in a third of the width all rings are alike, above lists
_ELBOW, _ARM, _TO_LABEL = 6, 8, 3
_LEADER = 0.5
_APART, _LINE = 2.75, 1.2
_FILL = 1.6
_LISTED, _SWATCH, _LEAST_LISTED = 1.6, 0.8, 4.5  # em: a line of the list, its square, the radius above it
_OTHER_COLOR = 5
_WIDEST_TARGET, _SMALLEST_TARGET = 0.7, 9  # of the radius; points


@dataclass(frozen=True, slots=True)
class _Part:
    """A part: its name in lines, its share, the shares of a turn where it starts and ends, its colour and amount."""

    name: tuple[str, ...]
    share: str
    first: float
    last: float
    color: str
    label: str
    amount: Decimal

    @property
    def angle(self) -> float:
        """The direction of its middle in radians, clockwise from the top."""
        return math.pi * (self.first + self.last)


@dataclass(frozen=True, slots=True)
class _Side:
    """The parts named on a side (+1 right, -1 left) of a ring of a radius, in type of a size."""

    parts: tuple[_Part, ...]
    sign: int
    radius: float
    size: float

    @property
    def apart(self) -> float:
        """The distance of the labels, in points."""
        return self.size * (_APART + _LINE * (max((len(part.name) for part in self.parts), default=1) - 1))

    @property
    def levels(self) -> list[float]:
        """The height of each label's first line, in points below the centre."""
        wanted = [-(self.radius + _ELBOW) * math.cos(part.angle) for part in self.parts]
        return spread(wanted, self.apart)

    @property
    def reach(self) -> tuple[float, float]:
        """The reach of the ring and its labels above and below the centre, in points."""
        levels = self.levels or [0.0]
        return (
            max(self.radius, 0.8 * self.size - min(levels)),
            max(self.radius, max(levels) + self.apart - 0.8 * self.size),
        )


def draw_pie(chart: Chart, frame: Frame) -> ChartCanvas:
    """Draw the parts that have a value; more than six become five and "Other".

    The note counts those of this period that are zero, and none that the compared period alone has.
    """
    slices = parts_of(chart.series[0], chart.labels, frame.locale)
    known = sum(value is not None for value in chart.series[0].values)
    note = shown_note(sum(len(part.of) for part in slices), known, frame.locale)
    parts = _parts(slices, frame)
    below = 1.6 * frame.size if note else 0
    beside = frame.width >= _LEAST_BESIDE * frame.size and all(_fits_beside(part, frame) for part in parts)
    sheet = (_with_names_beside if beside else _with_names_below)(chart, parts, frame, below)
    draw_note(sheet, note)
    return sheet


def _fits_beside(part: _Part, frame: Frame) -> bool:
    """Return whether a part's name stands whole beside the smallest ring, and its share too."""
    room = _name_room(frame)
    is_whole = "".join(part.name).replace(" ", "") == part.label.replace(" ", "")
    return is_whole and _width(part, frame) <= room


def _with_names_beside(chart: Chart, parts: Sequence[_Part], frame: Frame, below: float) -> ChartCanvas:
    """Draw the ring between the names of its parts; `below` is the height kept free at the foot."""
    aside = max(_width(part, frame) for part in parts) + _ELBOW + _ARM + _TO_LABEL
    radius = min(_OUTER * frame.width, (frame.height - below) / 2 - 1.5 * frame.size, frame.width / 2 - aside)
    radius = max(radius, _LEAST_OUTER * frame.width)
    sides = [
        _Side(tuple(p for p in parts if (p.angle <= math.pi) is (sign > 0)), sign, radius, frame.size)
        for sign in (1, -1)
    ]
    up, down = (max(side.reach[end] for side in sides) for end in (0, 1))
    room = max(frame.height - below, up + down)
    sheet = ChartCanvas(frame, room + below)
    center = (frame.width / 2, up + (room - up - down) / 2)
    _draw_ring(sheet, chart, parts, center, radius)
    for side in sides:
        _draw_side(sheet, side, center)
    return sheet


def _with_names_below(chart: Chart, parts: Sequence[_Part], frame: Frame, below: float) -> ChartCanvas:
    """Draw the ring above a list of its parts, each with its colour, name and share, where names are too long."""
    step, size = _LISTED * frame.size, frame.size
    listed = step * len(parts) + size
    radius = min(_OUTER * frame.width, max((frame.height - below - listed) / 2, _LEAST_LISTED * size))
    radius = min(radius, frame.width / 2)
    sheet = ChartCanvas(frame, 2 * radius + listed + below, mirrored=frame.runs_left)
    _draw_ring(sheet, chart, parts, (frame.width / 2, radius), radius)
    top, swatch = 2 * radius + size, _SWATCH * size
    widest = max(frame.typeface.width(part.share, size, BOLD) for part in parts)
    room = frame.width - 2 * swatch - widest - size
    names = told_apart([part.label for part in parts], lambda name: shortened(name, room, size, frame.typeface))
    for at, (part, name) in enumerate(zip(parts, names, strict=True)):
        y = top + (at + 0.5) * step
        sheet.boxes([(0, y - swatch / 2, swatch, y + swatch / 2)], part.color)
        sheet.text((1.6 * swatch, y + 0.34 * size), name, frame.colors["ink-2"])
        at_right = (frame.width, y + 0.34 * size)
        sheet.text(at_right, part.share, frame.colors["ink"], anchor="right", weight=BOLD)
    return sheet


def _draw_ring(sheet: ChartCanvas, chart: Chart, parts: Sequence[_Part], center: Point, radius: float) -> None:
    """Draw the parts of a disc, or of a ring around the total."""
    hole = _HOLE if chart.kind == "donut" else 0
    for part in parts:
        sheet.wedge(center, radius, radius * (1 - hole), (part.first, part.last), part.color)
    _point_at_parts(sheet, chart.series[0], parts, center, (radius * hole, radius))
    if hole:
        _draw_total(sheet, chart.series[0], center, radius * hole)


def _name_room(frame: Frame) -> float:
    """Return the room of a name beside the smallest ring, in points."""
    return (0.5 - _LEAST_OUTER) * frame.width - _ELBOW - _ARM - _TO_LABEL


def _parts(slices: Sequence[ChartPart], frame: Frame) -> list[_Part]:
    """Return the parts of the ring in their places; the sum of the small parts has a colour of its own."""
    total = sum((part.amount for part in slices), exact(0))
    room = _name_room(frame)
    parts: list[_Part] = []
    done = exact(0)
    names = told_apart([part.label for part in slices], lambda name: wrapped(name, room, frame.size, frame.typeface))
    for at, (part, name) in enumerate(zip(slices, names, strict=True)):
        color, amount = frame.series_color(_OTHER_COLOR if part.is_rest else at), part.amount
        turn = float(done / total), float((done + amount) / total)
        parts.append(_Part(name, share_text(float(amount / total), frame.locale), *turn, color, part.label, amount))
        done += amount
    return parts


def _width(part: _Part, frame: Frame) -> float:
    lines = [frame.typeface.width(line, frame.size) for line in part.name]
    return max(*lines, frame.typeface.width(part.share, frame.size + 1, BOLD), 0)


def _draw_total(sheet: ChartCanvas, series: Series, center: Point, hole: float) -> None:
    """Write the total into the hole, where the text fits, and its name below, where all of it fits."""
    frame, (x, y) = sheet.frame, center
    number, size = number_of(sum_of(series.values)), 15 / 8 * frame.size
    texts = (write(number, series.unit, frame.locale) for write in (value_text, tick_text))
    text = next((text for text in texts if frame.typeface.width(text, size, LIGHT) <= _FILL * hole), "")
    if not text:
        return
    line, small = 0.2 * size + 1.4 * frame.size, frame.size - 0.5
    across = 2 * math.sqrt(max(hole**2 - line**2, 0))
    is_named = frame.typeface.width(series.label, small) <= min(1.4 * hole, across)
    level = y + (0.2 if is_named else 0.34) * size
    sheet.text((x, level), text, frame.colors["ink"], anchor="center", weight=LIGHT, size=size)
    if is_named:
        sheet.text((x, y + line), series.label, frame.colors["ink-3"], anchor="center", size=small)


def _point_at_parts(
    sheet: ChartCanvas, series: Series, parts: Sequence[_Part], center: Point, ring: tuple[float, float]
) -> None:
    """Mark each part's middle as the place of its value; `ring` holds the radii of the hole and of the whole."""
    inner, outer = ring
    middle = (inner + outer) / 2 if inner else 0.6 * outer
    for part in parts:
        x, y = center[0] + middle * math.sin(part.angle), center[1] - middle * math.cos(part.angle)
        arc = 2 * math.pi * middle * (part.last - part.first)
        size = max(min(arc, _WIDEST_TARGET * outer), _SMALLEST_TARGET)
        point_at(sheet, (x, y), size, part.label, (series.label, number_of(part.amount), series.unit))


def _draw_side(sheet: ChartCanvas, side: _Side, center: Point) -> None:
    """Write the names of a side's parts in a column, each with a bent line to its part."""
    frame, (x, y), sign = sheet.frame, center, side.sign
    column = x + sign * (side.radius + _ELBOW + _ARM)
    anchor: Anchor = "left" if sign > 0 else "right"
    leaders = []
    for part, level in zip(side.parts, side.levels, strict=True):
        out, up = abs(math.sin(part.angle)), math.cos(part.angle)
        clear = math.sqrt(max((side.radius + _ELBOW) ** 2 - level**2, 0))  # half as wide as the ring is there
        bend = (x + sign * max(clear, (side.radius + _ELBOW) * out), y + level)
        # between both ends, to stay off the ring
        turn = (math.atan2(out, up) + math.atan2(abs(bend[0] - x), -level)) / 2
        via = (x + sign * (side.radius + _ELBOW) * math.sin(turn), y - (side.radius + _ELBOW) * math.cos(turn))
        leaders.append([(x + sign * side.radius * out, y - side.radius * up), via, bend, (column, y + level)])
        at = column + sign * _TO_LABEL
        for line, text in enumerate(part.name):
            sheet.text((at, bend[1] + (0.34 + _LINE * line) * frame.size), text, frame.colors["ink-2"], anchor=anchor)
        foot = bend[1] + (0.44 + _LINE * len(part.name)) * frame.size
        sheet.text((at, foot), part.share, frame.colors["ink"], anchor=anchor, weight=BOLD, size=frame.size + 1)
    sheet.strokes(leaders, frame.colors["axis"], _LEADER)
