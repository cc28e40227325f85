"""Horizontal bars: a row for each label, where labels are many or long."""

from __future__ import annotations

import math
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from reportgen.outputs.drawing.charts import row_parts
from reportgen.outputs.drawing.charts.canvas import ChartCanvas
from reportgen.outputs.drawing.charts.legend import draw_row, period_names
from reportgen.outputs.drawing.charts.panels import series_names
from reportgen.outputs.drawing.charts.pointed_values import point_at_rows
from reportgen.outputs.drawing.charts.value_axis import shared_zero
from reportgen.outputs.drawing.font_metrics import BOLD, NORMAL
from reportgen.outputs.text.chart_values import MISSING, brief_texts, texts_or_dashes, value_texts
from reportgen.outputs.text.counts_and_shares import shown_note

if TYPE_CHECKING:
    from collections.abc import Sequence

    from reportgen.model import Chart, Series
    from reportgen.outputs.drawing.charts.canvas import Frame
    from reportgen.outputs.drawing.charts.legend import NameLook
    from reportgen.outputs.text.chart_values import Writer

_GROUPED = 1.35  # em; the height of each of several bars in a row
_TO_VALUE = 5


def draw_rows(chart: Chart, frame: Frame, of: int) -> ChartCanvas:
    """Draw the labels in their order, from the side the script begins on; the rows make the height.

    `of` is the count of all labels, written below the rows where some are left out.
    """
    rows, names = _rows(chart, frame), _names(chart, frame)
    edges = rows.edges(row_parts.names_height(names, frame), frame.size)
    note = shown_note(len(rows.labels), of, frame.locale)
    height = math.ceil(edges[-1] + (row_parts.NOTE * frame.size if note else 1))
    sheet = ChartCanvas(frame, height, mirrored=frame.runs_left)
    draw_row(sheet, 0, names)
    write = brief_texts if rows.brief else value_texts
    texts = [_texts(each, frame, write)[: len(rows.labels)] for each in chart.series]
    room = _bar_room(chart, frame, rows.left(frame), 0 if rows.single else _widest(chart, frame, write))
    beside = [[""] * len(own) for own in texts] if rows.single else texts
    draw_bars = partial(_draw_bars, sheet, room, list(zip(chart.series, beside, strict=True)))
    row_parts.draw_rows_of(sheet, rows, edges, room, draw_bars)
    for at, text in enumerate(texts[0] if rows.single else ()):
        row_parts.draw_value_above(sheet, rows, at, edges, text)
    point_at_rows(sheet, chart, edges)
    row_parts.draw_note(sheet, note)
    return sheet


def rows_that_fit(chart: Chart, frame: Frame, room: float | None = None) -> int:
    """Return the count of the labels whose rows fit a room, from the first on; at least 1.

    The room is a height in em, by default that of a page without names and a note.
    """
    names = _names(chart, frame)
    return row_parts.fitting(_rows(chart, frame), row_parts.page_room(names, frame) if room is None else room)


def _names(chart: Chart, frame: Frame) -> dict[str, NameLook]:
    """Return the names of series, where there are several, and of periods."""
    names = series_names(chart, range(len(chart.series)), frame) if len(chart.series) > 1 else {}
    return names | period_names(chart.series, replace(frame, current=""), row_parts.TICKED)


def _rows(chart: Chart, frame: Frame) -> row_parts.Rows:
    single = len(chart.series) == 1
    bars = row_parts.BAR if single else _GROUPED * len(chart.series)
    full, short = (_widest(chart, frame, write) for write in (value_texts, brief_texts))
    values = (2 * full if _goes_below(chart, frame) else full, short)
    return row_parts.rows_of(chart.labels, frame, values, bars=bars, lines=3, single=single)


def _widest(chart: Chart, frame: Frame, write: Writer) -> float:
    """Return the width of the widest value with the gap before it, in points."""
    texts = (text for each in chart.series for text in _texts(each, frame, write) if text != MISSING)
    return max((frame.typeface.width(text, frame.size, BOLD) for text in texts), default=0) + _TO_VALUE


def _goes_below(chart: Chart, frame: Frame) -> bool:
    """Return whether any value, compared values too, is below zero."""
    values = (value for each in chart.series for value in (*each.values, *each.baseline, *frame.beside))
    return any(value is not None and value < 0 for value in values)


def _bar_room(chart: Chart, frame: Frame, left: float, widest: float) -> row_parts.BarRoom:
    """Return the room of the bars, which leaves room for the longest value where values are written."""
    scales = shared_zero([(each.unit, (*each.values, *each.baseline, *frame.beside)) for each in chart.series])
    return row_parts.BarRoom(left + (widest if _goes_below(chart, frame) else 0), frame.width - widest, scales)


def _texts(series: Series, frame: Frame, write: Writer) -> list[str]:
    """Return the texts of the values of a series, then of those in the charts beside its own."""
    return texts_or_dashes(write, (*series.values, *frame.beside), series.unit, frame.locale)


def _draw_bars(
    sheet: ChartCanvas, room: row_parts.BarRoom, series: Sequence[tuple[Series, list[str]]], row: int, middle: float
) -> None:
    """Draw the bars of a label, each with its value's text, and a tick at the compared value."""
    frame, half = sheet.frame, row_parts.BAR * sheet.frame.size / 2
    for at, (each, texts) in enumerate(series):
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
        sheet.text(
            (reach + (-_TO_VALUE if below else _TO_VALUE), y + 0.34 * frame.size),
            texts[row],
            frame.colors["ink-3" if value is None else "ink"],
            anchor="right" if below else "left",
            weight=NORMAL if value is None else BOLD,
        )
