"""Names of series: at the ends of their lines, or as a row of coloured words above the plot."""

from __future__ import annotations

import math
from statistics import fmean
from typing import TYPE_CHECKING, NamedTuple

from reportgen.outputs.drawing.charts.label_text import shortened
from reportgen.outputs.drawing.font_metrics import BOLD
from reportgen.outputs.text.catalogues import words_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from reportgen.model import Series
    from reportgen.outputs.drawing.charts.canvas import ChartCanvas, Frame
    from reportgen.outputs.drawing.text_overlay import Anchor


class NameLook(NamedTuple):
    """The colour of a name, and the dashes of the line that stands before it; None for no line."""

    color: str
    dashes: tuple[float, ...] | None = None


_APART = "\N{NO-BREAK SPACE} / \N{NO-BREAK SPACE}"
_LINE = 1.5
_SAMPLE, _SAMPLE_WEIGHT = 2.2, 1.75  # em, with the gap behind it; points


def period_names(series: Sequence[Series], frame: Frame, drawn: str) -> dict[str, NameLook]:
    """Return the names of the two periods with their colours; none where nothing is compared.

    Of small charts side by side they stand above them all.

    `drawn` is the message with `%(period)s` on how compared values are drawn, for several series.
    """
    if frame.beside or not frame.compared or not any(value is not None for each in series for value in each.baseline):
        return {}
    soft = NameLook(frame.colors["ink-3"])
    if len(series) == 1 and frame.current:
        return {frame.current: NameLook(frame.series_color(0)), frame.compared: soft}
    return {words_of(frame.locale).gettext(drawn) % {"period": frame.compared}: soft}


def row_height(frame: Frame, names: Mapping[str, NameLook]) -> float:
    """Return the height of the row of names, in points; 0 without names."""
    return _LINE * frame.size * (1 + max(line for line, _ in _places(frame, names))) if names else 0


def draw_row(sheet: ChartCanvas, top: float, names: Mapping[str, NameLook]) -> None:
    """Write names in their colours, from the side the script begins on, in as many lines as they need.

    Before the name of a line stands a piece of it.
    """
    frame = sheet.frame
    from_right = frame.runs_left and not sheet.mirrored
    anchor: Anchor = "right" if from_right else "left"
    for (name, look), (line, x) in zip(names.items(), _places(frame, names), strict=True):
        y = top + (0.85 + _LINE * line) * frame.size
        if x:
            apart = x - frame.typeface.width(_APART, frame.size)
            sheet.text((frame.width - apart if from_right else apart, y), _APART, frame.colors["ink-3"], anchor=anchor)
        sample = _sample(frame, look)
        if look.dashes is not None:
            ends = [(end, y - 0.32 * frame.size) for end in (x, x + sample - 0.4 * frame.size)]
            turned = [(frame.width - end, middle) for end, middle in ends] if from_right else ends
            sheet.strokes([turned], look.color, _SAMPLE_WEIGHT, look.dashes)
        text = shortened(name, frame.width - sample, frame.size, frame.typeface, BOLD)
        start = frame.width - x - sample if from_right else x + sample
        sheet.text((start, y), text, look.color, anchor=anchor, weight=BOLD)


def _sample(frame: Frame, look: NameLook) -> float:
    """Return the width of the piece of a line before its name with the gap behind it, in points."""
    return 0 if look.dashes is None else _SAMPLE * frame.size


def _places(frame: Frame, names: Mapping[str, NameLook]) -> list[tuple[int, float]]:
    """Return each name's line and its distance from the left, in points."""
    places: list[tuple[int, float]] = []
    line, x = 0, 0.0
    for name, look in names.items():
        width = min(_sample(frame, look) + frame.typeface.width(name, frame.size, BOLD), frame.width)
        if x and x + width > frame.width:
            line, x = line + 1, 0.0
        places.append((line, x))
        x += width + frame.typeface.width(_APART, frame.size)
    return places


def spread(wanted: Sequence[float], apart: float, low: float = -math.inf, high: float = math.inf) -> list[float]:
    """Return places moved as little as needed to stand apart, in their order, between two bounds.

    Crowded places are spread around their common middle (pool adjacent violators).

    They may come in any order; too many of them pass the lower bound.
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
