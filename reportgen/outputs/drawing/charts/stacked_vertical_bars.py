"""Stacked columns: the parts of each label on one another, parts below zero downwards."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reportgen.outputs.drawing.charts.axes import boxes_of, draw_grid, draw_zero, foot
from reportgen.outputs.drawing.charts.canvas import ChartCanvas
from reportgen.outputs.drawing.charts.legend import draw_row, period_names, row_height
from reportgen.outputs.drawing.charts.value_axis import scale_of
from reportgen.outputs.drawing.charts.vertical_bars import MISSING, draw_labels
from reportgen.outputs.drawing.font_metrics import BOLD, text_width
from reportgen.outputs.text.catalogues import N_
from reportgen.outputs.text.chart_values import exact, number_of, tick_text

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from decimal import Decimal

    from reportgen.model import Chart, Number, Series
    from reportgen.outputs.drawing.charts.axes import PlotBox
    from reportgen.outputs.drawing.charts.canvas import Frame
    from reportgen.outputs.drawing.charts.value_axis import Scale

_WIDEST, _SHARE, _MANY_SHARE = 32, 0.5, 0.7
_FEW = 12
_LIFT, _DASH = 2.4, 2.0
_TOTALS = N_("The tick is the total of %(period)s")


def draw_stacks(chart: Chart, frame: Frame) -> ChartCanvas:
    """Draw one column a label, the first series at its foot; a tick marks the compared total."""
    unit = chart.series[0].unit
    names = {one.label: frame.series_color(at) for at, one in enumerate(chart.series)}
    names |= period_names(chart.series, frame, _TOTALS)
    head = row_height(frame, list(names))
    height = max(frame.height, head + foot(frame) + 11 * frame.size)
    totals = [total_of([one.values[at] for one in chart.series]) for at in range(len(chart.labels))]
    before = [total_of([one.baseline[at] for one in chart.series if one.baseline]) for at in range(len(chart.labels))]
    reach = [end for at in range(len(chart.labels)) for end in ends_of([one.values[at] for one in chart.series])]
    scale = scale_of([*map(number_of, reach), *map(number_of, filter(None, before))], unit, from_zero=True)
    (box,) = boxes_of(frame, height, [(scale, unit, head)], frame.width)
    sheet = ChartCanvas(frame, height)
    draw_grid(sheet, box, scale, unit)
    draw_row(sheet, box.top - head - 1.1 * frame.size - 2.2, list(names), list(names.values()))
    _draw_stacks(sheet, box, scale, chart.series, len(chart.labels))
    _draw_totals(sheet, box, scale, chart, totals, before)
    draw_zero(sheet, box, scale)
    draw_labels(sheet, chart, [box])
    return sheet


def total_of(values: Iterable[Number | None]) -> Decimal | None:
    """Return the sum of the values that are there; None where none is."""
    known = [exact(value) for value in values if value is not None]
    return sum(known, exact(0)) if known else None


def ends_of(values: Iterable[Number | None]) -> tuple[Decimal, Decimal]:
    """Return how far a stack reaches below and above zero."""
    known = [exact(value) for value in values if value is not None]
    return sum((one for one in known if one < 0), exact(0)), sum((one for one in known if one > 0), exact(0))


def _bar(band: float, count: int) -> float:
    return min(_WIDEST, _SHARE * band) if count <= _FEW else _MANY_SHARE * band


def _draw_stacks(sheet: ChartCanvas, box: PlotBox, scale: Scale, series: Sequence[Series], count: int) -> None:
    band = (box.right - box.left) / count
    bar = _bar(band, count)
    feet = {sign: [exact(0)] * count for sign in (1, -1)}
    for at, one in enumerate(series):
        boxes = []
        for label, value in enumerate(one.values):
            if not value:
                continue
            below = feet[1 if value > 0 else -1]
            left = box.left + label * band + (band - bar) / 2
            start, below[label] = below[label], below[label] + exact(value)
            low, high = sorted((box.y(scale, start), box.y(scale, below[label])))
            boxes.append((left, low, left + bar, high))
        sheet.boxes(boxes, sheet.frame.series_color(at))


def _draw_totals(  # noqa: PLR0913, PLR0917 - what is written where
    sheet: ChartCanvas,
    box: PlotBox,
    scale: Scale,
    chart: Chart,
    totals: Sequence[Decimal | None],
    before: Sequence[Decimal | None],
) -> None:
    """Write the total above each column where it fits, and mark where the compared one stood."""
    frame, unit, count = sheet.frame, chart.series[0].unit, len(totals)
    band = (box.right - box.left) / count
    bar = _bar(band, count)
    lefts = [box.left + at * band + (band - bar) / 2 for at in range(count)]
    marks = [
        [(left - _DASH, box.y(scale, was)), (left + bar + _DASH, box.y(scale, was))]
        for left, was in zip(lefts, before, strict=True)
        if was is not None
    ]
    sheet.strokes(marks, frame.colors["page"], 2.6)
    sheet.strokes(marks, frame.colors["ink"], 1.1)
    texts = ["" if total is None else tick_text(total, unit, frame.locale) for total in totals]
    written = max((text_width(text, frame.size, BOLD) for text in texts), default=0) <= band - 2
    for at, (left, text) in enumerate(zip(lefts, texts, strict=True)):
        if not text and bar >= frame.size / 2:
            sheet.text((left + bar / 2, box.y(scale, 0) - _LIFT), MISSING, frame.colors["ink-3"], anchor="center")
        elif written:
            top = ends_of([one.values[at] for one in chart.series])[1]
            highest = max(top, before[at] or top)
            y = box.y(scale, highest) - _LIFT
            sheet.text((left + bar / 2, y), text, frame.colors["ink"], anchor="center", weight=BOLD, plate=True)
