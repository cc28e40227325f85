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


def with_goal_names(
    names: Sequence[dict[str, NameLook]], groups: Sequence[Sequence[int]], series: Sequence[Series], frame: Frame
) -> list[dict[str, NameLook]]:
    """Return the names above panels, those of the first panel that has goals with the name of their marks.

    Args:
        names: The names above each panel with their colours.
        groups: The indexes of the series of each panel.
        series: The series of the chart.
        frame: The drawing.
    """
    first = next((number for number, group in enumerate(groups) if any(series[at].goals for at in group)), None)
    if frame.beside or first is None:
        return [*names]
    marks = {words_of(frame.locale).gettext("Short lines: goal"): NameLook(frame.colors["ink-2"])}
    return [each | marks if number == first else each for number, each in enumerate(names)]


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
