"""Hatched boxes: bars of buckets that are cut, and stacks that lack a part."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reportgen.outputs.drawing.charts.legend import NameLook
from reportgen.outputs.text.catalogues import N_, words_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from reportgen.model import Chart
    from reportgen.outputs.drawing.charts.canvas import ChartCanvas, Frame

_OUTLINE, _HATCH, _HATCH_GAP = 1.0, 0.6, 3.2  # weights of strokes and distance of hatches, in points
_HATCHED = N_("Hatched: a part is missing")


def draw_hatched(sheet: ChartCanvas, boxes: Sequence[tuple[float, float, float, float]], color: str) -> None:
    """Draw the outlines of bars, inside their edges, with strokes across them."""
    for left, top, right, bottom in boxes:
        edge = min(_OUTLINE / 2, (right - left) / 4)
        start, end, roof = left + edge, right - edge, min(top + edge, bottom)
        sheet.strokes([[(start, bottom), (start, roof), (end, roof), (end, bottom)]], color, _OUTLINE)
        sheet.strokes(list(_hatches(start, roof, end, bottom)), color, _HATCH)


def _hatches(left: float, top: float, right: float, bottom: float) -> Iterator[list[tuple[float, float]]]:
    """Yield parallel strokes across a box, from its lower left to its upper right."""
    width, height = right - left, bottom - top
    steps = int((width + height) / _HATCH_GAP)
    for step in range(1, steps + 1):
        way = step * _HATCH_GAP
        yield [
            (left + max(0.0, way - height), bottom - min(way, height)),
            (left + min(way, width), bottom - max(0.0, way - width)),
        ]


def parted_stacks(chart: Chart) -> frozenset[int]:
    """Return the indexes of the stacks that lack some of their parts."""
    parts = list(zip(*(series.values for series in chart.series), strict=True))
    return frozenset(at for at, values in enumerate(parts) if None in values and any(v is not None for v in values))


def hatched_name(chart: Chart, frame: Frame) -> dict[str, NameLook]:
    """Return what hatches of stacks mean, for the names above a chart; none where no stack lacks a part."""
    if not parted_stacks(chart):
        return {}
    return {words_of(frame.locale).gettext(_HATCHED): NameLook(frame.colors["ink-3"])}
