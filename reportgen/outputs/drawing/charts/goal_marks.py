"""The marks of goals: a short line across each bar or point, at the height of its goal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reportgen.outputs.drawing.charts.legend import NameLook
from reportgen.outputs.text.catalogues import words_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from reportgen.model import Series
    from reportgen.outputs.drawing.charts.canvas import ChartCanvas, Frame
    from reportgen.outputs.drawing.charts.panels import Panel

_WEIGHT, _EDGE = 1.0, 2.6  # of the line and of the light edge around it, in points


def goal_names(series: Sequence[Series], frame: Frame) -> dict[str, NameLook]:
    """Return the name of the marks of goals with their colour; none where no series has goals."""
    if frame.beside or not any(each.goals for each in series):
        return {}
    return {words_of(frame.locale).gettext("Short lines: goal"): NameLook(frame.colors["ink-2"])}


def draw_goals(  # noqa: PLR0913 - the drawing, the series and the places
    sheet: ChartCanvas, panel: Panel, series: Series, middles: Sequence[float], half: float, *, color: str = ""
) -> None:
    """Draw the goals of a series, of a range both of its ends.

    Args:
        sheet: The drawing.
        panel: The panel of the series.
        series: The series.
        middles: The middles of its bars or its points, in points from the left.
        half: Half the width of a mark, in points.
        color: Of the marks; empty for that of texts.
    """
    left, right = panel.box.left, panel.box.right
    lines = [
        [(max(x - half, left), y), (min(x + half, right), y)]
        for x, goal in zip(middles, series.goals, strict=False)
        if goal
        for y in (panel.box.y(panel.scale, number) for number in goal.numbers)
    ]
    sheet.strokes(lines, sheet.frame.colors["page"], _EDGE)
    sheet.strokes(lines, color or sheet.frame.colors["ink-2"], _WEIGHT)
