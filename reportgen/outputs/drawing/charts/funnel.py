"""Funnels: the steps of one path from top to bottom, with the share that goes on from each."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from reportgen.formatting import format_value
from reportgen.model import Unit
from reportgen.outputs.drawing.charts.canvas import ChartCanvas
from reportgen.outputs.drawing.charts.horizontal_bars import TICKED
from reportgen.outputs.drawing.charts.label_text import wrapped
from reportgen.outputs.drawing.charts.legend import draw_row, period_names, row_height
from reportgen.outputs.drawing.charts.pointed_values import point_at_box
from reportgen.outputs.drawing.font_metrics import BOLD, text_width
from reportgen.outputs.text.catalogues import words_of
from reportgen.outputs.text.chart_forms import steps_of
from reportgen.outputs.text.chart_values import exact, value_text

if TYPE_CHECKING:
    from decimal import Decimal

    from reportgen.model import Chart, Number
    from reportgen.outputs.drawing.charts.canvas import Frame

_LABELS = 0.34
_BAR, _STEP = 1.1, 3.6  # of the type's size: a bar, and from one to the next
_TICK, _HALO, _BEYOND = 1.1, 3, 2.4


@dataclass(frozen=True, slots=True)
class _Stage:
    """One step: its name, its value, the compared one."""

    name: str
    value: Number | None
    compared: Number | None


def draw_funnel(chart: Chart, frame: Frame) -> ChartCanvas:
    """Draw a bar a step, its length in proportion to the first step's, and how many of each step go on."""
    stages = [_Stage(*step) for step in steps_of(chart.series, chart.labels)]
    size, unit = frame.size, chart.series[0].unit
    room = _LABELS * frame.width
    names = [wrapped(stage.name, room, size + 0.5, lines=2) for stage in stages]
    told = period_names(chart.series[:1], replace(frame, current=""), TICKED)
    top = row_height(frame, list(told)) + (0.6 * size if told else 0.2 * size)
    sheet = ChartCanvas(frame, top + _STEP * size * len(stages) - 0.6 * size, mirrored=frame.runs_left)
    draw_row(sheet, 0, list(told), list(told.values()))
    left = max(text_width(line, size + 0.5) for lines in names for line in lines) + 1.2 * size
    most = max(exact(value) for stage in stages for value in (stage.value, stage.compared) if value is not None)
    for at, (stage, lines) in enumerate(zip(stages, names, strict=True)):
        y = top + at * _STEP * size + 1.2 * size
        for line, text in enumerate(lines):
            sheet.text(
                (0, y + (0.9 + 1.2 * (line - (len(lines) - 1) / 2)) * size), text, frame.colors["ink"], size=size + 0.5
            )
        _draw_bar(sheet, stage, (left, y), most)
        values = (("", stage.value, unit), *(((frame.compared, stage.compared, unit),) if told else ()))
        point_at_box(sheet, (0, y - 1.2 * size, frame.width, y + 1.4 * size), stage.name, *values)
        text = "\N{EN DASH}" if stage.value is None else value_text(stage.value, unit, frame.locale)
        sheet.text((frame.width, y - 0.3 * size), text, frame.colors["ink"], anchor="right", weight=BOLD)
        if at + 1 < len(stages):
            _draw_share(sheet, stage, stages[at + 1], (left, y + (_BAR + 1.15) * size))
    return sheet


def _draw_bar(sheet: ChartCanvas, stage: _Stage, at: tuple[float, float], most: Decimal) -> None:
    (left, y), frame = at, sheet.frame
    width, height = frame.width - left, _BAR * frame.size
    sheet.boxes([(left, y, frame.width, y + height)], frame.colors["track"])
    if stage.value:
        sheet.boxes([(left, y, left + width * float(exact(stage.value) / most), y + height)], frame.series_color(0))
    if stage.compared is not None:
        x = left + width * float(exact(stage.compared) / most)
        sheet.strokes([[(x, y), (x, y + height)]], frame.colors["page"], _HALO)
        sheet.strokes([[(x, y - _BEYOND), (x, y + height + _BEYOND)]], frame.colors["ink"], _TICK)


def _draw_share(sheet: ChartCanvas, stage: _Stage, after: _Stage, at: tuple[float, float]) -> None:
    """Say between two steps how many of the first are in the second; nothing where either is missing."""
    if not stage.value or after.value is None:
        return
    frame, (x, y) = sheet.frame, at
    share = float(exact(after.value) / exact(stage.value))
    text = format_value(share, Unit("percent", decimals=1), frame.locale)
    said = words_of(frame.locale).gettext("%(share)s continue") % {"share": text}
    sheet.text((x, y), f"\N{DOWNWARDS ARROW} {said}", frame.colors["ink-3"])
