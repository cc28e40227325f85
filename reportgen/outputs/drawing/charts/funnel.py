"""Funnels: the steps of a path from top to bottom, with the share that continues from each."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from reportgen.formatting import format_value
from reportgen.model import Unit, exact, steps_of
from reportgen.outputs.drawing.charts import row_parts
from reportgen.outputs.drawing.charts.canvas import ChartCanvas
from reportgen.outputs.drawing.charts.label_text import shortened, told_apart, wrapped
from reportgen.outputs.drawing.charts.legend import draw_row, period_names, row_height
from reportgen.outputs.drawing.charts.pointed_values import point_at_box
from reportgen.outputs.drawing.font_metrics import BOLD
from reportgen.outputs.text.catalogues import words_of
from reportgen.outputs.text.chart_values import brief_texts, texts_or_dashes, value_texts

if TYPE_CHECKING:
    from collections.abc import Sequence
    from decimal import Decimal

    from reportgen.model import Chart, Number
    from reportgen.outputs.drawing.charts.canvas import Frame

_LABELS, _MOST_LABELS = 0.34, 0.4  # of the width: labels beside bars as they are broken, and at most
_BAR, _STEP, _CLOSE, _LIFT = 1.1, 3.6, 2.6, 0.45
"""In em: the height of a bar, the distance of two bars, where they fit a page and where not, of texts above them."""


@dataclass(frozen=True, slots=True)
class _Stage:
    """A step: its name, its value, the compared value."""

    name: str
    value: Number | None
    compared: Number | None


def draw_funnel(chart: Chart, frame: Frame) -> ChartCanvas:
    """Draw a bar for each step, in proportion to the largest value, and the share of each step that continues."""
    stages = [_Stage(*step) for step in steps_of(chart.series, chart.labels)]
    size, unit = frame.size, chart.series[0].unit
    room = _LABELS * frame.width
    labels = told_apart([stage.name for stage in stages], lambda name: wrapped(name, room, size + 0.5, frame.typeface))
    names = period_names(chart.series[:1], replace(frame, current=""), row_parts.TICKED)
    top = row_height(frame, names) + (0.6 * size if names else 0.2 * size)
    is_close = top + _STEP * size * len(stages) > frame.most  # then there is no room for the shares between the bars
    step = (_CLOSE if is_close else _STEP) * size
    sheet = ChartCanvas(frame, top + step * len(stages) - 0.6 * size, mirrored=frame.runs_left)
    draw_row(sheet, 0, names)
    left = row_parts.labels_width(labels, frame)
    above = left > _MOST_LABELS * frame.width
    most = max(exact(value) for stage in stages for value in (stage.value, stage.compared) if value is not None)
    texts = _values(stages, unit, frame)
    for at, (stage, label, text) in enumerate(zip(stages, labels, texts, strict=True)):
        y = top + at * step + 1.2 * size
        if above:
            room = frame.width - frame.typeface.width(text, size, BOLD) - size
            sheet.text(
                (0, y - _LIFT * size),
                shortened(stage.name, room, size + 0.5, frame.typeface),
                frame.colors["ink"],
                size=size + 0.5,
            )
        else:
            row_parts.draw_label(sheet, label, y + 0.56 * size)
        start = 0 if above else left
        _draw_bar(sheet, stage, (start, y), most)
        values = (("", stage.value, unit), *(((frame.compared, stage.compared, unit),) if names else ()))
        point_at_box(sheet, (0, y - 1.2 * size, frame.width, y + 1.4 * size), stage.name, *values)
        sheet.text((frame.width, y - _LIFT * size), text, frame.colors["ink"], anchor="right", weight=BOLD)
        if at + 1 < len(stages) and not is_close:
            _draw_share(sheet, stage, stages[at + 1], (start, y + (_BAR + 1.15) * size))
    return sheet


def _values(stages: Sequence[_Stage], unit: Unit, frame: Frame) -> list[str]:
    """Return the texts of the values: in full, or briefly where they would take more than half of the width."""
    values = [stage.value for stage in stages]
    full, brief = (texts_or_dashes(write, values, unit, frame.locale) for write in (value_texts, brief_texts))
    return full if max(frame.typeface.width(text, frame.size, BOLD) for text in full) <= frame.width / 2 else brief


def _draw_bar(sheet: ChartCanvas, stage: _Stage, at: tuple[float, float], most: Decimal) -> None:
    (left, y), frame = at, sheet.frame
    width, bottom = frame.width - left, y + _BAR * frame.size
    sheet.boxes([(left, y, frame.width, bottom)], frame.colors["track"])
    if stage.value:
        sheet.boxes([(left, y, left + width * float(exact(stage.value) / most), bottom)], frame.series_color(0))
    if stage.compared is not None:
        row_parts.draw_compared_tick(sheet, left + width * float(exact(stage.compared) / most), y, bottom)


def _draw_share(sheet: ChartCanvas, stage: _Stage, after: _Stage, at: tuple[float, float]) -> None:
    """Write between two steps the share of the first that continues; nothing where a value is missing or more come."""
    if not stage.value or after.value is None or after.value > stage.value:
        return
    frame, (x, y) = sheet.frame, at
    share = float(exact(after.value) / exact(stage.value))
    text = format_value(share, Unit("percent"), frame.locale)
    words = words_of(frame.locale).gettext("%(share)s continue") % {"share": text}
    room = frame.width - x
    sheet.text(
        (x, y), shortened(f"\N{DOWNWARDS ARROW} {words}", room, frame.size, frame.typeface), frame.colors["ink-3"]
    )
