"""The marks of annotated days: a line through the plots, and the numbers of its annotations above them."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from itertools import chain, pairwise
from typing import TYPE_CHECKING

from reportgen.outputs.drawing.charts.label_text import shortened
from reportgen.outputs.drawing.font_metrics import BOLD
from reportgen.outputs.text.catalogues import listed_text
from reportgen.outputs.text.counts_and_shares import count_text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from reportgen.model import Chart
    from reportgen.outputs.drawing.charts.axes import PlotBox
    from reportgen.outputs.drawing.charts.canvas import ChartCanvas, Frame

_WEIGHT, _DASHES = 0.5, (4, 4)
_GAP = 3  # points between two texts
_FEWEST_IN_A_RANGE = 3


@dataclass(frozen=True, slots=True)
class _Mark:
    """The numbers that stand together: their text, its middle, and the places of their days, in points."""

    text: str
    middle: float
    places: tuple[float, ...]
    numbers: tuple[int, ...]

    def meets(self, after: _Mark, frame: Frame) -> bool:
        """Return whether its text and that of the mark after it have no gap between them."""
        halves = sum(frame.typeface.width(mark.text, frame.size, BOLD) / 2 for mark in (self, after))
        return after.middle - self.middle < halves + _GAP


def draw_annotations(sheet: ChartCanvas, chart: Chart, places: Sequence[float], boxes: Sequence[PlotBox]) -> None:
    """Draw a thin line through the plots at each annotated day, with the numbers of its annotations at the top.

    `places` are those of the labels, in points from the left, `boxes` those of the plots, from the top. Numbers that
    have no room beside one another stand together.
    """
    frame, colors = sheet.frame, sheet.frame.colors
    starts = [label[:10] for label in chart.labels]
    numbers_at: dict[float, list[int]] = {}
    for number, annotation in enumerate(chart.annotations, 1):
        at = max(bisect_right(starts, annotation.day) - 1, 0)  # a bucket begins at its label
        numbers_at.setdefault(places[at], []).append(number)
    lines = [[(x, box.top), (x, box.bottom)] for x in numbers_at for box in boxes]
    sheet.strokes(lines, colors["ink-3"], _WEIGHT, _DASHES)
    for mark in _apart([_mark((x,), tuple(numbers), frame) for x, numbers in sorted(numbers_at.items())], frame):
        text = shortened(mark.text, frame.width, frame.size, frame.typeface, BOLD)
        sheet.text((mark.middle, boxes[0].top - 2.2), text, colors["ink"], anchor="center", weight=BOLD, plate=True)


def _mark(places: tuple[float, ...], numbers: tuple[int, ...], frame: Frame) -> _Mark:
    text = _numbers_text(sorted(numbers), frame.locale)
    half = frame.typeface.width(text, frame.size, BOLD) / 2
    middle = min(max((places[0] + places[-1]) / 2, half), frame.width - half)
    return _Mark(text, middle, places, numbers)


def _apart(marks: Sequence[_Mark], frame: Frame) -> list[_Mark]:
    """Return marks whose texts do not meet; those that did are one."""
    kept: list[_Mark] = []
    for mark in marks:
        kept.append(mark)
        while len(kept) > 1 and kept[-2].meets(kept[-1], frame):
            last, before = kept.pop(), kept.pop()
            kept.append(_mark(before.places + last.places, before.numbers + last.numbers, frame))
    return kept


def _numbers_text(numbers: Sequence[int], locale: str) -> str:
    """Return rising numbers as text, three and more in a row as a range: `1, 2, 5-8`."""
    breaks = [at for at, (number, after) in enumerate(pairwise(numbers), 1) if after != number + 1]
    runs = [numbers[start:end] for start, end in pairwise([0, *breaks, len(numbers)])]
    texts = [
        [f"{count_text(run[0], locale)}\N{EN DASH}{count_text(run[-1], locale)}"]
        if len(run) >= _FEWEST_IN_A_RANGE
        else [count_text(number, locale) for number in run]
        for run in runs
    ]
    return listed_text(chain(*texts), locale)
