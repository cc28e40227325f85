"""Stacked vertical bars: a column for each label, its parts below zero downwards; columns that lack a part hatched."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from reportgen.model import exact, number_of, sum_of
from reportgen.outputs.drawing.charts.axes import boxes_of, draw_zero, foot
from reportgen.outputs.drawing.charts.canvas import ChartCanvas
from reportgen.outputs.drawing.charts.hatched_boxes import draw_hatched, hatched_name, parted_stacks
from reportgen.outputs.drawing.charts.legend import period_names, row_height
from reportgen.outputs.drawing.charts.panels import Panel, series_names
from reportgen.outputs.drawing.charts.value_axis import scale_of
from reportgen.outputs.drawing.charts.vertical_bars import draw_labels, draw_missing
from reportgen.outputs.drawing.font_metrics import BOLD
from reportgen.outputs.text.catalogues import N_
from reportgen.outputs.text.chart_totals import stack_total
from reportgen.outputs.text.chart_values import brief_texts, texts_or_dashes

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence
    from decimal import Decimal

    from reportgen.model import Chart, Number
    from reportgen.outputs.drawing.charts.canvas import Frame, Point

_WIDEST, _SHARE, _MANY_SHARE = 32, 0.5, 0.7
_FEW = 12
_HAIR, _TOUCHING = 2.5, 0.01  # points
_LIFT, _DASH = 2.4, 2.0
_PARTED = 1.0  # weight of the dash above a column that lacks a part, in points
_TOTALS = N_("The tick is the total of %(period)s")


def draw_stacks(chart: Chart, frame: Frame) -> ChartCanvas:
    """Draw a column for each label, the first series at its foot; a tick marks the compared total."""
    unit, count = chart.series[0].unit, len(chart.labels)
    names = series_names(chart, range(len(chart.series)), frame) | hatched_name(chart, frame)
    names |= period_names(chart.series, frame, _TOTALS)
    head = row_height(frame, names)
    height = max(frame.height, head + foot(frame) + 11 * frame.size)
    totals = [stack_total([series.values[at] for series in chart.series]) for at in range(count)]
    before = [stack_total([series.baseline[at] for series in chart.series if series.baseline]) for at in range(count)]
    ends = [end for at in range(count) for end in ends_of([series.values[at] for series in chart.series])]
    scale = scale_of(map(number_of, (*ends, *filter(None, before))), unit, from_zero=True)
    (box,) = boxes_of(frame, height, [(scale, unit, head)], frame.width)
    panel = Panel(dict(enumerate(chart.series)), names, scale, box)
    sheet = ChartCanvas(frame, height)
    panel.draw_axes(sheet)
    _draw_stacks(sheet, panel, count, parted_stacks(chart) | frozenset(chart.cut))
    _draw_totals(sheet, panel, totals, before)
    draw_zero(sheet, box, scale)
    draw_labels(sheet, chart, [box])
    return sheet


def ends_of(values: Sequence[Number | None]) -> tuple[Decimal, Decimal]:
    """Return how far a stack reaches below and above zero."""
    known = [value for value in values if value is not None]
    return sum_of(value for value in known if value < 0), sum_of(value for value in known if value > 0)


def _columns(panel: Panel, count: int) -> tuple[list[float], float, float]:
    """Return the left edges of the columns, the width of a column, and the width of its band.

    Between columns as thin as hairs there is no gap.
    """
    band = (panel.box.right - panel.box.left) / count
    bar = min(_WIDEST, _SHARE * band) if count <= _FEW else _MANY_SHARE * band if band >= _HAIR else band
    return [panel.box.left + at * band + (band - bar) / 2 for at in range(count)], bar, band


def _draw_stacks(sheet: ChartCanvas, panel: Panel, count: int, hatched: Collection[int]) -> None:
    """Draw the parts of the columns, each upon the one before it."""
    lefts, bar, _ = _columns(panel, count)
    feet = {positive: [exact(0)] * count for positive in (True, False)}
    for at, series in panel.series.items():
        boxes: dict[bool, list[tuple[float, float, float, float]]] = {False: [], True: []}
        for label, value in enumerate(series.values):
            if not value:
                continue
            reached = feet[value > 0]
            start, reached[label] = reached[label], reached[label] + exact(value)
            low, high = sorted(panel.box.y(panel.scale, end) for end in (start, reached[label]))
            boxes[label in hatched].append((lefts[label], low, lefts[label] + bar, high))
        sheet.areas(_outlines(boxes[False]), sheet.frame.series_color(at))
        draw_hatched(sheet, boxes[True], sheet.frame.series_color(at))


def _outlines(boxes: Sequence[tuple[float, float, float, float]]) -> list[list[Point]]:
    """Return the outlines of boxes from left to right; boxes without a gap between them have a single outline."""
    runs: list[list[tuple[float, float, float, float]]] = []
    for box in boxes:
        if runs and box[0] - runs[-1][-1][2] < _TOUCHING:
            runs[-1].append(box)
        else:
            runs.append([box])
    return [
        [
            *(corner for left, top, right, _ in run for corner in ((left, top), (right, top))),
            *(corner for left, _, right, bottom in reversed(run) for corner in ((right, bottom), (left, bottom))),
        ]
        for run in runs
    ]


def _draw_totals(
    sheet: ChartCanvas, panel: Panel, totals: Sequence[Decimal | None], before: Sequence[Decimal | None]
) -> None:
    """Write the total above each column where all fit, and mark the compared total.

    A dash stands above a column that lacks a part, also where no total is written.
    """
    frame, y = sheet.frame, partial(panel.box.y, panel.scale)
    lefts, bar, band = _columns(panel, len(totals))
    marks = [
        [(left - _DASH, y(was)), (left + bar + _DASH, y(was))]
        for left, was in zip(lefts, before, strict=True)
        if was is not None
    ]
    sheet.strokes(marks, frame.colors["page"], 2.6)
    sheet.strokes(marks, frame.colors["ink"], 1.1)
    texts = texts_or_dashes(brief_texts, totals, panel.unit, frame.locale)
    written = max((frame.typeface.width(text, frame.size, BOLD) for text in texts), default=0) <= band - 2
    for at, (left, text) in enumerate(zip(lefts, texts, strict=True)):
        parts = [series.values[at] for series in panel.series.values()]
        if all(part is None for part in parts):
            draw_missing(sheet, panel, left, bar)
            continue
        top = ends_of(parts)[1]
        above = y(max(top, before[at] or top)) - _LIFT
        if written:
            sheet.text((left + bar / 2, above), text, frame.colors["ink"], anchor="center", weight=BOLD, plate=True)
        elif None in parts:
            sheet.strokes([[(left, above), (left + bar, above)]], frame.colors["ink-3"], _PARTED)
