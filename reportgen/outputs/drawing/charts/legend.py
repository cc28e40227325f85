"""Names of series: at the ends of their lines, or as a row of coloured words above the plot."""

from __future__ import annotations

import math
from statistics import fmean
from typing import TYPE_CHECKING

from reportgen.outputs.drawing.charts.label_text import shortened
from reportgen.outputs.drawing.font_metrics import BOLD, text_width
from reportgen.outputs.text.catalogues import words_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from reportgen.model import Series
    from reportgen.outputs.drawing.charts.canvas import ChartCanvas, Frame
    from reportgen.outputs.drawing.text_overlay import Anchor

_APART = "\N{NO-BREAK SPACE} / \N{NO-BREAK SPACE}"
_LINE = 1.5


def period_names(series: Sequence[Series], frame: Frame, drawn: str) -> dict[str, str]:
    """Return the words that tell two periods apart -> their colours; none where nothing is compared.

    Args:
        series: What is drawn.
        frame: Names the periods.
        drawn: How the compared values are drawn, a message with `%(period)s`, where several series
            share the colours.
    """
    if not frame.compared or not any(value is not None for one in series for value in one.baseline):
        return {}
    if len(series) == 1 and frame.current:
        return {frame.current: frame.series_color(0), frame.compared: frame.colors["ink-3"]}
    return {words_of(frame.locale).gettext(drawn) % {"period": frame.compared}: frame.colors["ink-3"]}


def row_height(frame: Frame, names: Sequence[str]) -> float:
    """Return how high the row of names is, in points; 0 without names."""
    return _LINE * frame.size * (1 + max(line for line, _ in _places(frame, names))) if names else 0


def draw_row(sheet: ChartCanvas, top: float, names: Sequence[str], colors: Sequence[str]) -> None:
    """Write the names in their colours, from the side the script begins on, in as many lines as they need."""
    frame = sheet.frame
    from_right = frame.runs_left and not sheet.mirrored
    anchor: Anchor = "right" if from_right else "left"
    for at, (line, x) in enumerate(_places(frame, names)):
        y = top + (0.85 + _LINE * line) * frame.size
        if x:
            apart = x - text_width(_APART, frame.size)
            sheet.text((frame.width - apart if from_right else apart, y), _APART, frame.colors["ink-3"], anchor=anchor)
        name = shortened(names[at], frame.width, frame.size, BOLD)
        sheet.text((frame.width - x if from_right else x, y), name, colors[at], anchor=anchor, weight=BOLD)


def _places(frame: Frame, names: Sequence[str]) -> list[tuple[int, float]]:
    """Return each name's line and its distance from the left, in points."""
    places: list[tuple[int, float]] = []
    line, x = 0, 0.0
    for name in names:
        width = min(text_width(name, frame.size, BOLD), frame.width)
        if x and x + width > frame.width:
            line, x = line + 1, 0.0
        places.append((line, x))
        x += width + text_width(_APART, frame.size)
    return places


def spread(wanted: Sequence[float], apart: float, low: float = -math.inf, high: float = math.inf) -> list[float]:
    """Move places as little as needed until they stand apart, in their order, between two bounds.

    Places that crowd one another are spread around their common middle (pool adjacent violators).

    Args:
        wanted: Places, in any order.
        apart: Least distance of two places.
        low: Least place; passed where there are too many.
        high: Greatest place.
    """
    order = sorted(range(len(wanted)), key=lambda at: wanted[at])
    pools: list[list[float]] = []  # what the first place of an evenly spaced row would be, for each of its members
    for number, at in enumerate(order):
        pools.append([wanted[at] - number * apart])
        while len(pools) > 1 and fmean(pools[-2]) > fmean(pools[-1]):
            pools[-2:] = [pools[-2] + pools[-1]]
    starts = [fmean(pool) for pool in pools for _ in pool]
    rest = high - (len(order) - 1) * apart
    return [
        place
        for _, place in sorted(
            (at, min(max(start, low), rest) + number * apart)
            for number, (at, start) in enumerate(zip(order, starts, strict=True))
        )
    ]
