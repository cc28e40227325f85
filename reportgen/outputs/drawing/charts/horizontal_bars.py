"""Horizontal bars: a row for each label, where labels are many or long."""

from __future__ import annotations

import math
from dataclasses import replace
from functools import partial
from itertools import accumulate
from typing import TYPE_CHECKING

from reportgen.outputs.drawing.charts import row_parts
from reportgen.outputs.drawing.charts.axes import TALLEST
from reportgen.outputs.drawing.charts.canvas import ChartCanvas
from reportgen.outputs.drawing.charts.label_text import wrapped
from reportgen.outputs.drawing.charts.legend import draw_row, period_names, row_height
from reportgen.outputs.drawing.charts.panels import series_names
from reportgen.outputs.drawing.charts.pointed_values import point_at_rows
from reportgen.outputs.drawing.charts.value_axis import shared_zero
from reportgen.outputs.drawing.charts.vertical_bars import MISSING
from reportgen.outputs.drawing.font_metrics import BOLD, NORMAL, text_width
from reportgen.outputs.text.chart_values import value_text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from reportgen.model import Chart, Series
    from reportgen.outputs.drawing.charts.canvas import Frame

_GROUPED = 1.35  # em; the height of each of several bars in a row
_LABELS = 0.36
MOST_ROWS = 24
_TO_VALUE = 5


def draw_rows(chart: Chart, frame: Frame, of: int) -> ChartCanvas:
    """Draw the labels in their order, from the side the script begins on; the rows make the height.

    `of` is the count of all labels, written below the rows where some are left out.
    """
    labels = _wrapped(chart.labels, frame)
    names = series_names(chart, range(len(chart.series)), frame) if len(chart.series) > 1 else {}
    names |= period_names(chart.series, replace(frame, current=""), row_parts.TICKED)
    top = row_height(frame, names) + (0.4 * frame.size if names else 0)
    edges = row_parts.row_edges(top, row_parts.row_heights(labels, frame.size, _bars(chart)))
    note = row_parts.shown_note(len(labels), of, frame.locale)
    height = math.ceil(edges[-1] + (1.6 * frame.size if note else 1))
    sheet = ChartCanvas(frame, height, mirrored=frame.runs_left)
    draw_row(sheet, 0, names)
    room = _bar_room(chart, frame, row_parts.labels_width(labels, frame.size))
    row_parts.draw_rows_of(sheet, labels, edges, room, partial(_draw_bars, sheet, room, chart.series))
    point_at_rows(sheet, chart, edges)
    row_parts.draw_note(sheet, note)
    return sheet


def rows_that_fit(chart: Chart, frame: Frame) -> int:
    """Return the count of the labels that fit a page, from the first on; at least 1."""
    ends = accumulate(row_parts.row_heights(_wrapped(chart.labels[:MOST_ROWS], frame), 1, _bars(chart)))
    return max(sum(end <= TALLEST - row_parts.ROW * 3 for end in ends), 1)


def _bars(chart: Chart) -> float:
    """Return the height of the bars of a row, in em."""
    return row_parts.BAR if len(chart.series) == 1 else _GROUPED * len(chart.series)


def _wrapped(labels: Sequence[str], frame: Frame) -> list[tuple[str, ...]]:
    return [wrapped(label, _LABELS * frame.width, frame.size + 0.5, lines=3) for label in labels]


def _bar_room(chart: Chart, frame: Frame, left: float) -> row_parts.BarRoom:
    """Return the room of the bars, which leaves room for the longest value where values are written."""
    scales = shared_zero([(each.unit, (*each.values, *each.baseline)) for each in chart.series])
    texts = (value_text(v, each.unit, frame.locale) for each in chart.series for v in each.values if v is not None)
    widest = max((text_width(text, frame.size, BOLD) for text in texts), default=0) + _TO_VALUE
    below = any(scale.low < 0 for scale in scales)
    return row_parts.BarRoom(left + (widest if below else 0), frame.width - widest, scales)


def _draw_bars(sheet: ChartCanvas, room: row_parts.BarRoom, series: Sequence[Series], row: int, middle: float) -> None:
    """Draw the bars of a label, each with its value, and a tick at the compared value."""
    frame, half = sheet.frame, row_parts.BAR * sheet.frame.size / 2
    for at, each in enumerate(series):
        y = middle + (at - (len(series) - 1) / 2) * _GROUPED * frame.size
        value, compared = each.values[row], each.baseline[row] if each.baseline else None
        below = value is not None and value < 0
        ends = [room.x(at, value or 0)]
        left, right = sorted((room.x(at, 0), *ends))
        sheet.boxes([(left, y - half, right, y + half)] if value else [], frame.series_color(at))
        if compared is not None:
            ends.append(room.x(at, compared))
            row_parts.draw_compared_tick(sheet, ends[-1], y - half, y + half)
        reach = min(ends) if below else max(ends)
        text = MISSING if value is None else value_text(value, each.unit, frame.locale)
        sheet.text(
            (reach + (-_TO_VALUE if below else _TO_VALUE), y + 0.34 * frame.size),
            text,
            frame.colors["ink-3" if value is None else "ink"],
            anchor="right" if below else "left",
            weight=NORMAL if value is None else BOLD,
        )
