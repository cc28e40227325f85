"""Stacked horizontal bars: a row for each label, where labels are many or long."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING

from reportgen.model import exact
from reportgen.outputs.drawing.charts import row_parts
from reportgen.outputs.drawing.charts.canvas import ChartCanvas
from reportgen.outputs.drawing.charts.hatched_boxes import draw_hatched, hatched_name
from reportgen.outputs.drawing.charts.legend import draw_row, period_names
from reportgen.outputs.drawing.charts.panels import series_names
from reportgen.outputs.drawing.charts.pointed_values import point_at_rows
from reportgen.outputs.drawing.charts.stacked_vertical_bars import ends_of
from reportgen.outputs.drawing.charts.value_axis import Scale
from reportgen.outputs.drawing.font_metrics import BOLD
from reportgen.outputs.text.chart_totals import stack_total
from reportgen.outputs.text.chart_values import brief_texts, texts_or_dashes, value_texts
from reportgen.outputs.text.counts_and_shares import shown_note

if TYPE_CHECKING:
    from collections.abc import Sequence
    from decimal import Decimal

    from reportgen.model import Chart, Number
    from reportgen.outputs.drawing.charts.canvas import Frame
    from reportgen.outputs.drawing.charts.legend import NameLook
    from reportgen.outputs.text.chart_values import Writer

_TO_VALUE = 5


@dataclass(frozen=True, slots=True)
class _Stack:
    """A row: its parts, the compared total, its total, and the text of that."""

    parts: tuple[Number | None, ...]
    compared: Decimal | None
    total: Decimal | None
    text: str = ""


def draw_stacked_rows(chart: Chart, frame: Frame, of: int) -> ChartCanvas:
    """Draw a row for each label, with its total behind it; `of` as in `horizontal_bars.draw_rows`."""
    names = _names(chart, frame)
    full, short = (_written(chart, frame, write) for write in (value_texts, brief_texts))
    rows = _rows(chart, frame, full, short)
    stacks = short if rows.brief else full
    edges = rows.edges(row_parts.names_height(names, frame), frame.size)
    note = shown_note(len(stacks), of, frame.locale)
    sheet = ChartCanvas(frame, edges[-1] + (row_parts.NOTE * frame.size if note else 1), mirrored=frame.runs_left)
    draw_row(sheet, 0, names)
    room = _bar_room(stacks, rows.left(frame), frame.width - (0 if rows.single else _widest(stacks, frame)))
    beside = [replace(stack, text="") for stack in stacks] if rows.single else stacks
    row_parts.draw_rows_of(sheet, rows, edges, room, partial(_draw_stack, sheet, room, beside))
    for at, stack in enumerate(stacks if rows.single else ()):
        row_parts.draw_value_above(sheet, rows, at, edges, stack.text)
    point_at_rows(sheet, chart, edges)
    row_parts.draw_note(sheet, note)
    return sheet


def stacked_rows_that_fit(chart: Chart, frame: Frame) -> int:
    """Return the count of the labels whose rows fit a page, from the first on; at least 1."""
    full, short = (_written(chart, frame, write) for write in (value_texts, brief_texts))
    room = row_parts.page_room(_names(chart, frame), frame)
    return row_parts.fitting(_rows(chart, frame, full, short), room)


def _names(chart: Chart, frame: Frame) -> dict[str, NameLook]:
    """Return the names of series and periods."""
    names = series_names(chart, range(len(chart.series)), frame) | hatched_name(chart, frame)
    return names | period_names(chart.series, replace(frame, current=""), row_parts.TICKED)


def _rows(chart: Chart, frame: Frame, full: Sequence[_Stack], short: Sequence[_Stack]) -> row_parts.Rows:
    """Return the rows, whose totals may be written in full or briefly."""
    return row_parts.rows_of(chart.labels, frame, (_widest(full, frame), _widest(short, frame)), single=True)


def _stack(chart: Chart, at: int) -> _Stack:
    parts = tuple(series.values[at] for series in chart.series)
    compared = stack_total([series.baseline[at] for series in chart.series if series.baseline])
    return _Stack(parts, compared, stack_total(parts))


def _written(chart: Chart, frame: Frame, write: Writer) -> list[_Stack]:
    """Return the rows of a chart with their totals as text."""
    stacks = [_stack(chart, at) for at in range(len(chart.labels))]
    texts = texts_or_dashes(write, [stack.total for stack in stacks], chart.series[0].unit, frame.locale)
    return [replace(stack, text=text) for stack, text in zip(stacks, texts, strict=True)]


def _widest(stacks: Sequence[_Stack], frame: Frame) -> float:
    """Return the width of the widest total with the gap before it, in points."""
    return max(frame.typeface.width(stack.text, frame.size, BOLD) for stack in stacks) + _TO_VALUE


def _bar_room(stacks: Sequence[_Stack], left: float, right: float) -> row_parts.BarRoom:
    ends = [end for stack in stacks for end in (*ends_of(stack.parts), stack.compared or exact(0))]
    low, high = min(ends), max(ends)
    return row_parts.BarRoom(left, right, (Scale(low, high if high > low else low + 1, ()),))


def _draw_stack(sheet: ChartCanvas, room: row_parts.BarRoom, stacks: Sequence[_Stack], row: int, middle: float) -> None:
    frame, half, stack = sheet.frame, row_parts.BAR * sheet.frame.size / 2, stacks[row]
    feet = {True: exact(0), False: exact(0)}
    for at, value in enumerate(stack.parts):
        if value:
            start, feet[value > 0] = feet[value > 0], feet[value > 0] + exact(value)
            low, high = sorted((room.x(0, start), room.x(0, feet[value > 0])))
            draw = partial(draw_hatched, sheet) if None in stack.parts else sheet.boxes
            draw([(low, middle - half, high, middle + half)], frame.series_color(at))
    reach = room.x(0, feet[True])
    if stack.compared is not None:
        x = room.x(0, stack.compared)
        row_parts.draw_compared_tick(sheet, x, middle - half, middle + half)
        reach = max(reach, x)
    sheet.text((reach + _TO_VALUE, middle + 0.34 * frame.size), stack.text, frame.colors["ink"], weight=BOLD)
